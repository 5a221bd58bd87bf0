"""The same trip row by row: every row through the contract's pydantic class, in plain Python."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bench.peers.reference import digest, write_ranks
from etl.contracts.kinds.training import Attendance


def run(records: Path, out: Path) -> None:
    """Stage the attendance, measure, score and rank; writes records.csv, rejects.csv and peer_ranks.csv."""
    sessions = {row["session_id"]: row["kind_of_session"] for row in _rows(records / "training_sessions.csv")}
    units = {row["unit_id"] for row in _rows(records / "departments.csv")}
    staged: dict[tuple[str, str], Attendance] = {}
    with (out / "rejects.csv").open("w", encoding="utf-8", newline="") as stream:
        rejects = csv.writer(stream, lineterminator="\n")
        for number, cells in enumerate(_rows(records / "attendance.csv"), start=2):
            try:
                row = Attendance.model_validate(cells)
            except ValidationError as error:
                rejects.writerows([number, fault["loc"], fault["type"]] for fault in error.errors(include_url=False))
                continue
            if row.session_id not in sessions or row.unit_id not in units:
                rejects.writerow([number, "", "unknown_reference"])
                continue
            if staged.setdefault((row.session_id, row.person), row) is not row:
                raise SystemExit("repeated keys: take them out")
    _write(staged, out)
    _rank(staged, sessions, units, records, out)
    for file in (records / "attendance.csv", out / "records.csv"):
        digest(file)


def _rows(path: Path) -> csv.DictReader[str]:
    return csv.DictReader(path.open(encoding="utf-8", newline=""))


def _write(staged: dict[tuple[str, str], Attendance], out: Path) -> None:
    with (out / "records.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows(
            tuple(getattr(staged[key], name) for name in Attendance.model_fields) for key in sorted(staged)
        )


def _rank(
    staged: dict[tuple[str, str], Attendance], sessions: dict[str, str], units: set[str], records: Path, out: Path
) -> None:
    attendances: Counter[str] = Counter()
    first: dict[str, tuple[date, str, str]] = {}
    for row in staged.values():
        day = row.completed_on
        if row.outcome != "completed" or day is None or day.year != 2021 or sessions[row.session_id] != "course":
            continue
        attendances[row.unit_id] += 1
        completion = (day, row.session_id, row.unit_id)
        first[row.person] = min(first.get(row.person, completion), completion)
    people = Counter(unit_id for _, _, unit_id in first.values())
    headcount = {row["unit_id"]: int(row["authorised"]) for row in _rows(records / "headcount.csv")}
    write_ranks(((unit, people[unit], attendances[unit], headcount[unit]) for unit in units), out)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))

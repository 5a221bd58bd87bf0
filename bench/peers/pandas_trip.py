"""The same trip in pandas: everything in memory, vectorised, reasons as columns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pandas as pd

from bench.peers.reference import digest, write_ranks

REQUIRED: Final = ("session_id", "person", "unit_id", "hours", "outcome")
GRAMMAR: Final = {
    "session_id": r"[^\x00-\x20\x7f]{1,200}",
    "person": r"p[0-9a-f]{32}",
    "unit_id": r"[^\x00-\x20\x7f]{1,200}",
    "staff_group": r"[^\x00-\x1f\x7f]{0,500}",
    "started_on": r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?",
    "completed_on": r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?",
    "hours": r"-?[0-9]{1,12}(?:[.][0-9]{1,6})?",
    "outcome": r"completed|not_completed",
}


def run(records: Path, out: Path) -> None:
    """Stage the attendance, measure, score and rank; writes records.parquet, rejects.csv and peer_ranks.csv."""
    rows = pd.read_csv(records / "attendance.csv", dtype=str, keep_default_na=False)
    sessions = pd.read_csv(records / "training_sessions.csv", dtype=str)
    units = pd.read_csv(records / "departments.csv", dtype=str)
    days = {
        name: pd.to_datetime(rows[name], format="%Y-%m-%d", errors="coerce") for name in ("started_on", "completed_on")
    }
    bad = pd.DataFrame({name: ~rows[name].str.fullmatch(pattern) for name, pattern in GRAMMAR.items()})
    for name, day in days.items():
        bad[name] |= day.isna() & (rows[name] != "")
    bad["unknown_session"] = ~rows["session_id"].isin(set(sessions["session_id"]))
    bad["unknown_unit"] = ~rows["unit_id"].isin(set(units["unit_id"]))
    bad["out_of_range"] = rows["hours"].str.startswith("-")
    bad["days_out_of_order"] = days["started_on"] > days["completed_on"]
    bad["needed_here"] = (rows["outcome"] == "completed") & (rows["completed_on"] == "")
    wrong = bad.any(axis=1)
    rejects = rows[wrong].copy()
    rejects["reasons"] = bad[wrong].apply(lambda row: ",".join(row.index[row]), axis=1)
    rejects.to_csv(out / "rejects.csv")
    fine = rows[~wrong].assign(**{name: day[~wrong] for name, day in days.items()})
    fine["hours"] = pd.to_numeric(fine["hours"])
    fine = fine.sort_values(["session_id", "person"])
    if fine.duplicated(["session_id", "person"]).any():
        raise SystemExit("repeated keys: take them out")
    fine.to_parquet(out / "records.parquet", compression="zstd")
    _rank(fine, sessions, units, records, out)
    for file in (records / "attendance.csv", out / "records.parquet"):
        digest(file)


def _rank(fine: pd.DataFrame, sessions: pd.DataFrame, units: pd.DataFrame, records: Path, out: Path) -> None:
    courses = set(sessions.loc[sessions["kind_of_session"] == "course", "session_id"])
    in_year = fine["completed_on"].between(pd.Timestamp(2021, 1, 1), pd.Timestamp(2021, 12, 31))
    counted = fine[(fine["outcome"] == "completed") & in_year & fine["session_id"].isin(courses)]
    attendances = counted.groupby("unit_id").size()
    first = counted.sort_values(["completed_on", "session_id"]).drop_duplicates("person")
    people = first.groupby("unit_id").size()
    headcount = pd.read_csv(records / "headcount.csv", dtype=str).set_index("unit_id")["authorised"].astype(int)
    write_ranks(
        (
            (unit, int(people.get(unit, 0)), int(attendances.get(unit, 0)), int(headcount[unit]))
            for unit in units["unit_id"]
        ),
        out,
    )


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))

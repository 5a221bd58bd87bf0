"""What is measured of Jipyo, one process each: `python -m bench.ours STEP RECORDS OUT`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from etl.contracts.records import RECORDS
from etl.engine import Engine, name
from etl.evaluate import evaluate
from etl.intake.checks import CHECKS
from etl.intake.mapping import Source, read_sources
from etl.intake.rows import open_source, reader
from etl.intake.stage import stage


def decode(records: Path, out: Path) -> None:
    """The floor: a scan that decodes every column of the attendance."""
    with Engine(out) as engine:
        columns = ", ".join(f"max(length({name(column)}))" for column in RECORDS["attendance"].model_fields)
        engine.rows(f"SELECT {columns} FROM {_attendance(records, out)}")


def contract(records: Path, out: Path) -> None:
    """The compiled contract over the same file, with every reason of every row."""
    check = CHECKS["attendance"]
    with Engine(out) as engine:
        engine.rows(
            "SELECT COUNT(*), SUM(len(faults)) FROM"
            f" (SELECT CASE WHEN {check.fine} THEN NULL ELSE {check.reasons} END AS faults"
            f" FROM {check.read(_attendance(records, out))})"
        )


def jipyo(records: Path, out: Path) -> None:
    """The whole trip: received files to a sealed release."""
    release = evaluate(records, records / "rulebook.toml", out).release
    (out / "ranks.csv").write_bytes((release / "ranks.csv").read_bytes())
    (out / "scores.csv").write_bytes((release / "scores.csv").read_bytes())


def staging(records: Path, out: Path) -> None:
    """Received files read, checked and staged, and nothing more."""
    job = out / "job"
    job.mkdir()
    with Engine(out) as engine:
        stage(records, read_sources(records), job, engine)


def _attendance(records: Path, out: Path) -> str:
    opened = open_source(0, Source(file="attendance.csv", kind="attendance"), records, out)
    named = zip(opened.table.cells, opened.table.header, strict=True)
    return f"(SELECT {', '.join(f'{name(cell)} AS {name(column)}' for cell, column in named)} FROM {reader(opened)})"


STEPS: Final[dict[str, Callable[[Path, Path], None]]] = {
    "decode": decode,
    "contract": contract,
    "jipyo": jipyo,
    "staging": staging,
}

if __name__ == "__main__":
    STEPS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))

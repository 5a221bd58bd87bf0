"""Worked examples of metrics: some records, and what each of them counts for each department, or why not."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.contracts.records import RECORDS
from etl.engine import Engine
from etl.intake.mapping import read_sources
from etl.intake.stage import Staged, stage
from etl.measures import Evidence, Measures
from etl.units import Attribution

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Case:
    """One worked example, as a file of `tests/cases/records` tells it."""

    title: str
    starts_on: date
    ends_on: date
    records: Rows
    expected: tuple[Mapping[str, Any], ...]


def read_case(path: Path) -> Case:
    """The example of a file."""
    told = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    period = told["period"]
    return Case(told["title"], period["start"], period["end"], told["records"], tuple(told["expected"]))


class Measured:
    """Records taken through the real intake, ready to be measured."""

    def __init__(self, records: Rows, folder: Path, engine: Engine) -> None:
        received = folder / "received"
        received.mkdir()
        units = sorted({row["unit_id"] for rows in records.values() for row in rows if row.get("unit_id")})
        for kind, rows in {"departments": [_department(unit) for unit in units], **records}.items():
            _write(received / f"{kind}.csv", list(RECORDS[kind].model_fields), rows)
        (folder / "job").mkdir()
        self.staged: Staged = stage(received, read_sources(received), folder / "job", engine)
        ways = [Attribution(unit, unit, Decimal(1)) for unit in units]
        self.measures = Measures(engine, self.staged.records, ways)

    def evidence(self, metric: str, unit: str, starts_on: date, ends_on: date) -> list[Evidence]:
        """The candidates of a metric for one department."""
        return self.measures.evidence(metric, unit, starts_on, ends_on, self.staged.origins)


def _department(unit: str) -> dict[str, str]:
    return {"unit_id": unit, "name": unit, "peer_group": "line", "valid_from": "2000-01-01"}


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

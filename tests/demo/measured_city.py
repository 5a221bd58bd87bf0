"""A written demonstration, taken through the real intake and the real metrics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.engine import Engine
from etl.intake.mapping import read_sources
from etl.intake.stage import Staged, stage
from etl.measures import Measures
from etl.units import UnitVersion, attributions, evaluated_units


@dataclass(frozen=True)
class City:
    """The city's staged records, ready to be measured."""

    engine: Engine
    staged: Staged

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the staged records, which stand under `staged_<kind>`."""
        return self.engine.rows(sql)

    def column(self, sql: str) -> list[Any]:
        """The first column of a query."""
        return [row[0] for row in self.rows(sql)]

    def units(self, year: int) -> set[str]:
        """The codes of the departments evaluated in a year."""
        query = "SELECT unit_id, name, parent, peer_group, valid_from, valid_to FROM staged_departments"
        versions = [UnitVersion(*row) for row in self.rows(query)]
        return set(evaluated_units(versions, *_year(year), "successor"))

    def measure(self, metric: str, year: int) -> dict[str, Decimal]:
        """What a metric measures for every evaluated department that has any record of it."""
        recorded = self.column("SELECT unit_id FROM staged_departments")
        steps = self.rows("SELECT from_unit, to_unit, share FROM staged_successions")
        ways = attributions(self.units(year), recorded, [(before, after, share) for before, after, share in steps])
        measured = Measures(self.engine, self.staged.records, ways).measure(metric, *_year(year))
        return {row.unit_id: row.value for row in measured if row.value is not None}

    def total(self, metric: str, year: int) -> Decimal:
        """The sum over the evaluated departments."""
        return sum(self.measure(metric, year).values(), Decimal(0))


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def staged_city(folder: Path, job: Path, engine: Engine) -> City:
    """A written demonstration as staged records."""
    job.mkdir()
    return City(engine, stage(folder, read_sources(folder), job, engine))

"""A release, read once: its tables by what a reader looks them up with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from etl.contracts.published import (
    ContributionRow,
    HeadlineRow,
    HistoryRow,
    IndicatorRow,
    MetricRow,
    RankRow,
    ScoreRow,
    UnitRow,
)
from etl.errors import Fault, UsageError
from etl.release.seal import RULEBOOK, Manifest, read_manifest
from etl.release.tables import read_table
from etl.scoring.rulebook import Rulebook, parse_rulebook


@dataclass(frozen=True)
class Reading:
    """A release's tables and rulebook.

    Attributes:
        folder: the release.
        manifest: what it says of itself.
        rulebook: the rules it was made under.
        units: unit_id -> department.
    """

    folder: Path
    manifest: Manifest
    rulebook: Rulebook
    units: Mapping[str, UnitRow]

    @cached_property
    def scores(self) -> Mapping[str, ScoreRow]:
        """unit_id -> score."""
        return {row.unit_id: row for row in read_table(self.folder, ScoreRow)}

    @cached_property
    def ranks(self) -> Mapping[str, RankRow]:
        """unit_id -> rank, of ranked departments only."""
        return {row.unit_id: row for row in read_table(self.folder, RankRow)}

    @cached_property
    def indicators(self) -> Mapping[tuple[str, str], IndicatorRow]:
        """(unit_id, indicator) -> value and points."""
        return {(row.unit_id, row.indicator): row for row in read_table(self.folder, IndicatorRow)}

    @cached_property
    def contributions(self) -> Mapping[tuple[str, str], ContributionRow]:
        """(unit_id, node) -> contribution."""
        return {(row.unit_id, row.node): row for row in read_table(self.folder, ContributionRow)}

    @cached_property
    def metrics(self) -> Mapping[tuple[str, str], MetricRow]:
        """(unit_id, metric) -> what was measured."""
        return {(row.unit_id, row.metric): row for row in read_table(self.folder, MetricRow)}

    @cached_property
    def headlines(self) -> list[HeadlineRow]:
        """The figures of the whole body, in the rulebook's order."""
        return read_table(self.folder, HeadlineRow)

    @cached_property
    def history(self) -> list[HistoryRow]:
        """The whole body's totals by metric and year."""
        return read_table(self.folder, HistoryRow)

    @property
    def body(self) -> str | None:
        """The code of the body, where the rules evaluate it as one unit; None where departments are evaluated."""
        body = self.rulebook.evaluation.body
        return body.id if body is not None and body.id in self.units else None

    @property
    def has_records(self) -> bool:
        """Whether there are records behind the metrics; not where a table of metrics was scored."""
        return bool(self.manifest.facts["basis"] == "records")

    def unit(self, said: str) -> UnitRow:
        """The department of that code, or else of that name.

        Raises:
            UsageError: there is none, or several share the name.
        """
        if said in self.units:
            return self.units[said]
        named = [unit for unit in self.units.values() if unit.name == said]
        if not named:
            known = [*self.units, *(unit.name for unit in self.units.values())]
            near = ", ".join(get_close_matches(said, known, n=3))
            raise UsageError(Fault("no_such_unit", str(self.folder), {"unit": said, "nearest": near}))
        if len(named) > 1:
            codes = ", ".join(unit.unit_id for unit in named)
            raise UsageError(Fault("unit_name_shared", str(self.folder), {"unit": said, "codes": codes}))
        return named[0]


def open_release(folder: Path) -> Reading:
    """Read a release.

    Raises:
        UsageError: the folder is no release.
    """
    try:
        manifest = read_manifest(folder)
        rulebook = parse_rulebook((folder / RULEBOOK).read_bytes(), RULEBOOK, None)
        units = {row.unit_id: row for row in read_table(folder, UnitRow)}
    except (OSError, ValueError):
        raise UsageError(Fault("no_such_release", str(folder))) from None
    return Reading(folder, manifest, rulebook, units)

"""The figures of the whole body against their targets, the year before, and the years before that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.contracts.published import HeadlineRow
from etl.insight.reading import Reading
from etl.insight.standing import difference
from etl.scoring.rulebook_parts import Headline


@dataclass(frozen=True, slots=True)
class HeadlineStanding:
    """One figure of the whole body against its target and the year before.

    Attributes:
        before: the same figure a year earlier; None where no release or no such headline is known.
        change: value less before.
        reached: whether the target is reached; None where there is no target or no value.
    """

    headline: Headline
    row: HeadlineRow
    before: Decimal | None
    change: Decimal | None
    reached: bool | None


def headline_standings(reading: Reading, before: Reading | None) -> list[HeadlineStanding]:
    """The figures of the whole body, in the rulebook's order.

    Args:
        reading: the release.
        before: last year's release, if there is one.
    """
    rules = {headline.id: headline for headline in reading.rulebook.headlines}
    earlier = {row.headline: row.value for row in before.headlines} if before else {}
    return [
        HeadlineStanding(
            headline=rules[row.headline],
            row=row,
            before=earlier.get(row.headline),
            change=difference(row.value, earlier.get(row.headline)),
            reached=None if row.value is None or row.target is None else row.value >= row.target,
        )
        for row in reading.headlines
    ]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One headline in one year, with the target of that year where a release states it."""

    year: int
    value: Decimal | None
    target: Decimal | None


def headline_trend(reading: Reading, earlier: Sequence[Reading], headline: Headline) -> list[TrendPoint]:
    """A headline by the year of its records, up to the release's own.

    A sum is taken from the release's history, counted from the same records. A number of departments cannot be, as
    the history adds up the whole body: it comes from the releases of the years themselves.

    Args:
        reading: the release.
        earlier: the published releases of other years.
        headline: one of the release's headlines.
    """
    evaluation = reading.rulebook.evaluation
    since = evaluation.year - evaluation.records_year
    said: dict[int, HeadlineRow] = {}
    for release in [*earlier, reading]:
        year = release.rulebook.evaluation.records_year
        if year <= evaluation.records_year:
            said.update((year, row) for row in release.headlines if row.headline == headline.id)
    values = {year: row.value for year, row in said.items()}
    if headline.count == "sum" and reading.history:
        values = {row.year - since: row.value for row in reading.history if row.metric == headline.metric}
    return [TrendPoint(year, values[year], said[year].target if year in said else None) for year in sorted(values)]

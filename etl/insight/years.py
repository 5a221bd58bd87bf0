"""One department through the years: score, place and grade in every release there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.insight.reading import Reading
from etl.insight.standing import tied_in_group
from etl.scoring.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A department in one year's release.

    Attributes:
        score: None where it has none, or was not evaluated.
        peer_group, group_rank, group_units: None where it was not ranked.
        shared: whether others of its group have the same place.
        grade: None where it has none.
        rules: that year's, which say what groups and grades were called.
    """

    year: int
    score: Decimal | None
    peer_group: str | None
    group_rank: int | None
    group_units: int | None
    shared: bool
    grade: str | None
    rules: Rulebook


def unit_years(reading: Reading, earlier: Sequence[Reading], unit_id: str) -> list[UnitYear]:
    """A department, under the same code, in every year up to the release's own, the earliest first.

    Args:
        reading: the release.
        earlier: those of other years; later ones are left out.
        unit_id: its code. Years that did not evaluate it are left out.
    """
    by_year = {one.rulebook.evaluation.year: one for one in (*earlier, reading)}
    last = reading.rulebook.evaluation.year
    return [
        _year(year, by_year[year], unit_id)
        for year in sorted(by_year)
        if year <= last and unit_id in by_year[year].scores
    ]


def _year(year: int, reading: Reading, unit_id: str) -> UnitYear:
    rank = reading.ranks.get(unit_id)
    return UnitYear(
        year=year,
        score=reading.scores[unit_id].score,
        peer_group=rank.peer_group if rank else None,
        group_rank=rank.group_rank if rank else None,
        group_units=rank.group_units if rank else None,
        shared=rank is not None and tied_in_group(reading)[unit_id] > 0,
        grade=rank.grade if rank else None,
        rules=reading.rulebook,
    )

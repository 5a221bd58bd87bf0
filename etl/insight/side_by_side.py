"""Departments side by side: what share of a full result each earned, and where each stood year by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.insight.reading import Reading
from etl.insight.standing import group_of, mark_of, tied_in_group
from etl.scoring.decimals import HUNDRED, precise, rounded
from etl.scoring.rulebook_parts import Indicator

_PLACES = 1


@precise
def earned_pct(reading: Reading, indicator: Indicator) -> dict[str, Decimal]:
    """Department -> its points in percent of a full result, to one decimal; those without points are left out.

    Formula: points / full x 100. Where the rules state no full result, as of raw points, nobody has a share of it.
    """
    found = {}
    for unit_id in reading.units:
        row = reading.indicators[unit_id, indicator.id]
        full = mark_of(reading, indicator, unit_id)
        if row.points is not None and full:
            found[unit_id] = rounded(row.points / full * HUNDRED, _PLACES)
    return found


@dataclass(frozen=True, slots=True)
class YearPlace:
    """A department's place in one year among some.

    Attributes:
        shared: whether others have the same place.
    """

    year: int
    place: int
    units: int
    shared: bool


def places_by_year(
    readings: Iterable[Reading], group: str | None, unit_ids: Iterable[str]
) -> Mapping[str, Sequence[YearPlace]]:
    """Department -> its places, the earliest year first; a year in which it was not ranked there is left out.

    Args:
        readings: releases, one a year.
        group: the peer group whose places count; None for the places among all.
        unit_ids: the departments.
    """
    places: dict[str, list[YearPlace]] = {unit_id: [] for unit_id in unit_ids}
    for reading in sorted(readings, key=lambda one: one.rulebook.evaluation.year):
        year, ties = reading.rulebook.evaluation.year, tied_in_group(reading)
        for unit_id, own in places.items():
            row = reading.ranks.get(unit_id)
            if row is None or group not in (None, group_of(reading, unit_id)):
                continue
            if group is None:
                own.append(YearPlace(year, row.rank, row.ranked_units, row.tied_with > 0))
            else:
                own.append(YearPlace(year, row.group_rank, row.group_units, ties[unit_id] > 0))
    return {unit_id: own for unit_id, own in places.items() if own}

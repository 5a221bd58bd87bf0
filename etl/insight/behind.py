"""Which departments need help most, and why: those furthest below their peer group's median."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl.insight.reading import Reading
from etl.insight.standing import difference, group_of, group_standings, score_parts


@dataclass(frozen=True, slots=True)
class Behind:
    """A department below its peer group's median.

    Attributes:
        gap: its score less the median of its group; below zero.
        indicator: the one at which most points are missing to the group's median there; None where none are.
        indicator_gap: its points there less that median; None likewise.
    """

    unit_id: str
    gap: Decimal
    indicator: str | None
    indicator_gap: Decimal | None


def furthest_behind(reading: Reading, medians: Mapping[tuple[str, str], Decimal], count: int) -> list[Behind]:
    """The ranked departments furthest below their group's median, the furthest first, at most `count`.

    Args:
        reading: the release.
        medians: (peer group, node) -> median of what was earned there, as `part_medians` finds them.
        count: how many.
    """
    middle = {standing.peer_group: standing.median for standing in group_standings(reading)}
    gaps = (
        (difference(reading.scores[row.unit_id].score, middle[row.peer_group]), row.unit_id)
        for row in reading.ranks.values()
    )
    below = sorted((gap, unit_id) for gap, unit_id in gaps if gap is not None and gap < 0)
    return [Behind(unit_id, gap, *_widest_gap(reading, medians, unit_id)) for gap, unit_id in below[:count]]


def _widest_gap(
    reading: Reading, medians: Mapping[tuple[str, str], Decimal], unit_id: str
) -> tuple[str | None, Decimal | None]:
    """The indicator at which most is missing to the group's median; of equal gaps the first of the rulebook."""
    group = group_of(reading, unit_id)
    gaps = [
        (gap, part.node)
        for part in score_parts(reading, unit_id)
        if not part.is_area and (gap := difference(part.earned, medians.get((group, part.node)))) is not None
    ]
    gap, indicator = min(gaps, key=lambda pair: pair[0], default=(None, None))
    return (indicator, gap) if gap is not None and gap < 0 else (None, None)

"""What there is to say of a department: where it is ahead of its peers, where behind, what is missing, what comes next.

Everything follows from published tables; the medians are those of its peer group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from etl.insight.prospects import Prospect, behind, prospects, shortfalls
from etl.insight.reading import Reading
from etl.insight.standing import ScorePart, group_of, median_beside, score_parts

SHOWN: Final = 3
"""So many strengths, shortfalls and steps are told at most."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator of a department beside the middle of its peer group.

    Attributes:
        gap: points away from the median, better or worse.
    """

    part: ScorePart
    median: Decimal
    gap: Decimal


@dataclass(frozen=True, slots=True)
class Opinion:
    """What there is to say of a department, the weightiest first.

    Attributes:
        strong: indicators that earn better than the median.
        weak: indicators that earn worse.
        missing: indicators without a value.
        not_applicable: indicators that do not apply.
        next: what more would earn most.
    """

    strong: tuple[Compared, ...]
    weak: tuple[Compared, ...]
    missing: tuple[str, ...]
    not_applicable: tuple[str, ...]
    next: tuple[Prospect, ...]


def opinion(reading: Reading, unit_id: str, medians: Mapping[tuple[str, str], Decimal]) -> Opinion:
    """What there is to say of a department.

    Args:
        reading: the release.
        unit_id: the department.
        medians: (peer group, node) -> median of what was earned there, as `part_medians` gives it.
    """
    indicators = [part for part in score_parts(reading, unit_id) if not part.is_area]
    short = shortfalls(reading, unit_id, medians)
    return Opinion(
        strong=tuple(_ahead(reading, indicators, group_of(reading, unit_id), medians)[:SHOWN]),
        weak=tuple(Compared(one.part, one.median, one.gap) for one in short[:SHOWN]),
        missing=tuple(part.node for part in indicators if part.state == "missing"),
        not_applicable=tuple(part.node for part in indicators if part.state == "not_applicable"),
        next=tuple(prospects(reading, unit_id)[:SHOWN]),
    )


def _ahead(
    reading: Reading, indicators: list[ScorePart], group: str, medians: Mapping[tuple[str, str], Decimal]
) -> list[Compared]:
    """The indicators better than the median, the furthest first."""
    found = []
    for part in indicators:
        middle = median_beside(part, medians, group)
        gap = behind(reading, part.earned, middle)
        if middle is not None and gap is not None and gap < 0:
            found.append(Compared(part, middle, -gap))
    return sorted(found, key=lambda one: (-one.gap, one.part.node))

"""The points of a full result: what stands behind "of" where points are told, and where nothing can stand there."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from etl.scoring.decimals import ONE
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator
from etl.scoring.rulebook_points import AboveBelowMean, Distance, RankPoints, Raw, ZScore, most_stated
from etl.scoring.tree import full_of

_KEEPS_THE_MARK: Final = frozenset({"arithmetic", "geometric", "harmonic", "minimum", "maximum"})
"""Ways to aggregate that make of equal points those points again."""


def in_points(rulebook: Rulebook, part: Area | Indicator) -> bool:
    """Whether a part's weight is the most it can earn: where its area adds up points. Elsewhere it only weighs."""
    above = part.parent if isinstance(part, Area) else part.area
    return rulebook.nodes[above].aggregation == "sum_of_points"


def full_mark(rulebook: Rulebook, part: Area | Indicator, peer_group: str) -> Decimal | None:
    """The points of a full result; None where points have no upper end that the rules state.

    Args:
        rulebook: the rules.
        part: an area or indicator.
        peer_group: whose weights hold.
    """
    if isinstance(part, Area):
        return _mark_of_area(rulebook, part, peer_group)
    if in_points(rulebook, part):
        return rulebook.weight_of(part, peer_group)
    return _own_mark(part)


def has_full_mark(rulebook: Rulebook, indicator: Indicator) -> bool:
    """Whether an indicator's points are a share of a full result, whatever the peer group."""
    return in_points(rulebook, indicator) or _own_mark(indicator) is not None


def _own_mark(indicator: Indicator) -> Decimal | None:
    """What an indicator says itself: as stated, the most its table gives, or 1 where its points are a share."""
    method = indicator.points
    is_open = isinstance(method, ZScore | Distance | AboveBelowMean)
    if is_open or (isinstance(method, RankPoints) and method.form == "number"):
        return None
    if indicator.full is not None:
        return indicator.full
    if isinstance(method, Raw):
        return None
    stated = most_stated(method)
    return ONE if stated is None else stated[1]


def _mark_of_area(rulebook: Rulebook, area: Area, peer_group: str) -> Decimal | None:
    """As stated, the sum of weights under a sum of points, or the mark that all its parts have in common."""
    if area.full is not None or area.aggregation == "sum_of_points":
        return full_of(rulebook, area, peer_group)
    if area.aggregation not in _KEEPS_THE_MARK or area.scale != 1 or area.offset != 0 or area.transform != "none":
        return None
    marks = {full_mark(rulebook, part, peer_group) for part in rulebook.parts[area.id]}
    return marks.pop() if len(marks) == 1 else None

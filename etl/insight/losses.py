"""Where points are lost: the indicators of one unit by points, those of all departments by their share of points.

Whatever tells of "the indicator that lost most", on the screen or in a document, asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.insight.reading import Reading
from etl.insight.standing import IndicatorStanding, ScorePart, difference, indicator_standings, score_parts
from etl.scoring.decimals import ZERO


@dataclass(frozen=True, slots=True)
class Loss:
    """An indicator that earned less than it could have.

    Attributes:
        points: what the score lost by it, above zero.
    """

    part: ScorePart
    points: Decimal


def losses(reading: Reading, unit_id: str) -> list[Loss]:
    """The indicators that lost points of a unit's score, the most first; of equal ones in the rulebook's order.

    None where scores are no sums of points, or where the lowest score is the best.
    """
    if reading.rulebook.lower_leads:
        return []
    found = [
        Loss(part, lost)
        for part in score_parts(reading, unit_id)
        if not part.is_area and (lost := difference(part.possible, part.earned)) is not None and lost > ZERO
    ]
    return sorted(found, key=lambda one: -one.points)


def earned_least(reading: Reading) -> IndicatorStanding | None:
    """The indicator of which all departments together earned the smallest share.

    Of equal shares, as where several earned nothing, the one that cost most points; then the first in the rulebook.
    None where no indicator has a share, or where the lowest score is the best.
    """
    known = _with_share(reading)
    return min(known, key=lambda one: (one.earned_pct or ZERO, -(one.missed or ZERO)), default=None)


def earned_most(reading: Reading) -> IndicatorStanding | None:
    """The indicator of which all departments together earned the greatest share; of equal ones the rulebook's first."""
    return max(_with_share(reading), key=lambda one: one.earned_pct or ZERO, default=None)


def _with_share(reading: Reading) -> list[IndicatorStanding]:
    standings = [] if reading.rulebook.lower_leads else indicator_standings(reading)
    return [one for one in standings if one.units and one.earned_pct is not None]

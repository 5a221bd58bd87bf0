"""From the median of a peer group to one department's score, indicator by indicator, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl.insight.reading import Reading
from etl.insight.standing import adds_up, group_of, median_beside, score_parts
from etl.scoring.decimals import ZERO, kept, precise, total


@dataclass(frozen=True, slots=True)
class Bridge:
    """The way from a group's median score to a department's: `start` + all steps + bonus - penalty + `rest` = `end`.

    Attributes:
        steps: (indicator, points earned less the median of what the group earned there), in the rulebook's order;
            an indicator that does not apply or has no value has earned nothing. If its weight moved to others it is no
            step, and the medians beside those are as much more.
        rest: what the steps leave over: the medians of the indicators need not add up to the median of the scores,
            and the score is rounded.
    """

    start: Decimal
    steps: tuple[tuple[str, Decimal], ...]
    bonus: Decimal
    penalty: Decimal
    rest: Decimal
    end: Decimal


@precise
def bridge(
    reading: Reading, unit_id: str, median: Decimal | None, medians: Mapping[tuple[str, str], Decimal]
) -> Bridge | None:
    """The way from the median; None where scores are no sums of points, or either end is unknown.

    Args:
        reading: the release.
        unit_id: the department.
        median: of the scores of its peer group.
        medians: (peer group, indicator) -> median of what was earned there, as `part_medians` finds them.
    """
    score, group = reading.scores[unit_id], group_of(reading, unit_id)
    if median is None or score.score is None or not adds_up(reading.rulebook):
        return None
    parts = [part for part in score_parts(reading, unit_id) if not part.is_area]
    have_moved = any(part.moved for part in parts)
    steps = [
        (part.node, kept((part.earned or ZERO) - middle))
        for part in parts
        if (middle := median_beside(part, medians, group)) is not None and not (have_moved and part.possible == ZERO)
    ]
    explained = total(gap for _, gap in steps) + score.bonus - score.penalty
    rest = score.score - median - explained or ZERO  # every digit of it: the steps add up to the score
    return Bridge(median, tuple(steps), score.bonus, score.penalty, rest, score.score)

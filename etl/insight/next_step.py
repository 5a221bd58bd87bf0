"""What the next better result of an indicator takes: so many more, for so many points. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from etl.contracts.published import IndicatorRow
from etl.scoring.decimals import ONE, ZERO, precise
from etl.scoring.measure import measured_alone
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_points import Raw

_BEYOND: Final = Decimal(10) ** 12
"""More than any body counts: whoever has so much has all points that can be had."""


@dataclass(frozen=True, slots=True)
class Step:
    """A better result than the one there is.

    Attributes:
        more: how much more of the numerator it takes.
        value: the indicator's value then, in its own unit.
        points: what it then gives.
    """

    more: Decimal
    value: Decimal
    points: Decimal


def next_steps(indicator: Indicator, row: IndicatorRow, full: Decimal) -> tuple[Step, ...]:
    """The smallest step that gives more points, and the one that gives all there are; none where there is no more.

    Counted in whole numbers of the numerator (people, tasks, datasets), with the denominator and the target as they
    are. Indicators of which less is better, whose value is the points, of a panel, of a comparison between units,
    without an upper end, or without a value or a target have none.

    Args:
        indicator: which one.
        row: what was measured.
        full: the points of a full result.
    """
    counts = isinstance(indicator.numerator, str) and not isinstance(indicator.points, Raw)
    if row.numerator is None or not counts or indicator.better != "higher":
        return ()

    def at(numerator: Decimal) -> tuple[Decimal, Decimal] | None:
        return measured_alone(indicator, numerator, row.denominator, row.target, full)

    now, most, further = at(row.numerator), at(_BEYOND), at(_BEYOND * 10)
    if now is None or most is None or further is None or not now[1] < most[1] == further[1]:
        return ()
    first = _step(at, row.numerator, lambda points: points > now[1])
    last = _step(at, row.numerator, lambda points: points >= most[1])
    return tuple(dict.fromkeys((first, last)))


@precise
def _step(
    at: Callable[[Decimal], tuple[Decimal, Decimal] | None], there: Decimal, is_enough: Callable[[Decimal], bool]
) -> Step:
    """The smallest whole number above what there is that is enough; points never fall as the numerator grows.

    Sought in strides that double until one is enough, and halved then: what is near is found soon.
    """

    def suffices(numerator: Decimal) -> bool:
        result = at(numerator)
        return result is not None and is_enough(result[1])

    low, stride = there.to_integral_value(ROUND_FLOOR), ONE
    while low + stride < _BEYOND and not suffices(low + stride):
        low, stride = low + stride, stride * 2
    high = min(low + stride, _BEYOND)
    while high - low > 1:
        middle = ((low + high) / 2).to_integral_value(ROUND_FLOOR)
        low, high = (low, middle) if suffices(middle) else (middle, high)
    value, points = at(high) or (ZERO, ZERO)
    return Step(high - there, value, points)

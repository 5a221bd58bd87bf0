"""How values are spread, told without telling any one of them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from etl.scoring.decimals import kept, precise

FEWEST_OTHERS: Final = 5
"""So many departments besides those a reader sees by name must stand behind a figure of a group.

Who knows their own score, and the median and the ends of a group of three, knows all three: among five others no value
belongs to anybody in particular. Surveys and diagnoses hide what fewer than five people said for the same reason.
"""

_STEPS: Final = 20
"""So many steps the range of the values is cut into at most."""


@precise
def coarse(values: Iterable[Decimal]) -> list[Decimal]:
    """Each value at the nearest of at most about twenty round marks, lowest first.

    Enough to see a distribution by, too little to recognise a value with decimals that somebody has heard of. The step
    is 1, 2 or 5 times a power of ten: the smallest that cuts the range of the values into no more than twenty.

    Args:
        values: of one group; they may be empty.
    """
    ordered = sorted(values)
    if not ordered:
        return []
    step = _step(ordered[-1] - ordered[0])
    return [kept((value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step) for value in ordered]


def _step(span: Decimal) -> Decimal:
    """The smallest round step that cuts a range into at most twenty; 1 of no range at all."""
    if span == 0:
        return Decimal(1)
    decade = Decimal(10) ** (span / _STEPS).adjusted()
    return next(decade * factor for factor in (1, 2, 5, 10) if decade * factor * _STEPS >= span)

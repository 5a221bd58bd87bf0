"""Points methods that look at one unit alone: a value against a target, posts, bands, categories or marks.

Each returns a fraction (1 is a full result) or the row of a table that applies; `etl.scoring.score` tells how a
fraction becomes points.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

from etl.scoring.decimals import ONE, ZERO, logarithm, mean, precise
from etl.scoring.rulebook_points import Category, PointsBand, TargetByBand, TargetFromMetric
from etl.scoring.rulebook_terms import Direction, Edge, holds


@precise
def attainment(
    value: Decimal, target: Decimal, most: Decimal | None, better: Direction, least: Decimal = ZERO
) -> Decimal:
    """How much of a target is reached: value / target, from 0 to `most`.

    Formula: higher is better: max(0, min(most, value / target)). Lower is better: min(most, target / value); a value of
    zero or less, which no quotient describes, reaches the target in full. What is below `least` is 0.

    Args:
        value: the indicator, in its own unit.
        target: the same unit; greater than zero.
        most: where the fraction ends, 1 as a rule; None leaves it open above.
        better: whether higher or lower values are better.
        least: the smallest fraction that earns anything; 1 is all or nothing.

    Source: evaluation manual of the Ministry of the Interior and Safety, May 2025, indicators 3-1-1 (recognised tasks /
    target tasks x points) and 3-3-1 (all or nothing). The form for lower-is-better is this project's.
    """
    if better == "lower":
        fraction = target / value if value > 0 else (most if most is not None else ONE)
    else:
        fraction = max(ZERO, value / target)
    if fraction < least:
        return ZERO
    return fraction if most is None else min(most, fraction)


def target_for_size(table: TargetByBand, size: Decimal | None) -> Decimal | None:
    """The target that holds for a unit of that size.

    Formula: the row whose stretch holds the size. A size that is not known takes the highest target of the table, or
    none, as the table says.

    Source: evaluation manual of the Ministry of the Interior and Safety, May 2025, indicator 3-1-1: target tasks by
    authorised headcount; headcount unknown: the highest band.
    """
    if size is None:
        return max(band.target for band in table.bands) if table.unknown == "highest" else None
    return next((band.target for band in table.bands if holds(band.start, band.end, table.includes, size)), None)


@precise
def target_from_metric(rule: TargetFromMetric, own: Decimal | None) -> Decimal | None:
    """The target that follows from what a metric says of the unit itself.

    Formula: min(most, metric x share). Where the metric is not known, `most`, or none; a metric of zero or less gives
    no target.

    Source: evaluation manual of the Ministry of the Interior and Safety, May 2025, indicators 1-1 (what was planned is
    the target) and 3-3-1 (half of the headcount, or 100 people).
    """
    if own is None:
        return rule.most
    if own <= 0:
        return None
    target = own * rule.share
    return target if rule.most is None else min(rule.most, target)


@precise
def goalposts(
    value: Decimal,
    worst: Decimal,
    best: Decimal,
    scale: Literal["linear", "log"] = "linear",
    clip: Literal["both", "worst", "best", "none"] = "both",
) -> Decimal | None:
    """Where a value stands between two fixed posts: 0 at the worst, 1 at the best.

    Formula: (x - worst) / (best - worst), with natural logarithms of all three on the log scale, then cut at the ends
    that `clip` names. Where worst is above best, lower values are better. A value of zero or less has no logarithm: it
    stands at the worst end of an ascending scale and at the best end of a descending one where that end is cut, and is
    otherwise missing.

    Returns:
        the fraction, or None where the value has no logarithm and nothing is cut.

    Source: UNDP, Human Development Report, technical note 1 (dimension index with goalposts, logarithm of income);
    OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation by min-max.
    """
    if scale == "log" and value <= 0:
        if worst < best:
            return ZERO if clip in ("both", "worst") else None
        return ONE if clip in ("both", "best") else None
    if scale == "log":
        fraction = (value.ln() - logarithm(worst)) / (logarithm(best) - logarithm(worst))
    else:
        fraction = (value - worst) / (best - worst)
    if clip in ("both", "worst"):
        fraction = max(ZERO, fraction)
    return min(ONE, fraction) if clip in ("both", "best") else fraction


def band_of(value: Decimal, bands: Sequence[PointsBand], includes: Edge) -> PointsBand:
    """The row of a table of bands that holds a value.

    Formula: the one row with from <= x < to (`includes` lower) or from < x <= to (`includes` upper).

    Args:
        value: the indicator, already rounded as the rulebook says.
        bands: rows that cover every number once, as the rulebook's checks hold.
        includes: which end of a row belongs to it.

    Source: evaluation manual of the Ministry of the Interior and Safety, May 2025, indicator 3-2-1: 60 / 40 / 20 % or
    more give 5 / 3 / 1 points, decimals cut off.
    """
    return next(band for band in bands if holds(band.start, band.end, includes, value))


def category_of(value: Decimal, categories: Sequence[Category]) -> Category | None:
    """The row of a categorical scale for exactly this value, or None where the scale does not name it.

    Formula: the row whose value equals x.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation by a categorical scale.
    """
    return next((category for category in categories if category.value == value), None)


@precise
def panel_mean(marks: Sequence[Decimal], trim: int = 0, trim_from: int = 1) -> Decimal | None:
    """The mean of a panel's marks, without the `trim` highest and `trim` lowest where there are `trim_from` or more.

    Formula: the sum of the marks that stay / their number.

    Returns:
        the mean in the marks' own unit, or None where nobody gave one.

    Source: the practice of Korean cities' department evaluations: the highest and the lowest mark are left out.
    """
    if not marks:
        return None
    ordered = sorted(marks)
    stay = ordered[trim : len(ordered) - trim] if len(ordered) >= trim_from else ordered
    return mean(stay)


@precise
def transformed(value: Decimal, transform: Literal["none", "ln", "log10", "sqrt", "exp"]) -> Decimal | None:
    """The value after a transformation; None where it has none (the logarithm of zero, the root of a negative).

    Formula: ln x, log10 x, x^(1/2), e^x, or x itself.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), transformations before normalisation.
    """
    if transform == "none":
        return value
    if (transform in ("ln", "log10") and value <= 0) or (transform == "sqrt" and value < 0):
        return None
    if transform == "exp":
        return value.exp() if abs(value) <= _LARGEST_EXPONENT else None
    if transform == "sqrt":
        return value.sqrt()
    return value.ln() if transform == "ln" else value.log10()


_LARGEST_EXPONENT: Final = Decimal(1000)

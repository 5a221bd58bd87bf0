"""Points methods that compare units: each takes the column of measured values and returns a column of the same order.

A unit that is missing or not applicable is in no column. Over whom a column runs, all units or a peer group, the
rulebook says. A column without spread has a stated result, the same for every unit. Results depend on the values
alone: the order of the column moves the results with it and changes none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from etl.scoring.decimals import HUNDRED, ONE, ZERO, mean, precise, total
from etl.scoring.rulebook_terms import Direction

Counting = Literal["lower_and_self", "lower", "lower_and_half_equal", "lower_and_equal", "lower_of_others"]


def _upwards(values: Sequence[Decimal], better: Direction) -> list[Decimal]:
    """The column turned so that more is better."""
    return list(values) if better == "higher" else [-value for value in values]


@precise
def min_max(values: Sequence[Decimal], better: Direction, when_constant: Decimal) -> list[Decimal]:
    """Where each value stands between the worst and the best: 0 to 1.

    Formula: (x - min) / (max - min); lower is better: (max - x) / (max - min). Where max = min: `when_constant`.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, min-max.
    """
    column = _upwards(values, better)
    low, high = min(column), max(column)
    if low == high:
        return [when_constant] * len(column)
    return [(value - low) / (high - low) for value in column]


@precise
def z_scores(
    values: Sequence[Decimal], better: Direction, deviation: Literal["population", "sample"], when_constant: Decimal
) -> list[Decimal]:
    """Distance from the mean, in standard deviations.

    Formula: (x - mean) / s, s the root of the squared distances' sum / n (population) or / (n - 1) (sample); the sign
    turned where lower is better. Where s = 0, or for one unit alone: `when_constant`.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, standardisation.
    """
    column = _upwards(values, better)
    if min(column) == max(column):
        return [when_constant] * len(column)
    middle = mean(column)
    squares = total((value - middle) ** 2 for value in column)
    spread = (squares / (len(column) - (deviation == "sample"))).sqrt()
    return [(value - middle) / spread for value in column]


@precise
def percentile_ranks(values: Sequence[Decimal], better: Direction, counting: Counting) -> list[Decimal]:
    """The share of the units that a unit leaves behind, 0 to 1.

    Formula, with L units worse, E units equal (the unit itself included) and n units: lower_and_self (L + 1) / n;
    lower L / n; lower_and_half_equal (L + E / 2) / n; lower_and_equal (L + E) / n; lower_of_others L / (n - 1), and 0
    for a unit alone. Without spread L = 0 and E = n: a column that is constant has the same share for all.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, percentile rank; its
    worked example counts lower_and_self.
    """
    column = _upwards(values, better)
    ordered, units = sorted(column), len(column)
    shares = []
    for value in column:
        lower = Decimal(bisect_left(ordered, value))
        equal = bisect_right(ordered, value) - lower
        if counting == "lower_of_others":
            shares.append(lower / (units - 1) if units > 1 else ZERO)
        else:
            beside = {"lower_and_self": ONE, "lower": ZERO, "lower_and_half_equal": equal / 2, "lower_and_equal": equal}
            shares.append((lower + beside[counting]) / units)
    return shares


def percentiles(values: Sequence[Decimal], better: Direction) -> list[Decimal]:
    """The percentile rank in percent, by which bands of percentiles are chosen.

    Formula: (L + 1) / n x 100, L the units that are worse.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, categorical scale.
    """
    return [share * HUNDRED for share in percentile_ranks(values, better, "lower_and_self")]


def rank_numbers(values: Sequence[Decimal], better: Direction) -> list[Decimal]:
    """The place counted from the worst: 1 for the worst, equals share the lower number.

    Formula: L + 1, L the units that are worse.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, ranking.
    """
    column = _upwards(values, better)
    ordered = sorted(column)
    return [Decimal(bisect_left(ordered, value) + 1) for value in column]


@precise
def rank_shares(values: Sequence[Decimal], better: Direction, when_constant: Decimal | None) -> list[Decimal]:
    """The place as a share: 1 for the best, 0 for the worst, equals at the middle of the places they share.

    Formula: (L + (E - 1) / 2) / (n - 1), L the units that are worse, E those equal. Where all are equal, or one unit is
    alone: `when_constant`, or else 1/2.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, ranking, brought to
    0..1 by this project.
    """
    column = _upwards(values, better)
    ordered, units = sorted(column), len(column)
    if ordered[0] == ordered[-1]:
        return [ONE / 2 if when_constant is None else when_constant] * units
    return [
        Decimal(bisect_left(ordered, value) + bisect_right(ordered, value) - 1) / 2 / (units - 1) for value in column
    ]


@precise
def distances(
    values: Sequence[Decimal],
    better: Direction,
    to: Literal["best", "worst", "mean"],
    form: Literal["ratio", "difference"],
) -> list[Decimal | None]:
    """Distance to the best or worst unit, or to the mean.

    Formula, with r the reference: ratio x / r, difference (x - r) / r. Lower is better: r / x and (r - x) / r.

    Returns:
        the distances; None for all where the reference is zero, and for a value of zero that would be divided by.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, distance to a
    reference; the forms for lower-is-better are this project's.
    """
    lower = better == "lower"
    if to == "mean":
        reference = mean(values)
    else:
        reference = min(values) if (to == "best") == lower else max(values)
    if reference == 0:
        return [None] * len(values)
    if form == "difference":
        return [(reference - value if lower else value - reference) / reference for value in values]
    if lower:
        return [reference / value if value != 0 else None for value in values]
    return [value / reference for value in values]


@precise
def above_below_mean(values: Sequence[Decimal], better: Direction, threshold: Decimal) -> list[Decimal]:
    """1 for values better than the mean by more than the threshold, -1 for worse by more than it, 0 between.

    Formula: the sign of x - mean where |x - mean| > threshold x |mean|, else 0; turned where lower is better.

    Args:
        values: the measured column.
        better: whether higher or lower values are better.
        threshold: a share of the mean, 0.2 for 20 %.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), normalisation methods, indicators above or
    below the mean.
    """
    column = _upwards(values, better)
    middle = mean(column)
    edge = threshold * abs(middle)
    return [ZERO if abs(value - middle) <= edge else ONE.copy_sign(value - middle) for value in column]

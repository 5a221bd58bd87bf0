"""From metrics to one indicator's values and points, for all units at once.

Three things are kept apart. *Measured*: there is a value, zero included. *Missing*: there is none, because a metric is
absent, the denominator is zero or absent, the target is unknown, or the value has no logarithm; the indicator's missing
rule says what that does. *Not applicable*: an approved request took the indicator away from the unit; a value is not
looked at even where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.contracts.published import State
from etl.scoring.decimals import ONE, ZERO, kept, mean, precise, rounded
from etl.scoring.inputs import Inputs, Unit
from etl.scoring.points import (
    attainment,
    band_of,
    category_of,
    goalposts,
    panel_mean,
    target_for_size,
    target_from_metric,
    transformed,
)
from etl.scoring.points_relative import (
    above_below_mean,
    distances,
    min_max,
    percentile_ranks,
    percentiles,
    rank_numbers,
    rank_shares,
    z_scores,
)
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator, StatedPoints, StatedValue
from etl.scoring.rulebook_points import (
    AboveBelowMean,
    Attainment,
    Bands,
    Categorical,
    Category,
    Distance,
    Goalposts,
    MinMax,
    Panel,
    PercentileRank,
    PointsBand,
    PointsMethod,
    RankPoints,
    TargetByBand,
    TargetFromMetric,
    ZScore,
    compares_over,
    states_points,
)
from etl.scoring.rulebook_terms import Direction, amount_for


@dataclass(slots=True)
class Measured:
    """One indicator of one unit.

    Args:
        value: in the indicator's unit, with all working digits; None unless measured.
        target: what the value was held against, where the method has a target.
        full: the points of a full result for this unit.
        points: what it earned, before weights move; None where it earned nothing that can be counted.
        blocks: whether it keeps its unit from being ranked.
    """

    state: State
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    target: Decimal | None = None
    full: Decimal = ONE
    points: Decimal | None = None
    blocks: bool = False


@precise
def measure(rulebook: Rulebook, indicator: Indicator, units: tuple[Unit, ...], inputs: Inputs) -> dict[str, Measured]:
    """One indicator of every unit.

    Args:
        rulebook: for peer groups, weights and the missing rule.
        indicator: which one.
        units: who is evaluated.
        inputs: what was measured.

    Returns:
        unit_id -> its value and points.
    """
    rows = {unit.unit_id: _reading(indicator, unit, inputs) for unit in units}
    groups = {unit.unit_id: rulebook.group_of(unit.peer_group) for unit in units}
    missing = rulebook.missing_rule(indicator)
    compared = {unit_id: row.value for unit_id, row in rows.items() if row.value is not None}
    if isinstance(missing, StatedValue):
        compared |= {unit_id: missing.value for unit_id, row in rows.items() if row.state == "missing"}
    _find_targets(indicator, rows, groups, inputs)
    results = _results(indicator, compared, rows, groups)
    in_points = rulebook.nodes[indicator.area].aggregation == "sum_of_points"
    for unit_id, row in rows.items():
        weight = rulebook.weight_of(indicator, groups[unit_id])
        row.full = weight if in_points else (indicator.full if indicator.full is not None else ONE)
        result = results.get(unit_id)
        if result is None:
            _mark_missing(row)
        else:
            row.points = _rounded_points(result if states_points(indicator.points) else result * row.full, indicator)
    _apply_missing_rule(rulebook, indicator, rows, groups)
    return rows


def _reading(indicator: Indicator, unit: Unit, inputs: Inputs) -> Measured:
    if (unit.unit_id, indicator.id) in inputs.not_applicable:
        return Measured("not_applicable")
    if isinstance(indicator.points, Panel):
        marks = inputs.marks.get((unit.unit_id, indicator.id), ())
        mark = panel_mean(marks, indicator.points.trim, indicator.points.trims_from)
        raw = None if mark is None else mark * indicator.multiply
        row = Measured("missing")
    else:
        row = Measured("missing", _numerator(indicator, unit, inputs), _denominator(indicator, unit, inputs))
        raw = _quotient(indicator, row)
    row.value = _settled(raw, indicator)
    if row.value is not None:
        row.state = "measured"
    return row


def _settled(raw: Decimal | None, indicator: Indicator) -> Decimal | None:
    """The quotient transformed, cut and rounded; None where it has no value."""
    value = None if raw is None else transformed(raw, indicator.transform)
    if value is None:
        return None
    return rounded(_clipped(value, indicator), indicator.value_rounding.places, indicator.value_rounding.mode)


def _numerator(indicator: Indicator, unit: Unit, inputs: Inputs) -> Decimal | None:
    if isinstance(indicator.numerator, str):
        return inputs.values.get((unit.unit_id, indicator.numerator))
    return indicator.numerator


def _denominator(indicator: Indicator, unit: Unit, inputs: Inputs) -> Decimal | None:
    return None if indicator.denominator is None else inputs.values.get((unit.unit_id, indicator.denominator))


def _quotient(indicator: Indicator, row: Measured) -> Decimal | None:
    """Numerator x multiply / denominator, in this order: it is divided once, and 3 of 5 are 60 % exactly."""
    if row.numerator is None:
        return None
    product = row.numerator * indicator.multiply
    if indicator.denominator is None:
        return product
    return None if row.denominator is None or row.denominator == 0 else product / row.denominator


def _clipped(value: Decimal, indicator: Indicator) -> Decimal:
    low, high = indicator.clip.low, indicator.clip.high
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def _mark_missing(row: Measured) -> None:
    """A value without a result (no target, no logarithm, no such category) is as good as no value."""
    if row.state == "measured":
        row.state, row.value = "missing", None


def _rounded_points(points: Decimal, indicator: Indicator) -> Decimal:
    return rounded(points, indicator.rounding.places, indicator.rounding.mode)


def _find_targets(indicator: Indicator, rows: dict[str, Measured], groups: dict[str, str], inputs: Inputs) -> None:
    if not isinstance(indicator.points, Attainment):
        return
    target = indicator.points.target
    for unit_id, row in rows.items():
        if row.state == "not_applicable":
            continue
        if isinstance(target, TargetByBand):
            row.target = target_for_size(target, inputs.values.get((unit_id, target.metric)))
        elif isinstance(target, TargetFromMetric):
            row.target = target_from_metric(target, inputs.values.get((unit_id, target.metric)))
        else:
            row.target = amount_for(target, groups[unit_id])


def _results(
    indicator: Indicator, values: dict[str, Decimal], rows: dict[str, Measured], groups: dict[str, str]
) -> dict[str, Decimal | None]:
    """What the method gives every unit that has a value: a fraction, or points where its tables state points."""
    method, better = indicator.points, indicator.better
    if not isinstance(method, Relative) and not (isinstance(method, Bands) and method.of == "percentile"):
        return {unit_id: _alone(method, value, rows[unit_id].target, better) for unit_id, value in values.items()}
    results: dict[str, Decimal | None] = {}
    for members in _compared_together(values, groups, method.over):
        column = _together(method, [values[unit_id] for unit_id in members], better)
        results |= dict(zip(members, column, strict=True))
    return results


def _compared_together(values: Iterable[str], groups: dict[str, str], over: str) -> list[list[str]]:
    together: dict[str, list[str]] = {}
    for unit_id in values:
        together.setdefault(groups[unit_id] if over == "peer_group" else "", []).append(unit_id)
    return list(together.values())


def _alone(method: PointsMethod, value: Decimal, target: Decimal | None, better: Direction) -> Decimal | None:
    if isinstance(method, Attainment):
        most = None if method.most == "none" else method.most
        return None if target is None else attainment(value, target, most, better, method.least)
    if isinstance(method, Goalposts):
        return goalposts(value, method.worst, method.best, method.scale, method.clip)
    if isinstance(method, Bands):
        return _stated(band_of(kept(value), method.bands, method.includes))
    if isinstance(method, Categorical):
        category = category_of(kept(value), method.categories)
        return None if category is None else _stated(category)
    return value / method.out_of if isinstance(method, Panel) else value


@precise
def measured_alone(
    indicator: Indicator, numerator: Decimal, denominator: Decimal | None, target: Decimal | None, full: Decimal
) -> tuple[Decimal, Decimal] | None:
    """The value and the points that an indicator would give for a numerator, all else as it is.

    Args:
        indicator: which one.
        numerator: in its own unit.
        denominator: what it is divided by; None where it is not.
        target: what the value is held against; None where there is none.
        full: the points of a full result.

    Returns:
        None where there is no value or no target, where units are compared with each other, and for a panel's marks.
    """
    method = indicator.points
    if isinstance(method, Relative | Panel) or (isinstance(method, Bands) and method.of == "percentile"):
        return None
    value = _settled(_quotient(indicator, Measured("missing", numerator, denominator)), indicator)
    result = None if value is None else _alone(method, value, target, indicator.better)
    if value is None or result is None:
        return None
    return value, _rounded_points(result if states_points(method) else result * full, indicator)


def _stated(row: PointsBand | Category) -> Decimal | None:
    return row.share if row.points is None else row.points


Relative = MinMax | ZScore | PercentileRank | RankPoints | Distance | AboveBelowMean


def _together(method: Relative | Bands, column: list[Decimal], better: Direction) -> Sequence[Decimal | None]:
    """What a method that compares units gives a column of values."""
    if isinstance(method, MinMax):
        return min_max(column, better, method.when_constant)
    if isinstance(method, ZScore):
        return z_scores(column, better, method.deviation, method.when_constant)
    if isinstance(method, PercentileRank):
        return percentile_ranks(column, better, method.counting)
    if isinstance(method, RankPoints):
        by_number = method.form == "number"
        return rank_numbers(column, better) if by_number else rank_shares(column, better, method.when_constant)
    if isinstance(method, Distance):
        return distances(column, better, method.to, method.form)
    if isinstance(method, AboveBelowMean):
        return above_below_mean(column, better, method.threshold)
    return [_stated(band_of(kept(share), method.bands, method.includes)) for share in percentiles(column, better)]


def _apply_missing_rule(
    rulebook: Rulebook, indicator: Indicator, rows: dict[str, Measured], groups: dict[str, str]
) -> None:
    rule = rulebook.missing_rule(indicator)
    over = compares_over(indicator.points)
    earned: dict[str, list[Decimal]] = {}
    for unit_id, row in rows.items():
        if row.state == "measured" and row.points is not None:
            earned.setdefault(groups[unit_id] if over == "peer_group" else "", []).append(
                row.points / (row.full or ONE)
            )
    for unit_id, row in rows.items():
        if row.state != "missing" or row.points is not None:
            continue
        others = earned.get(groups[unit_id] if over == "peer_group" else "", [])
        if isinstance(rule, StatedPoints):
            row.points = rule.points
        elif rule == "zero":
            row.points = ZERO
        elif rule in ("worst", "mean") and others:
            row.points = (min(others) if rule == "worst" else mean(others)) * row.full
        elif rulebook.weight_of(indicator, groups[unit_id]) > 0:  # what counts for nothing keeps nobody out
            row.blocks = rule == "not_ranked" or isinstance(rule, StatedValue)

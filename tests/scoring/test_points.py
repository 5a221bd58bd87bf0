"""Every points method: cases worked out by hand, constant columns, and a docstring with formula and source."""

from __future__ import annotations

import inspect
from decimal import Decimal
from types import FunctionType, ModuleType
from typing import Literal

import pytest

from etl.scoring import points as alone
from etl.scoring import points_relative as together
from etl.scoring.points import attainment, goalposts, panel_mean, transformed
from etl.scoring.points_relative import (
    above_below_mean,
    distances,
    min_max,
    percentile_ranks,
    rank_numbers,
    rank_shares,
    z_scores,
)
from etl.scoring.rulebook_terms import Direction
from etl.scoring.score import score
from tests.scoring.build import column, indicator, inputs, leaves, points, rules


def numbers(text: str) -> list[Decimal]:
    return [Decimal(word) for word in text.split()]


D = Decimal


def own_functions(module: ModuleType) -> list[FunctionType]:
    """The public functions a module defines itself, decorated ones included."""
    found = inspect.getmembers(module, inspect.isfunction)
    return [member for name, member in found if not name.startswith("_") and member.__module__ == module.__name__]


@pytest.mark.parametrize("function", [*own_functions(alone), *own_functions(together)], ids=lambda f: f.__name__)
def test_a_points_method_states_its_formula_and_where_it_comes_from(function: FunctionType) -> None:
    told = inspect.getdoc(function) or ""
    assert "Formula" in told
    assert "Source:" in told


def test_all_points_methods_are_looked_at() -> None:
    assert len(own_functions(alone)) == 8
    assert len(own_functions(together)) == 8


@pytest.mark.parametrize(
    ("value", "target", "most", "better", "fraction"),
    [
        ("0", "4", "1", "higher", "0"),
        ("1", "4", "1", "higher", "0.25"),
        ("4", "4", "1", "higher", "1"),
        ("9", "4", "1", "higher", "1"),
        ("9", "4", "1.5", "higher", "1.5"),
        ("9", "4", None, "higher", "2.25"),
        ("-1", "4", "1", "higher", "0"),
        ("8", "4", "1", "lower", "0.5"),
        ("2", "4", "1", "lower", "1"),
        ("0", "4", "1", "lower", "1"),
        ("0", "4", None, "lower", "1"),
        ("2", "4", None, "lower", "2"),
    ],
)
def test_attainment_is_the_part_of_the_target_that_is_reached(
    value: str, target: str, most: str | None, better: Direction, fraction: str
) -> None:
    limit = None if most is None else D(most)
    assert attainment(D(value), D(target), limit, better) == D(fraction)


@pytest.mark.parametrize(
    ("value", "worst", "best", "clip", "fraction"),
    [
        ("20", "20", "85", "both", "0"),
        ("85", "20", "85", "both", "1"),
        ("52.5", "20", "85", "both", "0.5"),
        ("10", "20", "60", "both", "0"),
        ("10", "20", "60", "worst", "0"),
        ("10", "20", "60", "best", "-0.25"),
        ("10", "20", "60", "none", "-0.25"),
        ("70", "20", "60", "both", "1"),
        ("70", "20", "60", "worst", "1.25"),
        ("70", "20", "60", "none", "1.25"),
        ("30", "50", "10", "both", "0.5"),
        ("60", "50", "10", "both", "0"),
        ("0", "50", "10", "both", "1"),
        ("0", "50", "10", "none", "1.25"),
    ],
)
def test_linear_goalposts_run_from_the_worst_to_the_best_whichever_is_larger(
    value: str, worst: str, best: str, clip: Literal["both", "worst", "best", "none"], fraction: str
) -> None:
    assert goalposts(D(value), D(worst), D(best), "linear", clip) == D(fraction)


@pytest.mark.parametrize(
    ("value", "worst", "best", "clip", "fraction"),
    [
        ("100", "10", "1000", "both", "0.5"),
        ("10", "10", "1000", "both", "0"),
        ("1000", "10", "1000", "both", "1"),
        ("100", "1000", "10", "both", "0.5"),
        ("0", "10", "1000", "both", "0"),
        ("-5", "10", "1000", "worst", "0"),
        ("0", "10", "1000", "best", None),
        ("0", "10", "1000", "none", None),
        ("0", "1000", "10", "both", "1"),
        ("0", "1000", "10", "worst", None),
        ("1", "10", "1000", "none", "-0.5"),
    ],
)
def test_logarithmic_goalposts_have_a_place_for_zero_only_where_that_end_is_cut(
    value: str, worst: str, best: str, clip: Literal["both", "worst", "best", "none"], fraction: str | None
) -> None:
    got = goalposts(D(value), D(worst), D(best), "log", clip)
    if fraction is None:
        assert got is None
    else:
        assert got is not None
        assert abs(got - D(fraction)) < D("1e-40")


@pytest.mark.parametrize(
    ("marks", "trim", "trim_from", "mean"),
    [
        ("90 80 70", 0, 1, "80"),
        ("90 80 70 60 10", 1, 5, "70"),
        ("90 80 70 10", 1, 5, "62.5"),
        ("10 10 100 100", 1, 3, "55"),
        ("75", 1, 3, "75"),
    ],
)
def test_a_panels_mean_leaves_the_ends_out_only_where_there_are_enough_marks(
    marks: str, trim: int, trim_from: int, mean: str
) -> None:
    assert panel_mean(numbers(marks), trim, trim_from) == D(mean)


def test_a_panel_that_gave_no_mark_has_no_mean() -> None:
    assert panel_mean([], 1, 3) is None


@pytest.mark.parametrize(
    ("value", "transform", "result"),
    [
        ("7", "none", "7"),
        ("100", "log10", "2"),
        ("0", "log10", None),
        ("-1", "ln", None),
        ("1", "ln", "0"),
        ("9", "sqrt", "3"),
        ("-9", "sqrt", None),
        ("0", "exp", "1"),
        ("1001", "exp", None),
    ],
)
def test_a_transformation_without_a_result_is_missing(value: str, transform: str, result: str | None) -> None:
    assert transformed(D(value), transform) == (None if result is None else D(result))  # type: ignore[arg-type]


def test_min_max_runs_from_the_worst_unit_to_the_best() -> None:
    assert min_max(numbers("2 4 6"), "higher", D("0.5")) == numbers("0 0.5 1")
    assert min_max(numbers("2 4 6"), "lower", D("0.5")) == numbers("1 0.5 0")


def test_z_scores_use_the_deviation_the_rulebook_names() -> None:
    assert z_scores(numbers("2 4 4 4 5 5 7 9"), "higher", "population", D(0)) == numbers("-1.5 -0.5 -0.5 -0.5 0 0 1 2")
    assert z_scores(numbers("1 3 5"), "higher", "sample", D(0)) == numbers("-1 0 1")
    assert z_scores(numbers("1 3 5"), "lower", "sample", D(0)) == numbers("1 0 -1")


@pytest.mark.parametrize(
    ("counting", "shares"),
    [
        ("lower_and_self", "0.25 0.5 0.5 1"),
        ("lower", "0 0.25 0.25 0.75"),
        ("lower_and_half_equal", "0.125 0.5 0.5 0.875"),
        ("lower_and_equal", "0.25 0.75 0.75 1"),
    ],
)
def test_a_percentile_rank_counts_equals_as_the_rulebook_says(counting: str, shares: str) -> None:
    assert percentile_ranks(numbers("1 2 2 3"), "higher", counting) == numbers(shares)  # type: ignore[arg-type]


def test_a_percentile_rank_among_the_others_leaves_the_unit_itself_out() -> None:
    assert percentile_ranks(numbers("1 2 2 4 9"), "higher", "lower_of_others") == numbers("0 0.25 0.25 0.75 1")
    assert percentile_ranks(numbers("7"), "higher", "lower_of_others") == numbers("0")


def test_a_rank_is_counted_from_the_worst_and_equals_share_it() -> None:
    assert rank_numbers(numbers("1 2 2 3"), "higher") == numbers("1 2 2 4")
    assert rank_numbers(numbers("1 2 2 3"), "lower") == numbers("4 2 2 1")
    assert rank_shares(numbers("1 2 2 3 4"), "higher", None) == numbers("0 0.375 0.375 0.75 1")


@pytest.mark.parametrize(
    ("to", "form", "better", "result"),
    [
        ("best", "ratio", "higher", "0.25 0.5 1"),
        ("worst", "ratio", "higher", "1 2 4"),
        ("mean", "ratio", "higher", "0.5 1 2"),
        ("best", "difference", "higher", "-0.75 -0.5 0"),
        ("worst", "difference", "higher", "0 1 3"),
        ("best", "ratio", "lower", "1 0.5 0.25"),
        ("worst", "ratio", "lower", "4 2 1"),
        ("best", "difference", "lower", "0 -1 -3"),
    ],
)
def test_a_distance_is_measured_from_the_reference_the_rulebook_names(
    to: str, form: str, better: str, result: str
) -> None:
    values = numbers("1 2 4") if to != "mean" else numbers("1 2 4 1")
    assert distances(values, better, to, form)[:3] == numbers(result)  # type: ignore[arg-type]


def test_a_distance_to_a_reference_of_zero_is_missing_for_everybody() -> None:
    assert distances(numbers("0 1"), "higher", "worst", "ratio") == [None, None]
    assert distances(numbers("-1 1"), "higher", "mean", "difference") == [None, None]


def test_a_unit_is_above_or_below_the_mean_only_beyond_the_threshold() -> None:
    assert above_below_mean(numbers("80 90 100 110 120"), "higher", D("0.1")) == numbers("-1 0 0 0 1")
    assert above_below_mean(numbers("80 90 100 110 120"), "lower", D("0.1")) == numbers("1 0 0 0 -1")


CONSTANT = [
    ('{ method = "min_max" }', "0.5"),
    ('{ method = "min_max", when_constant = 1 }', "1"),
    ('{ method = "z_score" }', "0"),
    ('{ method = "z_score", deviation = "sample", when_constant = 50 }', "50"),
    ('{ method = "percentile_rank", counting = "lower_and_half_equal" }', "0.5"),
    ('{ method = "rank" }', "0.5"),
    ('{ method = "rank", when_constant = 0 }', "0"),
    ('{ method = "rank", form = "number" }', "1"),
    ('{ method = "distance", to = "best" }', "1"),
    ('{ method = "distance", to = "mean", form = "difference" }', "0"),
    ('{ method = "above_below_mean", threshold = 0 }', "0"),
]


@pytest.mark.parametrize(("method", "result"), CONSTANT)
@pytest.mark.parametrize("units", ["a", "abc"])
def test_a_column_without_spread_gives_every_unit_the_same_stated_result(method: str, result: str, units: str) -> None:
    scored = score(rules(indicator("m", method)), column("m", **dict.fromkeys(units, 7)))
    assert set(points(scored, "m").values()) == {D(result)}


GROUPED = """
[[peer_groups]]
id = "big"
name = "big"
[[peer_groups]]
id = "small"
name = "small"
"""


@pytest.mark.parametrize(
    ("over", "expected"),
    [("all", {"a": "0", "b": "0.1", "c": "0.5", "d": "1"}), ("peer_group", {"a": "0", "b": "1", "c": "0", "d": "1"})],
)
def test_a_relative_method_compares_over_whom_the_rulebook_says(over: str, expected: dict[str, str]) -> None:
    rulebook = rules(indicator("m", f'{{ method = "min_max", over = "{over}" }}'), more=GROUPED)
    values = {"a": 0, "b": 10, "c": 50, "d": 100}
    groups = {"a": "small", "b": "small", "c": "big", "d": "big"}
    scored = score(rulebook, inputs({name: {"m": value} for name, value in values.items()}, groups=groups))
    assert points(scored, "m") == {name: D(value) for name, value in expected.items()}


def test_a_missing_unit_is_in_no_reference() -> None:
    scored = score(rules(indicator("m", '{ method = "min_max" }', missing='"reweight"')), column("m", a=2, b=None, c=4))
    assert points(scored, "m") == {"a": D(0), "b": None, "c": D(1)}


BANDS = """{ method = "bands", includes = "%s", bands = [
    { from = 60, points = 5 },
    { from = 40, to = 60, points = 3 },
    { from = 20, to = 40, points = 1 },
    { to = 20, points = 0 },
] }"""


@pytest.mark.parametrize(
    ("value", "includes", "mode", "expected"),
    [
        ("60", "lower", "none", "5"),
        ("59.99", "lower", "none", "3"),
        ("59.99", "lower", "floor", "3"),
        ("59.5", "lower", "half_up", "5"),
        ("59.49", "lower", "half_up", "3"),
        ("60", "upper", "none", "3"),
        ("60.01", "upper", "none", "5"),
        ("20", "lower", "none", "1"),
        ("0", "lower", "none", "0"),
        ("-3", "lower", "none", "0"),
    ],
)
def test_a_band_is_chosen_after_the_value_is_rounded(value: str, includes: str, mode: str, expected: str) -> None:
    rounding = f'{{ places = 0, mode = "{mode}" }}'
    rulebook = rules(indicator("m", BANDS % includes, value_rounding=rounding))
    assert points(score(rulebook, column("m", a=value)), "m") == {"a": D(expected)}


def test_a_third_of_three_is_one_before_it_is_cut() -> None:
    rulebook = rules(indicator("m", denominator='"n"', multiply="3", value_rounding='{ places = 0, mode = "floor" }'))
    assert leaves(score(rulebook, inputs({"a": {"m": 1, "n": 3}})), "m")["a"].value == 1


TARGETS = [
    ("target = 8", {"m": 4}, "0.5", "8"),
    ('target = { metric = "own" }', {"m": 4, "own": 16}, "0.25", "16"),
    ('target = { metric = "own" }', {"m": 4, "own": 0}, None, None),
    ('target = { metric = "own" }', {"m": 4}, None, None),
]
SIZES = """target = { metric = "staff", unknown = "%s", bands = [
    { to = 400, target = 1 },
    { from = 400, to = 600, target = 2 },
    { from = 600, target = 5 },
] }"""


@pytest.mark.parametrize(
    ("target", "figures", "fraction", "shown"),
    [
        *TARGETS,
        (SIZES % "highest", {"m": 1, "staff": 400}, "1", "1"),
        (SIZES % "highest", {"m": 1, "staff": 401}, "0.5", "2"),
        (SIZES % "highest", {"m": 1, "staff": 601}, "0.2", "5"),
        (SIZES % "highest", {"m": 1}, "0.2", "5"),
        (SIZES % "missing", {"m": 1}, None, None),
    ],
)
def test_a_target_may_be_one_number_a_metric_or_depend_on_size(
    target: str, figures: dict[str, int], fraction: str | None, shown: str | None
) -> None:
    rulebook = rules(indicator("m", f'{{ method = "attainment", {target} }}', missing='"reweight"'))
    row = leaves(score(rulebook, inputs({"a": figures})), "m")["a"]
    assert row.points == (None if fraction is None else D(fraction))
    assert row.target == (None if shown is None else D(shown))
    assert row.state == ("measured" if fraction is not None else "missing")


def test_a_target_may_differ_between_peer_groups() -> None:
    rulebook = rules(indicator("m", '{ method = "attainment", target = { big = 10, small = 2 } }'), more=GROUPED)
    scored = score(rulebook, inputs({"a": {"m": 2}, "b": {"m": 2}}, groups={"a": "big", "b": "small"}))
    assert points(scored, "m") == {"a": D("0.2"), "b": D(1)}


CATEGORIES = '{ method = "categorical", categories = [{ value = 1, share = 0.2 }, { value = 2, share = 1 }] }'


def test_a_category_that_the_scale_does_not_name_is_missing() -> None:
    scored = score(rules(indicator("m", CATEGORIES, missing='"reweight"')), column("m", a=1, b="2.0", c=3))
    assert points(scored, "m") == {"a": D("0.2"), "b": D(1), "c": None}


def test_a_panels_marks_become_a_share_of_the_full_mark() -> None:
    panel = '{ method = "panel", out_of = 50, trim = 1, trim_from = 4 }'
    rulebook = rules(indicator("m", panel, numerator="", full="10", missing='"reweight"'))
    scored = score(rulebook, inputs({"a": {}, "b": {}}, marks={("a", "m"): [0, 40, 40, 50]}))
    assert points(scored, "m") == {"a": D(8), "b": None}
    assert leaves(scored, "m")["a"].value == 40

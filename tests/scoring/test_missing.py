"""Missing, zero and not applicable are three things; weights move where everybody can see it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.contracts.published import ContributionRow
from etl.scoring.score import Scored, score
from tests.scoring.build import HEAD, indicator, inputs, leaves, points, ranks, read, rules, scores

D = Decimal
SUM = 'aggregation = "sum_of_points"\ntotal = 10'
ATTAINMENT = '{ method = "attainment", target = 10 }'


def nodes(scored: Scored, unit: str) -> dict[str, ContributionRow]:
    return {row.node: row for row in scored.contributions if row.unit_id == unit}


def two(missing: str) -> tuple[str, str]:
    return (
        indicator("a", ATTAINMENT, weight="4", missing=missing),
        indicator("b", ATTAINMENT, weight="6", missing=missing),
    )


@pytest.mark.parametrize(
    ("rule", "total", "points_of_b", "coverage"),
    [
        ('"zero"', "4", "0", "0.4"),
        ('"reweight"', "10", None, "0.4"),
        ('"not_ranked"', None, None, "0.4"),
        ('"worst"', "4.6", "0.6", "0.4"),
        ('"mean"', "5.8", "1.8", "0.4"),
        ("{ value = 5 }", "7", "3", "0.4"),
        ("{ points = 2.5 }", "6.5", "2.5", "0.4"),
    ],
)
def test_a_missing_value_does_what_the_rulebook_says(
    rule: str, total: str | None, points_of_b: str | None, coverage: str
) -> None:
    others = {"y": {"a": 10, "b": 1}, "z": {"a": 10, "b": 5}}
    scored = score(rules(*two(rule), score=SUM), inputs({"x": {"a": 10}, **others}))
    row = scores(scored)["x"]
    assert row.total == (None if total is None else D(total))
    assert points(scored, "b")["x"] == (None if points_of_b is None else D(points_of_b))
    assert leaves(scored, "b")["x"].state == "missing"
    assert leaves(scored, "b")["x"].value is None
    assert row.coverage == D(coverage)
    assert row.ranked == (total is not None)
    assert row.not_ranked_because == (None if total is not None else "missing:b")


def test_zero_is_measured_and_counts_as_zero() -> None:
    scored = score(rules(*two('"reweight"'), score=SUM), inputs({"x": {"a": 10, "b": 0}}))
    assert scores(scored)["x"].total == 4
    assert leaves(scored, "b")["x"].state == "measured"
    assert scores(scored)["x"].coverage == 1


def test_not_applicable_is_never_zero_even_where_a_value_stands_there() -> None:
    scored = score(rules(*two('"zero"'), score=SUM), inputs({"x": {"a": 10, "b": 0}}, not_applicable={("x", "b")}))
    row = leaves(scored, "b")["x"]
    assert (row.state, row.value, row.points) == ("not_applicable", None, None)
    assert scores(scored)["x"].total == 10
    assert scores(scored)["x"].coverage == 1
    assert nodes(scored, "x")["a"].effective_weight == 10
    assert nodes(scored, "x")["b"].effective_weight == 0


@pytest.mark.parametrize("denominator", [0, None])
def test_a_denominator_of_zero_or_none_makes_the_value_missing(denominator: int | None) -> None:
    rulebook = rules(indicator("a", denominator='"n"', missing='"reweight"'), indicator("b"))
    scored = score(rulebook, inputs({"x": {"a": 3, "n": denominator, "b": 1}}))
    assert leaves(scored, "a")["x"].state == "missing"
    assert leaves(scored, "a")["x"].numerator == 3
    assert scores(scored)["x"].base == 1


def test_one_missing_cell_leaves_everybody_else_alone() -> None:
    rulebook = rules(indicator("a", '{ method = "z_score" }'), indicator("b"))
    full = {"x": {"a": 1, "b": 1}, "y": {"a": 2, "b": 2}}
    with_hole = score(rulebook, inputs({**full, "z": {"b": 5}}))
    without = score(rulebook, inputs(full))
    assert [row.base for row in with_hole.scores[:2]] == [row.base for row in without.scores]
    assert scores(with_hole)["z"].not_ranked_because == "missing:a"
    assert set(ranks(with_hole)) == {"x", "y"}


NESTED = (
    HEAD
    + """
[score]
aggregation = "sum_of_points"
total = 100
missing = "reweight"
minimum_coverage = %s

[[areas]]
id = "one"
name = "one"
aggregation = "sum_of_points"
weight = 60

[[areas]]
id = "two"
name = "two"
aggregation = "sum_of_points"
weight = 40
"""
    + indicator("a", ATTAINMENT, area='"one"', weight="20")
    + indicator("b", ATTAINMENT, area='"one"', weight="40")
    + indicator("c", ATTAINMENT, area='"two"', weight="40")
)


def test_the_weight_of_a_not_applicable_part_stays_in_its_area() -> None:
    scored = score(read(NESTED % 0), inputs({"x": {"b": 5, "c": 10}}, not_applicable={("x", "a")}))
    tree = nodes(scored, "x")
    assert tree["b"].effective_weight == 60
    assert tree["one"].effective_weight == 60
    assert tree["one"].points == 30
    assert scores(scored)["x"].base == 70


def test_an_area_of_which_nothing_is_left_gives_its_weight_to_the_areas_beside_it() -> None:
    scored = score(read(NESTED % 0), inputs({"x": {"a": 10, "b": 5}}, not_applicable={("x", "c")}))
    tree = nodes(scored, "x")
    assert (tree["two"].state, tree["two"].points, tree["two"].effective_weight) == ("not_applicable", None, 0)
    assert tree["one"].effective_weight == 100
    assert tree["one"].points == 40
    assert tree["one"].contribution == scores(scored)["x"].base
    assert abs(D(40) / 60 * 100 - (scores(scored)["x"].base or 0)) < D("1e-20")


@pytest.mark.parametrize(
    ("figures", "ranked", "reason", "coverage"),
    [
        ({"a": 1, "b": 1, "c": 1}, True, None, "1"),
        ({"a": 1, "b": 1}, True, None, "0.6"),
        ({"c": 1}, False, "coverage", "0.4"),
        ({}, False, "nothing_measured;coverage", "0"),
    ],
)
def test_below_the_minimum_coverage_a_unit_is_listed_but_not_ranked(
    figures: dict[str, int], ranked: bool, reason: str | None, coverage: str
) -> None:
    scored = score(read(NESTED % "0.5"), inputs({"x": figures}))
    row = scores(scored)["x"]
    assert (row.ranked, row.not_ranked_because, row.coverage) == (ranked, reason, D(coverage))
    assert (row.score is None) == (not figures)
    assert ("x" in ranks(scored)) == ranked


def test_an_area_may_ask_for_a_coverage_of_its_own() -> None:
    text = (NESTED % 0).replace('id = "one"', 'id = "one"\nminimum_coverage = 0.5')
    scored = score(read(text), inputs({"x": {"a": 10, "c": 5}, "y": {"b": 10, "c": 5}}))
    assert nodes(scored, "x")["one"].points is None
    assert scores(scored)["x"].base == 50
    assert nodes(scored, "y")["one"].points == 60


def test_a_unit_to_which_nothing_applies_is_not_ranked() -> None:
    everything = {("x", name) for name in "abc"}
    scored = score(read(NESTED % 0), inputs({"x": {"a": 1}}, not_applicable=everything))
    assert scores(scored)["x"].not_ranked_because == "nothing_applies"


def test_every_missing_indicator_is_named_in_the_reason() -> None:
    scored = score(rules(indicator("a"), indicator("b"), indicator("c")), inputs({"x": {"b": 1}}))
    assert scores(scored)["x"].not_ranked_because == "missing:a;missing:c"


def test_worst_of_a_column_nobody_measured_moves_the_weight() -> None:
    scored = score(rules(*two('"worst"'), score=SUM), inputs({"x": {"a": 5}, "y": {"a": 10}}))
    assert scores(scored)["x"].base == 5


def test_an_indicator_of_weight_zero_keeps_nobody_from_being_ranked() -> None:
    rulebook = rules(indicator("a", weight="1"), indicator("b", weight="0"))
    assert scores(score(rulebook, inputs({"x": {"a": 3}})))["x"].score == 3

"""A rulebook for the body as a whole, periods of single indicators, and targets taken from a share of a metric."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from etl.errors import RulebookError
from etl.scoring.score import score
from tests.scoring.build import HEAD, indicator, inputs, leaves, points, read, rules

D = Decimal
BODY = 'body = { id = "city", name = "City" }\n'
OWN = "{ start = 2021-01-01, end = 2021-10-31 }"
HALF = '{ method = "attainment", least = 1, target = { metric = "staff", share = 0.5, most = 100 } }'


def faults(text: str) -> list[str]:
    with pytest.raises(RulebookError) as refusal:
        read(text)
    return [fault.code for fault in refusal.value.faults]


def test_a_rulebook_may_evaluate_the_body_as_a_whole() -> None:
    body = read(HEAD + BODY + '[score]\naggregation = "arithmetic"\n' + indicator("m")).evaluation.body
    assert body is not None
    assert (body.id, body.name.ko) == ("city", "City")


def test_a_body_as_a_whole_stands_in_no_peer_group() -> None:
    groups = '\n[[peer_groups]]\nid = "line"\nname = "Line"\n'
    assert faults(HEAD + BODY + '[score]\naggregation = "arithmetic"\n' + indicator("m") + groups) == [
        "rulebook_body_has_groups"
    ]


def test_an_indicator_counts_its_own_period_and_the_others_that_of_the_evaluation() -> None:
    rulebook = rules(indicator("opened", period=OWN), indicator("trained"))
    assert rulebook.period_of("opened").end == date(2021, 10, 31)
    assert rulebook.period_of("trained").end == date(2021, 12, 31)
    assert rulebook.period_of("no such metric").end == date(2021, 12, 31)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    text = HEAD + '[score]\naggregation = "arithmetic"\n'
    assert faults(text + indicator("m", period="{ start = 2021-02-01, end = 2021-01-31 }")) == [
        "rulebook_days_out_of_order"
    ]


def test_a_metric_that_two_indicators_count_over_different_days_is_refused() -> None:
    text = HEAD + '[score]\naggregation = "arithmetic"\n'
    assert faults(text + indicator("a", numerator='"m"', period=OWN) + indicator("b", numerator='"m"')) == [
        "rulebook_metric_in_two_periods"
    ]
    same = text + indicator("a", numerator='"m"', period=OWN) + indicator("b", numerator='"m"', period=OWN)
    assert read(same).period_of("m").end == date(2021, 10, 31)


def test_an_indicator_is_in_force_in_its_own_period_not_in_that_of_the_evaluation() -> None:
    late = "{ from = 2022-01-01 }"
    own = "{ start = 2022-01-01, end = 2022-06-30 }"
    text = HEAD + '[score]\naggregation = "arithmetic"\n'
    assert faults(text + indicator("m", effective=late)) == ["rulebook_not_in_force"]
    assert read(text + indicator("m", effective=late, period=own)).indicators


ALL_OR_NOTHING = [
    pytest.param(49, 100, 0, id="one short of half"),
    pytest.param(50, 100, 1, id="exactly half"),
    pytest.param(50, 101, 0, id="half of an odd number is not rounded down"),
    pytest.param(51, 101, 1, id="more than half of an odd number"),
    pytest.param(99, 3000, 0, id="99 of many"),
    pytest.param(100, 3000, 1, id="100 of many"),
    pytest.param(100, None, 1, id="100 is enough whatever the headcount"),
    pytest.param(99, None, 0, id="99 where nobody knows the headcount"),
]


@pytest.mark.parametrize(("people", "staff", "expected"), ALL_OR_NOTHING)
def test_half_of_a_metric_or_a_fixed_number_is_all_or_nothing(people: int, staff: int | None, expected: int) -> None:
    scored = score(rules(indicator("people", HALF)), inputs({"x": {"people": people, "staff": staff}}))
    assert points(scored, "people") == {"x": expected}


def test_the_target_that_was_taken_is_published() -> None:
    figures = {"small": {"people": 1, "staff": 101}, "large": {"people": 1, "staff": 900}}
    rows = leaves(score(rules(indicator("people", HALF)), inputs(figures)), "people")
    assert {unit: row.target for unit, row in rows.items()} == {"small": D("50.5"), "large": D(100)}


def test_what_is_below_the_least_share_earns_nothing_and_what_reaches_it_its_share() -> None:
    rulebook = rules(indicator("m", '{ method = "attainment", target = 10, least = 0.5 }'))
    scored = score(rulebook, inputs({"a": {"m": 4}, "b": {"m": 5}, "c": {"m": 8}, "d": {"m": 12}}))
    assert points(scored, "m") == {"a": 0, "b": D("0.5"), "c": D("0.8"), "d": 1}


def test_a_target_of_an_unknown_metric_without_a_most_is_missing() -> None:
    rulebook = rules(indicator("m", '{ method = "attainment", target = { metric = "plan", share = 0.5 } }'))
    rows = leaves(score(rulebook, inputs({"a": {"m": 4}, "b": {"m": 4, "plan": 0}})), "m")
    assert {row.state for row in rows.values()} == {"missing"}

"""What the next better result takes: one less of it is not enough, and no smaller step gives more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.insight.next_step import Step, next_steps
from etl.scoring.rulebook import Rulebook
from etl.scoring.score import score
from tests.scoring.build import Figure, indicator, inputs, leaves, points, rules

D = Decimal
BANDS = (
    '{ method = "bands", bands = [{ from = 60, points = 6 }, { from = 40, to = 60, points = 4 },'
    " { from = 20, to = 40, points = 1 }, { to = 20, points = 0 }] }"
)
TO_FIVE = '{ method = "attainment", target = 5 }'
FLOOR = '{ mode = "floor" }'
HALF_UP = '{ places = 0, mode = "half_up" }'


def uptake(rounding: str = FLOOR) -> Rulebook:
    keys = {"numerator": '"people"', "denominator": '"staff"', "multiply": "100", "value_rounding": rounding}
    return rules(indicator("uptake", BANDS, full="6", **keys))


def steps(rulebook: Rulebook, **figures: Figure) -> tuple[Step, ...]:
    (rule,) = rulebook.indicators
    row = leaves(score(rulebook, inputs({"x": figures})), rule.id)["x"]
    return next_steps(rule, row, rule.full or D(1))


def test_71_more_people_for_40_percent() -> None:
    assert steps(uptake(), people=729, staff=2000) == (Step(D(71), D(40), D(4)), Step(D(471), D(60), D(6)))


def test_what_is_rounded_up_needs_fewer() -> None:
    assert steps(uptake(HALF_UP), people=729, staff=2000)[0] == Step(D(61), D(40), D(4))


def test_the_last_band_is_one_step_and_beyond_it_there_is_none() -> None:
    assert steps(uptake(), people=1199, staff=2000) == (Step(D(1), D(60), D(6)),)
    assert steps(uptake(), people=1200, staff=2000) == ()


def test_a_target_in_part_gives_more_with_every_one_and_all_at_the_target() -> None:
    rulebook = rules(indicator("m", '{ method = "attainment", target = 5 }', full="10", rounding="{ places = 2 }"))
    assert steps(rulebook, m=2) == (Step(D(1), D(3), D("6.00")), Step(D(3), D(5), D("10.00")))


def test_half_a_joint_task_is_completed_by_half_a_task() -> None:
    rulebook = rules(indicator("m", '{ method = "attainment", target = 5 }'))
    assert steps(rulebook, m=D("4.5")) == (Step(D("0.5"), D(5), D(1)),)


def test_all_or_nothing_is_one_step() -> None:
    target = '{ metric = "staff", share = 0.5, most = 100 }'
    rulebook = rules(indicator("m", f'{{ method = "attainment", least = 1, target = {target} }}', full="2"))
    assert steps(rulebook, m=40, staff=121) == (Step(D(21), D(61), D(2)),)
    assert steps(rulebook, m=40) == (Step(D(60), D(100), D(2)),)


NONE = [
    pytest.param(rules(indicator("m", '{ method = "attainment", target = 5, most = "none" }')), id="no upper end"),
    pytest.param(rules(indicator("m", '{ method = "min_max" }')), id="compared with others"),
    pytest.param(rules(indicator("m", '{ method = "raw" }')), id="the value is the points"),
    pytest.param(rules(indicator("m", TO_FIVE, direction='"lower"')), id="less is better"),
    pytest.param(rules(indicator("m", '{ method = "attainment", target = { metric = "plan" } }')), id="no target"),
    pytest.param(rules(indicator("m", BANDS, denominator='"staff"')), id="no denominator"),
    pytest.param(rules(indicator("r", numerator="10", denominator='"m"')), id="a constant"),
]  # fmt: skip


@pytest.mark.parametrize("rulebook", NONE)
def test_where_no_step_can_be_told_none_is(rulebook: Rulebook) -> None:
    assert steps(rulebook, m=3) == ()


def test_an_indicator_without_a_value_has_no_step() -> None:
    assert steps(rules(indicator("m", '{ method = "attainment", target = 5 }'))) == ()


@given(people=st.integers(0, 4000), staff=st.integers(1, 4000), rounding=st.sampled_from([FLOOR, HALF_UP]))
def test_the_step_is_enough_and_one_less_is_not(people: int, staff: int, rounding: str) -> None:
    rulebook = uptake(rounding)

    def given_points(count: Decimal | int) -> Decimal:
        found = points(score(rulebook, inputs({"x": {"people": count, "staff": staff}})), "uptake")["x"]
        assert found is not None
        return found

    now = given_points(people)
    found = steps(rulebook, people=people, staff=staff)
    assert bool(found) == (now < 6)
    for step in found[:1]:
        assert given_points(people + step.more) == step.points > now
        assert given_points(people + step.more - 1) == now
    for step in found[-1:]:
        assert step.points == 6
        assert given_points(people + step.more - 1) < 6

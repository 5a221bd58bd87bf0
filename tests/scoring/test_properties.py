"""What must hold for any rulebook and any inputs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.scoring.decimals import precise, total
from etl.scoring.inputs import Entry, Inputs
from etl.scoring.rulebook import Rulebook
from etl.scoring.score import score
from tests.scoring.build import HEAD, column, indicator, inputs, points, ranks, read, rules, scores

D = Decimal
T = TypeVar("T")
figures = st.decimals(min_value=D(-1000), max_value=D(1000), places=3, allow_nan=False)
counts = st.integers(0, 30).map(Decimal)

MONOTONE = {
    "attainment": '{ method = "attainment", target = 10 }',
    "attainment open": '{ method = "attainment", target = 10, most = "none" }',
    "bands": """{ method = "bands", bands = [
        { to = -5, share = 0 }, { from = -5, to = 5, share = 0.5 }, { from = 5, share = 1 },
    ] }""",
    "percentile bands": """{ method = "bands", of = "percentile", bands = [
        { to = 50, share = 0 }, { from = 50, share = 1 },
    ] }""",
    "goalposts": '{ method = "goalposts", worst = -100, best = 100 }',
    "log goalposts": '{ method = "goalposts", worst = 1, best = 100, scale = "log" }',
    "min-max": '{ method = "min_max", when_constant = 0 }',
    "z-score": '{ method = "z_score" }',
    "percentile rank": '{ method = "percentile_rank" }',
    "rank": '{ method = "rank" }',
    "rank number": '{ method = "rank", form = "number" }',
    "above below mean": '{ method = "above_below_mean", threshold = 0.1 }',
    "raw": '{ method = "raw" }',
}


@pytest.mark.parametrize("method", MONOTONE.values(), ids=MONOTONE)
@given(values=st.lists(figures, min_size=2, max_size=8))
def test_a_better_value_never_gives_fewer_points(method: str, values: list[Decimal]) -> None:
    got = points(score(rules(indicator("m", method)), column("m", **{f"u{n}": v for n, v in enumerate(values)})), "m")
    by_value = sorted((value, got[f"u{n}"]) for n, value in enumerate(values))
    assert [earned for _, earned in by_value] == sorted(earned for _, earned in by_value)  # type: ignore[type-var]


FIXED = ("attainment", "bands", "goalposts", "log goalposts", "raw")


@pytest.mark.parametrize("name", FIXED)
@given(values=st.lists(figures, min_size=2, max_size=5), gain=st.decimals(0, 500, places=2))
def test_a_unit_that_improves_never_loses_score_and_moves_nobody_else(
    name: str, values: list[Decimal], gain: Decimal
) -> None:
    rulebook = rules(indicator("m", MONOTONE[name]), indicator("n"), score='aggregation = "arithmetic"')
    before = {f"u{n}": {"m": value, "n": D(1)} for n, value in enumerate(values)}
    after = before | {"u0": {"m": values[0] + gain, "n": D(1)}}
    old, new = scores(score(rulebook, inputs(before))), scores(score(rulebook, inputs(after)))
    assert (new["u0"].total or 0) >= (old["u0"].total or 0)
    assert all(new[unit] == old[unit] for unit in old if unit != "u0")


@pytest.mark.parametrize(
    "method", ['{ method = "min_max" }', '{ method = "z_score" }', '{ method = "percentile_rank" }']
)
@given(values=st.lists(figures, min_size=2, max_size=6), factor=st.sampled_from(["1000", "0.001", "7"]))
def test_another_unit_of_measure_changes_no_relative_points(method: str, values: list[Decimal], factor: str) -> None:
    named = {f"u{n}": value for n, value in enumerate(values)}
    one = points(score(rules(indicator("m", method)), column("m", **named)), "m")
    other = points(score(rules(indicator("m", method, multiply=factor)), column("m", **named)), "m")
    for unit, earned in one.items():
        assert earned is not None
        assert abs(earned - (other[unit] or D(0))) < D("1e-30")


CITY = (
    HEAD
    + """
[[peer_groups]]
id = "line"
name = "line"
[[peer_groups]]
id = "town"
name = "town"
[score]
aggregation = "sum_of_points"
total = 100
missing = "reweight"
rounding = { places = 2 }
[[areas]]
id = "work"
name = "work"
aggregation = "sum_of_points"
weight = 70
[[areas]]
id = "care"
name = "care"
aggregation = "geometric"
weight = 30
[ranking]
ties = ["a"]
[grades]
method = "quota"
grades = [{ id = "S", name = "S", share = 50 }, { id = "A", name = "A", share = 50 }]
[[bonus]]
id = "award"
name = "award"
cap = 3
"""
    + indicator("a", '{ method = "attainment", target = 20 }', area='"work"', weight="30")
    + indicator("b", '{ method = "min_max", over = "peer_group" }', area='"work"', weight="40")
    + indicator("c", '{ method = "percentile_rank" }', area='"care"')
    + indicator("d", '{ method = "panel", trim = 1 }', area='"care"', numerator="")
    + """
[[headlines]]
id = "a"
name = "a"
metric = "a"
ratio_to = "b"
"""
)
NAMES = [f"u{n}" for n in range(6)]


@st.composite
def cities(draw: st.DrawFn) -> Inputs:
    own = st.dictionaries(st.sampled_from("abc"), st.none() | counts)
    marks = st.lists(st.integers(0, 100).map(Decimal), max_size=5)
    given_marks = {(name, "d"): draw(marks) for name in NAMES}
    entry = st.tuples(st.sampled_from(NAMES), st.decimals(0, 2, places=1))
    return inputs(
        {name: draw(own) for name in NAMES},
        groups={name: draw(st.sampled_from(["line", "town"])) for name in NAMES},
        not_applicable=draw(st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from("abcd")))),
        marks={key: given for key, given in given_marks.items() if given},
        entries=[
            Entry(f"e{n}", name, "bonus", "award", worth) for n, (name, worth) in enumerate(draw(st.lists(entry)))
        ],
    )


def shuffled(given: Inputs, seed: int) -> Inputs:
    """The same inputs, everything in another order."""
    random = Random(seed)

    def mixed(items: Iterable[T]) -> list[T]:
        listed = list(items)
        random.shuffle(listed)
        return listed

    return Inputs(
        units=tuple(mixed(given.units)),
        values=dict(mixed(given.values.items())),
        not_applicable=frozenset(mixed(given.not_applicable)),
        marks={key: tuple(mixed(marks)) for key, marks in mixed(given.marks.items())},
        entries=tuple(mixed(given.entries)),
    )


@pytest.fixture(scope="module")
def city_rules() -> Rulebook:
    return read(CITY)


@given(given_inputs=cities(), seed=st.integers())
def test_the_order_of_the_inputs_changes_nothing(city_rules: Rulebook, given_inputs: Inputs, seed: int) -> None:
    assert score(city_rules, shuffled(given_inputs, seed)) == score(city_rules, given_inputs)


@given(given_inputs=cities())
def test_effective_weights_add_up_and_follow_the_states(city_rules: Rulebook, given_inputs: Inputs) -> None:
    scored = score(city_rules, given_inputs)
    for name in NAMES:
        for parent, whole in ((None, 100), ("work", 70), ("care", 2)):
            rows = [row for row in scored.contributions if row.unit_id == name and row.parent == parent]
            added = total(row.effective_weight or D(0) for row in rows)
            present = [row for row in rows if row.points is not None]
            assert abs(added - (whole if present else 0)) < D("1e-30")
            assert all((row.effective_weight == 0) == (row.points is None) for row in rows)


@precise
def precise_difference(parts: list[Decimal | None], whole: Decimal) -> Decimal:
    return total(part for part in parts if part is not None) - whole


@given(given_inputs=cities())
def test_scores_stay_on_their_scale_and_contributions_make_the_base(city_rules: Rulebook, given_inputs: Inputs) -> None:
    scored = score(city_rules, given_inputs)
    for row in scored.scores:
        assert 0 <= row.coverage <= 1
        if row.base is not None:
            assert 0 <= row.base <= 100
            top = [r.contribution for r in scored.contributions if r.unit_id == row.unit_id and r.parent is None]
            assert abs(precise_difference(top, row.base)) < D("1e-30")
    for leaf in scored.indicators:
        if leaf.state == "not_applicable":
            assert (leaf.value, leaf.points, leaf.numerator) == (None, None, None)


@given(given_inputs=cities())
def test_ranks_are_one_one_three_and_only_for_units_with_a_score(city_rules: Rulebook, given_inputs: Inputs) -> None:
    scored = score(city_rules, given_inputs)
    rows = ranks(scored)
    assert set(rows) == {row.unit_id for row in scored.scores if row.ranked}
    worth = {row.unit_id: row.score for row in scored.scores}
    for row in rows.values():
        better = sum(1 for other in rows.values() if other.rank < row.rank)
        assert row.rank == better + 1
        assert row.tied_with == sum(1 for other in rows.values() if other.rank == row.rank) - 1
        for other in rows.values():
            if (worth[row.unit_id] or 0) > (worth[other.unit_id] or 0):
                assert row.rank < other.rank
    assert {row.grade for row in rows.values()} <= {"S", "A"}


@given(given_inputs=cities())
def test_no_published_number_is_nan_infinite_or_negative_zero(city_rules: Rulebook, given_inputs: Inputs) -> None:
    scored = score(city_rules, given_inputs)
    for row in (*scored.indicators, *scored.contributions, *scored.scores, *scored.headlines):
        for value in row.model_dump().values():
            if isinstance(value, Decimal):
                assert value.is_finite()
                assert value != 0 or not value.is_signed()

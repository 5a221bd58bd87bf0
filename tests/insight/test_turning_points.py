"""What would change a place: found among all single moves, as trying each by the real rules finds it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.insight.moved_weights import MovedPlaces, moved_places, places_of
from etl.insight.reading import Reading
from etl.insight.turning_points import Turn, Turns, margins, turns
from etl.insight.what_if import Knob, Moves, inputs_of, rule_knobs, what_if
from etl.scoring.inputs import Inputs
from tests.insight.test_robustness import scored, table_of
from tests.scoring.build import HEAD, indicator

D = Decimal
MEANS = ("sum_of_points", "weighted_sum", "arithmetic", "geometric", "harmonic")


@pytest.fixture(scope="module")
def inputs(city: Reading) -> Inputs:
    return inputs_of(city)


@pytest.fixture(scope="module")
def moved(city: Reading, inputs: Inputs) -> MovedPlaces:
    return moved_places(city, inputs)


def tried(reading: Reading, inputs: Inputs, unit_id: str, *, overall: bool) -> Turns:
    """Every place of every slider, the smallest move first, scored by the real rules."""
    knobs = [knob for knob in rule_knobs(reading.rulebook).values() if knob.kind == "weight"]
    steps = [(knob, to) for knob in knobs for to in places_of(knob)]
    own = reading.ranks[unit_id]
    found: dict[bool, Turn | None] = {True: None, False: None}
    before = own.rank if overall else own.group_rank
    for knob, to in sorted(steps, key=lambda step: abs(step[1] - step[0].value)):
        rows = {row.unit_id: row for row in what_if(reading, inputs, Moves({knob.key: to})).ranks}
        if found[True] and found[False]:
            break
        if unit_id in rows:
            place = rows[unit_id].rank if overall else rows[unit_id].group_rank
            if place != before and found[place < before] is None:
                found[place < before] = Turn(knob, to, place)
    return Turns(found[True], found[False])


def test_every_place_is_that_of_the_exact_scores(city: Reading, inputs: Inputs, moved: MovedPlaces) -> None:
    for at in range(0, len(moved.moves), 47):
        knob, to = moved.moves[at]
        ranks = {row.unit_id: row for row in what_if(city, inputs, Moves({knob.key: to})).ranks}
        for unit_id, column in moved.columns.items():
            row = ranks.get(unit_id)
            places = (row.rank, row.group_rank) if row else (0, 0)
            assert (moved.overall[at, column], moved.in_group[at, column]) == places, (knob.key, to, unit_id)


def test_the_smallest_move_is_the_one_that_trying_all_finds(city: Reading, inputs: Inputs, moved: MovedPlaces) -> None:
    found = turns(city, inputs, moved, "0120010", overall=True)
    assert found == tried(city, inputs, "0120010", overall=True)
    assert found is not None
    assert found.better is not None


def test_a_turn_leads_to_the_place_it_says_and_one_step_less_does_not(
    city: Reading, inputs: Inputs, moved: MovedPlaces
) -> None:
    for unit_id in list(city.ranks)[::25]:
        found = turns(city, inputs, moved, unit_id, overall=True)
        assert found is not None
        for turn in (found.better, found.worse):
            if turn is not None:
                then = {row.unit_id: row.rank for row in what_if(city, inputs, turn.moves).ranks}
                assert then[unit_id] == turn.place != city.ranks[unit_id].rank
                less = turn.to - turn.knob.step * (1 if turn.to > turn.knob.value else -1)
                nearly = {row.unit_id: row.rank for row in what_if(city, inputs, Moves({turn.knob.key: less})).ranks}
                was = city.ranks[unit_id].rank
                assert nearly[unit_id] >= was if turn is found.better else nearly[unit_id] <= was


figures = st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=2, max_size=4)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=figures, mean=st.sampled_from(MEANS), places=st.integers(0, 3))
def test_under_any_mean_trying_all_finds_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, int]], mean: str, places: int
) -> None:
    weights, whole = ("5", "3", "2"), "total" if mean == "sum_of_points" else "weights_sum"
    rounding = f"rounding = {{ places = {places}, mode = 'half_up' }}\n"
    parts = "".join(indicator(name, weight=weight) for name, weight in zip("abc", weights, strict=True))
    rules = HEAD + f"[score]\naggregation = '{mean}'\n{whole} = 10\n{rounding}" + parts
    table = {f"u{at}": dict(zip("abc", map(str, row), strict=True)) for at, row in enumerate(rows)}
    reading = scored(tmp_path_factory.mktemp("small"), rules, table_of(table))
    inputs = inputs_of(reading)
    moved = moved_places(reading, inputs)
    for unit_id in reading.ranks:
        found = turns(reading, inputs, moved, unit_id, overall=True)
        assert found == tried(reading, inputs, unit_id, overall=True)


def sum_of(*weights: str, missing: str) -> str:
    rules = f'{HEAD}[score]\naggregation = "sum_of_points"\ntotal = 100\nmissing = "{missing}"\n'
    full = '{ method = "attainment", target = 10 }'
    return rules + "".join(indicator(name, full, weight=weight) for name, weight in zip("abc", weights, strict=False))


def agrees(reading: Reading) -> set[tuple[int, int]]:
    """Whether every place under every move is that of the exact scores; the weights moved to and places found."""
    inputs, seen = inputs_of(reading), set()
    moved = moved_places(reading, inputs)
    for at, (knob, to) in enumerate(moved.moves):
        ranks = {row.unit_id: row for row in what_if(reading, inputs, Moves({knob.key: to})).ranks}
        for unit_id, column in moved.columns.items():
            place = ranks[unit_id].rank if unit_id in ranks else 0
            assert moved.overall[at, column] == place, (knob.key, to, unit_id)
            seen.add((int(to), place))
    for unit_id in reading.ranks:
        found = turns(reading, inputs, moved, unit_id, overall=True)
        assert found == tried(reading, inputs, unit_id, overall=True)
    return seen


def test_what_weighs_nothing_is_nothing_and_keeps_its_department_in_the_ranking(tmp_path: Path) -> None:
    figures = {"가": {"a": "8", "b": ""}, "나": {"a": "4", "b": "6"}, "다": {"a": "2", "b": "9"}}
    seen = agrees(scored(tmp_path, sum_of("60", "40", missing="reweight"), table_of(figures)))
    assert (0, 3) in seen


def test_a_department_that_lacks_what_weighs_nothing_is_ranked_among_the_others(tmp_path: Path) -> None:
    figures = {
        "가": {"a": "8", "b": "", "c": "9"},
        "나": {"a": "4", "b": "6", "c": "5"},
        "다": {"a": "2", "b": "9", "c": "7"},
    }
    reading = scored(tmp_path, sum_of("40", "30", "30", missing="not_ranked"), table_of(figures))
    assert "가" not in reading.ranks
    assert (0, 3) in agrees(reading)


def test_where_a_slider_has_many_places_the_turn_is_drawn_to_the_nearest(tmp_path: Path) -> None:
    rules = (
        HEAD
        + "[score]\naggregation = 'weighted_sum'\nweights_sum = 1000\n"
        + indicator("a", weight="700")
        + indicator("b", weight="300")
    )
    reading = scored(tmp_path, rules, table_of({"x": {"a": "10", "b": "0"}, "y": {"a": "0", "b": "10"}}))
    inputs = inputs_of(reading)
    found = turns(reading, inputs, moved_places(reading, inputs), "x", overall=True)
    assert found is not None
    assert found.better is None
    assert found.worse is not None
    assert (found.worse.knob.key, found.worse.to, found.worse.place) == ("w:a", D(499), 2)


def test_margins_are_the_published_distances_to_the_next_places(city: Reading) -> None:
    found = margins(city, "0010040", overall=True)
    assert found is not None
    ranks = {row.rank: city.scores[row.unit_id].score for row in city.ranks.values()}
    own = city.ranks["0010040"].rank
    assert found.above is not None
    assert found.below is not None
    assert (found.place, found.units) == (own, len(city.ranks))
    assert found.above.gap == (ranks[own - 1] or D(0)) - (ranks[own] or D(0))
    assert found.below.gap == (ranks[own] or D(0)) - (ranks[own + 1] or D(0))
    first = next(row.unit_id for row in city.ranks.values() if row.rank == 1)
    leader = margins(city, first, overall=True)
    assert leader is not None
    assert leader.above is None


def test_equals_share_a_place_and_the_next_one_is_further(tmp_path: Path) -> None:
    rules = HEAD + "[score]\naggregation = 'arithmetic'\n" + indicator("a", weight="1")
    reading = scored(tmp_path, rules, table_of({name: {"a": value} for name, value in zip("xyz", "551", strict=True)}))
    found = margins(reading, "x", overall=True)
    assert found is not None
    assert (found.place, found.above) == (1, None)
    assert found.below is not None
    assert (found.below.place, found.below.unit_ids, found.below.gap) == (3, ("z",), 4)
    # One weight alone has no other to make room for it.
    assert turns(reading, inputs_of(reading), moved_places(reading, inputs_of(reading)), "x", overall=True) is None


@pytest.mark.parametrize(
    ("value", "high", "step"), [("25", "100", "1"), ("12.5", "100", "0.1"), ("0.3", "1", "0.01"), ("1", "1", "0.01")]
)
def test_a_weight_moves_in_steps_that_suit_what_it_is_a_part_of(value: str, high: str, step: str) -> None:
    knob = Knob("w:a", "weight", "a", "", D(value), D(0), D(high))
    assert knob.step == D(step)
    assert len(places_of(knob)) <= 201
    assert D(value) not in places_of(knob)

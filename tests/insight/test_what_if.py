"""What if: nothing moved is what was published; what is moved is scored as a rulebook that says so scores it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.insight.reading import Reading
from etl.insight.reweighing import reweighed
from etl.insight.rulebook_text import changed_numbers, text_of_changed
from etl.insight.what_if import (
    MOST_MOVES,
    Knob,
    Moves,
    compared,
    inputs_of,
    moved_rulebook,
    moves_from,
    own_knobs,
    rule_knobs,
    unmoved,
    ways_up,
    what_if,
)
from etl.scoring.inputs import Inputs
from etl.scoring.rulebook import parse_rulebook
from etl.scoring.score import score
from tests.insight.test_robustness import THREE, scored, table_of
from tests.scoring.build import HEAD, indicator

D = Decimal
UNIT = "0010020"


@pytest.fixture(scope="module")
def inputs(city: Reading) -> Inputs:
    return inputs_of(city)


@pytest.fixture(scope="module")
def knobs(city: Reading) -> dict[str, Knob]:
    return rule_knobs(city.rulebook)


def test_nothing_moved_gives_the_published_tables_to_the_last_digit(city: Reading, inputs: Inputs) -> None:
    again = what_if(city, inputs, Moves({}))
    assert again.scores == list(city.scores.values())
    assert again.ranks == list(city.ranks.values())
    assert again.indicators == list(city.indicators.values())
    assert again.contributions == list(city.contributions.values())
    assert again.headlines == city.headlines
    for moved in compared(city, again):
        assert moved.overall.places == moved.in_group.places == 0
        assert moved.score == moved.score_before
    assert compared(city, again) == unmoved(city)


def test_a_table_of_metrics_that_was_scored_gives_its_tables_too(tmp_path: Path) -> None:
    rules = HEAD + '[score]\naggregation = "arithmetic"\n' + indicator("a", weight="0.5") + indicator("b", weight="0.5")
    reading = scored(tmp_path, rules, table_of(THREE))
    again = what_if(reading, inputs_of(reading), Moves({}))
    assert again.scores == list(reading.scores.values())
    assert again.ranks == list(reading.ranks.values())


def test_a_moved_weight_is_what_it_was_moved_to_and_the_others_make_room(city: Reading) -> None:
    moved = reweighed(city.rulebook, {"training": D(30), "training_uptake": D(6)})
    weights = {one.id: one.weight for one in moved.areas} | {one.id: one.weight for one in moved.indicators}
    assert weights["training"] == 30
    assert sum(D(str(weights[area.id])) for area in city.rulebook.areas) == 100
    # Six of the fifteen points there were are twelve of thirty.
    assert (weights["training_uptake"], weights["diagnosis_participation"]) == (12, 18)
    assert weights["analyses_completed"] == weights["analysis"]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_moved_weights_make_a_rulebook_without_a_fault_that_its_text_says(
    city: Reading, data: st.DataObject
) -> None:
    knobs = rule_knobs(city.rulebook)
    chosen = data.draw(st.lists(st.sampled_from(sorted(knobs)), unique=True, max_size=4))
    steps = {key: data.draw(st.integers(0, 20)) for key in chosen}
    to = {key: knobs[key].low + (knobs[key].high - knobs[key].low) * step / 20 for key, step in steps.items()}
    after = moved_rulebook(city.rulebook, Moves(to))
    text = (city.folder / "rulebook.toml").read_text(encoding="utf-8")
    changed = text_of_changed(text, city.rulebook, after)
    assert changed is not None
    assert parse_rulebook(changed.encode(), "rulebook.toml", None) == after
    assert [line for line in changed.split("\n") if line.startswith("#")] == [
        line for line in text.split("\n") if line.startswith("#")
    ]


@pytest.mark.parametrize("moves", [{"w:analysis": D(40)}, {"w:training_uptake": D(5)}, {"w:use": D(0)}])
def test_moved_weights_score_as_a_rulebook_that_says_so(
    city: Reading, inputs: Inputs, moves: dict[str, Decimal]
) -> None:
    supposed = what_if(city, inputs, Moves(moves))
    text = (city.folder / "rulebook.toml").read_text(encoding="utf-8")
    says = text_of_changed(text, city.rulebook, moved_rulebook(city.rulebook, Moves(moves)))
    assert says is not None
    again = score(parse_rulebook(says.encode(), "rulebook.toml", None), inputs)
    assert (supposed.scores, supposed.ranks) == (again.scores, again.ranks)
    assert (supposed.contributions, supposed.indicators) == (again.contributions, again.indicators)


def test_a_text_in_which_a_number_stands_nowhere_is_not_guessed(city: Reading) -> None:
    after = reweighed(city.rulebook, {"training": D(30)})
    assert text_of_changed("title = 1\n", city.rulebook, after) is None
    assert {path[-1] for path, _, _ in changed_numbers(city.rulebook, after)} == {"weight", "points"}


def test_a_moved_target_is_moved_for_its_peer_group_alone(
    city: Reading, inputs: Inputs, knobs: dict[str, Knob]
) -> None:
    moves = Moves({"t:datasets_opened:line": D(12)})
    scored_anew = what_if(city, inputs, moves)
    targets = {row.unit_id: row.target for row in scored_anew.indicators if row.indicator == "datasets_opened"}
    for unit_id, target in targets.items():
        before = city.indicators[unit_id, "datasets_opened"].target
        assert target == (12 if city.units[unit_id].peer_group == "line" and before is not None else before)
    assert any(one.in_group.places for one in compared(city, scored_anew))
    ranks = {row.unit_id: row for row in scored_anew.ranks}
    for one in compared(city, scored_anew):
        was, is_ = city.ranks[one.unit_id], ranks[one.unit_id]
        assert (one.overall.before, one.in_group.before) == (was.rank, was.group_rank)
        assert (one.overall.after, one.in_group.after) == (is_.rank, is_.group_rank)
    by_band = moved_rulebook(city.rulebook, Moves({"t:analyses_completed:2": D(6), "t:diagnosis_participation": D(60)}))
    assert {path for path, _, _ in changed_numbers(city.rulebook, by_band)} == {
        ("indicators", 0, "points", "target", "bands", 2, "target"),
        ("indicators", 4, "points", "target"),
    }


def test_a_departments_own_figures_move_its_own_score(city: Reading, inputs: Inputs) -> None:
    own = own_knobs(city, UNIT)
    assert "v:datasets_opened" not in own  # it does not apply to this department
    scored_anew = what_if(city, inputs, Moves({"v:policies_using_data": D(1)}), UNIT)
    for moved in compared(city, scored_anew):
        assert (moved.score == moved.score_before) == (moved.unit_id != UNIT)
    nobody = what_if(city, inputs, Moves({"v:policies_using_data": D(1)}))
    assert nobody.scores == list(city.scores.values())


def test_no_figure_that_an_indicator_comparing_departments_looks_at_can_be_moved(tmp_path: Path) -> None:
    target = '{ method = "attainment", target = 100 }'
    rules = f'{HEAD}[score]\naggregation = "arithmetic"\n'
    rules += "".join(indicator(name, target) for name in ("placed", "below", "filled", "alone"))
    rules += indicator("place", '{ method = "min_max" }', numerator='"placed"', denominator='"below"')
    rules += indicator("guess", target, numerator="1", denominator='"filled"', missing='"mean"')
    figures = {
        unit: dict.fromkeys(("placed", "below", "filled", "alone"), str(at)) for at, unit in enumerate("나다", 2)
    }
    reading = scored(tmp_path, rules, table_of(figures))
    assert list(own_knobs(reading, "나")) == ["v:alone"]


def test_ways_up_are_steps_that_give_what_they_say_the_most_for_a_step_first(city: Reading, inputs: Inputs) -> None:
    ways = ways_up(city, inputs, UNIT)
    assert ways
    assert [way.gain / way.more for way in ways] == sorted((way.gain / way.more for way in ways), reverse=True)
    for way in ways:
        less = what_if(city, inputs, Moves({way.knob.key: way.knob.value + way.more - 1}), UNIT)
        assert next(row.score for row in less.scores if row.unit_id == UNIT) == city.scores[UNIT].score
        assert way.score - way.gain == city.scores[UNIT].score


def test_a_way_up_is_a_whole_record_and_its_address_leads_to_it(tmp_path: Path) -> None:
    target = '{ method = "attainment", target = 10 }'
    rules = f'{HEAD}[score]\naggregation = "sum_of_points"\ntotal = 100\n'
    rules += indicator("analyses", target, numerator='"analyses_completed"', weight="100", unit='"건"')
    reading = scored(tmp_path, rules, table_of({"나": {"analyses_completed": "1.333333"}}))
    (way,) = ways_up(reading, inputs_of(reading), "나")
    assert (way.more, way.to) == (1, D("2.3334"))
    moves = moves_from(Moves({way.knob.key: way.to}).text, own_knobs(reading, "나"))
    assert (dict(moves.to), moves.ignored) == ({way.knob.key: way.to}, 0)
    scored_anew = what_if(reading, inputs_of(reading), moves, "나")
    assert [row.score for row in scored_anew.scores] == [way.score]


def test_a_way_up_is_sought_among_the_points_the_indicator_really_gives(tmp_path: Path) -> None:
    """Points of 100, rounded to whole ones: of a hundredth of that no step would be near."""
    more = {"full": "100", "rounding": "{ places = 0 }", "weight": "0.5"}
    rules = f'{HEAD}[score]\naggregation = "arithmetic"\nrounding = {{ places = 2 }}\n'
    rules += "".join(indicator(name, '{ method = "attainment", target = 1000 }', **more) for name in "ab")
    reading = scored(tmp_path, rules, table_of({"나": {"a": "400", "b": "1000"}}))
    (way,) = ways_up(reading, inputs_of(reading), "나")
    assert (way.more, way.gain) == (5, D("0.5"))


def test_where_the_lowest_score_is_the_best_no_step_is_a_way_up(tmp_path: Path) -> None:
    rules = f'{HEAD}[score]\naggregation = "arithmetic"\n[ranking]\nbest = "lowest"\n'
    rules += indicator("a", '{ method = "attainment", target = 10 }')
    reading = scored(tmp_path, rules, table_of({"나": {"a": "4"}, "다": {"a": "3"}}))
    assert ways_up(reading, inputs_of(reading), "나") == []


@pytest.mark.parametrize(
    "said",
    [
        "w:training=101",
        "w:training=-1",
        "w:training=1e3",
        "w:training=NaN",
        "w:training=٣",
        "w:training=",
        "w:nobody=3",
        "v:policies_using_data=3",
        "=3",
        "x" * 5000,
        "t:datasets_opened:line=0",
        '<img src=x onerror="alert(1)">=1',
    ],
)
def test_an_address_moves_nothing_but_known_knobs_within_their_reach(knobs: dict[str, Knob], said: str) -> None:
    moves = moves_from(said, knobs)
    assert (dict(moves.to), moves.ignored) == ({}, 1)
    both = moves_from(f"w:use=30,{said}", knobs)
    assert (dict(both.to), both.ignored) == ({"w:use": D(30)}, 1)


def test_an_address_is_cut_after_so_many_moves(knobs: dict[str, Knob]) -> None:
    moves = moves_from(",".join(["w:use=30"] * (MOST_MOVES + 500)), knobs)
    assert dict(moves.to) == {"w:use": D(30)}


@given(steps=st.dictionaries(st.integers(0, 23), st.integers(1, 99), max_size=6))
def test_moves_are_the_same_read_from_the_address_they_write(city: Reading, steps: dict[int, int]) -> None:
    knobs = rule_knobs(city.rulebook)
    moves = Moves({})
    for at, step in steps.items():
        knob = list(knobs.values())[at]
        moves = moves.moved(knob, (knob.low + (knob.high - knob.low) * step / 100).quantize(D("0.0001")))
    assert moves_from(moves.text, knobs) == moves
    for knob in knobs.values():
        moves = moves.moved(knob, knob.value)
    assert moves == Moves({})

"""What if: nothing moved, moved by address and by hand, what a department may learn, and that it is never a score."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.access import Role, Scope
from dashboard.frames.robustness import place_ranges, sureness
from dashboard.frames.source import Source
from dashboard.frames.what_if import (
    knob_label,
    own_sentences,
    rule_changes,
    supposed_rows,
    supposed_sentences,
    way_rows,
)
from dashboard.words import Words
from etl.insight.reading import Reading, open_release
from etl.insight.what_if import (
    Moves,
    Shift,
    compared,
    inputs_of,
    moved_rulebook,
    own_knobs,
    rule_knobs,
    unmoved,
    ways_up,
    weights_under,
    what_if,
)
from etl.release.folder import published
from etl.scoring.inputs import Inputs
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.scopes import only
from tests.dashboard.showing import Shown, text
from tests.dashboard.signing_in import People

UNIT = "0010020"
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def reading(releases: Path) -> Reading:
    return open_release(releases / published(releases)[0].release)


@pytest.fixture(scope="module")
def inputs(reading: Reading) -> Inputs:
    return inputs_of(reading)


def source_of(reading: Reading, scope: Scope | None = None) -> Source:
    return Source(reading, (), scope or Scope.everything(), Words("ko"))


@pytest.fixture
def shown(project: Path, people: People, monkeypatch: pytest.MonkeyPatch, releases: Path) -> Shown:
    return Shown("what_if", project, people, releases).by(monkeypatch)


# Frames --------------------------------------------------------------------------------------------------------------


def test_how_many_move_is_said_and_those_that_move_come_first(reading: Reading, inputs: Inputs) -> None:
    source = source_of(reading)
    moved = compared(reading, what_if(reading, inputs, Moves({"w:training": Decimal(30)})))
    count = sum(one.overall.after != one.overall.before for one in moved)
    assert count > 0
    assert supposed_sentences(source, moved, None)[0] == f"{count}개 부서의 전체 순위가 바뀝니다."
    rows = supposed_rows(source, moved, None)
    assert [row.is_moved for row in rows] == [True] * count + [False] * (len(rows) - count)


def test_among_all_departments_overall_places_are_told_and_in_a_group_those_of_the_group(
    reading: Reading, inputs: Inputs
) -> None:
    source = source_of(reading)
    scored = what_if(reading, inputs, Moves({"w:analysis": Decimal(30)}))
    moved, after = compared(reading, scored), {row.unit_id: row for row in scored.ranks}
    everybody = {row.unit_id: (row.place_before, row.place) for row in supposed_rows(source, moved, None)}
    assert everybody == {
        unit: (f"{before.rank}위", f"{after[unit].rank}위") for unit, before in reading.ranks.items()
    } | {unit: ("–", "–") for unit in reading.units if unit not in reading.ranks}
    in_group = supposed_rows(source, moved, "line")
    assert {row.group for row in in_group} == {"사업"}
    for row in in_group:
        ranks = reading.ranks[row.unit_id].group_rank, after[row.unit_id].group_rank
        assert (row.place_before, row.place) == tuple(f"{rank}위" for rank in ranks)
    risen = next(said for said in supposed_sentences(source, moved, None) if "가장 많이 오르는" in said)
    best = min(moved, key=lambda one: (-one.overall.places, one.overall.before or 0))
    assert risen.endswith(f"(전체 순위 {best.overall.before}위 → {best.overall.after}위).")
    assert "(평가군 순위 " in supposed_sentences(source, moved, "line")[-1]


def test_the_department_asked_for_comes_first_moved_or_not(reading: Reading, inputs: Inputs) -> None:
    source = source_of(reading)
    moved = compared(reading, what_if(reading, inputs, Moves({"w:analysis": Decimal(30)})))
    for one in moved:
        rows = supposed_rows(source, moved, None, one.unit_id)
        assert [row.is_asked for row in rows] == [True] + [False] * (len(rows) - 1)
        assert rows[0].unit_id == one.unit_id
        said = supposed_sentences(source, moved, None, one.unit_id)[0]
        assert said.startswith(source.units[one.unit_id])
        assert ("그대로" in said) == (not one.overall.places)
    assert not any(row.is_asked for row in supposed_rows(source, moved, "line", UNIT))
    assert supposed_sentences(source, moved, "line", UNIT) == supposed_sentences(source, moved, "line")


def test_nothing_moved_is_said_to_change_nothing(reading: Reading, inputs: Inputs) -> None:
    moved = compared(reading, what_if(reading, inputs, Moves({})))
    assert supposed_sentences(source_of(reading), moved, None) == ["점수가 바뀌는 부서가 없습니다."]


def test_what_changes_of_the_rules_is_named_as_people_call_it(reading: Reading) -> None:
    moves = Moves(
        {"w:training": Decimal(30), "t:datasets_opened:line": Decimal(12), "t:analyses_completed:1": Decimal(3)}
    )
    changes = {
        row.what: (row.before, row.after)
        for row in rule_changes(source_of(reading), moved_rulebook(reading.rulebook, moves))
    }
    assert changes["교육 배점"] == ("15", "30")
    assert changes["신규 개방 데이터셋 목표(사업)"] == ("10", "12")
    assert changes["데이터 교육 이수율 점수(60 % 이상)"] == ("12", "24")
    assert changes["데이터 분석 완료 목표(정원 30 초과 60 이하)"] == ("2", "3")
    # An area with one indicator is told once; four decimals are at hand and not shown.
    assert "데이터 분석 배점" in changes
    assert "데이터 분석 완료 배점" not in changes
    assert changes["데이터 분석 배점"] == ("25", "20.59")


def test_a_weight_that_makes_room_says_what_it_then_is(reading: Reading) -> None:
    source, knobs = source_of(reading), rule_knobs(reading.rulebook)
    moves = Moves({"w:analysis": Decimal(30)})
    weights = weights_under(reading.rulebook, moves)
    labels = {key: knob_label(source, knob, moves, weights) for key, knob in knobs.items()}
    assert labels["w:analysis"] == "데이터 분석 배점 (지금 25)"
    assert labels["w:use"] == "정책 활용 배점 (지금 25, 가정 23.33)"
    assert labels["w:training_uptake"] == "데이터 교육 이수율 배점 (지금 12, 가정 11.2)"
    assert labels["t:analyses_completed:0"].startswith("데이터 분석 완료 목표, 정원 30 이하 ")
    assert labels["t:analyses_completed:2"].startswith("데이터 분석 완료 목표, 정원 60 초과 ")
    still = {key: knob_label(source, knob, Moves({}), {}) for key, knob in knobs.items()}
    assert not any("가정" in label for label in still.values())


def test_a_department_learns_its_place_only_about_before_publication(reading: Reading, inputs: Inputs) -> None:
    moved = compared(reading, what_if(reading, inputs, Moves({"v:policies_using_data": Decimal(1)}), UNIT))
    own = next(one for one in moved if one.unit_id == UNIT)
    moves = Moves({"v:policies_using_data": Decimal(1)})
    before = own_sentences(source_of(reading, only(UNIT)), own, moves)
    assert (
        before[0]
        == f"점수가 {own.score_before}점에서 {own.score}점이 됩니다(+{(own.score or 0) - (own.score_before or 0)}점)."
    )
    assert before[1].startswith("평가군 17개 부서 가운데 대략 ")
    after = own_sentences(source_of(reading), own, moves)
    assert after[1] == f"평가군 순위는 {own.in_group.before}위에서 {own.in_group.after}위가 됩니다."


def test_until_something_is_moved_a_department_is_told_the_place_it_has(reading: Reading) -> None:
    for own in unmoved(reading):
        if own.in_group.before is not None:
            said = own_sentences(source_of(reading, only(own.unit_id)), own, Moves({}))
            assert said[1] == f"평가군 순위는 지금과 같은 {own.in_group.before}위입니다."


def test_a_department_without_a_place_is_told_none(reading: Reading) -> None:
    own = replace(unmoved(reading)[0], in_group=Shift(None, None), overall=Shift(None, None))
    source = source_of(reading, only(own.unit_id))
    assert own_sentences(source, own, Moves({}))[1].startswith("지금은 평가군 순위가 없습니다.")
    assert supposed_sentences(source, [own], None, own.unit_id)[0].endswith("순위가 없는 부서입니다.")


def test_figures_that_can_be_moved_are_said_with_what_they_are_counted_in(reading: Reading) -> None:
    labels = [knob_label(source_of(reading), knob, Moves({}), {}) for knob in own_knobs(reading, UNIT).values()]
    assert labels
    assert all(re.search(r"\(지금 [0-9,.]+(건|명|회)\)$", label) for label in labels), labels


def test_the_place_about_follows_from_rounded_scores_alone(reading: Reading, inputs: Inputs) -> None:
    """Scores of others that differ by less than the coarse step must not be told apart by moving one's own."""
    source = source_of(reading, only(UNIT))
    scores = {
        unit: row.score for unit, row in reading.scores.items() if row.score is not None and unit in reading.ranks
    }
    group = {unit: score for unit, score in scores.items() if reading.ranks[unit].peer_group == "support"}
    assert set(source.unnamed(group)) != {score for unit, score in group.items() if unit != UNIT}


def test_in_a_small_group_the_place_is_not_told(score_units: ScoreUnits, tmp_path: Path) -> None:
    units = [(f"u{n}", f"부서{n}", "line") for n in range(4)]
    release = score_units(
        tmp_path, units, {unit: figures_of(policies_using_data=str(n)) for n, (unit, _, _) in enumerate(units)}
    )
    reading = open_release(release)
    moves = Moves({"v:policies_using_data": Decimal(2)})
    moved = compared(reading, what_if(reading, inputs_of(reading), moves, "u0"))
    own = next(one for one in moved if one.unit_id == "u0")
    assert own_sentences(source_of(reading, only("u0")), own, moves)[1] == (
        "평가군에 부서가 적어 순위는 공표된 뒤에 보여 드립니다."
    )


def test_a_way_up_leads_to_its_own_supposition(reading: Reading, inputs: Inputs) -> None:
    ways = ways_up(reading, inputs, UNIT)
    rows = way_rows(source_of(reading, only(UNIT)), ways)
    assert [row.moves for row in rows] == [f"{way.knob.key}={way.knob.value + way.more}" for way in ways]
    assert rows[0].gain.startswith("+")


def test_ranges_of_places_are_those_the_reader_may_see(reading: Reading) -> None:
    found = sureness(reading)
    everybody = place_ranges(source_of(reading), found)
    assert set(everybody) == set(reading.ranks)
    own = place_ranges(source_of(reading, only(UNIT)), found)
    assert set(own) == {UNIT}
    assert own[UNIT] == everybody[UNIT]
    assert re.fullmatch(r"\d+(~\d+)?위", own[UNIT].text)
    assert own[UNIT].text in own[UNIT].sentence
    assert place_ranges(source_of(reading), None) == {}


# The page ------------------------------------------------------------------------------------------------------------


def test_the_page_says_that_it_is_no_score_and_moves_nothing_by_itself(shown: Shown) -> None:
    app = shown()
    assert "가정 — 점수가 아닙니다." in text(app)
    assert "위에서 배점이나 목표를 움직여 보세요." in text(app)
    assert {slider.key for slider in app.slider} >= {"what-if-w:training", "what-if-t:datasets_opened:line"}


def test_a_department_named_in_the_address_heads_the_table_though_nothing_moves(shown: Shown) -> None:
    app = shown()
    app.query_params["unit"] = UNIT
    app.run()
    tables = [block.proto.body for block in app.get("html") if "jp-table" in block.proto.body]
    first = tables[0].partition("<tbody>")[2].partition("</tr>")[0]
    assert f"unit={UNIT}" in first
    assert "jp-area" in first
    assert tables[0].count(f"unit={UNIT}") == 1
    assert "지금 전체 순위" in tables[0]
    in_group = shown(group="support")
    assert "지금 평가군 순위" in text(in_group)
    assert "지금 전체 순위" not in text(in_group)


def test_an_address_moves_and_a_slider_moves_the_address(shown: Shown) -> None:
    app = shown(moves="w:training=30")
    (training,) = [slider for slider in app.slider if slider.key == "what-if-w:training"]
    assert training.value == 30
    assert "개 부서의 전체 순위가 바뀝니다." in text(app)
    training.set_value(20.0).run()
    assert app.query_params["moves"] == "w:training=20"
    (training,) = [slider for slider in app.slider if slider.key == "what-if-w:training"]
    training.set_value(15.0).run()
    assert "moves" not in app.query_params


@pytest.mark.parametrize("moves", [HOSTILE, "w:training=1e9", "v:policies_using_data=3", "w:nobody=3," * 900])
def test_an_address_that_means_nothing_moves_nothing_and_says_so(shown: Shown, moves: str) -> None:
    app = shown(moves=moves)
    assert "범위를 벗어나 쓰지 않았습니다." in text(app)
    assert "위에서 배점이나 목표를 움직여 보세요." in text(app)


def test_a_peer_group_that_there_is_not_is_told(shown: Shown) -> None:
    assert "그 평가군은 이 평가에 없습니다" in text(shown(group="unknown"))
    assert "그 평가군은 이 평가에 없습니다" not in text(shown(group="support"))


def test_weights_that_are_all_nothing_are_not_supposed_and_that_is_told(shown: Shown, reading: Reading) -> None:
    areas = [f"w:{area.id}=0" for area in reading.rulebook.areas]
    said = text(shown(moves=",".join(areas)))
    assert "배점을 모두 0으로 둘 수는 없습니다" in said
    assert "규칙에서 달라지는 수" not in said
    some = text(shown(moves=",".join(areas[1:])))
    assert "배점을 모두 0으로 둘 수는 없습니다" not in some
    assert "규칙에서 달라지는 수" in some


def test_a_department_moves_its_own_figures_and_nothing_else(shown: Shown) -> None:
    app = shown(Role.DEPARTMENT, UNIT, moves="w:training=30,v:policies_using_data=1")
    assert {str(slider.key).partition(":")[0] for slider in app.slider} == {"what-if-v"}
    said = text(app)
    assert "가정 1개는" in said
    assert "점에서" in said
    assert "규칙에서 달라지는 수" not in said


def test_the_whole_text_of_changed_rules_is_there_to_copy(shown: Shown) -> None:
    app = shown(moves="t:datasets_opened:line=12")
    said = text(app)
    assert "target = { support = 4, line = 12, office = 6, town = 3, agency = 8 }" in said
    # A published year's rules cannot be proposed anew.
    assert not [button for button in app.button if button.key == "what-if-take"]


def test_a_changed_rulebook_goes_to_the_page_where_it_is_proposed_and_nothing_is_saved_on_the_way(
    project: Path, people: People, monkeypatch: pytest.MonkeyPatch, score_units: ScoreUnits, tmp_path: Path
) -> None:
    units = [(f"u{n}", HOSTILE, "line") for n in range(3)]
    draft = score_units(
        tmp_path, units, {unit: figures_of(datasets_opened=str(n)) for n, (unit, _, _) in enumerate(units)}
    )
    open_draft = Shown("what_if", project, people, tmp_path).by(monkeypatch)
    query = {"release": draft.name, "moves": "t:datasets_opened:line=12"}
    assert not [one for one in open_draft(Role.AUDITOR, None, **query).button if one.key == "what-if-take"]
    app = open_draft(Role.EVALUATOR, None, **query)
    (take,) = [one for one in app.button if one.key == "what-if-take"]
    take.click().run()
    assert not app.exception
    taken = app.session_state["steps: rules"]
    assert b"line = 12" in taken.text
    assert taken.rulebook is not None
    assert taken.changes is None
    assert [path.name for path in tmp_path.glob("2021-*")] == [draft.name]

"""Compare: who is proposed, what stands side by side, what others are shown as, and hostile names and addresses."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import Scope
from dashboard.charts.compare import bump_figure, looks, strips_figure
from dashboard.charts.drawing import pixels_of
from dashboard.frames.compare import (
    MOST,
    address_sentences,
    bump_frame,
    bump_table,
    chosen_units,
    proposed_units,
    strips_frame,
    strips_table,
    units_frame,
    years_frame,
)
from dashboard.frames.source import Source
from dashboard.theme import PALETTES
from dashboard.words import Words
from etl.insight.reading import Reading, open_release
from etl.insight.side_by_side import earned_pct, places_by_year
from etl.release.folder import published
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.scopes import only
from tests.dashboard.showing import Shown, text
from tests.dashboard.signing_in import People

LIGHT = PALETTES["light"]
UNIT, LEADER = "0010020", "0010030"
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def readings(releases: Path) -> list[Reading]:
    return [open_release(releases / pointer.release) for pointer in published(releases)]


@pytest.fixture(scope="module")
def source(readings: list[Reading]) -> Source:
    latest, *earlier = sorted(readings, key=lambda one: -one.rulebook.evaluation.year)
    return Source(latest, tuple(earlier), Scope.everything(), Words("ko"))


def narrowed(source: Source, *unit_ids: str) -> Source:
    return Source(source.reading, source.earlier, only(*unit_ids), source.words)


def test_targets_stand_beside_the_values_where_they_differ_and_nowhere_else(source: Source) -> None:
    by_size = {row.indicator: row.cells for row in units_frame(source, [LEADER, "0010010", UNIT]).rows if row.indicator}
    analyses = source.indicators["analyses_completed"]
    rows = [source.reading.indicators[unit_id, analyses.id] for unit_id in (LEADER, "0010010", UNIT)]
    assert len({row.target for row in rows}) > 1
    for cell, row in zip(by_size[analyses.id], rows, strict=True):
        assert f"(목표 {row.target}건)" in cell
    assert not any("목표" in cell for cell in by_size["training_uptake"])
    (alone,) = (row.cells for row in units_frame(source, [LEADER]).rows if row.indicator == analyses.id)
    assert "목표" not in alone[0]


def test_what_stands_in_a_column_adds_up_to_its_score(source: Source) -> None:
    units = [unit_id for unit_id in source.units if source.reading.scores[unit_id].score is not None]
    moved = 0
    for unit_id in units:
        rows = units_frame(source, [unit_id]).rows
        moved += any("↑" in row.cells[0] for row in rows)
        earned = [Decimal(found[1]) for row in rows if (found := re.search(r"· ([0-9.]+)점 /", row.cells[0]))]
        row = source.reading.scores[unit_id]
        assert row.score is not None
        apart = abs(sum(earned) + row.bonus - row.penalty - row.score)
        assert apart < Decimal("0.005") * (len(earned) + 1)  # each is shown with two decimals
    assert moved
    added = next(row for row in units_frame(source, [LEADER]).rows if row.name == "가점·감점")
    assert added.cells == ("+3",)


def test_a_share_of_a_full_result_is_points_over_weight(source: Source) -> None:
    for indicator in source.reading.rulebook.indicators:
        for unit_id, share in earned_pct(source.reading, indicator).items():
            row = source.reading.indicators[unit_id, indicator.id]
            assert row.points is not None
            assert abs(share - 100 * row.points / row.weight) <= Decimal("0.05")


def test_places_are_the_published_ones_the_earliest_year_first(source: Source) -> None:
    readings = (source.reading, *source.earlier)
    (own,) = places_by_year(readings, "support", [LEADER]).values()
    assert [one.year for one in own] == [2020, 2021]
    assert own[-1].place == source.reading.ranks[LEADER].group_rank
    assert places_by_year(readings, "line", [LEADER]) == {}
    assert places_by_year(readings, None, [LEADER])[LEADER][-1].units == len(source.reading.ranks)


def test_a_department_is_proposed_with_those_before_and_behind_it(source: Source) -> None:
    own, *others = proposed_units(source, UNIT)
    assert own == UNIT
    place = source.reading.ranks[UNIT].group_rank
    assert len(others) == 2
    assert all(abs(source.reading.ranks[unit].group_rank - place) <= 2 for unit in others)
    assert {source.reading.ranks[unit].peer_group for unit in others} == {source.reading.ranks[UNIT].peer_group}
    assert len(proposed_units(source, None)) == 3
    assert proposed_units(narrowed(source, UNIT), UNIT) == (UNIT,)


@given(said=st.text(max_size=60) | st.lists(st.sampled_from([UNIT, LEADER, "nobody", ""]), max_size=20).map(",".join))
def test_an_address_chooses_none_but_departments_the_reader_may_see(source: Source, said: str) -> None:
    chosen = chosen_units(source, said)
    assert len(set(chosen)) == len(chosen) <= MOST
    assert set(chosen) <= {UNIT, LEADER}
    assert set(chosen_units(narrowed(source, UNIT), said)) <= {UNIT}


def test_at_most_six_are_chosen(source: Source) -> None:
    assert len(chosen_units(source, ",".join(source.units))) == MOST


def test_side_by_side_are_published_figures(source: Source) -> None:
    frame = units_frame(source, (LEADER, UNIT))
    rows = {row.name: row.cells for row in frame.rows}
    assert frame.columns == (source.units[LEADER], source.units[UNIT])
    assert rows["점수(점)"] == tuple(str(source.reading.scores[unit].score) for unit in (LEADER, UNIT))
    assert rows["신규 개방 데이터셋"][1].startswith("해당없음")
    assert frame.sentences[0].startswith("점수는 스마트도시과가 가장 높고")
    assert frame.rows[-1].name == "가점·감점"
    assert len(frame.rows) == 5 + len(source.indicators)


def test_equals_are_named_together_at_either_end(score_units: ScoreUnits, tmp_path: Path) -> None:
    units = [(str(at), f"{name}과", "line") for at, name in enumerate("가나다라")]
    figures = {str(at): figures_of(datasets_opened=count) for at, count in enumerate(("3", "3", "2", "2"))}
    equal = Source(open_release(score_units(tmp_path, units, figures)), (), Scope.everything(), Words("ko"))
    said = units_frame(equal, ("0", "1", "2", "3")).sentences[0]
    assert said.startswith("점수는 가과, 나과가 가장 높고 다과, 라과가 가장 낮으며")


def test_years_of_a_department_say_where_the_rules_were_others(source: Source) -> None:
    frame = years_frame(source, LEADER)
    assert frame.columns == ("2020", "2021"), "as in the picture: the earliest first"
    assert frame.sentences == ("해마다 지표나 배점이 달라 점수를 그대로 견줄 수 없습니다. 값을 함께 보세요.",)
    alone = Source(source.reading, (), source.scope, source.words)
    assert "비교할 지난해 결과가 없습니다." in years_frame(alone, LEADER).sentences[0]


def test_others_have_lines_only_where_they_may_be_seen_by_name(source: Source) -> None:
    everybody = bump_frame(source, (LEADER,))
    assert everybody.others
    assert "스마트도시과 1위(2020), 1위(2021)" in everybody.summary
    own = bump_frame(narrowed(source, LEADER), (LEADER,))
    assert own.others == ()
    assert own.chosen == everybody.chosen
    assert bump_table(source, own)[0][1][-1] == "1위 / 17개 부서"


def test_the_strips_hold_everybody_and_hide_names_and_digits_of_others(source: Source) -> None:
    frame = strips_frame(source, (LEADER, UNIT))
    for row, indicator in zip(frame.rows, source.reading.rulebook.indicators, strict=True):
        shares = {
            unit: share
            for unit, share in earned_pct(source.reading, indicator).items()
            if source.reading.units[unit].peer_group == "support"
        }
        assert sum(row.others.values()) == len(set(shares) - {LEADER, UNIT})
        assert row.chosen == (shares.get(LEADER), shares.get(UNIT))
    hidden = strips_frame(narrowed(source, UNIT), (UNIT,))
    assert {sum(row.others.values()) for row in hidden.rows} & {16}
    assert any(set(row.others) - set(other.others) for row, other in zip(hidden.rows, frame.rows, strict=True))
    assert len(strips_table(frame)[0][1]) == 3


def test_in_a_small_group_a_department_sees_no_dot_of_others_and_no_median(
    score_units: ScoreUnits, tmp_path: Path
) -> None:
    units = [(f"u{n}", f"부서{n}", "line") for n in range(4)]
    reading = open_release(score_units(tmp_path, units, {unit: figures_of() for unit, _, _ in units}))
    frame = strips_frame(Source(reading, (), only("u0"), Words("ko")), ("u0",))
    assert all(not row.others and row.median is None for row in frame.rows)


def test_names_stand_at_the_ends_of_their_lines_and_none_covers_another(source: Source) -> None:
    units = tuple(source.units)[:MOST]
    frame = bump_frame(source, units)
    figure = bump_figure(frame, LIGHT)
    notes = list(figure.layout.annotations)
    assert not figure.layout.showlegend
    assert len(notes) == len(frame.chosen)
    for said, (name, own), end in zip(notes, frame.chosen, frame.ends, strict=True):
        assert said.text.endswith(f" {end}")
        assert name[:5] in said.text
        assert (said.x, said.y) == (own[-1].year, own[-1].place)
    height = (figure.layout.height - figure.layout.margin.t - figure.layout.margin.b) / (frame.last + 0.2)
    stands = sorted((said.x, said.y * height - said.yshift) for said in notes)
    for (year, above), (next_year, below) in pairwise(stands):
        assert year != next_year or below - above >= 15.9
    assert figure.layout.margin.r >= max(pixels_of(said.text) for said in notes)


def test_a_row_without_any_share_says_why(source: Source) -> None:
    frame = strips_frame(source, (LEADER, UNIT))
    empty = [row for row in frame.rows if row.nothing]
    for row in frame.rows:
        assert bool(row.nothing) is not bool(row.others or any(share is not None for share in row.chosen))
        for share, cell in zip(row.chosen, row.cells, strict=True):
            assert (share is None) is (cell in ("값 없음", "해당없음"))
    (opened,) = [row for row in frame.rows if row.name == "신규 개방 데이터셋"]
    assert opened.cells[1] == "해당없음"
    bare = replace(frame.rows[0], others={}, said=(), chosen=(None, None), median=None, nothing="값 없음")
    figure = strips_figure(replace(frame, rows=(bare, *frame.rows[1:])), LIGHT)
    said = [(note.text, note.y) for note in figure.layout.annotations if note.text == "값 없음"]
    assert len(said) == 1 + len(empty)
    assert said[0] == ("값 없음", 0)


def test_a_grey_mark_says_how_many_departments_it_is(source: Source) -> None:
    frame = strips_frame(source, (LEADER,))
    figure = strips_figure(frame, LIGHT)
    grey = figure.data[0]
    assert len(grey.text) == len(grey.x)
    counts = [count for row in frame.rows for count in row.others.values()]
    for said, share, count in zip(grey.text, grey.x, counts, strict=True):
        assert said == f"{share:g} %: 다른 부서 {count}개"


def test_no_two_chosen_departments_look_alike_by_shape() -> None:
    assert len({look["shape"] for look in looks(LIGHT, MOST)}) == MOST


def test_equal_departments_do_not_cover_each_other(source: Source) -> None:
    frame = strips_frame(source, (LEADER, UNIT))
    figure = strips_figure(frame, LIGHT)
    marks = [(x, y) for trace in figure.data[2:] for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(marks)) == len(marks)


def test_no_name_becomes_markup_in_a_figure(score_units: ScoreUnits, tmp_path: Path) -> None:
    units = [("u0", HOSTILE, "line"), ("u1", "x" * 300, "line"), ("u2", "=1+1", "line")]
    reading = open_release(score_units(tmp_path, units, {unit: figures_of() for unit, _, _ in units}))
    source = Source(reading, (), Scope.everything(), Words("ko"))
    for figure in (
        bump_figure(bump_frame(source, ("u0", "u1")), LIGHT),
        strips_figure(strips_frame(source, ("u0", "u1")), LIGHT),
    ):
        assert "<img" not in json.dumps(figure.to_plotly_json(), default=str)
        assert {trace.type for trace in figure.data} == {"scatter"}


# The page ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(project: Path, people: People, monkeypatch: pytest.MonkeyPatch, releases: Path) -> Shown:
    return Shown("compare", project, people, releases).by(monkeypatch)


def test_where_nobody_is_chosen_neighbours_are_proposed_and_one_more_can_be_added(shown: Shown) -> None:
    app = shown()
    assert "아직 고른 부서가 없어" in text(app)
    (adding,) = [box for box in app.selectbox if str(box.key).startswith("compare-add")]
    adding.set_value(UNIT).run()
    assert app.query_params["beside"].endswith(f",{UNIT}")
    assert "아직 고른 부서가 없어" not in text(app)


@pytest.mark.parametrize("beside", ["nobody", HOSTILE, ",,,", "x" * 3000])
def test_an_address_that_names_nobody_says_so(shown: Shown, beside: str) -> None:
    said = text(shown(beside=beside))
    assert "찾을 수 없거나 볼 수 없어" in said
    assert "<img" not in said


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (f"{LEADER},{UNIT},nobody", "주소에 적힌 부서 가운데 1개는"),
        (LEADER, "비교할 부서를 아래에서 더 고르세요"),
        (f"{LEADER},{LEADER},", "비교할 부서를 아래에서 더 고르세요"),
    ],
)
def test_what_an_address_names_in_vain_or_lacks_is_told(shown: Shown, beside: str, told: str) -> None:
    assert told in text(shown(beside=beside))
    whole = text(shown(beside=f"{LEADER},{UNIT}"))
    assert told not in whole
    assert "나머지 부서" not in whole


def test_departments_too_many_to_compare_are_named(source: Source) -> None:
    units = list(source.units)[: MOST + 2]
    (sentence,) = address_sentences(source, ",".join(units))
    assert sentence.endswith(f"뺐습니다: {source.units[units[-2]]}, {source.units[units[-1]]}.")
    assert not address_sentences(source, ",".join(units[:MOST]))
    assert not address_sentences(source, None)


def test_years_stand_side_by_side_at_an_address(shown: Shown) -> None:
    said = text(shown(beside=LEADER, by="years"))
    assert "2020" in said
    assert "해마다 지표나 배점이 달라" in said

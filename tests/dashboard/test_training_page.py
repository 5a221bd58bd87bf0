"""The page of training and competency: its figures, what a department sees, and what is hidden said in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.charts.learning import levels_figure, plan_figure
from dashboard.frames.diagnosis import (
    LevelMarks,
    LevelsFrame,
    body_frame,
    change_rows,
    diagnosis_sentences,
    level_rows,
    own_frame,
    own_level_rows,
    own_sentence,
    participation_rows,
    suggested_frames,
    unit_level_rows,
)
from dashboard.frames.source import Source
from dashboard.frames.training import (
    BYS_SHOWN,
    PlanFrame,
    PlanRow,
    own_sentences,
    plan_frame,
    plan_legend,
    programme_facts,
    programme_sentences,
    reach_rows,
    reach_sentences,
    round_rows,
)
from dashboard.theme import PALETTES
from etl.evaluate import evaluate
from etl.insight.decisions import department_names
from etl.insight.diagnosis import BODY, Diagnosed, Whose, asked_of_all, diagnoses, participation
from etl.insight.suggested_courses import courses_after
from etl.insight.training import BYS, By, Programme, training_programme
from etl.release.folder import publish
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.scopes import only
from tests.dashboard.signing_in import People
from tests.dashboard.test_pages import OpenPage, html, links, text

LIGHT = PALETTES["light"]
SMART_CITY, LEGAL, IDLE = "0010030", "0010020", "0030040"


@pytest.fixture(scope="module")
def programme(korean: Source) -> Programme:
    return training_programme(korean.reading, 2021)


@pytest.fixture(scope="module")
def known(korean: Source) -> list[Diagnosed]:
    return diagnoses(korean.reading)


@pytest.fixture
def open_page(project: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    return OpenPage(project, people, monkeypatch)


# The programme -------------------------------------------------------------------------------------------------------


def test_the_head_has_plan_and_result(korean: Source, programme: Programme) -> None:
    facts = {fact.name: (fact.value, fact.beside) for fact in programme_facts(korean, programme)}
    assert facts["계획 정원"] == ("1,510석", "15개 회차 가운데 14개 실시")
    assert facts["제공 정원"] == ("1,730석", "교육 15회")
    assert facts["수료"] == ("1,515명", "목표 1,200명의 126.3 %")
    assert facts["실인원"][0] == "1,231명"


def test_the_sentences_tell_the_target_what_was_missed_and_the_years_before(
    korean: Source, programme: Programme
) -> None:
    said = programme_sentences(korean, programme)
    assert said[0] == "수료 목표에 닿았습니다. 목표보다 315명 더 수료했습니다."
    assert not any("126.3" in sentence for sentence in said), "the card says it"
    assert "실시 기록이 없는 회차: 1개(정원 30석)." in said
    assert "계획에 없던 교육: 1회." in said
    assert "2017년부터 2020년까지는 교육 11회, 수료 1,027명이었습니다." in said
    later = programme_sentences(korean, training_programme(korean.reading, 2022))
    assert any("595명이 더 수료해야" in sentence for sentence in later)
    assert any("평가 기간" in sentence for sentence in later)
    before = programme_sentences(korean, training_programme(korean.reading, 2018))
    assert before[0].startswith("이 해의 회차 계획은 받지 않았습니다.")


@pytest.mark.parametrize("by", BYS)
def test_every_way_to_tell_it_has_a_row_for_every_part(korean: Source, programme: Programme, by: str) -> None:
    assert set(BYS_SHOWN) == set(BYS)
    (named,) = [known for known in BYS if known == by]
    frame = plan_frame(korean, programme, named)
    assert len(frame.rows) == len(programme.by[named])
    assert all(row.name and not row.name.startswith("과정-") for row in frame.rows)
    figure = plan_figure(frame, LIGHT)
    assert [trace.name for trace in figure.data if trace.name] == ["계획 정원", "목표", "참여", "수료"]


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2021, "회색 줄의 끝이 계획 정원, 주황 눈금이 목표, 회색 원이 참여, 파란 원이 수료입니다."),
        (2019, "회색 원이 참여, 파란 원이 수료입니다."),
    ],
)
def test_the_legend_names_the_marks_that_are_drawn_and_no_others(korean: Source, year: int, said: str) -> None:
    frame = plan_frame(korean, training_programme(korean.reading, year), "field")
    assert plan_legend(korean, frame) == said
    drawn = [trace.name for trace in plan_figure(frame, LIGHT).data if trace.name]
    assert len(drawn) == said.count(",") + 1
    assert plan_legend(korean, replace(frame, rows=())) == ""


@pytest.mark.parametrize(
    ("by", "said"),
    [("field", "목표를 정한 7개 분야 가운데 7개가"), ("round", "목표를 정한 2개 회차 가운데 2개가")],
)
def test_parts_with_a_target_are_counted_by_what_they_are(
    korean: Source, programme: Programme, by: By, said: str
) -> None:
    assert said in plan_frame(korean, programme, by).summary


def test_modes_and_rounds_are_told_in_words(korean: Source, programme: Programme) -> None:
    modes = {row.name for row in plan_frame(korean, programme, "mode").rows}
    assert modes == {"집합", "실시간 비대면", "이러닝(사이버)", "외부위탁"}
    rounds = [row.name for row in plan_frame(korean, programme, "round").rows]
    assert rounds == ["1회차", "2회차", "계획 밖·적지 않음"]


def test_a_round_that_was_not_held_shows_its_plan_and_no_result(korean: Source, programme: Programme) -> None:
    rows = round_rows(korean, programme, department_names(korean.reading))
    (missed,) = [row for row in rows if row.state]
    assert (missed.state, missed.cells) == ("실시 기록 없음", ("30", "–", "–", "16", "–"))
    (extra,) = [row for row in rows if row.round == "계획 밖"]
    assert extra.cells == ("–", "30", "19", "–", "19")
    assert {row.organiser for row in rows} >= {"스마트도시과", "인재개발원"}


def test_reach_says_what_cannot_be_known(korean: Source, programme: Programme) -> None:
    said = reach_sentences(korean, programme)
    assert said[0] == "2021년 말 현원 2,366명에서 한 과정이라도 수료한 1,231명을 빼면 1,135명입니다."
    assert said[-1].startswith("알 수 없는 것:")
    unknown = reach_sentences(korean, training_programme(korean.reading, 2016))
    assert "셈하지 않았습니다" in unknown[0]


def test_a_department_sees_its_own_reach(korean: Source, programme: Programme) -> None:
    reach = programme.reach[SMART_CITY]
    said = own_sentences(korean, programme, SMART_CITY)
    assert f"참여한 사람은 {reach.people.normalize():f}명" in said[0]
    assert len(said) == 2


# The diagnosis -------------------------------------------------------------------------------------------------------


def test_who_answered_is_told_against_the_headcount(korean: Source, known: list[Diagnosed]) -> None:
    parts = participation(korean.reading, known[-1])
    said = diagnosis_sentences(korean, known[-1], parts)
    share = (known[-1].people * Decimal(100) / 2444).quantize(Decimal("0.1"))
    assert f"{known[-1].people}명이 답했습니다. 정원 2,444명의 {share} %입니다." in said
    assert any("5명 미만" in sentence for sentence in said)
    wrong = diagnosis_sentences(korean, replace(known[-1], out_of_range=3), parts)
    assert any("3건은 세지 않았습니다" in sentence for sentence in wrong)


def test_what_is_hidden_is_said_in_words_and_has_no_number(korean: Source, known: list[Diagnosed]) -> None:
    for one in known:
        rows = [*level_rows(korean, one), *unit_level_rows(korean, one)]
        for cell in (cell for row in rows for cell in row.cells):
            assert (cell.exact is None) == (cell.text in ("보이지 않음", "답 없음"))
            assert (cell.beside == "5명 미만 보호") == (cell.text == "보이지 않음")
    assert any(cell.text == "보이지 않음" for row in unit_level_rows(korean, known[-1]) for cell in row.cells)


def test_departments_stand_in_the_order_of_group_and_name_whatever_their_levels(
    korean: Source, known: list[Diagnosed]
) -> None:
    assert [row.name for row in unit_level_rows(korean, known[-1])] == list(korean.units.values())


def test_a_department_sees_itself_its_group_and_the_body_and_no_other(korean: Source, known: list[Diagnosed]) -> None:
    own = replace(korean, scope=only(SMART_CITY))
    programme = training_programme(own.reading, 2021)
    assert [row.name for row in unit_level_rows(own, known[-1])] == ["스마트도시과"]
    assert [row.name for row in own_level_rows(own, known[-1], SMART_CITY)] == ["스마트도시과", "지원", "기관 전체"]
    assert [row.unit_id for row in reach_rows(own, programme)] == [SMART_CITY]
    assert [row[0] for row in participation_rows(own, participation(own.reading, known[-1]))] == ["스마트도시과"]


def test_a_department_reads_why_a_course_is_suggested(korean: Source, known: list[Diagnosed]) -> None:
    courses = courses_after(korean.reading, known[-1].campaign.ends_on)
    first, *_ = suggested_frames(korean, known[-1], courses, Whose("unit", SMART_CITY))
    assert first.why.startswith("'분석' 수준이 77.1점으로 이 부서의 역량 가운데 낮은 편입니다.")
    assert len(first.rows) == 4
    assert "모두 9개 과정" in first.more
    (without, *_) = suggested_frames(korean, known[-1], [], Whose("unit", SMART_CITY))
    assert (without.rows, without.more) == ((), "")
    assert "계획에 없습니다" in without.why


def test_the_whole_body_reads_which_courses_its_weakest_competencies_need(
    korean: Source, known: list[Diagnosed]
) -> None:
    courses = courses_after(korean.reading, known[-1].campaign.ends_on)
    first, *_ = found = suggested_frames(korean, known[-1], courses, BODY)
    lowest = min(asked_of_all(known[-1]), key=lambda one: one.level or Decimal(100))
    assert first.competency == lowest.competency
    assert first.why.startswith(f"'{lowest.competency}' 수준이 ")
    assert "기관 전체의 역량 가운데 낮은 편입니다. 아래 과정이" in first.why
    assert all(frame.rows for frame in found)


def test_the_change_is_told_with_its_sign(korean: Source, known: list[Diagnosed]) -> None:
    before, after = known
    rows = {row.competency: row for row in change_rows(korean, before, after, Whose("unit", SMART_CITY))}
    assert rows["기획"].change == "+6.4"
    assert (rows["보호"].now.text, rows["보호"].change) == ("보이지 않음", "–")


def test_nobody_answered_is_said(korean: Source, known: list[Diagnosed]) -> None:
    parts = participation(korean.reading, known[-1])
    assert own_sentence(korean, parts, IDLE) == "이 부서에서 답한 사람이 없습니다."


# Charts --------------------------------------------------------------------------------------------------------------


def test_the_plan_is_a_line_with_the_target_and_the_result_on_it() -> None:
    rows = (PlanRow("분석", 40, 50, 30, 37, 36, ()), PlanRow("계획 밖", None, 30, None, 19, 0, ()))
    frame = PlanFrame("분야", "명", "정원", "목표", "참여", "수료", rows, "")
    figure = plan_figure(frame, LIGHT)
    drawn = {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in figure.data if trace.name}
    assert drawn == {"정원": [(40, 0)], "목표": [(30, 0)], "참여": [(37, 0), (19, 1)], "수료": [(36, 0)]}
    (line,) = [trace for trace in figure.data if trace.mode == "lines"]
    assert list(line.x) == [0, 40]


def test_a_level_that_is_not_shown_has_no_mark(korean: Source, known: list[Diagnosed]) -> None:
    marks = (LevelMarks("이번", "primary", (Decimal(70), None)), LevelMarks("지난", "grey", (None, None)))
    figure = levels_figure(LevelsFrame("수준", ("기획", "분석"), marks, ""), LIGHT)
    assert [(trace.name, list(trace.x), list(trace.y)) for trace in figure.data] == [("이번", [70.0], [0])]
    assert list(figure.layout.xaxis.range) == [-2, 102]
    own = own_frame(korean, known[-1], SMART_CITY)
    assert [marks.look for marks in own.marks] == ["grey", "accent", "primary"]
    assert known[-1].levels["보호", Whose("unit", SMART_CITY)].level is None
    assert own.marks[-1].levels[-1] is None


def test_the_body_stands_beside_its_last_diagnosis(korean: Source, known: list[Diagnosed]) -> None:
    before, after = known
    assert [marks.name for marks in body_frame(korean, after, before).marks] == ["지난 진단", "이번 진단"]
    assert [marks.name for marks in body_frame(korean, before, None).marks] == ["이번 진단"]
    assert after.levels["보호", BODY].level is not None
    assert "가장 높은 것은 수집" in body_frame(korean, after, before).summary, "protection was asked of analysts alone"


# The page ------------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_year_and_the_diagnosis_of_the_url(open_page: OpenPage, releases: Path) -> None:
    said = text(open_page(releases, "training", about="2022", by="round", campaign="진단-2020"))
    assert "2022년 교육 프로그램" in said
    assert "930석" in said
    assert "2020년 데이터 역량 진단: 2020. 8. 10.부터" in said
    assert "평가 기간(2021. 1. 1. ~ 2021. 12. 31.) 밖의 교육입니다." in said


def test_a_year_without_a_programme_is_told_with_the_year_shown_instead(open_page: OpenPage, releases: Path) -> None:
    said = text(open_page(releases, "training", about="1999"))
    assert "‘1999’년의 교육 프로그램은 이 공개본에 없어 2021년 프로그램을 보여 드립니다." in said
    assert "이 공개본에 없어" not in text(open_page(releases, "training", about="2022"))


def test_what_to_learn_is_answered_where_no_department_is_chosen(open_page: OpenPage, releases: Path) -> None:
    said = text(open_page(releases, "training"))
    assert "기관 전체에 권하는 과정" in said
    assert "이 부서에 권하는 과정" not in said
    chosen = text(open_page(releases, "training", unit=SMART_CITY))
    assert "기관 전체에 권하는 과정" in chosen
    assert "이 부서에 권하는 과정" in chosen


def test_a_department_of_too_few_answers_is_told_that_it_is_hidden(open_page: OpenPage, releases: Path) -> None:
    said = text(open_page(releases, "training", unit=LEGAL))
    assert "법무담당관의 역량" in said
    assert "이 부서의 결과는 보이지 않습니다." in said
    assert "이 부서에 권하는 과정" not in said


def test_a_release_without_records_says_so(open_page: OpenPage, score_units: ScoreUnits, tmp_path: Path) -> None:
    units = [("A", "가", "line"), ("B", "나", "line")]
    release = score_units(tmp_path / "releases", units, {"A": figures_of(), "B": figures_of()})
    publish(release)
    app = open_page(tmp_path / "releases", "training")
    assert "교육과 진단의 기록이 없습니다" in text(app)
    assert "<table" not in html(app)


def test_a_release_with_other_records_alone_says_what_would_show_here(
    open_page: OpenPage, project: Path, tmp_path: Path
) -> None:
    received = tmp_path / "received"
    received.mkdir()
    for file in ("부서.csv", "조직개편.csv", "정원.csv"):
        (received / file).write_bytes((project / "data/demo" / file).read_bytes())
    entries = (project / "data/demo/sources.toml").read_text(encoding="utf-8").split("[[source]]")
    kept = [entry for entry in entries[1:] if any(f'"{file.name}"' in entry for file in received.iterdir())]
    (received / "sources.toml").write_text("[[source]]".join(["version = 1\n", *kept]), encoding="utf-8")
    publish(evaluate(received, project / "data/rulebooks/demo-2021.toml", tmp_path / "releases").release)
    said = text(open_page(tmp_path / "releases", "training"))
    assert "교육 기록이 없습니다." in said
    assert "역량 진단 기록이 없습니다." in said


def test_an_unknown_department_is_told_and_the_rest_stays(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "training", unit="9999999")
    assert "그 부서는 이 평가에 없습니다" in text(app)
    assert "2021년 교육 프로그램" in text(app)
    assert set(links(app)) == {"내 계정"}

"""The pages of pilots, good practice and awards: what they say, what stays hidden, and who sees what."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.access import Role, Scope
from dashboard.address import PageName
from dashboard.charts.drawing import AXIS
from dashboard.charts.survey import survey_figure
from dashboard.frames.department import ledger_sentences
from dashboard.frames.double_credit import double_frames, double_sentence
from dashboard.frames.fed_rules import fed_parts
from dashboard.frames.pilots import (
    SurveyFrame,
    SurveyRow,
    effect_text,
    pilot_details,
    pilot_facts,
    pilot_rows,
    pilots_in_scope,
    survey_frame,
    users_frame,
)
from dashboard.frames.practices import (
    award_rows,
    award_sentence,
    case_details,
    case_rows,
    cases_as_seen,
    cases_in_scope,
    library_sentence,
    practice_facts,
)
from dashboard.frames.source import Source
from dashboard.theme import PALETTES
from dashboard.words import Words
from etl.insight.decisions import department_names, ledger_lines
from etl.insight.double_credit import double_credits
from etl.insight.pilots import PilotStanding, effect, pilot_totals, pilots
from etl.insight.practices import award_lines, cases_with, practice_cases, practice_totals
from etl.insight.reading import open_release
from etl.release.folder import published
from etl.scoring.decimals import plain
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.scopes import only
from tests.dashboard.signing_in import People
from tests.dashboard.test_pages import OpenPage, html, links, text

ASSISTANT, HALF_HIDDEN = "시범-2021-01", "시범-2021-04"
DOUBLE = "0140090"
D = Decimal


@pytest.fixture(scope="module")
def before(releases: Path) -> Source:
    name = next(one.release for one in published(releases) if one.release.startswith("2020"))
    return Source(open_release(releases / name), (), Scope.everything(), Words("ko"))


@pytest.fixture(scope="module")
def names(korean: Source) -> dict[str, str]:
    return department_names(korean.reading)


@pytest.fixture(scope="module")
def known(korean: Source) -> dict[str, PilotStanding]:
    return {one.pilot_id: one for one in pilots(korean.reading)}


@pytest.fixture
def open_page(project: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    return OpenPage(project, people, monkeypatch)


# Pilots --------------------------------------------------------------------------------------------------------------


def test_the_head_counts_the_pilots_as_the_metrics_do(korean: Source) -> None:
    totals = pilot_totals(korean.reading)
    assert (totals.run, totals.adopted) == (4, 2)
    facts = pilot_facts(korean, totals)
    assert [fact.value for fact in facts[:2]] == ["4건", "2건"]
    assert facts[2].beside == f"5점 만점, 응답 {plain(totals.answers)}개"


def test_a_pilot_is_told_with_its_effect_and_its_decision(
    korean: Source, known: dict[str, PilotStanding], names: dict[str, str]
) -> None:
    details = dict(pilot_details(korean, known[ASSISTANT], names))
    assert details["효과"] == "보고서 초안 한 건을 쓰는 시간: 94분 → 61분 (−33분, −35.1 %)"
    assert details["결정"] == "도입 (2021. 8. 19.)"
    assert details["받은 파일과 행"].startswith("시범사업.csv ")
    rows = {row.title: row for row in pilot_rows(korean, list(known.values()), names)}
    assert rows["도로 파손 영상 자동 탐지"].decision == "결정 전"
    assert rows["인공지능 문서작성 도우미"].users == "91명"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("시간", "분", "94", "61"), "시간: 94분 → 61분 (−33분, −35.1 %)"),
        (("비율", "%", "7.4", "2.9"), "비율: 7.4 % → 2.9 % (−4.5 %)"),
        (("건수", "건", "0", "3"), "건수: 0건 → 3건 (+3건)"),
        (("시간", "일", "6.5", None), "시간: 시범 전 6.5일, 시범 뒤의 값은 아직 없습니다."),
        (("시간", "일", None, "3"), "잰 효과가 없습니다."),
    ],
)
def test_an_effect_reads_as_a_person_would_say_it(
    korean: Source, given: tuple[str, str, str | None, str | None], said: str
) -> None:
    what, unit, first, second = given
    figures = [None if figure is None else D(figure) for figure in (first, second)]
    assert effect_text(korean, effect(what, unit, *figures)) == said


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("초", "time: 142 seconds → 118 seconds (−24 seconds, −16.9 %)"),
        ("척", "time: 142 척 → 118 척 (−24 척, −16.9 %)"),
    ],
)
def test_a_unit_everybody_knows_is_told_in_the_readers_language(korean: Source, unit: str, said: str) -> None:
    english = replace(korean, words=Words("en"))
    assert effect_text(english, effect("time", unit, D(142), D(118))) == said


def test_a_question_of_too_few_answers_shows_nothing_anywhere(
    korean: Source, known: dict[str, PilotStanding], open_page: OpenPage, releases: Path
) -> None:
    frame = survey_frame(korean, known[HALF_HIDDEN])
    hidden = next(row for row in frame.rows if row.text == "밤에도 잘 탐지했다")
    assert (hidden.counts, hidden.mean, hidden.respondents, hidden.mean_text) == ((), None, "숨김", "–")
    assert hidden not in frame.shown
    assert "5명 미만인 문항 1개" in frame.sentences[-1]
    said = text(open_page(releases, "pilots", record=f"pilots:{HALF_HIDDEN}"))
    assert "밤에도 잘 탐지했다" in said
    assert "숨김" in said


def test_the_survey_says_its_best_and_its_worst_question(korean: Source, known: dict[str, PilotStanding]) -> None:
    frame = survey_frame(korean, known[ASSISTANT])
    means = {row.text: row.mean for row in frame.rows if row.mean is not None}
    best, worst = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    assert f"가장 높은 문항은 '{best}'" in frame.summary
    assert f"가장 낮은 문항은 '{worst}'" in frame.summary
    assert (
        survey_frame(korean, replace(known[ASSISTANT], questions=(), mean=None)).summary
        == "만족도 조사 기록이 없습니다."
    )


def test_a_scope_sees_the_pilots_it_leads_or_takes_part_in(
    korean: Source, known: dict[str, PilotStanding], names: dict[str, str]
) -> None:
    mine = replace(korean, scope=only("0140060"))
    (seen,) = pilots_in_scope(mine, list(known.values()))
    assert seen.pilot_id == ASSISTANT
    users = users_frame(mine, seen, names)
    assert [unit for unit, _, _ in users.rows] == ["0140060"]
    assert users.others == "그 밖에 5개 부서가 참여했습니다."
    assert users_frame(korean, seen, names).others == ""


def test_a_survey_is_drawn_with_a_dot_for_every_score_and_no_markup() -> None:
    hostile = "<b>굵게</b> & 더"
    row = SurveyRow(hostile, (0, 1, 2, 3, 4), ("0", "1", "2", "3", "4"), "10", D("4.0"), "4.00")
    hidden = SurveyRow("숨은 문항", (), (), "숨김", None, "–")
    frame = SurveyFrame((row, hidden), "점수", ("1점", "2점", "3점", "4점", "5점"), "요약", ("요약",))
    for palette in PALETTES.values():
        figure: go.Figure = survey_figure(frame, palette)
        dots, means = figure.data
        assert list(dots.x) == [1, 2, 3, 4, 5]
        sizes = list(dots.marker.size)
        assert sizes == sorted(sizes)
        assert sizes[0] == 0
        assert list(means.x) == [4.0]
        label, axis = figure.layout.annotations
        assert axis.name == AXIS
        assert label.text == "&lt;b&gt;굵게&lt;/b&gt; &amp; 더"
        assert "숨은 문항" not in str(figure)


# Good practice -------------------------------------------------------------------------------------------------------


def test_the_library_says_whose_a_case_is(korean: Source, names: dict[str, str]) -> None:
    cases = practice_cases(korean.reading)
    assert len(case_rows(korean, cases, names)) == len(cases) == 11
    owners = {row.owner for row in case_rows(korean, cases, names)}
    assert {"들녘군(예시) (인사과 등록)", "시립도서관"} <= owners
    assert library_sentence(korean, cases, cases, "").startswith("2021년까지 등록한 사례 11건입니다.")
    found = cases_with(cases, "마을버스")
    said = library_sentence(korean, cases, found, "마을버스")
    assert said == "사례 11건 가운데 1건에 '마을버스'의 모든 낱말이 있습니다."


def test_the_library_is_everybodys_once_names_are_and_its_papers_stay_with_their_department(
    korean: Source, names: dict[str, str]
) -> None:
    cases = practice_cases(korean.reading)
    owner = cases[0].unit_id
    mine = replace(korean, scope=only(owner))
    assert {case.unit_id for case in cases_in_scope(mine, cases)} == {owner}
    published = replace(korean, scope=Scope(Role.DEPARTMENT, None, frozenset({owner})))
    assert cases_in_scope(published, cases) == cases
    papers = {"문서번호", "받은 파일과 행"}
    for case in cases:
        assert (papers <= dict(case_details(published, case, names)).keys()) == (case.unit_id == owner)


def test_a_search_finds_no_case_by_what_its_reader_is_not_shown(korean: Source, names: dict[str, str]) -> None:
    cases = practice_cases(korean.reading)
    case = next(one for one in cases if one.practice_id == "우수-2019-01")
    taker = next(reuse.reused_by for reuse in case.reuses if reuse.unit_id not in (None, case.unit_id))
    mine = replace(korean, scope=only(case.unit_id))
    (as_seen,) = cases_as_seen(mine, [case], names)
    assert case_details(mine, as_seen, names) == case_details(mine, case, names)
    assert cases_with([as_seen], "이웃시"), "another body is shown"
    assert not cases_with([as_seen], taker)
    assert cases_with(cases_as_seen(korean, [case], names), taker)


def test_a_search_finds_no_case_by_an_award_that_stays_with_its_department(
    korean: Source, names: dict[str, str]
) -> None:
    (honoured,) = [one for one in practice_cases(korean.reading) if one.practice_id == "우수-2021-03"]
    published = replace(korean, scope=Scope(Role.DEPARTMENT, None, frozenset()))
    assert cases_with(cases_as_seen(korean, [honoured], names), "경진대회")
    assert not cases_with(cases_as_seen(published, [honoured], names), "경진대회")


def test_a_case_says_who_took_it_over_and_which_award_it_won(korean: Source, names: dict[str, str]) -> None:
    cases = {case.practice_id: case for case in practice_cases(korean.reading)}
    told = dict(case_details(korean, cases["우수-2021-03"], names))
    assert told["받은 상"] == "데이터 활용 우수사례 경진대회 우수상"
    assert told["가져다 쓴 곳"] == "아직 없습니다."
    takers = dict(case_details(korean, cases["우수-2019-01"], names))["가져다 쓴 곳"].split("\n")
    assert "이웃시(예시) (2020. 4. 21.) — 자료를 받아 시범 적용" in takers


def test_awards_say_what_they_feed_and_a_scope_sees_its_own(korean: Source, names: dict[str, str]) -> None:
    awards = award_lines(korean.reading)
    rows = award_rows(korean, awards, names)
    assert {row.use for row in rows} == {
        *("반영 (1점)", "평가 기간 밖", "증빙 문서번호가 없음"),
        *("같은 실적이 이미 성과로 집계됨", "같은 문서로 이미 가점을 받음"),
    }
    assert all(row.counts == (row.use == "반영 (1점)") for row in rows)
    mine = replace(korean, scope=only(DOUBLE))
    assert [row.unit for row in award_rows(mine, awards, names)] == ["남강동"]
    assert award_sentence(korean).startswith("수상은 '대외 수상' 가점에 반영됩니다: 1건에 1점, 한 부서에 3점까지.")


def test_a_year_whose_rules_do_not_count_awards_says_so(before: Source, names: dict[str, str]) -> None:
    assert award_sentence(before) == "이 해의 규칙에는 수상 기록으로 주는 가점이 없습니다."
    assert "따로 세지 않습니다" in practice_facts(before, practice_totals(before.reading))[2].beside
    assert {row.use for row in award_rows(before, award_lines(before.reading), names)} == {"–"}
    assert double_sentence(before, double_credits(before.reading)).endswith("반영된 곳은 없습니다.")


def test_the_heads_figures_are_those_of_the_metrics(korean: Source) -> None:
    totals = practice_totals(korean.reading)
    assert (totals.registered, totals.reused, totals.awards, totals.awards_counted) == (4, 2, 7, 3)
    assert [fact.value for fact in practice_facts(korean, totals)] == ["4건", "2건", "7건"]


# Double credit -------------------------------------------------------------------------------------------------------


def test_a_finding_names_both_records_their_rows_and_what_to_decide(korean: Source, names: dict[str, str]) -> None:
    found = double_credits(korean.reading)
    first = double_frames(korean, found, names)[0]
    assert first.name == "두 번 반영 중 · 남강동"
    assert [row.use for row in first.rows] == ["가점: 대외 수상", "가감점: 우수사례 선정"]
    assert [row.origin.split()[0] for row in first.rows] == ["수상.csv", "가감점.csv"]
    assert "하나만 남기세요" in first.sentences[1]
    assert double_sentence(korean, found).startswith("한 실적으로 보이는 기록 묶음이 4개 있습니다. 그 가운데 1개는")


def test_what_only_one_record_earns_says_which(korean: Source, names: dict[str, str]) -> None:
    settled = [
        frame for frame in double_frames(korean, double_credits(korean.reading), names) if "한 번만" in frame.name
    ]
    assert len(settled) == 3
    assert all("반영되고 나머지는 세지 않습니다" in frame.sentences[1] for frame in settled)
    assert {row.use for frame in settled for row in frame.rows} >= {
        *("점수 없음", "성과: 데이터 분석 완료"),
        *("세지 않음 — 같은 실적이 이미 성과로 집계됨", "세지 않음 — 같은 문서로 이미 가점을 받음"),
    }


def test_a_department_sees_its_own_findings_only(korean: Source, names: dict[str, str]) -> None:
    mine = replace(korean, scope=only(DOUBLE))
    found = double_credits(korean.reading)
    assert [frame.name for frame in double_frames(mine, found, names)] == ["두 번 반영 중 · 남강동"]
    assert double_sentence(replace(korean, scope=only()), found).endswith("곳은 없습니다.")


# On the department's page --------------------------------------------------------------------------------------------


def test_a_bonus_that_a_metric_feeds_says_how_it_came_about(korean: Source) -> None:
    (fed,) = fed_parts(korean, DOUBLE)
    assert fed.name == "가점 · 대외 수상"
    assert fed.sentences[0].startswith("외부 수상 1건에 1점씩 1점입니다.")
    (said,) = fed_parts(replace(korean, words=Words("en")), DOUBLE)
    assert ": 1 award × 1 = 1." in said.sentences[0]
    assert fed.sentences[1] == "이 규칙의 상한은 3점입니다."
    lines = ledger_lines(korean.reading, DOUBLE)
    assert ledger_sentences(korean, DOUBLE, lines) == ["가점 2점과 감점 0점이 점수에 반영되었습니다."]
    assert fed_parts(korean, "0040010") == []


def test_the_department_page_shows_the_awards_behind_its_bonus(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "department", unit=DOUBLE)
    said = text(app)
    assert "수상-2021-07" in said
    assert "읍면동 데이터 활용 발표대회 우수상" in said
    assert "수상.csv 8행" in said


# The pages -----------------------------------------------------------------------------------------------------------


def test_a_link_shows_the_pilot_it_names_and_an_unknown_one_the_latest(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "pilots")
    href = links(app)["인공지능 문서작성 도우미"]
    assert "record=pilots" in href
    assert "보고서와 보도자료의 초안" in text(open_page(releases, "pilots", record=f"pilots:{ASSISTANT}"))
    assert "순찰차 영상에서" in text(open_page(releases, "pilots", record="pilots:없음"))


def test_a_search_of_the_url_narrows_the_library(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "practices", find="마을버스")
    assert app.text_input(key="choose-find").value == "마을버스"
    assert "이동 수요로 다시 짠 마을버스 시간표" in links(app)
    assert "침수 전에 움직이는 배수 점검" not in links(app)
    nothing = open_page(releases, "practices", find="없는말")
    assert "사례 11건 가운데 0건" in text(nothing)
    assert not any(label == "이동 수요로 다시 짠 마을버스 시간표" for label in links(nothing))


def test_what_is_searched_for_is_text_and_never_markup(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "practices", find="<b>굵게</b>")
    assert "<b>굵게" not in html(app)
    assert "&lt;b&gt;굵게&lt;/b&gt;" in html(app)


@pytest.mark.parametrize("page", ["pilots", "practices"])
def test_a_release_without_records_says_so(
    open_page: OpenPage, score_units: ScoreUnits, tmp_path: Path, page: PageName
) -> None:
    release = score_units(tmp_path, [("u1", "한 부서", "line")], {"u1": figures_of()})
    said = text(open_page(tmp_path, page, release=release.name))
    assert "기록이 없습니다" in said

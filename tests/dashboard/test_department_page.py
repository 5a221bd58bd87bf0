"""A department's way from its group's median, what lies ahead of it, its records and years; clicks lead in scope."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.charts.bridge import bridge_figure
from dashboard.charts.drawing import AXIS
from dashboard.following import clicked
from dashboard.frames.source import Source
from dashboard.frames.turning_points import margin_sentence, may_compare, turn_lines
from dashboard.frames.unit_ahead import (
    appeal_sentence,
    grade_sentences,
    is_over,
    prospect_rows,
    told_rows,
    told_sentence,
    year_rows,
)
from dashboard.frames.unit_bridge import BridgeFrame, BridgeRow, bridge_frame
from dashboard.shelf import RELEASES
from dashboard.theme import PALETTES
from dashboard.words import Words
from dashboard.workflow.accounts import find_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.request_kinds import RequestKind
from dashboard.workflow.requests import Known, NewRequest, Seen, file_request, withdraw_request
from dashboard.workflow.tables.requests import Remark, Request
from dashboard.workflow.tables.steps import Evaluation
from dashboard.workflow.windows import Window, plan
from etl.insight.bridge import bridge
from etl.insight.moved_weights import moved_places
from etl.insight.prospects import last_scores, next_grade, prospects
from etl.insight.standing import group_of
from etl.insight.told_records import reasons_not_counted, told_metrics
from etl.insight.turning_points import margins, turns
from etl.insight.what_if import inputs_of
from etl.scoring.decimals import total
from etl.shown import SEOUL
from tests.dashboard.scopes import only
from tests.dashboard.signing_in import UNIT, People

LEADER = "0010030"
BARE = "0030040"
"""A department without a record."""
NOON = datetime(2026, 11, 23, 12, tzinfo=SEOUL)
APPEALS = Window(date(2026, 11, 21), date(2026, 11, 28))
LAST_DAY = Window(date(2026, 11, 21), date(2026, 11, 23))
HOSTILE = '<img src=x onerror="alert(1)"> & <b>굵게</b>'


# The way from the median ---------------------------------------------------------------------------------------------


def test_the_steps_lead_from_the_median_to_the_score_to_the_last_digit(korean: Source) -> None:
    for unit_id in korean.units:
        group = group_of(korean.reading, unit_id)
        median = korean.standing(group).median
        found = bridge(korean.reading, unit_id, median, korean.medians)
        score = korean.reading.scores[unit_id]
        if score.score is None:
            assert found is None
            continue
        assert found is not None
        assert (found.start, found.end) == (median, score.score)
        steps = [gap for _, gap in found.steps]
        assert total([found.start, *steps, found.bonus, -found.penalty, found.rest]) == found.end


def test_the_picture_of_the_way_begins_at_the_median_and_ends_at_the_score(korean: Source) -> None:
    frame = bridge_frame(korean, LEADER)
    assert frame is not None
    first, *steps, last = frame.rows
    assert first.text == korean.score(first.after)
    assert last.after == korean.reading.scores[LEADER].score
    assert all(step.before == before.after for before, step in zip([first, *steps], steps, strict=False))
    assert "스마트도시과 88.15점까지" in frame.summary
    drawn = bridge_figure(frame, PALETTES["light"])
    assert len([note for note in drawn.layout.annotations if note.name != AXIS]) == len(frame.rows)
    symbols = {trace.marker.symbol for trace in drawn.data if "markers" in trace.mode}
    assert {"diamond", "triangle-right"} <= symbols


def test_no_name_on_the_way_becomes_markup() -> None:
    rows = (
        BridgeRow(HOSTILE, Decimal(1), Decimal(1), None, "1"),
        BridgeRow(HOSTILE, Decimal(1), Decimal(0), Decimal(-1), "−1"),
    )
    drawn = bridge_figure(BridgeFrame(rows, "점수(점)", ""), PALETTES["dark"]).to_json()
    assert "<img" not in drawn


def test_a_group_too_small_to_show_its_median_shows_no_way_from_it(korean: Source) -> None:
    (member, *_) = [unit for unit in korean.units if group_of(korean.reading, unit) == "agency"]
    assert bridge_frame(replace(korean, scope=only(member)), member) is None
    assert bridge_frame(replace(korean, scope=only(LEADER)), LEADER) is not None


# What lies ahead -----------------------------------------------------------------------------------------------------


def test_the_next_grade_and_what_more_would_earn_are_those_of_the_release(korean: Source) -> None:
    lowest = last_scores(korean.reading)
    unit = next(unit for unit in korean.units if next_grade(korean.reading, unit, lowest) is not None)
    found = next_grade(korean.reading, unit, lowest)
    assert found is not None
    (said,) = grade_sentences(korean, unit)
    assert korean.score(found.score) in said
    assert korean.score(found.gap) in said
    rows = prospect_rows(korean, unit)
    gains = [row.gain_exact for row in rows]
    assert gains == sorted(gains, reverse=True, key=lambda gain: gain or Decimal(0))
    assert all(row.gain.startswith("+") for row in rows)


def test_under_quotas_nobody_elses_score_is_told_before_publication(korean: Source) -> None:
    assert korean.reading.rulebook.grades is not None
    assert korean.reading.rulebook.grades.method == "quota"
    below = next(unit for unit, rank in korean.reading.ranks.items() if rank.grade == rank.grade_before_veto == "B")
    own = replace(korean, scope=only(below))
    assert grade_sentences(own, below) == ["다음 등급까지 남은 점수는 결과가 공표된 뒤에 보여 드립니다."]


def test_a_department_that_has_the_best_grade_is_told_so_and_is_promised_no_better_one(korean: Source) -> None:
    best = [unit for unit, rank in korean.reading.ranks.items() if rank.grade == rank.grade_before_veto == "S"]
    assert LEADER in best
    for unit in best:
        for source in (korean, replace(korean, scope=only(unit))):
            assert grade_sentences(source, unit) == ["이미 가장 높은 등급 S (탁월)입니다. 더 오를 등급이 없습니다."]


def test_what_there_is_and_what_is_done_more_make_what_there_is_then(korean: Source) -> None:
    row = next(row for row in prospect_rows(korean, LEADER) if row.indicator == "analyses_completed")
    assert (row.now, row.more, row.then, row.more_exact) == ("1.1건", "1건", "2.1건", Decimal(1))
    for unit in korean.units:
        for one in prospects(korean.reading, unit):
            was = korean.reading.indicators[unit, one.indicator.id]
            if was.numerator is not None and was.denominator is None:
                assert was.numerator + one.doable == one.done.value
            assert one.done.points >= one.step.points


@pytest.mark.parametrize(
    ("others", "days", "said"),
    [
        (187, APPEALS, "2026. 11. 28.(토)까지(한국 시간) 세지 않은 기록 187건을 확인하고, 다르면 이의신청하세요. 5일"),
        (0, APPEALS, "2026. 11. 28.(토)까지(한국 시간) 결과를 확인하고, 다르면 이의신청하세요. 5일 남았습니다."),
        (1, LAST_DAY, "2026. 11. 23.(월)까지(한국 시간) 세지 않은 기록 1건을 확인하고, 다르면 이의신청하세요. 오늘이"),
        (1, None, "세지 않은 기록 1건을 확인하고, 다르면 이의신청하세요."),
        (0, None, "결과를 확인하고, 다르면 이의신청하세요."),
    ],
)
def test_what_to_do_in_the_days_of_appeals_names_the_last_day_and_the_records(
    others: int, days: Window | None, said: str
) -> None:
    assert appeal_sentence(others, days, NOON, Words("ko")).startswith(said)


def test_once_the_days_of_the_records_are_over_more_of_them_is_for_the_next_ones(korean: Source) -> None:
    end = korean.reading.rulebook.evaluation.period.end
    assert not is_over(korean, datetime(end.year, end.month, end.day, 23, tzinfo=SEOUL))
    assert is_over(korean, datetime(end.year + 1, 1, 1, 0, 1, tzinfo=SEOUL))


def test_records_are_counted_as_the_release_counts_them_with_every_reason(korean: Source) -> None:
    reasons = reasons_not_counted(korean.reading)
    for unit in korean.units:
        for one in told_metrics(korean.reading, unit, reasons):
            assert sum(count for _, count in one.reasons) == one.row.records_not_counted + one.row.records_undecided
    told = told_metrics(korean.reading, LEADER, reasons)
    assert len({one.row.metric for one in told}) == len(told) > 3
    rows = told_rows(korean, told)
    assert any("평가 기간 밖" in row.reasons for row in rows)
    assert str(sum(one.row.records_counted for one in told)) in told_sentence(korean, told).replace(",", "")
    assert "정원" not in {row.name for row in rows}


def test_a_department_without_records_is_told_so_without_a_table_or_an_invitation(
    shown: People, project: Path, korean: Source
) -> None:
    nothing = told_metrics(korean.reading, BARE, reasons_not_counted(korean.reading))
    assert nothing == []
    said = told_sentence(korean, nothing)
    assert "없습니다" in said
    section = page(shown, project, Role.EVALUATOR, BARE).partition("점수 뒤의 기록")[2].partition("<h2")[0]
    assert said in section
    assert "누르면" not in section
    assert "<table" not in section


def test_the_years_of_a_department_are_told_the_latest_first(korean: Source) -> None:
    rows = year_rows(korean, LEADER)
    assert [row.year for row in rows] == [2021, 2020]
    assert rows[0].place == "지원 17개 부서 가운데 1위"


# Clicks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        ({"selection": {"points": [{"customdata": "0010030"}]}}, ["0010030"]),
        ({"selection": {"points": [{"customdata": ["1", "2"]}]}}, ["1", "2"]),
        ({"selection": {"points": [{"customdata": ""}]}}, []),
        ({"selection": {"points": []}}, []),
        ({"selection": {"points": "abc"}}, []),
        ({"selection": {"points": [{"customdata": {"a": 1}}]}}, []),
        ({"selection": None}, []),
        (None, []),
    ],
)
def test_a_click_says_departments_and_a_forged_message_says_nobody(event: Any, codes: list[str]) -> None:
    assert clicked(event) == codes


# The page ------------------------------------------------------------------------------------------------------------


def page(people: People, project: Path, role: Role, unit: str) -> str:
    app: AppTest = people.open(project / "dashboard/app/main.py", role)
    app.query_params["unit"] = unit
    app.run()
    app.switch_page("../pages/department.py").run()
    assert not app.exception
    return unescape("\n".join(element.proto.body for element in app.get("html")))


def records_page(people: People, project: Path) -> str:
    """The page of an indicator, with a department's attendance that does not count, as that department sees it."""
    app = people.open(project / "dashboard/app/main.py", Role.DEPARTMENT)
    app.query_params["unit"], app.query_params["indicator"] = UNIT, "training_uptake"
    app.run()
    app.switch_page("../pages/indicator.py").run()
    app.segmented_control(key=f"records-training_people-{UNIT}").set_value("not_counted").run()
    assert not app.exception
    return unescape("\n".join(element.proto.body for element in app.get("html")))


@pytest.fixture
def shown(people: People, releases: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.setenv(RELEASES, str(releases))
    return people


def test_the_page_answers_why_what_is_missing_and_what_to_do(shown: People, project: Path) -> None:
    said = page(shown, project, Role.EVALUATOR, LEADER)
    for heading in ("평가군 중앙값에서 이 점수까지", "다음에 할 일", "점수 뒤의 기록", "지난 결과", "교육과 역량"):
        assert f">{heading}</h2>" in said
    assert "part=file" not in said
    assert "다음 실적으로 점수를 올리려면" in said


def ask(people: People) -> None:
    """An appeal of the department, and one that it has withdrawn."""
    people.token(Role.DEPARTMENT)
    with people.store.write() as session:
        account = find_account(session, f"{Role.DEPARTMENT} {UNIT}")
        assert account is not None
        actor = Actor(account.person, "192.0.2.1")
        known = Known({UNIT}, {"analyses_completed"}, {}, {})
        new = NewRequest(2021, RequestKind.APPEAL, UNIT, "2021-0", "이의 있음", indicator="analyses_completed")
        _, second = [file_request(session, actor, new, known) for _ in range(2)]
        withdraw_request(session, actor, Seen(second.id, second.version), "다시 보니 맞음")


@pytest.mark.parametrize("open_", [True, False])
def test_an_appeal_is_offered_while_its_days_last_and_to_nobody_else(shown: People, project: Path, open_: bool) -> None:
    today = datetime.now(SEOUL).date()
    days = Window(today - timedelta(3), today + timedelta(3)) if open_ else Window(date(2000, 1, 1), date(2000, 1, 2))
    with shown.store.write() as session:
        session.add(Evaluation(year=2021, state=State.APPEALS.value, release=None, briefed_at=None, version=1))
        plan(session, 2021, State.APPEALS, days)
    try:
        if open_:
            ask(shown)
        own, other = (page(shown, project, Role.DEPARTMENT, unit) for unit in (UNIT, LEADER))
        told = records_page(shown, project)
    finally:
        with shown.store.write() as session:
            session.execute(delete(Remark))
            session.execute(delete(Request))
            session.delete(session.get_one(Evaluation, 2021))
    assert ("part=file" in own) == open_
    assert bool(re.search(r"세지 않은 기록 [0-9,]+건을 확인하고, 다르면 이의신청하세요", own)) == open_
    assert ("진행 중인 신청 1건" in own) == open_
    assert bool(re.search(r">이의신청 2021-1</a> · 데이터 분석 완료 · 접수", own)) == open_
    assert "이의신청 2021-2" not in own, "what was withdrawn is under way no more"
    assert "2021-1" not in other
    assert ("지금은 이의신청 기간이 아닙니다" in own) != open_
    beside = r' · <a href="requests\?year=2021&indicator=training_uptake&part=file&record=attendance%3A'
    assert bool(re.search(beside, told)) == open_
    assert ("이 지표에 이의신청" in told) == open_
    assert "데이터기반행정의 이해" in told, "attendance is told by its course"
    last_day = f"{Words('ko').due(days.ends_on)}까지"
    assert last_day in own
    assert ("3일 남았습니다" in own) == open_
    assert ("기간이 끝났습니다" in own) != open_
    assert "part=file" not in other


# How sure the place is ------------------------------------------------------------------------------------------------


def test_the_margins_and_what_changes_the_place_are_said_in_sentences(korean: Source) -> None:
    inputs = inputs_of(korean.reading)
    moved = moved_places(korean.reading, inputs)
    unit = next(row.unit_id for row in korean.reading.ranks.values() if row.rank == 3)
    far = margins(korean.reading, unit, overall=True)
    found = turns(korean.reading, inputs, moved, unit, overall=True)
    assert far is not None
    assert found is not None
    said = margin_sentence(korean, unit, far, overall=True)
    assert "3위입니다. 2위 교통정책과보다 3.52점 낮고 4위 농업기술센터보다 4.23점 높습니다." in said
    lines = turn_lines(korean, unit, far, found, overall=True)
    assert [line.text for line in lines] == [
        "어느 배점 하나를 끝까지 움직여도 전체 순위는 오르지 않습니다.",
        "데이터 분석 배점이 25에서 37로 오르면 전체 순위가 4위가 됩니다.",
    ]
    assert [line.moves for line in lines] == ["", "w:analysis=37"]


def test_no_distance_to_others_is_told_to_who_may_not_see_them(korean: Source) -> None:
    assert may_compare(korean)
    assert not may_compare(replace(korean, scope=only(LEADER)))


def turn_links(said: str) -> list[str]:
    return re.findall(r'href="(what_if[?][^"]*moves=[^"]*)"', said)


def test_who_may_move_rules_is_led_to_each_supposition_about_the_department(shown: People, project: Path) -> None:
    said = page(shown, project, Role.EVALUATOR, LEADER)
    assert "이 순위는 얼마나 확실하고, 무엇이 바꾸나" in said
    assert said.count("열에 아홉은") == 2
    links = [parse_qs(urlsplit(link).query) for link in turn_links(said)]
    assert links
    assert {link["unit"][0] for link in links} == {LEADER}
    assert {link.get("group", [""])[0] for link in links} <= {"", "support"}


def test_a_department_is_told_what_would_change_its_place_once_published_without_a_way_to_move_rules(
    shown: People, project: Path
) -> None:
    app: AppTest = shown.open(project / "dashboard/app/main.py", Role.DEPARTMENT, LEADER)
    app.query_params["unit"] = LEADER
    app.run()
    app.switch_page("../pages/department.py").run()
    said = unescape("\n".join(element.proto.body for element in app.get("html")))
    assert "0.96점 높습니다." in said
    assert not turn_links(said)


def test_before_publication_a_department_is_told_of_no_distance_to_another(
    shown: People, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.view.scope_of", lambda *_: only(LEADER))
    said = page(shown, project, Role.DEPARTMENT, LEADER)
    assert "결과가 공표된 뒤에 보여 드립니다." in said
    assert said.count("열에 아홉은") == 2
    assert "0.96점 높습니다" not in said
    assert "배점이" not in said.partition("무엇이 바꾸나")[2].partition("<h2")[0]
    assert not turn_links(said)


def test_a_value_stands_over_its_target(shown: People, project: Path) -> None:
    told = page(shown, project, Role.EVALUATOR, LEADER)
    assert re.search(r'>[0-9.]+건</span><span class="jp-small">목표 2건</span>', told)

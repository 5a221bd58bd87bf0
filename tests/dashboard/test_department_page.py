"""A department's way from its group's median, what lies ahead of it, its records and years; clicks lead in scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.charts.bridge import bridge_figure
from dashboard.charts.drawing import AXIS
from dashboard.following import clicked
from dashboard.frames.source import Source
from dashboard.frames.unit_ahead import grade_sentences, prospect_rows, told_rows, told_sentence, year_rows
from dashboard.frames.unit_bridge import BridgeFrame, BridgeRow, bridge_frame
from dashboard.shelf import RELEASES
from dashboard.theme import PALETTES
from dashboard.words import Words
from dashboard.workflow.tables.steps import Evaluation
from dashboard.workflow.windows import Window, plan
from etl.insight.bridge import bridge
from etl.insight.prospects import lowest_scores, next_grade
from etl.insight.standing import group_of
from etl.insight.told_records import reasons_not_counted, told_metrics
from etl.scoring.decimals import total
from etl.shown import SEOUL
from tests.dashboard.scopes import only
from tests.dashboard.signing_in import UNIT, People

LEADER = "0010030"
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
    lowest = lowest_scores(korean.reading)
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
    for unit in ("0010010", LEADER):
        own = replace(korean, scope=only(unit))
        assert grade_sentences(own, unit) == ["다음 등급까지 남은 점수는 결과가 공표된 뒤에 보여 드립니다."]


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


@pytest.fixture
def shown(people: People, releases: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.setenv(RELEASES, str(releases))
    return people


def test_the_page_answers_why_what_is_missing_and_what_to_do(shown: People, project: Path) -> None:
    said = page(shown, project, Role.EVALUATOR, LEADER)
    for heading in ("평가군 중앙값에서 이 점수까지", "다음에 할 일", "점수 뒤의 기록", "지난 결과", "교육과 역량"):
        assert f">{heading}</h2>" in said
    assert "이의신청하기" not in said


@pytest.mark.parametrize("open_", [True, False])
def test_an_appeal_is_offered_while_its_days_last_and_to_nobody_else(shown: People, project: Path, open_: bool) -> None:
    today = datetime.now(SEOUL).date()
    days = Window(today - timedelta(3), today + timedelta(3)) if open_ else Window(date(2000, 1, 1), date(2000, 1, 2))
    with shown.store.write() as session:
        session.add(Evaluation(year=2021, state=State.APPEALS.value, release=None, briefed_at=None, version=1))
        plan(session, 2021, State.APPEALS, days)
    try:
        own, other = (page(shown, project, Role.DEPARTMENT, unit) for unit in (UNIT, LEADER))
    finally:
        with shown.store.write() as session:
            session.delete(session.get_one(Evaluation, 2021))
    assert ("이의신청하기" in own) == open_
    assert ("지금은 이의신청 기간이 아닙니다" in own) != open_
    last_day = f"{Words('ko').due(days.ends_on)}까지"
    assert last_day in own
    assert ("3일 남았습니다" in own) == open_
    assert ("기간이 끝났습니다" in own) != open_
    assert "이의신청하기" not in other

"""The page of requests, from a department's appeal to the release it led to, and what it keeps from whom."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.desk.place import RECORDS as RECORDS_VARIABLE
from dashboard.frames.requests import record_named
from dashboard.shelf import RELEASES
from dashboard.words import Words
from dashboard.workflow.audit import Did
from dashboard.workflow.request_kinds import ToCorrection
from dashboard.workflow.requests import change_of
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.tables.steps import Evaluation
from dashboard.workflow.windows import Window, plan
from etl.release.folder import publish
from etl.shown import SEOUL, day
from tests.dashboard.desk import html, press, settled, text
from tests.dashboard.signing_in import People
from tests.golden.evaluation import RECORDS, evaluate_golden

OWN, OTHER = "U10", "U02"
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    evaluate_golden(folder)
    return folder


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    made = People(tmp_path / "state")
    made.use(monkeypatch)
    return made


@pytest.fixture
def open_page(project: Path, people: People, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the page as somebody, at an address; the evaluation is in its days of appeals."""
    records = shutil.copytree(RECORDS, tmp_path / "records")
    own_releases = shutil.copytree(releases, tmp_path / "releases")
    (name,) = (path.name for path in own_releases.glob("2021-*"))
    monkeypatch.setenv(RELEASES, str(own_releases))
    monkeypatch.setenv(RECORDS_VARIABLE, str(records))
    with people.store.write() as session:
        session.add(Evaluation(year=2021, state=State.APPEALS.value, release=name))
        plan(session, 2021, State.APPEALS, Window(today() - timedelta(days=1), today() + timedelta(days=1)))

    def open_(role: Role, unit_id: str | None = None, **query: str) -> AppTest:
        app = people.open(project / "dashboard/app/main.py", role, unit_id)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page("../pages/requests.py")
        return settled(app)

    return open_


def today() -> date:
    """In Seoul, when it is asked: tests may run over midnight."""
    return datetime.now(UTC).astimezone(SEOUL).date()


def fill(app: AppTest, widgets: Mapping[str, str]) -> AppTest:
    """Sets the widgets whose keys begin so; the page runs after each, for one may bring others."""
    for begins, value in widgets.items():
        every = [one for sort in (app.selectbox, app.text_area, app.text_input) for one in sort]
        next(one for one in every if one.key and one.key.startswith(begins)).set_value(value)
        app.run()
        assert not app.exception
    return app


def file(open_page: Open, words: str = "개방할 데이터가 없는 부서입니다.") -> tuple[AppTest, str]:
    app = open_page(Role.DEPARTMENT, OWN, part="file")
    fill(app, {"file-kind": "not_applicable", "file-indicator": "datasets", "file-text": words})
    press(app, "file-send")
    request_id = str(app.query_params["request"])
    assert len(request_id) == 32
    return app, request_id


def standing(app: AppTest, begins: str) -> Any:
    """What stands in the field whose key begins so."""
    every = [one for sort in (app.selectbox, app.text_area, app.text_input) for one in sort]
    return next(one.value for one in every if one.key and one.key.startswith(begins))


HALF_WRITTEN = {"file-kind": "not_applicable", "file-indicator": "datasets", "file-text": "쓰다 만 <b>글</b>"}


def test_a_request_half_written_in_one_language_is_written_on_in_the_other(open_page: Open) -> None:
    app = fill(open_page(Role.DEPARTMENT, OWN, part="file"), HALF_WRITTEN)
    app.query_params["lang"] = "en"
    app.run()
    told = [box for box in app.selectbox if box.key and box.key.startswith("file-")]
    assert told
    assert all(box.proto.set_value for box in told if box.value is not None)
    assert not any(re.search("[가-힣]", box.proto.raw_value) for box in told if box.key == "file-kind")
    fill(app, {"file-text": "half written"})
    again = open_page(Role.DEPARTMENT, OWN, part="file")
    assert {key: standing(again, key) for key in HALF_WRITTEN} == {**HALF_WRITTEN, "file-text": "half written"}


def test_a_request_half_written_stands_there_again_until_it_is_sent(open_page: Open) -> None:
    fill(open_page(Role.DEPARTMENT, OWN, part="file"), HALF_WRITTEN)
    app = open_page(Role.DEPARTMENT, OWN, part="file")
    assert {key: standing(app, key) for key in HALF_WRITTEN} == HALF_WRITTEN
    assert "쓰던 내용을 저장했습니다" in text(app)
    other = open_page(Role.DEPARTMENT, OTHER, part="file")
    assert not standing(other, "file-text")
    assert "쓰던 내용" not in text(other)
    press(app, "file-send")
    request_id = str(app.query_params["request"])
    assert not standing(open_page(Role.DEPARTMENT, OWN, part="file"), "file-text")
    fill(app, {"edit-": "고쳐 쓰는 글"})
    app = open_page(Role.DEPARTMENT, OWN, request=request_id)
    assert standing(app, "edit-") == "고쳐 쓰는 글"
    press(app, "edit-save")
    assert "쓰던 내용" not in text(open_page(Role.DEPARTMENT, OWN, request=request_id))


def test_a_request_half_written_is_cleared_only_after_it_was_asked_again(open_page: Open) -> None:
    app = fill(open_page(Role.DEPARTMENT, OWN, part="file"), HALF_WRITTEN)
    press(app, "drop-file 2021")
    press(app, "drop-file 2021-no")
    assert standing(app, "file-text") == HALF_WRITTEN["file-text"]
    press(app, "drop-file 2021")
    press(app, "drop-file 2021-yes")
    assert not standing(app, "file-text")
    assert "쓰던 내용" not in text(app)
    assert not standing(open_page(Role.DEPARTMENT, OWN, part="file"), "file-text")


def test_an_answer_half_written_stands_there_again(open_page: Open) -> None:
    _, request_id = file(open_page)
    fill(
        open_page(Role.EVALUATOR, request=request_id), {"answer-text": "살펴보는 중", f"answer-{request_id}": "refused"}
    )
    app = open_page(Role.EVALUATOR, request=request_id)
    assert standing(app, "answer-text") == "살펴보는 중"
    assert standing(app, f"answer-{request_id}") == "refused"
    assert "살펴보는 중" not in text(open_page(Role.DEPARTMENT, OWN, request=request_id))


def test_after_a_file_that_was_refused_the_picker_takes_the_next_one(open_page: Open) -> None:
    app, _ = file(open_page)
    app.file_uploader[0].set_value(("근거.exe", b"MZ", "application/octet-stream"))
    app.run()
    refused = text(app)
    assert "증빙을 붙였습니다" not in refused
    assert "pdf" in refused
    picker = app.file_uploader[0]
    assert picker.value is None
    picker.set_value(("근거.txt", "결재문서".encode(), "text/plain"))
    app.run()
    assert "증빙을 붙였습니다" in text(app)
    assert "근거.txt" in text(app)
    assert len(re.findall(r'href="evidence/', html(app))) == 1
    assert re.search(r"B · 지문\(SHA-256\) [0-9a-f]{12}…", html(app))


def test_a_text_that_is_too_long_is_refused_with_its_length_and_stays(open_page: Open) -> None:
    app = open_page(Role.DEPARTMENT, OWN, part="file")
    app.text_area(key="file-text").set_value("가" * 6000)
    press(app, "file-send")
    assert "내용이 6,000자입니다. 4,000자까지 쓸 수 있으니" in text(app)
    assert app.text_area(key="file-text").value == "가" * 6000
    assert "(4,000자까지)" in app.text_area(key="file-text").label
    assert len(standing(open_page(Role.DEPARTMENT, OWN, part="file"), "file-text")) == 6000


def test_a_request_goes_from_its_department_to_the_release_it_led_to(
    open_page: Open, people: People, tmp_path: Path
) -> None:
    app, request_id = file(open_page)
    assert "신청했습니다" in text(app)
    assert "1일 남았습니다" in text(app)
    app.file_uploader[0].set_value(("근거.txt", "결재문서".encode(), "text/plain"))
    app.run()
    assert "증빙을 붙였습니다" in text(app)
    assert re.search(r'href="evidence/[0-9a-f]{32}"', html(app))

    app = open_page(Role.EVALUATOR, request=request_id)
    fill(app, {"answer-text": "업무분장을 확인함", f"answer-{request_id}": "upheld"})
    reason = next(one for one in app.text_input if one.key and one.key.endswith("-reason"))
    reason.set_value("개방 대상 데이터 없음")
    press(app, "answer-save")
    assert "답변을 저장했습니다" in text(app)

    app = open_page(Role.APPROVER, request=request_id)
    assert "먼저 모든 부서에 미치는 영향을 계산하세요" in text(app)
    choice = next(one for one in app.selectbox if one.key and one.key.startswith("decide-"))
    assert choice.options == ["받아들이지 않음", "다시 검토하게 돌려보냄"]
    press(app, "begin-try")
    shown = text(app)
    assert "영향을 계산했습니다" in shown
    assert "8개 부서 가운데" in shown
    assert "가람읍 (U10)" in shown
    fill(app, {"decide-": "upheld", "met-": day(today(), "ko"), "gist-": "원안대로 받아들임"})
    press(app, "decide-save")
    press(app, "decide-save-yes")
    assert "결정을 저장했습니다" in text(app)

    app = open_page(Role.EVALUATOR, request=request_id)
    press(app, "begin-carry_out")
    assert "새 공개본을 만들었습니다" in text(app)
    with people.store.read() as session:
        request = session.get(Request, request_id)
    assert request is not None
    assert request.led_to is not None
    assert (tmp_path / "releases" / request.led_to / "manifest.json").is_file()
    assert "해당없음 신청 2021-1" in (tmp_path / "records/not_applicable.csv").read_text(encoding="utf-8")

    app = open_page(Role.DEPARTMENT, OWN, request=request_id)
    shown = text(app)
    assert request.led_to in shown
    assert "원안대로 받아들임" in shown
    assert "모든 부서에 미치는 영향" not in shown
    assert "민원과" not in shown
    assert "evaluator" not in shown
    assert not [one for one in app.button if one.key in ("edit-save", "withdraw-save", "answer-save", "decide-save")]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, "판단을 고르고 회의 일자를"),
        ({"decide-": "refused", "met-": "어제", "gist-": "기준과 같음"}, "판단을 고르고 회의 일자를"),
        ({"decide-": "refused", "met-": "2020. 1. 2.", "gist-": "기준과 같음"}, "회의 일자는 신청일"),
        ({"decide-": "returned"}, "내용을 적으세요"),
    ],
    ids=["nothing", "no day", "a day before it was filed", "sent back without a word"],
)
def test_what_a_decision_lacks_is_told_before_anybody_is_asked_whether_they_are_sure(
    open_page: Open, written: Mapping[str, str], told: str
) -> None:
    _, request_id = file(open_page)
    app = open_page(Role.EVALUATOR, request=request_id)
    fill(app, {"answer-text": "업무분장을 확인함", f"answer-{request_id}": "refused"})
    press(app, "answer-save")
    app = fill(open_page(Role.APPROVER, request=request_id), written)
    press(app, "decide-save")
    assert told in text(app)
    assert not [one for one in app.button if one.key == "decide-save-yes"]
    fill(app, {"decide-": "refused", "met-": day(today(), "ko"), "gist-": "기준과 같음"})
    press(app, "decide-save")
    press(app, "decide-save-yes")
    assert "결정을 저장했습니다" in text(app)


def test_an_appeal_chooses_among_the_departments_own_records_behind_its_indicator(
    open_page: Open, people: People
) -> None:
    app = open_page(Role.DEPARTMENT, OTHER, part="file")
    fill(app, {"file-kind": "appeal", "file-indicator": "analyses", "file-text": "12월에 끝났습니다."})
    which = next(one for one in app.selectbox if one.key == "file-which-appeal-analyses")
    assert which.options == [
        "체납 예측 분석 · 2020. 11. 30. · 분석과제 P-09 · 세지 않음: 평가 기간 밖",
        "버스 정류장 수요 분석 · 2021. 4. 30. · 분석과제 P-01",
        "민원 문서 분석 · 2021. 5. 31. · 분석과제 P-02",
    ]
    assert "빠진 기록이 있으면 고르지 말고" in text(app)
    which.set_value("analyses:P-09")
    press(app, "file-send")
    with people.store.read() as session:
        request = session.get_one(Request, str(app.query_params["request"]))
    assert (request.indicator, request.record_kind, request.record_id) == ("analyses", "analyses", "P-09")


def test_a_record_whose_numbers_are_people_shows_its_course_and_day_and_the_log_keeps_that_it_was_shown(
    open_page: Open, people: People
) -> None:
    app = open_page(Role.DEPARTMENT, OWN, part="file")
    with people.store.read() as session:
        assert Did.RECORDS_SEEN not in session.scalars(select(AuditEntry.action)).all()
    fill(app, {"file-kind": "appeal", "file-indicator": "uptake"})
    (course, _) = next(one.options for one in app.selectbox if one.key == "file-which-appeal-uptake")
    assert course == "데이터 기초 · 2021. 3. 11. · 교육 이수 S-01/p00000000"
    with people.store.read() as session:
        assert Did.RECORDS_SEEN in session.scalars(select(AuditEntry.action)).all()


def test_recognition_is_asked_for_a_record_of_ones_own(open_page: Open) -> None:
    app = open_page(Role.DEPARTMENT, OWN, part="file")
    fill(app, {"file-kind": "recognition", "file-text": "다시 심의해 주십시오."})
    which = next(one for one in app.selectbox if one.key == "file-which-recognition")
    assert len(which.options) == 3
    press(app, "file-send")
    assert "무엇에 대한 신청인지 고르세요" in text(app)
    next(one for one in app.selectbox if one.key == "file-which-recognition").set_value("policies:Q-05")
    press(app, "file-send")
    assert "직거래" not in text(app)
    assert "Q-05" in text(app)


def test_a_link_from_a_record_begins_the_appeal_with_it_and_is_no_draft_before_something_is_written(
    open_page: Open,
) -> None:
    link = {"part": "file", "indicator": "analyses", "record": "analyses:P-09"}
    app = open_page(Role.DEPARTMENT, OTHER, **link)
    assert standing(app, "file-indicator") == "analyses"
    assert standing(app, "file-which") == "analyses:P-09"
    assert "쓰던 내용" not in text(app)
    fill(app, {"file-text": "다릅니다."})
    app = open_page(Role.DEPARTMENT, OTHER, part="file")
    assert standing(app, "file-which") == "analyses:P-09", "what the link said is kept with what was written"
    assert not standing(open_page(Role.DEPARTMENT, OWN, **link), "file-which"), "another department's record is none"


def test_a_request_leads_to_its_department_and_its_indicator(open_page: Open) -> None:
    request_id = appeal(open_page)
    for role, unit in ((Role.DEPARTMENT, OWN), (Role.EVALUATOR, None)):
        shown = html(open_page(role, unit, request=request_id))
        assert f'href="department?year=2021&amp;unit={OWN}"' in shown
        assert f'href="indicator?year=2021&amp;unit={OWN}&amp;indicator=datasets"' in shown


def appeal(open_page: Open) -> str:
    """Files an appeal about the datasets of a department; the request's id."""
    app = open_page(Role.DEPARTMENT, OWN, part="file")
    fill(app, {"file-kind": "appeal", "file-indicator": "datasets", "file-text": "개방일이 다릅니다."})
    press(app, "file-send")
    return str(app.query_params["request"])


def correct(app: AppTest, request_id: str, cells: Mapping[str, str]) -> None:
    """Upholds it with a correction of a date that is named by file and row, unsent."""
    fill(app, {f"answer-{request_id}": "upheld", "becomes-": "correction"})
    named(app.selectbox, "-record_kind").set_value("datasets")
    app.run()
    named(app.radio, "-place").set_value(True)
    app.run()
    for cell, value in cells.items():
        named(app.text_input, cell).set_value(value)
    named(app.selectbox, "-column").set_value("opened_on")
    app.run()


def test_a_correction_names_its_record_by_file_and_row_where_the_answer_says_so(
    open_page: Open, people: People
) -> None:
    request_id = appeal(open_page)
    app = open_page(Role.EVALUATOR, request=request_id)
    fill(app, {"answer-text": "기록을 확인함"})
    correct(app, request_id, {"-row": "2", "-before": "2021-02-01", "-after": "2020-02-01", "-reason": "오기"})
    press(app, "answer-save")
    assert "답변을 저장했습니다" in text(app)
    assert "2행" in text(app)
    with people.store.read() as session:
        change = change_of(session.get_one(Request, request_id))
    assert isinstance(change, ToCorrection)
    assert (change.key, change.row, change.column, change.after) == (None, 2, "opened_on", "2020-02-01")


def test_a_correction_half_written_stands_there_again_and_another_kind_of_record_begins_empty(open_page: Open) -> None:
    request_id = appeal(open_page)
    typed = {"-row": "2", "-before": "=1+1", "-after": " 2020-02-01 ", "-reason": "오기"}
    correct(open_page(Role.EVALUATOR, request=request_id), request_id, typed)
    app = open_page(Role.EVALUATOR, request=request_id)
    assert standing(app, "becomes-") == "correction"
    assert named(app.radio, "-place").value is True
    assert {cell: named(app.text_input, cell).value for cell in typed} == typed
    assert named(app.selectbox, "-column").value == "opened_on"
    named(app.selectbox, "-record_kind").set_value("analyses")
    app.run()
    assert not named(app.text_input, "-before").value


def named(widgets: Iterable[Any], ending: str) -> Any:
    return next(one for one in widgets if one.key and one.key.endswith(ending))


HOSTILE = ["<script>alert(1)</script>", "=HYPERLINK(1)", "가" * 300, "שלום **bold** [a](b) $x$", "🐉 :red[x]"]


def test_hostile_words_are_shown_as_they_are(open_page: Open) -> None:
    app, request_id = file(open_page, "\n".join(HOSTILE))
    app = open_page(Role.EVALUATOR, request=request_id, lang="en")
    assert "<script>" not in html(app)
    for words in HOSTILE:
        assert words in text(app)
    assert "Filed" in text(app)
    assert not app.markdown


@pytest.mark.parametrize(
    ("role", "unit", "said"),
    [
        (Role.DEPARTMENT, OTHER, "그 신청이 없습니다"),
        (Role.EXECUTIVE, None, "볼 수 없는 화면입니다"),
        (Role.ADMINISTRATOR, None, "볼 수 없는 화면입니다"),
    ],
)
def test_whoever_may_not_see_a_request_sees_nothing_of_it(
    open_page: Open, role: Role, unit: str | None, said: str
) -> None:
    _, request_id = file(open_page, "카나리아-7391")
    for query in ({"request": request_id}, {}, {"unit": OWN}):
        shown = html(open_page(role, unit, **query))
        assert "카나리아-7391" not in shown
        assert "가람읍" not in shown
        if "request" in query or unit is None:
            assert said in shown


def test_the_auditor_reads_and_changes_nothing(open_page: Open) -> None:
    _, request_id = file(open_page)
    app = open_page(Role.AUDITOR, request=request_id)
    assert "개방할 데이터가 없는 부서입니다." in text(app)
    assert not [one for one in app.button if one.key]
    assert not app.text_area
    assert not app.file_uploader


def test_a_form_that_was_open_when_the_days_ended_is_refused(open_page: Open, people: People) -> None:
    app = open_page(Role.DEPARTMENT, OWN, part="file")
    fill(app, {"file-kind": "not_applicable", "file-indicator": "datasets", "file-text": "늦은 신청"})
    with people.store.write() as session:
        evaluation = session.get(Evaluation, 2021)
        assert evaluation is not None
        evaluation.state = State.REVIEW.value
    press(app, "file-send")
    assert "지금은 신청할 수 있는 것이 없습니다" in text(app)
    assert "아직 신청이 없습니다" in text(open_page(Role.DEPARTMENT, OWN))


def test_of_two_who_answer_at_once_the_second_is_told_and_nothing_is_lost(open_page: Open, people: People) -> None:
    _, request_id = file(open_page)
    first, second = (open_page(Role.EVALUATOR, request=request_id) for _ in range(2))
    for app, words in ((first, "먼저"), (second, "나중")):
        fill(app, {f"answer-{request_id}": "refused", "answer-text": words})
    press(first, "answer-save")
    press(second, "answer-save")
    assert "다른 사람이 이 신청을 바꾸었습니다" in text(second)
    assert said(people, request_id) == ["개방할 데이터가 없는 부서입니다.", "먼저"]
    # What the second one wrote is still there, and may now be saved knowingly.
    press(second, "answer-save")
    assert said(people, request_id) == ["개방할 데이터가 없는 부서입니다.", "먼저", "나중"]


def said(people: People, request_id: str) -> list[str]:
    with people.store.read() as session:
        request = session.get(Request, request_id)
        assert request is not None
        return [remark.text for remark in request.remarks]


def test_the_list_is_narrowed_by_kind_and_state(open_page: Open) -> None:
    file(open_page)
    assert "신청 1건 가운데 1건" in text(open_page(Role.EVALUATOR, state="filed", kind="not_applicable"))
    assert "신청 1건 가운데 0건" in text(open_page(Role.EVALUATOR, state="decided"))
    assert "신청 1건 가운데 0건" in text(open_page(Role.EVALUATOR, kind="appeal"))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_year_published_without_steps_says_that_nothing_is_taken(
    open_page: Open, people: People, lang: str, tmp_path: Path
) -> None:
    (release,) = (tmp_path / "releases").glob("2021-*")
    publish(release)
    with people.store.write() as session:
        session.delete(session.get_one(Evaluation, 2021))
    said = {"ko": "2021년 결과는 이미 공표되었고", "en": "result of 2021 is published"}[lang]
    for app in (
        open_page(Role.DEPARTMENT, OWN, year="2021", lang=lang),
        open_page(Role.DEPARTMENT, OWN, year="2021", lang=lang, part="file"),
        open_page(Role.EVALUATOR, year="2021", lang=lang).switch_page("../pages/panel.py").run(),
    ):
        shown = text(settled(app))
        assert said in shown
        assert "자료 수집" not in shown
        assert "collecting" not in shown
        assert not [one.key for one in app.button if one.key in ("file-send", "panel-open")]
    app = open_page(Role.DEPARTMENT, OWN, year="2021", lang=lang)
    assert "part=file" not in html(app)


def test_a_record_whose_number_begins_with_its_kind_is_not_named_twice() -> None:
    korean, english = Words("ko"), Words("en")
    assert record_named("awards", "수상-2021-06", korean) == "수상-2021-06"
    assert record_named("awards", "수상-2021-06", english) == "수상-2021-06 (Awards)"
    assert record_named("awards", "2021-06", korean) == "수상 2021-06"

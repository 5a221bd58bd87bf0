"""The page of the steps: what each role sees and may do at each step, and an evaluation moved by clicks alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.desk.place import RECORDS
from dashboard.frames.steps import duties
from dashboard.words import WORDS, Words
from dashboard.workflow.audit import Did
from dashboard.workflow.moves import steps_from
from dashboard.workflow.releases import check_release
from dashboard.workflow.steps import superseded_by
from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.drafts import Draft
from dashboard.workflow.windows import plan
from dashboard.workflow.year import stand_of
from etl.release.folder import publish, published
from tests.dashboard.desk import html, press, text
from tests.dashboard.progress import YEAR, Progress, dataset_rules, keys, twice
from tests.workflow.stepping import AFTER, APPEALS, DURING, rules

pytestmark = pytest.mark.slow

HANGUL = re.compile("[가-힣]")
STAFF = (Role.EVALUATOR, Role.APPROVER, Role.AUDITOR)
BINDING = {"approve", "refuse", "propose", "plan", "brief", "evaluate", "withdraw", "rules-propose"}


@pytest.fixture
def progress(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Progress:
    """A year of its own."""
    return Progress(project, tmp_path, monkeypatch)


def load_rules(app: AppTest, written: bytes) -> AppTest:
    app.file_uploader[0].set_value(("rulebook.toml", written, "application/octet-stream"))
    app.run()
    assert not app.exception
    return app


def binding(app: AppTest) -> set[str]:
    """What a page lets its reader do."""
    return {word for word in BINDING for key in keys(app) if key == word or key.startswith(f"{word}-")}


# What is seen --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_before_any_rulebook_it_says_who_opens_an_evaluation(progress: Progress, role: Role) -> None:
    app = progress.open(role)
    assert "아직 열린 평가가 없습니다" in text(app)
    assert bool(app.file_uploader) == (role is Role.EVALUATOR)


def test_a_stranger_sees_nothing_of_it_even_where_the_pages_file_is_run_alone(progress: Progress) -> None:
    progress.year.open()
    app = AppTest.from_file(str(progress.script.parent.parent / "pages/steps.py"), default_timeout=60).run()
    assert not app.exception
    assert "jp-state" in html(app)
    assert "여섯 단계" not in text(app)


@pytest.mark.parametrize("state", State)
def test_everybody_sees_the_step_and_its_days_and_only_staff_reasons_and_people(
    progress: Progress, state: State
) -> None:
    progress.year.open().walk_to(state)
    step = steps_from(state)[0]
    release = progress.year.release("b" if step.names_release else "a")
    moment = AFTER if state is State.APPEALS else DURING
    progress.year.propose(step.after, release, moment, reason="reason seen by few")
    for role in Role:
        app = progress.open(role, lang="en")
        shown = text(app)
        assert "The six steps" in shown
        assert "10 March 2026 to 16 March 2026" in shown
        assert ("✓ done" if state is State.PUBLISHED else "▶ now") in shown
        is_staff = role in STAFF
        assert ("History" in shown) == is_staff
        assert ("reason seen by few" in shown) == is_staff
        assert is_staff or not re.search(r"2021-[0-9a-f]{12}", shown)
        assert is_staff or not binding(app)
        assert is_staff or not HANGUL.search(shown.replace("한국어", ""))


def test_each_role_has_its_forms(progress: Progress) -> None:
    progress.year.open().walk_to(State.PROVISIONAL)
    assert binding(progress.open(Role.APPROVER)) == {"brief"}
    assert binding(progress.open(Role.AUDITOR)) == set()
    assert "evaluate" in binding(progress.open(Role.EVALUATOR))
    progress.year.propose(State.APPEALS)
    assert {"approve", "refuse"} <= binding(progress.open(Role.APPROVER))
    assert binding(progress.open(Role.AUDITOR)) == set()
    assert not {"approve", "refuse", "withdraw"} & binding(progress.open(Role.EVALUATOR))  # somebody else's proposal


def test_what_is_lacking_and_overdue_is_said_in_words(progress: Progress) -> None:
    progress.year.open().walk_to(State.APPEALS)
    shown = text(progress.open(Role.DEPARTMENT))
    assert re.search(r"기한이 [0-9,]+일 지났습니다", shown)
    assert "이의신청 마지막 날이 한국 시간으로 지나야 합니다." in shown
    assert "✓ 갖춤" in shown
    assert "평가 담당자: 이의신청 기간이 끝나면 검토 단계를 제안하세요." in shown


def test_what_must_hold_is_a_demand_and_a_step_to_come_is_not_told_as_past() -> None:
    korean = {key: said["ko"] for key, said in WORDS.items()}
    for key, said in korean.items():
        if key.startswith("steps.need.") and key != "steps.need.two":
            assert "야 합니다." in said, key
        if key.startswith("steps.what."):
            assert "했습니다" not in said, key


def test_a_department_is_told_of_its_days_of_appeals_whatever_is_proposed_meanwhile(progress: Progress) -> None:
    progress.year.open().walk_to(State.APPEALS)
    progress.year.propose(State.PROVISIONAL, reason="다시 알린 뒤 열려고 합니다")
    with progress.reading() as session:
        standing = stand_of(session, YEAR)
    for moment, said in {
        DURING: "부서 담당자: 결과를 확인하고, 다르면 2026. 3. 16.(월)까지 이의를 신청하세요.",
        DURING - timedelta(days=30): "부서 담당자: 결과를 확인하고, 다르면 2026. 3. 10.부터 2026. 3. 16.(월)까지",
        AFTER: "결재자: '이의신청 되돌리기(잠정 결과로)' 제안을 보고 승인하거나 반려하세요.",
    }.items():
        first, *others = duties(replace(standing, now=moment), Words("ko"))
        assert first.startswith(said)
        assert len(others) == (0 if moment is AFTER else 1)


def test_hostile_reasons_are_shown_as_text(progress: Progress) -> None:
    progress.year.open()
    progress.year.propose(State.PROVISIONAL, progress.year.release(), reason="<script>alert(1)</script>")
    app = progress.open(Role.APPROVER)
    assert "<script>alert(1)</script>" in text(app)
    assert "<script>" not in "".join(element.proto.body for element in app.get("html"))


# What is done --------------------------------------------------------------------------------------------------------


def test_a_rulebook_is_proposed_approved_and_evaluated_and_its_release_frozen_by_clicks(progress: Progress) -> None:
    evaluator = load_rules(progress.open(Role.EVALUATOR), dataset_rules())
    evaluator.text_area(key="rules-reason").set_value("2021년 평가계획")
    twice(evaluator, "rules-propose")
    assert "제안했습니다" in text(evaluator)
    assert "규칙이 승인된 뒤에 평가할 수 있습니다" in text(evaluator)
    approver = progress.open(Role.APPROVER)
    assert "2021년 자료는 이 규칙으로만 평가합니다" in text(press(approver, f"approve-rulebook-{YEAR}-1"))
    press(approver, "act-confirm")
    evaluator = press(progress.open(Role.EVALUATOR), "evaluate")
    assert "반려 0개, 보류 0개" in text(evaluator)
    evaluator.selectbox(key=f"move-{YEAR}-collecting").select("collecting.provisional").run()
    release = evaluator.selectbox(key=f"release-{YEAR}-collecting-provisional").options[0]
    evaluator.selectbox(key=f"release-{YEAR}-collecting-provisional").select(release).run()
    twice(evaluator, "propose")
    assert Did.MOVED not in progress.log
    twice(progress.open(Role.APPROVER), "approve-move-1")
    assert progress.state is State.PROVISIONAL
    assert release in text(progress.open(Role.AUDITOR))
    told = [Did.RULEBOOK_PROPOSED, Did.RULEBOOK_APPROVED, Did.EVALUATED, Did.MOVE_PROPOSED, Did.MOVED]
    assert [did for did in progress.log if did in set(told)] == told


def test_changed_rules_show_what_they_change_for_whom_before_they_are_proposed(progress: Progress) -> None:
    _approved(progress)
    press(progress.open(Role.EVALUATOR), "evaluate")
    evaluator = load_rules(progress.open(Role.EVALUATOR), dataset_rules(weight=2))
    assert "rules-propose" not in keys(evaluator)
    press(evaluator, "rules-compare")
    shown = text(evaluator)
    assert "2개 부서의 점수, 순위나 등급이 달라집니다." in shown
    assert re.search(r"스마트도시과\s+2 → 4", shown)
    evaluator.text_area(key="rules-reason").set_value("배점을 바로잡음")
    twice(evaluator, "rules-propose")
    assert re.search(r"스마트도시과\s+2 → 4", text(progress.open(Role.APPROVER)))


def test_once_a_year_is_published_the_next_one_is_opened_and_its_own_rules_stay(progress: Progress) -> None:
    progress.year.open().walk_to(State.PUBLISHED)

    def propose(year: int) -> str:
        app = load_rules(progress.open(Role.EVALUATOR, year=str(YEAR)), rules(year, weight=2))
        app.text_area(key="rules-reason").set_value("평가계획")
        return text(twice(app, "rules-propose"))

    assert "제안했습니다" in propose(YEAR + 1)
    assert "권한이 없습니다" in propose(YEAR)
    assert f"{YEAR + 1}년 평가 · 자료 수집" in text(progress.open(Role.DEPARTMENT))
    assert f"{YEAR}년 평가 · 공표" in text(progress.open(Role.DEPARTMENT, year=str(YEAR)))


def test_a_rulebook_with_faults_is_told_with_its_lines_and_not_proposed(progress: Progress) -> None:
    app = load_rules(progress.open(Role.EVALUATOR), dataset_rules().replace(b"raw", b"row"))
    assert re.search(r"rulebook\.toml, \d+번째 줄", text(app))
    assert "rules-propose" not in keys(app)
    assert press(app, "rules-forget").file_uploader


def test_rules_begun_with_stand_there_again_after_a_reload_until_they_are_let_go(progress: Progress) -> None:
    evaluator = load_rules(progress.open(Role.EVALUATOR), dataset_rules())
    evaluator.text_area(key="rules-reason").set_value("평가계획").run()
    again = progress.open(Role.EVALUATOR)
    assert "시험 규칙" in text(again)
    assert "쓰던 내용을 저장했습니다" in text(again)
    assert again.text_area(key="rules-reason").value == "평가계획"
    assert press(again, "rules-forget").file_uploader
    assert progress.open(Role.EVALUATOR).file_uploader
    load_rules(again, dataset_rules())
    press(press(again, "drop-rules"), "drop-rules-yes")
    assert progress.open(Role.EVALUATOR).file_uploader
    load_rules(again, dataset_rules())
    again.text_area(key="rules-reason").set_value("평가계획")
    twice(again, "rules-propose")
    with progress.reading() as session:
        assert not session.scalars(select(Draft)).all()


def test_a_correction_is_published_and_the_old_release_is_marked_with_the_reason(progress: Progress) -> None:
    _approved(progress)
    press(progress.open(Role.EVALUATOR), "evaluate")
    (first,) = (path.name for path in progress.releases.glob("2021-*"))
    _to_published(progress, first)
    rows = progress.records / "데이터셋.csv"
    rows.write_bytes(rows.read_bytes() + "4,일자리경제과,채용,2021-06-01\n".encode("cp949"))
    evaluator = press(progress.open(Role.EVALUATOR), "evaluate")
    (second,) = (path.name for path in progress.releases.glob("2021-*") if path.name != first)
    evaluator.selectbox(key=f"move-{YEAR}-published").select("published.published").run()
    evaluator.selectbox(key=f"release-{YEAR}-published-published").select(second).run()
    assert re.search(r"일자리경제과\s+0 → 1", text(evaluator))
    evaluator.text_area(key=f"reason-{YEAR}-published-published").set_value("채용 데이터셋이 빠져 있었습니다").run()
    twice(evaluator, "propose")
    assert [pointer.release for pointer in published(progress.releases)] == [first]
    twice(progress.open(Role.APPROVER), "approve-move-6")
    assert [pointer.release for pointer in published(progress.releases)] == [second]
    with progress.reading() as session:
        assert superseded_by(session, first) == second
    shown = text(progress.open(Role.AUDITOR))
    assert f"{second}로 대체됨: 채용 데이터셋이 빠져 있었습니다" in re.sub(r"(\w)(으로|로) 대체", r"\1로 대체", shown)


def _approved(progress: Progress) -> None:
    """The rules of datasets in force, proposed and approved by the people of the page."""
    evaluator = load_rules(progress.open(Role.EVALUATOR), dataset_rules())
    evaluator.text_area(key="rules-reason").set_value("평가계획")
    twice(evaluator, "rules-propose")
    twice(progress.open(Role.APPROVER), f"approve-rulebook-{YEAR}-1")


def _to_published(progress: Progress, release: str) -> None:
    with progress.people.store.write() as session:
        plan(session, YEAR, State.APPEALS, APPEALS)
    checked = check_release(progress.releases / release)
    for state in list(State)[1:]:
        progress.year.move(state, None if state in (State.APPEALS, State.REVIEW) else checked)


def test_a_release_that_was_changed_is_not_frozen(progress: Progress) -> None:
    _approved(progress)
    evaluator = press(progress.open(Role.EVALUATOR), "evaluate")
    (release,) = progress.releases.glob("2021-*")
    evaluator.selectbox(key=f"move-{YEAR}-collecting").select("collecting.provisional").run()
    evaluator.selectbox(key=f"release-{YEAR}-collecting-provisional").select(release.name).run()
    with (release / "scores.csv").open("a") as stream:
        stream.write("X,1,0,0,1,1,1,true,\n")
    assert "파일이 봉인된 뒤 바뀌었습니다" in text(twice(evaluator, "propose"))
    assert Did.MOVE_PROPOSED not in progress.log


# Two clicks, two people, two tabs ------------------------------------------------------------------------------------


def test_nothing_happens_before_the_second_click(progress: Progress) -> None:
    progress.year.open()
    progress.year.propose(State.PROVISIONAL, progress.year.release())
    app = press(progress.open(Role.APPROVER), "refuse-move-1")
    assert "반려합니다. 평가는 지금 그대로입니다." in text(app)
    assert keys(app) >= {"act-confirm", "act-cancel"}
    press(app, "act-cancel")
    assert Did.MOVE_REFUSED not in progress.log
    assert "사유가 없습니다" in text(twice(app, "refuse-move-1"))
    app.text_area(key="reason-move-1").set_value("자료를 더 모으세요")
    press(app, "refuse-move-1")
    press(app, "act-cancel")
    assert app.text_area(key="reason-move-1").value == "자료를 더 모으세요", "no loses nothing that was typed"
    twice(app, "refuse-move-1")
    assert progress.log[-1] == Did.MOVE_REFUSED


def test_of_two_tabs_the_second_is_told_that_somebody_was_faster(progress: Progress) -> None:
    progress.year.open()
    progress.year.propose(State.PROVISIONAL, progress.year.release())
    tabs = [progress.open(Role.APPROVER) for _ in range(2)]
    for app in tabs:
        app.text_area(key="reason-move-1").set_value("자료를 더 모으세요")
        press(app, "refuse-move-1")
    assert "반려했습니다" in text(press(tabs[0], "act-confirm"))
    assert "다른 사람이 먼저 바꾸었습니다" in text(press(tabs[1], "act-confirm"))
    assert progress.log.count(Did.MOVE_REFUSED) == 1


def test_days_are_planned_and_a_page_that_showed_older_ones_is_told(progress: Progress) -> None:
    progress.year.open()
    tabs = [progress.open(Role.EVALUATOR) for _ in range(2)]
    for app in tabs:
        app.selectbox(key=f"plan-{YEAR}").select(State.REVIEW).run()
        app.text_input(key=f"plan-{YEAR}-review-begins").set_value("2026. 4. 1.")
        app.text_input(key=f"plan-{YEAR}-review-ends").set_value("2026-04-10")
        app.text_area(key=f"plan-{YEAR}-review-reason").set_value("연휴").run()
        press(app, "plan")
    assert "2026. 4. 1. ~ 2026. 4. 10." in text(press(tabs[0], "act-confirm"))
    assert "다른 사람이 먼저 바꾸었습니다" in text(press(tabs[1], "act-confirm"))


def test_a_person_whose_role_changed_since_the_page_was_drawn_does_nothing(progress: Progress) -> None:
    progress.year.open()
    progress.year.propose(State.PROVISIONAL, progress.year.release())
    app = progress.open(Role.APPROVER)
    app.text_area(key="reason-move-1").set_value("사유")
    press(app, "refuse-move-1")
    person = progress.actor(Role.APPROVER).person
    assert person is not None
    with progress.people.store.write() as session:
        session.get_one(Account, person.account_id).role = Role.EXECUTIVE.value
    assert "권한이 없습니다" in text(press(app, "act-confirm"))
    assert progress.log[-1] == Did.REFUSED
    assert not binding(app)


def test_executives_are_briefed_and_that_is_taken_back(progress: Progress) -> None:
    progress.year.open().walk_to(State.PROVISIONAL)
    app = progress.open(Role.APPROVER)
    twice(app, "brief")
    assert "부터 기관장·실국장이 확정 전 결과를 볼 수 있습니다." in text(app)
    twice(app, "brief")
    assert progress.log[-2:] == [Did.EXECUTIVES_BRIEFED, Did.BRIEFING_ENDED]


def test_without_a_folder_of_records_evaluating_says_how_to_name_one(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress.year.open()
    monkeypatch.delenv(RECORDS)
    app = progress.open(Role.EVALUATOR)
    assert RECORDS in text(app)
    assert "evaluate" not in keys(app)


def test_an_author_withdraws_their_own_proposal(progress: Progress) -> None:
    app = load_rules(progress.open(Role.EVALUATOR), rules(YEAR))
    app.text_area(key="rules-reason").set_value("평가계획")
    twice(app, "rules-propose")
    twice(app, f"withdraw-rulebook-{YEAR}-1")
    assert "제안을 거두었습니다" in text(app)
    assert progress.log[-1] == Did.RULEBOOK_WITHDRAWN


def test_a_year_published_without_steps_is_told_from_one_that_was_never_evaluated(progress: Progress) -> None:
    progress.year.open()
    folder = progress.releases / f"{YEAR - 1}-{'a' * 12}"
    folder.mkdir()
    (folder / "SHA256SUMS").write_text("a")
    publish(folder)
    said = text(progress.open(Role.DEPARTMENT, year=str(YEAR - 1)))
    assert f"{YEAR - 1}년 결과는 공표되었지만 평가 단계를 거치지 않아" in said
    assert "열리지 않았습니다" not in said
    assert f"{YEAR - 2}년 평가는 열리지 않았습니다" in text(progress.open(Role.DEPARTMENT, year=str(YEAR - 2)))

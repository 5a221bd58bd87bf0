"""The page of the audit log: auditors alone read it, are told whether it holds, and leave a trace themselves."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
import rfc8785
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.access import Role
from dashboard.frames.audit import Names, shown
from dashboard.shelf import RELEASES
from dashboard.words import WORDS, Words
from dashboard.workflow import audit, identity_signing_in, sealing, signing_in
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.log import Wanted, newest
from dashboard.workflow.sessions import DEMONSTRATION
from dashboard.workflow.tables.audit import AuditEntry
from etl.scoring.rulebook_terms import Text
from tests.dashboard.signing_in import People

TERMINAL = Actor(None, "terminal", "tester")
OTHERS = [role for role in Role if role is not Role.AUDITOR]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    """People with a log of their own, which a test may break."""
    people = People(tmp_path / "state")
    people.use(monkeypatch)
    monkeypatch.setenv(RELEASES, str(tmp_path / "releases"))
    return people


def opened(project: Path, people: People, role: Role = Role.AUDITOR, lang: str = "en") -> AppTest:
    app = people.open(project / "dashboard/app/main.py", role)
    app.query_params["lang"] = lang
    app.run()
    app.switch_page("../pages/audit.py")
    app.run()
    assert not app.exception
    return app


def page_text(app: AppTest) -> str:
    return " ".join(str(element.proto) for element in app.main if hasattr(element, "proto")) + " ".join(
        element.proto.body for element in app.get("html")
    )


def written(people: People) -> AuditEntry:
    with people.store.read() as session:
        return newest(session, Wanted(), 1)[0]


def append(people: People, event: Event) -> None:
    with people.store.write() as session:
        audit.append(session, TERMINAL, event)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_auditors_reads_the_log_and_the_attempt_is_kept(project: Path, own: People, role: Role) -> None:
    append(own, Event(Did.EXPORTED, "canary-7391", {"reason": "canary-7392"}))
    app = opened(project, own, role)
    app.run()
    assert "canary" not in page_text(app)
    assert "not for you" in page_text(app)
    assert not app.text_input
    with own.store.read() as session:
        refused = newest(session, Wanted(outcome="refused"), 5)
    assert [(entry.action, entry.about, json.loads(entry.detail)) for entry in refused] == [
        (Did.REFUSED, "audit log", {"wanted": "see_audit"})
    ]


def test_an_auditor_reads_who_did_what_and_when_in_words(project: Path, own: People) -> None:
    append(own, Event(Did.EXPORTED, "2021-0a1b2c3d4e5f", {"reason": "<b>심의</b>", "rows": 12, "published": True}))
    append(own, Event(Did.REFUSED, "scores", {"wanted": "see_unit"}, refused=True))
    app = opened(project, own, lang="ko")
    seen = page_text(app)
    for part in ("내보냄", "2021-0a1b2c3d4e5f", "사유 &lt;b&gt;심의&lt;/b&gt; · 행 수 12", "거절됨", "이어짐"):
        assert part in seen
    assert "언제(한국 시간)" in seen
    assert "KST" not in seen
    assert seen.index("하려던 일 부서 점수 보기") < seen.index("행 수 12"), "the newest stands first"


def test_on_a_phone_the_details_of_an_entry_stand_below_it(project: Path, own: People) -> None:
    append(own, Event(Did.EXPORTED, "x", {"reason": "심의 자료 " * 40}))
    assert "jp-table jp-stacks" in page_text(opened(project, own))


def test_reading_is_logged_once_for_each_question(project: Path, own: People) -> None:
    app = opened(project, own)
    app.run()
    first = written(own)
    assert (first.action, first.person, json.loads(first.detail)) == (Did.LOG_READ, "auditor (auditor)", {})
    app.text_input(key="audit-who").set_value("tester").run()
    app.run()
    second = written(own)
    assert (second.number, json.loads(second.detail)) == (first.number + 1, {"who": "tester"})


def test_the_filters_leave_what_was_asked_for(project: Path, own: People) -> None:
    append(own, Event(Did.EXPORTED, "this one"))
    append(own, Event(Did.RECORDS_LOADED, "that one"))
    app = opened(project, own)
    app.selectbox(key="audit-did").set_value("exported").run()
    assert "this one" in page_text(app)
    assert "that one" not in page_text(app)
    app.selectbox(key="audit-outcome").set_value("refused").run()
    assert "this one" not in page_text(app)


def test_entries_come_a_page_at_a_time(project: Path, own: People) -> None:
    with own.store.write() as session:
        for number in range(60):
            audit.append(session, TERMINAL, Event(Did.RECORDS_LOADED, f"file-{number:02}"))
    app = opened(project, own)
    assert "file-59" in page_text(app)
    assert "file-01" not in page_text(app)


def test_a_log_that_somebody_changed_is_told_with_the_number(project: Path, own: People) -> None:
    append(own, Event(Did.EXPORTED, "first"))
    with own.store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entries_no_update"))
        connection.execute(text("UPDATE audit_entries SET about = 'other' WHERE number = 1"))
    app = opened(project, own)
    seen = page_text(app)
    assert "Broken" in seen
    assert "Entry 1 of the audit log was changed" in seen
    assert "audit_entries_no_update" in seen


def test_taking_the_log_out_is_logged_with_how_many(project: Path, own: People) -> None:
    append(own, Event(Did.EXPORTED, "=1+1"))
    app = opened(project, own)
    app.selectbox(key="audit-did").set_value("exported").run()
    assert not app.get("download_button")
    app.button(key="audit-take").click().run()
    assert len(app.get("download_button")) == 1
    entry = written(own)
    assert (entry.action, json.loads(entry.detail)) == (Did.EXPORTED, {"action": "exported", "rows": 1})
    assert entry.person == "auditor (auditor)"


def test_what_is_too_large_for_a_browser_goes_through_the_terminal_and_is_not_told_as_taken(
    project: Path, own: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LARGEST_DOWNLOAD", 100)
    app = opened(project, own)
    app.button(key="audit-take").click().run()
    assert not app.get("download_button")
    assert "jipyo audit export" in page_text(app)
    assert written(own).action == Did.LOG_READ


SAID = [
    (Event(Did.SIGNED_IN, "member01", {"way": "password"}), "로그인|member01|방법 비밀번호"),
    (Event(Did.SIGNED_OUT, "member01", {"why": "idle"}), "로그아웃|member01|사유 오래 쓰지 않음"),
    (
        Event(Did.ACCOUNT_ADDED, "admin01", {"role": "administrator", "unit": ""}),
        "계정 만듦|admin01|역할 시스템 관리자",
    ),
    (
        Event(Did.REFUSED, "2021", {"codes": "own_proposal reason_missing"}, refused=True),
        "허용되지 않은 시도|2021|사유 자신이 제안한 것은 스스로 승인할 수 없습니다. 사유가 없습니다.",
    ),
    (Event(Did.REFUSED, "manage_accounts", refused=True), "허용되지 않은 시도|계정 관리|"),
    (
        Event(Did.MOVED, "2021", {"from": "appeals", "to": "review"}),
        "단계 이동|2021|이전 단계 이의신청 · 다음 단계 검토",
    ),
    (
        Event(Did.REQUEST_ANSWERED, "2021-3", {"kind": "appeal", "verdict": "refused", "text_sha256": "ab" * 32}),
        "이의·요청 답변|2021-3|종류 이의신청 · 글의 지문(SHA-256) abababababab… · 결정 받아들이지 않음",
    ),
    (Event(Did.MARK_GIVEN, "panel 2021 lead", {"recused": True}), "정성평가 채점|정성평가 2021 lead|회피 예"),
    (
        Event(Did.EXPORTED, "파일.csv", {"what": "rejected_rows", "form": "csv"}),
        "내보냄|파일.csv|꼴 csv · 내용 반려한 행",
    ),
    (Event(Did.LOG_READ, "audit log", {"action": "moved"}), "감사 기록 열람|감사 기록|한 일 단계 이동"),
    (
        Event(Did.DAYS_PLANNED, "2022", {"step": "appeals", "days": "2026-12-06/2026-12-08", "before": ""}),
        "일정 정함|2022|기간 2026. 12. 6. ~ 2026. 12. 8. · 단계 이의신청",
    ),
    (
        Event(Did.LOG_READ, "audit log", {"since": "2026-12-06", "until": "later"}),
        "감사 기록 열람|감사 기록|부터 2026. 12. 6. · 까지 later",
    ),
    (
        Event(Did.RESTORED, "database", {"made_at": "2026-11-23T00:05:00+00:00"}),
        "복구|데이터베이스|만든 때 2026. 11. 23. 09:05 (한국 시간)",
    ),
    (
        Event(Did.RESTORED, "database", {"made_at": "2026-11-23T00:05:00"}),
        "복구|데이터베이스|만든 때 2026-11-23T00:05:00",
    ),
    (Event(Did.EXPORTED, "x", {"why": "<b>사유</b>", "role": "nobody"}), "내보냄|x|역할 nobody · 사유 <b>사유</b>"),
]


@pytest.mark.parametrize(("event", "said"), SAID, ids=[f"{event.did} {event.about}" for event, _ in SAID])
def test_an_entry_is_told_in_korean_words(event: Event, said: str) -> None:
    told = shown(entry_of(event), Words("ko"))
    assert f"{told.did}|{told.about}|{told.detail}" == said
    assert told.person == "합성 예시 (결재자)"


def entry_of(event: Event) -> AuditEntry:
    """An entry as the log has it."""
    return AuditEntry(
        number=1,
        at=datetime(2026, 3, 2, tzinfo=UTC),
        person="합성 예시 (approver)",
        address="127.0.0.1",
        action=event.did.value,
        about=event.about,
        outcome="refused" if event.refused else "done",
        detail=rfc8785.dumps(dict(event.detail)).decode(),
    )


def test_departments_and_indicators_of_an_entry_are_named_and_unknown_ones_stay_codes() -> None:
    names = Names({"0010010": "기획과"}, {"lead": Text(ko="데이터 리더십", en="Data leadership")})

    def told(about: str, units: str) -> tuple[str, str]:
        entry = entry_of(Event(Did.MARK_GIVEN, about, {"unit": units}))
        found = shown(entry, Words("ko"), names)
        return found.about, found.detail

    assert told("panel 2022 lead", "0010010") == ("정성평가 2022 데이터 리더십", "부서 기획과 (0010010)")
    assert told("panel 2022 other", "0010010, 9") == ("정성평가 2022 other", "부서 기획과 (0010010), 9")


def test_the_days_asked_for_bound_the_entries_and_what_is_no_day_is_told(project: Path, own: People) -> None:
    append(own, Event(Did.EXPORTED, "canary-7391"))
    app = opened(project, own, lang="ko")
    app.text_input(key="audit-until").set_value("2020. 1. 1.").run()
    assert "canary-7391" not in page_text(app)
    assert json.loads(written(own).detail) == {"until": "2020-01-01"}
    app.text_input(key="audit-until").set_value("").run()
    app.text_input(key="audit-since").set_value("어제").run()
    assert "어제는 날짜가 아닙니다. 2026. 11. 27.처럼 적으세요." in page_text(app)
    assert "canary-7391" not in page_text(app), "nothing is shown for a question nobody asked"
    app.text_input(key="audit-since").set_value("2020-01-01").run()
    assert "canary-7391" in page_text(app)


@pytest.mark.parametrize("why", [*get_args(signing_in.Why), *get_args(identity_signing_in.Why), "wrong", "locked"])
def test_every_reason_of_the_log_has_its_words(why: str) -> None:
    assert why == "ended" or f"audit.why.{why}" in WORDS


@pytest.mark.parametrize(
    ("actor", "person", "place"),
    [
        (TERMINAL, "tester", "터미널"),
        (Actor(None, "terminal", DEMONSTRATION), "합성 예시(자동)", "터미널"),
        (Actor(None, "10.0.0.7", "tester"), "tester", "10.0.0.7"),
    ],
)
def test_who_did_it_and_where_is_told_in_words(own: People, actor: Actor, person: str, place: str) -> None:
    with own.store.write() as session:
        audit.append(session, actor, Event(Did.EXPORTED, "x", {}))
    entry = shown(written(own), Words("ko"))
    assert (entry.person, entry.address) == (person, place)


def test_the_filters_are_taken_from_the_address(project: Path, own: People) -> None:
    append(own, Event(Did.EXPORTED, "canary-7391", {"reason": "x"}))
    app = own.open(project / "dashboard/app/main.py", Role.AUDITOR)
    asked = {"lang": "ko", "audit-about": "canary-7391", "audit-did": "exported", "audit-outcome": "done"}
    for name, said in asked.items():
        app.query_params[name] = said
    app.run()
    app.switch_page("../pages/audit.py")
    app.run()
    assert not app.exception
    assert "1건입니다" in page_text(app)
    assert "canary-7391" in page_text(app)

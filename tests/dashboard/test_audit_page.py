"""The page of the audit log: auditors alone read it, are told whether it holds, and leave a trace themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.access import Role
from dashboard.shelf import RELEASES
from dashboard.workflow import audit, sealing
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.log import Wanted, newest
from dashboard.workflow.tables.audit import AuditEntry
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
    shown = page_text(app)
    for part in ("내보냄", "2021-0a1b2c3d4e5f", "까닭 &lt;b&gt;심의&lt;/b&gt; · 행 수 12", "KST", "거절됨", "이어짐"):
        assert part in shown
    assert shown.index("하려던 일 see_unit") < shown.index("행 수 12"), "the newest stands first"


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
    shown = page_text(app)
    assert "Broken" in shown
    assert "entry 1 of the audit log was changed" in shown
    assert "audit_entries_no_update" in shown


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

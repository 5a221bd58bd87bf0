"""The data page acts for those who manage records, whatever message arrives, and keeps who did what."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.desk.place import RECORDS, UPLOADS
from dashboard.shelf import RELEASES
from dashboard.workflow.rulebooks import versions
from dashboard.workflow.tables.accounts import SignIn
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.steps import Evaluation, named
from tests.dashboard.desk import DATASETS, records, settled, text
from tests.dashboard.signing_in import People
from tests.workflow.stepping import Year

YEARS = itertools.count(1900)
"""Years of evaluations of these tests, whose database is shared with others."""
ROWS = "1,스마트도시과,주차장,2021-03-02\n2,경제환경국 일자리경제과,시장,2021-03-03\n"


@pytest.fixture
def folder(tmp_path: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(RELEASES, str(tmp_path / "releases"))
    monkeypatch.setenv(UPLOADS, str(tmp_path))
    made = records(tmp_path / "records", ROWS)
    monkeypatch.setenv(RECORDS, str(made))
    return made


def opened(project: Path, people: People, role: Role, part: str) -> AppTest:
    app = people.open(project / "dashboard/app/main.py", role)
    app.query_params["part"] = part
    app.run()
    app.switch_page("../pages/data.py")
    return settled(app)


def kept(people: People, action: str) -> list[AuditEntry]:
    with people.store.read() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


@contextmanager
def in_another_role(people: People, role: Role) -> Iterator[None]:
    """The evaluator who is signed in has another role for a while."""
    digest = people.digest(Role.EVALUATOR)
    for now in (role, Role.EVALUATOR):
        with people.store.write() as session:
            session.get_one(SignIn, digest).account.role = now.value
        if now is role:
            yield


def test_an_auditor_looks_at_everything_and_finds_no_form(project: Path, people: People, folder: Path) -> None:
    for part in ("state", "rejects", "names", "loads", "upload"):
        app = opened(project, people, Role.AUDITOR, part)
        assert not app.button
        assert not app.file_uploader
        assert not [box for box in app.selectbox if box.key and box.key.startswith("decide-")]
        assert "파일 올리기" not in parts(app)
    app = opened(project, people, Role.AUDITOR, "names")
    assert "경제환경국 일자리경제과" in text(app)


def test_a_decision_and_a_load_are_kept_with_who_made_them(project: Path, people: People, folder: Path) -> None:
    app = opened(project, people, Role.EVALUATOR, "names")
    (choice,) = [box for box in app.selectbox if box.key and box.key.startswith("decide-")]
    choice.set_value("002")
    app.text_input(key="decide-why").set_value("상위 국의 이름을 함께 적음")
    app.button(key="confirm-names").click()
    settled(app)
    decided = kept(people, "name_decided")[-1]
    assert (decided.person, decided.address, decided.outcome) == ("evaluator (evaluator)", "127.0.0.1", "done")
    assert json.loads(decided.detail) == {"names": 1, "units": "002", "why": "상위 국의 이름을 함께 적음"}
    app = opened(project, people, Role.EVALUATOR, "upload")
    newer = (DATASETS + ROWS + "3,문화체육과,공연,2021-06-01\n").encode("cp949")
    app.file_uploader[0].set_value(("데이터셋.csv", newer, "text/csv"))
    settled(app)
    for key in ("upload-check", "upload-load"):
        app.button(key=key).click()
        settled(app)
    loaded = kept(people, "records_loaded")[-1]
    assert (loaded.about, loaded.person) == ("데이터셋.csv", "evaluator (evaluator)")
    assert json.loads((folder / "loads.jsonl").read_text(encoding="utf-8").splitlines()[-1])["by"] == "evaluator"


def test_a_message_after_the_role_was_taken_away_changes_nothing(project: Path, people: People, folder: Path) -> None:
    app = opened(project, people, Role.EVALUATOR, "names")
    (choice,) = [box for box in app.selectbox if box.key and box.key.startswith("decide-")]
    choice.set_value("002")
    app.text_input(key="decide-why").set_value("아무 사유")
    app.button(key="confirm-names").click()
    with in_another_role(people, Role.AUDITOR):
        settled(app)
    assert not (folder / "aliases.csv").exists()
    app = opened(project, people, Role.EVALUATOR, "upload")
    app.file_uploader[0].set_value(("데이터셋.csv", (DATASETS + ROWS).encode("cp949"), "text/csv"))
    settled(app)
    app.button(key="upload-cancel").click()
    with in_another_role(people, Role.DEPARTMENT):
        app.run()
        assert "볼 수 없는 화면입니다" in text(app)
    assert "arriving" in app.session_state


def acting() -> None:
    import streamlit as st

    from dashboard.access import Action
    from dashboard.reader import act
    from dashboard.workflow.audit import Did
    from etl.errors import NotPermitted

    try:
        st.text(act(Action.MANAGE_RECORDS, Did.RECORDS_LOADED, "파일.csv").name)
    except NotPermitted as refused:
        st.text(f"refused {refused.faults[0].code}")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EVALUATOR])
def test_the_deed_itself_is_refused_and_the_refusal_kept(people: People, role: Role) -> None:
    app = AppTest.from_function(acting)
    app.user = {"session": people.digest(role)}
    before = len(kept(people, "records_loaded"))
    (said,) = app.run().text
    assert said.value == "refused not_permitted"
    assert len(kept(people, "records_loaded")) == before
    last = kept(people, "refused")[-1]
    assert (last.about, last.outcome, last.person.split()[0]) == ("파일.csv", "refused", role.value)


def test_a_stranger_is_refused_and_leaves_no_entry(people: People) -> None:
    before = len(kept(people, "refused"))
    (said,) = AppTest.from_function(acting).run().text
    assert said.value == "refused not_permitted"
    assert len(kept(people, "refused")) == before


# The evaluation the folder belongs to --------------------------------------------------------------------------------


@pytest.fixture
def year(people: People, folder: Path, tmp_path: Path) -> Year:
    """An evaluation whose rulebook waits, and whose records the folder holds."""
    made = Year(people.store, tmp_path / "releases", next(YEARS))
    version = made.propose_rules()
    with people.store.write() as session:
        session.get_one(Evaluation, version.year).records = named(folder)
    return made


def parts(app: AppTest) -> list[str]:
    return list(app.segmented_control(key="choose-part").options)


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.AUDITOR])
def test_nothing_is_loaded_before_the_rulebook_is_approved(
    project: Path, people: People, year: Year, role: Role
) -> None:
    app = opened(project, people, role, "upload")
    assert "파일 올리기" not in parts(app)
    assert not app.file_uploader
    assert ("규칙을 승인받은 뒤에 불러오세요" in text(app)) == (role is Role.EVALUATOR)


def test_once_it_is_approved_files_are_loaded(project: Path, people: People, year: Year) -> None:
    with people.store.read() as session:
        (version,) = versions(session, year.year)
    year.approve_rules(version)
    app = opened(project, people, Role.EVALUATOR, "upload")
    assert "파일 올리기" in parts(app)
    assert app.file_uploader
    assert "승인받은 뒤에" not in text(app)


def test_what_is_final_is_taken_back_to_the_review_before_records_change(
    project: Path, people: People, year: Year
) -> None:
    with people.store.read() as session:
        (version,) = versions(session, year.year)
    year.approve_rules(version)
    with people.store.write() as session:
        session.get_one(Evaluation, year.year).state = State.FINAL.value
    for part in ("upload", "names"):
        app = opened(project, people, Role.EVALUATOR, part)
        assert not app.file_uploader
        assert not [one for one in app.button if one.key in ("confirm-names", "upload-load")]
        assert "검토로 되돌린 뒤에" in text(app)

"""The page of accounts: what an administrator sees and does there, and that nobody else can do any of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.access import Role
from dashboard.pages.account_work import form_of, new_password
from dashboard.shelf import RELEASES
from dashboard.workflow.account_changes import Change, change_account, known_account
from dashboard.workflow.accounts import SHORTEST, find_account, password_matches
from dashboard.workflow.sessions import look_up
from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.audit import AuditEntry
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.desk import text
from tests.dashboard.signing_in import TERMINAL, People

SHOWN = re.compile(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b")
MEMBER = f"{Role.DEPARTMENT} 0010010"
OpenAccounts = Callable[..., AppTest]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    """Accounts of the test's own, for they are changed."""
    people = People(tmp_path / "state")
    people.use(monkeypatch)
    people.digest(Role.DEPARTMENT)
    return people


@pytest.fixture(scope="session")
def two_departments(score_units: ScoreUnits, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one release of two departments, nothing published."""
    folder = tmp_path_factory.mktemp("two")
    units = [("0010010", "기획과", "line"), ("0010020", "예산과", "line")]
    score_units(folder, units, {code: figures_of() for code, _, _ in units})
    return folder


@pytest.fixture
def accounts(project: Path, own: People, two_departments: Path, monkeypatch: pytest.MonkeyPatch) -> OpenAccounts:
    """Opens the page as somebody in a role."""
    monkeypatch.setenv(RELEASES, str(two_departments))

    def open_page(role: Role = Role.ADMINISTRATOR, **query: str) -> AppTest:
        app = own.open(project / "dashboard/app/main.py", role)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page("../pages/accounts.py").run()
        assert not app.exception
        return app

    return open_page


def account_of(own: People, login: str) -> Account:
    with own.store.read() as session:
        return known_account(session, login)


def last_entry(own: People) -> AuditEntry:
    with own.store.read() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))[-1]


YES = "예, 그렇게 합니다"
ASKED_TWICE = ("새 비밀번호 만들기", "모든 브라우저에서 로그아웃")


def choose(app: AppTest, own: People, login: str = MEMBER) -> str:
    """Choose an account; what its form's widgets begin with."""
    app.selectbox(key="account-chosen").set_value(login).run()
    return form_of(login, account_of(own, login).version)


def press(app: AppTest, label: str) -> AppTest:
    """Click on a button by what stands on it."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_an_administrator_sees_every_account_in_words(accounts: OpenAccounts, lang: str) -> None:
    shown = text(accounts(lang=lang))
    assert MEMBER in shown
    assert "기획과 (0010010)" in shown
    assert ("부서 담당자" if lang == "ko" else "Department member") in shown or "department member" in shown
    assert ("쓰는 계정 2개" if lang == "ko" else "In use: 2.") in shown


def test_the_list_is_searched_in_login_name_role_and_department(accounts: OpenAccounts) -> None:
    assert MEMBER in text(accounts(find="기획과"))
    shown = text(accounts(find="no such account"))
    assert MEMBER not in shown
    assert "찾는 계정이 없습니다" in shown


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_sees_or_offers_anything_here(accounts: OpenAccounts, role: Role) -> None:
    app = accounts(role)
    assert "기획과 (0010010)" not in text(app)
    assert not app.text_input
    assert "account-chosen" not in {box.key for box in app.selectbox}
    assert not [button for button in app.button if button.label in ("고치기", "더하기", "새 비밀번호 만들기")]


def test_a_transfer_shows_at_once_and_signs_the_person_out(accounts: OpenAccounts, own: People) -> None:
    before = own.digest(Role.DEPARTMENT)
    app = accounts()
    form = choose(app, own)
    app.selectbox(key=f"{form}-unit").set_value("0010020")
    press(app, "고치기")
    assert "부서를 기획과 (0010010)에서 예산과 (0010020)으로 바꿉니다. 로그인해 있는 브라우저 1개에서 바로" in text(app)
    press(app, YES)
    assert f"'{MEMBER}' 계정을 고치고 브라우저 1개에서 로그아웃했습니다." in text(app)
    assert account_of(own, MEMBER).unit_id == "0010020"
    with own.store.read() as session:
        assert look_up(session, before, own.settings) is None
    entry = last_entry(own)
    assert (entry.action, entry.about, entry.detail) == ("account_changed", MEMBER, '{"unit_id":"0010020"}')
    assert entry.person == "administrator (administrator)"


def test_an_account_is_closed_and_opened_again_each_after_being_asked_once_more(
    accounts: OpenAccounts, own: People
) -> None:
    app = accounts()
    for wanted in (False, True):
        form = choose(app, own)
        app.checkbox(key=f"{form}-active").set_value(wanted)
        press(app, "고치기")
        assert account_of(own, MEMBER).active is not wanted, "asked first"
        assert ("다시 엽니다" if wanted else "다시 열 때까지 이 계정으로 로그인할 수 없습니다") in text(app)
        press(app, YES)
        assert account_of(own, MEMBER).active is wanted
        assert ("닫은 계정 0개" if wanted else "닫은 계정 1개") in text(app)
        done = "계정을 다시 열었습니다." if wanted else "계정을 닫고 브라우저 1개에서 로그아웃했습니다."
        assert f"'{MEMBER}' {done}" in text(app)


def test_whoever_says_no_or_puts_the_fields_back_changes_nothing(accounts: OpenAccounts, own: People) -> None:
    app = accounts()
    form = choose(app, own)
    app.selectbox(key=f"{form}-role").set_value("auditor")
    press(app, "고치기")
    assert "역할을 부서 담당자에서 감사 담당자로 바꿉니다." in text(app)
    press(app, "아니요, 그대로 둡니다")
    assert app.selectbox(key=f"{form}-role").value == "auditor", "nothing typed is lost"
    press(app, "고치기")
    app.selectbox(key=f"{form}-role").set_value("department").run()
    assert YES not in [button.label for button in app.button]
    assert account_of(own, MEMBER).role == "department"


def test_a_new_name_alone_is_not_asked_about(accounts: OpenAccounts, own: People) -> None:
    before = own.digest(Role.DEPARTMENT)
    app = accounts()
    form = choose(app, own)
    app.text_input(key=f"{form}-name").set_value("새 이름")
    press(app, "고치기")
    assert f"'{MEMBER}' 계정을 고쳤습니다." in text(app)
    assert account_of(own, MEMBER).name == "새 이름"
    with own.store.read() as session:
        assert look_up(session, before, own.settings) is not None


def test_of_two_who_edit_the_same_account_the_second_is_told(accounts: OpenAccounts, own: People) -> None:
    app = accounts()
    form = choose(app, own)
    with own.store.write() as session:
        change_account(session, TERMINAL, MEMBER, Change(name="먼저 고친 이름"))
    app.text_input(key=f"{form}-name").set_value("나중에 고친 이름")
    press(app, "고치기")
    assert "아무것도 고치지 않았습니다" in text(app)
    assert account_of(own, MEMBER).name == "먼저 고친 이름"
    form = form_of(MEMBER, account_of(own, MEMBER).version)
    assert app.text_input(key=f"{form}-name").value == "먼저 고친 이름"


def test_a_new_account_gets_a_password_that_is_shown_once_and_must_be_changed(
    accounts: OpenAccounts, own: People
) -> None:
    app = accounts()
    app.text_input(key="add-login").set_value("new01")
    app.text_input(key="add-name").set_value("새 담당자")
    app.selectbox(key="add-unit").set_value("0010020")
    press(app, "더하기")
    (password,) = SHOWN.findall(text(app))
    made = account_of(own, "new01")
    assert (made.role, made.unit_id, made.must_change) == (Role.DEPARTMENT, "0010020", True)
    assert password_matches(made.password_hash, password)
    assert password not in last_entry(own).detail
    assert "accounts said" not in app.session_state
    assert app.text_input(key="add-login").value == ""
    app.run()
    assert not SHOWN.findall(text(app))


@pytest.mark.parametrize(
    ("login", "unit", "said"), [("", "0010020", "쓸 수 없습니다"), ("x", "", "부서가 있어야 합니다")]
)
def test_an_account_that_cannot_be_is_refused_with_the_reason_and_the_form_stays(
    accounts: OpenAccounts, own: People, login: str, unit: str, said: str
) -> None:
    app = accounts()
    app.text_input(key="add-login").set_value(login)
    app.text_input(key="add-name").set_value("새 담당자")
    app.selectbox(key="add-unit").set_value(unit)
    press(app, "더하기")
    assert said in text(app)
    assert not SHOWN.findall(text(app))
    assert app.text_input(key="add-name").value == "새 담당자"
    with own.store.read() as session:
        assert find_account(session, "x") is None


def test_a_new_password_replaces_the_old_one_and_unlocking_and_signing_out_work(
    accounts: OpenAccounts, own: People
) -> None:
    with own.store.write() as session:
        known_account(session, MEMBER).locked_until = datetime.now(UTC) + timedelta(hours=1)
    app = accounts()
    choose(app, own)
    assert re.search(r"잠김\s+20[0-9. ]+ [0-9:]+ \(한국 시간\)까지", text(app))
    press(app, "잠금 풀기")
    assert account_of(own, MEMBER).locked_until is None
    press(app, "모든 브라우저에서 로그아웃")
    assert "바로 로그아웃됩니다. 쓰던 글 가운데 저장하지 않은 것은 잃을 수 있습니다." in text(app)
    press(app, YES)
    assert "브라우저 1개에서 로그아웃했습니다" in text(app)
    before = account_of(own, MEMBER).password_hash
    press(app, "새 비밀번호 만들기")
    press(app, "아니요, 그대로 둡니다")
    assert account_of(own, MEMBER).password_hash == before
    press(app, "새 비밀번호 만들기")
    press(app, YES)
    (password,) = SHOWN.findall(text(app))
    assert password_matches(account_of(own, MEMBER).password_hash, password)


def test_an_administrator_cannot_close_themselves_or_change_their_own_role(accounts: OpenAccounts, own: People) -> None:
    app = accounts()
    form = choose(app, own, "administrator")
    assert app.checkbox(key=f"{form}-active").disabled
    assert app.selectbox(key=f"{form}-role").disabled
    app.session_state[f"{form}-active"] = False
    press(app, "고치기")
    press(app, YES)
    assert "자기 계정을 닫을 수 없습니다" in text(app)
    assert account_of(own, "administrator").active


@pytest.mark.parametrize(
    ("label", "is_closed"),
    [("고치기", False), ("고치기", True), ("더하기", False), *((one, False) for one in ASKED_TWICE)],
)
def test_a_click_of_somebody_who_is_no_administrator_any_more_does_nothing_and_is_logged(
    accounts: OpenAccounts, own: People, monkeypatch: pytest.MonkeyPatch, label: str, is_closed: bool
) -> None:
    """The page is still open with its buttons; only what happens on the click can tell."""
    app = accounts()
    form = choose(app, own)
    app.text_input(key=f"{form}-name").set_value("바뀐 이름")
    if is_closed:
        app.checkbox(key=f"{form}-active").set_value(False)
    app.text_input(key="add-login").set_value("new01")
    app.selectbox(key="add-unit").set_value("0010020")
    before = account_of(own, MEMBER)
    is_asked = label in ASKED_TWICE or is_closed
    if is_asked:
        press(app, label)
    app.user = {"session": own.digest(Role.AUDITOR)}
    press(app, YES if is_asked else label)
    after = account_of(own, MEMBER)
    assert (after.name, after.active, after.version) == (before.name, before.active, before.version)
    assert after.password_hash == before.password_hash
    with own.store.read() as session:
        assert find_account(session, "new01") is None
    entry = last_entry(own)
    assert (entry.action, entry.outcome, entry.person) == ("refused", "refused", "auditor (auditor)")


def test_without_a_release_the_code_of_a_department_is_typed(
    accounts: OpenAccounts, own: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    app = accounts()
    monkeypatch.setenv(RELEASES, str(tmp_path / "empty"))
    app.run()
    app.text_input(key="add-login").set_value("new01")
    app.text_input(key="add-unit").set_value("0099")
    press(app, "더하기")
    assert account_of(own, "new01").unit_id == "0099"


def test_made_passwords_differ_and_are_long_enough() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(SHOWN.fullmatch(one) and len(one) >= SHORTEST for one in made)

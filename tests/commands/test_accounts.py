"""The commands about accounts, from the first administrator on, as the person at the terminal meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.workflow.accounts import find_account, password_matches
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from tests.commands.terminal import PROJECT, Done, jipyo

PASSWORD = "correct horse battery"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation of the test's own, nothing in it."""
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("JIPYO_USER", "operator")
    return Settings.from_environment()


@pytest.fixture
def account(settings: Settings, tmp_path: Path) -> Callable[..., Done]:
    """Runs `jipyo account …`; FILE is a file with a password."""
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    file.chmod(0o600)

    def run(line: str, language: str = "en") -> Done:
        return jipyo("account", *(str(file) if word == "FILE" else word for word in line.split()), language=language)

    return run


def listed(account: Callable[..., Done]) -> list[dict[str, object]]:
    accounts: list[dict[str, object]] = json.loads(account("list --json").out)["accounts"]
    return accounts


def test_an_installation_begins_without_any_account(account: Callable[..., Done]) -> None:
    assert listed(account) == []


def test_the_first_administrator_is_made_and_must_change_the_password(
    account: Callable[..., Done], settings: Settings
) -> None:
    assert account("add Admin01 --role administrator --password-file FILE").out == "admin01\n"
    assert listed(account) == [
        {
            "login": "admin01",
            "name": "Admin01",
            "role": "administrator",
            "unit": None,
            "active": True,
            "locked_until": None,
            "must_change": True,
            "ways": ["password"],
            "issuer": None,
            "sessions": 0,
            "seen_at": None,
        }
    ]
    store = Store.open(settings)
    with store.read() as session:
        kept = find_account(session, "admin01")
        assert kept is not None
        assert password_matches(kept.password_hash, PASSWORD)
    store.close()


def test_an_account_goes_through_its_life_and_the_list_says_so_in_words(account: Callable[..., Done]) -> None:
    assert account("add admin01 --role administrator --password-file FILE").code == 0
    assert account("add member01 --role department --unit A1 --sso https://id.example 42").code == 0
    assert account("change member01 --unit B2 --name 담당").out == "member01\n"
    shown = account("list", "ko").out
    assert "member01" in shown
    assert "B2" in shown
    assert "담당" in shown
    assert "비밀번호 바꿔야 함" in shown
    assert account("change member01 --inactive").code == 0
    assert "closed" in account("list").out
    assert account("change member01 --active --role auditor --unit=").code == 0
    assert [(one["login"], one["role"], one["unit"]) for one in listed(account)] == [
        ("admin01", "administrator", None),
        ("member01", "auditor", None),
    ]


@pytest.mark.parametrize("change", ["--inactive", "--role auditor"])
def test_the_last_administrator_stays_one_and_the_way_out_is_said(account: Callable[..., Done], change: str) -> None:
    assert account("add admin01 --role administrator --password-file FILE").code == 0
    done = account(f"change admin01 {change}")
    assert (done.code, done.out) == (2, "")
    assert "Add another first." in done.err
    assert "먼저 다른 관리자를 두세요." in account(f"change admin01 {change}", "ko").err


def test_every_change_is_in_the_log_under_the_name_of_the_terminals_user(
    account: Callable[..., Done], settings: Settings
) -> None:
    from sqlalchemy import select

    from dashboard.workflow.tables.audit import AuditEntry

    for line in (
        "add admin01 --role administrator --password-file FILE",
        "change admin01 --name 관리",
        "password admin01 --password-file FILE",
        "unlock admin01",
        "sessions admin01",
        "sessions admin01 --end",
    ):
        assert account(line).code == 0
    store = Store.open(settings)
    with store.read() as session:
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))
    store.close()
    assert [entry.action for entry in entries] == [
        "account_added",
        "account_changed",
        "password_changed",
        "account_changed",
        "account_changed",
    ]
    assert {(entry.person, entry.address, entry.about) for entry in entries} == {("operator", "terminal", "admin01")}
    assert not [entry for entry in entries if PASSWORD in entry.detail]


def test_the_number_of_sessions_is_all_that_is_printed(account: Callable[..., Done]) -> None:
    assert account("add admin01 --role administrator --password-file FILE").code == 0
    assert account("sessions admin01").out == "0\n"
    assert account("sessions admin01 --end").out == "0\n"


def test_no_received_text_steers_the_terminal(account: Callable[..., Done]) -> None:
    done = jipyo("account", "unlock", "\x1b[31mred")
    assert done.code == 2
    assert "\x1b" not in done.err


def typed(*lines: str) -> tuple[int, str]:
    """Runs `jipyo account add` on a terminal of its own, where somebody types: exit code, and all that was shown."""
    terminal, end = os.openpty()
    command = [sys.executable, str(PROJECT / "jipyo.py"), "account", "add", "admin01", "--role", "administrator"]
    environment = {**os.environ, "JIPYO_LANGUAGE": "ko", "COLUMNS": "200"}
    with subprocess.Popen(
        command, stdin=end, stdout=end, stderr=end, env=environment, start_new_session=True
    ) as running:
        os.close(end)
        shown, left = b"", list(lines)
        while (more := _read(terminal)) is not None:
            shown += more
            if left and more.rstrip().endswith(b":"):
                os.write(terminal, f"{left.pop(0)}\n".encode())
    os.close(terminal)
    return running.returncode, shown.decode()


def _read(terminal: int) -> bytes | None:
    try:
        return os.read(terminal, 4096) or None
    except OSError:  # whoever wrote has ended
        return None


def test_a_password_is_asked_twice_on_a_terminal_and_never_shown(settings: Settings) -> None:
    code, shown = typed(PASSWORD, PASSWORD)
    assert (code, shown.count("비밀번호:"), shown.count("다시 한 번:")) == (0, 1, 1), shown
    assert PASSWORD not in shown


def test_two_passwords_that_differ_make_no_account(settings: Settings, account: Callable[..., Done]) -> None:
    code, shown = typed(PASSWORD, "another good one")
    assert code == 2
    assert "두 번 적은 비밀번호가 다릅니다" in shown
    assert listed(account) == []

"""A page's script run for somebody who is signed in, as the gate would have it run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.sessions import digest_of, open_session
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store

UNIT: Final = "0010010"
"""The department whose member signs in where a test names no other."""
TERMINAL: Final = Actor(None, "terminal", "tester")


class People:
    """A database of one account a role, each signed in."""

    def __init__(self, state: Path) -> None:
        self.settings = Settings(state=state, session_idle_minutes=480)
        self.store = Store.open(self.settings)
        self._tokens: dict[str, str] = {}

    def digest(self, role: Role, unit_id: str | None = None) -> str:
        """The session of somebody in a role."""
        return digest_of(self.token(role, unit_id))

    def token(self, role: Role, unit_id: str | None = None) -> str:
        """The value of their cookie; account and session are made when they are first asked for."""
        unit = (unit_id or UNIT) if role is Role.DEPARTMENT else None
        login = f"{role} {unit or ''}".strip()
        if login not in self._tokens:
            with self.store.write() as session:
                account = add_account(session, TERMINAL, NewAccount(login, login, role, unit))
                self._tokens[login] = open_session(session, account, "127.0.0.1", "password")
        return self._tokens[login]

    def use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make pages look people up here."""
        monkeypatch.setenv("JIPYO_STATE", str(self.settings.state))
        monkeypatch.setenv("JIPYO_SESSION_IDLE_MINUTES", "480")

    def open(self, script: Path, role: Role = Role.EVALUATOR, unit_id: str | None = None) -> AppTest:
        """A script, not yet run, that somebody in a role reads."""
        app = AppTest.from_file(str(script), default_timeout=60)
        app.user = {"session": self.digest(role, unit_id)}
        return app

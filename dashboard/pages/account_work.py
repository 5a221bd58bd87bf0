"""What the clicks on the page of accounts do. Each asks the permission table for itself and is in the log."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from dashboard.access import Role
from dashboard.reader import signed_in, store
from dashboard.workflow.account_changes import (
    Change,
    change_account,
    count_sessions,
    known_account,
    managing,
    set_password,
    sign_out_everywhere,
    unlock,
)
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.store import Changed
from etl.errors import Fault, JipyoError

_SAID: Final = "accounts said"
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a click.

    Attributes:
        key: of the words that say it; empty where it was refused.
        facts: of those words.
        faults: why it was refused.
        password: that was made; it is shown once and kept nowhere.
    """

    key: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    password: str = field(default="", repr=False)


def said_now() -> Said | None:
    """What became of the last click; told once."""
    said: Said | None = st.session_state.pop(_SAID, None)
    return said


def add() -> None:
    """Make the account of the form, with a password of its own."""
    typed, password = _typed("add"), new_password()

    def carry_out(session: Any, actor: Actor) -> Said:
        new = NewAccount(typed["login"], typed["name"], Role(typed["role"]), typed["unit"], password, must_change=True)
        made = add_account(session, actor, new)
        _forget("add")
        return Said("accounts.shown", {"login": made.login}, password=password)

    _manage(carry_out)


def change(login: str, version: int) -> None:
    """Change an account to what its form says, unless somebody else was faster.

    Args:
        login: whose account.
        version: of the account when the form was shown.
    """
    wanted = typed_change(login, version)

    def carry_out(session: Any, actor: Actor) -> Said:
        was_open, sessions = known_account(session, login).active, count_sessions(session, login)
        account = change_account(session, actor, login, wanted, version)
        ended = sessions - count_sessions(session, login)
        became = "changed" if account.active is was_open else "opened" if account.active else "closed"
        return Said(
            f"accounts.done.{became}.ended" if ended else f"accounts.done.{became}", {"login": login, "count": ended}
        )

    _manage(carry_out)


def typed_change(login: str, version: int) -> Change:
    """What the form of an account holds.

    Args:
        login: whose account.
        version: of the account when the form was shown.
    """
    typed = _typed(form_of(login, version))
    return Change(typed["name"], Role(typed["role"]), typed["unit"], typed["active"])


def set_first_password(login: str) -> None:
    """Make a new password, which its owner must change."""
    password = new_password()

    def carry_out(session: Any, actor: Actor) -> Said:
        set_password(session, actor, login, password)
        return Said("accounts.shown", {"login": login}, password=password)

    _manage(carry_out)


def end_sessions(login: str) -> None:
    """Sign somebody out everywhere."""

    def carry_out(session: Any, actor: Actor) -> Said:
        return Said("accounts.done.ended", {"login": login, "count": sign_out_everywhere(session, actor, login)})

    _manage(carry_out)


def open_again(login: str) -> None:
    """Lift the lock of an account."""

    def carry_out(session: Any, actor: Actor) -> Said:
        unlock(session, actor, login)
        return Said("accounts.done.unlocked", {"login": login})

    _manage(carry_out)


def form_of(login: str, version: int) -> str:
    """What the widgets of an account's form begin with: another version is another form, with what is so now."""
    return f"account-{login}-{version}"


def new_password() -> str:
    """A password nobody has thought of: 79 bits, without signs that are taken for one another."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def _manage(carry_out: Callable[[Any, Actor], Said]) -> None:
    """Do it in one transaction, asking the permission table; keep what became of it for the page that follows."""
    signed = signed_in()
    actor = Actor(signed.person, signed.address) if signed else Actor(None, "")
    try:
        with managing(store(), actor) as session:
            said = carry_out(session, actor)
    except JipyoError as error:
        said = Said(faults=error.faults)
    except Changed:
        said = Said("accounts.too_fast")
    st.session_state[_SAID] = said


_PARTS: Final = ("login", "name", "role", "unit", "active")


def _typed(form: str) -> dict[str, Any]:
    """What a form holds."""
    typed = {part: st.session_state.get(f"{form}-{part}") for part in _PARTS}
    return {**typed, "login": typed["login"] or "", "name": typed["name"] or ""}


def _forget(form: str) -> None:
    for part in _PARTS:
        st.session_state.pop(f"{form}-{part}", None)

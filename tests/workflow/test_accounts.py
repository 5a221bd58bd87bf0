"""Accounts: made, changed, closed; who may do it, what ends with it, and what the log keeps of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.access import Person, Role
from dashboard.workflow.account_changes import (
    Change,
    change_account,
    known_account,
    list_accounts,
    managing,
    set_password,
    sign_out_everywhere,
    unlock,
)
from dashboard.workflow.accounts import NewAccount, add_account, folded, password_matches
from dashboard.workflow.audit import Actor, Did, Event, append
from dashboard.workflow.sessions import digest_of, look_up, open_session
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Changed, Store
from dashboard.workflow.tables.accounts import Account, SignIn
from dashboard.workflow.tables.audit import AuditEntry
from etl.errors import NotPermitted, UsageError

pytestmark = pytest.mark.usefixtures("cheap_hashes")

TERMINAL = Actor(None, "terminal", "operator")
PASSWORD = "correct horse battery"
NEW = NewAccount("admin01", "관리 담당", Role.ADMINISTRATOR, password=PASSWORD)
MEMBER = NewAccount("member01", "부서 담당", Role.DEPARTMENT, "A1")


def made(store: Store, *new: NewAccount) -> list[Person]:
    """Accounts in the database."""
    with store.write() as session:
        return [add_account(session, TERMINAL, one).person for one in new]


def acting(person: Person) -> Actor:
    return Actor(person, "10.0.0.7")


def changed(store: Store, actor: Actor, login: str, change: Change, seen: int | None = None) -> Account:
    with managing(store, actor) as session:
        return change_account(session, actor, login, change, seen)


def codes(error: pytest.ExceptionInfo[UsageError]) -> list[str]:
    return [fault.code for fault in error.value.faults]


def log(store: Store) -> list[AuditEntry]:
    with store.read() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def stored(store: Store, login: str) -> Account:
    with store.read() as session:
        return known_account(session, login)


# Making --------------------------------------------------------------------------------------------------------------

REFUSED = [
    (replace(NEW, login=" "), ["account_login_unusable"]),
    (replace(NEW, login="a\nb"), ["account_login_unusable"]),
    (replace(NEW, login="x" * 101), ["account_login_unusable"]),
    (replace(NEW, login="ＡＤＭＩＮ０１"), ["account_login_taken"]),
    (replace(NEW, login="b", password="too short"), ["password_length"]),
    (replace(NEW, login="b", password="x" * 201), ["password_length"]),
    (replace(NEW, login="administrator", password="ADMINISTRATOR"), ["password_is_login"]),
    (replace(MEMBER, login="b", unit_id=None), ["account_needs_unit"]),
    (replace(NEW, login="b", name="x" * 101), ["account_text_unusable"]),
    (replace(NEW, login="b", name="담당\x1b[31m"), ["account_text_unusable"]),
    (replace(NEW, login="b", unit_id="\u202e"), ["account_text_unusable"]),
    (replace(NEW, login="b", identity=("https://id.example", "taken")), ["account_identity_taken"]),
    (replace(NEW, login="b", identity=("https://id.example", "")), ["account_identity_unusable"]),
    (replace(NEW, login="b", identity=("demonstration", "1")), ["account_identity_unusable"]),
    (replace(MEMBER, login="", unit_id=None, name="\n"), ["account_login_unusable", "account_needs_unit"]),
]


@pytest.mark.parametrize(("new", "said"), REFUSED)
def test_an_account_that_cannot_be_is_refused_with_every_reason(store: Store, new: NewAccount, said: list[str]) -> None:
    made(store, NEW, replace(NEW, login="c", password=None, identity=("https://id.example", "taken")))
    with pytest.raises(UsageError) as error:
        made(store, new)
    assert codes(error)[: len(said)] == said
    assert len(log(store)) == 2


def test_a_new_account_is_what_was_asked_for_and_in_the_log_without_its_password(store: Store) -> None:
    made(store, replace(NEW, must_change=True))
    account = stored(store, " Admin01 ")
    assert (account.login, account.name, account.role, account.must_change) == (
        "admin01",
        "관리 담당",
        "administrator",
        True,
    )
    assert password_matches(account.password_hash, PASSWORD)
    (entry,) = log(store)
    assert (entry.action, entry.about, entry.person, entry.address) == (
        Did.ACCOUNT_ADDED,
        "admin01",
        "operator",
        "terminal",
    )
    assert PASSWORD not in entry.detail
    assert str(account.password_hash) not in entry.detail


def test_whom_a_provider_vouches_for_has_no_password_that_could_be_guessed(store: Store) -> None:
    made(store, replace(NEW, password=None, identity=("https://id.example", "7")))
    account = stored(store, "admin01")
    assert (account.issuer, account.subject, account.password_hash) == ("https://id.example", "7", None)
    assert not password_matches(account.password_hash, "")


@given(st.text(min_size=1, max_size=40))
def test_a_login_is_folded_once_and_stays_so(login: str) -> None:
    assert folded(folded(login)) == folded(login)
    assert folded(f" {login.upper()}\t") == folded(login.upper())


# Changing ------------------------------------------------------------------------------------------------------------

ENDING = [Change(role=Role.AUDITOR), Change(unit_id="B2"), Change(active=False)]
KEEPING = [Change(name="다른 이름"), Change(unit_id="A1"), Change(active=True), Change()]


@pytest.mark.parametrize("change", ENDING)
def test_a_new_role_department_or_closing_ends_every_session_at_once(
    store: Store, settings: Settings, change: Change
) -> None:
    made(store, NEW, MEMBER)
    with store.write() as session:
        token = open_session(session, known_account(session, "member01"), "10.0.0.8", "password")
    with store.read() as session:
        signed = look_up(session, digest_of(token), settings)
        assert signed is not None
        assert signed.person.unit_id == "A1"
    changed(store, TERMINAL, "member01", change)
    with store.read() as session:
        assert look_up(session, digest_of(token), settings) is None


@pytest.mark.parametrize("change", KEEPING)
def test_what_does_not_change_what_one_may_see_leaves_them_signed_in(
    store: Store, settings: Settings, change: Change
) -> None:
    made(store, NEW, MEMBER)
    with store.write() as session:
        token = open_session(session, known_account(session, "member01"), "10.0.0.8", "password")
    changed(store, TERMINAL, "member01", change)
    with store.read() as session:
        assert look_up(session, digest_of(token), settings) is not None


def test_a_change_is_logged_with_what_is_different_now_and_nothing_else(store: Store) -> None:
    (admin, _) = made(store, NEW, MEMBER)
    changed(store, acting(admin), "member01", Change(name="부서 담당", unit_id="B2", active=True))
    entry = log(store)[-1]
    assert (entry.action, entry.about, json.loads(entry.detail)) == (Did.ACCOUNT_CHANGED, "member01", {"unit_id": "B2"})
    assert (entry.account_id, entry.person, entry.address) == (
        admin.account_id,
        "관리 담당 (administrator)",
        "10.0.0.7",
    )
    changed(store, acting(admin), "member01", Change(unit_id="B2"))
    assert log(store)[-1].number == entry.number, "what changes nothing is no entry"


CANNOT_BE: list[tuple[Change, str]] = [
    (Change(unit_id=""), "account_needs_unit"),
    (Change(name="x" * 101), "account_text_unusable"),
    (Change(identity=("https://id.example", "taken")), "account_identity_taken"),
    (Change(identity=("nobody", "1")), "account_identity_unusable"),
]


@pytest.mark.parametrize(("change", "said"), CANNOT_BE)
def test_an_account_is_not_changed_into_what_cannot_be(store: Store, change: Change, said: str) -> None:
    made(store, replace(NEW, identity=("https://id.example", "taken")), MEMBER)
    with pytest.raises(UsageError) as error:
        changed(store, TERMINAL, "member01", change)
    assert codes(error) == [said]
    account = stored(store, "member01")
    assert (account.name, account.unit_id, account.subject, account.version) == ("부서 담당", "A1", None, 1)


def test_a_department_may_be_taken_from_whoever_needs_none(store: Store) -> None:
    made(store, NEW, MEMBER)
    changed(store, TERMINAL, "member01", Change(role=Role.EVALUATOR, unit_id=""))
    assert stored(store, "member01").person.unit_id is None


@pytest.mark.parametrize("change", [Change(active=False), Change(role=Role.EVALUATOR)])
def test_the_last_administrator_in_use_stays_one(store: Store, change: Change) -> None:
    made(store, NEW, replace(NEW, login="admin02"))
    changed(store, TERMINAL, "admin02", change)
    with pytest.raises(UsageError) as error:
        changed(store, TERMINAL, "admin01", change)
    assert codes(error) == ["account_last_administrator"]
    assert stored(store, "admin01").active
    changed(store, TERMINAL, "admin02", Change(active=True, role=Role.ADMINISTRATOR))
    changed(store, TERMINAL, "admin01", change)


@pytest.mark.parametrize("change", [Change(active=False), Change(role=Role.EVALUATOR)])
def test_nobody_closes_themselves_or_changes_their_own_role(store: Store, change: Change) -> None:
    admin, _ = made(store, NEW, replace(NEW, login="admin02"))
    with pytest.raises(UsageError) as error:
        changed(store, acting(admin), "admin01", change)
    assert codes(error) == ["account_own"]
    changed(store, acting(admin), "admin01", Change(name="새 이름"))
    assert stored(store, "admin01").name == "새 이름"


def test_of_two_who_change_the_same_account_the_second_is_told_and_nothing_is_lost(store: Store) -> None:
    made(store, NEW, MEMBER)
    seen = stored(store, "member01").version
    changed(store, TERMINAL, "member01", Change(unit_id="B2"), seen)
    with pytest.raises(UsageError) as error:
        changed(store, TERMINAL, "member01", Change(unit_id="C3"), seen)
    assert codes(error) == ["account_changed_since"]
    assert stored(store, "member01").unit_id == "B2"


def test_the_version_column_notices_who_was_faster_even_where_nobody_asked(store: Store) -> None:
    made(store, NEW, MEMBER)
    held = stored(store, "member01")
    changed(store, TERMINAL, "member01", Change(unit_id="B2"))
    held.unit_id = "C3"
    with pytest.raises(Changed), store.write() as session:
        session.add(held)
    assert stored(store, "member01").unit_id == "B2"


def test_a_login_nobody_has_is_told(store: Store) -> None:
    for act in (unlock, sign_out_everywhere, known_account):
        arguments: list[Any] = ["nobody"] if act is known_account else [TERMINAL, "nobody"]
        with pytest.raises(UsageError) as error, store.write() as session:
            act(session, *arguments)
        assert codes(error) == ["account_unknown"]


# Who may -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_manage_accounts_and_who_else_tries_is_logged(store: Store, role: Role) -> None:
    (person,) = made(store, replace(MEMBER, role=role))
    with pytest.raises(NotPermitted):
        changed(store, acting(person), "member01", Change(role=Role.ADMINISTRATOR))
    assert stored(store, "member01").role == role
    entry = log(store)[-1]
    assert (entry.action, entry.outcome, entry.account_id) == (Did.REFUSED, "refused", person.account_id)


def test_a_stranger_manages_nothing(store: Store) -> None:
    made(store, NEW)
    with pytest.raises(NotPermitted), managing(store, Actor(None, "10.0.0.7")):
        pytest.fail("nobody is signed in")


# Passwords, locks, sessions ------------------------------------------------------------------------------------------


def test_a_password_that_was_set_must_be_changed_unlocks_and_signs_out(store: Store, settings: Settings) -> None:
    made(store, NEW)
    with store.write() as session:
        account = known_account(session, "admin01")
        token = open_session(session, account, "10.0.0.8", "password")
        account.failures, account.locked_until = 5, datetime.now(UTC) + timedelta(minutes=1)
    with managing(store, TERMINAL) as session:
        set_password(session, TERMINAL, "admin01", "another good one")
    account = stored(store, "admin01")
    assert (account.must_change, account.failures, account.locked_until) == (True, 0, None)
    assert password_matches(account.password_hash, "another good one")
    assert not password_matches(account.password_hash, PASSWORD)
    with store.read() as session:
        assert look_up(session, digest_of(token), settings) is None
    assert log(store)[-1].action == Did.PASSWORD_CHANGED
    assert "another good one" not in log(store)[-1].detail


@pytest.mark.parametrize(("password", "said"), [("short", "password_length"), ("admin01-admin01", None)])
def test_a_password_that_is_set_is_judged_like_any(store: Store, password: str, said: str | None) -> None:
    made(store, NEW)
    if said is None:
        with managing(store, TERMINAL) as session:
            set_password(session, TERMINAL, "admin01", password)
        return
    with pytest.raises(UsageError) as error, managing(store, TERMINAL) as session:
        set_password(session, TERMINAL, "admin01", password)
    assert codes(error) == [said]


def test_unlocking_takes_passwords_again_at_once(store: Store) -> None:
    made(store, NEW)
    until = datetime.now(UTC) + timedelta(minutes=4)
    with store.write() as session:
        account = known_account(session, "admin01")
        account.failures, account.locked_until = 7, until
    with store.read() as session:
        assert list_accounts(session)[0].locked_until == until
        assert list_accounts(session, until + timedelta(seconds=1))[0].locked_until is None
    with managing(store, TERMINAL) as session:
        unlock(session, TERMINAL, "admin01")
    assert (stored(store, "admin01").failures, stored(store, "admin01").locked_until) == (0, None)
    assert json.loads(log(store)[-1].detail) == {"unlocked": True}


def test_ending_sessions_ends_those_of_one_person_alone(store: Store) -> None:
    made(store, NEW, MEMBER)
    with store.write() as session:
        for login in ("admin01", "member01", "member01"):
            open_session(session, known_account(session, login), "10.0.0.8", "password")
    with managing(store, TERMINAL) as session:
        assert sign_out_everywhere(session, TERMINAL, "member01") == 2
    with store.read() as session:
        assert [one.account.login for one in session.scalars(select(SignIn))] == ["admin01"]


# The list ------------------------------------------------------------------------------------------------------------


def test_the_list_says_when_somebody_was_last_seen_also_after_they_signed_out(store: Store) -> None:
    _, member = made(store, NEW, MEMBER)
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    with store.write() as session:
        append(session, acting(member), Event(Did.SIGNED_IN, "member01"), at)
        append(session, acting(member), Event(Did.SIGNED_OUT, "member01"), at + timedelta(hours=1))
        listed = {one.login: one for one in list_accounts(session)}
        assert (listed["member01"].seen_at, listed["member01"].sessions) == (at, 0)
        assert (listed["admin01"].seen_at, listed["admin01"].ways) == (None, ("password",))
        open_session(session, known_account(session, "member01"), "10.0.0.8", "oidc", at + timedelta(hours=2))
        listed = {one.login: one for one in list_accounts(session)}
        assert (listed["member01"].seen_at, listed["member01"].sessions) == (at + timedelta(hours=2), 1)


def test_the_list_has_those_who_are_closed_last_and_no_password_of_anybody(store: Store) -> None:
    made(store, replace(NEW, login="z"), replace(NEW, login="a"), replace(NEW, login="b"))
    changed(store, TERMINAL, "a", Change(active=False))
    with store.read() as session:
        listed = list_accounts(session)
        hashes = [str(account.password_hash) for account in session.scalars(select(Account))]
    assert [one.login for one in listed] == ["b", "z", "a"]
    assert not [one for one in hashes if one in repr(listed)]

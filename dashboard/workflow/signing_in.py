"""Signing in and out by password: attempts, locks, changes of the password, and why a session ended. Knows no web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dashboard.workflow import audit
from dashboard.workflow.accounts import find_account, hash_password, password_faults, password_matches
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.sessions import (
    SEEN_EVERY,
    Signed,
    end_session,
    end_sessions_of,
    keep_alive,
    look_up,
    may_be_used,
    open_session,
)
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import Account, AddressFailures, SignIn
from etl.errors import Fault, UsageError

FAILURES: Final = 5
"""Wrong passwords in a row until an account is locked for a minute; every further one doubles the time."""
LONGEST_LOCK: Final = timedelta(hours=1)
ADDRESS_FAILURES: Final = 30
"""Failures from one address within the window until nothing more is tried from there."""
ADDRESS_WINDOW: Final = timedelta(minutes=15)

Why = Literal["idle", "limit", "ended"]
"""Why a session is over: nobody did anything, it lasted its time, or it was ended by hand."""
Refusal = Literal["wrong", "too_many"]


class SignInRefused(Exception):
    """Nobody is signed in.

    Args:
        why: `wrong` says nothing about the account; `too_many` is about the address, whichever account was meant.
    """

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why


class DatabaseAway(Exception):
    """The database does not answer."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody who wants to sign in.

    Attributes:
        login: as typed.
        password: as typed.
        address: where from.
        digest: of the session the browser had before; it ends when another begins.
    """

    login: str
    password: str
    address: str
    digest: str | None = None


@contextmanager
def reachable() -> Iterator[None]:
    """Tells whoever is outside of the workflow, in a word of its own, that the database does not answer."""
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseAway from error


# Who is there ---------------------------------------------------------------------------------------------------------


def find_signed(store: Store, settings: Settings, digest: str) -> Signed | None:
    """Whose session it is, if it still stands.

    Raises:
        DatabaseAway: nobody can tell now.
    """
    with reachable(), store.read() as session:
        return look_up(session, digest, settings)


def stay(store: Store, signed: Signed, now: datetime | None = None) -> None:
    """Note that a person did something; written at most every `SEEN_EVERY`.

    Raises:
        DatabaseAway: it could not be written.
    """
    moment = now or datetime.now(UTC)
    if moment - signed.seen_at < SEEN_EVERY:
        return
    with reachable(), store.write() as session:
        keep_alive(session, signed.digest, moment)


def why_ended(store: Store, settings: Settings, digest: str, now: datetime | None = None) -> Why:
    """Why a session that no longer stands is over.

    Raises:
        DatabaseAway: nobody can tell now.
    """
    moment = now or datetime.now(UTC)
    with reachable(), store.read() as session:
        found = session.get(SignIn, digest)
    if found is None or not may_be_used(found.account, settings):
        return "ended"
    return "limit" if moment - found.opened_at > settings.longest else "idle"


def answers(store: Store) -> bool:
    """Whether the database can be read."""
    try:
        with store.read() as session:
            session.execute(select(Account.id).limit(1))
    except SQLAlchemyError:
        return False
    return True


# Signing in -----------------------------------------------------------------------------------------------------------


def sign_in(store: Store, settings: Settings, attempt: Attempt, now: datetime | None = None) -> str:
    """Open a session for whoever knows the password; returns the cookie's token.

    One hash is computed whoever is meant, so that time tells as little as words. It is computed outside the
    transaction, so the account is read again afterwards: a lock that came meanwhile counts.

    Raises:
        SignInRefused: unknown, wrong, locked and closed alike; or too many failures from the address.
        DatabaseAway: nobody can tell now.
    """
    moment = now or datetime.now(UTC)
    with reachable(), store.read() as session:
        if is_blocked(session, attempt.address, moment):
            raise SignInRefused("too_many")
        known = _hash_of(_usable(session, attempt.login, settings))
    matches = password_matches(known, attempt.password)
    with reachable(), store.write() as session:
        account = _usable(session, attempt.login, settings)
        if account is None or not matches or _is_locked(account, moment) or account.password_hash != known:
            _note_failure(session, account, attempt.address, moment)
            token = None
        else:
            _end_what_ran_out(session, settings, moment)
            _forget_addresses(session, moment)
            token = _open(session, account, attempt, moment)
    if token is None:
        raise SignInRefused("wrong")
    return token


def _usable(session: Session, login: str, settings: Settings) -> Account | None:
    account = find_account(session, login)
    return account if account is not None and may_be_used(account, settings) else None


def _hash_of(account: Account | None) -> str | None:
    return account.password_hash if account else None


def _open(session: Session, account: Account, attempt: Attempt, moment: datetime) -> str:
    account.failures, account.locked_until = 0, None
    if attempt.digest:
        end_session(session, attempt.digest)
    actor = Actor(account.person, attempt.address)
    audit.append(session, actor, Event(Did.SIGNED_IN, account.login, {"way": "password"}), moment)
    return open_session(session, account, attempt.address, "password", moment)


def _end_what_ran_out(session: Session, settings: Settings, moment: datetime) -> None:
    """Take sessions away that nobody can use any more, and say so in the log."""
    idle = SignIn.seen_at < moment - settings.idle
    longest = SignIn.opened_at < moment - settings.longest
    for found in session.scalars(select(SignIn).where(or_(idle, longest))).all():
        why: Why = "limit" if found.opened_at < moment - settings.longest else "idle"
        actor = Actor(found.account.person, found.address)
        audit.append(session, actor, Event(Did.SIGNED_OUT, found.account.login, {"why": why}), moment)
        session.delete(found)


# Failures -------------------------------------------------------------------------------------------------------------


def _is_locked(account: Account, moment: datetime) -> bool:
    return account.locked_until is not None and moment < account.locked_until


def is_blocked(session: Session, address: str, moment: datetime) -> bool:
    """Whether so much has failed from an address that nothing more is tried from there for now."""
    found = session.get(AddressFailures, address[:64])
    return found is not None and found.failures >= ADDRESS_FAILURES and moment - found.since < ADDRESS_WINDOW


def _note_failure(session: Session, account: Account | None, address: str, moment: datetime) -> None:
    """Count and log a failure. What was typed as a login stays out: it may be a password in the wrong field."""
    count_address(session, address, moment)
    nobody = Actor(None, address)
    if account is None:
        audit.append(session, nobody, Event(Did.SIGN_IN_FAILED, "", {"why": "unknown"}, refused=True), moment)
    elif _is_locked(account, moment):
        audit.append(session, nobody, Event(Did.SIGN_IN_FAILED, account.login, {"why": "locked"}, refused=True), moment)
    else:
        audit.append(session, nobody, Event(Did.SIGN_IN_FAILED, account.login, {"why": "wrong"}, refused=True), moment)
        _count_failure(session, account, address, moment)


def _count_failure(session: Session, account: Account, address: str, moment: datetime) -> None:
    account.failures += 1
    if account.failures < FAILURES:
        return
    lock = lock_after(account.failures)
    account.locked_until = moment + lock
    detail = {"failures": account.failures, "minutes": lock // timedelta(minutes=1)}
    audit.append(session, Actor(None, address), Event(Did.ACCOUNT_LOCKED, account.login, detail), moment)


def lock_after(failures: int) -> timedelta:
    """How long an account is locked: 1 minute after the fifth failure, then 2, 4 … up to an hour."""
    doublings = min(failures - FAILURES, 10)
    return min(timedelta(minutes=2**doublings), LONGEST_LOCK)


def _forget_addresses(session: Session, moment: datetime) -> None:
    session.execute(delete(AddressFailures).where(AddressFailures.since < moment - ADDRESS_WINDOW))


def count_address(session: Session, address: str, moment: datetime) -> None:
    """Note that signing in failed from an address."""
    found = session.get(AddressFailures, address[:64])
    if found is None:
        session.add(AddressFailures(address=address[:64], failures=1, since=moment))
    elif moment - found.since >= ADDRESS_WINDOW:
        found.failures, found.since = 1, moment
    else:
        found.failures += 1


# Signing out and changing the password --------------------------------------------------------------------------------


def sign_out(store: Store, signed: Signed, address: str, *, everywhere: bool = False) -> None:
    """End the session, or every session of the account."""
    with store.write() as session:
        if everywhere:
            end_sessions_of(session, signed.person.account_id)
        else:
            end_session(session, signed.digest)
        actor = Actor(signed.person, address)
        audit.append(session, actor, Event(Did.SIGNED_OUT, signed.login, {"everywhere": everywhere}))


def change_password(store: Store, signed: Signed, old: str, new: str, address: str) -> str:
    """Take another password; every session of the account ends and a new one begins, whose token is returned.

    Raises:
        UsageError: the old password is wrong or the account locked, or the new one cannot be taken.
    """
    faults = [*password_faults(new, signed.login), *_unchanged(old, new)]
    if faults:
        raise UsageError(faults)
    moment = datetime.now(UTC)
    with store.read() as session:
        known = _hash_of(session.get(Account, signed.person.account_id))
    matches, new_hash = password_matches(known, old), hash_password(new)
    with store.write() as session:
        account = session.get_one(Account, signed.person.account_id)
        is_right = matches and account.password_hash == known and not _is_locked(account, moment)
        if is_right:
            token = _take(session, account, new_hash, signed, address)
        else:
            _note_failure(session, account, address, moment)
            token = None
    if token is None:
        raise UsageError(Fault("password_wrong", ""))
    return token


def _unchanged(old: str, new: str) -> list[Fault]:
    return [Fault("password_unchanged", "")] if old == new else []


def _take(session: Session, account: Account, new_hash: str, signed: Signed, address: str) -> str:
    account.password_hash, account.must_change, account.failures = new_hash, False, 0
    end_sessions_of(session, account.id)
    audit.append(session, Actor(account.person, address), Event(Did.PASSWORD_CHANGED, account.login))
    return open_session(session, account, address, "oidc" if signed.way == "oidc" else "password")

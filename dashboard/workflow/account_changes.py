"""Accounts that exist: looked through, changed, closed, given a password; every change in the audit log.

Accounts are never deleted, for what somebody did stays theirs. Whoever keeps the accounts cannot shut everybody out:
the last administrator who can sign in stays one, and nobody changes their own role or closes themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.access import Action, Role, can
from dashboard.workflow import audit
from dashboard.workflow.accounts import find_account, hash_password, identity_faults, password_faults, text_faults
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.sessions import end_sessions_of
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import Account, SignIn
from dashboard.workflow.tables.audit import AuditEntry
from etl.errors import Fault, NotPermitted, UsageError


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about an account; None leaves a part as it is.

    Attributes:
        name: what is shown.
        role: what they are to the evaluation.
        unit_id: their department; the empty text is none.
        active: whether the account can be used.
        identity: issuer and subject of the identity provider that vouches for them.
    """

    name: str | None = None
    role: Role | None = None
    unit_id: str | None = None
    active: bool | None = None
    identity: tuple[str, str] | None = None

    def applied_to(self, account: Account) -> Mapping[str, Any]:
        """The columns that would differ, with what they would be."""
        issuer, subject = self.identity or (account.issuer, account.subject)
        wanted = {
            "name": account.name if self.name is None else self.name.strip() or account.login,
            "role": account.role if self.role is None else self.role.value,
            "unit_id": account.unit_id if self.unit_id is None else self.unit_id.strip() or None,
            "active": account.active if self.active is None else self.active,
            "issuer": issuer,
            "subject": subject,
        }
        return {column: value for column, value in wanted.items() if value != getattr(account, column)}


@contextmanager
def managing(store: Store, actor: Actor) -> Iterator[Session]:
    """A transaction in which accounts may be changed: by an administrator, or by the user of the terminal.

    Raises:
        NotPermitted: the person may not; the log says that they tried.
    """
    if not actor.user and not can(actor.person, Action.MANAGE_ACCOUNTS):
        with store.write() as session:
            audit.append(session, actor, Event(Did.REFUSED, Action.MANAGE_ACCOUNTS.value, refused=True))
        raise NotPermitted(Fault("accounts_not_yours", ""))
    with store.write() as session:
        yield session


def known_account(session: Session, login: str) -> Account:
    """The account of a login.

    Raises:
        UsageError: there is none.
    """
    found = find_account(session, login)
    if found is None:
        raise UsageError(Fault("account_unknown", "", {"login": login}))
    return found


def change_account(session: Session, actor: Actor, login: str, change: Change, seen: int | None = None) -> Account:
    """Change an account; where role, department or use change, whoever it belongs to is signed out everywhere.

    A page that is open after a transfer from one department to another shows nothing of the first.

    Args:
        session: of `managing`.
        actor: who.
        login: whose account.
        change: what is to be different.
        seen: the account's version when its editor saw it; None where nothing was shown before.

    Raises:
        UsageError: there is no such account, somebody else has changed it since, or it cannot be so.
    """
    account = known_account(session, login)
    if seen is not None and account.version != seen:
        raise UsageError(Fault("account_changed_since", "", {"login": account.login}))
    different = change.applied_to(account)
    faults = list(_faults_of(session, actor, account, different))
    if faults:
        raise UsageError(faults)
    if not different:
        return account
    for column, value in different.items():
        setattr(account, column, value)
    session.flush()
    if different.keys() & {"role", "unit_id", "active"}:
        end_sessions_of(session, account.id)
    _log(session, actor, account, {column: _told(value) for column, value in different.items()})
    return account


def _told(value: Any) -> str | bool:
    return value if isinstance(value, bool) else str(value or "")


def _faults_of(session: Session, actor: Actor, account: Account, different: Mapping[str, Any]) -> Iterator[Fault]:
    role = Role(different.get("role", account.role))
    yield from text_faults(account.login, different.get("name"), different.get("unit_id"))
    if role is Role.DEPARTMENT and not different.get("unit_id", account.unit_id):
        yield Fault("account_needs_unit", "", {"login": account.login})
    if {"issuer", "subject"} & different.keys():
        issuer, subject = (different.get(column, getattr(account, column)) for column in ("issuer", "subject"))
        yield from identity_faults(session, issuer, subject)
    loses = "role" in different or different.get("active") is False
    if loses and actor.person is not None and actor.person.account_id == account.id:
        yield Fault("account_own", "", {"login": account.login})
    elif loses and is_last_administrator(session, account):
        yield Fault("account_last_administrator", "", {"login": account.login})


def is_last_administrator(session: Session, account: Account) -> bool:
    """Whether nobody else could keep the accounts."""
    if account.role != Role.ADMINISTRATOR.value or not account.active:
        return False
    others = select(func.count()).select_from(Account)
    others = others.where(Account.role == Role.ADMINISTRATOR.value, Account.active, Account.id != account.id)
    return session.scalar(others) == 0


def set_password(session: Session, actor: Actor, login: str, password: str) -> Account:
    """Give an account a password that must be changed at the next sign-in; whoever is signed in is signed out.

    Raises:
        UsageError: there is no such account, or the password is not taken.
    """
    account = known_account(session, login)
    faults = password_faults(password, account.login)
    if faults:
        raise UsageError(faults)
    account.password_hash, account.must_change = hash_password(password), True
    account.failures, account.locked_until = 0, None
    session.flush()
    end_sessions_of(session, account.id)
    audit.append(session, actor, Event(Did.PASSWORD_CHANGED, account.login, {"must_change": True}))
    return account


def unlock(session: Session, actor: Actor, login: str) -> Account:
    """Take passwords of an account again, before its lock runs out.

    Raises:
        UsageError: there is no such account.
    """
    account = known_account(session, login)
    account.failures, account.locked_until = 0, None
    session.flush()
    _log(session, actor, account, {"unlocked": True})
    return account


def sign_out_everywhere(session: Session, actor: Actor, login: str) -> int:
    """End every session of an account; returns how many there were.

    Raises:
        UsageError: there is no such account.
    """
    account, count = known_account(session, login), count_sessions(session, login)
    end_sessions_of(session, account.id)
    _log(session, actor, account, {"sessions_ended": count})
    return count


def count_sessions(session: Session, login: str) -> int:
    """In how many browsers somebody is signed in.

    Raises:
        UsageError: there is no such account.
    """
    account = known_account(session, login)
    return session.scalar(select(func.count()).select_from(SignIn).where(SignIn.account_id == account.id)) or 0


def _log(session: Session, actor: Actor, account: Account, detail: Mapping[str, str | bool | int]) -> None:
    audit.append(session, actor, Event(Did.ACCOUNT_CHANGED, account.login, detail))


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as those who keep them see it; no password and no key is in it.

    Attributes:
        login: what is typed.
        name: what is shown.
        role: what they are to the evaluation.
        unit_id: their department.
        active: whether it can be used.
        locked_until: until when no password is taken; None where it is not locked now.
        must_change: whether the password must be changed first.
        ways: how they can sign in: `password`, `oidc`.
        issuer: of the identity provider that vouches for them.
        sessions: browsers that are signed in, those that ran out of time included.
        seen_at: when they were last heard of: a session, or else the last sign-in the log has; None is never.
        version: of the account.
    """

    login: str
    name: str
    role: Role
    unit_id: str | None
    active: bool
    locked_until: datetime | None
    must_change: bool
    ways: tuple[str, ...]
    issuer: str | None
    sessions: int
    seen_at: datetime | None
    version: int

    @property
    def state(self) -> str:
        """Whether it is `closed`, `locked`, waits for a new password (`must_change`), or is `open`."""
        if not self.active:
            return "closed"
        if self.locked_until is not None:
            return "locked"
        return "must_change" if self.must_change else "open"


def list_accounts(session: Session, now: datetime | None = None) -> list[Listed]:
    """Every account, by login; those that are closed last."""
    moment = now or datetime.now(UTC)
    live = {row[0]: row for row in session.execute(_LIVE)}
    signed_in: dict[str, datetime] = {row[0]: row[1] for row in session.execute(_SIGNED_IN)}
    listed = []
    for account in session.scalars(select(Account).order_by(Account.active.desc(), Account.login)):
        _, count, heard = live.get(account.id, (account.id, 0, None))
        locked = account.locked_until if account.locked_until and account.locked_until > moment else None
        listed.append(
            Listed(
                login=account.login,
                name=account.name,
                role=Role(account.role),
                unit_id=account.unit_id,
                active=account.active,
                locked_until=locked,
                must_change=account.must_change,
                ways=_ways(account),
                issuer=account.issuer,
                sessions=count,
                seen_at=max((at for at in (heard, signed_in.get(account.id)) if at), default=None),
                version=account.version,
            )
        )
    return listed


_LIVE = select(SignIn.account_id, func.count(), func.max(SignIn.seen_at)).group_by(SignIn.account_id)
_SIGNED_IN = (
    select(AuditEntry.account_id, func.max(AuditEntry.at))
    .where(AuditEntry.action == Did.SIGNED_IN.value)
    .group_by(AuditEntry.account_id)
)


def _ways(account: Account) -> tuple[str, ...]:
    return tuple(way for way, has in (("password", account.password_hash), ("oidc", account.subject)) if has)

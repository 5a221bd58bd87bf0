"""Accounts: made, found, changed, and their passwords checked."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Role
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.tables.accounts import Account
from etl.errors import Fault, UsageError

_HASHER: Final = PasswordHasher()
"""Argon2id with the library's parameters, those of RFC 9106 for little memory."""
SHORTEST: Final = 10
"""Characters of a password at least."""
_LONGEST: Final = 200
_LONGEST_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made of.

    Attributes:
        login: what is typed.
        name: what is shown.
        role: what they are to the evaluation.
        unit_id: their department; needed for a department's member.
        password: None where an identity provider vouches for them.
        must_change: whether the password must be changed at the first sign-in.
        identity: issuer and subject of the identity provider that vouches for them.
    """

    login: str
    name: str
    role: Role
    unit_id: str | None = None
    password: str | None = None
    must_change: bool = False
    identity: tuple[str, str] | None = None


USUAL_ROLE: Final = Role.DEPARTMENT
"""What most accounts are."""


def folded(login: str) -> str:
    """A login as it is compared: composed, trimmed, without case."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def add_account(session: Session, actor: Actor, new: NewAccount) -> Account:
    """Make an account.

    Raises:
        UsageError: the login is taken or empty, the password too short, a department's member has no department,
            another account has the identity.
    """
    faults = list(_faults_of(session, new))
    if faults:
        raise UsageError(faults)
    issuer, subject = new.identity or (None, None)
    account = Account(
        id=secrets.token_hex(16),
        login=folded(new.login),
        name=new.name.strip() or new.login,
        role=new.role.value,
        unit_id=(new.unit_id or "").strip() or None,
        issuer=issuer,
        subject=subject,
        password_hash=None if new.password is None else _HASHER.hash(new.password),
        active=True,
        failures=0,
        must_change=new.must_change,
        created_at=datetime.now(UTC),
    )
    session.add(account)
    session.flush()
    audit.append(
        session, actor, Event(Did.ACCOUNT_ADDED, account.login, {"role": account.role, "unit": account.unit_id or ""})
    )
    return account


def _faults_of(session: Session, new: NewAccount) -> list[Fault]:
    login, faults = folded(new.login), []
    if not login or len(login) > 100 or not login.isprintable():
        faults.append(Fault("account_login_unusable", "", {"login": new.login}))
    elif find_account(session, login) is not None:
        faults.append(Fault("account_login_taken", "", {"login": login}))
    if new.password is not None:
        faults += password_faults(new.password, login)
    if new.role is Role.DEPARTMENT and not new.unit_id:
        faults.append(Fault("account_needs_unit", "", {"login": login}))
    if new.identity is not None:
        faults += identity_faults(session, *new.identity)
    return [*faults, *text_faults(login, new.name, new.unit_id)]


def text_faults(login: str, *texts: str | None) -> list[Fault]:
    """Why a name or the code of a department is not taken: too long for its column, or not all of it can be seen."""
    usable = all(len(text) <= _LONGEST_TEXT and text.isprintable() for text in texts if text)
    return [] if usable else [Fault("account_text_unusable", "", {"login": login})]


def identity_faults(session: Session, issuer: str, subject: str) -> list[Fault]:
    """Why an identity is not taken: the issuer no address, the subject empty, too long, or another account's."""
    if "://" not in issuer or not subject or max(len(issuer), len(subject)) > _LONGEST:
        return [Fault("account_identity_unusable", "", {})]
    taken = find_identity(session, issuer, subject)
    return [] if taken is None else [Fault("account_identity_taken", "", {"login": taken.login})]


def find_identity(session: Session, issuer: str, subject: str) -> Account | None:
    """The account that an identity provider vouches for."""
    return session.scalars(select(Account).where(Account.issuer == issuer, Account.subject == subject)).first()


def password_faults(password: str, login: str) -> list[Fault]:
    """Why a password is not taken: too short, too long, or the login itself (NIST SP 800-63B, 3.1.1.2)."""
    if not SHORTEST <= len(password) <= _LONGEST:
        return [Fault("password_length", "", {"shortest": SHORTEST, "longest": _LONGEST})]
    return [Fault("password_is_login", "", {})] if folded(password) == folded(login) else []


def find_account(session: Session, login: str) -> Account | None:
    """The account of a login."""
    return session.scalars(select(Account).where(Account.login == folded(login))).first()


def hash_password(password: str) -> str:
    """The argon2id hash of a password; takes tens of milliseconds by intent: call it off the event loop."""
    return _HASHER.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether a password is the one; takes as long where there is no account, so that time tells nothing."""
    nobodys = _nobodys()
    try:
        _HASHER.verify(password_hash or nobodys, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _nobodys() -> str:
    """The hash of no password there is; made when the first is checked, not by whatever loads this module."""
    return _HASHER.hash(secrets.token_hex(16))

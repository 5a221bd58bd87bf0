"""Sessions: opened at sign-in, looked up at every request and message, ended by time or by hand."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dashboard.access import Person
from dashboard.workflow.settings import Settings
from dashboard.workflow.tables.accounts import Account, SignIn

Way = Literal["password", "oidc"]
DEMONSTRATION: Final = "demonstration"
"""Stands as the issuer of the demonstration's accounts; a real issuer is an address."""
SEEN_EVERY: Final = timedelta(seconds=30)
"""How much later a session must be heard of to be written again."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who is signed in.

    Attributes:
        digest: of the session's token.
        person: who.
        login: what they typed.
        must_change: whether they must change their password first.
        opened_at: when they signed in.
        seen_at: when they were last heard of.
        address: where from.
        way: how they signed in.
    """

    digest: str
    person: Person
    login: str
    must_change: bool
    opened_at: datetime
    seen_at: datetime
    address: str
    way: str


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(session: Session, account: Account, address: str, way: Way, now: datetime | None = None) -> str:
    """Sign somebody in; returns the token for the cookie, which is kept nowhere else."""
    token, moment = secrets.token_urlsafe(32), now or datetime.now(UTC)
    session.add(
        SignIn(
            token_digest=digest_of(token),
            account_id=account.id,
            opened_at=moment,
            seen_at=moment,
            address=address[:64],
            way=way,
        )
    )
    session.flush()
    return token


def look_up(session: Session, digest: str, settings: Settings, now: datetime | None = None) -> Signed | None:
    """Who a session belongs to; None where there is none, it has run out, or the account is closed."""
    found = session.get(SignIn, digest)
    moment = now or datetime.now(UTC)
    if found is None or not may_be_used(found.account, settings):
        return None
    if moment - found.seen_at > settings.idle or moment - found.opened_at > settings.longest:
        return None
    account = found.account
    return Signed(
        digest,
        account.person,
        account.login,
        account.must_change,
        found.opened_at,
        found.seen_at,
        found.address,
        found.way,
    )


def may_be_used(account: Account, settings: Settings) -> bool:
    """Whether an account is open; those of the demonstration, whose passwords are shown, in a demonstration only."""
    return account.active and (account.issuer != DEMONSTRATION or settings.demonstration)


def keep_alive(session: Session, digest: str, now: datetime | None = None) -> None:
    """Note that a session was heard of."""
    found = session.get(SignIn, digest)
    if found is not None:
        found.seen_at = now or datetime.now(UTC)


def end_session(session: Session, digest: str) -> None:
    """Sign one browser out."""
    session.execute(delete(SignIn).where(SignIn.token_digest == digest))


def end_sessions_of(session: Session, account_id: str, but: str = "") -> None:
    """Sign somebody out everywhere, except in one browser where it is named."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.token_digest != but))

"""Signing in through an identity provider: the way there and back, and who is let in. Knows no web."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.workflow import audit
from dashboard.workflow.account_changes import Change, change_account
from dashboard.workflow.accounts import NewAccount, add_account, find_identity
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.identity import IdentityProvider, Vouched, vouched
from dashboard.workflow.sessions import digest_of, end_session, end_sessions_of, may_be_used, open_session
from dashboard.workflow.settings import Settings
from dashboard.workflow.signing_in import count_address, is_blocked
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import Account, OidcFlow
from etl.errors import UsageError

LONGEST_WAY: Final = timedelta(minutes=10)
"""From setting out to coming back."""
_LONGEST_PAGE: Final = 2000
_MOST_ON_THEIR_WAY: Final = 10_000
"""More are nobody's real visitors; the oldest are forgotten, so that they cannot fill the disk."""

Why = Literal[
    "expired",
    "too_many",
    "denied",
    "away",
    "untrue",
    "no_role",
    "unknown",
    "closed",
    "no_unit",
    "login_taken",
    "last_administrator",
]
_FAULTS: Final[Mapping[str, Why]] = {
    "account_needs_unit": "no_unit",
    "account_text_unusable": "no_unit",
    "account_login_taken": "login_taken",
    "account_login_unusable": "login_taken",
    "account_last_administrator": "last_administrator",
}


class IdentityRefused(Exception):
    """Nobody is signed in.

    Args:
        why: key of the words that say what to do.
        detail: more for the log; never a token, a code or a secret.

    Attributes:
        is_logged: whether the log has it already.
    """

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why: Why = why
        self.detail = detail
        self.is_logged = why == "too_many"


# There and back -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """What somebody takes along to the provider.

    Attributes:
        state: comes back with them.
        browser: stays in their browser as a cookie.
        nonce: comes back within the ID token.
        verifier: the secret of PKCE; only its digest goes along.
        next_page: where they wanted to go.
    """

    state: str
    browser: str
    nonce: str
    verifier: str
    next_page: str


def set_out(store: Store, next_page: str, address: str, now: datetime | None = None) -> Way:
    """Note that a browser goes to the provider.

    Raises:
        IdentityRefused: too much has failed from its address.
    """
    moment = now or datetime.now(UTC)
    _check_address(store, address, moment)
    state, browser, nonce = (secrets.token_urlsafe(32) for _ in range(3))
    way = Way(state, browser, nonce, secrets.token_urlsafe(48), next_page if len(next_page) <= _LONGEST_PAGE else "/")
    with store.write() as session:
        _forget_old(session, moment)
        session.add(
            OidcFlow(
                state_digest=digest_of(way.state),
                browser_digest=digest_of(way.browser),
                nonce=way.nonce,
                verifier=way.verifier,
                next_page=way.next_page,
                begun_at=moment,
            )
        )
    return way


def _check_address(store: Store, address: str, moment: datetime) -> None:
    with store.read() as session:
        if is_blocked(session, address, moment):
            raise IdentityRefused("too_many")


def _forget_old(session: Session, moment: datetime) -> None:
    newest = select(OidcFlow.begun_at).order_by(OidcFlow.begun_at.desc()).offset(_MOST_ON_THEIR_WAY).limit(1)
    session.execute(delete(OidcFlow).where(OidcFlow.begun_at < moment - LONGEST_WAY))
    session.execute(delete(OidcFlow).where(OidcFlow.begun_at <= newest.scalar_subquery()))


def come_back(store: Store, state: str, browser: str, address: str, now: datetime | None = None) -> Way:
    """The way that ends here; each ends once.

    Args:
        store: the database.
        state: as the provider handed it back.
        browser: the cookie's value.
        address: where from.
        now: when, for tests.

    Raises:
        IdentityRefused: there is no such way, it took too long, another browser set out, or too much has failed.
    """
    moment = now or datetime.now(UTC)
    _check_address(store, address, moment)
    with store.write() as session:
        found = session.get(OidcFlow, digest_of(state))
        if found is not None:
            session.delete(found)
    if found is None or moment - found.begun_at > LONGEST_WAY:
        raise IdentityRefused("expired", "state")
    if not secrets.compare_digest(found.browser_digest, digest_of(browser)):
        raise IdentityRefused("expired", "another browser")
    return Way(state, browser, found.nonce, found.verifier, found.next_page)


# Who is let in --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes back from the provider.

    Attributes:
        claims: of the ID token, verified.
        address: where from.
        digest: of the session the browser had before; it ends when another begins.
    """

    claims: Mapping[str, Any]
    address: str
    digest: str | None = None


def sign_in(store: Store, settings: Settings, provider: IdentityProvider, arrival: Arrival) -> str:
    """Open a session for somebody the provider vouches for; returns the cookie's token.

    Role and department follow the claims at every sign-in. Where they changed, older sessions end.

    Raises:
        IdentityRefused: no role, no account, a closed one, or what the claims say cannot be; the log says so.
    """
    said = vouched(provider, arrival.claims)
    with store.write() as session:
        account = find_identity(session, said.issuer, said.subject)
        try:
            account = _admitted(session, settings, provider, account, said, arrival)
        except IdentityRefused as refused:
            _turn_away(session, account, said, arrival, refused)
            outcome: str | IdentityRefused = refused
        else:
            outcome = _open(session, account, arrival)
    if isinstance(outcome, IdentityRefused):
        raise outcome
    return outcome


def _admitted(
    session: Session,
    settings: Settings,
    provider: IdentityProvider,
    account: Account | None,
    said: Vouched,
    arrival: Arrival,
) -> Account:
    """The account as the claims want it."""
    if provider.role_claim is not None and said.role is None:
        raise IdentityRefused("no_role")
    if account is not None and not may_be_used(account, settings):
        raise IdentityRefused("closed")
    by = Actor(None, arrival.address, said.issuer)
    try:
        if account is None:
            return _made(session, provider, said, by)
        unit = None if provider.unit_claim is None else said.unit_id or ""
        return change_account(session, by, account.login, Change(role=said.role, unit_id=unit))
    except UsageError as error:
        raise IdentityRefused(_FAULTS.get(error.faults[0].code, "login_taken")) from error


def _made(session: Session, provider: IdentityProvider, said: Vouched, by: Actor) -> Account:
    if not provider.link or said.role is None:
        raise IdentityRefused("unknown")
    new = NewAccount(said.login, said.name, said.role, said.unit_id, identity=(said.issuer, said.subject))
    return add_account(session, by, new)


def _open(session: Session, account: Account, arrival: Arrival) -> str:
    if arrival.digest:
        end_session(session, arrival.digest)
    actor = Actor(account.person, arrival.address)
    audit.append(session, actor, Event(Did.SIGNED_IN, account.login, {"way": "oidc"}))
    return open_session(session, account, arrival.address, "oidc")


def _turn_away(
    session: Session, account: Account | None, said: Vouched, arrival: Arrival, refused: IdentityRefused
) -> None:
    """Log it; whoever the provider no longer vouches for as before is signed out everywhere."""
    if account is not None:
        end_sessions_of(session, account.id)
    refused.is_logged = True
    count_address(session, arrival.address, datetime.now(UTC))
    detail = {"way": "oidc", "why": refused.why, "subject": said.subject[:200]}
    about = account.login if account else ""
    audit.append(session, Actor(None, arrival.address), Event(Did.SIGN_IN_FAILED, about, detail, refused=True))


def note_failure(store: Store, address: str, refused: IdentityRefused) -> None:
    """Log that somebody came back from the provider and was nobody yet."""
    detail = {"way": "oidc", "why": refused.why, "detail": refused.detail[:200]}
    with store.write() as session:
        count_address(session, address, datetime.now(UTC))
        audit.append(session, Actor(None, address), Event(Did.SIGN_IN_FAILED, "", detail, refused=True))

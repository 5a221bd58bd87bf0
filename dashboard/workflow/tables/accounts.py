"""Who can sign in, and who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dashboard.access import Person, Role
from dashboard.workflow.tables.base import Base


class Account(Base):
    """Somebody who can sign in, by password, by an identity provider, or both.

    Attributes:
        id: random, never reused.
        login: what is typed; unique, as folded by `accounts.folded`.
        name: shown beside what they did.
        role: a value of `Role`.
        unit_id: code of the department, for those who have one.
        password_hash: argon2id; None where there is no password.
        issuer: of the identity provider that vouches for the account.
        subject: the provider's name for it.
        active: whether it can be used; accounts are never deleted, for what they did stays theirs.
        failures: wrong passwords in a row.
        locked_until: until when no password is taken.
        must_change: whether the password must be changed before anything else.
        created_at: when it was made.
        version: grows with each change.
    """

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[str | None] = mapped_column(String(100))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    issuer: Mapped[str | None] = mapped_column(String(200))
    subject: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    must_change: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})

    @property
    def person(self) -> Person:
        """Who the account is to the permission table."""
        return Person(self.id, self.name, Role(self.role), self.unit_id)


class SignIn(Base):
    """A session: somebody who is signed in in one browser.

    Attributes:
        token_digest: SHA-256 of the cookie's value, which itself is nowhere kept.
        account_id: whose it is.
        opened_at: when they signed in.
        seen_at: when they were last heard of.
        address: where from.
        way: `password` or `oidc`.
    """

    __tablename__ = "sign_ins"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(64))
    way: Mapped[str] = mapped_column(String(10))

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class AddressFailures(Base):
    """How often signing in failed from one address of late, whoever was tried.

    Attributes:
        address: of the browser.
        failures: within the window.
        since: when the window began.
    """

    __tablename__ = "address_failures"

    address: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]


class OidcFlow(Base):
    """Somebody on their way to an identity provider and back: what must fit when they return, once and soon.

    Attributes:
        state_digest: SHA-256 of the `state` that the provider hands back.
        browser_digest: SHA-256 of a cookie of the browser that set out.
        nonce: that the ID token must hold.
        verifier: the secret of PKCE (RFC 7636).
        next_page: where they wanted to go.
        begun_at: when they set out.
    """

    __tablename__ = "oidc_flows"

    state_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_digest: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    next_page: Mapped[str] = mapped_column(String(2000))
    begun_at: Mapped[datetime] = mapped_column(index=True)

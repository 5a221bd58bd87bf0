"""The public keys with which people's signatures are checked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.base import Base


class SigningKey(Base):
    """A public key of somebody. It stays when a newer one takes its place, for it still checks what it signed.

    Attributes:
        fingerprint: SHA-256 of the raw key, in hexadecimal; a key belongs to one account and never to another.
        public_key: Ed25519, 32 bytes in base64.
        account_id: whose it is.
        role: in which it signs, that of the account when the key was registered.
        role: Mapped[str] = mapped_column(String(20))
    added_at: from when on.
        retired_at: until when it signed; None while it may.
    """

    __tablename__ = "signing_keys"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_key: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)

"""The audit log: what anybody did, append only, each entry bound to the one before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.workflow.tables.base import Base


class AuditEntry(Base):
    """One thing that was done, or refused.

    Attributes:
        number: 1, 2, 3 … without a gap.
        at: when.
        account_id: whose account; empty where nobody was signed in.
        person: the account's name and role at the time, or the user of the terminal.
        address: where from; `terminal` for a command.
        action: what was done, a word of `audit.Did`.
        about: what it was done to: an account, a release, a request.
        outcome: `done` or `refused`.
        detail: JSON of the rest, without passwords and without names of people in records.
        previous: hash of the entry before; of the first, 64 zeros.
        hash: SHA-256 of everything above as canonical JSON (RFC 8785), in hexadecimal.
    """

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[str] = mapped_column(String(32))
    person: Mapped[str] = mapped_column(String(130))
    address: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(40), index=True)
    about: Mapped[str] = mapped_column(String(300))
    outcome: Mapped[str] = mapped_column(String(10))
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditAnchor(Base):
    """Where the log begins after its older part went into a sealed file; append only as well.

    Attributes:
        number: of the last entry that went.
        hash: of that entry, to which the first one left is bound.
        at: when it went.
        file_digest: SHA-256 of the sealed file, in hexadecimal.
    """

    __tablename__ = "audit_anchors"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    file_digest: Mapped[str] = mapped_column(String(64))

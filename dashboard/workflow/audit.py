"""The audit log: appending to it, and its head."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Person
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.base import moment_text

NOTHING_BEFORE: Final = "0" * 64
"""What the first entry is bound to."""


class Did(StrEnum):
    """What the log tells of."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    ACCOUNT_LOCKED = "account_locked"
    PASSWORD_CHANGED = "password_changed"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    RECORDS_SEEN = "records_seen"
    EXPORTED = "exported"
    RECORDS_LOADED = "records_loaded"
    NAME_DECIDED = "name_decided"
    RULEBOOK_PROPOSED = "rulebook_proposed"
    RULEBOOK_APPROVED = "rulebook_approved"
    MOVE_PROPOSED = "move_proposed"
    MOVED = "moved"
    EXECUTIVES_BRIEFED = "executives_briefed"
    REQUEST_FILED = "request_filed"
    REQUEST_EDITED = "request_edited"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_RETURNED = "request_returned"
    REQUEST_DECIDED = "request_decided"
    REQUEST_CARRIED_OUT = "request_carried_out"
    REQUEST_WITHDRAWN = "request_withdrawn"
    MARK_GIVEN = "mark_given"
    PANEL_CHANGED = "panel_changed"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_SEEN = "evidence_seen"
    RELEASE_SIGNED = "release_signed"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    LOG_READ = "log_read"
    LOG_PRUNED = "log_pruned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and from where.

    Attributes:
        person: who is signed in; None where nobody is.
        address: of the browser; `terminal` for a command.
        user: of the terminal, where nobody is signed in.
    """

    person: Person | None
    address: str
    user: str = ""

    @property
    def named(self) -> str:
        """Name and role as the log keeps them."""
        return f"{self.person.name} ({self.person.role})" if self.person else self.user


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be kept.

    Attributes:
        did: what was done.
        about: what to.
        detail: the rest: texts, whole numbers and yes or no; never a password, never a person of the records.
        refused: whether it was not allowed.
    """

    did: Did
    about: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    refused: bool = False


def append(session: Session, actor: Actor, event: Event, now: datetime | None = None) -> AuditEntry:
    """Add to the log, in the transaction that does the thing itself: both happen or neither.

    Args:
        session: of `Store.write`, which lets one writer in at a time.
        actor: who.
        event: what.
        now: when, for tests.
    """
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=now or datetime.now(UTC),
        account_id=actor.person.account_id if actor.person else "",
        person=actor.named[:130],
        address=actor.address[:64],
        action=event.did.value,
        about=event.about[:300],
        outcome="refused" if event.refused else "done",
        detail=rfc8785.dumps(dict(event.detail)).decode(),
        previous=last.hash if last else NOTHING_BEFORE,
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


def hash_of(entry: AuditEntry) -> str:
    """What an entry's hash must be."""
    said: dict[str, Any] = {
        "number": entry.number,
        "at": moment_text(entry.at),
        "account_id": entry.account_id,
        "person": entry.person,
        "address": entry.address,
        "action": entry.action,
        "about": entry.about,
        "outcome": entry.outcome,
        "detail": entry.detail,
        "previous": entry.previous,
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest entry; (0, 64 zeros) where there is none."""
    last = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    return (last.number, last.hash) if last else (0, NOTHING_BEFORE)

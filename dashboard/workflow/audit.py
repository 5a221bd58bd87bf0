"""The audit log: appending to it, and its head. Whether it holds is told by `chain`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Person
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.base import moment_text
from etl.errors import Fault, UsageError

NOTHING_BEFORE: Final = "0" * 64
"""What the first entry is bound to."""
TOLD: Final = (
    "number",
    "at",
    "account_id",
    "person",
    "address",
    "action",
    "about",
    "outcome",
    "detail",
    "previous",
)
"""What of an entry its hash is of."""
_HEAD: Final = re.compile(r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})")
_SECRET: Final = re.compile(r"pass_?(word|phrase|code)|secret|token|cookie|credential|private|비밀|암호", re.IGNORECASE)
LONGEST_DETAIL: Final = 500
_UNKEEPABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""What one of the databases cannot hold: the zero character, halves of surrogate pairs."""


class Head(NamedTuple):
    """The newest entry of the log; printed on what leaves, it tells whether the log was cut or written anew.

    Attributes:
        number: of the entry; 0 where there is none.
        hash: of the entry; 64 zeros where there is none.
    """

    number: int
    hash: str

    @property
    def text(self) -> str:
        """Such as `128:9f86d081…`, as it is printed and asked for."""
        return f"{self.number}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The head that a text says.

        Raises:
            UsageError: it says none.
        """
        said = _HEAD.fullmatch(text.strip())
        if said is None:
            raise UsageError(Fault("audit_head_unreadable", "", {"head": text[:100]}))
        return cls(int(said[1]), said[2])


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
    RULEBOOK_REFUSED = "rulebook_refused"
    RULEBOOK_WITHDRAWN = "rulebook_withdrawn"
    EVALUATED = "evaluated"
    DAYS_PLANNED = "days_planned"
    MOVE_PROPOSED = "move_proposed"
    MOVED = "moved"
    MOVE_REFUSED = "move_refused"
    MOVE_WITHDRAWN = "move_withdrawn"
    EXECUTIVES_BRIEFED = "executives_briefed"
    BRIEFING_ENDED = "briefing_ended"
    REQUEST_FILED = "request_filed"
    REQUEST_EDITED = "request_edited"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_RETURNED = "request_returned"
    REQUEST_DECIDED = "request_decided"
    REQUEST_CARRYING_OUT = "request_carrying_out"
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
        detail: the rest: short texts, whole numbers and yes or no; never a password, never a person of the records.
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

    Raises:
        ValueError: the detail is none to keep: see `Event`.
    """
    last = head(session)
    entry = AuditEntry(
        number=last.number + 1,
        at=now or datetime.now(UTC),
        account_id=actor.person.account_id if actor.person else "",
        person=_kept(actor.named, 130),
        address=_kept(actor.address, 64),
        action=event.did.value,
        about=_kept(event.about, 300),
        outcome="refused" if event.refused else "done",
        detail=_detail_text(event.detail),
        previous=last.hash,
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


def _kept(text: str, longest: int) -> str:
    return _UNKEEPABLE.sub("\ufffd", text)[:longest]


def _detail_text(detail: Mapping[str, Any]) -> str:
    """The detail as it is kept: a mistake of whoever calls is found by their tests, not by the auditor."""
    for key, value in detail.items():
        if _SECRET.search(key):
            raise ValueError(f"the audit log keeps no {key}")
        if type(value) not in (str, int, bool):
            raise ValueError(f"the audit log keeps texts, whole numbers and yes or no; {key} is {type(value).__name__}")
        if isinstance(value, str) and len(value) > LONGEST_DETAIL:
            raise ValueError(f"{key} has {len(value)} characters; the audit log keeps up to {LONGEST_DETAIL}")
    plain = {
        key: _UNKEEPABLE.sub("\ufffd", value) if isinstance(value, str) else value for key, value in detail.items()
    }
    return rfc8785.dumps(plain).decode()


def hash_of(entry: AuditEntry) -> str:
    """What an entry's hash must be."""
    return hash_of_told({**{name: getattr(entry, name) for name in TOLD}, "at": moment_text(entry.at)})


def hash_of_told(told: Mapping[str, Any]) -> str:
    """What the hash of an entry must be that says this: the names in `TOLD`, the moment as text.

    Raises:
        ValueError: it holds what no entry holds.
    """
    return hashlib.sha256(rfc8785.dumps({name: told[name] for name in TOLD})).hexdigest()


def head(session: Session) -> Head:
    """Number and hash of the newest entry; (0, 64 zeros) where there is none."""
    last = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    return Head(last.number, last.hash) if last else Head(0, NOTHING_BEFORE)

"""Views of records that list people: kept in the audit log, once for each sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.sessions import Signed
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Seen:
    """Which records were opened.

    Attributes:
        release: its name.
        what: the metric, or the indicator, whose records they are.
        unit_id: the department.
    """

    release: str
    what: str
    unit_id: str

    @property
    def about(self) -> str:
        """As the log names them."""
        return f"{self.release}/{self.what}/{self.unit_id}"


def note_records_seen(store: Store, signed: Signed, seen: Seen) -> None:
    """Keep that somebody opened records that list people, unless it is kept since they signed in.

    Args:
        store: the workflow's database.
        signed: who, and since when.
        seen: what.
    """
    known = select(AuditEntry.number).where(
        AuditEntry.action == Did.RECORDS_SEEN.value,
        AuditEntry.account_id == signed.person.account_id,
        AuditEntry.about == seen.about,
        AuditEntry.at >= signed.opened_at,
    )
    with store.read() as session:
        if session.scalars(known.limit(1)).first() is not None:
            return
    with store.write() as session:
        audit.append(session, Actor(signed.person, signed.address), Event(Did.RECORDS_SEEN, seen.about))

"""The audit log read: found by who, what, when and outcome, newest first, and written out as lines or a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import rfc8785
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from dashboard.workflow.audit import TOLD
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.base import moment_text
from etl.exports.harmless import harmless
from etl.shown import SEOUL

COLUMNS: Final = (*TOLD, "hash")
"""Of an entry, as it is written out."""
_BOM: Final = "\ufeff"
_AT_ONCE: Final = 1000
HEAD_LINES: Final = 2
"""What `as_csv` writes before the entries: the byte-order mark, and the names of the columns."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; what is empty wants them all.

    Attributes:
        who: part of a person's name, or the start of an account's id.
        action: a word of `audit.Did`.
        about: part of what it was done to.
        outcome: `done` or `refused`.
        since: the first day, in Seoul.
        until: the last day, in Seoul.
        up_to: the last number.
    """

    who: str = ""
    action: str = ""
    about: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    up_to: int | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What must hold of an entry."""
        found: list[ColumnElement[bool]] = []
        if self.who:
            named = AuditEntry.person.icontains(self.who, autoescape=True)
            found.append(or_(named, AuditEntry.account_id.startswith(self.who, autoescape=True)))
        if self.action:
            found.append(AuditEntry.action == self.action)
        if self.about:
            found.append(AuditEntry.about.icontains(self.about, autoescape=True))
        if self.outcome:
            found.append(AuditEntry.outcome == self.outcome)
        if self.since is not None:
            found.append(AuditEntry.at >= _begin(self.since))
        if self.until is not None:
            found.append(AuditEntry.at < _begin(self.until + timedelta(days=1)))
        if self.up_to is not None:
            found.append(AuditEntry.number <= self.up_to)
        return found

    @property
    def told(self) -> dict[str, str]:
        """What was asked for, as the log keeps it of whoever reads it."""
        days = {"since": self.since, "until": self.until}
        said = {"who": self.who, "action": self.action, "about": self.about, "outcome": self.outcome}
        return {
            **{name: text[:100] for name, text in said.items() if text},
            **{name: day.isoformat() for name, day in days.items() if day is not None},
        }


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), SEOUL)


def how_many(session: Session, wanted: Wanted) -> int:
    """How many entries are wanted."""
    return session.scalar(select(func.count()).select_from(AuditEntry).where(*wanted.conditions)) or 0


def newest(session: Session, wanted: Wanted, limit: int, skipped: int = 0) -> list[AuditEntry]:
    """A page of the wanted entries, newest first."""
    query = select(AuditEntry).where(*wanted.conditions).order_by(AuditEntry.number.desc())
    return list(session.scalars(query.limit(limit).offset(skipped)))


def oldest_first(session: Session, wanted: Wanted) -> Iterator[AuditEntry]:
    """All the wanted entries in their order, a few at a time."""
    query = select(AuditEntry).where(*wanted.conditions).order_by(AuditEntry.number)
    yield from session.scalars(query, execution_options={"yield_per": _AT_ONCE})


def line_of(entry: AuditEntry) -> bytes:
    """An entry as a line of canonical JSON, with which its hash can be computed again."""
    return rfc8785.dumps(facts_of(entry)) + b"\n"


def facts_of(entry: AuditEntry) -> dict[str, Any]:
    """What an entry says, and its hash."""
    return {**{name: getattr(entry, name) for name in COLUMNS}, "at": moment_text(entry.at)}


def as_lines(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    """Entries as JSON lines."""
    return map(line_of, entries)


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    """Entries as CSV that spreadsheets open without harm: UTF-8 with a byte-order mark, no cell a formula."""
    yield _BOM.encode()
    yield _csv_line(COLUMNS)
    for entry in entries:
        facts = facts_of(entry)
        yield _csv_line([harmless(str(facts[name])) for name in COLUMNS])


def _csv_line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue().encode()


def detail_of(entry: AuditEntry) -> dict[str, Any]:
    """The rest of an entry."""
    said = json.loads(entry.detail)
    return said if isinstance(said, dict) else {}

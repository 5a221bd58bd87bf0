"""Entries of the audit log as they are shown: in words, in Korean time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.words import WORDS, Words
from dashboard.workflow.log import detail_of
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.windows import SEOUL


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry in words.

    Attributes:
        number: of the entry.
        day: when, in Seoul.
        time: with its zone.
        person: who, with their role.
        address: where from.
        did: what was done.
        refused: that it was not allowed; empty where it was.
        about: to what.
        detail: the rest, one after the other.
    """

    number: int
    day: str
    time: str
    person: str
    address: str
    did: str
    refused: str
    about: str
    detail: str


def shown(entry: AuditEntry, words: Words) -> Shown:
    """An entry as it is shown."""
    at = entry.at.astimezone(SEOUL)
    did = f"audit.did.{entry.action}"
    return Shown(
        entry.number,
        f"{at:%Y-%m-%d}",
        f"{at:%H:%M:%S %Z}",
        entry.person or words("audit.nobody"),
        entry.address,
        words(did) if did in WORDS else entry.action,
        words("audit.outcome.refused") if entry.outcome == "refused" else "",
        entry.about,
        " · ".join(f"{_named(name, words)} {_said(value, words)}" for name, value in detail_of(entry).items()),
    )


def moment(at: datetime) -> str:
    """A moment in Seoul, with its zone."""
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M %Z}"


def _named(name: str, words: Words) -> str:
    key = f"audit.detail.{name}"
    return words(key) if key in WORDS else name


def _said(value: object, words: Words) -> str:
    return words("audit.yes" if value else "audit.no") if isinstance(value, bool) else str(value)

"""Whether the audit log holds: entry by entry from its beginning, or from where its older part was sealed away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from sqlalchemy import String, select, text, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dashboard.workflow.audit import NOTHING_BEFORE, Did, Head, hash_of_told
from dashboard.workflow.tables.audit import AuditAnchor, AuditEntry
from etl.errors import Fault

Told = Mapping[str, Any]
"""An entry as the database holds it: the names in `audit.TOLD` and its hash."""
_AT_ONCE: Final = 1000
_GUARDS: Final = {
    "sqlite": {
        f"{table}_no_{verb}" for table in ("audit_entries", "audit_anchors") for verb in ("insert", "update", "delete")
    },
    "postgresql": {
        f"{table}_no_{verb}" for table in ("audit_entries", "audit_anchors") for verb in ("change", "truncate")
    },
}
"""The triggers of migration 0001 that refuse change."""
_STANDING: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a log.

    Attributes:
        entries: how many were checked.
        begins: what the first of them is bound to; (0, zeros) where nothing was sealed away.
        head: the last that holds.
        faults: what is wrong; the first broken number is named. Empty where the log holds.
    """

    entries: int
    begins: Head
    head: Head
    faults: tuple[Fault, ...]


def verify(session: Session, heads: Iterable[Head] = (), sealed: Sequence[Told] = ()) -> Checked:
    """Check the whole log.

    Args:
        session: of the store.
        heads: printed earlier on exports and sign-offs: the log must still hold them.
        sealed: entries of sealed files, in order, where what went into files is to be checked with the rest.
    """
    try:
        return _verify(session, list(heads), sealed)
    except DBAPIError as error:
        nowhere = Head(0, NOTHING_BEFORE)
        return Checked(0, nowhere, nowhere, (Fault("audit_unreadable", "", {"why": str(error.orig)}),))


def _verify(session: Session, heads: Sequence[Head], sealed: Sequence[Told]) -> Checked:
    anchors = session.scalars(select(AuditAnchor).order_by(AuditAnchor.number)).all()
    begins = _beginning(anchors, sealed)
    entries = chain(sealed, entries_of(session, sealed[-1]["number"] if sealed else 0))
    walk = Walk(begins, heads)
    broken = next(filter(None, map(walk.step, entries)), None)
    faults = [broken] if broken else list(walk.faults_of_heads([Head(one.number, one.hash) for one in anchors]))
    faults += _faults_of_anchor(session, anchors[-1]) if anchors else []
    return Checked(walk.count, begins, walk.at, (*faults, *_faults_of_guards(session)))


def entries_of(session: Session, after: int = 0) -> Iterator[Told]:
    """The entries as the database holds them, in their order, a few at a time."""
    columns = [
        type_coerce(column, String).label(column.name) if column.name == "at" else column
        for column in AuditEntry.__table__.columns
    ]
    query = select(*columns).where(AuditEntry.number > after).order_by(AuditEntry.number)
    for row in session.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings():
        yield dict(row)


def _beginning(anchors: Sequence[AuditAnchor], sealed: Sequence[Told]) -> Head:
    """What the first entry to be checked is bound to."""
    if sealed:
        before = next((one for one in anchors if one.number == sealed[0]["number"] - 1), None)
    else:
        before = anchors[-1] if anchors else None
    return Head(before.number, before.hash) if before else Head(0, NOTHING_BEFORE)


class Walk:
    """A way along the chain.

    Args:
        begins: what the first entry must be bound to.
        heads: that the chain must hold.
    """

    def __init__(self, begins: Head, heads: Iterable[Head] = ()) -> None:
        self.at, self.count, self._begins = begins, 0, begins
        self._heads = set(heads)
        self._met: set[Head] = {begins}

    def step(self, told: Told) -> Fault | None:
        """Go to the next entry; a fault where it does not hold."""
        number = told["number"]
        if number != self.at.number + 1:
            return Fault("audit_gap", "", {"number": self.at.number + 1, "found": number})
        if not _is_itself(told):
            return Fault("audit_changed", "", {"number": number})
        if told["previous"] != self.at.hash:
            return Fault("audit_unbound", "", {"number": number})
        self.at, self.count = Head(number, told["hash"]), self.count + 1
        if self.at in self._heads:
            self._met.add(self.at)
        return None

    def faults_of_heads(self, anchors: Iterable[Head]) -> Iterator[Fault]:
        """The heads that the way has not met, and why."""
        known = self._met | set(anchors) | {Head(0, NOTHING_BEFORE)}
        for head in sorted(self._heads - known):
            facts = {"number": head.number, "hash": head.hash[:12], "last": self.at.number}
            if head.number > self.at.number:
                yield Fault("audit_cut", "", facts)
            elif 0 < head.number < self._begins.number:
                yield Fault("audit_head_sealed", "", facts)
            else:
                yield Fault("audit_other_head", "", facts)


def _is_itself(told: Told) -> bool:
    try:
        return bool(told["hash"] == hash_of_told(told))
    except ValueError:
        return False


def _faults_of_anchor(session: Session, anchor: AuditAnchor) -> Iterator[Fault]:
    """The newest anchor, where the log itself does not tell of it: somebody has made room to take entries away."""
    told = session.scalars(
        select(AuditEntry.detail).where(AuditEntry.action == Did.LOG_PRUNED, AuditEntry.number > anchor.number)
    )
    if not any(_tells_of(detail, anchor) for detail in told):
        yield Fault("audit_anchor_unfounded", "", {"number": anchor.number})


def _tells_of(detail: str, anchor: AuditAnchor) -> bool:
    try:
        said = json.loads(detail)
    except ValueError:
        return False
    return isinstance(said, dict) and (said.get("number"), said.get("hash"), said.get("digest")) == (
        anchor.number,
        anchor.hash,
        anchor.file_digest,
    )


def _faults_of_guards(session: Session) -> Iterator[Fault]:
    dialect = session.get_bind().dialect.name
    standing = set(session.scalars(text(_STANDING[dialect])))
    for trigger in sorted(_GUARDS[dialect] - standing):
        yield Fault("audit_guard_missing", "", {"trigger": trigger})

"""The audit log in files: taken out for whoever reviews it, and its older part sealed away, anchored, then removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from dashboard.access import Action, can
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event, Head
from dashboard.workflow.chain import verify
from dashboard.workflow.log import COLUMNS, HEAD_LINES, Wanted, as_csv, as_lines, how_many, oldest_first
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditAnchor, AuditEntry
from etl.errors import Fault, NotPermitted, UsageError, VerificationError
from etl.exports.writing import new_file
from etl.release.folder import sha256_of

LARGEST_DOWNLOAD: Final = 1 << 20
"""Bytes: the browser's downloads of more were seen to be mixed up between people."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written.

    Attributes:
        entries: how many went.
        last: the last of them; of what was only taken out, the head of the log that tells of it.
        sha256: of the file.
    """

    entries: int
    last: Head
    sha256: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Entries taken out in memory.

    Attributes:
        content: CSV.
        entries: how many.
        head: of the log that tells of it.
    """

    content: bytes
    entries: int
    head: Head


def take_as_bytes(store: Store, actor: Actor, wanted: Wanted) -> Taken | None:
    """The wanted entries as CSV, logged; None, and nothing is logged, where they are more than may be downloaded.

    Raises:
        NotPermitted: whoever asks may not see the log.
    """
    if not can(actor.person, Action.SEE_AUDIT):
        raise NotPermitted(Fault("log_not_yours", ""))
    with store.write() as session:
        lines, size = [], 0
        for line in as_csv(oldest_first(session, wanted)):
            lines.append(line)
            size += len(line)
            if size > LARGEST_DOWNLOAD:
                return None
        entries = len(lines) - HEAD_LINES
        audit.append(session, actor, Event(Did.EXPORTED, "audit log", {**wanted.told, "rows": entries}))
        return Taken(b"".join(lines), entries, audit.head(session))


def take_out(store: Store, actor: Actor, wanted: Wanted, target: Path) -> Sealed:
    """Write the wanted entries into a new file, for whoever reviews them; the log tells of it first.

    Args:
        store: the database.
        actor: who takes them.
        wanted: which entries.
        target: the file: JSON lines, or CSV where its name ends so.

    Raises:
        UsageError: the file cannot be written.
    """
    write = as_csv if target.suffix.lower() == ".csv" else as_lines
    with store.write() as session:
        entries = how_many(session, wanted)
        audit.append(session, actor, Event(Did.EXPORTED, "audit log", {**wanted.told, "rows": entries}))
        last = audit.head(session)
        with new_file(target, replace=False) as begun:
            with begun.open("wb") as stream:
                stream.writelines(write(oldest_first(session, replace(wanted, up_to=last.number - 1))))
            digest = sha256_of(begun)
    return Sealed(entries, last, digest)


def prune(store: Store, actor: Actor, target: Path, settings: Settings, now: datetime | None = None) -> Sealed:
    """Write what is older than the retention to a sealed file, and take it from the database.

    In one transaction as the only writer: the log is checked, the file written and flushed, the anchor set, the act
    logged, the entries taken away. Whatever fails leaves the log as it was.

    Raises:
        UsageError: nothing is old enough, or the file cannot be written.
        VerificationError: the log does not hold; nothing is taken from a log that is to be looked into.
    """
    moment = now or datetime.now(UTC)
    with store.write() as session:
        last = _last_of(session, moment - timedelta(days=settings.audit_days))
        faults = verify(session).faults
        if faults:
            raise VerificationError(faults)
        if last is None:
            raise UsageError(Fault("nothing_to_prune", "", {"days": settings.audit_days}))
        with new_file(target, replace=False) as begun:
            sealed = _write(session, last, begun)
            _take_away(session, actor, sealed, moment)
        target.chmod(0o600)
    return sealed


def _last_of(session: Session, before: datetime) -> AuditEntry | None:
    """The last entry of the part that is older throughout; None where the first one is younger."""
    first_young = session.scalar(select(func.min(AuditEntry.number)).where(AuditEntry.at >= before))
    old = select(AuditEntry).where(AuditEntry.at < before).order_by(AuditEntry.number.desc()).limit(1)
    if first_young is not None:
        old = old.where(AuditEntry.number < first_young)
    return session.scalars(old).first()


def _write(session: Session, last: AuditEntry, begun: Path) -> Sealed:
    count = 0
    with begun.open("wb") as stream:
        for line in as_lines(oldest_first(session, Wanted(up_to=last.number))):
            stream.write(line)
            count += 1
    return Sealed(count, Head(last.number, last.hash), sha256_of(begun))


def _take_away(session: Session, actor: Actor, sealed: Sealed, moment: datetime) -> None:
    number, digest = sealed.last
    session.add(AuditAnchor(number=number, hash=digest, at=moment, file_digest=sealed.sha256))
    said = {"number": number, "hash": digest, "digest": sealed.sha256, "entries": sealed.entries}
    audit.append(session, actor, Event(Did.LOG_PRUNED, f"1-{number}", said), moment)
    session.flush()
    session.execute(delete(AuditEntry).where(AuditEntry.number <= number))


def read_sealed(session: Session, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The entries of sealed files, in their order.

    Raises:
        UsageError: a file is none of those the log was sealed into.
        OSError: it cannot be read.
    """
    known = set(session.scalars(select(AuditAnchor.file_digest)))
    entries: list[dict[str, Any]] = []
    faults = []
    for path in paths:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() not in known:
            faults.append(Fault("sealed_file_unknown", str(path)))
            continue
        entries += [{name: said[name] for name in COLUMNS} for said in map(json.loads, content.splitlines())]
    if faults:
        raise UsageError(faults)
    return sorted(entries, key=lambda told: int(told["number"]))

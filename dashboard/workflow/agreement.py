"""Whether the tables still say what the log told when it was done: rules, moves, and what was said on requests.

The log refuses change; the tables must be changed all the time. Whoever edits the database by hand changes a table, and
leaves an entry that says otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.access import State
from dashboard.workflow.audit import Did
from dashboard.workflow.log import detail_of
from dashboard.workflow.moving import told_of_move
from dashboard.workflow.proposals import Outcome
from dashboard.workflow.requests import reference
from dashboard.workflow.rulebooks import digest_of, told_of_version
from dashboard.workflow.tables.audit import AuditAnchor, AuditEntry
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.tables.steps import Evaluation, Move, RulebookVersion
from etl.errors import Fault

_ON_REQUESTS: Final = (
    Did.REQUEST_FILED,
    Did.REQUEST_EDITED,
    Did.REQUEST_WITHDRAWN,
    Did.REQUEST_ANSWERED,
    Did.REQUEST_RETURNED,
    Did.REQUEST_DECIDED,
)


def disagreements(session: Session) -> Iterator[Fault]:
    """Where a table does not say what the log told; nothing of what was done before the log's oldest entry left.

    Args:
        session: of the store.
    """
    since = _begins(session)
    yield from _of_rules(session, since)
    yield from _of_moves(session, since)
    yield from _of_requests(session, since)


def _begins(session: Session) -> datetime | None:
    """When the oldest entry was written, where older ones were sealed away; None where none were."""
    if session.scalars(select(AuditAnchor.number).limit(1)).first() is None:
        return None
    return session.scalar(select(func.min(AuditEntry.at)))


def _is_told(at: datetime | None, since: datetime | None) -> bool:
    return since is None or (at is not None and at >= since)


def _entries(session: Session, *dids: Did) -> Collection[tuple[str, dict[str, object]]]:
    wanted = select(AuditEntry).where(AuditEntry.action.in_(dids), AuditEntry.outcome == "done")
    return [(one.about, dict(detail_of(one))) for one in session.scalars(wanted.order_by(AuditEntry.number))]


def _of_rules(session: Session, since: datetime | None) -> Iterator[Fault]:
    told = _entries(session, Did.RULEBOOK_APPROVED)
    for version in session.scalars(select(RulebookVersion).where(RulebookVersion.outcome == Outcome.APPROVED.value)):
        is_itself = digest_of(version.text.encode("utf-8")) == version.digest
        is_known = (f"{version.year}", told_of_version(version)) in told or not _is_told(version.decided_at, since)
        if not (is_itself and is_known):
            yield Fault("table_other_rules", "", {"year": version.year, "number": version.number})


def _of_moves(session: Session, since: datetime | None) -> Iterator[Fault]:
    told = _entries(session, Did.MOVED)
    last: dict[int, Move] = {}
    for move in session.scalars(select(Move).where(Move.outcome == Outcome.APPROVED.value).order_by(Move.id)):
        last[move.year] = move
        if _is_told(move.decided_at, since) and (f"{move.year}", told_of_move(move)) not in told:
            yield Fault("table_other_move", "", {"year": move.year, "move": move.id})
    for evaluation in session.scalars(select(Evaluation).order_by(Evaluation.year)):
        if (evaluation.state, evaluation.release) != _stands(last.get(evaluation.year)):
            yield Fault("table_other_state", "", {"year": evaluation.year})


def _stands(move: Move | None) -> tuple[str, str | None]:
    """Where the last move has put an evaluation, and on which release."""
    if move is None or move.to_state == State.COLLECTING.value:
        return State.COLLECTING.value, None
    return move.to_state, move.release


def _of_requests(session: Session, since: datetime | None) -> Iterator[Fault]:
    said = {
        (about, str(detail.get("text_sha256")), str(detail.get("verdict")))
        for about, detail in _entries(session, *_ON_REQUESTS)
    }
    for request in session.scalars(select(Request).order_by(Request.year, Request.number)):
        for one in request.remarks:
            kept = (reference(request), hashlib.sha256(one.text.encode()).hexdigest(), one.verdict or "")
            if _is_told(one.at, since) and kept not in said:
                yield Fault("table_other_words", "", {"request": reference(request), "position": one.position})
        verdicts = [one.verdict for one in request.remarks if one.verdict is not None]
        if request.verdict != (verdicts[-1] if verdicts else None):
            yield Fault("table_other_verdict", "", {"request": reference(request)})

"""Showing executives a release that is not final yet, and taking that back."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from dashboard.access import Action, State
from dashboard.workflow import audit
from dashboard.workflow.acting import require
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.proposals import still_as_seen
from dashboard.workflow.tables.steps import Evaluation
from etl.errors import Fault, UsageError


def brief_executives(session: Session, actor: Actor, year: int, seen: int, *, show: bool) -> Evaluation:
    """Show executives the frozen release of a year, or end that.

    Args:
        session: of `acting`.
        actor: an approver.
        year: of the evaluation.
        seen: version of the evaluation they were looking at.
        show: whether to show it or to take it back.

    Raises:
        Changed: the evaluation has changed meanwhile.
        NotPermitted: not for this person, or nothing is frozen.
        UsageError: there is no such evaluation.
    """
    moment, evaluation = datetime.now(UTC), session.get(Evaluation, year)
    if evaluation is None:
        raise UsageError(Fault("no_such_evaluation", f"{year}"))
    require(actor, Action.BRIEF_EXECUTIVES, State(evaluation.state))
    still_as_seen(evaluation.version, seen)
    evaluation.briefed_at = moment if show else None
    did = Did.EXECUTIVES_BRIEFED if show else Did.BRIEFING_ENDED
    audit.append(session, actor, Event(did, f"{year}", {"release": evaluation.release or ""}), moment)
    return evaluation

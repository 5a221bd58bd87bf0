"""The steps of an evaluation: how far a year and a release have come, and what must hold before the next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from dashboard.access import State
from dashboard.workflow.moves import Need, Step
from dashboard.workflow.proposals import Outcome
from dashboard.workflow.request_kinds import RequestState, Verdict
from dashboard.workflow.rulebooks import approved_rulebook
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.tables.steps import Evaluation, Move
from dashboard.workflow.windows import window


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a release has come.

    Attributes:
        state: the step of the evaluation that froze it; published for what `CURRENT` points at, collecting for a draft.
        briefed: whether executives have been shown it.
    """

    state: State
    briefed: bool = False


def standing_of(session: Session, release: str, published: bool) -> Standing:
    """How far a release has come. What was once published stays so, superseded or not.

    Args:
        session: of the store.
        release: its name.
        published: whether `CURRENT` points at it.
    """
    if published or superseded_by(session, release) is not None:
        return Standing(State.PUBLISHED)
    found = session.scalars(select(Evaluation).where(Evaluation.release == release)).first()
    return Standing(State(found.state), found.briefed_at is not None) if found else Standing(State.COLLECTING)


def superseded_by(session: Session, release: str) -> str | None:
    """The published release that took the place of one published before it; None where it was not superseded."""
    correction = correction_of(session, release)
    return session.get_one(Evaluation, correction.year).release if correction else None


def correction_of(session: Session, release: str) -> Move | None:
    """The approved move that put another release in the place of a published one, with its reason."""
    asked = (
        select(Move)
        .join(Evaluation, Evaluation.year == Move.year)
        .where(
            Move.replaces == release,
            Move.from_state == State.PUBLISHED.value,
            Move.outcome == Outcome.APPROVED.value,
            Evaluation.release != release,
        )
        .order_by(Move.id.desc())
    )
    return session.scalars(asked).first()


def evaluations(session: Session) -> list[Evaluation]:
    """Every year's evaluation, the latest first."""
    return list(session.scalars(select(Evaluation).order_by(Evaluation.year.desc())))


def moves_of(session: Session, year: int) -> list[Move]:
    """Everything that was proposed for a year, the latest first."""
    return list(session.scalars(select(Move).where(Move.year == year).order_by(Move.id.desc())))


def missing(session: Session, evaluation: Evaluation, step: Step, now: datetime) -> tuple[Need, ...]:
    """What does not hold yet of what must hold before a move."""
    return tuple(need for need in step.needs if not _HOLDS[need](session, evaluation, now))


def _rulebook_approved(session: Session, evaluation: Evaluation, _now: datetime) -> bool:
    return approved_rulebook(session, evaluation.year) is not None


def _release_fits(session: Session, evaluation: Evaluation, _now: datetime) -> bool:
    approved = approved_rulebook(session, evaluation.year)
    return approved is not None and evaluation.rulebook == approved.digest


def _appeals_planned(session: Session, evaluation: Evaluation, now: datetime) -> bool:
    days = window(session, evaluation.year, State.APPEALS)
    return days is not None and not days.is_over(now)


def _appeals_over(session: Session, evaluation: Evaluation, now: datetime) -> bool:
    days = window(session, evaluation.year, State.APPEALS)
    return days is not None and days.is_over(now)


def _requests_settled(session: Session, evaluation: Evaluation, _now: datetime) -> bool:
    under_way = Request.state.in_([RequestState.FILED, RequestState.ANSWERED, RequestState.RETURNED])
    not_refused = Request.verdict.in_([Verdict.UPHELD, Verdict.PARTLY])
    to_carry_out = and_(Request.state == RequestState.DECIDED, not_refused)
    asked = select(Request.id).where(Request.year == evaluation.year, or_(under_way, to_carry_out)).limit(1)
    return session.scalars(asked).first() is None


_HOLDS: Final[Mapping[Need, Callable[[Session, Evaluation, datetime], bool]]] = {
    Need.RULEBOOK_APPROVED: _rulebook_approved,
    Need.RELEASE_FITS: _release_fits,
    Need.APPEALS_PLANNED: _appeals_planned,
    Need.APPEALS_OVER: _appeals_over,
    Need.REQUESTS_SETTLED: _requests_settled,
}

"""The steps of an evaluation, and how far a release has come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import State
from dashboard.workflow.tables.steps import Evaluation


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
    """How far a release has come.

    Args:
        session: of the store.
        release: its name.
        published: whether `CURRENT` points at it.
    """
    if published:
        return Standing(State.PUBLISHED)
    found = session.scalars(select(Evaluation).where(Evaluation.release == release)).first()
    return Standing(State(found.state), found.briefed_at is not None) if found else Standing(State.COLLECTING)

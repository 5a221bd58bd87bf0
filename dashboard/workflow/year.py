"""A year's evaluation as it stands at a moment: everything a page tells of it, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from dashboard.access import State
from dashboard.workflow.moves import Need, Step, steps_from
from dashboard.workflow.proposals import Outcome
from dashboard.workflow.rulebooks import versions
from dashboard.workflow.steps import missing, moves_of
from dashboard.workflow.tables.steps import Evaluation, Move, RulebookVersion
from dashboard.workflow.windows import Window, window


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A year's evaluation.

    Attributes:
        evaluation: its state, release and version.
        now: the moment this is about.
        days: step -> the days planned for it; those without any are left out.
        lacking: move that can be made next -> what does not hold yet.
        moves: everything proposed, the latest first.
        rulebooks: every version, the latest first.
    """

    evaluation: Evaluation
    now: datetime
    days: Mapping[State, Window]
    lacking: Mapping[Step, tuple[Need, ...]]
    moves: list[Move]
    rulebooks: list[RulebookVersion]

    @property
    def year(self) -> int:
        """The year evaluated."""
        return self.evaluation.year

    @property
    def state(self) -> State:
        """The step it has reached."""
        return State(self.evaluation.state)

    @property
    def in_force(self) -> RulebookVersion | None:
        """The rulebook approved last."""
        return next((one for one in self.rulebooks if one.outcome == Outcome.APPROVED.value), None)

    @property
    def waiting_rulebook(self) -> RulebookVersion | None:
        """The version that waits for a decision."""
        return next((one for one in self.rulebooks if one.outcome == Outcome.WAITING.value), None)

    @property
    def waiting_move(self) -> Move | None:
        """The move that waits for a decision."""
        return next((one for one in self.moves if one.outcome == Outcome.WAITING.value), None)

    @property
    def superseded(self) -> Mapping[str, Move]:
        """Release that was published before -> the correction that took its place."""
        corrections = (one for one in self.moves if one.replaces and one.from_state == State.PUBLISHED.value)
        approved = [one for one in corrections if one.outcome == Outcome.APPROVED.value]
        newest_last = reversed(approved)
        return {one.replaces: one for one in newest_last if one.replaces and one.replaces != self.evaluation.release}


def stand_of(session: Session, year: int, now: datetime | None = None) -> YearStanding:
    """How a year's evaluation stands.

    Args:
        session: of the store.
        year: one that has an evaluation.
        now: for tests.
    """
    moment, evaluation = now or datetime.now(UTC), session.get_one(Evaluation, year)
    days = {state: found for state in State if (found := window(session, year, state)) is not None}
    lacking = {step: missing(session, evaluation, step, moment) for step in steps_from(State(evaluation.state))}
    return YearStanding(
        evaluation=evaluation,
        now=moment,
        days=days,
        lacking=lacking,
        moves=moves_of(session, year),
        rulebooks=versions(session, year),
    )

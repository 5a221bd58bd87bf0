"""When a step is open: planned days in Korean time, against a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from dashboard.access import Action, State
from dashboard.workflow import audit
from dashboard.workflow.acting import require
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.moves import ORDER
from dashboard.workflow.proposals import said
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.steps import Evaluation, PlannedDate
from etl.errors import Fault, UsageError
from etl.shown import SEOUL, day_typed


@dataclass(frozen=True, slots=True)
class Window:
    """The days a step is planned for, both included.

    Attributes:
        begins_on: the first day.
        ends_on: the last day.
    """

    begins_on: date
    ends_on: date

    def is_open(self, moment: datetime) -> bool:
        """Whether a moment is on one of the days, in Seoul."""
        return self.begins_on <= moment.astimezone(SEOUL).date() <= self.ends_on

    def is_over(self, moment: datetime) -> bool:
        """Whether the last day has ended in Seoul."""
        return self.late_by(moment) > 0

    def late_by(self, moment: datetime) -> int:
        """Days since the last day, in Seoul; below zero while there are days left."""
        return (moment.astimezone(SEOUL).date() - self.ends_on).days


@dataclass(frozen=True, slots=True)
class Planned:
    """Days somebody plans for a step.

    Attributes:
        year: of the evaluation.
        state: the step.
        days: the first and the last.
        seen: the days they were looking at; None where there were none.
        reason: why.
    """

    year: int
    state: State
    days: Window
    seen: Window | None
    reason: str


def window_of(begins_on: str, ends_on: str) -> Window:
    """The days somebody typed, as 2026. 3. 10. or 2026-03-10.

    Raises:
        UsageError: one of them is no day.
    """
    begins, ends = day_typed(begins_on), day_typed(ends_on)
    if begins is None or ends is None:
        raise UsageError(Fault("day_unreadable", "", {"begins": begins_on, "ends": ends_on}))
    return Window(begins, ends)


def window(session: Session, year: int, state: State) -> Window | None:
    """The days planned for a step; None where nobody has planned any."""
    planned = session.get(PlannedDate, (year, state.value))
    return Window(planned.begins_on, planned.ends_on) if planned else None


def plan(session: Session, year: int, state: State, days: Window) -> None:
    """Plan the days of a step, in place of those planned before."""
    session.merge(PlannedDate(year=year, state=state.value, begins_on=days.begins_on, ends_on=days.ends_on))


def plan_days(session: Session, actor: Actor, planned: Planned, now: datetime | None = None) -> None:
    """Plan the days of a step that is not behind, in place of those planned before; the log keeps both and the reason.

    Raises:
        Changed: somebody else has planned them meanwhile.
        NotPermitted: not for this person.
        UsageError: the step is behind, the last day is before the first, or no reason is given.
    """
    moment, evaluation = now or datetime.now(UTC), session.get(Evaluation, planned.year)
    if evaluation is None:
        raise UsageError(Fault("no_such_evaluation", f"{planned.year}"))
    require(actor, Action.PLAN_DAYS, State(evaluation.state))
    before = window(session, planned.year, planned.state)
    if before != planned.seen:
        raise Changed
    reason = said(planned.reason, needed=True)
    faults = list(_faults_of(State(evaluation.state), planned))
    if faults:
        raise UsageError(faults)
    plan(session, planned.year, planned.state, planned.days)
    told = {"step": planned.state.value, "reason": reason, "days": _text(planned.days), "before": _text(before)}
    audit.append(session, actor, Event(Did.DAYS_PLANNED, f"{planned.year}", told), moment)


def _faults_of(state: State, planned: Planned) -> Iterator[Fault]:
    if ORDER.index(planned.state) < ORDER.index(state):
        yield Fault("step_is_behind", f"{planned.year}")
    if planned.days.ends_on < planned.days.begins_on:
        yield Fault("days_out_of_order", f"{planned.year}")


def _text(days: Window | None) -> str:
    return f"{days.begins_on}/{days.ends_on}" if days else ""

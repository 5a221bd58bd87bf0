"""When a step is open: planned days in Korean time, against a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from sqlalchemy.orm import Session

from dashboard.access import State
from dashboard.workflow.tables.steps import PlannedDate

SEOUL: Final = timezone(timedelta(hours=9), "KST")
"""Korea has had no summer time since 1988, so nine hours are always right and no table of zones is needed."""


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
        return moment.astimezone(SEOUL).date() > self.ends_on


def window(session: Session, year: int, state: State) -> Window | None:
    """The days planned for a step; None where nobody has planned any."""
    planned = session.get(PlannedDate, (year, state.value))
    return Window(planned.begins_on, planned.ends_on) if planned else None


def plan(session: Session, year: int, state: State, days: Window) -> None:
    """Plan the days of a step, in place of those planned before."""
    session.merge(PlannedDate(year=year, state=state.value, begins_on=days.begins_on, ends_on=days.ends_on))

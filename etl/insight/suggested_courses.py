"""Courses of the programme for the weakest competencies of a department or of the whole body, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from etl.insight.diagnosis import Level
from etl.insight.reading import Reading
from etl.insight.records import open_records


@dataclass(frozen=True, slots=True)
class TaughtCourse:
    """A course that teaches a competency, and its first round after a day.

    Attributes:
        mode: as in the contract of courses; likewise `audience` and `level`.
    """

    competency: str
    course_id: str
    title: str
    level: str
    audience: str
    mode: str
    hours: Decimal
    round: int
    starts_on: date
    ends_on: date
    seats: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A weak competency of a group of people and the courses that teach it, the soonest first; perhaps none."""

    weak: Level
    courses: tuple[TaughtCourse, ...]


_TAUGHT: Final = """
WITH next_rounds AS (
    SELECT course_id, round, starts_on, ends_on, seats
    FROM course_rounds
    WHERE starts_on > $after
    QUALIFY ROW_NUMBER() OVER (PARTITION BY course_id ORDER BY starts_on, round) = 1
)

SELECT
    t.competency,
    c.course_id,
    c.title,
    c.level,
    c.audience,
    c.mode,
    c.hours,
    n.round,
    n.starts_on,
    n.ends_on,
    n.seats
FROM course_competencies AS t
INNER JOIN courses AS c ON t.course_id = c.course_id
INNER JOIN next_rounds AS n ON c.course_id = n.course_id
ORDER BY n.starts_on, c.course_id, t.competency
"""


def courses_after(reading: Reading, day: date) -> list[TaughtCourse]:
    """Every course that teaches a competency and has a round that begins after a day, the soonest first.

    Args:
        reading: a release that has records.
        day: the last day of the diagnosis.
    """
    with open_records(reading) as records:
        return [TaughtCourse(*row) for row in records.rows(_TAUGHT, {"after": day})]


def suggestions(weak: Iterable[Level], courses: Iterable[TaughtCourse]) -> list[Suggestion]:
    """The courses for each weak competency, the weakest first.

    Args:
        weak: levels that may be shown (`etl.insight.diagnosis.weakest`).
        courses: what is taught, in the order it is to be told.
    """
    taught = list(courses)
    return [
        Suggestion(level, tuple(course for course in taught if course.competency == level.competency)) for level in weak
    ]

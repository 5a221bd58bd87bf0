"""The training programme, what took place of it, and who learned what."""

from __future__ import annotations

from typing import Annotated, Literal

from etl.contracts.fields import Code, Count, Day, Line, Pseudonym, Quantity, Refers
from etl.contracts.kinds.units import UnitId
from etl.contracts.rows import InOrder, NeededWhen, Record

Mode = Literal["in_person", "live_online", "e_learning", "external"]
"""How a course is taught: 집합, 실시간 비대면, 이러닝(사이버), 외부위탁."""


class Course(Record):
    """One course of the training programme, taught in one round or several."""

    kind = "courses"
    key = ("course_id",)

    course_id: Code
    programme: Line
    field: Line
    title: Line
    level: Literal["basic", "job", "specialist"]
    audience: Literal["all_staff", "recruits", "managers", "analysts"]
    mode: Mode
    institution: Line | None = None
    hours: Quantity


class CourseRound(Record):
    """What is planned for one round of a course: when, how many places, how many people are to complete it."""

    kind = "course_rounds"
    key = ("course_id", "round")
    rules = (InOrder("starts_on", "ends_on"),)

    course_id: Annotated[Code, Refers("courses")]
    round: Count
    unit_id: UnitId
    starts_on: Day
    ends_on: Day
    seats: Count
    target: Count | None = None


class CourseCompetency(Record):
    """A competency that a course of the programme teaches."""

    kind = "course_competencies"
    key = ("course_id", "competency")

    course_id: Annotated[Code, Refers("courses")]
    competency: Code


class TrainingSession(Record):
    """One training session that took place. Briefings and conferences are kept, and do not count as training.

    `course_id` and `round` say which round of which course of the programme it was, where it was planned.
    """

    kind = "training_sessions"
    key = ("session_id",)
    known_by = "starts_on"
    rules = (InOrder("starts_on", "ends_on"),)

    session_id: Code
    unit_id: UnitId
    title: Line
    kind_of_session: Literal["course", "briefing", "conference"]
    field: Line | None = None
    mode: Mode | None = None
    institution: Line | None = None
    starts_on: Day
    ends_on: Day
    hours: Quantity
    seats: Count | None = None
    course_id: Annotated[Code, Refers("courses")] | None = None
    round: Count | None = None


class Attendance(Record):
    """One person at one session; counts for the department the person belonged to on the day of completion."""

    kind = "attendance"
    key = ("session_id", "person")
    known_by = "completed_on"
    rules = (
        InOrder("started_on", "completed_on"),
        NeededWhen("completed_on", "outcome", ("completed",)),
    )

    session_id: Annotated[Code, Refers("training_sessions")]
    person: Pseudonym
    unit_id: UnitId
    staff_group: Line | None = None
    started_on: Day | None = None
    completed_on: Day | None = None
    hours: Quantity
    outcome: Literal["completed", "not_completed"]


class Certificate(Record):
    """A certificate that somebody holds, and the department the person works in."""

    kind = "certificates"
    key = ("person", "certificate")
    known_by = "issued_on"
    rules = (InOrder("issued_on", "expires_on"),)

    person: Pseudonym
    certificate: Line
    unit_id: UnitId
    issued_on: Day
    expires_on: Day | None = None

"""What departments try, run and share: pilots, initiatives, good practice, awards."""

from __future__ import annotations

from typing import Annotated, Literal

from etl.contracts.fields import Code, Count, Day, Line, Note, Number, Rating, Refers, Year
from etl.contracts.kinds.units import UnitId
from etl.contracts.rows import InOrder, NeededWhen, Record


class Pilot(Record):
    """A trial of something new before it is adopted: what for, how long, with what effect, and what was decided.

    `effect` says what was measured, before the trial and after it, in `effect_unit`.
    """

    kind = "pilots"
    key = ("pilot_id",)
    rules = (
        InOrder("starts_on", "ends_on"),
        InOrder("starts_on", "decided_on"),
        NeededWhen("decided_on", "decision", ("adopt", "extend", "stop")),
    )

    pilot_id: Code
    unit_id: UnitId
    title: Line
    aim: Note
    starts_on: Day
    ends_on: Day | None = None
    effect: Line | None = None
    effect_unit: Line | None = None
    effect_before: Number | None = None
    effect_after: Number | None = None
    decision: Literal["adopt", "extend", "stop"] | None = None
    decided_on: Day | None = None
    document_no: Line | None = None


class PilotUnit(Record):
    """A department that takes part in a pilot, and how many of its people use what is tried."""

    kind = "pilot_units"
    key = ("pilot_id", "unit_id")

    pilot_id: Annotated[Code, Refers("pilots")]
    unit_id: UnitId
    users: Count | None = None


class PilotAnswer(Record):
    """How many respondents of a pilot's survey gave one question one score, from 1 to 5."""

    kind = "pilot_answers"
    key = ("pilot_id", "question_no", "score")

    pilot_id: Annotated[Code, Refers("pilots")]
    question_no: Code
    question: Line
    score: Rating
    respondents: Count


class Initiative(Record):
    """A digital service or place that a department runs (스마트워크센터, 스마트경로당 …)."""

    kind = "initiatives"
    key = ("initiative_id",)
    rules = (InOrder("started_on", "ended_on"),)

    initiative_id: Code
    unit_id: UnitId
    title: Line
    service: Line
    started_on: Day
    ended_on: Day | None = None
    document_no: Line | None = None


class InitiativeFigure(Record):
    """The sites of an initiative at the end of a year, and its users in that year."""

    kind = "initiative_figures"
    key = ("initiative_id", "year")

    initiative_id: Annotated[Code, Refers("initiatives")]
    year: Year
    sites: Count
    users: Count | None = None


class Practice(Record):
    """A case of good practice (우수사례). `body` names whose it is where it came from another body."""

    kind = "practices"
    key = ("practice_id",)
    known_by = "registered_on"

    practice_id: Code
    unit_id: UnitId
    body: Line | None = None
    title: Line
    problem: Note
    data_used: Note
    method: Note
    result: Note
    registered_on: Day
    document_no: Line | None = None


class PracticeReuse(Record):
    """Somebody who took a case of good practice over: a department, or another body by its name."""

    kind = "practice_reuses"
    key = ("practice_id", "reused_by")
    known_by = "reused_on"

    practice_id: Annotated[Code, Refers("practices")]
    reused_by: Line
    unit_id: UnitId | None = None
    reused_on: Day
    note: Line | None = None


class Award(Record):
    """An award from outside, with whoever gave it; `record_kind` and `record_id` say for which record it was."""

    kind = "awards"
    key = ("award_id",)
    known_by = "awarded_on"
    rules = (NeededWhen("record_id", "record_kind", ("analyses", "policies", "datasets", "pilots", "practices")),)

    award_id: Code
    unit_id: UnitId
    title: Line
    awarded_by: Line
    awarded_on: Day
    record_kind: Literal["analyses", "policies", "datasets", "pilots", "practices"] | None = None
    record_id: Code | None = None
    document_no: Line | None = None

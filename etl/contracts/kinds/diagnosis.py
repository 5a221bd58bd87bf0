"""The diagnosis of competency: campaigns, questions, answers."""

from __future__ import annotations

from typing import Annotated, Literal

from etl.contracts.fields import Code, Day, Line, Positive, Pseudonym, Quantity, Refers
from etl.contracts.kinds.units import UnitId
from etl.contracts.rows import InOrder, Record


class DiagnosisCampaign(Record):
    """One diagnosis of competency (역량 진단): when people were asked, and the highest score of an answer."""

    kind = "diagnosis_campaigns"
    key = ("campaign_id",)
    rules = (InOrder("starts_on", "ends_on"),)

    campaign_id: Code
    title: Line
    starts_on: Day
    ends_on: Day
    highest_score: Positive
    document_no: Line | None = None


class DiagnosisQuestion(Record):
    """One question of a diagnosis, about one competency; analysts may be asked others than ordinary staff."""

    kind = "diagnosis_questions"
    key = ("question_id",)

    question_id: Code
    campaign_id: Annotated[Code, Refers("diagnosis_campaigns")]
    competency: Code
    staff: Literal["everybody", "ordinary", "analyst"]
    text: Line


class DiagnosisAnswer(Record):
    """One person's answer to one question, and the department the person then worked in."""

    kind = "diagnosis_answers"
    key = ("question_id", "person")
    known_by = "answered_on"

    question_id: Annotated[Code, Refers("diagnosis_questions")]
    person: Pseudonym
    unit_id: UnitId
    staff: Literal["ordinary", "analyst"]
    answered_on: Day
    score: Quantity

"""Every kind of record a body sends in. The classes of `etl.contracts.kinds` are the only place a column is declared.

Optional columns have the default None; an empty cell is absent. Units of measure are part of the name.
"""

from __future__ import annotations

from typing import Final

from etl.contracts.kinds.datasets import Dataset, DatasetUsage, PlannedOpening
from etl.contracts.kinds.decisions import LedgerEntry, NotApplicable, PanelMark, Recognition
from etl.contracts.kinds.diagnosis import DiagnosisAnswer, DiagnosisCampaign, DiagnosisQuestion
from etl.contracts.kinds.projects import (
    Award,
    Initiative,
    InitiativeFigure,
    Pilot,
    PilotAnswer,
    PilotUnit,
    Practice,
    PracticeReuse,
)
from etl.contracts.kinds.training import Attendance, Certificate, Course, CourseCompetency, CourseRound, TrainingSession
from etl.contracts.kinds.units import Alias, Department, Figure, Headcount, Succession
from etl.contracts.kinds.work import Analysis, AnalysisShare, AnalysisSource, Policy, PolicyUse
from etl.contracts.rows import Record

RECORDS: Final[dict[str, type[Record]]] = {
    contract.kind: contract
    for contract in (
        Department,
        Succession,
        Alias,
        Headcount,
        Analysis,
        AnalysisShare,
        Policy,
        PolicyUse,
        Dataset,
        DatasetUsage,
        AnalysisSource,
        PlannedOpening,
        Course,
        CourseRound,
        CourseCompetency,
        TrainingSession,
        Attendance,
        Certificate,
        DiagnosisCampaign,
        DiagnosisQuestion,
        DiagnosisAnswer,
        Pilot,
        PilotUnit,
        PilotAnswer,
        Initiative,
        InitiativeFigure,
        Practice,
        PracticeReuse,
        Award,
        Recognition,
        NotApplicable,
        LedgerEntry,
        PanelMark,
        Figure,
    )
}
"""Every kind of record by its name, in the order they are staged: a kind comes after the kinds it refers to."""

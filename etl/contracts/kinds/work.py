"""Analyses and the policies that used them."""

from __future__ import annotations

from typing import Annotated, Literal

from etl.contracts.fields import Code, Day, Line, Note, Refers, Share
from etl.contracts.kinds.units import UnitId
from etl.contracts.rows import AddsUpToOne, InOrder, NeededWhen, Record


class Analysis(Record):
    """A data analysis. Who shares it stands in `analysis_shares`; without shares it is its lead department's alone.

    `work` says what the record is about: surveys, research and the building of systems are kept, and are no analyses.
    `topic` names what it is about, where several records may be about the same.
    """

    kind = "analyses"
    key = ("analysis_id",)
    known_by = "completed_on"
    rules = (
        InOrder("started_on", "completed_on"),
        NeededWhen("completed_on", "status", ("completed",)),
    )

    analysis_id: Code
    unit_id: UnitId
    title: Line
    purpose: Note | None = None
    method: Literal["own", "commissioned", "standard_model"] | None = None
    status: Literal["planned", "in_progress", "in_operation", "completed", "stopped"] | None = None
    started_on: Day | None = None
    completed_on: Day | None = None
    document_no: Line | None = None
    approved_on: Day | None = None
    topic: Line | None = None
    work: Literal["analysis", "survey", "research", "system_building"] | None = None


class AnalysisShare(Record):
    """The agreed part of one department in a joint analysis. The parts of an analysis add up to one."""

    kind = "analysis_shares"
    key = ("analysis_id", "unit_id")
    sums = (AddsUpToOne(part="share", whole="analysis_id"),)

    analysis_id: Annotated[Code, Refers("analyses")]
    unit_id: UnitId
    share: Share


class AnalysisSource(Record):
    """One dataset that an analysis used: many to many."""

    kind = "analysis_sources"
    key = ("analysis_id", "dataset_id")

    analysis_id: Annotated[Code, Refers("analyses")]
    dataset_id: Annotated[Code, Refers("datasets")]


class Policy(Record):
    """A policy or measure in which data are said to have been used.

    The stage is how far the use has come (보고·계획·예산/제도·효과).
    """

    kind = "policies"
    key = ("policy_id",)
    known_by = "used_on"

    policy_id: Code
    unit_id: UnitId
    title: Line
    stage: Literal["report", "plan", "budget", "effect"] | None = None
    used_on: Day
    document_no: Line | None = None


class PolicyUse(Record):
    """One analysis or dataset that a policy used: many to many."""

    kind = "policy_uses"
    key = ("policy_id", "source_kind", "source_id")

    policy_id: Annotated[Code, Refers("policies")]
    source_kind: Literal["analysis", "dataset"]
    source_id: Code

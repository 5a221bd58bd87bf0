"""The records a body sends in: one class per kind, and the only place their columns are declared.

Optional columns have the default None; an empty cell is absent. Units of measure are part of the name.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from etl.contracts.fields import Code, Count, Day, Line, Mark, Note, Number, Pseudonym, Quantity, Refers, Share, Year
from etl.contracts.rows import AddsUpToOne, InOrder, NeededWhen, Record

UnitId = Annotated[Code, Refers("departments")]
"""The code of a department, valid on the record's date."""


class Department(Record):
    """A department (부서) for as long as it has this name. A renaming keeps the code and starts a new row."""

    kind = "departments"
    key = ("unit_id", "valid_from")
    rules = (InOrder("valid_from", "valid_to"),)

    unit_id: Code
    name: Line
    parent: Line | None = None
    peer_group: Code
    valid_from: Day
    valid_to: Day | None = None


class Succession(Record):
    """A merger or split: which part of a department's earlier record goes to which later department."""

    kind = "successions"
    key = ("from_unit", "to_unit")
    sums = (AddsUpToOne(part="share", whole="from_unit"),)

    from_unit: UnitId
    to_unit: UnitId
    took_effect_on: Day
    share: Share


class Alias(Record):
    """A name under which a department arrives in somebody else's file, as a person decided."""

    kind = "aliases"
    key = ("alias",)

    alias: Line
    unit_id: UnitId
    reason: Line | None = None
    decided_on: Day | None = None
    decided_by: Line | None = None


class Headcount(Record):
    """Authorised and actual staff (정원, 현원) at a date. A department may send several parts; parts add up."""

    kind = "headcount"
    key = ("unit_id", "as_of", "part")

    unit_id: UnitId
    as_of: Day
    part: Line
    authorised: Count | None = None
    actual: Count | None = None


class Analysis(Record):
    """A data analysis. Who shares it stands in `analysis_shares`; without shares it is its lead department's alone."""

    kind = "analyses"
    key = ("analysis_id",)
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


class AnalysisShare(Record):
    """The agreed part of one department in a joint analysis. The parts of an analysis add up to one."""

    kind = "analysis_shares"
    key = ("analysis_id", "unit_id")
    sums = (AddsUpToOne(part="share", whole="analysis_id"),)

    analysis_id: Annotated[Code, Refers("analyses")]
    unit_id: UnitId
    share: Share


class Policy(Record):
    """A policy or measure in which data are said to have been used.

    The stage is how far the use has come (보고·계획·예산/제도·효과).
    """

    kind = "policies"
    key = ("policy_id",)

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


class Dataset(Record):
    """A public dataset and the day it was opened on the portal."""

    kind = "datasets"
    key = ("dataset_id",)
    rules = (InOrder("opened_on", "withdrawn_on"),)

    dataset_id: Code
    unit_id: UnitId
    title: Line
    opened_on: Day
    updated_on: Day | None = None
    withdrawn_on: Day | None = None
    format: Line | None = None
    update_cycle: Line | None = None


class DatasetUsage(Record):
    """Cumulative downloads and views of a dataset at a date; differences of two snapshots are the use between them."""

    kind = "dataset_usage"
    key = ("dataset_id", "as_of")

    dataset_id: Annotated[Code, Refers("datasets")]
    as_of: Day
    downloads: Count
    views: Count | None = None


class TrainingSession(Record):
    """One training session that took place. Briefings and conferences are kept, and do not count as training."""

    kind = "training_sessions"
    key = ("session_id",)
    rules = (InOrder("starts_on", "ends_on"),)

    session_id: Code
    unit_id: UnitId
    title: Line
    kind_of_session: Literal["course", "briefing", "conference"]
    field: Line | None = None
    mode: Literal["in_person", "live_online", "e_learning", "external"] | None = None
    institution: Line | None = None
    starts_on: Day
    ends_on: Day
    hours: Quantity
    seats: Count | None = None


class Attendance(Record):
    """One person at one session; counts for the department the person belonged to on the day of completion."""

    kind = "attendance"
    key = ("session_id", "person")
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


class Recognition(Record):
    """A decision on a record (제출·보완·인정·불인정). The latest decision stands; a record without one is submitted."""

    kind = "recognition"
    key = ("record_kind", "record_id", "decided_on")
    rules = (NeededWhen("reason", "decision", ("refused", "to_complete")),)

    record_kind: Literal["analyses", "policies", "datasets", "training_sessions"]
    record_id: Code
    decision: Literal["submitted", "to_complete", "recognised", "refused"]
    reason: Line | None = None
    decided_on: Day
    decided_by: Line


class NotApplicable(Record):
    """A request that an indicator does not apply to a department (해당없음). Only an approved one takes effect."""

    kind = "not_applicable"
    key = ("year", "unit_id", "indicator", "requested_on")
    rules = (
        InOrder("requested_on", "decided_on"),
        NeededWhen("decided_on", "decision", ("approved", "refused")),
    )

    year: Year
    unit_id: UnitId
    indicator: Code
    reason: Line
    requested_on: Day
    decision: Literal["requested", "approved", "refused"]
    decided_on: Day | None = None
    document_no: Line | None = None


class LedgerEntry(Record):
    """A bonus, a penalty or a veto (가점·감점·등급 제한) under a rule of the rulebook, with its reason."""

    kind = "ledger"
    key = ("entry_id",)

    entry_id: Code
    unit_id: UnitId
    entry_kind: Literal["bonus", "penalty", "veto"]
    rule: Code
    points: Quantity
    occurred_on: Day
    reason: Line
    document_no: Line | None = None


class PanelMark(Record):
    """One assessor's mark, 0 to 100, for one department under one indicator."""

    kind = "panel_marks"
    key = ("year", "indicator", "unit_id", "assessor")

    year: Year
    indicator: Code
    unit_id: UnitId
    assessor: Code
    mark: Mark
    given_on: Day


class Figure(Record):
    """A total that a department reports where no single records exist."""

    kind = "figures"
    key = ("unit_id", "measure", "as_of", "part")

    unit_id: UnitId
    measure: Code
    as_of: Day
    part: Line
    value: Number
    source: Line | None = None


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
        TrainingSession,
        Attendance,
        Recognition,
        NotApplicable,
        LedgerEntry,
        PanelMark,
        Figure,
    )
}
"""Every kind of record by its name, in the order they are staged: a kind comes after the kinds it refers to."""

"""What people decided: recognition, 해당없음, bonus and penalty, marks."""

from __future__ import annotations

from typing import Literal

from etl.contracts.fields import Code, Day, Line, Mark, Quantity, Year
from etl.contracts.kinds.units import UnitId
from etl.contracts.rows import InOrder, NeededWhen, Record


class Recognition(Record):
    """A decision on a record (제출·보완·인정·불인정). The latest decision stands; a record without one is submitted."""

    kind = "recognition"
    key = ("record_kind", "record_id", "decided_on")
    rules = (NeededWhen("reason", "decision", ("refused", "to_complete")),)

    record_kind: Literal[
        "analyses", "policies", "datasets", "training_sessions", "pilots", "initiatives", "practices", "awards"
    ]
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

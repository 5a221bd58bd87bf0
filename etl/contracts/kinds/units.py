"""Departments through time, their staff, and what they report in sums."""

from __future__ import annotations

from typing import Annotated

from etl.contracts.fields import Code, Count, Day, Line, Number, Refers, Share
from etl.contracts.rows import AddsUpToOne, InOrder, Record

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

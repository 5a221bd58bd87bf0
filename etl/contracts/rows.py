"""What every record contract has: a kind, a key, and rules that look at two columns of one row or at several rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError


@dataclass(frozen=True, slots=True)
class InOrder:
    """The second day is not before the first, where both are given."""

    first: str
    second: str
    fault: ClassVar[str] = "days_out_of_order"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the rule looks at; the last one carries the fault."""
        return (self.first, self.second)

    def holds(self, row: Record) -> bool:
        """Whether the row keeps the rule."""
        first, second = getattr(row, self.first), getattr(row, self.second)
        return first is None or second is None or first <= second


@dataclass(frozen=True, slots=True)
class NeededWhen:
    """A column must be filled when another one holds one of these values."""

    column: str
    other: str
    values: tuple[str, ...]
    fault: ClassVar[str] = "needed_here"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the rule looks at; the last one carries the fault."""
        return (self.other, self.column)

    def holds(self, row: Record) -> bool:
        """Whether the row keeps the rule."""
        return getattr(row, self.other) not in self.values or getattr(row, self.column) is not None


@dataclass(frozen=True, slots=True)
class OneGiven:
    """At least one of two columns is filled."""

    first: str
    second: str
    fault: ClassVar[str] = "one_of_two_needed"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the rule looks at; the last one carries the fault."""
        return (self.first, self.second)

    def holds(self, row: Record) -> bool:
        """Whether the row keeps the rule."""
        return getattr(row, self.first) is not None or getattr(row, self.second) is not None


@dataclass(frozen=True, slots=True)
class AddsUpToOne:
    """Over all rows with the same value of `whole`, `part` adds up to exactly one; otherwise all are rejected."""

    part: str
    whole: str
    fault: ClassVar[str] = "shares_do_not_add_up"


RowRule = InOrder | NeededWhen | OneGiven


class Record(BaseModel):
    """One row of one kind of record, as received: every cell is text, an empty cell is absent.

    Class attributes:
        kind: name of the table and of the contract in `sources.toml`.
        key: the columns that identify a record. Equal rows are one record sent twice: one stays, the others are
            rejected. Different rows with one key contradict each other: all are rejected.
        rules: what must hold between columns of one row.
        sums: what must hold over several rows.
        known_by: the column of the day by which people know a record, where there is one such day.
    """

    # Received rows are checked in SQL: a class's own validator is built when somebody asks for it.
    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    kind: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    rules: ClassVar[tuple[RowRule, ...]] = ()
    sums: ClassVar[tuple[AddsUpToOne, ...]] = ()
    known_by: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _an_empty_cell_is_absent(cls, cells: Any) -> Any:
        return (
            {name: text for name, text in cells.items() if text not in ("", None)} if isinstance(cells, dict) else cells
        )

    @model_validator(mode="after")
    def _rules_hold(self) -> Self:
        for rule in self.rules:
            if not rule.holds(self):
                raise PydanticCustomError(rule.fault, "a rule between columns does not hold")
        return self


def needed_columns(contract: type[Record], fed: Collection[str]) -> list[str]:
    """The columns no row can do without, as things stand, in the contract's order.

    Args:
        contract: of the rows.
        fed: the columns that something feeds.

    Returns:
        The required columns; and of two of which one must be given, the second where nothing feeds either.
    """
    instead = {
        rule.second
        for rule in contract.rules
        if isinstance(rule, OneGiven) and rule.first not in fed and rule.second not in fed
    }
    return [column for column, field in contract.model_fields.items() if field.is_required() or column in instead]

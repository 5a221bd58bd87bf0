"""What pydantic alone says of a row of text cells: the reference the compiled checks are held against."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from etl.contracts.records import RECORDS
from etl.contracts.rows import Record

Row = dict[str, str | None]

_ADAPTERS: Final[dict[tuple[str, str], TypeAdapter[Any]]] = {
    (kind, column): TypeAdapter(field.rebuild_annotation())
    for kind, contract in RECORDS.items()
    for column, field in contract.model_fields.items()
}
_REASONS: Final = {
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "string_pattern_mismatch": "forbidden_characters",
    "literal_error": "not_one_of",
    **dict.fromkeys(("greater_than", "greater_than_equal", "less_than", "less_than_equal"), "out_of_range"),
}
"""Pydantic's name of an error where it is not already the reason's own name."""


def verdict(contract: type[Record], row: Row) -> tuple[Any, ...] | None:
    """The values of a row the class accepts, None for one it refuses."""
    try:
        record = contract.model_validate(row)
    except ValidationError:
        return None
    return tuple(getattr(record, column) for column in contract.model_fields)


def faults(contract: type[Record], row: Row) -> set[tuple[str, str]]:
    """Every (column, reason) for which the row breaks the class; a rule speaks where its own columns are readable."""
    values: dict[str, Any] = {}
    found = set()
    for column, field in contract.model_fields.items():
        try:
            values[column] = cell_value(contract.kind, column, row[column])
        except ValidationError as error:
            kind = error.errors()[0]["type"]
            found.add((column, _REASONS.get(kind, kind)))
        else:
            if values[column] is None and field.is_required():
                found.add((column, "missing"))
    unreadable = {column for column, _ in found}
    read: Any = SimpleNamespace(**values)
    for rule in contract.rules:
        if not unreadable & set(rule.columns) and not rule.holds(read):
            found.add((rule.columns[-1], rule.fault))
    return found


def cell_value(kind: str, column: str, cell: str | None) -> Any:
    """The value of one cell; an empty cell is absent.

    Raises:
        ValidationError: the cell breaks its column's own rules.
    """
    return None if cell in (None, "") else _ADAPTERS[kind, column].validate_python(cell)

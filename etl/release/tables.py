"""Published tables as canonical text: sorted, UTF-8, LF, numbers as decimal text, an absent value as an empty cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from etl.contracts.published import Published
from etl.scoring.decimals import plain

Row = TypeVar("Row", bound=Published)


def table_text(contract: type[Row], rows: Iterable[Row]) -> bytes:
    """The rows as the bytes of a CSV file, sorted by the table's key."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    columns = list(contract.model_fields)
    writer.writerow(columns)
    for row in sorted(rows, key=lambda row: tuple(_sortable(getattr(row, column)) for column in contract.key)):
        writer.writerow([cell_text(getattr(row, column)) for column in columns])
    return buffer.getvalue().encode("utf-8")


def read_table(folder: Path, contract: type[Row]) -> list[Row]:
    """The rows of a published table of a release, with their types.

    Raises:
        OSError: there is no such table.
        ValueError: it is not the contract's table, or not whole.
    """
    with (folder / f"{contract.table}.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        columns = next(rows, [])
        return [
            contract.model_validate(dict(zip(columns, [text or None for text in row], strict=True))) for row in rows
        ]


def cell_text(value: object) -> str:
    """One value as canonical text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _sortable(value: object) -> tuple[bool, object]:
    return (value is not None, value)

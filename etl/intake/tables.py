"""What a received table is once it is understood: where it stands in its file, and the text that DuckDB reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput

MOST_COLUMNS: Final = 1000
"""What DuckDB reads within its memory on any number of cores; spreadsheets end at 16,384, mostly empty ones."""
FEW: Final = 20_000
"""Rows up to which preparing what is done to them takes longer than doing it."""
LONGEST_ROW: Final = 1 << 20
"""Characters of a row, in all its cells together."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row whose number of cells is not the header's; its text is not kept where columns are concealed."""

    row: int
    cells: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands in a file; rows are counted from 1, as a spreadsheet shows them.

    Attributes:
        sheet: name of the sheet; None is the first that is not empty.
        header_row: the first row of headings.
        header_rows: how many rows the headings span.
        code_rows: rows under the headings that are passed over (field codes, units) and counted as set aside.
        fill_down: headings of columns where an empty cell repeats the one above, from the outermost to the innermost.
    """

    sheet: str | None = None
    header_row: int = 1
    header_rows: int = 1
    code_rows: int = 0
    fill_down: tuple[str, ...] = ()

    @property
    def last_row_above(self) -> int:
        """The last row above the records: of the headings, or of the codes under them."""
        return self.header_row + self.header_rows - 1 + self.code_rows


@dataclass(frozen=True, slots=True)
class TextTable:
    """A delimited text file, understood.

    Attributes:
        label: the file's name as the person knows it.
        path: UTF-8 text to read; the received file itself or a copy in the job's folder.
        delimiter: one character.
        header: the column names, as received, on one line and without outer blanks.
        encoding: what the received bytes are.
        sha256: digest of the received bytes.
        header_row: number of the last row above the records (of headings or codes); the first row of the file is 1;
            0 in a copy, which has none.
        rows: rows under the header if the file has one line a row; None if its header already has not.
        numbered: whether the copy's first column is the row's number in the received file.
        misfits: rows that are not in the copy because they do not fit the header.
        passed_over: rows of codes under the headings; they are received and set aside.
    """

    label: str
    path: Path
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    encoding: str
    sha256: str
    rows: int | None
    numbered: bool = False
    misfits: tuple[Misfit, ...] = ()
    passed_over: int = 0

    @property
    def has_few_rows(self) -> bool:
        """Whether its rows are known to be few."""
        return self.rows is not None and self.rows < FEW

    @property
    def cells(self) -> tuple[str, ...]:
        """Names of the columns for SQL, by position: headings may be empty, or differ in case alone."""
        return tuple(f"cell {position}" for position, _ in enumerate(self.header, start=1))

    def cell(self, column: str) -> str:
        """The name for SQL of the column with this heading."""
        return self.cells[self.header.index(column)]


def check_header(header: Sequence[str], label: str, row: int) -> None:
    """Refuse headings that cannot name columns.

    Raises:
        UnreadableInput: there is none, there are too many, or one stands twice.
    """
    if not any(header):
        raise UnreadableInput(Fault("no_header", label, {"row": row}))
    if len(header) > MOST_COLUMNS:
        raise UnreadableInput(Fault("too_many_columns", label, {"columns": len(header), "most": MOST_COLUMNS}))
    repeated = sorted({column for column in header if column and header.count(column) > 1})
    if repeated:
        raise UnreadableInput(Fault("columns_repeated", label, {"row": row, "columns": ", ".join(repeated)}))

"""The one writer of copies: rows of text cells, however they were received, as a table that DuckDB can be trusted with.

Every row keeps its number in the received file, and rows that do not fit the header are handed over: nothing falls
between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from etl.errors import Fault, UnreadableInput
from etl.intake.tables import LONGEST_ROW, Misfit, TextTable

COPY: Final = "copy.csv"
MOST_MISFITS: Final = 100_000
"""More rows than this that do not fit the header, and it is the header that is wrong."""
_SHOWN_MISFIT: Final = 500


class Concealer(Protocol):
    """Takes away what must not be written: it stands between the rows as received and the copy."""

    def header(self, received: tuple[str, ...]) -> tuple[str, ...]:
        """The headings that may be written, for the headings received.

        Raises:
            UnreadableInput: a column that it needs is not there.
        """
        ...

    def row(self, cells: list[str]) -> list[str]:
        """The cells that may be written, in the order of `header`, for a row of as many cells as were received."""
        ...


def write_copy(
    rows: Iterable[tuple[int, list[str]]], table: TextTable, job: Path, conceal: Concealer | None = None
) -> TextTable:
    """Write rows as a numbered copy.

    Args:
        rows: (number in the received file, its cells) of every row under the header; a row without cells is a blank
            line and is passed over.
        table: what is known of the received file; its header is that of the rows.
        job: a folder of this file alone, for the copy.
        conceal: what is done to the header and to every row before it is written.

    Returns:
        The table as the copy has it, with the rows that do not fit the header.

    Raises:
        UnreadableInput: a row is longer than a million characters; or as `rows` and `conceal` raise.
    """
    header = table.header if conceal is None else conceal.header(table.header)
    writing = _Writing(rows, table, conceal)
    copy = job / COPY
    with copy.open("w", encoding="utf-8", newline="") as target:
        target.writelines(writing.lines())
    return replace(
        table,
        path=copy,
        delimiter=",",
        header=header,
        header_row=0,
        rows=writing.kept,
        numbered=True,
        misfits=tuple(writing.misfits),
    )


class _Writing:
    """What is written of each row, and what became of the others."""

    def __init__(self, rows: Iterable[tuple[int, list[str]]], table: TextTable, conceal: Concealer | None) -> None:
        self.kept = 0
        self.misfits: list[Misfit] = []
        self._rows, self._table, self._conceal = rows, table, conceal

    def lines(self) -> Iterator[str]:
        """The lines of the copy: the row's number and its cells, every one in quotes."""
        width, conceal = len(self._table.header), self._conceal
        for row, cells in self._rows:
            while len(cells) > width and cells[-1] == "":
                # Delimiters too many at the end of a line are a habit of exports; DuckDB overlooks them too.
                cells.pop()
            if len(cells) == width:
                self.kept += 1
                yield f'"{row}",{self._line(row, cells if conceal is None else conceal.row(cells))}\n'
            elif any(cell.strip() for cell in cells):
                if len(self.misfits) == MOST_MISFITS:
                    facts = {"rows": MOST_MISFITS, "columns": width}
                    raise UnreadableInput(Fault("too_many_misfits", self._table.label, facts))
                self.misfits.append(Misfit(row, len(cells), self._shown(cells)))

    def _line(self, row: int, cells: list[str]) -> str:
        # The writer of the csv module takes three times as long over rows that are all text.
        whole = "".join(cells)
        if len(whole) > LONGEST_ROW:
            raise UnreadableInput(Fault("row_too_long", self._table.label, {"line": row}))
        doubled = [cell.replace('"', '""') for cell in cells] if '"' in whole else cells
        return '"' + '","'.join(doubled) + '"'

    def _shown(self, cells: list[str]) -> str | None:
        return self._table.delimiter.join(cells)[:_SHOWN_MISFIT] if self._conceal is None else None

"""Rows of a sheet or a text file to a table: several rows of headings to one, and what merged cells left empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Final

from etl.documents.flaws import nearest
from etl.errors import Fault, UnreadableInput
from etl.intake.tables import Layout

Rows = Iterator[tuple[int, list[str]]]
"""Numbers of rows in the received file, and their cells; a row without cells is a blank line."""

BETWEEN_HEADINGS: Final = " / "


def headings(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One heading for each column, from every row of headings, as long as the longest.

    A merged heading leaves the cells to its right empty: in every row but the last, an empty cell with a heading below
    it repeats the one to its left that has headings below it too, as far as the merged heading above reaches. Then each
    column is read from above to below, a part equal to the one above it once: "교육 / 시간".
    """
    columns = list(zip_longest(*(map(_on_one_line, row) for row in rows), fillvalue=""))
    filled: list[tuple[str, ...]] = []
    for column in columns:
        filled.append(_with_merged(column, filled[-1] if filled else column))
    return tuple(BETWEEN_HEADINGS.join(part for part, _ in groupby(filter(None, column))) for column in filled)


def _on_one_line(heading: str) -> str:
    return " ".join(heading.split())


def _with_merged(column: Sequence[str], left: Sequence[str]) -> tuple[str, ...]:
    """A column of headings with what the column to its left lends it."""
    parts = list(column)
    for level in range(len(parts) - 1):
        if parts[level]:
            break  # a heading of its own begins here: nothing below belongs to the left
        if any(column[level + 1 :]) and any(left[level + 1 :]):
            parts[level] = left[level]
    return tuple(parts)


def header_cut(header: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The headings without the empty ones at the right edge, where there are more than can be read."""
    if len(header) <= most:
        return header
    named = max((position for position, heading in enumerate(header, start=1) if heading), default=0)
    return header[: max(named, 1)]


def records(rows: Iterable[tuple[int, list[str]]], header: Sequence[str], layout: Layout, label: str) -> Rows:
    """The rows under the headings and codes, empty cells of the layout's `fill_down` filled from above.

    Raises:
        UnreadableInput: a column to be filled is not there.
    """
    faults = [
        Fault("column_not_in_file", label, {"column": column, "nearest": nearest(column, header)})
        for column in layout.fill_down
        if column not in header
    ]
    if faults:
        raise UnreadableInput(faults)
    below = ((row, cells) for row, cells in rows if row > layout.last_row_above)
    return _filled_down(below, [header.index(column) for column in layout.fill_down]) if layout.fill_down else below


def _filled_down(rows: Iterable[tuple[int, list[str]]], positions: Sequence[int]) -> Rows:
    """Each row with the last text of the columns at these positions; a new text of one begins those after it anew."""
    last = [""] * len(positions)
    for row, cells in rows:
        if any(cell.strip() for cell in cells):
            for depth, position in enumerate(positions):
                if position >= len(cells):
                    continue
                if cells[position].strip():
                    last[depth:] = [cells[position], *[""] * (len(last) - depth - 1)]
                else:
                    cells[position] = last[depth]
        yield row, cells

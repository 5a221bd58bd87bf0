"""Where the table stands in a grid: headings, field codes, merged cells, subtotals, footnotes, each with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from etl.intake.layouts import headings as headings_of
from etl.intake.names import normalised
from etl.intake.proposing.sampling import Grid, Sample
from etl.intake.proposing.telling import Finding
from etl.intake.tables import Layout

SUBTOTALS: Final = frozenset("소계 합계 계 총계 총합계 누계 total subtotal grandtotal sum".split())
"""What a subtotal row calls itself, without blanks and in lower case."""
_FOOTNOTE: Final = re.compile(
    r"※|\*|[(\[<]?주[\])>:：]|[(\[]?주 ?\d|출처|자료 ?[:：]|비고 ?[:：]|(source|notes?) ?:", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[-+△▲(]?[0-9][0-9,]*([.][0-9]+)?\)?%?")
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}년?")
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_UNIT: Final = re.compile(r"[(\[]?(명|건|개|원|천원|백만원|회|시간|일|년|%|점|개소|세대|가구|㎡|㎢|km|kg)[)\]]?")
_ASCII: Final = re.compile(r"[\x00-\x7f]*")
_HEADERS_SOUGHT: Final = 40
"""A header below this row would be below what `header_row` may say in practice."""
_MOST_HEADER_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class Found:
    """The table in a grid.

    Attributes:
        layout: as a source says it.
        headings: of every column, as the reader joins them.
        rows: the rows under the headings that are records, cells beside their headings.
        conditions: (column, texts to leave out); no texts means that the cell must be filled.
        findings: what was found, each with its reason.
        questions: what nobody can tell from the file alone.
    """

    layout: Layout
    headings: tuple[str, ...]
    rows: Grid
    conditions: tuple[tuple[str, tuple[str, ...]], ...]
    findings: tuple[Finding, ...]
    questions: tuple[Finding, ...]

    def cells(self, heading: str) -> list[str]:
        """The cells of the column of this heading."""
        at = self.headings.index(heading)
        return [cells[at] for _, cells in self.rows if at < len(cells)]


def find_layout(sample: Sample) -> Found:
    """Find the table in a sample."""
    rows = _squared(sample.rows)
    typed = _typed_columns(rows)
    first = _first_header(rows, typed)
    if first is None:
        return _without_header(sample, rows)
    spanned = _header_rows(rows, first, typed)
    codes = _code_rows(rows, first + spanned, typed, rows[first : first + spanned])
    first_number = rows[first][0]
    headings = headings_of([cells for _, cells in rows[first : first + spanned]])
    below = rows[first + spanned + codes :]
    down = _filled_down(headings, below)
    findings = [*_told_header(rows, first, spanned, codes), *_told_down(down)]
    notes = _footnotes(below)
    totals = _subtotals(headings, tuple(row for row in below if row not in notes))
    conditions = _conditions(headings, below, totals, notes)
    findings += _told_left_out(totals, notes, conditions)
    left_out = {number for number, _ in notes} | {number for _, _, found in totals for number in found}
    records = tuple(row for row in below if row[0] not in left_out and any(row[1]))
    layout = Layout(sample.sheet, first_number, spanned, codes, down)
    return Found(layout, headings, records, conditions, tuple(findings), ())


def _squared(rows: Grid) -> Grid:
    """Every row with the same number of cells, as wide as the widest filled one."""
    width = max((_width(cells) for _, cells in rows), default=0)
    return tuple((number, (*cells[:width], *[""] * (width - len(cells)))) for number, cells in rows)


def _width(cells: Sequence[str]) -> int:
    return max((position for position, cell in enumerate(cells, start=1) if cell), default=0)


# Headings -----------------------------------------------------------------------------------------------------------


def is_number(cell: str) -> bool:
    """Whether a cell is a number or a day as people write them."""
    return bool(_NUMBER.fullmatch(cell)) or bool(re.fullmatch(r"[0-9][0-9./: \-년월일]{3,}", cell))


def _typed_columns(rows: Grid) -> dict[int, bool]:
    """Columns whose cells are numbers or days; whether they are years, which headings may be too."""
    lower = [cells for _, cells in rows if any(cells)]
    lower = lower[min(len(lower) // 4, 15) :]
    typed = {}
    for at in range(len(rows[0][1]) if rows else 0):
        filled = [cells[at] for cells in lower if cells[at] not in ("", "-")]
        if filled and sum(map(is_number, filled)) >= 0.8 * len(filled):
            typed[at] = sum(bool(_YEAR.fullmatch(cell)) for cell in filled) >= 0.8 * len(filled)
    return typed


def _is_heading(cells: Sequence[str], typed: dict[int, bool]) -> bool:
    """Whether no cell of a row looks like the data under it; where data are numbers, a lone year can be a heading."""
    return not any(
        is_number(cells[at]) and not (_YEAR.fullmatch(cells[at]) and not years)
        for at, years in typed.items()
    )  # fmt: skip


def _first_header(rows: Grid, typed: dict[int, bool]) -> int | None:
    """Position of the first row of headings: nearly as many filled cells as the data, none of them data."""
    most = _usual_width(rows)
    for position, (_, cells) in enumerate(rows[:_HEADERS_SOUGHT]):
        filled = [cell for cell in cells if cell]
        if len(filled) >= max(2, 0.6 * most) and _is_heading(cells, typed) and not _all_data(filled):
            return _with_upper_rows(rows, position, typed)
    return 0 if most == 1 and rows and not is_number(rows[0][1][0]) else None


def _usual_width(rows: Grid) -> int:
    filled = sorted(sum(map(bool, cells)) for _, cells in rows if any(cells))
    return filled[int(len(filled) * 0.75)] if filled else 0


def _all_data(filled: Sequence[str]) -> bool:
    return sum(is_number(cell) and not _YEAR.fullmatch(cell) for cell in filled) > len(filled) / 2


def _with_upper_rows(rows: Grid, position: int, typed: dict[int, bool]) -> int:
    """A row above belongs to the headings if it has several of its own: merged cells leave the others blank."""
    while position and sum(map(bool, rows[position - 1][1])) >= 2 and _is_heading(rows[position - 1][1], typed):
        above = rows[position - 1][1]
        if len({cell for cell in above if cell}) < 2:
            break
        position -= 1
    return position


def _header_rows(rows: Grid, first: int, typed: dict[int, bool]) -> int:
    """How many rows the headings span."""
    below = takewhile(
        lambda row: _continues(row[1], rows[first][1], typed), rows[first + 1 : first + _MOST_HEADER_ROWS]
    )
    return 1 + len(list(below))


def _continues(cells: Sequence[str], header: Sequence[str], typed: dict[int, bool]) -> bool:
    """Whether a row goes on with the headings above it rather than begin the data."""
    if not any(cells) or is_code_row(cells, header):
        return False
    under = [cells[at] for at in typed]
    if any(under):
        return not any(is_number(cell) and not _YEAR.fullmatch(cell) for cell in under)
    # Merged cells down the side leave blanks above the data or repeat their text; both need a heading beside them.
    repeated = sum(bool(cell) and cell == above for cell, above in zip(cells, header, strict=True))
    blank_below_blank = any(cell and not above for cell, above in zip(cells, header, strict=True))
    return repeated >= max(1, sum(map(bool, cells)) // 2) or (blank_below_blank and not all(header))


def is_code_row(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row under headings holds field codes (DEPT_NM) or units (명, %) for them."""
    filled = [cell for cell in cells if cell]
    if not filled or len(filled) < sum(map(bool, header)) / 2:
        return False
    if all(_UNIT.fullmatch(cell) for cell in filled):
        return True
    foreign = any(not _ASCII.fullmatch(cell) for cell in header)
    return foreign and len(set(filled)) == len(filled) and all(_CODE.fullmatch(cell) for cell in filled)


def _code_rows(rows: Grid, start: int, typed: dict[int, bool], header: Grid) -> int:
    """How many rows of codes stand under the headings; data that are all codes are no code rows."""
    names = headings_of([cells for _, cells in header])
    data = [cells for _, cells in rows[start + 2 : start + 12] if any(cells)]
    if not typed and data and sum(is_code_row(cells, names) for cells in data) > len(data) / 5:
        return 0
    found = takewhile(lambda row: is_code_row(row[1], names) and _is_heading(row[1], typed), rows[start : start + 3])
    return len(list(found))


def _told_header(rows: Grid, first: int, spanned: int, codes: int) -> list[Finding]:
    number, cells = rows[first]
    findings = []
    above = [row for row, filled in rows[:first] if any(filled)]
    if above:
        findings.append(Finding("proposal_title_rows", {"rows": numbers(above)}))
    findings.append(Finding("proposal_header_row", {"row": number, "cells": sum(map(bool, cells))}))
    if spanned > 1:
        last = rows[first + spanned - 1][0]
        findings.append(Finding("proposal_header_rows", {"row": number, "last": last, "rows": spanned}))
    if codes:
        row, under = rows[first + spanned]
        shown = ", ".join(cell for cell in under if cell)[:80]
        findings.append(Finding("proposal_code_rows", {"row": row, "codes": shown}))
    return findings


def _without_header(sample: Sample, rows: Grid) -> Found:
    """Nothing to go by: the first row stands for the headings, and somebody must say where they are."""
    cells = rows[0][1] if rows else ()
    question = Finding("proposal_no_header", {"rows": len(rows)})
    return Found(Layout(sample.sheet), tuple(cells), rows[1:], (), (), (question,))


# Merged cells down the side -----------------------------------------------------------------------------------------


def _filled_down(headings: Sequence[str], rows: Grid) -> tuple[str, ...]:
    """Columns at the left whose blanks mean the cell above, as merged cells leave it."""
    data = [cells for _, cells in rows if sum(map(bool, cells)) >= 2]
    return tuple(
        headings[at] for at in takewhile(lambda at: _repeats_by_blanks(data, at), range(len(headings))) if headings[at]
    )


def _repeats_by_blanks(data: Sequence[Sequence[str]], at: int) -> bool:
    cells = [row[at] for row in data]
    blank = sum(not cell for cell in cells)
    groups = [cell for cell in cells if cell]
    return bool(cells) and bool(cells[0]) and blank >= max(2, 0.2 * len(cells)) and not any(map(is_number, groups[:1]))


def _told_down(down: Iterable[str]) -> list[Finding]:
    return [Finding("proposal_fill_down", {"column": column}) for column in down]


# Rows that are no records -------------------------------------------------------------------------------------------


def _footnotes(rows: Grid) -> Grid:
    """Rows of one or two cells, of which the first says that it is a note."""
    return tuple(row for row in rows if any(row[1]) and _is_note([cell for cell in row[1] if cell]))


def _is_note(filled: Sequence[str]) -> bool:
    return len(filled) <= 2 and bool(_FOOTNOTE.match(filled[0]))


def is_subtotal(cell: str) -> bool:
    """Whether a cell says that its row adds up others."""
    return re.sub(r"[\s()\[\]]", "", normalised(cell)) in SUBTOTALS


def _subtotals(headings: Sequence[str], rows: Grid) -> list[tuple[str, tuple[str, ...], list[int]]]:
    """(column, texts, row numbers) of subtotal rows: as few columns as tell all of them."""
    by_column = {
        at: [number for number, cells in rows if is_subtotal(cells[at])]
        for at, heading in enumerate(headings)
        if heading
    }
    found, told = [], set[int]()
    while rest := {at: [number for number in numbers if number not in told] for at, numbers in by_column.items()}:
        at = max(rest, key=lambda at: len(rest[at]))
        if not rest[at] or len(by_column[at]) == len(rows):
            break
        texts = Counter(cells[at] for number, cells in rows if is_subtotal(cells[at]))
        found.append((headings[at], tuple(sorted(texts)), by_column.pop(at)))
        told.update(found[-1][2])
    return found


def _conditions(
    headings: Sequence[str], rows: Grid, totals: Sequence[tuple[str, tuple[str, ...], list[int]]], notes: Grid
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    conditions = [(column, texts) for column, texts, _ in totals]
    if notes:
        data = [cells for row, cells in rows if any(cells) and row not in {number for number, _ in notes}]
        always = _first(headings, lambda at: all(cells[at] for cells in data) and not any(c[at] for _, c in notes))
        if always is not None:
            conditions.append((headings[always], ()))
    return tuple(conditions)


def _first(headings: Sequence[str], wanted: Callable[[int], bool]) -> int | None:
    return next((at for at, heading in enumerate(headings) if heading and wanted(at)), None)


def _told_left_out(
    totals: Sequence[tuple[str, tuple[str, ...], list[int]]],
    notes: Grid,
    conditions: Sequence[tuple[str, tuple[str, ...]]],
) -> list[Finding]:
    findings = [
        Finding("proposal_subtotals", {"rows": numbers(found), "column": column, "texts": ", ".join(texts)})
        for column, texts, found in totals
    ]
    if notes:
        filled = next((column for column, texts in conditions if not texts), "-")
        findings.append(Finding("proposal_footnotes", {"rows": numbers(row for row, _ in notes), "column": filled}))
    return findings


def numbers(rows: Iterable[int]) -> str:
    """Row numbers for a sentence, the first few."""
    listed = list(rows)
    return ", ".join(map(str, listed[:5])) + (f" … ({len(listed)})" if len(listed) > 5 else "")

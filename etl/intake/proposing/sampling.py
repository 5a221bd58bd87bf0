"""The beginning and the end of a received file as a grid of text: what a proposal looks at."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from etl.errors import Fault, UnreadableInput
from etl.intake.formats import DELIMITERS
from etl.intake.packages import check_workbook
from etl.intake.sandbox import limits_for, run_limited
from etl.intake.tables import LONGEST_ROW, MOST_COLUMNS

FIRST_ROWS: Final = 200
LAST_ROWS: Final = 30
_READ: Final = 1 << 23
"""How much of a text file is looked at: 8 MiB. The end of a larger one is not seen."""
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Grid = tuple[tuple[int, tuple[str, ...]], ...]
"""Rows of text, each with its number in the file, counted from 1; cells without outer blanks."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a file and, where it is small enough, the last.

    Attributes:
        label: the file's name as the person knows it.
        form: what the file is.
        rows: the grid.
        whole: whether the rows are all the file has.
        encoding: of a text file; empty where it is in neither UTF-8 nor CP949.
        encoding_from: `bom`, `utf-8` or `cp949`: what the encoding rests on.
        delimiter: of a text file.
        even_rows: how many of the sampled rows the delimiter gives the same number of cells.
        sheet: of a spreadsheet, the one sampled.
        sheets: of a spreadsheet, all that can be seen and hold anything.
    """

    label: str
    form: Literal["text", "spreadsheet"]
    rows: Grid
    whole: bool
    encoding: str = ""
    encoding_from: str = ""
    delimiter: str = ","
    even_rows: int = 0
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


def sample(received: Path, label: str, sheet: str | None = None) -> Sample:
    """Look at a received file.

    Args:
        received: the file; it is only read.
        label: its name in messages.
        sheet: of a spreadsheet, the sheet to look at; None takes the first that is visible and
            may be a table, else the first that is not empty.

    Raises:
        UnreadableInput: it is missing, empty, or neither text nor a spreadsheet.
    """
    try:
        if received.exists() and not received.is_file():
            raise UnreadableInput(Fault("not_a_file", label))
        with received.open("rb") as stream:
            start = stream.read(_READ + 1)
    except FileNotFoundError:
        raise UnreadableInput(Fault("file_not_found", label)) from None
    except OSError as error:
        raise UnreadableInput(Fault("file_not_readable", label, {"why": error.strerror or "?"})) from None
    if not start:
        raise UnreadableInput(Fault("file_empty", label))
    if start.startswith(_SPREADSHEETS):
        return run_limited(limits_for(received), label, _sample_of_sheet, received, label, sheet)
    return _sample_of_text(start, label)


# Text ---------------------------------------------------------------------------------------------------------------


def _sample_of_text(start: bytes, label: str) -> Sample:
    encoding, encoding_from, text = _decoded(start)
    if "\x00" in text:
        raise UnreadableInput(Fault("file_is_not_text", label))
    whole = len(start) <= _READ
    readings = [(delimiter, _rows_under(delimiter, text, whole)) for delimiter in DELIMITERS]
    delimiter, rows = max(readings, key=lambda reading: _evenness(reading[1]))
    if not rows:
        raise UnreadableInput(Fault("no_header", label, {"row": 1}))
    _, even, _ = _evenness(rows)
    seen = _ends(rows) if whole else rows[:FIRST_ROWS]
    return Sample(
        label=label,
        form="text",
        rows=tuple(seen),
        whole=whole and len(rows) <= FIRST_ROWS + LAST_ROWS,
        encoding=encoding,
        encoding_from=encoding_from,
        delimiter=delimiter,
        even_rows=even,
    )


def _decoded(start: bytes) -> tuple[str, str, str]:
    """Encoding, what it rests on, and the text; a character cut off at the end of the look is left out."""
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding, "bom", start.decode(encoding, errors="replace").removeprefix("\ufeff")
    is_all = len(start) <= _READ
    for encoding in ("utf-8", "cp949"):
        try:
            return encoding, encoding, codecs.getincrementaldecoder(encoding)().decode(start, final=is_all)
        except UnicodeDecodeError:
            continue
    return "", "", start.decode("cp1252", errors="replace")


def _rows_under(delimiter: str, text: str, whole: bool) -> list[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(LONGEST_ROW)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    wanted = reader if whole else islice(reader, FIRST_ROWS)
    try:
        return [(number, tuple(cell.strip() for cell in cells)) for number, cells in enumerate(wanted, start=1)]
    except csv.Error:
        return []


def _evenness(rows: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[float, int, int]:
    """How well a delimiter divides: the share of rows with the usual number of cells, how many, and that number."""
    counts = Counter(len(cells) for _, cells in rows[:FIRST_ROWS] if cells)
    if not counts:
        return (0, 0, 0)
    cells, even = max(counts.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
    return (even / counts.total() if cells > 1 else 0, even, cells)


def _ends(rows: Sequence[tuple[int, tuple[str, ...]]]) -> list[tuple[int, tuple[str, ...]]]:
    last = max(FIRST_ROWS, len(rows) - LAST_ROWS)
    return [*rows[:FIRST_ROWS], *rows[last:]]


# Spreadsheets -------------------------------------------------------------------------------------------------------


def _sample_of_sheet(received: Path, label: str, told: str | None) -> Sample:
    """A sheet's ends; runs in a process with limits, as whatever takes a workbook apart."""
    check_workbook(received, label)
    try:
        book = CalamineWorkbook.from_path(str(received))
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        filled = [name for name in visible if book.get_sheet_by_name(name).height]
        tables = (name for name in filled if _may_be_a_table(book.get_sheet_by_name(name)))
        sheet = told or next(tables, next(iter(filled), None))
        if sheet is None or sheet not in book.sheet_names:
            raise UnreadableInput(Fault("no_header", label, {"row": 1}))
        opened = book.get_sheet_by_name(sheet)
        _, left = opened.start or (0, 0)
        grid = _numbered(opened.iter_rows(), left)
        first = list(islice(grid, FIRST_ROWS))
        rest = list(grid)
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableInput(Fault("file_not_readable", label, {"why": str(error)[:200]})) from None
    return Sample(
        label=label,
        form="spreadsheet",
        rows=(*first, *rest[-LAST_ROWS:]),
        whole=len(rest) <= LAST_ROWS,
        sheet=sheet,
        sheets=tuple(filled),
    )


def _may_be_a_table(sheet: CalamineSheet) -> bool:
    """Whether two rows at the top have cells beside each other; a cover has its lines one below the other."""
    rows = islice(sheet.iter_rows(), FIRST_ROWS)
    return sum(sum(as_shown(cell) != "" for cell in cells[:MOST_COLUMNS]) > 1 for cells in rows) > 1


def _numbered(rows: Iterable[list[Any]], left: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a sheet with the numbers the sheet shows; blank columns before the data are columns too."""
    margin = [""] * left
    for number, cells in enumerate(rows, start=1):
        yield number, (*margin, *(as_shown(cell) for cell in cells[:MOST_COLUMNS]))


def as_shown(cell: Any) -> str:
    """A spreadsheet's cell as text: days as YYYY-MM-DD, whole numbers without a point."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | time():
            return cell.isoformat(*([" "] if isinstance(cell, datetime) else []))
        case date():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()

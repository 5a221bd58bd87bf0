"""Workbooks to rows of text: XLSX, XLSM, XLS and ODS, by their content, each cell as a person would write it in a CSV.

The reader knows no cell with an error (#N/A, #DIV/0!): it hands it over empty. In an XLSX these cells are looked up in
the sheet itself, so that the contract sees the error instead of an absent value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from etl.errors import Fault, UnreadableInput
from etl.intake.cell_errors import errors_of_sheet
from etl.intake.copies import Concealer, write_copy
from etl.intake.layouts import Rows, header_cut, headings, records
from etl.intake.tables import MOST_COLUMNS, Layout, TextTable, check_header

_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT: Final = b"vnd.oasis.opendocument.spreadsheet"
"""What an ODS says of itself at the beginning of the package."""


def open_sheet(received: Path, label: str, layout: Layout, job: Path, conceal: Concealer | None = None) -> TextTable:
    """Understand one sheet of a workbook and copy it.

    Args:
        received: the file; it is only read.
        label: its name in messages.
        layout: the sheet, and where the table stands in it; rows are numbered as the sheet shows them.
        job: an empty folder of this job, for the copy.
        conceal: what is done to the header and every row before any of it is written.

    Raises:
        UnreadableInput: it is no workbook that can be read, lacks the sheet, or its header cannot be used.
    """
    try:
        with received.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            form = _form(stream)
            return _copied(stream, TextTable(label, received, ",", (), 0, form, sha256, None), layout, job, conceal)
    except PasswordError:
        raise UnreadableInput(Fault("workbook_has_a_password", label)) from None
    except CalamineError as error:
        raise UnreadableInput(Fault("workbook_not_readable", label, {"why": _one_line(str(error))})) from None
    except FileNotFoundError:
        raise UnreadableInput(Fault("file_not_found", label)) from None
    except OSError as error:
        raise UnreadableInput(Fault("file_not_readable", label, {"why": error.strerror or "?"})) from None


def _copied(stream: BufferedReader, file: TextTable, layout: Layout, job: Path, conceal: Concealer | None) -> TextTable:
    with CalamineWorkbook.from_filelike(stream) as workbook:
        sheet = _sheet(workbook, layout.sheet, file.label)
    errors = errors_of_sheet(stream, sheet.name) if file.encoding == "xlsx" else {}
    rows = _rows(sheet, errors)
    above = [cells for _, cells in islice(rows, layout.last_row_above)]
    header, codes = _header(above, layout, file.label, sheet.width)
    table = TextTable(file.label, file.path, ",", header, 0, file.encoding, file.sha256, None, passed_over=codes)
    return write_copy(records(rows, header, layout, file.label), table, job, conceal)


def _form(stream: BufferedReader) -> str:
    """The family of workbooks a file belongs to, which stands where a text file has its encoding."""
    beginning = stream.read(128)
    stream.seek(0)
    if beginning.startswith(_COMPOUND):
        return "xls"
    return "ods" if _OPEN_DOCUMENT in beginning else "xlsx"


def _sheet(workbook: CalamineWorkbook, name: str | None, label: str) -> CalamineSheet:
    """The sheet of this name, or the first that is shown and not empty."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    listed = ", ".join(sheet.name if sheet.visible is Visible.Visible else f"{sheet.name} (hidden)" for sheet in sheets)
    if name is not None:
        if name not in [sheet.name for sheet in sheets]:
            raise UnreadableInput(Fault("sheet_not_found", label, {"sheet": name, "sheets": listed}))
        return workbook.get_sheet_by_name(name)
    for found in sheets:
        if found.visible is Visible.Visible and (sheet := workbook.get_sheet_by_name(found.name)).height:
            return sheet
    raise UnreadableInput(Fault("sheets_empty", label, {"sheets": listed}))


def _header(above: list[list[str]], layout: Layout, label: str, width: int) -> tuple[tuple[str, ...], int]:
    """The headings, one for every column of the sheet, and the number of rows of codes under them."""
    rows = above[layout.header_row - 1 :]
    headed, codes = rows[: layout.header_rows], rows[layout.header_rows :]
    header = headings(headed)
    header = header_cut(header + ("",) * (width - len(header)), MOST_COLUMNS)
    check_header(header, label, layout.header_row)
    return header, sum(map(any, codes))


def _rows(sheet: CalamineSheet, errors: Mapping[int, Mapping[int, str]]) -> Rows:
    """Every row with its number in the sheet; one without any text has no cells, as a blank line."""
    first_column = sheet.start[1] if sheet.start else 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [value if type(value) is str else _TEXTS[type(value)](value) for value in values]
        for column, error in errors.get(number, {}).items():
            if 0 <= column - first_column < len(cells):
                cells[column - first_column] = error
        yield number, cells if any(cells) else []


def _of_number(value: float) -> str:
    """A number in digits: 3 for 3.0, and never an exponent."""
    if value.is_integer():
        return str(int(value))
    digits = repr(value)
    return format(Decimal(digits), "f") if "e" in digits else digits


def _of_moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")


def _of_duration(value: timedelta) -> str:
    """Hours, minutes and seconds; a day has no more hours than a sheet would show of [h]:mm:ss."""
    minutes, seconds = divmod(abs(value) // timedelta(seconds=1), 60)
    sign = "-" if value < timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


_TEXTS: Final[dict[type, Callable[[Any], str]]] = {
    float: _of_number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _of_moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _of_duration,
}


def _one_line(why: str) -> str:
    return " ".join(why.split())[:200]

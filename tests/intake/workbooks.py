"""Workbooks for tests: XLSX by XlsxWriter, and the least that makes an ODS."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Cells = Mapping[str, object]


def xlsx(
    sheets: Mapping[str, Cells],
    *,
    is_1904: bool = False,
    after: Callable[[Mapping[str, Worksheet]], None] | None = None,
) -> bytes:
    """A workbook of these sheets: name -> address (B3) -> value; `after` may do more to the sheets.

    A value that begins with = is a formula that came to the error after the next =, such as `=NA()=#N/A`; a pair is a
    number and how it is shown.
    """
    content = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "date_1904": is_1904, "default_date_format": "yyyy-mm-dd hh:mm"}
    workbook = xlsxwriter.Workbook(content, options)
    made = {name: workbook.add_worksheet(name) for name in sheets}
    for name, cells in sheets.items():
        for address, value in cells.items():
            if isinstance(value, str) and value.startswith("="):
                _, formula, result = value.split("=")
                made[name].write_formula(address, f"={formula}", None, result)
            elif isinstance(value, tuple):
                made[name].write_number(address, value[0], workbook.add_format({"num_format": value[1]}))
            elif value is not None:
                made[name].write(address, value)
    if after is not None:
        after(made)
    workbook.close()
    return content.getvalue()


def rows_of(first: int, *rows: Sequence[object], column: str = "A") -> dict[str, object]:
    """Cells of rows one under another, from a row and a column on; None leaves one empty."""
    return {
        f"{chr(ord(column) + position)}{number}": value
        for number, row in enumerate(rows, start=first)
        for position, value in enumerate(row)
        if value is not None
    }


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An ODS of one sheet of texts."""
    cells = "".join(f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="표">{cells}</table:table></office:spreadsheet>'
    document = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}>{body}</office:body>'
    content = io.BytesIO()
    with ZipFile(content, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"{document}</office:document-content>")
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return content.getvalue()


def _ods_cell(cell: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'

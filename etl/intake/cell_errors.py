"""Cells of an XLSX that hold an error such as #N/A: the workbook reader hands them over empty, as if nobody had asked.

They are looked for in the sheet's XML as it is unpacked, block by block: a cell says of itself that it is one (t="e").
"""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import IO, Final
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

_BLOCK: Final = 1 << 22
_LONGEST_CELL: Final = 1 << 16
"""Bytes carried over from block to block, so that no cell is cut: an error's formula and text are far shorter."""
_ERROR: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*?\bt=["']e["'])[^>]*?\br=["']([A-Z]+)([0-9]+)["'][^>]*>(?:(?!</?(?:\w+:)?c[\s>]).)*?"""
    rb"<(?:\w+:)?v>([^<]*)</",
    re.DOTALL,
)
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


def errors_of_sheet(workbook: IO[bytes], sheet: str) -> Mapping[int, Mapping[int, str]]:
    """Row (from 1) -> column (from 0) -> text of the error, of one sheet of an XLSX.

    Args:
        workbook: its bytes; a package that names its parts otherwise than XLSX does has none that could be found.
        sheet: name of the sheet.
    """
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    try:
        with ZipFile(workbook) as package:
            part = _part_of(package, sheet)
            if part is not None:
                with package.open(part) as stream:
                    for letters, row, error in _errors(stream):
                        found[int(row)][_position(letters)] = html.unescape(error.decode("utf-8", "replace"))
    except (BadZipFile, KeyError, ET.ParseError):
        return {}
    return found


def _part_of(package: ZipFile, sheet: str) -> str | None:
    """Name of the part of the package that holds a sheet."""
    relation = next(
        (
            value
            for element in ET.fromstring(package.read(_WORKBOOK)).iter()
            if element.tag.endswith("}sheet") and element.get("name") == sheet
            for key, value in element.items()
            if key.endswith("}id")
        ),
        None,
    )
    for element in ET.fromstring(package.read(_RELATIONS)):
        if element.get("Id") == relation:
            return posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lstrip("/")
    return None


def _errors(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(column, row, text) of every cell with an error; one that two blocks share may come twice."""
    carried = b""
    for block in iter(partial(stream.read, _BLOCK), b""):
        text = carried + block
        if b't="e"' in text or b"t='e'" in text:
            for match in _ERROR.finditer(text):
                yield match[1], match[2], match[3]
        carried = text[-_LONGEST_CELL:]


def _position(letters: bytes) -> int:
    """Position of a column, from 0: A is 0, AA is 26."""
    position = 0
    for letter in letters:
        position = position * 26 + letter - ord("A") + 1
    return position - 1

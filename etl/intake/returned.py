"""Rejected and held rows in the shape of the received file, with their reasons in front, to be mended and sent again.

The two columns in front have headings that no contract and no proposal knows: what reads columns by their headings
passes them over. `without_reasons` takes them off a mended file, with the apostrophes that keep a cell from being taken
for a formula.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.intake.copies import SHOWN_MISFIT
from etl.intake.formats import rewrite
from etl.intake.mapping import Source
from etl.intake.opening import open_table
from etl.intake.tables import LONGEST_ROW, Misfit, TextTable

ROW_HEADING, REASONS_HEADING = "jipyo: row", "jipyo: reasons"
MOST_BYTES: Final = 1 << 20
"""What a returned file may hold: larger downloads could be mixed up between readers."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_APOSTROPHE: Final = "'"


@dataclass(frozen=True, slots=True)
class Returned:
    """Rows written for somebody to mend.

    Attributes:
        rows: how many.
        cut: whether there are more than one file may hold.
    """

    rows: int
    cut: bool


def is_about_people(sources: Iterable[Source]) -> bool:
    """Whether a file holds what tells who people are: its rows are handed to nobody."""
    return any(source.pseudonyms for source in sources)


def write_returned(
    received: Path, source: Source, reasons: Mapping[int, Sequence[str]], target: Path, work: Path
) -> Returned:
    """Write the rows of a received file that somebody has to mend, as CSV in UTF-8 with a byte-order mark.

    Args:
        received: the file; it is only read. It holds nothing about people: `is_about_people` says so.
        source: what is said about it.
        reasons: number of the row in the file -> why it counts nowhere, as sentences.
        target: where to.
        work: an empty folder for a copy.

    Raises:
        UnreadableInput: the file cannot be understood.
    """
    table = open_table(received, source, work)
    if not table.numbered:
        table = rewrite(table, source.layout, work)
    written, size, cut = 0, 0, False
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        for line in _lines(table, reasons):
            size += len(line.encode())
            if size > MOST_BYTES:
                cut = True
                break
            stream.write(line)
            written += 1
    return Returned(max(written - 1, 0), cut)


def _lines(table: TextTable, reasons: Mapping[int, Sequence[str]]) -> Iterator[str]:
    yield _line([ROW_HEADING, REASONS_HEADING, *table.header])
    misfits = {misfit.row: _cells_of(misfit, table.delimiter) for misfit in table.misfits}
    for row, cells in _in_order(table, misfits):
        if row in reasons:
            yield _line([str(row), " ".join(reasons[row]), *cells])


def _cells_of(misfit: Misfit, delimiter: str) -> list[str]:
    """The cells of a row that does not fit; of a long one only the beginning is known, and it says so."""
    shown = misfit.text or ""
    return (shown if len(shown) < SHOWN_MISFIT else f"{shown}…").split(delimiter)


def _in_order(table: TextTable, misfits: Mapping[int, list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a copy, and after them those that do not fit the header."""
    csv.field_size_limit(LONGEST_ROW)
    with table.path.open(encoding="utf-8", newline="") as stream:
        for number, *cells in csv.reader(stream):
            yield int(number), cells
    yield from misfits.items()


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: an apostrophe stands before what begins like one."""
    return _APOSTROPHE + cell if cell.startswith((*_FORMULA, *(_APOSTROPHE + sign for sign in _FORMULA))) else cell


def as_received(cell: str) -> str:
    """What a cell was before `harmless`."""
    return cell[1:] if cell.startswith(_APOSTROPHE) and harmless(cell[1:]) == cell else cell


def is_returned(path: Path) -> bool:
    """Whether a file is one of `write_returned`, by its first bytes; spreadsheets quote headings or leave them."""
    with path.open("rb") as stream:
        head = stream.read(64).removeprefix(codecs.BOM_UTF8).replace(b'"', b"")
    return head.startswith(ROW_HEADING.encode())


def without_reasons(path: Path, target: Path) -> None:
    """Write a mended file as its rows were received: without row numbers, reasons and added apostrophes.

    Raises:
        UnicodeDecodeError: it is neither UTF-8 nor CP949, as a spreadsheet saves it.
        csv.Error: it is no CSV.
    """
    text = _decoded(path.read_bytes())
    csv.field_size_limit(LONGEST_ROW)
    delimiter = next((sign for sign in ",;\t" if f"{sign}{REASONS_HEADING}" in text[:200].replace('"', "")), ",")
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            writer.writerow([as_received(cell) for cell in cells[2:]])


def _decoded(received: bytes) -> str:
    try:
        return received.decode("utf-8-sig")
    except UnicodeDecodeError:
        return received.decode("cp949")

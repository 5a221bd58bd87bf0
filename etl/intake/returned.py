"""Rejected and held rows in the shape of the received file, with their reasons in front, to be mended and sent again.

The two columns in front have headings that no contract and no proposal knows: what reads columns by their headings
passes them over. The first one's heading says which file the rows are from, and which version of it, so that a mended
row can take the place of the row it was. `take_back` takes both columns off a mended file, with the apostrophes that
keep a cell from being taken for a formula.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.errors import Fault, Language, UnreadableInput
from etl.intake.copies import SHOWN_MISFIT
from etl.intake.formats import rewrite
from etl.intake.mapping import Mends, Source
from etl.intake.opening import open_table
from etl.intake.proposing.sampling import sample
from etl.intake.tables import LONGEST_ROW, Misfit, TextTable

ROW_HEADINGS: Final[dict[Language, str]] = {"ko": "지표: 행", "en": "jipyo: row"}
REASONS_HEADINGS: Final[dict[Language, str]] = {"ko": "지표: 사유", "en": "jipyo: reasons"}
MOST_BYTES: Final = 1 << 20
"""What a returned file may hold: larger downloads could be mixed up between readers."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_APOSTROPHE: Final = "'"
_HEAD: Final = 4096
_WORKBOOK: Final = b"PK\x03\x04"
_ENCODINGS: Final = ("utf-8", "cp949", "utf-16")
"""As spreadsheets save a file: in any other, nothing would begin with our heading."""
_FIRST: Final = re.compile(
    rf"(?:{'|'.join(ROW_HEADINGS.values())})(?: \((?P<file>.+), sha256 (?P<sha256>[0-9a-f]{{64}})\))?"
)
_OURS: Final = re.compile(rf"{_FIRST.pattern}|{'|'.join(REASONS_HEADINGS.values())}")


@dataclass(frozen=True, slots=True)
class Returned:
    """Rows written for somebody to mend.

    Attributes:
        rows: how many.
        cut: whether there are more than one file may hold.
    """

    rows: int
    cut: bool


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a mended file says of the rows it came from.

    Attributes:
        mends: the file, its version and the rows whose place the mended ones take; None where it does not say.
        unnumbered: rows that bear no number; they take no row's place.
    """

    mends: Mends | None
    unnumbered: int


def is_about_people(sources: Iterable[Source]) -> bool:
    """Whether a file holds what tells who people are: its rows are handed to nobody."""
    return any(source.pseudonyms for source in sources)


def write_returned(
    received: Path,
    source: Source,
    reasons: Mapping[int, Sequence[str]],
    target: Path,
    work: Path,
    language: Language = "ko",
    sha256: str | None = None,
) -> Returned:
    """Write the rows of a received file that somebody has to mend, as CSV in UTF-8 with a byte-order mark.

    Args:
        received: the file; it is only read. It holds nothing about people: `is_about_people` says so.
        source: what is said about it.
        reasons: number of the row in the file -> why it counts nowhere, as sentences.
        target: where to.
        work: an empty folder for a copy.
        language: of the two headings in front.
        sha256: digest of the version the row numbers are of; any unless given.

    Raises:
        UnreadableInput: the file cannot be understood, or is another version.
    """
    table = open_table(received, source, work)
    if sha256 not in (None, table.sha256):
        raise UnreadableInput(Fault("file_changed_while_read", source.file))
    if not table.numbered:
        table = rewrite(table, source.layout, work)
    written, size, cut = 0, 0, False
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        for line in _lines(table, reasons, _headings(source.file, table.sha256, language)):
            size += len(line.encode())
            if size > MOST_BYTES:
                cut = True
                break
            stream.write(line)
            written += 1
    return Returned(max(written - 1, 0), cut)


def _headings(file: str, sha256: str, language: Language) -> tuple[str, str]:
    """The two headings in front; a spreadsheet keeps them as they are."""
    return f"{ROW_HEADINGS[language]} ({file}, sha256 {sha256})", REASONS_HEADINGS[language]


def _lines(table: TextTable, reasons: Mapping[int, Sequence[str]], in_front: Sequence[str]) -> Iterator[str]:
    yield _line([*in_front, *table.header])
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
    """A cell no spreadsheet takes for a formula: an apostrophe stands before what begins like one.

    One more where apostrophes stand there already, so that `as_received` finds again what was received.
    """
    return _APOSTROPHE + cell if cell.lstrip(_APOSTROPHE).startswith(_FORMULA) else cell


def as_received(cell: str) -> str:
    """What a cell was before `harmless`."""
    return cell[1:] if cell.startswith(_APOSTROPHE) and harmless(cell[1:]) == cell else cell


def is_returned(path: Path) -> bool:
    """Whether a file is one of `write_returned`, by its first heading; as a spreadsheet saves it, workbooks too."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_WORKBOOK):
        return _FIRST.match(_first_cell(path)) is not None
    return any(_FIRST.match(head.decode(encoding, "ignore").lstrip('\ufeff"')) for encoding in _ENCODINGS)


def _first_cell(path: Path) -> str:
    """The first cell of a workbook; nothing where it cannot be understood: that is said elsewhere."""
    try:
        rows = sample(path, path.name).rows
    except UnreadableInput:
        return ""
    return rows[0][1][0] if rows and rows[0][1] else ""


def take_back(path: Path, target: Path, work: Path) -> TakenBack:
    """Write a mended file as its rows were received: without row numbers, reasons and added apostrophes.

    Args:
        path: the file that came back.
        target: where to, as CSV in UTF-8.
        work: an empty folder for a copy.

    Raises:
        UnreadableInput: it is a workbook that cannot be understood.
        UnicodeDecodeError: it is neither UTF-8 nor CP949, as a spreadsheet saves it.
        csv.Error: it is no CSV.
    """
    header, *rows = _rows_of(path, work)
    ours = [at for at, heading in enumerate(header) if _OURS.fullmatch(heading.strip())]
    numbered, unnumbered = set[int](), 0
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for at, cells in enumerate([header, *rows]):
            received = [as_received(cell) for place, cell in enumerate(cells) if place not in ours]
            writer.writerow(received)
            if at and any(cell.strip() for cell in received):
                number = _row_number(cells)
                unnumbered += number is None
                numbered.update(() if number is None else (number,))
    return TakenBack(_mends(header, sorted(numbered)), unnumbered)


def _mends(header: Sequence[str], rows: Sequence[int]) -> Mends | None:
    """What the first heading says of where the rows are from; files handed out in earlier times do not."""
    origin = _FIRST.fullmatch(header[0].strip()) if header else None
    if origin is None or origin["file"] is None or not rows:
        return None
    return Mends(file=origin["file"], sha256=origin["sha256"], rows=tuple(rows))


def _row_number(cells: Sequence[str]) -> int | None:
    """The number in front of a row; None where a person added the row, or wrote something else there."""
    written = cells[0].strip() if cells else ""
    return int(written) if re.fullmatch("[1-9][0-9]{0,8}", written) else None


def _rows_of(path: Path, work: Path) -> Iterator[list[str]]:
    """The rows of a file that came back, the headings first."""
    received = path.read_bytes()
    if received.startswith(_WORKBOOK):
        table = open_table(path, Source(file=path.name, kind="datasets"), work)
        yield list(table.header)
        misfits = {misfit.row: _cells_of(misfit, table.delimiter) for misfit in table.misfits}
        yield from (cells for _, cells in _in_order(table, misfits))
        return
    text = _decoded(received)
    csv.field_size_limit(LONGEST_ROW)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text))


def _delimiter_of(text: str) -> str:
    """The sign after which the second heading is ours; a comma where somebody took that column out."""
    first = next(iter(text.splitlines()), "")
    for sign in ",;\t":
        _, *others = next(csv.reader([first], delimiter=sign), [""])
        if others and others[0].strip() in REASONS_HEADINGS.values():
            return sign
    return ","


def _decoded(received: bytes) -> str:
    if received.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return received.decode("utf-16")
    try:
        return received.decode("utf-8-sig")
    except UnicodeDecodeError:
        return received.decode("cp949")

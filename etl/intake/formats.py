"""Bytes to rows: finds out how a delimited text file is written, and turns it into one DuckDB can be trusted with.

A file is *plain* when it has one line a row, which is when DuckDB reads as many rows as there are lines; that is tried
first and is fast. Any other file (line breaks in cells, blank lines, ragged rows, odd quotes) is rewritten, cell by
cell, by Python's own reader, which keeps row numbers and hands over the rows that do not fit: nothing falls between.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Final, Self

from etl.errors import Fault, UnreadableInput

DELIMITERS: Final = (",", "\t", ";", "|")
MOST_COLUMNS: Final = 1000
"""What DuckDB reads within its memory on any number of cores; spreadsheets end at 16,384, mostly empty ones."""
_BLOCK: Final = 1 << 22
ENCODING_SAMPLE: Final = 1 << 26
"""How much of a file is decoded to find out its encoding: 64 MiB. Reading it checks every byte beyond."""
_LONGEST_ROW: Final = 1 << 20
_END: Final = "\x1eend of file"
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_AS_IT_IS: Final = frozenset({"utf-8", "utf-8-sig", "ascii"})
ENCODINGS: Final = frozenset({"utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16", "cp1252", "ascii"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row whose number of cells is not the header's."""

    row: int
    cells: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands in a file; rows are counted from 1, as a spreadsheet shows them.

    Attributes:
        sheet: name of the sheet; None is the first that is not empty.
        header_row: the first row of headings.
        header_rows: how many rows the headings span.
        code_rows: rows under the headings that are passed over (field codes, units).
        fill_down: headings of columns where an empty cell repeats the one above.
    """

    sheet: str | None = None
    header_row: int = 1
    header_rows: int = 1
    code_rows: int = 0
    fill_down: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextTable:
    """A delimited text file, understood.

    Attributes:
        label: the file's name as the person knows it.
        path: UTF-8 text to read; the received file itself or a copy in the job's folder.
        delimiter: one character.
        header: the column names, as received, without outer blanks.
        encoding: what the received bytes are.
        sha256: digest of the received bytes.
        header_row: number of the row the header stands in; the first row of the file is 1; 0 in a rewritten copy,
            which has none.
        rows: rows under the header if the file has one line a row; None if its header already has not.
        numbered: whether the copy's first column is the row's number in the received file.
        misfits: rows that are not in the copy because they do not fit the header.
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

    @property
    def cells(self) -> tuple[str, ...]:
        """Names of the columns for SQL, by position: headings may be empty, or differ in case alone."""
        return tuple(f"cell {position}" for position, _ in enumerate(self.header, start=1))

    def cell(self, column: str) -> str:
        """The name for SQL of the column with this heading."""
        return self.cells[self.header.index(column)]


@dataclass(frozen=True, slots=True)
class _Header:
    """The row of column names: its cells under one delimiter, and the line of the file it ends on."""

    cells: tuple[str, ...]
    delimiter: str
    last_line: int


def open_text_table(
    received: Path, label: str, job: Path, encoding: str | None, delimiter: str | None, header_row: int = 1
) -> TextTable:
    """Understand a delimited text file.

    Args:
        received: the file; it is only read.
        label: its name in messages.
        job: an empty folder of this job, for a copy in UTF-8 where one is needed.
        encoding: None finds it out: a byte order mark, then strict UTF-8, then CP949.
        delimiter: None takes the candidate that splits the header into the most columns.
        header_row: the row that holds the column names.

    Raises:
        UnreadableInput: the file is missing, empty, not text, or its header cannot be used.
    """
    seen = _survey(received, label, encoding)
    path, lines = received, seen.lines
    if seen.encoding not in _AS_IT_IS:
        path, lines = _in_utf8(received, label, job, seen)
    header = _read_header(path, label, delimiter, header_row)
    _check_header(header.cells, label, header_row)
    rows = lines - header_row if lines is not None and header.last_line == header_row else None
    return TextTable(label, path, header.delimiter, header.cells, header_row, seen.encoding, seen.sha256, rows)


def rewrite(table: TextTable, job: Path) -> TextTable:
    """Copy the table cell by cell into one without oddities, each row with its number, and take out the misfits.

    Raises:
        UnreadableInput: a quote is opened and never closed, or a row is longer than a million characters.
    """
    copy = job / "rewritten.csv"
    misfits: list[Misfit] = []
    kept = 0
    with copy.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row, cells in _records(table.path, table.label, table.delimiter):
            if row <= table.header_row or not cells:
                continue
            while len(cells) > len(table.header) and cells[-1] == "":
                # Delimiters too many at the end of a line are a habit of exports; DuckDB overlooks them too.
                cells.pop()
            if len(cells) == len(table.header):
                writer.writerow([row, *cells])
                kept += 1
            elif any(cell.strip() for cell in cells):
                misfits.append(Misfit(row, len(cells), table.delimiter.join(cells)[:500]))
    return replace(table, path=copy, delimiter=",", header_row=0, rows=kept, numbered=True, misfits=tuple(misfits))


@dataclass(frozen=True, slots=True)
class _Survey:
    """What one pass over a file's bytes found.

    Attributes:
        sha256: their digest.
        encoding: as told, or found out.
        lines: how many there are, None where that is uncertain.
        not_utf8_from: where the encoding was found out, the first line that is not UTF-8.
    """

    sha256: str
    encoding: str
    lines: int | None
    not_utf8_from: int | None


def _survey(received: Path, label: str, told: str | None) -> _Survey:
    """One pass over the bytes: their SHA-256, the encoding when nobody told it, and the number of lines."""
    if told is not None and told.lower() not in ENCODINGS:
        raise UnreadableInput(
            Fault("unknown_encoding", label, {"encoding": told, "known": ", ".join(sorted(ENCODINGS))})
        )
    digest = _Digest()
    utf8 = _Utf8()
    lines = _Lines()
    size, start = 0, b""
    try:
        if received.exists() and not received.is_file():
            raise UnreadableInput(Fault("not_a_file", label))
        with received.open("rb") as stream, digest:
            while block := stream.read(_BLOCK):
                start = start or block[:4]
                _refuse_binary(block, start, label, told)
                digest.read(block)
                size += len(block)
                if size <= ENCODING_SAMPLE:
                    utf8.read(block, lines.ended)
                lines.read(block)
    except FileNotFoundError:
        raise UnreadableInput(Fault("file_not_found", label)) from None
    except OSError as error:
        raise UnreadableInput(Fault("file_not_readable", label, {"why": error.strerror or "?"})) from None
    if size == 0:
        raise UnreadableInput(Fault("file_empty", label))
    if size <= ENCODING_SAMPLE:
        utf8.read(b"", lines.ended, final=True)
    found = told.lower() if told else _encoding_of(start, utf8.broken_line is None)
    if found in _AS_IT_IS and utf8.broken_line is not None:
        raise UnreadableInput(Fault("not_in_this_encoding", label, {"encoding": found, "line": utf8.broken_line}))
    return _Survey(digest.text, found, lines.count, None if told else utf8.broken_line)


def _encoding_of(start: bytes, is_utf8: bool) -> str:
    marked = next((encoding for bom, encoding in _BOMS if start.startswith(bom)), None)
    return marked or ("utf-8" if is_utf8 else "cp949")


def _refuse_binary(block: bytes, start: bytes, label: str, told: str | None) -> None:
    wide = (told or "").startswith("utf-16") or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableInput(Fault("file_is_a_spreadsheet", label))
    if b"\x00" in block and not wide:
        raise UnreadableInput(Fault("file_is_not_text", label))


class _Digest:
    """SHA-256 of bytes, block by block: that of one block is taken while the next is looked at."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._beside = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def read(self, block: bytes) -> None:
        if self._last is not None:
            self._last.result()
        self._last = self._beside.submit(self._sha256.update, block)

    @property
    def text(self) -> str:
        return self._sha256.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown()


class _Lines:
    """Lines of a file, counted block by block."""

    def __init__(self) -> None:
        self.ended = 0
        self._lone_returns = 0
        self._last = b""

    def read(self, block: bytes) -> None:
        self.ended += block.count(b"\n")
        if b"\r" in block or self._last == b"\r":
            pairs = block.count(b"\r\n") + (self._last == b"\r" and block.startswith(b"\n"))
            self._lone_returns += block.count(b"\r") - pairs
        self._last = block[-1:]

    @property
    def count(self) -> int | None:
        """None where a CR stands alone: DuckDB ends a line there or not, depending on what the other lines do."""
        return None if self._lone_returns else self.ended + (self._last != b"\n")


class _Utf8:
    """Whether bytes are UTF-8, block by block, and otherwise the line of the first one that is not."""

    def __init__(self) -> None:
        self.broken_line: int | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def read(self, block: bytes, lines_before: int, final: bool = False) -> None:
        if self.broken_line is not None:
            return
        try:
            self._decoder.decode(block, final)
        except UnicodeDecodeError as error:
            self.broken_line = lines_before + error.object[: error.start].count(b"\n") + 1


def _in_utf8(received: Path, label: str, job: Path, seen: _Survey) -> tuple[Path, int | None]:
    """A copy of the file in UTF-8, and its number of lines."""
    copy = job / "utf8.csv"
    lines = _Lines()
    decoder = codecs.getincrementaldecoder(seen.encoding)()
    with received.open("rb") as source, copy.open("wb") as target:
        for block in chain(iter(partial(source.read, _BLOCK), b""), (b"",)):
            try:
                decoded = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                line = lines.ended + error.object[: error.start].count(b"\n") + 1
                raise UnreadableInput(Fault("not_in_this_encoding", label, _nearest_encoding(seen, line))) from None
            if "\x00" in decoded:
                raise UnreadableInput(Fault("file_is_not_text", label))
            written = decoded.encode("utf-8")
            target.write(written)
            if written:
                lines.read(written)
    return copy, lines.count


def _nearest_encoding(seen: _Survey, line: int) -> dict[str, object]:
    """The encoding that a file in none was likely meant to be in, and the line to mend: the one that goes further."""
    if seen.not_utf8_from is not None and seen.not_utf8_from > line:
        return {"encoding": "utf-8", "line": seen.not_utf8_from}
    return {"encoding": seen.encoding, "line": line}


def _read_header(path: Path, label: str, delimiter: str | None, row: int) -> _Header:
    """The header under the delimiter told, or else under the one that splits it into the most columns."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        try:
            lines = stream.readlines(_LONGEST_ROW)
        except UnicodeDecodeError:
            raise UnreadableInput(Fault("not_in_this_encoding", label, {"encoding": "utf-8", "line": row})) from None
    try:
        readings = [_header_under(mark, lines, row) for mark in (delimiter or DELIMITERS)]
    except csv.Error:
        raise UnreadableInput(Fault("row_too_long", label, {"line": row})) from None
    headers = [header for header in readings if header is not None]
    if not headers:
        raise UnreadableInput(Fault("no_header", label, {"row": row}))
    header = max(headers, key=lambda header: len(header.cells))
    if header.cells[-1].endswith(_END):
        raise UnreadableInput(Fault("quote_not_closed", label, {"line": row}))
    return header


def _header_under(delimiter: str, lines: list[str], row: int) -> _Header | None:
    csv.field_size_limit(_LONGEST_ROW)
    reader = csv.reader(chain(lines, ("\n", _END)), delimiter=delimiter)
    cells = next(islice(reader, row - 1, None), None)
    if not cells or cells == [_END]:
        return None
    return _Header(tuple(cell.strip() for cell in cells), delimiter, reader.line_num)


def _check_header(header: tuple[str, ...], label: str, row: int) -> None:
    if not any(header):
        raise UnreadableInput(Fault("no_header", label, {"row": row}))
    if len(header) > MOST_COLUMNS:
        raise UnreadableInput(Fault("too_many_columns", label, {"columns": len(header), "most": MOST_COLUMNS}))
    repeated = sorted({column for column in header if column and header.count(column) > 1})
    if repeated:
        raise UnreadableInput(Fault("columns_repeated", label, {"row": row, "columns": ", ".join(repeated)}))


def _records(path: Path, label: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number as a spreadsheet would show it; a blank line has a number and no cells."""
    csv.field_size_limit(_LONGEST_ROW)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        # The end mark comes back as a record of its own unless a quote is still open when the file ends.
        # Blanks before a quote are passed over, as DuckDB does; cells lose their outer blanks later anyway.
        reader = csv.reader(chain(stream, ("\n", _END)), delimiter=delimiter, skipinitialspace=True)
        line = 1
        try:
            for row, cells in enumerate(reader, start=1):
                if cells == [_END]:
                    return
                if cells and cells[-1].endswith(_END):
                    raise UnreadableInput(Fault("quote_not_closed", label, {"line": line}))
                if sum(map(len, cells)) > _LONGEST_ROW:
                    raise UnreadableInput(Fault("row_too_long", label, {"line": line}))
                yield row, cells
                line = reader.line_num + 1
        except csv.Error:
            raise UnreadableInput(Fault("row_too_long", label, {"line": line})) from None
        except UnicodeDecodeError:
            # Beyond the sample that told the encoding; somewhere from this line on.
            raise UnreadableInput(Fault("not_in_this_encoding", label, {"encoding": "utf-8", "line": line})) from None

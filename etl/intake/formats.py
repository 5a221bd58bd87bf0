"""Bytes to rows: finds out how a delimited text file is written, and turns it into one DuckDB can be trusted with.

A file is *plain* when it has one line a row, which is when DuckDB reads as many rows as there are lines; that is tried
first and is fast. Any other file (line breaks in cells, blank lines, ragged rows, odd quotes) is rewritten, cell by
cell, by Python's own reader, which keeps row numbers and hands over the rows that do not fit: nothing falls between.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import Final, Self, TextIO

from etl.errors import Fault, UnreadableInput
from etl.intake.copies import Concealer, write_copy
from etl.intake.layouts import Rows, header_cut, headings, records
from etl.intake.tables import LONGEST_ROW, MOST_COLUMNS, Layout, TextTable, check_header

DELIMITERS: Final = (",", "\t", ";", "|")
_BLOCK: Final = 1 << 22
ENCODING_SAMPLE: Final = 1 << 26
"""How much of a file is decoded to find out its encoding: 64 MiB. Reading it checks every byte beyond."""
_END: Final = "\x1eend of file"
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AS_IT_IS: Final = frozenset({"utf-8", "utf-8-sig", "ascii"})
ENCODINGS: Final = frozenset(
    {"utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "ascii"}
)


@dataclass(frozen=True, slots=True)
class _Header:
    """The rows of column names: one heading a column, the delimiter that split them, and what follows.

    Attributes:
        codes: how many rows of codes under them hold any text.
        is_open: whether a quote in them is never closed.
        last_line: the line of the file the last row above the records ends on.
    """

    cells: tuple[str, ...]
    delimiter: str
    codes: int
    is_open: bool
    last_line: int


@dataclass(frozen=True, slots=True)
class TextForm:
    """What is said about how a text file is written; None is found out.

    Attributes:
        encoding: otherwise a byte order mark, then strict UTF-8, then CP949 tell.
        delimiter: otherwise the candidate that splits the header into the most columns.
    """

    encoding: str | None = None
    delimiter: str | None = None


def open_text_table(
    received: Path, label: str, job: Path, form: TextForm, layout: Layout, conceal: Concealer | None = None
) -> TextTable:
    """Understand a delimited text file.

    Args:
        received: the file; it is only read.
        label: its name in messages.
        job: an empty folder of this job, for a copy where one is needed.
        form: what is said about its encoding and delimiter.
        layout: where the table stands in it.
        conceal: what is done to every row before any of it is written; nothing is copied but through it.

    Raises:
        UnreadableInput: the file is missing, empty, not text, or its header cannot be used.
    """
    seen = _survey(received, label, form.encoding)
    if conceal is not None or layout.fill_down:
        text = _Text(received, label, seen)
        return _copied(_table(text, form, layout, None), text, layout, job, conceal)
    path, lines = (received, seen.lines) if seen.encoding in _AS_IT_IS else _in_utf8(received, label, job, seen)
    table = _table(_Text(path, label, replace(seen, encoding="utf-8")), form, layout, lines)
    return replace(table, encoding=seen.encoding)


def rewrite(table: TextTable, layout: Layout, job: Path) -> TextTable:
    """Copy the table cell by cell into one without oddities, each row with its number, and take out the misfits.

    Args:
        table: from `open_text_table`, in UTF-8; one that is a copy already stays as it is.
        layout: the one it was opened with.
        job: a folder of this file alone.

    Raises:
        UnreadableInput: a quote is opened and never closed, or a row is longer than a million characters.
    """
    if table.numbered:
        return table
    seen = _Survey(table.sha256, "utf-8", None, None)
    return _copied(table, _Text(table.path, table.label, seen), layout, job, None)


def _table(text: _Text, form: TextForm, layout: Layout, lines: int | None) -> TextTable:
    """The table of a text under its header; `lines` is how many the text has, where that is certain."""
    header = _read_header(text, form.delimiter, layout)
    headings = header_cut(header.cells, MOST_COLUMNS)
    check_header(headings, text.label, layout.header_row)
    above = layout.last_row_above
    is_line_a_row = lines is not None and header.last_line == above and headings == header.cells
    return TextTable(
        label=text.label,
        path=text.path,
        delimiter=header.delimiter,
        header=headings,
        header_row=above,
        encoding=text.seen.encoding,
        sha256=text.seen.sha256,
        rows=max(lines - above, 0) if lines is not None and is_line_a_row else None,
        passed_over=header.codes,
    )


def _copied(table: TextTable, text: _Text, layout: Layout, job: Path, conceal: Concealer | None) -> TextTable:
    rows = _records(text, table.delimiter)
    return write_copy(records(rows, table.header, layout, table.label), table, job, conceal)


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
    utf8 = _Decoded(codecs.getincrementaldecoder("utf-8")())
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
    found = _told(told, start) if told else _encoding_of(start, utf8.broken_line is None)
    if found in _AS_IT_IS and utf8.broken_line is not None:
        raise UnreadableInput(Fault("not_in_this_encoding", label, {"encoding": found, "line": utf8.broken_line}))
    return _Survey(digest.text, found, lines.count, None if told else utf8.broken_line)


def _told(encoding: str, start: bytes) -> str:
    """The encoding that was told; a byte order mark knows better which end of UTF-16 comes first."""
    is_wide = encoding.lower().startswith("utf-16")
    return "utf-16" if is_wide and start.startswith(_WIDE_MARKS) else encoding.lower()


def _encoding_of(start: bytes, is_utf8: bool) -> str:
    marked = next((encoding for bom, encoding in _BOMS if start.startswith(bom)), None)
    return marked or ("utf-8" if is_utf8 else "cp949")


def _refuse_binary(block: bytes, start: bytes, label: str, told: str | None) -> None:
    wide = (told or "").lower().startswith("utf-16") or start.startswith(_WIDE_MARKS)
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


class _Decoded:
    """Whether bytes are in an encoding, block by block, and otherwise the line of the first one that is not."""

    def __init__(self, decoder: codecs.IncrementalDecoder) -> None:
        self.broken_line: int | None = None
        self._decoder = decoder

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
            written = decoded.encode("utf-8")
            if b"\x00" in written:
                raise UnreadableInput(Fault("file_is_not_text", label))
            target.write(written)
            if written:
                lines.read(written)
    return copy, lines.count


def _nearest_encoding(seen: _Survey, line: int) -> dict[str, object]:
    """The encoding that a file in none was likely meant to be in, and the line to mend: the one that goes further."""
    if seen.not_utf8_from is not None and seen.not_utf8_from > line:
        return {"encoding": "utf-8", "line": seen.not_utf8_from}
    return {"encoding": seen.encoding, "line": line}


@dataclass(frozen=True, slots=True)
class _Text:
    """A text file whose encoding is known."""

    path: Path
    label: str
    seen: _Survey

    @contextmanager
    def lines(self) -> Iterator[Iterator[str]]:
        """Its lines, each with its end, without the byte order mark."""
        encoding = "utf-8-sig" if self.seen.encoding in _AS_IT_IS else self.seen.encoding
        with self.path.open(encoding=encoding, newline="") as stream:
            lines = _of_bearable_length(stream)
            yield _without_nul(lines, self.label) if encoding.startswith("utf-16") else lines

    def fault(self, line: int) -> Fault:
        """What to say of bytes that are not in the encoding, seen somewhere from a line on."""
        if self.seen.encoding not in _AS_IT_IS:
            line = _line_not_in(self.path, self.seen) or line
        return Fault("not_in_this_encoding", self.label, _nearest_encoding(self.seen, line))


def _of_bearable_length(stream: TextIO) -> Iterator[str]:
    """The lines of a text; one that could hold no row is given up before all of it is in memory."""
    for line in iter(partial(stream.readline, LONGEST_ROW + 1), ""):
        if len(line) > LONGEST_ROW:
            raise csv.Error
        yield line


def _without_nul(lines: Iterable[str], label: str) -> Iterator[str]:
    """The lines of a text in UTF-16, in whose bytes a NUL says nothing."""
    for line in lines:
        if "\x00" in line:
            raise UnreadableInput(Fault("file_is_not_text", label))
        yield line


def _line_not_in(path: Path, seen: _Survey) -> int | None:
    """The first line with a byte that is not in the encoding."""
    found = _Decoded(codecs.getincrementaldecoder(seen.encoding)())
    with path.open("rb") as stream:
        for block in chain(iter(partial(stream.read, _BLOCK), b""), (b"",)):
            found.read(block, 0, final=not block)
    return found.broken_line


def _read_header(text: _Text, delimiter: str | None, layout: Layout) -> _Header:
    """The header under the delimiter told, or else under the one that splits it into the most columns."""
    row = layout.header_row
    with text.lines() as stream:
        try:
            lines = list(_beginning(stream, layout.last_row_above))
        except UnicodeDecodeError:
            raise UnreadableInput(text.fault(row)) from None
        except csv.Error:
            raise UnreadableInput(Fault("row_too_long", text.label, {"line": row})) from None
    try:
        readings = [_header_under(mark, lines, layout) for mark in (delimiter or DELIMITERS)]
    except csv.Error:
        raise UnreadableInput(Fault("row_too_long", text.label, {"line": row})) from None
    headers = [header for header in readings if header is not None]
    if not headers:
        raise UnreadableInput(Fault("no_header", text.label, {"row": row}))
    header = max(headers, key=lambda header: len(header.cells))
    if header.is_open:
        raise UnreadableInput(Fault("quote_not_closed", text.label, {"line": row}))
    return header


def _beginning(lines: Iterable[str], needed: int) -> Iterator[str]:
    """The first lines, until they have a million characters; one too long under those that are needed ends them."""
    length = count = 0
    try:
        for line in lines:
            yield line
            count += 1
            length += len(line)
            if length > LONGEST_ROW:
                return
    except csv.Error:
        if count < needed:
            raise


def _header_under(delimiter: str, lines: list[str], layout: Layout) -> _Header | None:
    csv.field_size_limit(LONGEST_ROW)
    reader = csv.reader(chain(lines, ("\n", _END)), delimiter=delimiter)
    above = islice(reader, layout.header_row - 1, layout.last_row_above)
    rows = list(takewhile(lambda cells: cells != [_END], above))
    header, codes = rows[: layout.header_rows], rows[layout.header_rows :]
    if len(header) < layout.header_rows or not any(header):
        return None
    is_open = bool(rows[-1]) and rows[-1][-1].endswith(_END)
    return _Header(headings(header), delimiter, sum(map(any, codes)), is_open, reader.line_num)


def _records(text: _Text, delimiter: str) -> Rows:
    """Every record with its number as a spreadsheet would show it; a blank line has a number and no cells."""
    csv.field_size_limit(LONGEST_ROW)
    with text.lines() as stream:
        # The end mark comes back as a record of its own unless a quote is still open when the file ends.
        # Blanks before a quote are passed over, as DuckDB does; cells lose their outer blanks later anyway.
        reader = csv.reader(chain(stream, ("\n", _END)), delimiter=delimiter, skipinitialspace=True)
        line = 1
        try:
            for row, cells in enumerate(reader, start=1):
                if cells == [_END]:
                    return
                if cells and cells[-1].endswith(_END):
                    raise UnreadableInput(Fault("quote_not_closed", text.label, {"line": line}))
                yield row, cells
                line = reader.line_num + 1
        except csv.Error:
            raise UnreadableInput(Fault("row_too_long", text.label, {"line": line})) from None
        except UnicodeDecodeError:
            # Beyond the sample that told the encoding; somewhere from this line on.
            raise UnreadableInput(text.fault(line)) from None

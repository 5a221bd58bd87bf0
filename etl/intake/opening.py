"""The door to one received file: what it is, by its first bytes, and how it becomes a table of text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from etl.intake.copies import Concealer
from etl.intake.formats import TextForm, open_text_table
from etl.intake.mapping import Source
from etl.intake.spreadsheets import open_sheet
from etl.intake.tables import TextTable

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How packages (XLSX, XLSM, ODS) and compound files (XLS) begin, whatever they are called."""


def open_table(received: Path, source: Source, job: Path, conceal: Concealer | None = None) -> TextTable:
    """Open a received file as a table of text.

    Args:
        received: the file; it is only read.
        source: what is said about it.
        job: an empty folder of this job, for copies.
        conceal: what is done to the header and every row before any of it is written.

    Raises:
        UnreadableInput: the file cannot be understood.
    """
    if _begins(received).startswith(_WORKBOOKS):
        return open_sheet(received, source.file, source.layout, job, conceal)
    form = TextForm(source.encoding, source.delimiter)
    return open_text_table(received, source.file, job, form, source.layout, conceal)


def _begins(received: Path) -> bytes:
    """The first bytes of a file; none of what is no file, or cannot be read, which the reader of text tells."""
    try:
        if not received.is_file():
            return b""
        with received.open("rb") as stream:
            return stream.read(4)
    except OSError:
        return b""

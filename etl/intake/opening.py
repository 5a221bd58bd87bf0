"""The door to one received file: what it is, by its first bytes, and how it becomes a table of text."""

from __future__ import annotations

from pathlib import Path

from etl.intake.formats import TextTable, open_text_table
from etl.intake.mapping import Source


def open_table(received: Path, source: Source, job: Path) -> TextTable:
    """Open a received file as a table of text.

    Args:
        received: the file; it is only read.
        source: what is said about it.
        job: an empty folder of this job, for copies.

    Raises:
        UnreadableInput: the file cannot be understood.
    """
    return open_text_table(received, source.file, job, source.encoding, source.delimiter, source.header_row)

"""The door to one received file: what it is, by its first bytes, and how it becomes a table of text."""

from __future__ import annotations

from pathlib import Path

from etl.intake.copies import Concealer
from etl.intake.formats import TextForm, open_text_table
from etl.intake.mapping import Source
from etl.intake.tables import TextTable


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
    form = TextForm(source.encoding, source.delimiter)
    return open_text_table(received, source.file, job, form, source.layout, conceal)

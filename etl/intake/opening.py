"""The door to one received file: what it is, by its first bytes, and how it becomes a table of text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput
from etl.intake.catalogues import open_json
from etl.intake.columnar import open_parquet
from etl.intake.copies import Concealer
from etl.intake.formats import TextForm, open_text_table
from etl.intake.mapping import Source
from etl.intake.packages import open_workbook
from etl.intake.received import look_at
from etl.intake.recognition import Form, form_of
from etl.intake.sandbox import limits_for, run_limited
from etl.intake.tables import TextTable

_APART: Final[dict[Form, Callable[..., TextTable]]] = {
    "workbook": open_workbook,
    "parquet": open_parquet,
    "json": open_json,
}
"""Who takes a file apart, in a process of its own; text is read here, as it comes."""


def open_table(received: Path, source: Source, job: Path, conceal: Concealer | None = None) -> TextTable:
    """Open a received file as a table of text.

    Args:
        received: the file; it is only read.
        source: what is said about it.
        job: an empty folder of this job, for copies.
        conceal: what is done to the header and every row before any of it is written.

    Raises:
        UnreadableInput: the file cannot be understood, costs too much, or changes while it is read.
    """
    seen = look_at(received, source.file)
    form = form_of(seen.beginning, source.file)
    if form == "text":
        written = TextForm(source.encoding, source.delimiter)
        read = partial(open_text_table, received, source.file, job, written, source.layout, conceal)
    else:
        read = partial(_read_apart, _APART[form], received, source, job, conceal)
    try:
        table = read()
    except FileNotFoundError:
        raise UnreadableInput(Fault("file_changed_while_read", source.file)) from None
    seen.check_unchanged()
    return table


def _read_apart(
    open_form: Callable[..., TextTable], received: Path, source: Source, job: Path, conceal: Concealer | None
) -> TextTable:
    limits = limits_for(received)
    return run_limited(limits, source.file, open_form, received, source.file, source.layout, job, conceal)

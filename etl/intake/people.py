"""The door to a received file that may be about people: concealed while it is read, or kept concealed already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from etl.errors import Fault, UnreadableInput
from etl.intake.beside import Beside
from etl.intake.kept import is_kept, open_kept
from etl.intake.key import key_path
from etl.intake.mapping import Source
from etl.intake.opening import open_table
from etl.intake.pseudonyms import Concealment
from etl.intake.tables import TextTable


def open_concealed(
    received: Path, sources: Sequence[Source], job: Path, beside: Beside
) -> tuple[TextTable, str | None]:
    """Open a received file; one about people is a table of pseudonyms and of the columns these sources use.

    Args:
        received: the file; it is only read.
        sources: which of its sources the table is for; the first says how the file is laid out.
        job: an empty folder of this job, for copies.
        beside: what the received files are read with.

    Returns:
        The table, and the fingerprint of the key its pseudonyms are made with, where it has any.

    Raises:
        UnreadableInput: the file cannot be understood; of one about people, no cell is told.
    """
    source = sources[0]
    if Path(source.file) not in beside.people:
        return open_table(received, source, job), None
    if is_kept(received):
        return open_kept(received, source.file, job)
    asked = any(one.pseudonyms for one in sources)
    if asked and beside.key is None:
        raise UnreadableInput(Fault("key_missing", str(key_path())))
    try:
        table = open_table(received, source, job, Concealment(source.file, sources, beside.key))
    except UnreadableInput as error:
        raise UnreadableInput(_unseen(fault) for fault in error.faults) from None
    return table, beside.key.fingerprint if asked and beside.key is not None else None


def _unseen(fault: Fault) -> Fault:
    """The fault without headings: where the wrong row was taken for them, they are people."""
    return Fault(fault.code, fault.where, {**fault.facts, "columns": "…"}) if "columns" in fault.facts else fault

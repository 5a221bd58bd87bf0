"""What was ruled on a request, written down beside the received files: a correction, or a row of a kind of decision.

A ruling that stands there already is not written again, so that whoever was interrupted may simply do it once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from etl.contracts.records import RECORDS
from etl.errors import Fault, UnreadableInput, UsageError
from etl.intake.corrections import CORRECTIONS, Correction, parse_corrections, read_corrections
from etl.intake.mapping import SOURCES, read_sources
from etl.intake.own_tables import alone, described, stored_lines, table_of, write_whole
from etl.intake.proposing.entries import toml_value
from etl.intake.recognitions import RECOGNITION, Judgement, judge
from etl.scoring.rulebook import Rulebook

CORRECTION: Final = "correction"
_FIRST_LINE: Final = "version = 1\n"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One thing that was ruled.

    Attributes:
        kind: `correction`, or the kind of record it is: `recognition`, `not_applicable`, `ledger`, `panel_marks`.
        cells: the keys of a correction, or the columns of the record as text.
    """

    kind: str
    cells: Mapping[str, Any]


def write_ruling(folder: Path, ruling: Ruling, rulebook: Rulebook) -> str:
    """Write a ruling down, unless it stands there already.

    Args:
        folder: received files.
        ruling: what was ruled.
        rulebook: whose list of reasons a decision on recognition keeps to.

    Returns:
        where it stands: the file, and the place or key in it.

    Raises:
        UsageError: it cannot be a correction or record of that kind, or another one has its key; with all faults.
        UnreadableInput: a file of the folder cannot be read.
    """
    if ruling.kind == CORRECTION:
        return _correct(folder, ruling.cells)
    if ruling.kind == "recognition":
        return _recognise(folder, ruling.cells, rulebook)
    (place,) = write_rows(folder, ruling.kind, [ruling.cells])
    return place


def write_rows(folder: Path, kind: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Add rows to the table of a kind that Jipyo itself writes, all or none; what stands there already stays.

    Args:
        folder: received files; `<kind>.csv` in it is written, and `sources.toml` where it lacks that file.
        kind: of record.
        rows: column -> text; what is left out is empty.

    Returns:
        where each stands: the file and its key.

    Raises:
        UsageError: a row is no record of the kind, or another one has its key; with all faults.
        UnreadableInput: a file of the folder cannot be read, or the table has other columns.
    """
    contract, file = RECORDS[kind], f"{kind}.csv"
    columns = tuple(contract.model_fields)
    lines = [{column: row.get(column) or "" for column in columns} for row in rows]
    keys = [" / ".join(line[column] for column in contract.key) for line in lines]
    with alone(folder):
        stored = stored_lines(folder / file, columns, contract.key)
        faults = [fault for line, key in zip(lines, keys, strict=True) for fault in _faults(kind, line, key)]
        known = {tuple(line[column] for column in contract.key): line for line in stored}
        for line, key in zip(lines, keys, strict=True):
            if known.setdefault(tuple(line[column] for column in contract.key), line) != line:
                faults.append(Fault("ruling_stands_otherwise", f"{file} {key}"))
        if faults:
            raise UsageError(faults)
        if len(known) > len(stored):
            added = described(folder, file, kind)
            write_whole(folder / file, table_of(columns, list(known.values())))
            if added is not None:
                write_whole(folder / SOURCES, added)
    return [f"{file} {key}" for key in keys]


def _faults(kind: str, line: Mapping[str, str], key: str) -> list[Fault]:
    try:
        RECORDS[kind].model_validate({column: text for column, text in line.items() if text})
    except ValidationError as error:
        columns = dict.fromkeys(str(part) for flaw in error.errors() for part in flaw["loc"][:1])
        return [Fault("ruling_refused", f"{kind} {key}", {"columns": ", ".join(columns)})]
    return []


def _recognise(folder: Path, cells: Mapping[str, Any], rulebook: Rulebook) -> str:
    judgement = Judgement(
        cells["record_kind"],
        cells["record_id"],
        cells["decision"],
        cells.get("reason") or "",
        cells["decided_by"],
        date.fromisoformat(cells["decided_on"]),
    )
    line = judgement.line(rulebook)
    if line not in stored_lines(folder / RECOGNITION, tuple(line), ()):
        judge(folder, rulebook, judgement)
    return f"{RECOGNITION} {judgement.record_kind} / {judgement.record_id} / {cells['decided_on']}"


def _correct(folder: Path, cells: Mapping[str, Any]) -> str:
    """Add a correction at the end of `corrections.toml`; its place there counts from 1."""
    try:
        wanted = Correction.model_validate({**cells, "decided_on": date.fromisoformat(cells["decided_on"])})
    except ValidationError as error:
        keys = dict.fromkeys(str(part) for flaw in error.errors() for part in flaw["loc"][:1])
        raise UsageError(Fault("ruling_refused", CORRECTIONS, {"columns": ", ".join(keys)})) from None
    with alone(folder):
        sources = read_sources(folder)
        before = read_corrections(folder, sources)
        for placed in before.placed:
            if placed.correction == wanted:
                return f"{CORRECTIONS} {placed.number + 1}"
        document = (before.written or _FIRST_LINE.encode()).decode("utf-8")
        longer = f"{document.rstrip()}\n\n{_entry(wanted)}"
        try:
            after = parse_corrections(longer.encode(), sources)
        except UnreadableInput as error:
            raise UsageError(error.faults) from None
        write_whole(folder / CORRECTIONS, longer)
    return f"{CORRECTIONS} {len(after.placed)}"


def _entry(correction: Correction) -> str:
    """The correction as TOML, without what it does not say."""
    said = correction.model_dump(exclude_defaults=True)
    lines = [f"{key} = {toml_value(said[key])}" for key in Correction.model_fields if key in said]
    return "\n".join(["[[correction]]", *lines, ""])

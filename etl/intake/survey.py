"""How things stand with a folder of records: every received file, what each department has sent, what waits for a hand.

Everything here can be shown: no cell of a column about people is among it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from etl.contracts.records import RECORDS
from etl.engine import Engine, name, text
from etl.errors import Fault
from etl.intake.mapping import Source
from etl.intake.mending import MendedRows
from etl.intake.names import RECORD_DAY
from etl.intake.proposals import sources_of, unmentioned
from etl.intake.stage import Loaded, Staged, stage
from etl.intake.suggestions import Undecided, undecided

MOST_REJECTS: Final = 20_000
"""Rejects listed one by one; all of them are counted."""

DAY_OF: Final[Mapping[str, str]] = {
    **RECORD_DAY,
    "departments": "valid_from",
    "successions": "took_effect_on",
    "aliases": "decided_on",
    "dataset_usage": "as_of",
    "recognition": "decided_on",
}
"""The day that says how recent a record is; kinds that have none are not here."""

SENT_BY_DEPARTMENTS: Final = (
    "headcount",
    "analyses",
    "policies",
    "datasets",
    "training_sessions",
    "attendance",
    "figures",
)
"""The kinds of record a department answers for; the others are decisions about it, or parts of these."""


@dataclass(frozen=True, slots=True)
class FileState:
    """One received file under one contract.

    Attributes:
        loaded: where its rows went.
        size: bytes.
        arrived_at: when the file was put there.
    """

    loaded: Loaded
    size: int
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class KindState:
    """What there is of one kind of record.

    Attributes:
        kind: of record.
        files: how many sources feed it.
        records: staged records.
        latest: the latest day among them; None where they have none.
        arrived_at: when the latest of its files was put there; None where there is none.
    """

    kind: str
    files: int
    records: int
    latest: date | None
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Department:
    """A department under its latest name; `until` is its last day, None while it lasts."""

    unit_id: str
    name: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Sent:
    """How many records of a kind a department has sent that are about a year; None for records without a day."""

    unit_id: str
    kind: str
    year: int | None
    records: int


@dataclass(frozen=True, slots=True)
class Reject:
    """One reason why one row counts nowhere; a cell about a person is never told."""

    file: str
    row: int
    kind: str
    column: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The state of a folder.

    Attributes:
        files: every source, in the order of `sources.toml`.
        unmentioned: files no source mentions.
        kinds: every kind of record, in the order they are staged.
        departments: by code.
        sent: what each has sent, where it has sent anything.
        rejects: the first reasons why rows are rejected or held.
        reasons: how many reasons there are in all.
        waiting: department names that nobody has decided on, with suggestions.
        mended: rows that mended files take the place of.
        notices: what somebody has to know of mended files.
    """

    files: tuple[FileState, ...]
    unmentioned: tuple[str, ...]
    kinds: tuple[KindState, ...]
    departments: tuple[Department, ...]
    sent: tuple[Sent, ...]
    rejects: tuple[Reject, ...]
    reasons: int
    waiting: tuple[Undecided, ...]
    mended: tuple[MendedRows, ...] = ()
    notices: tuple[Fault, ...] = ()


def survey(folder: Path, work: Path) -> Survey:
    """Read and check a folder of records, and say how it stands.

    Args:
        folder: received files with their `sources.toml`; only read.
        work: an empty folder for what is made on the way.

    Raises:
        UnreadableInput: a file cannot be understood.
    """
    sources = sources_of(folder)
    others = unmentioned(folder, sources)
    if not sources:
        return Survey((), others, tuple(_empty_kinds()), (), (), (), 0, ())
    with Engine(work) as engine:
        staged = stage(folder, sources, work, engine)
        files = tuple(_file_state(folder, loaded) for loaded in staged.loaded)
        kinds = tuple(_kind_state(kind, files, staged, engine) for kind in RECORDS)
        sent = tuple(_sent(staged, engine))
        departments = tuple(_departments(staged))
    rejects, reasons = _rejects(staged.rejects)
    waiting = tuple(undecided(staged))
    return Survey(files, others, kinds, departments, sent, rejects, reasons, waiting, staged.mended, staged.notices)


def _empty_kinds() -> Iterable[KindState]:
    return (KindState(kind, 0, 0, None, None) for kind in RECORDS)


def _file_state(folder: Path, loaded: Loaded) -> FileState:
    known = (folder / loaded.file).stat()
    return FileState(loaded, known.st_size, datetime.fromtimestamp(known.st_mtime, UTC))


def _kind_state(kind: str, files: Sequence[FileState], staged: Staged, engine: Engine) -> KindState:
    feeding = [one for one in files if one.loaded.kind == kind]
    day = DAY_OF.get(kind)
    latest = f"MAX({name(day)})" if day is not None else "NULL"
    ((records, last),) = engine.rows(f"SELECT COUNT(*), {latest} FROM {_records(staged, kind)}")
    arrived = max((one.arrived_at for one in feeding), default=None)
    return KindState(kind, len(feeding), int(records), last, arrived)


def _sent(staged: Staged, engine: Engine) -> Iterable[Sent]:
    for kind in SENT_BY_DEPARTMENTS:
        counts = engine.rows(
            f"SELECT unit_id, year({name(DAY_OF[kind])}), COUNT(*) FROM {_records(staged, kind)}"
            " GROUP BY ALL ORDER BY ALL"
        )
        yield from (Sent(unit_id, kind, year, int(records)) for unit_id, year, records in counts)


def _departments(staged: Staged) -> Iterable[Department]:
    latest = {one.unit_id: one for one in sorted(staged.versions, key=lambda one: one.valid_from)}
    return (Department(unit_id, latest[unit_id].name, latest[unit_id].valid_to) for unit_id in sorted(latest))


def _records(staged: Staged, kind: str) -> str:
    return f"read_parquet({text(str(staged.records / f'{kind}.parquet'))})"


def _rejects(path: Path) -> tuple[tuple[Reject, ...], int]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        listed = tuple(
            Reject(row["file"], int(row["row"]), row["kind"], row["column"], row["reason"], row["text"])
            for row in islice(rows, MOST_REJECTS)
        )
        return listed, len(listed) + sum(1 for _ in rows)


def sources_for(sources: Sequence[Source], file: str) -> tuple[Source, ...]:
    """The sources that read a file."""
    return tuple(source for source in sources if source.file == file)

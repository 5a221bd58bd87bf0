"""What a reader is told of a file that arrives: how it was understood, and what loading it would change."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from dashboard.desk.place import free_name
from etl.contracts.records import RECORDS
from etl.errors import Fault, UnreadableInput
from etl.intake.arrivals import Difference
from etl.intake.differences import KindDifference
from etl.intake.mapping import SOURCES, Source
from etl.intake.proposals import propose, sources_of
from etl.intake.proposing.entries import Entry, as_toml
from etl.intake.proposing.layout import Found, find_layout
from etl.intake.proposing.meanings import Meanings, read_meanings
from etl.intake.proposing.preview import Preview, preview
from etl.intake.proposing.sampling import sample
from etl.intake.proposing.telling import Finding
from etl.intake.returned import TakenBack
from etl.release.folder import sha256_of

ROWS_SHOWN: Final = 6
_LONGEST_CELL: Final = 80
COUNTS: Final = ("received", "staged", "held", "rejected", "set_aside")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a received file; the cells of one about people are not told."""

    heading: str
    is_about_people: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed for one kind of record.

    Attributes:
        source: the entry, as `sources.toml` would say it.
        columns: contract column -> the origin that is certain; None where the headings are the contract's own.
        open: contract column -> an origin that could be meant, of those somebody has to decide on.
    """

    kind: str
    source: Mapping[str, Any]
    columns: Mapping[str, Mapping[str, Any]] | None
    open: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class TakesPlace:
    """The rows a mended file takes the place of.

    Attributes:
        file: the received file they are from.
        rows: how many.
        unnumbered: rows of the mended file that bear no number.
        applies: whether the received file is still the version they were handed out from; None where it is not there.
        call_it: what the mended file has to be called instead, where its name is another file's; empty otherwise.
    """

    file: str
    rows: int
    unnumbered: int
    applies: bool | None
    call_it: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it was understood.

    Attributes:
        known: whether `sources.toml` mentions it already; then its entries are not to be chosen.
        entries: what `sources.toml` says of a known file.
        findings: what was understood, with reasons.
        questions: what somebody has to decide.
        columns: of the file, with their first cells.
        proposed: for each kind of record it seems to feed.
        previews: the first rows as they would be read.
        mended: whether it came back with reasons in front, which were taken off.
        takes_place: of which rows, where it says so.
    """

    known: bool
    entries: str
    findings: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    columns: tuple[Column, ...]
    proposed: tuple[Proposed, ...]
    previews: tuple[Preview, ...]
    mended: bool = False
    takes_place: TakesPlace | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What loading a file changes.

    Attributes:
        is_loaded: whether this very version is there already.
        is_new: whether there is no older version.
        rows: `received`, `staged` … of its rows: before and after.
        kinds: the kinds of record that differ.
        mended: (received file, rows) a mended file takes the place of.
        notices: what somebody has to know of mended files.
    """

    is_loaded: bool
    is_new: bool
    rows: Mapping[str, tuple[int, int]]
    kinds: tuple[KindDifference, ...]
    mended: tuple[tuple[str, int], ...] = ()
    notices: tuple[Fault, ...] = ()

    def total(self, count: str) -> int:
        """Records of all kinds that are `added`, `changed` or `removed`."""
        return sum(getattr(kind, count) for kind in self.kinds)


def look_at(records: Path, draft: Path, file: str, kinds: Sequence[str], taken: TakenBack | None = None) -> Looked:
    """Understand an uploaded file.

    Args:
        records: the folder it may be loaded into.
        draft: a folder with the file and the descriptions of that folder.
        file: its name.
        kinds: what it feeds, where a person has said so.
        taken: what it says of the rows it came from, where it came back mended.

    Raises:
        UnreadableInput: it cannot be understood.
    """
    seen = sample(draft / file, file)
    found, meanings = find_layout(seen), read_meanings(draft)
    columns = tuple(_column(heading, found, meanings) for heading in found.headings if heading)
    mentioned = _mentioned(records, file)
    place = _takes_place(records, mentioned, taken)
    came_back = (taken is not None, place)
    if mentioned:
        with tempfile.TemporaryDirectory(prefix="jipyo-") as work:
            previews = tuple(one for source in mentioned if (one := _previewed(source, found, meanings, Path(work))))
        return Looked(
            True, "\n".join(as_toml(Entry(one)) for one in mentioned), (), (), columns, (), previews, *came_back
        )
    is_there = place is not None and place.applies is not None
    mends = taken.mends if taken is not None and is_there else None
    proposal = propose(draft, file, kinds, mends)
    proposed = tuple(_proposed(entry) for entry in proposal.entries)
    return Looked(False, "", proposal.findings, proposal.questions, columns, proposed, proposal.previews, *came_back)


def _takes_place(records: Path, mentioned: Sequence[Source], taken: TakenBack | None) -> TakesPlace | None:
    """Of which rows a file that came back takes the place; None where it does not say, as those of earlier times."""
    if taken is None or taken.mends is None:
        return None
    mends, received = taken.mends, records / taken.mends.file
    known = any(source.file == mends.file for source in sources_of(records)) and received.is_file()
    applies = sha256_of(received) == mends.sha256 if known else None
    another = any(source.mends is None or source.mends.file != mends.file for source in mentioned)
    call_it = free_name(records, mends.file) if another else ""
    return TakesPlace(mends.file, len(mends.rows), taken.unnumbered, applies, call_it)


def _mentioned(records: Path, file: str) -> tuple[Source, ...]:
    """The entries there are for a file: of `sources.toml`, or of its name alone."""
    mentioned = tuple(source for source in sources_of(records) if source.file == file)
    kind = file.removesuffix(".csv")
    if not mentioned and not (records / SOURCES).is_file() and kind in RECORDS and file.endswith(".csv"):
        return (Source(file=file, kind=kind),)
    return mentioned


def _column(heading: str, found: Found, meanings: Meanings) -> Column:
    if meanings.person(heading) is not None:
        return Column(heading, True, ())
    return Column(heading, False, tuple(cell[:_LONGEST_CELL] for cell in found.cells(heading)[:ROWS_SHOWN]))


def _previewed(source: Source, found: Found, meanings: Meanings, work: Path) -> Preview | None:
    try:
        return preview(source, found, meanings, work)
    except UnreadableInput:
        return None  # what is wrong with it is said when it is compared


def _proposed(entry: Entry) -> Proposed:
    source = entry.source.model_dump(exclude_defaults=True, by_alias=True, mode="json")
    columns = source.pop("columns", None)
    left_open = {one.column: dict(one.suggestion) for one in entry.open}
    if columns is None and not left_open:
        return Proposed(entry.source.kind, source, None, {})
    certain = {column: origin for column, origin in (columns or {}).items() if column not in left_open}
    return Proposed(entry.source.kind, source, certain, left_open)


def change_of(found: Difference) -> Change:
    """What is told of a difference."""
    rows = {count: (found.rows_before(count), found.rows_after(count)) for count in COUNTS}
    files = {one.file: set[int]() for one in found.mended}
    for one in found.mended:
        files[one.file].update(one.rows)
    mended = tuple((file, len(numbers)) for file, numbers in files.items())
    return Change(found.is_loaded, found.older is None, rows, found.kinds, mended, found.notices)


def as_json(looked: Looked) -> dict[str, Any]:
    """What was understood, for the process that asked."""
    told: dict[str, Any] = TypeAdapter(Looked).dump_python(looked, mode="json")
    return told

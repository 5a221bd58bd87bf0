"""A newer version of a received file: what it would change, and putting it in the place of the older one.

Nothing is lost on the way: the older version goes to the folder `earlier`, and every load is a line of `loads.jsonl`
with both digests. Loading the same bytes again changes nothing. What `sources.toml` is to say of the file is written
with it, and a load that is ended midway leaves a folder that can be read.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from etl.contracts.records import RECORDS
from etl.disk import sync
from etl.documents.flaws import nearest
from etl.engine import Engine
from etl.errors import Fault, UnreadableInput, UsageError
from etl.intake.beside import read_beside
from etl.intake.describing import documents_for
from etl.intake.differences import KindDifference, compare_records
from etl.intake.kept import is_kept, keep
from etl.intake.loads import Load, as_received, history, record, who
from etl.intake.mapping import SOURCES, Source, named_sources, read_sources
from etl.intake.mending import MendedRows
from etl.intake.own_tables import alone
from etl.intake.people import open_concealed
from etl.intake.stage import Loaded, Staged, stage

EARLIER: Final = "earlier"
_ARRIVING: Final = ".arriving-"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a file.

    Attributes:
        path: the bytes that are kept of it: pseudonyms where the file is about people.
        sha256, size: of the bytes as they were received.
        kept_sha256: of the bytes that are kept.
    """

    path: Path
    sha256: str
    size: int
    kept_sha256: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a newer version of a file changes.

    Attributes:
        file: as `sources.toml` names it.
        newer: the newer version.
        older: the version there is; None where there is none.
        kinds: the kinds of record that differ.
        before, after: what becomes of the rows of every file, with the older and with the newer version.
        mended: rows of other files that the newer version takes the place of.
        notices: what somebody has to know of mended files, with the newer version.
        is_redescribed: whether `sources.toml` would say something else of the file.
    """

    file: str
    newer: Version
    older: Version | None
    kinds: tuple[KindDifference, ...]
    before: tuple[Loaded, ...]
    after: tuple[Loaded, ...]
    mended: tuple[MendedRows, ...] = ()
    notices: tuple[Fault, ...] = ()
    is_redescribed: bool = False

    @property
    def is_loaded(self) -> bool:
        """Whether this very version is the one that is there."""
        same = self.older is not None and self.newer.kept_sha256 == self.older.kept_sha256
        return same and not self.is_redescribed

    def rows_before(self, count: str) -> int:
        """Rows of the older version that were `received`, `staged`, `rejected`, `held` or `set_aside`."""
        return sum(getattr(one, count) for one in self.before if one.file == self.file)

    def rows_after(self, count: str) -> int:
        """The same for the newer version."""
        return sum(getattr(one, count) for one in self.after if one.file == self.file)

    def records(self, count: str) -> int:
        """Records of all kinds that are `added`, `changed` or `removed`."""
        return sum(getattr(kind, count) for kind in self.kinds)


def compare(folder: Path, file: str, newer: Path, work: Path, entries: Sequence[Source] = ()) -> Difference:
    """What a newer version of a file would change. Nothing in the folder is touched.

    Args:
        folder: received files with their `sources.toml`.
        file: the file it is a version of, as `sources.toml` names it, or its last part alone.
        newer: the newer version; it is only read.
        work: an empty folder for what is made on the way.
        entries: what it would be read with, instead of what `sources.toml` says of it.

    Raises:
        UsageError: nothing reads such a file, or several do.
        UnreadableInput: it, or another file of the folder, cannot be understood, or `sources.toml` cannot say this.
    """
    return _Arrival(folder, file, newer, work, entries).difference(work)


def receive(
    folder: Path, file: str, newer: Path, work: Path, by: str | None = None, entries: Sequence[Source] = ()
) -> Difference:
    """Put a newer version of a file in the place of the older one; the version that is there already changes nothing.

    Args:
        folder: received files with their `sources.toml`.
        file: the file it is a version of, as `sources.toml` names it, or its last part alone.
        newer: the newer version; it is only read.
        work: an empty folder for what is made on the way.
        by: who loads it; `JIPYO_USER` or the system's name of the user unless given.
        entries: what `sources.toml` is to say of it from now on; as it does already unless given.

    Raises:
        UsageError: nothing reads such a file, or several do.
        UnreadableInput: it, or another file of the folder, cannot be understood, or `sources.toml` cannot say this;
            nothing is changed then.
    """
    with _one_at_a_time(folder) as beside:
        # Others may have described files while this load waited for its turn.
        arrival = _Arrival(folder, file, newer, work, entries)
        difference = arrival.difference(beside)
        if not difference.is_loaded:
            moves = _moves(arrival, difference, beside)
            _keep_earlier(arrival, difference)
            record(folder, _load_of(difference, by or who()))
            for path, place in moves:
                _put_in_place(path, place)
    return difference


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[Path]:
    """A hidden folder on the same disk, for one load at a time; what a killed load left is swept."""
    with alone(folder):
        for left in folder.glob(f"{_ARRIVING}*"):
            shutil.rmtree(left, ignore_errors=True)
        beside = Path(tempfile.mkdtemp(prefix=_ARRIVING, dir=folder))
        try:
            yield beside
        finally:
            shutil.rmtree(beside, ignore_errors=True)


class _Arrival:
    """A file that arrives in a folder, and what is read there."""

    def __init__(self, folder: Path, file: str, received: Path, work: Path, entries: Sequence[Source] = ()) -> None:
        before = _sources_with(folder, file)
        said = {entry.file for entry in entries}
        described = (*(one for one in before if one.file not in said), *entries)
        self.folder, self.received, self.work = folder, received, work
        self.file = _file_named(file, described)
        self.place = _inside(folder, self.file)
        # A folder is filled file by file: what has not come yet is read by nobody.
        self.sources = [one for one in described if one.file == self.file or (folder / one.file).is_file()]
        self.feeding = [one for one in self.sources if one.file == self.file]
        self.sources_before = [one for one in before if (folder / one.file).is_file()]
        self.is_redescribed = self.feeding != [one for one in before if one.file == self.file]
        self.documents = documents_for(folder, self.file, entries)

    def difference(self, keep_in: Path) -> Difference:
        """What the arrival changes; the newer version is kept in this folder."""
        loads = history(self.folder)
        newer = self.version(self.received, keep_in / "newer", loads)
        older = self._older(loads)
        if older is not None and older.kept_sha256 == newer.kept_sha256 and not self.is_redescribed:
            return Difference(self.file, newer, older, kinds=(), before=(), after=())
        after = self._staged("after", self.sources, {self.file: newer.path})
        before = self._before() if older is not None else self._without()
        return Difference(
            file=self.file,
            newer=newer,
            older=older,
            kinds=compare_records(before.records if before else None, after.records, self.sources),
            before=before.loaded if before else (),
            after=after.loaded,
            mended=tuple(one for one in after.mended if one.by == self.file),
            notices=after.notices,
            is_redescribed=older is not None and self.is_redescribed,
        )

    def version(self, received: Path, target: Path, loads: Sequence[Load]) -> Version:
        """A received file as it may be kept, written to `target`."""
        sha256, size = _digest(received, received.name), received.stat().st_size
        if any(source.pseudonyms for source in self.feeding) and not is_kept(received):
            self._conceal(received, target)
            return Version(target, sha256, size, _digest(target, self.file))
        shutil.copyfile(received, target)
        kept = _digest(target, self.file)
        known = as_received(loads, kept)
        return Version(target, known.sha256, known.size, kept) if known else Version(target, kept, size, kept)

    def _older(self, loads: Sequence[Load]) -> Version | None:
        if not self.place.is_file():
            return None
        kept = _digest(self.place, self.file)
        known = as_received(loads, kept)
        return (
            Version(self.place, known.sha256, known.size, kept)
            if known
            else Version(self.place, kept, self.place.stat().st_size, kept)
        )

    def _conceal(self, received: Path, target: Path) -> None:
        if len({(one.layout, one.encoding, one.delimiter) for one in self.feeding}) > 1:
            raise UnreadableInput(Fault("load_of_several_layouts", self.file))
        job = Path(tempfile.mkdtemp(prefix="concealed-", dir=self.work))
        beside = read_beside(self.folder, self.sources, (), {self.file: received})
        table, fingerprint = open_concealed(received, self.feeding, job, beside)
        keep(table, self.feeding, str(fingerprint), target)

    def _before(self) -> Staged | None:
        """The folder as it is; without the older version where that cannot be understood."""
        try:
            return self._staged("before", self.sources_before, {}) if self.sources_before else None
        except UnreadableInput:
            return self._without()

    def _without(self) -> Staged | None:
        others = [one for one in self.sources if one.file != self.file]
        return self._staged("without", others, {}) if others else None

    def _staged(self, name: str, sources: Sequence[Source], newer: dict[str, Path]) -> Staged:
        job = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.work))
        beside = read_beside(self.folder, sources, (), newer)
        with Engine(job) as engine:
            return stage(self.folder, sources, job, engine, beside)


def _sources_with(folder: Path, file: str) -> tuple[Source, ...]:
    """The sources of a folder; where nothing describes them, also the one that a file named after a kind will be."""
    if (folder / SOURCES).is_file() or not folder.is_dir():
        return read_sources(folder)
    there, named = named_sources(folder), Path(file).name
    kind = named.removesuffix(".csv")
    is_another = kind in RECORDS and named.endswith(".csv") and all(one.file != named for one in there)
    return (*there, Source(file=named, kind=kind)) if is_another else there


def _file_named(said: str, sources: Sequence[Source]) -> str:
    """The file of the sources that a person means.

    Raises:
        UsageError: there is none, or several have this name.
    """
    files = sorted({source.file for source in sources})
    found = [file for file in files if file == said] or [file for file in files if Path(file).name == Path(said).name]
    if len(found) > 1:
        raise UsageError(Fault("load_of_several_files", said, {"files": ", ".join(found)}))
    if not found:
        raise UsageError(Fault("load_of_no_source", said, {"nearest": nearest(said, files)}))
    return found[0]


def _inside(folder: Path, file: str) -> Path:
    if not (folder / file).resolve().is_relative_to(folder.resolve()):
        raise UnreadableInput(Fault("source_outside_folder", file, {"file": file}))
    return folder / file


def _digest(path: Path, label: str) -> str:
    if path.exists() and not path.is_file():
        raise UnreadableInput(Fault("not_a_file", label))
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise UnreadableInput(Fault("file_not_found", label)) from None
    except OSError as error:
        raise UnreadableInput(Fault("file_not_readable", label, {"why": error.strerror or "?"})) from None


def _moves(arrival: _Arrival, difference: Difference, beside: Path) -> list[tuple[Path, Path]]:
    """What is put in which place, in turn. After each step the folder can be read.

    A file that nothing mentions yet stops nobody; an entry without its file would stop every reading.
    """
    described, documents = arrival.folder / SOURCES, arrival.documents
    written = [(beside / "meanwhile.toml", documents.meanwhile), (beside / "afterwards.toml", documents.afterwards)]
    for path, document in written:
        if document is not None:
            path.write_bytes(document)
            if described.is_file():
                shutil.copymode(described, path)
    meanwhile, afterwards = ([(path, described)] if document is not None else [] for path, document in written)
    return [*meanwhile, (difference.newer.path, arrival.place), *afterwards]


def _keep_earlier(arrival: _Arrival, difference: Difference) -> None:
    """The older version beside the record of loads; one about people that came in clear is kept concealed."""
    if difference.older is None or difference.older.kept_sha256 == difference.newer.kept_sha256:
        return
    earlier = arrival.folder / EARLIER
    earlier.mkdir(exist_ok=True)
    kept = arrival.version(arrival.place, difference.newer.path.with_name("older"), ())
    _put_in_place(kept.path, earlier / f"{kept.kept_sha256[:12]}-{Path(arrival.file).name}")


def _put_in_place(path: Path, place: Path) -> None:
    """Move a file of the same disk to its place in one step, on the disk for certain."""
    place.parent.mkdir(parents=True, exist_ok=True)
    sync(path)
    path.replace(place)
    sync(place.parent)


def _load_of(difference: Difference, by: str) -> Load:
    older = difference.older
    return Load(
        loaded_at=datetime.now(UTC).isoformat(timespec="seconds"),
        by=by,
        file=difference.file,
        sha256=difference.newer.sha256,
        size=difference.newer.size,
        kept_sha256=difference.newer.kept_sha256,
        sha256_before=older.sha256 if older else None,
        size_before=older.size if older else None,
        received=difference.rows_after("received"),
        staged=difference.rows_after("staged"),
        rejected=difference.rows_after("rejected"),
        held=difference.rows_after("held"),
        added=difference.records("added"),
        changed=difference.records("changed"),
        removed=difference.records("removed"),
    )

"""Backups: the database, the releases and the evidence in one file with a digest for each, proven when restored."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Final, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete

from dashboard.workflow import audit, chain
from dashboard.workflow.audit import Actor, Did, Event, Head
from dashboard.workflow.dumping import dump, load
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import SignIn
from dashboard.workflow.tables.base import moment_text
from etl.archives import DAMAGED, member
from etl.errors import Fault, UnreadableInput, UsageError, VerificationError
from etl.exports.writing import Archive, new_file
from etl.release.folder import CURRENT, SUMS, published, sha256_of, sums_text
from etl.version import VERSION

_MANIFEST: Final = "backup.json"
_DATABASE: Final = {"sqlite": "database/jipyo.db", "postgresql": "database/jipyo.dump"}
_RELEASES, _EVIDENCE, _KEY = "releases", "evidence", "pseudonym.key"
_BLOCK: Final = 1 << 20
_LARGEST_MANIFEST: Final = 1 << 28


@dataclass(frozen=True, slots=True)
class Places:
    """What is kept besides the database.

    Attributes:
        releases: their folder.
        evidence: the folder of attached evidence.
        key: of the pseudonyms; None where it stays out of the backup, as it should unless somebody means it.
    """

    releases: Path
    evidence: Path
    key: Path | None = None


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]


class Contents(BaseModel):
    """What a backup says of itself.

    Attributes:
        format: of backups.
        jipyo: version that made it.
        made_at: when, in UTC.
        database: kind of database.
        audit: head of the audit log in it.
        files: path -> digest and size.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    jipyo: str
    made_at: str
    database: Literal["sqlite", "postgresql"]
    audit: str
    files: dict[str, _Kept]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written, or restored.

    Attributes:
        contents: what the backup says of itself.
        sha256: of its file.
    """

    contents: Contents
    sha256: str


def back_up(store: Store, actor: Actor, places: Places, target: Path) -> BackedUp:
    """Write a backup while everybody goes on working; the log tells of it first, so that the backup tells of itself.

    Args:
        store: the database.
        actor: who makes it.
        places: what else is kept.
        target: a new file.

    Raises:
        UsageError: the file cannot be written, or PostgreSQL's programs are missing.
    """
    with store.write() as session:
        said = {"to": target.name[:100], "with_the_pseudonyms_file": places.key is not None}
        audit.append(session, actor, Event(Did.BACKED_UP, "database", said))
        head = audit.head(session)
    kind: Literal["sqlite", "postgresql"] = "sqlite" if store.is_sqlite else "postgresql"
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, new_file(target, replace=False) as begun:
        copy = Path(work) / "database"
        dump(store, copy)
        with Archive(begun) as archive:
            files = {name: _add(archive, name, path) for name, path in _to_keep(places, _DATABASE[kind], copy)}
            made_at = moment_text(datetime.now(UTC))
            contents = Contents(jipyo=VERSION, made_at=made_at, database=kind, audit=head.text, files=files)
            archive.add(_MANIFEST, rfc8785.dumps(contents.model_dump()))
        digest = sha256_of(begun)
    target.chmod(0o600)
    return BackedUp(contents, digest)


def _to_keep(places: Places, database: str, copy: Path) -> Iterator[tuple[str, Path]]:
    """Every file with its name in the backup."""
    yield database, copy
    # The pointer first: what it names is complete by then, whatever is published meanwhile.
    if (places.releases / CURRENT).is_file():
        yield f"{_RELEASES}/{CURRENT}", places.releases / CURRENT
    for folder in sorted(places.releases.glob(f"[0-9]*/{SUMS}")):
        yield from _below(_RELEASES, folder.parent, places.releases)
    if places.evidence.is_dir():
        yield from _below(_EVIDENCE, places.evidence, places.evidence)
    if places.key is not None:
        yield _KEY, places.key


def _below(top: str, folder: Path, start: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{top}/{path.relative_to(start).as_posix()}", path


def _add(archive: Archive, name: str, path: Path) -> _Kept:
    """Copy a file in; its digest is of the very bytes that went in."""
    with path.open("rb") as source, archive.open(name) as target:
        return _copy(source, target)


def _copy(source: IO[bytes], target: IO[bytes], longest: int | None = None) -> _Kept:
    digest, size = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        digest.update(block)
        size += len(block)
        if longest is not None and size > longest:
            break
        target.write(block)
    return _Kept(sha256=digest.hexdigest(), size=size)


# Restoring ------------------------------------------------------------------------------------------------------------


def restore(source: Path, folder: Path, settings: Settings, actor: Actor, *, replace: bool = False) -> BackedUp:
    """Restore a backup into `folder/state` and `folder/releases`, and prove the copy before it is called restored.

    Every digest, every release's seal and the audit log's chain up to the head that the backup names are checked on the
    copy; only then does it take its place. What was there goes aside and stays. Nobody is signed in afterwards.

    Args:
        source: the backup.
        folder: where to.
        settings: name the database where it is PostgreSQL.
        actor: who restores.
        replace: whether what is there may be put aside, or the tables replaced.

    Raises:
        UsageError: something is there already, or the database is of another kind.
        UnreadableInput: the file is no backup.
        VerificationError: it is not what it says, or does not prove itself.
    """
    places = [folder / "state", folder / _RELEASES]
    there = [Fault("restore_is_there", str(place)) for place in places if place.exists() and any(place.iterdir())]
    if there and not replace:
        raise UsageError(there)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as work:
        contents = _unpacked(source, Path(work))
        _refuse_other_kind(contents, settings)
        _refuse_unproven_releases(Path(work) / _RELEASES)
        backup = BackedUp(contents, sha256_of(source))
        state = _state_of(Path(work), contents)
        if contents.database == "postgresql":
            _restore_server(settings, Path(work) / _DATABASE["postgresql"], backup, actor, replace=replace)
        else:
            _prove(Store.open(Settings(state=state)), backup, actor)
        for new, place in zip((state, Path(work) / _RELEASES), places, strict=True):
            _put(new, place)
    return backup


def _unpacked(source: Path, work: Path) -> Contents:
    """The files of a backup, each as it was when it was backed up, and none besides."""
    try:
        with zipfile.ZipFile(source) as archive:
            contents = _contents(archive)
            names = [one.filename for one in archive.infolist()]
            if sorted(names) != sorted([*contents.files, _MANIFEST]):
                raise VerificationError(Fault("backup_other_files", str(source)))
            faults = [
                fault for name in contents.files for fault in _extracted(archive, name, contents.files[name], work)
            ]
    except (*DAMAGED, KeyError, RecursionError):  # no list in it, or one nested without end
        raise UnreadableInput(Fault("backup_unreadable", str(source))) from None
    if faults:
        raise VerificationError(faults)
    return contents


def _contents(archive: zipfile.ZipFile) -> Contents:
    with member(archive, _MANIFEST) as stream:
        return Contents.model_validate(json.loads(stream.read(_LARGEST_MANIFEST)))


def _extracted(archive: zipfile.ZipFile, name: str, kept: _Kept, work: Path) -> Iterator[Fault]:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
        yield Fault("backup_other_files", name)
        return
    target = work / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with member(archive, name) as source, target.open("wb") as stream:
            found = _copy(source, stream, kept.size)
    except DAMAGED:
        found = None
    if found != kept:
        yield Fault("backup_file_changed", name)


def _refuse_other_kind(contents: Contents, settings: Settings) -> None:
    is_server = settings.database_url is not None and not settings.database_url.startswith("sqlite")
    if is_server != (contents.database == "postgresql"):
        raise UsageError(Fault("backup_of_another_kind", "", {"database": contents.database}))


def _refuse_unproven_releases(releases: Path) -> None:
    """Every release must have its digests, and the published ones the seals that were published."""
    seals = {pointer.release: pointer.seal for pointer in published(releases)}
    faults = [
        Fault("verify_file_missing", f"{name}/{SUMS}") for name in seals if not (releases / name / SUMS).is_file()
    ]
    for sums in sorted(releases.glob(f"*/{SUMS}")):
        folder = sums.parent
        if sums.read_bytes() != sums_text(folder) or seals.get(folder.name, sha256_of(sums)) != sha256_of(sums):
            faults.append(Fault("verify_other_seal", folder.name))
    if faults:
        raise VerificationError(faults)


def _state_of(work: Path, contents: Contents) -> Path:
    """The folder that becomes the state: the database where it is a file, the evidence, the key where it was kept."""
    state = work / "state"
    state.mkdir(mode=0o700)
    moved = {_EVIDENCE: _EVIDENCE, _KEY: _KEY}
    if contents.database == "sqlite":
        moved[_DATABASE["sqlite"]] = "jipyo.db"
    for name, place in moved.items():
        if (work / name).exists():
            (work / name).rename(state / place)
    for path in state.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    (work / _RELEASES).mkdir(exist_ok=True)
    return state


def _restore_server(settings: Settings, dumped: Path, backup: BackedUp, actor: Actor, *, replace: bool) -> None:
    with closing(Store(settings.url)) as empty:
        load(empty, dumped, replace=replace)
    _prove(Store.open(settings), backup, actor)


def _prove(store: Store, backup: BackedUp, actor: Actor) -> None:
    """Check the restored log up to the head the backup names; then end all sessions, and tell the log."""
    with closing(store):
        with store.read() as session:
            faults = chain.verify(session, [Head.parse(backup.contents.audit)]).faults
        if faults:
            raise VerificationError(faults)
        with store.write() as session:
            session.execute(delete(SignIn))
            said = {"made_at": backup.contents.made_at, "digest": backup.sha256}
            audit.append(session, actor, Event(Did.RESTORED, "database", said))


def _put(new: Path, place: Path) -> None:
    """Put a folder in its place; what was there goes aside."""
    if place.exists() and any(place.iterdir()):
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        place.rename(place.with_name(f"{place.name}.before-{stamp}"))
    elif place.exists():
        place.rmdir()
    shutil.move(new, place)

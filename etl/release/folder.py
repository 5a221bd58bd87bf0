"""Where releases live: writing one without ever showing half of it, and pointing at the published ones."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.disk import sync
from etl.errors import Fault, UsageError

SUMS: Final = "SHA256SUMS"
MANIFEST: Final = "manifest.json"
SIGNOFF: Final = "signoff.json"
CURRENT: Final = "CURRENT"
_UNFINISHED: Final = ".unfinished-"
_LOCK: Final = "lock"
_NAME: Final = re.compile(r"[0-9]{4}-[0-9a-f]{12}")
_LINE: Final = re.compile(rf"({_NAME.pattern}) ([0-9a-f]{{64}})\n")
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Pointer:
    """One line of `CURRENT`: the published release of a year, and the digest of its `SHA256SUMS`."""

    release: str
    seal: str

    @property
    def year(self) -> int:
        """The year of the evaluation."""
        return int(self.release[:4])


@contextlib.contextmanager
def unfinished_release(releases: Path) -> Iterator[Path]:
    """A folder to build a release in, on the same disk; removed at the end, also after a writer that was killed."""
    releases.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        # One writer at a time sweeps and makes its folder: no folder is taken for a leftover before its lock is held.
        with locked(releases / f".{_LOCK}"):
            _sweep(releases)
            job = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=releases))
            held.enter_context(locked(job / _LOCK))
        try:
            yield job
        finally:
            shutil.rmtree(job, ignore_errors=True)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that one process at a time holds, on a file that is made where it is missing."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def finish(built: Path, releases: Path, release: str) -> Path:
    """Give a built release its name in one step. If the same release is there already, that one stays as it is."""
    final = releases / release
    _sync_tree(built)
    with contextlib.suppress(OSError):
        built.rename(final)
    if not final.is_dir():
        raise UsageError(Fault("release_not_written", str(final)))
    sync(releases)
    return final


def publish(release: Path) -> Pointer:
    """Make the release the published one of its year: `CURRENT` is replaced in one step.

    Raises:
        UsageError: the folder is no release.
    """
    if _NAME.fullmatch(release.name) is None or not (release / SUMS).is_file():
        raise UsageError(Fault("no_such_release", str(release)))
    pointer = Pointer(release.name, sha256_of(release / SUMS))
    releases = release.parent
    with locked(releases / f".{CURRENT}.lock"):
        others = [known for known in published(releases) if known.year != pointer.year]
        lines = sorted([pointer, *others], key=lambda known: known.year, reverse=True)
        new = releases / f".{CURRENT}.new"
        with new.open("w", encoding="ascii") as stream:
            stream.writelines(f"{known.release} {known.seal}\n" for known in lines)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(releases / CURRENT)
        sync(releases)
    return pointer


def published(releases: Path) -> list[Pointer]:
    """The published releases, the latest year first; empty where nothing is published.

    Raises:
        UsageError: `CURRENT` is not as `publish` writes it.
    """
    try:
        text = (releases / CURRENT).read_bytes().decode("ascii", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return []
    pointers = [Pointer(*line) for line in _LINE.findall(text)]
    if "".join(f"{known.release} {known.seal}\n" for known in pointers) != text:
        raise UsageError(Fault("current_malformed", str(releases / CURRENT)))
    return pointers


def find_release(said: Path) -> Path:
    """The release a person means: its folder, or a folder of releases, whose latest published one it is.

    Raises:
        UsageError: there is none.
    """
    if (said / MANIFEST).is_file() or (said / SUMS).is_file():
        return said
    current = published(said)
    if current and (said / current[0].release / MANIFEST).is_file():
        return said / current[0].release
    unpublished = sorted(folder.parent.name for folder in said.glob(f"*/{MANIFEST}"))
    if unpublished:
        raise UsageError(Fault("nothing_published", str(said), {"releases": ", ".join(unpublished[-5:])}))
    raise UsageError(Fault("no_such_release", str(said)))


def files_of(release: Path) -> list[str]:
    """Every file and link of a release, as sorted relative paths.

    The list of digests is none of them, nor are the signatures: they come after the seal and are of it.
    """
    entries = (path for path in release.rglob("*") if path.is_symlink() or not path.is_dir())
    found = (path.relative_to(release).as_posix() for path in entries)
    return sorted(file for file in found if file not in (SUMS, SIGNOFF))


def sums_text(release: Path) -> bytes:
    """The text of `SHA256SUMS`, as `sha256sum` writes it."""
    return "".join(f"{sha256_of(release / file)}  {file}\n" for file in files_of(release)).encode("utf-8")


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sweep(releases: Path) -> None:
    """Remove what killed writers left: an unfinished folder whose lock nobody holds, or that has none yet."""
    for job in releases.glob(f"{_UNFINISHED}*/"):
        if not (job / _LOCK).is_file():
            shutil.rmtree(job, ignore_errors=True)
            continue
        with contextlib.suppress(OSError), (job / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(job, ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        sync(path)

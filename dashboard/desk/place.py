"""Where received files are: the folder of records, and the private place where an upload waits for its decision."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path
from typing import Final

from dashboard.desk.leftovers import own_folder, sweep
from etl.contracts.records import RECORDS as KINDS
from etl.errors import JipyoError
from etl.intake.mapping import SOURCES
from etl.intake.proposals import sources_of

RECORDS: Final = "JIPYO_RECORDS"
"""The environment variable that names the folder of records the data page looks after."""

UPLOADS: Final = "JIPYO_UPLOADS"
"""The environment variable that names the folder where uploads wait; memory (/dev/shm) unless it is said."""

_MEMORY: Final = Path("/dev/shm")
_OURS: Final = "jipyo-desk-"
_LONGEST_NAME: Final = 120
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_OWN_FILES: Final = frozenset(
    {SOURCES, "corrections.toml", "meanings.toml", "loads.jsonl", "aliases.csv", "aliases_replaced.csv"}
)
"""What the folder keeps for itself; no received file may bear these names."""


class NoPlace(Exception):
    """There is no private place where an upload could wait."""


def records_folder() -> Path | None:
    """The folder of records; None where nobody has named one."""
    named = os.environ.get(RECORDS)
    return Path(named) if named else None


def fingerprint(folder: Path) -> str:
    """Changes when a file of the folder does: names, sizes and the time each was last written."""
    known = []
    for path in _read_files(folder):
        with contextlib.suppress(OSError):
            told = path.stat()
            known.append(f"{path.name}\t{told.st_size}\t{told.st_mtime_ns}\t{told.st_ino}")
    return "\n".join(sorted(known))


def _read_files(folder: Path) -> Iterable[Path]:
    """The files at the top of the folder, and those deeper down that a source names."""
    try:
        found = {path for path in folder.iterdir() if not path.name.startswith(".")}
        found |= {folder / source.file for source in sources_of(folder)}
    except (OSError, JipyoError):
        with contextlib.suppress(OSError):
            return set(folder.iterdir())
        return set()
    return found


def safe_name(received: str) -> str | None:
    """The name a received file is kept under: as received, without a path; None where it cannot be kept.

    Args:
        received: what the browser says the file is called; anybody may have written it.
    """
    name = unicodedata.normalize("NFC", received).strip()
    hidden = name.startswith((".", "~")) or name.casefold() in _OWN_FILES
    if hidden or name.endswith(".") or len(name.encode()) > _LONGEST_NAME or not _NAME.fullmatch(name):
        return None
    stem = Path(name).stem.casefold()
    return name if stem and stem not in _WINDOWS_DEVICES else None


def free_name(folder: Path, file: str) -> str:
    """What a file of mended rows is called: after the received file, and like no other file of the folder."""
    stem = re.sub(r"-mend(-[0-9]+)?$", "", Path(file).stem)
    taken = {path.name for path in folder.iterdir()}
    with contextlib.suppress(JipyoError):
        taken |= {source.file for source in sources_of(folder)}
    names = (f"{stem}-mend{turn}.csv" for turn in chain([""], (f"-{number}" for number in count(2))))
    return next(name for name in names if name not in taken)


_WINDOWS_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{one}{at}" for one in ("com", "lpt") for at in range(10))}
)
"""Names under which a file could not be copied to an evaluator's machine."""


def private_folder() -> Path:
    """A new folder in memory that nobody else may look into; those of servers that are gone are removed.

    Raises:
        NoPlace: there is no such memory, and no folder is named instead.
    """
    place = _private_place()
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise NoPlace
    sweep(place, _OURS)
    return own_folder(place, _OURS)


def sweep_uploads() -> None:
    """Remove the uploads that servers before this one left, at its start."""
    sweep(_private_place(), _OURS, at_start=True)


def _private_place() -> Path:
    named = os.environ.get(UPLOADS)
    return Path(named) if named else _MEMORY


def kinds() -> tuple[str, ...]:
    """Every kind of record, in the order of their contracts."""
    return tuple(KINDS)

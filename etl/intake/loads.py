"""The record of loads: one line of `loads.jsonl` for every version of a file that was put into a folder."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput

LOADS: Final = "loads.jsonl"


@dataclass(frozen=True, slots=True)
class Load:
    """One load.

    Attributes:
        loaded_at: when, in UTC, as ISO 8601.
        by: who, as the system knows them.
        file: as `sources.toml` names it.
        sha256, size: of the bytes as they were received.
        kept_sha256: of the bytes that are kept: others where the file is about people.
        sha256_before, size_before: of the version it took the place of, as received; None for the first.
        received, staged, rejected, held: rows of the file.
        added, changed, removed: records of all kinds.
    """

    loaded_at: str
    by: str
    file: str
    sha256: str
    size: int
    kept_sha256: str
    sha256_before: str | None
    size_before: int | None
    received: int
    staged: int
    rejected: int
    held: int
    added: int
    changed: int
    removed: int


def history(folder: Path) -> list[Load]:
    """Every load of a folder, the earliest first.

    Raises:
        UnreadableInput: the record of loads is not as it was written.
    """
    try:
        lines = (folder / LOADS).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    loads = []
    for number, line in enumerate(lines, start=1):
        try:
            loads.append(Load(**json.loads(line)))
        except (ValueError, TypeError):
            raise UnreadableInput(Fault("loads_damaged", f"{LOADS}, line {number}")) from None
    return loads


def record(folder: Path, load: Load) -> None:
    """Add a load to the record, on the disk for certain."""
    with (folder / LOADS).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(load), ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def as_received(loads: Iterable[Load], kept_sha256: str) -> Load | None:
    """The latest load that these bytes are kept of."""
    return next((load for load in reversed(list(loads)) if load.kept_sha256 == kept_sha256), None)


def who() -> str:
    """Who loads: `JIPYO_USER`, or the name under which the system knows the person."""
    try:
        return os.environ.get("JIPYO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())

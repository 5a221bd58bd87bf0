"""A received file as it lies in its folder: whether it is one at all, what its first bytes say, whether it stays so."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput

_BEGINNING: Final = 1 << 12


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was when it was first looked at.

    Attributes:
        path: where it is.
        label: its name in messages.
        beginning: its first bytes, at most 4,096.
        size: bytes.
        marks: its place on the disk, its size and times of change.
    """

    path: Path
    label: str
    beginning: bytes
    size: int
    marks: tuple[int, ...]

    def check_unchanged(self) -> None:
        """Hold the file to what it was: nothing read in between is a mixture of two files.

        Raises:
            UnreadableInput: it was changed, replaced or removed.
        """
        try:
            same = _marks(self.path.stat()) == self.marks
        except OSError:
            same = False
        if not same:
            raise UnreadableInput(Fault("file_changed_while_read", self.label))


def path_in(folder: Path, file: str) -> Path:
    """The path of a received file, which must be a file of the folder and no link out of it.

    Raises:
        UnreadableInput: it leads elsewhere.
    """
    try:
        path = (folder / file).resolve()
    except (OSError, RuntimeError, ValueError):
        # A circle of links, a name too long for the disk, or one with a NUL.
        raise UnreadableInput(Fault("file_not_found", file)) from None
    if not path.is_relative_to(folder.resolve()):
        raise UnreadableInput(Fault("source_outside_folder", file, {"file": file}))
    return path


def look_at(path: Path, label: str) -> Received:
    """Look at a file without waiting for it: a pipe or a device is refused, not read.

    Raises:
        UnreadableInput: it is missing, empty, no file, or may not be read.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            seen = os.fstat(stream.fileno())
            is_file = stat.S_ISREG(seen.st_mode)
            beginning = stream.read(_BEGINNING) if is_file else b""
    except FileNotFoundError:
        raise UnreadableInput(Fault("file_not_found", label)) from None
    except IsADirectoryError:
        raise UnreadableInput(Fault("not_a_file", label)) from None
    except OSError as error:
        # A socket cannot even be opened.
        why = Fault("file_not_readable", label, {"why": error.strerror or "?"})
        raise UnreadableInput(Fault("not_a_file", label) if path.is_socket() else why) from None
    if not is_file:
        raise UnreadableInput(Fault("not_a_file", label))
    if not beginning:
        raise UnreadableInput(Fault("file_empty", label))
    return Received(path, label, beginning, seen.st_size, _marks(seen))


def _marks(seen: os.stat_result) -> tuple[int, ...]:
    """What changes with a file; the time of the last change to it cannot be set back."""
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns

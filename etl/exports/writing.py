"""Files that appear whole or not at all: written under another name, flushed to the disk, renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from etl.disk import FULL, sync
from etl.errors import Fault, NoRoom, UsageError

_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same content gives the same bytes."""
_PLAIN_FILE: Final = 0o100644 << 16
_BLOCK: Final = 1 << 20


@contextlib.contextmanager
def new_file(target: Path, *, replace: bool) -> Iterator[Path]:
    """The path to write under; it becomes the target when the block ends, and goes when the block fails.

    Args:
        target: the file to make; its folder must be there.
        replace: whether a file of this name may be replaced.

    Raises:
        UsageError: there is such a file, no such folder, or no permission.
        NoRoom: the disk of its folder, or of the folder of temporary files, is full.
    """
    _refuse(target, replace=replace)
    begun: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".unfinished-", dir=target.parent)
        os.close(handle)
        begun = Path(name)
        yield begun
        sync(begun)
        begun.chmod(0o666 & ~_umask())
        _refuse(target, replace=replace)
        begun.replace(target)
        sync(target.parent)
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom(Fault("export_disk_full", str(_fullest(target.parent, error)))) from None
        if error.errno in _NOT_ALLOWED:
            raise UsageError(Fault("export_not_allowed", str(target))) from None
        if begun is None or error.filename == str(begun):
            error.filename = str(target)  # the file that was asked for, by the name it was asked for
        raise
    finally:
        if begun is not None:
            begun.unlink(missing_ok=True)


def _fullest(folder: Path, error: OSError) -> Path:
    """The folder that has no room: that of the target, or that of what is made on the way.

    A write that fails names no file; of the two disks it is the one with less left.
    """
    if error.errno == errno.EFBIG:
        return folder
    return min(folder, Path(tempfile.gettempdir()), key=lambda one: shutil.disk_usage(one).free)


def _refuse(target: Path, *, replace: bool) -> None:
    if target.is_dir():
        raise UsageError(Fault("export_is_a_folder", str(target), {"example": str(target / "results.xlsx")}))
    if target.exists() and not replace:
        raise UsageError(Fault("export_is_there", str(target)))
    if not target.parent.is_dir():
        raise UsageError(Fault("export_no_folder", str(target.parent)))


def _umask() -> int:
    """What the person's files are never given; asking for it means setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


class Archive:
    """A ZIP in which the same files give the same bytes: one date for all, no owner, in the order they are added."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True, strict_timestamps=True)

    def add(self, name: str, content: bytes) -> None:
        """Add a small file."""
        with self.open(name) as stream:
            stream.write(content)

    def add_stored(self, name: str, content: bytes) -> None:
        """Add a file as it is, for readers that look for its bytes at a fixed place."""
        entry = self._entry(name)
        entry.compress_type = zipfile.ZIP_STORED
        self._zip.writestr(entry, content)

    def add_file(self, name: str, path: Path) -> None:
        """Add a file from the disk, a block at a time."""
        with path.open("rb") as source, self.open(name) as stream:
            while block := source.read(_BLOCK):
                stream.write(block)

    def open(self, name: str, *, may_be_huge: bool = True) -> IO[bytes]:
        """A stream into a new file of the archive.

        Args:
            name: of the file.
            may_be_huge: whether it may reach two gibibytes; that marks it so that old readers cannot open it.
        """
        return self._zip.open(self._entry(name), "w", force_zip64=may_be_huge)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, _OLDEST)
        entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, 3
        return entry

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

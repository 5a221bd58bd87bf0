"""An uploaded file while it waits for its decision: in memory, for its reader alone, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from dashboard.desk.jobs import Job
from dashboard.desk.place import private_folder
from etl.intake.mapping import SOURCES
from etl.intake.proposing.meanings import MEANINGS

_ROOM: Final = 3
"""An upload and its copies take about so many times its size."""


_WAITING: Final[weakref.WeakSet[Upload]] = weakref.WeakSet()


class NoRoom(Exception):
    """The memory set aside for uploads cannot hold this one."""


class Upload:
    """One uploaded file; it is removed when nobody holds this any more, at the latest when the server ends.

    Args:
        name: a safe name.
        content: the bytes.
        records: the folder it may be loaded into.

    Raises:
        NoPlace: there is no private place for it.
        NoRoom: the place is too small.
    """

    def __init__(self, name: str, content: bytes | memoryview, records: Path) -> None:
        self.name, self.size, self.records = name, len(content), records.absolute()
        self.folder = private_folder()
        _WAITING.add(self)
        self._forget = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        if shutil.disk_usage(self.folder).free < _ROOM * self.size:
            self.forget()
            raise NoRoom
        self.draft = self.folder / "draft"
        self.draft.mkdir(mode=0o700)
        self.path = self.draft / name
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        for beside in (SOURCES, MEANINGS):
            if (records / beside).is_file():
                shutil.copyfile(records / beside, self.draft / beside)

    def call_it(self, name: str) -> None:
        """Take it for another version of a file that is there."""
        self.path = self.path.rename(self.draft / name)
        self.name = name

    def propose(self, kinds: Sequence[str] = ()) -> Job:
        """Begin to look at it."""
        return self._job("propose", {"kinds": list(kinds)})

    def compare(self, entries: str) -> Job:
        """Begin to work out what loading it would change; `entries` is what `sources.toml` would say of it."""
        return self._job("compare", {"entries": entries})

    def keep(self, entries: str, by: str) -> Job:
        """Begin to load it."""
        return self._job("keep", {"entries": entries, "by": by})

    def forget(self) -> None:
        """Remove it."""
        self._forget()

    def _job(self, task: Any, request: Mapping[str, Any]) -> Job:
        about = {"records": str(self.records), "draft": str(self.draft), "file": self.name}
        return Job(task, {**about, **request}, self.folder)


def forget_every_upload() -> None:
    """Remove what is waiting; a server that is told to end does not always come to its own cleaning up."""
    for upload in list(_WAITING):
        upload.forget()

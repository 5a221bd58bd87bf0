"""The state of a folder of records, worked out once for everybody who looks, and again when a file changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter

from dashboard.desk.jobs import Job, Task
from dashboard.desk.place import fingerprint
from etl.intake.survey import Survey

TASK: Task = "survey"


@dataclass(slots=True)
class _Kept:
    known: str
    job: Job


class Surveys:
    """The surveys of this server: one job a folder at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Path, _Kept] = {}
        self._read: WeakKeyDictionary[Job, Survey] = WeakKeyDictionary()

    def job(self, folder: Path) -> Job:
        """The survey of the folder as it is now, begun unless it is known or under way."""
        known = fingerprint(folder)
        with self._lock:
            kept = self._kept.get(folder)
            if kept is None or kept.known != known:
                kept = self._begin(folder, known)
            return kept.job

    def again(self, folder: Path) -> None:
        """Begin anew, whatever is known."""
        known = fingerprint(folder)
        with self._lock:
            self._begin(folder, known)

    def found(self, job: Job) -> Survey:
        """What a job that is done found, read once; the folder may have changed since, and be looked at by another."""
        with self._lock:
            if job not in self._read:
                self._read[job] = TypeAdapter(Survey).validate_python(job.result)
            return self._read[job]

    def _begin(self, folder: Path, known: str) -> _Kept:
        before = self._kept.get(folder)
        if before is not None:
            before.job.cancel()
        kept = self._kept[folder] = _Kept(known, Job(TASK, {"records": str(folder.absolute())}))
        return kept


SURVEYS: Final = Surveys()

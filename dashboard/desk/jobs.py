"""Long work in a process of its own: started, watched, cancelled, and its answer read; it cannot harm the server.

The child gets its request as a file and answers with one. It ends when the server does: a pipe to it breaks then.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from dashboard.desk.leftovers import own_folder, sweep
from etl.errors import Fault

REQUEST, ANSWER, FILES, FAILURE = "request.json", "answer.json", "files.json", "failure.txt"
WORK: Final = "work"
MENDED: Final = "mend.csv"
TAKEN_BACK: Final = "taken_back.json"
"""What an uploaded file that came back mended says of the rows it came from."""
_OURS: Final = "jipyo-job-"
_PROJECT: Final = Path(__file__).parents[2]
_PATIENCE: Final = 5.0
_LONGEST_ANSWER: Final = 64 << 20
_LOG: Final = logging.getLogger(__name__)

Task = Literal[
    "survey",
    "propose",
    "compare",
    "keep",
    "decide",
    "mend",
    "evaluate",
    "compare_rules",
    "try",
    "carry_out",
    "write_marks",
    "export",
]
State = Literal["running", "done", "refused", "crashed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        seconds: since it began.
        opened: files opened so far.
        files: files to read; 0 while nobody knows.
        reading: name of the file being read; empty where nobody knows.
    """

    seconds: int
    opened: int
    files: int
    reading: str


class Job:
    """One child process and what it was asked.

    Args:
        task: what to do.
        request: what the child needs to know, as JSON takes it.
        place: a folder that may hold what the job makes; a new private one among the temporary files unless given.
    """

    def __init__(self, task: Task, request: Mapping[str, Any], place: Path | None = None) -> None:
        self.task: Task = task
        self.folder = own_folder(place or _temporary_place(), _OURS)
        self._begun = time.monotonic()
        self._ended: float | None = None
        self._cancelled = False
        self._lock = threading.Lock()
        self._answered: dict[str, Any] | None = None
        try:
            self._process = _begin(task, request, self.folder)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._end = weakref.finalize(self, _end, self._process, self.folder)

    @property
    def state(self) -> State:
        """Where it is; once it is not running, that never changes."""
        if self._cancelled:
            return "cancelled"
        if self._process.poll() is None:
            return "running"
        if "result" in self._answer:
            return "done"
        return "refused" if self.faults else "crashed"

    @property
    def result(self) -> Any:
        """What a job that is done answered, as JSON gives it."""
        return self._answer["result"]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why a job was refused."""
        return tuple(Fault(one["code"], one["where"], one["facts"]) for one in self._answer.get("faults", ()))

    @property
    def seconds_since_end(self) -> float:
        """How long ago it ended, by the time of its answer, or by who looked first where it gave none; 0 till then."""
        if self._process.poll() is None:
            return 0.0
        if self._ended is None:
            self._ended = time.time()
            with contextlib.suppress(OSError):
                self._ended = (self.folder / ANSWER).stat().st_mtime
        return time.time() - self._ended

    @property
    def made(self) -> Path:
        """The folder of what the job made besides its answer."""
        return self.folder / WORK

    @property
    def progress(self) -> Progress:
        """How far it is."""
        files: list[str] = []
        with contextlib.suppress(OSError, ValueError):
            files = json.loads((self.folder / FILES).read_text(encoding="utf-8"))
        opened = [path for path in self.made.glob("**/source-*") if path.is_dir()] if files else []
        # All files are opened first, then checked one after the other: what is being checked has its rows beside it.
        checked = [path for path in opened if (path / "checked.parquet").exists()]
        at = max((int(path.name.partition("-")[2]) for path in checked or opened), default=-1)
        reading = files[at] if at < len(files) and (checked or len(opened) < len(files)) else ""
        return Progress(int(time.monotonic() - self._begun), len(opened), len(files), reading if at >= 0 else "")

    def cancel(self) -> None:
        """End it, with everything it has started; what it made is removed."""
        with self._lock:
            self._cancelled = self._cancelled or self._process.poll() is None
            self._end()

    @property
    def _answer(self) -> dict[str, Any]:
        """The answer of a child that has ended, read once; nothing where it gave none, or none yet."""
        if self._process.poll() is None:
            return {}
        if self._answered is None:
            path = self.folder / ANSWER
            try:
                self._answered = json.loads(path.read_text("utf-8")) if path.stat().st_size <= _LONGEST_ANSWER else {}
            except (OSError, ValueError):
                self._answered = {}
                self._tell_the_log()
        return self._answered

    def _tell_the_log(self) -> None:
        """Why there is no answer, for those who run the server: the page says only that there is none."""
        if self._cancelled:
            return
        try:
            why = (self.folder / FAILURE).read_text(encoding="utf-8")
        except OSError:
            why = "it left no reason"
        _LOG.error("Work '%s' ended with %s and no answer: %s", self.task, self._process.returncode, why)


def sweep_jobs() -> None:
    """Remove the jobs that servers before this one left among the temporary files, at its start."""
    sweep(_temporary_place(), _OURS, at_start=True)


def _temporary_place() -> Path:
    return Path(tempfile.gettempdir())


def _begin(task: Task, request: Mapping[str, Any], folder: Path) -> subprocess.Popen[bytes]:
    """Start a child on what its folder says."""
    (folder / WORK).mkdir()
    (folder / REQUEST).write_text(json.dumps(dict(request), ensure_ascii=False), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard.desk.child", task, str(folder)],
        cwd=_PROJECT,
        env={**os.environ, "TMPDIR": str(folder / WORK)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    """End a child, also when nobody is left who would ask for its answer, and remove its folder."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
    if process.stdin is not None:
        process.stdin.close()
    shutil.rmtree(folder, ignore_errors=True)

"""Where a file is taken apart that could hurt whoever does it: a process of its own, with little memory and time.

Workbooks, Parquet and JSON are read by parsers that a file made for it can bring down or keep busy. The process can be
killed without harm to the one that asked, knows no more than the file and where its copy goes, and hands back text that
is checked against the result it should be; the command that starts it holds nothing from the file.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, ParamSpec, TypeVar, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError

from etl.errors import Fault, UnreadableInput

P = ParamSpec("P")
Result = TypeVar("Result")

MEMORY: Final = "JIPYO_READER_MEMORY"
"""Environment variable: megabytes a reading process may hold."""
SECONDS: Final = "JIPYO_READER_SECONDS"
"""Environment variable: seconds of the processor that the first megabyte of a file may cost; each further one, one."""

_PROJECT: Final = Path(__file__).parents[2]
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH")
_TOO_COSTLY: Final = frozenset({signal.SIGABRT, signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ})
"""How a process ends that a limit of the system, or a failed request for memory, has stopped."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        megabytes: memory.
        seconds: time of the processor; by the clock it is four times that, on a machine that has other work.
        file_megabytes: size of the largest file written.
    """

    megabytes: int
    seconds: int
    file_megabytes: int

    @property
    def deadline(self) -> int:
        """Seconds by the clock."""
        return 4 * self.seconds


class _Answer(BaseModel):
    """The result as plain values, or else why there is none."""

    result: dict[str, Any] | None
    faults: list[tuple[str, str, dict[str, str | int]]]
    too_costly: bool


def limits_for(received: Path) -> Limits:
    """What a file of this size may cost.

    Raises:
        OSError: it is not there.
    """
    size = received.stat().st_size >> 20
    return Limits(int(os.environ.get(MEMORY, "448")), int(os.environ.get(SECONDS, "7")) + size, 256 + 100 * size)


def run_limited(limits: Limits, label: str, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """Call a function in a process of its own.

    Args:
        limits: what it may cost.
        label: the file's name in messages.
        function: of a module; it says its result's type, a dataclass of text, numbers and paths.
        *args: what it is called with; goes through a pipe, never a command line or a file.
        **kwargs: the same.

    Raises:
        UnreadableInput: as the function raises; it cost too much, or its process broke down.
    """
    request = pickle.dumps((function, args, kwargs))
    # In memory: an answer may show cells about people, which must not reach the disk.
    with os.fdopen(os.memfd_create("answer"), "w+b") as answer:
        ended = _run(limits, request, answer)
        if ended == 0:
            answer.seek(0)
            return _result(answer.read(), function, label, limits)
    raise UnreadableInput(_too_costly(label, limits) if -ended in _TOO_COSTLY else Fault("reader_failed", label))


def _run(limits: Limits, request: bytes, answer: IO[bytes]) -> int:
    """The exit code of the process that answered the request; negative for the signal that ended it."""
    command = [sys.executable, "-P", "-m", "etl.intake.reader"]
    command += [str(number) for number in (limits.megabytes, limits.seconds, limits.file_megabytes)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env=_environment(limits),
        start_new_session=True,
    )
    with process:
        try:
            process.communicate(request, timeout=limits.deadline)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return process.returncode


def _environment(limits: Limits) -> dict[str, str]:
    """What the process is told of its surroundings: no key, no password that may be among the variables."""
    passed_on = {variable: os.environ[variable] for variable in _PASSED_ON if variable in os.environ}
    ours = {"PYTHONPATH": str(_PROJECT), "JIPYO_THREADS": "1", "JIPYO_MEMORY": f"{limits.megabytes // 2}MB"}
    return passed_on | ours


def _result(answer: bytes, function: Callable[..., Result], label: str, limits: Limits) -> Result:
    """The function's result out of what its process wrote, which may be anything if a file has taken it over."""
    try:
        told = _Answer.model_validate_json(answer)
        if told.too_costly:
            raise UnreadableInput(_too_costly(label, limits))
        if told.faults:
            raise UnreadableInput(Fault(code, where, facts) for code, where, facts in told.faults)
        result: Result = _kind(function).validate_python(told.result)
    except ValidationError:
        raise UnreadableInput(Fault("reader_failed", label)) from None
    return result


@cache
def _kind(function: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(function)["return"])


def _too_costly(label: str, limits: Limits) -> Fault:
    return Fault("file_too_costly", label, {"megabytes": limits.megabytes, "seconds": limits.seconds})

"""The process that takes one file apart for `etl.intake.sandbox`: limits itself, does what it is asked, and answers.

Started as `python -m etl.intake.reader MEGABYTES SECONDS FILE_MEGABYTES`; the request comes on standard input, the
answer goes to standard output as JSON. Whatever else a library prints goes nowhere.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import pickle
import resource
import sys
from typing import Any

from etl.errors import UnreadableInput


def main() -> None:
    """Answer one request."""
    limit(*(int(number) for number in sys.argv[1:4]))
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        # Only the process that started this one writes here.
        function, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301
        json.dump(_answer(function, args, kwargs), answer, default=str)


def limit(megabytes: int, seconds: int, file_megabytes: int) -> None:
    """Hold this process, from now on, to so much memory, processor time and size of any file it writes."""
    for what, most in (
        (resource.RLIMIT_DATA, megabytes << 20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_megabytes << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _answer(function: Any, args: Any, kwargs: Any) -> dict[str, Any]:
    answer: dict[str, Any] = {"result": None, "faults": [], "too_costly": False}
    try:
        result = function(*args, **kwargs)
        answer["result"] = dataclasses.asdict(result)
    except UnreadableInput as error:
        answer["faults"] = [[fault.code, fault.where, dict(fault.facts)] for fault in error.faults]
    except MemoryError:
        answer["too_costly"] = True
    except OSError as error:
        if error.errno not in {errno.EFBIG, errno.ENOMEM}:
            raise
        answer["too_costly"] = True
    return answer


if __name__ == "__main__":
    main()

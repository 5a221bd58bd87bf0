"""A process whose children write and publish releases until they are killed: `doomed_writer.py RECORDS RULEBOOK RELEASES`.

Each line of its input is one child's end: `after SECONDS`, or `at module:name`, a function it dies in instead of calling.
"""

from __future__ import annotations

import os
import pkgutil
import signal
import sys
import time
from itertools import count
from pathlib import Path

from etl.evaluate import evaluate
from etl.release.folder import publish


def write_until_killed(records: Path, rulebook: Path, releases: Path) -> None:
    """Release after release, each under a rulebook of its own, so that each has a name of its own."""
    rules = rulebook.read_text(encoding="utf-8")
    own = releases.parent / f"rules-{os.getpid()}.toml"
    for turn in count():
        own.write_text(f"# {os.getpid()} {turn}\n{rules}", encoding="utf-8")
        publish(evaluate(records, own, releases).release)


def die(*_args: object, **_kwargs: object) -> None:
    """What stands in for a function: the process ends as if its power were cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """One child a line; its death is answered with a line."""
    for line in sys.stdin:
        how, what = line.split()
        child = os.fork()
        if child == 0:
            if how == "at":
                owner, _, name = what.rpartition(".")
                setattr(pkgutil.resolve_name(owner), name, die)
            write_until_killed(*map(Path, sys.argv[1:4]))
        if how == "after":
            time.sleep(float(what))
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print("killed", flush=True)


if __name__ == "__main__":
    main()

"""A process whose children write and publish releases until they are killed.

Its arguments are the records, the rulebook and the folder of releases. Each line of its input is one child's end:
`after SECONDS`, or `at module:name`, a function it dies in when it should call it.
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
            signal.alarm(60)  # a function that is never called kills nobody
            if how == "at":
                module, _, path = what.partition(":")
                *owners, name = path.split(".")
                setattr(pkgutil.resolve_name(f"{module}:{'.'.join(owners)}"), name, die)
            write_until_killed(*map(Path, sys.argv[1:4]))
        if how == "after":
            time.sleep(float(what))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write("killed\n" if os.WTERMSIG(status) == signal.SIGKILL else f"{line.strip()}: {status}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

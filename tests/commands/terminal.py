"""Commands as a person runs them: in this process where that is enough, in one of their own where it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from jipyo import app

PROJECT: Final = Path(__file__).parent.parent.parent
_STATE: Final = "JIPYO_STATE"


def state() -> dict[str, str]:
    """The state folder a test names, or one that is not there: a developer's own evaluations are not looked up."""
    return {_STATE: os.environ.get(_STATE, str(PROJECT / "tests" / "no state"))}


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code, results and messages."""

    code: int
    out: str
    err: str


def jipyo(*arguments: str | Path, language: str = "en", **environment: str) -> Done:
    """Run a command in this process. A traceback would be an exception here, and is raised."""
    screen = {"JIPYO_LANGUAGE": language, "TERM": "dumb", "COLUMNS": "200", "NO_COLOR": "1"}
    given = {**state(), **screen, **environment}
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], env=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def process(*arguments: str | bytes | Path, **environment: str) -> Done:
    """Run a command in a process of its own."""
    run = subprocess.run(
        [sys.executable, str(PROJECT / "jipyo.py"), *arguments],
        env={**os.environ, **state(), "JIPYO_LANGUAGE": "en", **environment},
        capture_output=True,
        check=False,
    )
    return Done(run.returncode, run.stdout.decode(errors="replace"), run.stderr.decode(errors="replace"))

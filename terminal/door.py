"""What every command of the terminal begins with: the application, its arguments, and how a fault ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Final, ParamSpec

import typer

from etl.disk import FULL
from etl.errors import Fault, JipyoError, NoRoom, UsageError
from terminal.helping import PROGRAM, Command, Family
from terminal.screen import language, tell

_CODES: Final = (
    "Exit codes: 0 done, 1 the computation failed, 2 usage, 10 bad input rows (result still written), 11 bad rulebook, "
    "12 unreadable file, 13 verification failed, 14 not permitted. Messages are Korean where LANG (or JIPYO_LANGUAGE) "
    "says so."
)

app = typer.Typer(
    name=PROGRAM,
    cls=Family,
    help="지표 Jipyo: evaluates the departments of a public body on data-driven administration.",
    epilog=_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

P = ParamSpec("P")

RecordsFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of received files, with a sources.toml.")]
RulebookFile = Annotated[Path, typer.Option("--rulebook", metavar="R", help="The rulebook, a TOML file.")]
Releases = Annotated[Path, typer.Option("--out", metavar="RELEASES", help="Folder the release is written into.")]
Release = Annotated[
    Path, typer.Argument(metavar="RELEASE", help="A release's folder; a folder of releases means its latest published.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program.")]


def command(name: str, example: str, within: typer.Typer = app) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a command: its help ends with an example, its faults with their exit code and never with a traceback.

    Args:
        name: what is typed.
        example: what may stand after it.
        within: the family it belongs to; those of none are typed right after `jipyo`.
    """
    typed = f"{PROGRAM} {name}" if within is app else f"{PROGRAM} {within.info.name} {name}"

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                function(*args, **kwargs)
                # What little was printed waits for the end; whoever stopped reading is noticed here.
                sys.stdout.flush()
            except JipyoError as error:
                for fault in error.faults:
                    tell(fault.text(language()))
                raise typer.Exit(error.exit_code) from None
            except BrokenPipeError:
                # Whoever read the result has enough of it; nothing is left to say when the program ends.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit(0) from None
            except OSError as error:
                where = str(error.filename or "")
                tell(Fault("disk_says_no", where, {"why": error.strerror or str(error)}).text(language()))
                raise typer.Exit(NoRoom.exit_code if error.errno in FULL else UsageError.exit_code) from None

        within.command(name, cls=Command, epilog=f"Example: {typed} {example}")(run)
        return function

    return register


def family(name: str, about: str) -> typer.Typer:
    """A word that has commands of its own, as `account` has `add` and `list`; `command(..., within=...)` adds them.

    Args:
        name: what is typed after `jipyo`.
        about: what its commands are about, a sentence.
    """
    made = typer.Typer(name=name, cls=Family, help=about, no_args_is_help=True)
    app.add_typer(made)
    return made

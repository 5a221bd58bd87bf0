"""The terminal's door: `jipyo`, or `python -m jipyo`. Results go to stdout, messages to stderr."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Final, ParamSpec

import typer
from rich.console import Console
from rich.table import Table

from etl.demo import write_demo
from etl.errors import BAD_ROWS, Fault, JipyoError, Language, UsageError
from etl.evaluate import Outcome, check, evaluate
from etl.given import score_table
from etl.insight.explain import as_json, as_text, explain
from etl.insight.reading import open_release
from etl.intake.stage import Loaded
from etl.messages_intake import REASONS
from etl.release.folder import find_release, publish
from etl.release.seal import REJECTS
from etl.verify import verify
from etl.version import VERSION

_SHOWN_REJECTS: Final = 20
_CODES: Final = (
    "Exit codes: 0 done, 1 the computation failed, 2 usage, 10 bad input rows (result still written), 11 bad rulebook, "
    "12 unreadable file, 13 verification failed, 14 not permitted. Messages are Korean where LANG (or JIPYO_LANGUAGE) "
    "says so."
)

app = typer.Typer(
    name="jipyo",
    help="지표 Jipyo: evaluates the departments of a public body on data-driven administration.",
    epilog=_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
messages = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

_UNSEEN: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]")
"""Control characters, line separators and changes of the direction of writing."""

P = ParamSpec("P")

RecordsFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of received files, with a sources.toml.")]
RulebookFile = Annotated[Path, typer.Option("--rulebook", metavar="R", help="The rulebook, a TOML file.")]
Releases = Annotated[Path, typer.Option("--out", metavar="RELEASES", help="Folder the release is written into.")]
Release = Annotated[
    Path, typer.Argument(metavar="RELEASE", help="A release's folder; a folder of releases means its latest published.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program.")]


def language() -> Language:
    """The language of messages: JIPYO_LANGUAGE, otherwise that of the terminal."""
    said = os.environ.get("JIPYO_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "ko" if said.lower().startswith("ko") else "en"


def one_line(text: str) -> str:
    """A text for the terminal, what is unseen in it spelt out: no received cell can steer the screen."""
    return _UNSEEN.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def tell(text: str) -> None:
    """One line of message, on stderr."""
    messages.print(one_line(text))


def command(name: str, example: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a command: its help ends with an example, its faults with their exit code and never with a traceback."""

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                function(*args, **kwargs)
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
                raise typer.Exit(UsageError.exit_code) from None

        app.command(name, epilog=f"Example: jipyo {name} {example}")(run)
        return function

    return register


@command("demo", "var/demo")
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an earlier demonstration.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2021,
) -> None:
    """Write the records of a synthetic city (합성 예시)."""
    write_demo(folder, seed)
    print(folder)


@command("check", "var/demo --rulebook data/rulebooks/demo-2021.toml")
def check_command(
    folder: RecordsFolder,
    rulebook: Annotated[Path | None, typer.Option(metavar="R", help="A rulebook to check too.")] = None,
    as_json_: AsJson = False,
) -> None:
    """Read and check records without evaluating them: what was understood, every rejected row, every unknown name."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, working("Reading and checking"):
        staged = check(folder, rulebook, Path(work))
        rejects = _rejects(staged.rejects)
    if as_json_:
        print(
            json.dumps({"files": [_loaded_json(one) for one in staged.loaded], "rejects": rejects}, ensure_ascii=False)
        )
    _tell_loaded(staged.loaded, staged.unknown_names)
    _tell_rejects(rejects)
    if rejects:
        raise typer.Exit(BAD_ROWS)


@command("evaluate", "var/demo --rulebook data/rulebooks/demo-2021.toml --out var/releases")
def evaluate_command(folder: RecordsFolder, rulebook: RulebookFile, out: Releases, as_json_: AsJson = False) -> None:
    """Evaluate records under a rulebook and write a sealed release; prints the release's name."""
    with working("Evaluating"):
        outcome = evaluate(folder, rulebook, out)
    _tell_outcome(outcome, as_json_)
    rejects = _rejects(outcome.release / REJECTS)
    _tell_rejects(rejects)
    if rejects:
        raise typer.Exit(BAD_ROWS)


@command("score", "metrics.csv --rulebook index.toml --out releases")
def score(
    metrics: Annotated[Path, typer.Argument(metavar="METRICS.csv", help="CSV: unit_id, metric, value [, state].")],
    rulebook: RulebookFile,
    out: Releases,
    units: Annotated[Path | None, typer.Option(metavar="U", help="CSV: unit_id, name, peer_group.")] = None,
    as_json_: AsJson = False,
) -> None:
    """Score a table of metrics that you already have, and write a sealed release; prints the release's name."""
    with working("Scoring"):
        outcome = score_table(metrics, rulebook, out, units)
    _tell_outcome(outcome, as_json_)


@command("explain", "var/releases 스마트도시과")
def explain_command(
    release: Release,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="A department's code or name.")],
    as_json_: AsJson = False,
) -> None:
    """Take a department's score apart, down to the records that count and those that do not."""
    explained = explain(open_release(find_release(release)), unit)
    if as_json_:
        print(json.dumps(as_json(explained), ensure_ascii=False, indent=1))
    else:
        print("\n".join(one_line(line) for line in as_text(explained, language()).split("\n")))


@command("verify", "var/releases")
def verify_command(release: Release, as_json_: AsJson = False) -> None:
    """Check every digest of a release and compute every number again from its sealed records."""
    found = find_release(release)
    with working("Verifying"):
        verified = verify(found)
    facts = {"release": str(found), "id": verified.release_id, "seal": verified.seal, "files": verified.files}
    korean = language() == "ko"
    said = (
        f"맞습니다: 파일 {verified.files}개의 다이제스트가 같고,"
        f" 다시 계산한 표 {verified.tables}개가 바이트까지 같습니다."
        if korean
        else f"verified: {verified.files} files have their digests, {verified.tables} tables recomputed byte for byte."
    )
    print(
        json.dumps(facts, ensure_ascii=False)
        if as_json_
        else f"{said}\nid   {verified.release_id}\nseal {verified.seal}"
    )


@command("publish", "var/releases/2021-0a1b2c3d4e5f")
def publish_command(release: Release) -> None:
    """Verify a release and make it the published one of its year."""
    found = find_release(release).resolve()
    with working("Verifying"):
        verify(found)
    print(publish(found).release)


@command("serve", "--releases var/releases --port 8501")
def serve(
    releases: Annotated[Path, typer.Option(metavar="RELEASES", help="Folder of releases.")] = Path("var/releases"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Serve the dashboard on loopback."""
    door = Path(__file__).parent / "streamlit_app.py"
    arguments = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    environment = {**os.environ, "JIPYO_RELEASES": str(releases.resolve())}
    run = [sys.executable, "-m", "streamlit", "run", str(door), *arguments]
    raise typer.Exit(subprocess.run(run, env=environment, cwd=door.parent, check=False).returncode)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """지표 Jipyo: evaluates the departments of a public body on data-driven administration."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show Hangul gets its escapes, not a traceback.
        sys.stdout.reconfigure(errors="backslashreplace")
    if show:
        print(f"jipyo {VERSION}")
        raise typer.Exit


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign of life during long work, on a terminal only."""
    if not messages.is_terminal:
        yield
        return
    with messages.status(f"{what} …"):
        yield


def _tell_outcome(outcome: Outcome, as_json_: bool) -> None:
    if as_json_:
        facts: dict[str, Any] = {
            "release": str(outcome.release),
            "id": outcome.release_id,
            "files": [_loaded_json(one) for one in outcome.loaded],
            "unknown_names": [list(unknown) for unknown in outcome.unknown_names],
        }
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(outcome.release.name)
    _tell_loaded(outcome.loaded, outcome.unknown_names)


def _tell_loaded(loaded: tuple[Loaded, ...], unknown_names: tuple[tuple[str, str, int], ...]) -> None:
    """Where every received row went, and the names that wait for a decision, on stderr."""
    korean = language() == "ko"
    if loaded:
        heads = (
            ("파일", "종류", "받음", "적재", "반려", "제외")
            if korean
            else ("file", "kind", "received", "staged", "rejected", "set aside")
        )
        table = Table(*heads, box=None, pad_edge=False)
        for one in loaded:
            counts = (one.received, one.staged, one.rejected, one.set_aside)
            table.add_row(one_line(one.file), one.kind, *(f"{count:,}" for count in counts))
        messages.print(table)
    if unknown_names:
        messages.print(
            "어느 부서인지 정해지지 않은 이름(별칭을 정하기 전에는 세지 않습니다):"
            if korean
            else "names that nobody has matched to a department (they count nowhere until somebody does):"
        )
        for file, name, rows in unknown_names:
            tell(f"  {file}: {name} ({rows:,})")


def _rejects(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _tell_rejects(rejects: list[dict[str, str]]) -> None:
    """Every rejected row with its reason, the first ones in full."""
    korean = language() == "ko"
    for reject in rejects[:_SHOWN_REJECTS]:
        what = REASONS[reject["reason"]][language()].format(column=reject["column"], text=reject["text"] or "…")
        row = f"{reject['row']}행({reject['kind']})" if korean else f"row {reject['row']} ({reject['kind']})"
        kept = (
            "이 행은 rejects.csv에 남고 세지 않습니다."
            if korean
            else "The row is kept in rejects.csv and counts nowhere."
        )
        tell(f"{reject['file']}, {row}: {what} {kept}")
    rest = len(rejects) - _SHOWN_REJECTS
    if rest > 0:
        messages.print(
            f"… 외 {rest:,}건은 rejects.csv에 있습니다." if korean else f"… and {rest:,} more in rejects.csv."
        )


def _loaded_json(one: Loaded) -> dict[str, Any]:
    return {field: getattr(one, field) for field in Loaded.__slots__}


if __name__ == "__main__":
    app()

"""The terminal's door: `jipyo`, or `python -m jipyo`. Results go to stdout, messages to stderr."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Final, ParamSpec

import typer

from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.errors import BAD_ROWS, Fault, JipyoError, Language, UnreadableInput, UsageError
from etl.evaluate import check, evaluate
from etl.exports.formats import Format
from etl.given import score_table
from etl.insight.reading import open_release
from etl.release.folder import find_release, publish
from etl.release.seal import REJECTS
from etl.verify import verify
from etl.version import VERSION
from terminal.screen import language, one_line, tell, working
from terminal.telling import print_checked, tell_loaded, tell_outcome, tell_rejects

# What one command alone needs is imported by it: an evaluation does not wait for what writes spreadsheets.

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
_KEY_MADE: Final[dict[Language, str]] = {
    "ko": "열쇠를 만들었습니다(지문 {fingerprint}). 사본을 자료와 떨어진 안전한 곳에 두세요."
    " 열쇠를 잃으면 다음 해의 사람을 올해의 사람과 이을 수 없습니다.",
    "en": "made a key (fingerprint {fingerprint}). Keep a copy in a safe place apart from the data:"
    " without it the people of next year cannot be joined with those of this year.",
}
_LOADED: Final[dict[bool, dict[Language, str]]] = {
    True: {
        "ko": "{file}을(를) 새 판으로 바꾸었습니다. 예전 판은 earlier 폴더에 있습니다.",
        "en": "{file} is the newer version now; the older one is in the folder earlier.",
    },
    False: {
        "ko": "아직 아무것도 바꾸지 않았습니다. 바꾸려면 --yes를 붙이세요.",
        "en": "nothing has been changed yet. Add --yes to put it in place.",
    },
}

P = ParamSpec("P")

RecordsFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of received files, with a sources.toml.")]
RulebookFile = Annotated[Path, typer.Option("--rulebook", metavar="R", help="The rulebook, a TOML file.")]
Releases = Annotated[Path, typer.Option("--out", metavar="RELEASES", help="Folder the release is written into.")]
Release = Annotated[
    Path, typer.Argument(metavar="RELEASE", help="A release's folder; a folder of releases means its latest published.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program.")]


def command(name: str, example: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a command: its help ends with an example, its faults with their exit code and never with a traceback."""

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
    from etl.demo import write_demo

    write_demo(folder, seed)
    print(folder)


@command("check", "var/demo --rulebook data/rulebooks/demo-2021.toml")
def check_command(
    folder: RecordsFolder,
    rulebook: Annotated[Path | None, typer.Option(metavar="R", help="A rulebook to check too.")] = None,
    as_json_: AsJson = False,
) -> None:
    """Read and check records without evaluating them: what was understood, every rejected row, every unknown name."""
    from etl.engine import Engine
    from etl.evaluate import read_rulebook
    from etl.recognition import unlisted_reasons
    from terminal.arriving import tell_unmentioned
    from terminal.recognising import tell_unlisted

    with tempfile.TemporaryDirectory(prefix="jipyo-") as work:
        with working("Reading and checking"):
            staged = check(folder, rulebook, Path(work))
        if as_json_:
            print_checked(staged)
        tell_loaded(staged.loaded, staged.unknown_names)
        rejects = tell_rejects(staged.rejects)
        if rulebook is not None:
            _, rules = read_rulebook(rulebook, None)
            with Engine() as engine:
                tell_unlisted(unlisted_reasons(rules, staged.records, engine))
    tell_unmentioned(folder)
    if rejects:
        raise typer.Exit(BAD_ROWS)


@command("propose", "records --write")
def propose_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of received files.")],
    file: Annotated[list[str] | None, typer.Option(metavar="F", help="Only this file; may be repeated.")] = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="K", help="The kind of record it feeds.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Append the entries to sources.toml.")] = False,
    as_json_: AsJson = False,
) -> None:
    """Propose entries of sources.toml for received files that no source mentions, with what each rests on."""
    from etl.intake.proposals import add_to_sources, as_json, propose_all
    from terminal.arriving import tell_proposal

    with working("Looking at the files"):
        proposals, faults = propose_all(folder, file or (), kind or ())
    for proposal in proposals:
        tell_proposal(proposal)
    if as_json_:
        told = [as_json(proposal) for proposal in proposals]
        print(json.dumps({"proposals": told}, ensure_ascii=False))
    elif not write:
        print("\n".join(proposal.toml for proposal in proposals), end="")
    if write and proposals:
        written = add_to_sources(folder, proposals)
        print(written, file=sys.stderr if as_json_ else sys.stdout)
    if faults:
        raise UnreadableInput(faults)


@command("template", "departments --out departments.xlsx --lang ko")
def template_command(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="The kind of record.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to; KIND.xlsx unless said.")] = None,
    lang: Annotated[Language | None, typer.Option(help="Of headings and notes; that of messages unless said.")] = None,
    show: Annotated[bool, typer.Option("--list", help="Show the kinds there are.")] = False,
    every: Annotated[Path | None, typer.Option("--all", metavar="DIR", help="Write all into this folder.")] = None,
) -> None:
    """Write an empty spreadsheet to fill in, which loads back without a mapping; prints its name."""
    from etl.intake.templates import write_template

    tongue = lang or language()
    if show:
        print("\n".join(f"{one}\t{heading(one, 'heading', tongue)}" for one in RECORDS))
        return
    if every is not None:
        every.mkdir(parents=True, exist_ok=True)
    elif kind is None:
        raise UsageError(Fault("template_needs_a_kind", ""))
    wanted = RECORDS if every is not None else [str(kind)]
    for one in wanted:
        target = every / f"{one}.xlsx" if every is not None else out or Path(f"{one}.xlsx")
        write_template(one, target, tongue)
        print(target)


@command("alias", "records '경제환경국 일자리경제과' 002 --why '상위 조직을 붙여 적음'")
def alias(
    folder: RecordsFolder,
    name: Annotated[str | None, typer.Argument(metavar="[NAME", help="A name as received.")] = None,
    unit: Annotated[str | None, typer.Argument(metavar="UNIT]", help="Code of the department it means.")] = None,
    *,
    why: Annotated[str, typer.Option(help="Why it means that department.")] = "",
    by: Annotated[str, typer.Option(help="Who decides, by role.")] = "evaluator",
    file: Annotated[Path | None, typer.Option(metavar="D", help="Decisions, a CSV like aliases.csv.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Decide again; the earlier decision is kept apart.")
    ] = False,
    ended: Annotated[bool, typer.Option("--ended", help="The department may have ended.")] = False,
    roster: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Write a list of departments to start from.")
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """List names nobody has matched to a department, with suggestions; with NAME and UNIT, store a decision."""
    from etl.intake.decisions import Decision, decide_all, read_decisions
    from terminal.arriving import tell_undecided

    if (name is None) != (unit is None) or (name is not None and (file or roster)) or (file and roster):
        raise UsageError(Fault("alias_arguments", "alias"))
    today = _today()
    if name is None and file is None:
        tell_undecided(folder, roster, as_json_)
        return
    decisions = read_decisions(file, by, today) if file else [Decision(str(name), str(unit), why, by, today)]
    with working("Deciding"):
        decide_all(folder, decisions, replacing=replace, ended_too=ended)
    decided = [decision.line for decision in decisions]
    if as_json_:
        print(json.dumps({"decided": decided}, ensure_ascii=False))
    else:
        print("\n".join(one_line(f"{line['alias']} -> {line['unit_id']}") for line in decided))


@command("recognise", "var/demo --rulebook data/rulebooks/demo-2021.toml")
def recognise_command(
    folder: RecordsFolder,
    rulebook: RulebookFile,
    decide: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--decide", metavar="KIND ID DECISION", help="Store a decision on one record."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; one of the rulebook's reasons where it lists them.")] = "",
    by: Annotated[str, typer.Option(help="Who decides, by role.")] = "evaluator",
    as_json_: AsJson = False,
) -> None:
    """List what the rulebook's checks would refuse among records that wait; with --decide, store a decision."""
    from etl.evaluate import read_rulebook
    from etl.intake.recognitions import Judgement, judge
    from etl.measures import known_metrics
    from etl.recognition import proposed_refusals
    from terminal.recognising import proposal_json, proposal_lines

    _, rules = read_rulebook(rulebook, known_metrics())
    if decide is not None:
        kind, record, decision = decide
        with working("Deciding"):
            line = judge(folder, rules, Judgement(kind, record, decision, reason, by, _today()))
        print(json.dumps({"decided": line}, ensure_ascii=False) if as_json_ else one_line(",".join(line.values())))
        return
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, working("Reading and checking"):
        proposals = proposed_refusals(rules, check(folder, None, Path(work)).records)
    if as_json_:
        told = [proposal_json(one, rules) for one in proposals]
        print(json.dumps({"proposals": told}, ensure_ascii=False))
    else:
        print("\n".join(one_line(line) for line in proposal_lines(proposals, rules, language())))


def _today() -> date:
    return datetime.now().astimezone().date()


@command("evaluate", "var/demo --rulebook data/rulebooks/demo-2021.toml --out var/releases")
def evaluate_command(folder: RecordsFolder, rulebook: RulebookFile, out: Releases, as_json_: AsJson = False) -> None:
    """Evaluate records under a rulebook and write a sealed release; prints the release's name."""
    from terminal.recognising import tell_unlisted

    with working("Evaluating"):
        outcome = evaluate(folder, rulebook, out)
    tell_outcome(outcome, as_json_)
    tell_unlisted(outcome.unlisted)
    if tell_rejects(outcome.release / REJECTS):
        raise typer.Exit(BAD_ROWS)


@command("key", "--path")
def key_command(
    only_path: Annotated[bool, typer.Option("--path", help="Print where the key is, and make none.")] = False,
) -> None:
    """Make the key of the pseudonyms, once; prints where it is."""
    from etl.intake.key import create_key, key_path

    place = key_path()
    if not only_path:
        tell(_KEY_MADE[language()].format(fingerprint=create_key(place).fingerprint))
    print(place)


@command("load", "2021-11-교육수료.csv --into records --as 교육수료.csv")
def load_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new version of a received file.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder of received files.")],
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="The file it is a version of, if named otherwise.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Put it in place; without this, only show what would change.")
    ] = False,
    as_json_: AsJson = False,
) -> None:
    """Show what a newer version of a file changes, and with --yes put it in the place of the older one."""
    from etl.intake.arrivals import compare, receive
    from etl.intake.telling import difference_lines
    from terminal.arriving import difference_json

    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, working("Comparing"):
        carry_out = receive if yes else compare
        difference = carry_out(into, name or file.name, file, Path(work))
    if as_json_:
        print(json.dumps(difference_json(difference, yes), ensure_ascii=False))
    else:
        print("\n".join(one_line(line) for line in difference_lines(difference, language())))
    if not difference.is_loaded:
        tell(_LOADED[yes][language()].format(file=difference.file))
    if difference.rows_after("rejected") or difference.rows_after("held"):
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
    tell_outcome(outcome, as_json_)


@command("explain", "var/releases 스마트도시과")
def explain_command(
    release: Release,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="A department's code or name.")],
    as_json_: AsJson = False,
) -> None:
    """Take a department's score apart, down to the records that count and those that do not."""
    from etl.insight.explain import as_json, as_text, explain

    explained = explain(open_release(find_release(release)), unit)
    if as_json_:
        print(json.dumps(as_json(explained), ensure_ascii=False, indent=1))
    else:
        print("\n".join(one_line(line) for line in as_text(explained, language()).split("\n")))


@command("submission", "var/national --out var/submission")
def submission_command(
    release: Release,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the evidence sheets into this folder.")
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Show what the body as a whole would submit: points, what the next band takes, departments' parts, sheets."""
    from etl.insight.submission import submission
    from terminal.submitting import ABOUT_NAMES, submission_json, submission_lines, write_sheets

    with working("Reading"):
        told = submission(open_release(find_release(release)))
        written = write_sheets(told, out) if out is not None else []
    if as_json_:
        print(json.dumps(submission_json(told), ensure_ascii=False, indent=1))
    else:
        print("\n".join(one_line(line) for line in submission_lines(told, language())))
    for sheet in written:
        tell(str(sheet))
    if written:
        tell(ABOUT_NAMES[language()])


@command("export", "var/releases --format xlsx --out 2021-results.xlsx --reason '평가위원회 심의'")
def export_command(
    release: Release,
    kind: Annotated[Format, typer.Option("--format", help="What to write; csv and parquet come as one ZIP.")],
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="The file to write.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; needed where records about people are in it.")] = "",
    lang: Annotated[Language | None, typer.Option(help="Of headings and notes; that of messages unless said.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="PART", help="Only this sheet or table; may be repeated.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a file of this name.")] = False,
    as_json_: AsJson = False,
) -> None:
    """Write a release as a file that leaves the system: tables, or a sealed package; prints its name."""
    from etl.exports.carried import Taken
    from etl.exports.export import export
    from etl.intake.loads import who
    from terminal.leaving import tell_exported

    taken = Taken(who(), datetime.now().astimezone(), reason)
    reading = open_release(find_release(release))
    with working("Writing"):
        done = export(reading, kind, out, taken, lang or language(), only or (), replace=replace)
    tell_exported(done, as_json_)


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


@command("serve", "--releases var/releases --records var/demo --port 8501")
def serve(
    releases: Annotated[Path, typer.Option(metavar="RELEASES", help="Folder of releases.")] = Path("var/releases"),
    records: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of received files, for the data page.")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Serve the dashboard on loopback."""
    door = Path(__file__).parent / "streamlit_app.py"
    arguments = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    environment = {**os.environ, "JIPYO_RELEASES": str(releases.resolve())}
    if records is not None:
        environment["JIPYO_RECORDS"] = str(records.resolve())
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


if __name__ == "__main__":
    app()

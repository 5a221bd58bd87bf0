"""The terminal's door: `jipyo`, or `python -m jipyo`. Results go to stdout, messages to stderr."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.errors import BAD_ROWS, Language
from etl.evaluate import check, evaluate
from etl.exports.formats import Format, Wanted
from etl.given import score_table
from etl.insight.reading import open_release
from etl.release.folder import find_release, publish
from etl.release.seal import REJECTS
from etl.verify import verify
from etl.version import VERSION
from terminal import accounts, keeping, receiving, serving, signing, verifying
from terminal.accounts import PasswordFile
from terminal.door import AsJson, RecordsFolder, Release, Releases, RulebookFile, app, command
from terminal.naming import NameColumn, PersonColumns, RegisterFile
from terminal.screen import language, one_line, tell, working
from terminal.telling import print_checked, tell_loaded, tell_notices, tell_outcome, tell_rejects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.exports.carried import Taken
    from etl.exports.export import Exported
    from etl.insight.reading import Reading

__all__ = ["accounts", "app", "keeping", "receiving", "serving", "signing", "verifying"]
"""The application; the commands of other modules are its as soon as they are loaded."""

# What one command alone needs is imported by it: an evaluation does not wait for what writes spreadsheets.


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
        with working("checking"):
            staged = check(folder, rulebook, Path(work))
        if as_json_:
            print_checked(staged)
        tell_loaded(staged.loaded, staged.unknown_names)
        tell_notices(staged.notices)
        rejects = tell_rejects(staged.rejects)
        if rulebook is not None:
            _, rules = read_rulebook(rulebook, None)
            with Engine() as engine:
                tell_unlisted(unlisted_reasons(rules, staged.records, engine))
    tell_unmentioned(folder)
    if rejects:
        raise typer.Exit(BAD_ROWS)


@command("evaluate", "var/demo --rulebook data/rulebooks/demo-2021.toml --out var/releases")
def evaluate_command(folder: RecordsFolder, rulebook: RulebookFile, out: Releases, as_json_: AsJson = False) -> None:
    """Evaluate records under a rulebook and write a sealed release; prints the release's name."""
    from terminal.recognising import tell_unlisted
    from terminal.steps import rulebook_is_allowed

    rulebook_is_allowed(rulebook)
    with working("evaluating"):
        outcome = evaluate(folder, rulebook, out)
    tell_outcome(outcome, as_json_)
    tell_unlisted(outcome.unlisted)
    if tell_rejects(outcome.release / REJECTS):
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
    with working("scoring"):
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


@command("robustness", "var/releases --draws 1000 --seed 2008")
def robustness_command(
    release: Release,
    draws: Annotated[int | None, typer.Option(help="How often weights are drawn; 1,000 unless said.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same ranges; 2008 unless said.")] = None,
    as_json_: AsJson = False,
) -> None:
    """Tell how sure every rank is: its range when weights change a little, and the indicators ranks hang on."""
    from etl.insight.robustness import DRAWS, SEED, robustness
    from terminal.weighing import robustness_json, robustness_lines

    reading = open_release(find_release(release))
    with working("drawing"):
        found = robustness(reading, DRAWS if draws is None else draws, SEED if seed is None else seed)
    if as_json_:
        print(json.dumps(robustness_json(reading, found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(one_line(line) for line in robustness_lines(reading, found, language())))


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

    with working("reading"):
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
    kind: Annotated[Format, typer.Option("--format", help="What to write; tables, sheets and charts come as one ZIP.")],
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="The file to write.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; needed where records about people are in it.")] = "",
    lang: Annotated[Language | None, typer.Option(help="Of headings and notes; that of messages unless said.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="PART", help="Only this sheet, table or document (report, scorecards, notices)."),
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option(metavar="UNIT", help="Only this department, by code or name; may be repeated.")
    ] = None,
    login: Annotated[
        str | None, typer.Option(metavar="LOGIN", help="Your account, where this machine has any; asks the password.")
    ] = None,
    password_file: PasswordFile = None,
    register: RegisterFile = None,
    person: PersonColumns = None,
    name: NameColumn = None,
    each: Annotated[bool, typer.Option("--each", help="A PDF a department, in one ZIP.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a file of this name.")] = False,
    as_json_: AsJson = False,
) -> None:
    """Write a release as a file that leaves the system: tables, documents, evidence, charts or a sealed package."""
    from etl.exports.formats import refuse_other_ending
    from terminal.leaving import leaving, tell_exported
    from terminal.naming import Register, names_for

    refuse_other_ending(kind, out, each=each)
    reading = open_release(find_release(release))
    with leaving(login, password_file) as somebody:
        wanted = somebody.limited(reading, kind, Wanted(lang or language(), only or (), unit or (), each))
        taken = somebody.begin(reading, kind, wanted, reason)
        people = names_for(somebody, kind, Register(register, person or [], name))
        with working("writing"):
            done = _write(reading, kind, out, taken, wanted, people, replace=replace)
        somebody.log(reading, kind, wanted, reason, done)
    tell_exported(done, as_json_)


def _write(
    reading: Reading,
    kind: Format,
    out: Path,
    taken: Taken,
    wanted: Wanted,
    people: Mapping[str, str] | None,
    *,
    replace: bool,
) -> Exported:
    """Have the file written by whoever knows its kind."""
    if kind == "charts":
        from dashboard.charts.files import export_charts

        return export_charts(reading, out, taken, wanted, replace=replace)
    if people is not None:
        from etl.exports.evidence import Beside, export_evidence

        return export_evidence(reading, out, taken, wanted, Beside(people), replace=replace)
    from etl.exports.export import export

    return export(reading, kind, out, taken, wanted, replace=replace)


@command("publish", "var/releases/2021-0a1b2c3d4e5f")
def publish_command(release: Release) -> None:
    """Verify a release and make it the published one of its year."""
    from terminal.steps import publishing_is_allowed

    found = find_release(release).resolve()
    publishing_is_allowed(found)
    with working("verifying"):
        verify(found)
    print(publish(found).release)


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

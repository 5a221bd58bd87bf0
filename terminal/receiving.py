"""The commands about files and names that arrive: how to read them, whom they mean, what was decided on them.

What one command alone needs is imported by it: an evaluation does not wait for what writes spreadsheets.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.errors import BAD_ROWS, Fault, Language, UnreadableInput, UsageError
from etl.evaluate import check
from etl.particles import filled
from etl.shown import SEOUL
from terminal.door import AsJson, RecordsFolder, RulebookFile, command
from terminal.screen import language, one_line, tell, working

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

    with working("looking"):
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
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A name as received.")] = None,
    unit: Annotated[str | None, typer.Argument(metavar="UNIT", help="Code of the department it means.")] = None,
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
    with working("deciding"):
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
        with working("deciding"):
            line = judge(folder, rules, Judgement(kind, record, decision, reason, by, _today()))
        print(json.dumps({"decided": line}, ensure_ascii=False) if as_json_ else one_line(",".join(line.values())))
        return
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, working("checking"):
        proposals = proposed_refusals(rules, check(folder, None, Path(work)).records)
    if as_json_:
        told = [proposal_json(one, rules) for one in proposals]
        print(json.dumps({"proposals": told}, ensure_ascii=False))
    else:
        print("\n".join(one_line(line) for line in proposal_lines(proposals, rules, language())))


def _today() -> date:
    return datetime.now(SEOUL).date()


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
    from etl.intake.returned import is_returned
    from etl.intake.telling import difference_lines
    from terminal.arriving import difference_json
    from terminal.steps import loading_is_allowed

    if file.is_file() and is_returned(file):
        raise UsageError(Fault("load_of_mended_rows", file.name))
    if yes:
        loading_is_allowed(into, name or file.name)
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, working("comparing"):
        carry_out = receive if yes else compare
        difference = carry_out(into, name or file.name, file, Path(work))
    if as_json_:
        print(json.dumps(difference_json(difference, yes), ensure_ascii=False))
    else:
        print("\n".join(one_line(line) for line in difference_lines(difference, language())))
    if not difference.is_loaded:
        tell(filled(_LOADED[yes][language()], file=difference.file))
    if difference.rows_after("rejected") or difference.rows_after("held"):
        raise typer.Exit(BAD_ROWS)

"""What a command found, told: results on stdout, for a person or as JSON for a program, and messages on stderr."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from etl.errors import Fault
from etl.evaluate import Outcome, check
from etl.intake.arrivals import Difference
from etl.intake.proposals import Proposal, sources_of, unmentioned
from etl.intake.roster import proposed_roster
from etl.intake.stage import Loaded, Staged
from etl.intake.suggestions import undecided
from etl.messages_rows import REASONS
from terminal.screen import language, messages, one_line, tell, working

_SHOWN_REJECTS: Final = 20
_SHOWN_CELL: Final = 30


def tell_proposal(proposal: Proposal) -> None:
    """What was understood of a file, what is left to decide, and its first rows as they would be read; on stderr."""
    korean = language() == "ko"
    tell(f"{proposal.file}:")
    for finding in proposal.findings:
        tell(f"  {finding.text(language())}")
    for question in proposal.questions:
        tell(f"  ? {question.text(language())}")
    for shown in proposal.previews:
        if shown.rows:
            tell(f"  {shown.kind}, 읽은 모습:" if korean else f"  {shown.kind}, as it would be read:")
            table = Table(*shown.columns, box=None, pad_edge=False)
            for row in shown.rows:
                table.add_row(*(one_line(cell[:_SHOWN_CELL]) for cell in row))
            messages.print(table)


def tell_unmentioned(folder: Path) -> None:
    """The tables of a folder that nothing reads, on stderr."""
    files = unmentioned(folder, sources_of(folder))
    if files:
        facts = {"files": ", ".join(files), "folder": folder}
        tell(Fault("files_not_mentioned", "", facts).text(language()))


def tell_outcome(outcome: Outcome, as_json_: bool) -> None:
    """The release that an evaluation wrote, on stdout, and where every received row went."""
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
    tell_loaded(outcome.loaded, outcome.unknown_names)


def tell_loaded(loaded: tuple[Loaded, ...], unknown_names: tuple[tuple[str, str, int], ...]) -> None:
    """Where every received row went, and the names that wait for a decision, on stderr."""
    korean = language() == "ko"
    if loaded:
        heads = (
            ("파일", "종류", "받음", "적재", "반려", "보류", "제외")
            if korean
            else ("file", "kind", "received", "staged", "rejected", "held", "set aside")
        )
        table = Table(*heads, box=None, pad_edge=False)
        for one in loaded:
            counts = (one.received, one.staged, one.rejected, one.held, one.set_aside)
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


def tell_undecided(folder: Path, roster: Path | None, as_json_: bool) -> None:
    """The names that wait for a decision, numbered, each with its suggestions; results, on stdout."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, working("Reading and comparing"):
        waiting = undecided(check(folder, None, Path(work)))
    if roster is not None:
        with roster.open("x", encoding="utf-8", newline="") as stream:
            stream.write(proposed_roster((one.name, one.rows) for one in waiting))
    if as_json_:
        print(json.dumps({"undecided": [one.facts(language()) for one in waiting]}, ensure_ascii=False))
        return
    korean = language() == "ko"
    if not waiting:
        print("정하지 않은 부서 이름이 없습니다." if korean else "No name of a department waits for a decision.")
    for number, one in enumerate(waiting, start=1):
        rows = f"{one.rows:,}행" if korean else f"{one.rows:,} rows"
        print(one_line(f"{number}. {one.name} ({rows}; {', '.join(one.files)})"))
        for found in one.suggestions:
            print(one_line(f"   {found.score:3} {found.unit_id} {found.name}: {found.why(language())}"))


def _rejects(path: Path) -> Iterator[dict[str, str]]:
    """One after the other: there may be millions."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def print_checked(staged: Staged) -> None:
    """What a check found, as one JSON document."""
    files = json.dumps([_loaded_json(one) for one in staged.loaded], ensure_ascii=False)
    print(f'{{"files": {files}, "rejects": [', end="")
    for number, reject in enumerate(_rejects(staged.rejects)):
        print(", " * (number > 0) + json.dumps(reject, ensure_ascii=False), end="")
    print("]}")


def tell_rejects(path: Path) -> int:
    """The first reasons why rows count nowhere in full, and how many there are."""
    korean, rejects = language() == "ko", _rejects(path)
    count = 0
    for reject in islice(rejects, _SHOWN_REJECTS):
        count += 1
        what = REASONS[reject["reason"]][language()].format(column=reject["column"], text=reject["text"] or "…")
        row = f"{reject['row']}행({reject['kind']})" if korean else f"row {reject['row']} ({reject['kind']})"
        kept = (
            "이 행은 rejects.csv에 남고 세지 않습니다."
            if korean
            else "The row is kept in rejects.csv and counts nowhere."
        )
        tell(f"{reject['file']}, {row}: {what} {kept}")
    rest = sum(1 for _ in rejects)
    if rest:
        messages.print(
            f"… 외 {rest:,}건은 rejects.csv에 있습니다." if korean else f"… and {rest:,} more in rejects.csv."
        )
    return count + rest


def difference_json(difference: Difference, is_done: bool) -> dict[str, Any]:
    """What a newer version of a file changes, for a program; `is_done` when it is in its place."""
    kinds = [asdict(kind) for kind in difference.kinds]
    return {
        "file": difference.file,
        "sha256": difference.newer.sha256,
        "sha256_before": difference.older.sha256 if difference.older else None,
        "already_loaded": difference.is_loaded,
        "loaded": is_done and not difference.is_loaded,
        "kinds": kinds,
        "before": [_loaded_json(one) for one in difference.before],
        "after": [_loaded_json(one) for one in difference.after],
    }


def _loaded_json(one: Loaded) -> dict[str, Any]:
    return {field: getattr(one, field) for field in Loaded.__slots__}

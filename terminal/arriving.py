"""What is told about files and names that arrive: proposals, names that wait for a decision, differences.

Apart from `telling`, because reading proposals loads modules that an evaluation does not need.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from etl.errors import Fault
from etl.evaluate import check
from etl.intake.arrivals import Difference
from etl.intake.proposals import Proposal, sources_of, unmentioned
from etl.intake.roster import proposed_roster
from etl.intake.suggestions import undecided
from terminal.screen import language, messages, one_line, tell, working
from terminal.telling import fault_json, loaded_json

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


def tell_undecided(folder: Path, roster: Path | None, as_json_: bool) -> None:
    """The names that wait for a decision, numbered, each with its suggestions; results, on stdout."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work, working("matching"):
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
        "before": [loaded_json(one) for one in difference.before],
        "after": [loaded_json(one) for one in difference.after],
        "mended": [{"file": one.file, "kind": one.kind, "rows": list(one.rows)} for one in difference.mended],
        "notices": [fault_json(notice) for notice in difference.notices],
    }

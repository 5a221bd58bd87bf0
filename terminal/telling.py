"""What a command found, told: results on stdout, for a person or as JSON for a program, and messages on stderr."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from etl.errors import Fault
from etl.evaluate import Outcome
from etl.intake.stage import Loaded, Staged
from etl.messages_rows import REASONS
from etl.particles import filled
from terminal.screen import language, messages, one_line, tell

_SHOWN_REJECTS: Final = 20


def tell_outcome(outcome: Outcome, as_json_: bool) -> None:
    """The release that an evaluation wrote, on stdout, and where every received row went."""
    if as_json_:
        facts: dict[str, Any] = {
            "release": str(outcome.release),
            "id": outcome.release_id,
            "files": [loaded_json(one) for one in outcome.loaded],
            "unknown_names": [list(unknown) for unknown in outcome.unknown_names],
            "notices": [fault_json(notice) for notice in outcome.notices],
        }
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(outcome.release.name)
    tell_loaded(outcome.loaded, outcome.unknown_names)
    tell_notices(outcome.notices)


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


def tell_notices(notices: Iterable[Fault]) -> None:
    """What somebody has to know of mended files, on stderr."""
    for notice in notices:
        tell(notice.text(language()))


def fault_json(fault: Fault) -> dict[str, Any]:
    """A fault for a program: its code and facts beside the sentences of both languages."""
    text = {"ko": fault.text("ko"), "en": fault.text("en")}
    return {"code": fault.code, "where": fault.where, "facts": dict(fault.facts), "text": text}


def _rejects(path: Path) -> Iterator[dict[str, str]]:
    """One after the other: there may be millions."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def print_checked(staged: Staged) -> None:
    """What a check found, as one JSON document."""
    files = json.dumps([loaded_json(one) for one in staged.loaded], ensure_ascii=False)
    print(f'{{"files": {files}, "rejects": [', end="")
    for number, reject in enumerate(_rejects(staged.rejects)):
        print(", " * (number > 0) + json.dumps(reject, ensure_ascii=False), end="")
    notices = json.dumps([fault_json(notice) for notice in staged.notices], ensure_ascii=False)
    print(f'], "notices": {notices}}}')


def tell_rejects(path: Path) -> int:
    """The first reasons why rows count nowhere in full, and how many there are."""
    korean, rejects = language() == "ko", _rejects(path)
    count = 0
    for reject in islice(rejects, _SHOWN_REJECTS):
        count += 1
        what = filled(REASONS[reject["reason"]][language()], column=reject["column"], text=reject["text"] or "…")
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


def loaded_json(one: Loaded) -> dict[str, Any]:
    """What became of one received file, for a program."""
    return {field: getattr(one, field) for field in Loaded.__slots__}

"""The commands of whoever keeps the installation: the audit log read, taken out and pruned; backups."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from etl.errors import Language
from terminal.database import database, whoever
from terminal.door import AsJson, command, family
from terminal.screen import language, one_line, tell, working

audit = family("audit", "The audit log: read it, take it out, seal its older part. `jipyo verify --audit` checks it.")

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "exported": "감사 기록 {entries}건, 머리 {head}",
        "pruned": "감사 기록 {entries}건({last}번까지)을 파일로 옮기고 데이터베이스에서 지웠습니다."
        " 파일을 자료와 떨어진 곳에 보관하세요.",
    },
    "en": {
        "exported": "{entries} entries of the audit log, head {head}",
        "pruned": "{entries} entries of the audit log (up to {last}) went into the file and out of the database."
        " Keep the file apart from the data.",
    },
}

Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Part of a name.")]
Did = Annotated[str, typer.Option("--did", metavar="WHAT", help="A word of the log, such as exported or refused.")]
Since = Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="The first day, in Seoul.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day, in Seoul.")]


@command("list", "--who 평가 --since 2026-03-01", within=audit)
def audit_list_command(
    who: Who = "",
    did: Did = "",
    since: Since = None,
    until: Until = None,
    last: Annotated[int, typer.Option(min=1, help="How many of the newest.")] = 50,
    as_json_: AsJson = False,
) -> None:
    """Show the newest entries of the audit log, the newest last; reading is logged itself."""
    from dashboard.workflow.audit import Did as Deed
    from dashboard.workflow.audit import Event, append
    from dashboard.workflow.log import Wanted, facts_of, newest
    from dashboard.workflow.windows import SEOUL

    wanted = Wanted(who=who, action=did, since=since.date() if since else None, until=until.date() if until else None)
    store = database()
    with store.write() as session:
        append(session, whoever(), Event(Deed.LOG_READ, "audit log", wanted.told))
    with store.read() as session:
        entries = newest(session, wanted, last)[::-1]
    if as_json_:
        print(json.dumps([facts_of(entry) for entry in entries], ensure_ascii=False))
        return
    for entry in entries:
        at = f"{entry.at.astimezone(SEOUL):%Y-%m-%d %H:%M:%S %Z}"
        said = (
            str(entry.number),
            at,
            entry.person,
            entry.address,
            entry.action,
            entry.outcome,
            entry.about,
            entry.detail,
        )
        print(one_line("  ".join(part for part in said if part)))


@command("export", "--out audit-2026.csv", within=audit)
def audit_export_command(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A new file: .jsonl, or .csv for a spreadsheet.")],
    who: Who = "",
    did: Did = "",
    since: Since = None,
    until: Until = None,
) -> None:
    """Write entries of the audit log into a file, which is logged itself; prints the file's name."""
    from dashboard.workflow.log import Wanted
    from dashboard.workflow.sealing import take_out

    wanted = Wanted(who=who, action=did, since=since.date() if since else None, until=until.date() if until else None)
    store = database()
    with working("Writing"):
        taken = take_out(store, whoever(), wanted, out)
    tell(_WORDS[language()]["exported"].format(entries=taken.entries, head=taken.last.text))
    tell(f"sha256 {taken.sha256}")
    print(one_line(str(out)))


@command("prune", "--out audit-until-2024.jsonl", within=audit)
def audit_prune_command(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="A new file for what is older than the retention.")
    ],
) -> None:
    """Move what is older than JIPYO_AUDIT_DAYS into a sealed file; the log still verifies. Prints the file's name."""
    from dashboard.workflow.sealing import prune
    from dashboard.workflow.settings import Settings

    store = database()
    with working("Sealing"):
        sealed = prune(store, whoever(), out, Settings.from_environment())
    tell(_WORDS[language()]["pruned"].format(entries=sealed.entries, last=sealed.last.number))
    tell(f"sha256 {sealed.sha256}")
    print(one_line(str(out)))

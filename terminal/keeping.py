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
        "backed_up": "백업했습니다: 파일 {files}개, 감사 기록의 머리 {head}. 이 머리를 백업과 떨어진 곳에 적어 두세요.",
        "without_key": "가명 열쇠는 들어 있지 않습니다. 열쇠는 자료와 떨어진 곳에 보관하세요(넣으려면 --with-key).",
        "with_key": "가명 열쇠가 들어 있습니다. 이 파일이 있으면 가명에서 사람을 찾을 수 있으니 엄하게 지키세요.",
        "restored": "복구했습니다: 파일 {files}개의 다이제스트, 공개본의 봉인, 감사 기록의 사슬({head}까지)이 맞습니다."
        " 모두 다시 로그인해야 합니다.",
        "pruned": "감사 기록 {entries}건({last}번까지)을 파일로 옮기고 데이터베이스에서 지웠습니다."
        " 파일을 자료와 떨어진 곳에 보관하세요.",
    },
    "en": {
        "exported": "{entries} entries of the audit log, head {head}",
        "backed_up": "backed up: {files} files, head of the audit log {head}. Note the head apart from the backup.",
        "without_key": "the key of the pseudonyms is not in it (--with-key puts it in). Keep it apart from the data.",
        "with_key": "the key of the pseudonyms is in it: whoever has this file can find the people. Guard it.",
        "restored": "restored: the digests of {files} files, the seals of the releases and the chain of the audit log"
        " (up to {head}) are right. Everybody has to sign in again.",
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
    from etl.shown import SEOUL

    wanted = Wanted(who=who, action=did, since=since.date() if since else None, until=until.date() if until else None)
    store = database()
    with store.write() as session:
        append(session, whoever(), Event(Deed.LOG_READ, "audit log", wanted.told))
    with store.read() as session:
        entries = newest(session, wanted, last)[::-1]
    if as_json_:
        print(json.dumps({"entries": [facts_of(entry) for entry in entries]}, ensure_ascii=False))
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
    with working("writing"):
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
    with working("sealing"):
        sealed = prune(store, whoever(), out, Settings.from_environment())
    tell(_WORDS[language()]["pruned"].format(entries=sealed.entries, last=sealed.last.number))
    tell(f"sha256 {sealed.sha256}")
    print(one_line(str(out)))


@command("backup", "--out backup-2026-03-02.zip --releases var/releases")
def backup_command(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.zip", help="A new file.")],
    releases: Annotated[
        Path, typer.Option(metavar="RELEASES", envvar="JIPYO_RELEASES", help="Folder of releases.")
    ] = Path("var/releases"),
    with_key: Annotated[bool, typer.Option("--with-key", help="Put the key of the pseudonyms in too.")] = False,
) -> None:
    """Write database, releases and evidence into one file while everybody goes on working; prints the file's name."""
    from dashboard.workflow.backup import Places, back_up
    from dashboard.workflow.settings import Settings
    from etl.intake.key import key_path
    from etl.intake.mapping import expect_folder

    expect_folder(releases)
    key = key_path() if with_key else None
    with working("backing_up"):
        done = back_up(database(), whoever(), Places(releases, Settings.from_environment().evidence, key), out)
    words = _WORDS[language()]
    tell(words["backed_up"].format(files=len(done.contents.files), head=done.contents.audit))
    tell(words["with_key" if with_key else "without_key"])
    tell(f"sha256 {done.sha256}")
    print(one_line(str(out)))


@command("restore", "backup-2026-03-02.zip --into var")
def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="What jipyo backup wrote.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Where state and releases will be.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put aside what is there.")] = False,
) -> None:
    """Restore a backup and prove it: digests, seals, the audit log's chain. Stop the dashboard first."""
    from dashboard.workflow.backup import restore
    from dashboard.workflow.settings import Settings

    with working("restoring"):
        done = restore(file, into, Settings.from_environment(), whoever(), replace=replace)
    tell(_WORDS[language()]["restored"].format(files=len(done.contents.files), head=done.contents.audit))
    print(one_line(str(into)))

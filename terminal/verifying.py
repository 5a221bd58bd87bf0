"""The command that checks: a release, its signatures, the audit log, and what each says of the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from etl.errors import Fault, Language, UsageError, VerificationError
from etl.release.folder import find_release
from etl.release.signoff import Signature, TrustedKey, read_trusted
from etl.verify import Verified, verify
from terminal.database import database, database_if_there
from terminal.door import AsJson, command
from terminal.screen import language, one_line, working

if TYPE_CHECKING:
    from dashboard.workflow.chain import Checked
    from dashboard.workflow.store import Store

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "verified": "맞습니다: 파일 {files}개의 다이제스트가 같고, 다시 계산한 표 {tables}개가 바이트까지 같습니다.",
        "signed": "서명  {role} {name}({login}), {at}, 열쇠 {key}… {trust}",
        "evaluator": "평가 담당",
        "approver": "결재자",
        "vouched": "등록된 열쇠",
        "unvouched": "열쇠가 누구 것인지는 확인하지 않음(--trust 파일로 확인)",
        "audit": "감사 기록  {entries}건이 이어집니다. 머리 {head}",
        "heads": "감사 기록이 밖에 적힌 머리 {count}개를 그대로 담고 있습니다.",
    },
    "en": {
        "verified": "verified: {files} files have their digests, {tables} tables recomputed byte for byte.",
        "signed": "signed by {name} ({login}) as {role}, {at}, key {key}… {trust}",
        "evaluator": "evaluator",
        "approver": "approver",
        "vouched": "which is registered",
        "unvouched": "whose owner was not checked (--trust FILE does)",
        "audit": "audit log: {entries} entries hold; head {head}",
        "heads": "the audit log holds {count} heads that were printed outside.",
    },
}


@command("verify", "var/releases")
def verify_command(
    release: Annotated[
        Path | None,
        typer.Argument(metavar="RELEASE", help="A release's folder; a folder of releases means its latest published."),
    ] = None,
    *,
    audit: Annotated[bool, typer.Option("--audit", help="Check the audit log of this installation too.")] = False,
    head: Annotated[
        list[str] | None, typer.Option(metavar="NUMBER:HASH", help="A head the log must hold; may be repeated.")
    ] = None,
    sealed: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A sealed older part of the log; may be repeated.")
    ] = None,
    trust: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Public keys to trust, as account keys prints them.")
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Check a release: digests, every number computed again, signatures; with --audit that the audit log holds."""
    if release is None and not audit:
        raise UsageError(Fault("verify_what", ""))
    found = find_release(release) if release is not None else None
    trusted: Mapping[str, TrustedKey] | None = read_trusted(trust) if trust is not None else None
    store = database_if_there()
    if trusted is None and store is not None:
        trusted = _registered(store)
    facts: dict[str, Any] = {}
    lines: list[str] = []
    verified: Verified | None = None
    if found is not None:
        with working("verifying"):
            verified = verify(found, trusted)
        facts |= _release_facts(found, verified, trusted)
        lines += _release_lines(verified, trusted)
    if audit:
        heads = [*(head or ()), *(one.statement.audit for one in (verified.signatures if verified else ()))]
        checked = _checked_log(heads, sealed or [])
        facts["audit"] = {"entries": checked.entries, "head": checked.head.text, "heads": len(set(heads))}
        lines += _audit_lines(checked, len(set(heads)))
    print(json.dumps(facts, ensure_ascii=False) if as_json_ else "\n".join(map(one_line, lines)))


def _registered(store: Store) -> Mapping[str, TrustedKey]:
    from dashboard.workflow.keys import trusted_keys

    with store.read() as session:
        return trusted_keys(session)


def _checked_log(heads: Sequence[str], sealed: Sequence[Path]) -> Checked:
    """The log of this installation, which must hold, and the tables, which must say what it tells.

    Raises:
        UsageError: there is no database.
        VerificationError: it does not hold, or they say otherwise.
    """
    from dashboard.workflow import chain
    from dashboard.workflow.agreement import disagreements
    from dashboard.workflow.audit import Head
    from dashboard.workflow.sealing import read_sealed

    with working("verifying_log"), database().read() as session:
        checked = chain.verify(session, [Head.parse(text) for text in heads], read_sealed(session, sealed))
        # A log that cannot be read has nothing to compare the tables with.
        faults = checked.faults or tuple(disagreements(session))
    if faults:
        raise VerificationError(faults)
    return checked


def _release_facts(found: Path, verified: Verified, trusted: Mapping[str, TrustedKey] | None) -> dict[str, Any]:
    signatures = [
        {
            **one.statement.model_dump(include={"role", "login", "name", "key", "at", "audit"}),
            "trusted": trusted is not None,
        }
        for one in verified.signatures
    ]
    return {
        "release": str(found),
        "id": verified.release_id,
        "seal": verified.seal,
        "files": verified.files,
        "signatures": signatures,
    }


def _release_lines(verified: Verified, trusted: Mapping[str, TrustedKey] | None) -> list[str]:
    words = _WORDS[language()]
    return [
        words["verified"].format(files=verified.files, tables=verified.tables),
        f"id   {verified.release_id}",
        f"seal {verified.seal}",
        *(_signed_line(one, trusted is not None) for one in verified.signatures),
    ]


def _signed_line(one: Signature, vouched: bool) -> str:
    words, said = _WORDS[language()], one.statement
    return words["signed"].format(
        role=words[said.role],
        name=said.name,
        login=said.login,
        at=said.at,
        key=said.key[:16],
        trust=words["vouched" if vouched else "unvouched"],
    )


def _audit_lines(checked: Checked, heads: int) -> list[str]:
    words = _WORDS[language()]
    lines = [words["audit"].format(entries=checked.entries, head=checked.head.text)]
    return [*lines, words["heads"].format(count=heads)] if heads else lines

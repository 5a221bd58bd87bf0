"""The commands of those who stand for releases: a pair of keys, its public half registered, a release signed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from etl.errors import Fault, Language, UsageError
from etl.release.signoff import SignRole
from terminal.accounts import account
from terminal.database import database, whoever
from terminal.door import Release, command
from terminal.screen import language, one_line, tell, working

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "passphrase": "열쇠의 암호문",
        "again": "한 번 더",
        "made": "열쇠 한 쌍을 만들었습니다. {private}는 본인만 지니고, 이 .pub 파일을 관리자에게 주세요(지문 {key}…).",
        "no_keys": "등록된 열쇠가 없습니다. jipyo account key로 등록하세요.",
        "registered": "'{login}'의 열쇠로 등록했습니다(지문 {key}…). 본인에게 지문이 같은지 물어보세요.",
        "signed": "{role} 역할로 서명했습니다. 감사 기록의 머리 {head}",
        "evaluator": "평가 담당",
        "approver": "결재자",
    },
    "en": {
        "passphrase": "Passphrase of the key",
        "again": "Once more",
        "made": "made a pair of keys. Keep {private} to yourself and give this .pub file to the administrator"
        " (fingerprint {key}…).",
        "no_keys": "no key is registered. Register one with jipyo account key.",
        "registered": "registered as the key of '{login}' (fingerprint {key}…). Ask them whether theirs is the same.",
        "signed": "signed as {role}. Head of the audit log {head}",
        "evaluator": "evaluator",
        "approver": "approver",
    },
}


@command("key-pair", "my-signature.pem")
def key_pair_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file for the private key.")],
) -> None:
    """Make a pair of keys to sign releases with, the private one under a passphrase; prints the public one's file."""
    from etl.release.key_pair import make_pair, public_file
    from etl.release.signoff import fingerprint

    words = _WORDS[language()]
    public_file(file)
    passphrase = typer.prompt(words["passphrase"], hide_input=True, err=True)
    if typer.prompt(words["again"], hide_input=True, err=True) != passphrase:
        raise UsageError(Fault("passphrase_not_repeated", ""))
    public = make_pair(file, passphrase)
    key = fingerprint(public.read_text(encoding="ascii").strip())
    tell(words["made"].format(private=file, key=key[:16]))
    print(one_line(str(public)))


@command("key", "approver-1 approver-1.pem.pub", within=account)
def account_key_command(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="Whose key it is.")],
    public: Annotated[str, typer.Argument(metavar="PUBLIC", help="The .pub file, or the public key itself.")],
) -> None:
    """Register the public key of an evaluator or approver; an earlier one signs no more."""
    from dashboard.workflow.keys import register_key

    said = Path(public).read_text(encoding="ascii", errors="replace") if Path(public).is_file() else public
    with database().write() as session:
        key = register_key(session, whoever(), login, said.strip())
    tell(_WORDS[language()]["registered"].format(login=login, key=key.fingerprint[:16]))
    print(key.fingerprint)


@command("keys", "> trusted-keys.txt", within=account)
def account_keys_command() -> None:
    """Print every registered public key with role and login, for verify --trust on another machine."""
    from dashboard.workflow.keys import trusted_keys

    with database().read() as session:
        keys = trusted_keys(session)
    for key in keys.values():
        print(one_line(key.line))
    if not keys:
        tell(_WORDS[language()]["no_keys"])


@command("sign", "var/releases/2021-0a1b2c3d4e5f --role approver --key approver-1.pem")
def sign_command(
    release: Release,
    role: Annotated[SignRole, typer.Option(help="In which you stand for it.")],
    key: Annotated[Path, typer.Option(metavar="FILE", help="Your private key, made by key-pair.")],
    login: Annotated[
        str | None, typer.Option("--as", metavar="LOGIN", help="Your login; that of the key unless said.")
    ] = None,
) -> None:
    """Verify a release and sign it as evaluator or approver; prints the file of signatures."""
    from dashboard.workflow.keys import ToSign, sign_release
    from etl.intake.loads import who
    from etl.release.folder import SIGNOFF, find_release, published
    from etl.release.key_pair import open_private, refuse_open_to_others
    from etl.verify import verify

    words, found = _WORDS[language()], find_release(release).resolve()
    store = database()
    refuse_open_to_others(key)
    private = open_private(key, typer.prompt(words["passphrase"], hide_input=True, err=True))
    with working("verifying"):
        verified = verify(found)
    pointers = {pointer.release: pointer.seal for pointer in published(found.parent)}
    to_sign = ToSign(found, verified, pointers.get(found.name) == verified.seal)
    signature = sign_release(store, private, role, to_sign, who(), login)
    tell(words["signed"].format(role=words[role], head=signature.statement.audit))
    print(one_line(str(found / SIGNOFF)))

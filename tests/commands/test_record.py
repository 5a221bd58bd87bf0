"""The record through the terminal: an export is logged, a release signed by two, the log checked against what left."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.access import Role
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.audit import Actor, Head, head
from dashboard.workflow.log import Wanted, newest
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store, store_of
from etl.release.folder import publish
from jipyo import app
from tests.commands.terminal import Done, jipyo, process
from tests.workflow.small import scored

PASSPHRASE = "correct horse battery"
TERMINAL = Actor(None, "terminal", "tester")


def asked(*arguments: str | Path, answer: str = PASSPHRASE, again: str = PASSPHRASE, language: str = "en") -> Done:
    """A command that asks for a passphrase, and for it once more where it makes a key.

    The runner that stands for a terminal ends each hidden answer with a line of its own.
    """
    environment = {"JIPYO_LANGUAGE": language, "TERM": "dumb", "COLUMNS": "200"}
    said = [str(argument) for argument in arguments]
    result = CliRunner().invoke(app, said, input=f"{answer}\n{again}\n", env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout.lstrip(), result.stderr)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The database that commands find."""
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("JIPYO_USER", "tester")
    return store_of(Settings(state=tmp_path / "state"))


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published release that may be signed."""
    release = scored(tmp_path / "evaluation")
    publish(release)
    return release


@pytest.fixture
def signed(store: Store, published: Path, tmp_path: Path) -> Path:
    """The release, signed by evaluator and approver through commands alone."""
    with store.write() as session:
        add_account(session, TERMINAL, NewAccount("ev", "평가 담당", Role.EVALUATOR))
        add_account(session, TERMINAL, NewAccount("ap", "결재자", Role.APPROVER))
    for login, role in (("ev", "evaluator"), ("ap", "approver")):
        private = tmp_path / f"{login}.pem"
        public = asked("key-pair", private)
        assert (public.code, public.out) == (0, f"{private}.pub\n")
        assert jipyo("account", "key", login, f"{private}.pub").code == 0
        done = asked("sign", published, "--role", role, "--key", private, "--as", login)
        assert (done.code, done.out) == (0, f"{published / 'signoff.json'}\n"), done.err
        assert PASSPHRASE not in done.out + done.err + public.err
    return published


def with_password(store: Store, folder: Path) -> Path:
    """The file with the password of an auditor, who is made with it."""
    file = folder / "password"
    file.write_text(PASSPHRASE)
    file.chmod(0o600)
    with store.write() as session:
        add_account(session, TERMINAL, NewAccount("au", "감사 담당", Role.AUDITOR, password=PASSPHRASE))
    return file


def test_a_release_is_signed_by_two_and_verified_with_the_log_that_tells_of_it(signed: Path, store: Store) -> None:
    done = jipyo("verify", signed, "--audit")
    assert done.code == 0, done.err
    assert "signed by 평가 담당 (ev) as evaluator" in done.out
    assert "which is registered" in done.out
    assert "holds 2 heads that were printed outside" in done.out
    facts = json.loads(jipyo("verify", signed, "--audit", "--json").out)
    assert [one["role"] for one in facts["signatures"]] == ["approver", "evaluator"]
    with store.read() as session:
        assert facts["audit"]["head"] == head(session).text


def test_the_folder_alone_verifies_on_a_machine_that_knows_nothing(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = tmp_path / "trusted.txt"
    trusted.write_text(jipyo("account", "keys").out)
    elsewhere = Path(shutil.copytree(signed, tmp_path / "elsewhere" / signed.name))
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "nothing"))
    done = jipyo("verify", elsewhere)
    assert done.code == 0
    assert "whose owner was not checked" in done.out
    assert "which is registered" in jipyo("verify", elsewhere, "--trust", trusted).out
    trusted.write_text("")
    assert jipyo("verify", elsewhere, "--trust", trusted).code == 13
    assert jipyo("verify", elsewhere, "--audit").code == 2
    assert not (tmp_path / "nothing").exists()


def test_a_signature_by_a_key_nobody_registered_fails(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "another"))
    store_of(Settings(state=tmp_path / "another"))
    done = jipyo("verify", signed)
    assert done.code == 13
    assert done.err.count("nobody vouches for the key") == 2


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "두 번 적은 암호문이 다릅니다."), ("en", "The two passphrases differ.")]
)
def test_a_passphrase_that_was_repeated_otherwise_makes_no_key(tmp_path: Path, language: str, said: str) -> None:
    done = asked("key-pair", tmp_path / "key.pem", again="another horse battery", language=language)
    assert (done.code, said in done.err) == (2, True)
    assert not list(tmp_path.iterdir())


def test_a_wrong_passphrase_signs_nothing(signed: Path, tmp_path: Path) -> None:
    (signed / "signoff.json").unlink()
    done = asked("sign", signed, "--role", "evaluator", "--key", tmp_path / "ev.pem", answer="wrong horse")
    assert done.code == 2
    assert "the passphrase is wrong" in done.err
    assert not (signed / "signoff.json").exists()


def test_whoever_may_not_sign_is_told_with_fourteen(signed: Path, tmp_path: Path) -> None:
    assert asked("sign", signed, "--role", "approver", "--key", tmp_path / "ev.pem").code == 14


def test_nothing_to_verify_is_a_question_of_usage() -> None:
    assert jipyo("verify").code == 2


def test_a_head_that_the_log_does_not_hold_fails(store: Store) -> None:
    with store.write() as session:
        add_account(session, TERMINAL, NewAccount("ev", "평가 담당", Role.EVALUATOR))
    with store.read() as session:
        right = head(session)
    assert jipyo("verify", "--audit", "--head", right.text).code == 0
    assert jipyo("verify", "--audit", "--head", Head(right.number, "0" * 64).text).code == 13
    assert jipyo("verify", "--audit", "--head", Head(right.number + 1, right.hash).text).code == 13
    assert jipyo("verify", "--audit", "--head", "nonsense").code == 2


def test_an_export_is_logged_with_its_reason_and_rows_and_carries_the_head(
    store: Store, published: Path, tmp_path: Path
) -> None:
    with store.read() as session:
        before = head(session)
    out = tmp_path / "tables.zip"
    done = jipyo("export", published, "--format", "csv", "--out", out, "--reason", "위원회 심의", "--json")
    facts = json.loads(done.out)
    with zipfile.ZipFile(out) as archive:
        page = archive.read("README.txt").decode("utf-8-sig")
    assert f"Head of the audit log: {before.text}" in page
    with store.read() as session:
        entry = newest(session, Wanted(), 1)[0]
    said = json.loads(entry.detail)
    assert (entry.action, entry.about, entry.person) == ("exported", published.name, "tester")
    assert (said["format"], said["reason"], said["published"]) == ("csv", "위원회 심의", True)
    assert said["rows"] == sum(part["rows"] for part in facts["parts"].values())
    assert said["digest"] == facts["sha256"]
    assert jipyo("verify", "--audit", "--head", before.text).code == 0


def test_a_package_has_the_signatures_and_the_head_and_its_own_verifier_accepts_it(
    signed: Path, store: Store, tmp_path: Path
) -> None:
    password = with_password(store, tmp_path)
    out = tmp_path / "package.zip"
    said = ("export", signed, "--format", "package", "--out", out, "--reason", "감사")
    assert jipyo(*said, "--login", "au", "--password-file", password).code == 0
    with store.read() as session:
        entered = newest(session, Wanted(action="signed_in"), 1)[0]
        before = Head(entered.number, entered.hash)
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "received")
    package = next((tmp_path / "received").iterdir())
    received = package / "release" / signed.name
    assert (package / "audit-head.txt").read_text() == f"{before.text}\n"
    assert (received / "signoff.json").read_bytes() == (signed / "signoff.json").read_bytes()
    assert "signoff.json에 2명의 서명" in (package / "README.txt").read_text(encoding="utf-8-sig")
    done = process("verify", received, JIPYO_STATE=str(tmp_path / "nothing"))
    assert (done.code, done.out.count("signed by")) == (0, 2)


def test_an_export_without_a_database_makes_none_and_carries_no_head(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "nothing"))
    out = tmp_path / "tables.zip"
    assert jipyo("export", published, "--format", "csv", "--out", out, "--reason", "심의").code == 0
    with zipfile.ZipFile(out) as archive:
        assert "Head of the audit log" not in archive.read("README.txt").decode("utf-8-sig")
    assert not (tmp_path / "nothing").exists()


def test_the_log_is_listed_taken_out_and_pruned_and_says_so_itself(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.write() as session:
        add_account(session, TERMINAL, NewAccount("ev", "평가 담당", Role.EVALUATOR))
    assert [one["action"] for one in json.loads(jipyo("audit", "list", "--json").out)["entries"]] == [
        "account_added",
        "log_read",
    ]
    listed = jipyo("audit", "list", "--did", "account_added")
    assert "KST" in listed.out
    assert "account_added" in listed.out
    assert jipyo("audit", "export", "--out", tmp_path / "log.csv").code == 0
    assert jipyo("audit", "prune", "--out", tmp_path / "old.jsonl").code == 2
    monkeypatch.setenv("JIPYO_AUDIT_DAYS", "1")
    assert jipyo("audit", "prune", "--out", tmp_path / "old.jsonl").code == 2
    assert jipyo("verify", "--audit").code == 0


def test_a_backup_is_restored_elsewhere_and_the_record_in_it_still_verifies(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.zip"
    done = jipyo("backup", "--out", file, "--releases", signed.parent)
    assert (done.code, done.out) == (0, f"{file}\n"), done.err
    assert "the key of the pseudonyms is not in it" in done.err
    done = jipyo("restore", file, "--into", tmp_path / "new")
    assert done.code == 0, done.err
    assert "Everybody has to sign in again" in done.err
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "new" / "state"))
    done = jipyo("verify", tmp_path / "new" / "releases", "--audit")
    assert (done.code, done.out.count("signed by")) == (0, 2)
    assert jipyo("restore", file, "--into", tmp_path / "new").code == 2


@pytest.mark.parametrize("line", [("audit", "list"), ("audit", "prune", "--out", "x"), ("account", "keys")])
def test_a_command_about_the_record_makes_no_database_where_there_is_none(
    line: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "nothing"))
    done = jipyo(*line)
    assert done.code == 2
    assert "There is no database" in done.err
    assert not (tmp_path / "nothing").exists()

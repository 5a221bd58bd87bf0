"""Signatures of a release: two people, two keys, this release and no other; anything else is refused and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from dashboard.access import Role, State
from dashboard.workflow import audit
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.audit import Actor, Did, Head
from dashboard.workflow.chain import verify as verify_log
from dashboard.workflow.keys import ToSign, register_key, sign_release, trusted_keys
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.steps import Evaluation
from etl.errors import JipyoError, NotPermitted, UsageError, VerificationError
from etl.release.folder import SIGNOFF, SUMS, sha256_of
from etl.release.key_pair import make_pair, open_private
from etl.release.signoff import (
    Signature,
    SignRole,
    Statement,
    add_signature,
    fingerprint,
    public_key_of,
    read_signatures,
    read_trusted,
    sign,
)
from etl.verify import verify
from tests.workflow.small import scored

TERMINAL = Actor(None, "terminal", "tester")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scored(tmp_path_factory.mktemp("one") / "work")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scored(tmp_path_factory.mktemp("other") / "work", "2")


@pytest.fixture
def release(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "releases" / original.name))


def statement(release: Path, key: Ed25519PrivateKey, role: SignRole, **changed: Any) -> Statement:
    said: dict[str, Any] = {
        "release": release.name,
        "release_id": sha256_of(release / "manifest.json"),
        "manifest": sha256_of(release / "manifest.json"),
        "seal": sha256_of(release / SUMS),
        "role": role,
        "login": f"{role}-1",
        "name": "담당",
        "key": fingerprint(public_key_of(key)),
        "at": "2026-03-02T03:00:00.000000+00:00",
        "audit": f"3:{'a' * 64}",
    }
    return Statement(**said | changed)


EVALUATOR, APPROVER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()


def signed_by_both(release: Path) -> None:
    add_signature(release, sign(EVALUATOR, statement(release, EVALUATOR, "evaluator")))
    add_signature(release, sign(APPROVER, statement(release, APPROVER, "approver")))


def refusal(release: Path) -> list[str]:
    with pytest.raises(VerificationError) as caught:
        verify(release)
    assert caught.value.exit_code == 13
    return [fault.code for fault in caught.value.faults]


# From the folder alone ------------------------------------------------------------------------------------------------


def test_a_release_that_two_people_signed_verifies_and_its_seal_is_what_it_was(release: Path) -> None:
    before = verify(release)
    signed_by_both(release)
    after = verify(release)
    assert (after.seal, after.release_id, after.files) == (before.seal, before.release_id, before.files)
    assert [one.statement.role for one in after.signatures] == ["approver", "evaluator"]


def forged(release: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads((release / SIGNOFF).read_bytes())
    change(content)
    (release / SIGNOFF).write_bytes(rfc8785.dumps(content))


def said(**changed: str) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["signatures"][0]["statement"].update(changed)


FORGED: dict[str, tuple[Callable[[dict[str, Any]], None], list[str]]] = {
    "another name": (said(name="다른 사람"), ["signoff_wrong"]),
    "another moment": (said(at="2026-03-03T03:00:00.000000+00:00"), ["signoff_wrong"]),
    "another head": (said(audit=f"4:{'b' * 64}"), ["signoff_wrong"]),
    "another login": (said(login="somebody"), ["signoff_wrong"]),
    "another seal": (said(seal="c" * 64), ["signoff_of_another_release"]),
    "another release": (said(release="2020-000000000000"), ["signoff_of_another_release"]),
    "the other's signature": (
        lambda content: content["signatures"][0].update(signature=content["signatures"][1]["signature"]),
        ["signoff_wrong"],
    ),
    "the other's key": (
        lambda content: content["signatures"][0].update(public_key=content["signatures"][1]["public_key"]),
        ["signoff_wrong"],
    ),
    "a signature that is none": (lambda content: content["signatures"][0].update(signature="x"), ["signoff_wrong"]),
    "the same one twice": (
        lambda content: content["signatures"].__setitem__(1, content["signatures"][0]),
        ["signoff_role_twice", "signoff_one_person", "signoff_one_key"],
    ),
    "a third": (lambda content: content["signatures"].append(content["signatures"][0]), ["signoff_unreadable"]),
    "nobody": (lambda content: content["signatures"].clear(), ["signoff_unreadable"]),
    "a word more": (lambda content: content.update(note="x"), ["signoff_unreadable"]),
    "another role": (said(role="auditor"), ["signoff_unreadable"]),
}


@pytest.mark.parametrize(("change", "codes"), FORGED.values(), ids=FORGED)
def test_a_changed_signature_fails(release: Path, change: Callable[[dict[str, Any]], None], codes: list[str]) -> None:
    signed_by_both(release)
    forged(release, change)
    assert refusal(release) == codes


def test_a_file_that_is_written_otherwise_fails(release: Path) -> None:
    signed_by_both(release)
    content = (release / SIGNOFF).read_bytes()
    for other in (content + b"\n", b"", b"[]", b"\xff", b"[" * 100_000, content[:-1]):
        (release / SIGNOFF).write_bytes(other)
        assert refusal(release) == ["signoff_unreadable"]
    (release / SIGNOFF).unlink()
    (release / SIGNOFF).symlink_to(release.parent / "elsewhere.json")
    assert refusal(release) == ["signoff_unreadable"]


def test_the_signatures_of_another_release_fail(release: Path, other: Path) -> None:
    signed_by_both(release)
    copy = Path(shutil.copytree(other, release.parent / other.name))
    shutil.copy(release / SIGNOFF, copy / SIGNOFF)
    assert refusal(copy) == ["signoff_of_another_release"] * 2


def test_one_person_or_one_key_cannot_stand_for_both(release: Path) -> None:
    add_signature(release, sign(EVALUATOR, statement(release, EVALUATOR, "evaluator")))
    for key, changed, code in (
        (EVALUATOR, {}, "signoff_one_key"),
        (APPROVER, {"login": "evaluator-1"}, "signoff_one_person"),
    ):
        with pytest.raises(UsageError) as caught:
            add_signature(release, sign(key, statement(release, key, "approver", **changed)))
        assert [fault.code for fault in caught.value.faults] == [code]
    assert len(read_signatures(release)) == 1


def test_a_key_nobody_vouches_for_fails_where_somebody_was_asked(release: Path, tmp_path: Path) -> None:
    signed_by_both(release)
    trust = tmp_path / "trusted.txt"
    lines = [f"{public_key_of(EVALUATOR)} evaluator evaluator-1 담당", f"{public_key_of(APPROVER)} approver approver-1"]
    trust.write_text("# 2026\n\n" + "\n".join(lines))
    assert len(verify(release, read_trusted(trust)).signatures) == 2
    for wrong in (
        lines[:1],
        [lines[0], lines[1].replace("-1", "-2")],
        [lines[0], lines[1].replace("approver ", "evaluator ")],
        [],
    ):
        trust.write_text("\n".join(wrong))
        with pytest.raises(VerificationError) as caught:
            verify(release, read_trusted(trust))
        assert [fault.code for fault in caught.value.faults] == ["signoff_key_unknown"] * (1 if wrong else 2)


def test_a_list_of_keys_that_cannot_be_read_is_told_line_by_line(tmp_path: Path) -> None:
    trust = tmp_path / "trusted.txt"
    trust.write_text(f"{public_key_of(EVALUATOR)} evaluator x\nabc approver y\n{public_key_of(APPROVER)} auditor z\n")
    with pytest.raises(UsageError) as caught:
        read_trusted(trust)
    assert [fault.where for fault in caught.value.faults] == [f"{trust}, 2", f"{trust}, 3"]


# Keys in files --------------------------------------------------------------------------------------------------------


def test_a_private_key_is_for_its_owner_alone_and_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    public = make_pair(tmp_path / "mine.pem", "correct horse battery")
    assert (tmp_path / "mine.pem").stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in (tmp_path / "mine.pem").read_bytes()
    assert public_key_of(open_private(tmp_path / "mine.pem", "correct horse battery")) == public.read_text().strip()
    with pytest.raises(UsageError, match="passphrase is wrong"):
        open_private(tmp_path / "mine.pem", "correct horse")
    (tmp_path / "mine.pem").chmod(0o640)
    with pytest.raises(UsageError, match="others may read"):
        open_private(tmp_path / "mine.pem", "correct horse battery")


def test_a_key_is_never_replaced_and_its_passphrase_not_short(tmp_path: Path) -> None:
    (tmp_path / "mine.pem").write_text("precious")
    for name, passphrase, code in (
        ("mine.pem", "correct horse battery", "key_file_is_there"),
        ("other.pem", "short", "passphrase_short"),
    ):
        with pytest.raises(UsageError) as caught:
            make_pair(tmp_path / name, passphrase)
        assert [fault.code for fault in caught.value.faults] == [code]
    assert (tmp_path / "mine.pem").read_text() == "precious"


# With the store -------------------------------------------------------------------------------------------------------


@pytest.fixture
def staffed(store: Store) -> Store:
    """Evaluator and approver, each with a key."""
    with store.write() as session:
        for login, role, key in (("ev", Role.EVALUATOR, EVALUATOR), ("ap", Role.APPROVER, APPROVER)):
            add_account(session, TERMINAL, NewAccount(login, f"{role} 담당", role))
            register_key(session, TERMINAL, login, public_key_of(key))
        add_account(session, TERMINAL, NewAccount("au", "감사", Role.AUDITOR))
    return store


def to_sign(release: Path, published: bool = True) -> ToSign:
    return ToSign(release, verify(release), published)


def last_entry(store: Store) -> AuditEntry:
    with store.read() as session:
        return session.get_one(AuditEntry, audit.head(session).number)


def test_signing_is_logged_and_the_signature_holds_the_head_that_tells_of_it(staffed: Store, release: Path) -> None:
    for key, role in ((EVALUATOR, "evaluator"), (APPROVER, "approver")):
        one = sign_release(staffed, key, role, to_sign(release), "tester")  # type: ignore[arg-type]  # a table of roles
        entry = last_entry(staffed)
        assert (entry.action, entry.about) == (Did.RELEASE_SIGNED, release.name)
        assert one.statement.audit == Head(entry.number, entry.hash).text
    with staffed.read() as session:
        signatures = verify(release, trusted_keys(session)).signatures
        assert verify_log(session, [Head.parse(one.statement.audit) for one in signatures]).faults == ()


def test_a_release_that_is_neither_final_nor_published_is_not_signed_and_the_attempt_is_kept(
    staffed: Store, release: Path
) -> None:
    with pytest.raises(NotPermitted) as caught:
        sign_release(staffed, EVALUATOR, "evaluator", to_sign(release, published=False), "tester")
    assert caught.value.exit_code == 14
    entry = last_entry(staffed)
    assert (entry.action, entry.outcome, entry.about) == (Did.REFUSED, "refused", release.name)
    assert not (release / SIGNOFF).exists()
    with staffed.write() as session:
        session.add(Evaluation(year=2021, state=State.FINAL, release=release.name))
    sign_release(staffed, EVALUATOR, "evaluator", to_sign(release, published=False), "tester")
    assert len(verify(release).signatures) == 1


def test_nobody_signs_in_a_role_that_is_not_theirs_nor_twice(staffed: Store, release: Path) -> None:
    attempts: list[tuple[Ed25519PrivateKey, SignRole, str]] = [
        (EVALUATOR, "approver", "may_not_sign"),
        (APPROVER, "evaluator", "may_not_sign"),
    ]
    for key, role, code in attempts:
        with pytest.raises(NotPermitted) as caught:
            sign_release(staffed, key, role, to_sign(release), "tester")
        assert caught.value.faults[0].code == code
    sign_release(staffed, EVALUATOR, "evaluator", to_sign(release), "tester")
    with pytest.raises(NotPermitted) as caught:
        sign_release(staffed, EVALUATOR, "evaluator", to_sign(release), "tester")
    assert caught.value.faults[0].code == "may_not_sign_twice"


def test_a_key_that_is_nobodys_or_anothers_signs_nothing(staffed: Store, release: Path) -> None:
    stranger = Ed25519PrivateKey.generate()
    for key, login, code in ((stranger, None, "signing_key_unknown"), (EVALUATOR, "ap", "signing_key_of_another")):
        with pytest.raises(UsageError) as caught:
            sign_release(staffed, key, "evaluator", to_sign(release), "tester", login)
        assert caught.value.faults[0].code == code


def test_an_older_key_signs_no_more_and_still_checks_what_it_signed(staffed: Store, release: Path) -> None:
    sign_release(staffed, EVALUATOR, "evaluator", to_sign(release), "tester")
    newer = Ed25519PrivateKey.generate()
    with staffed.write() as session:
        register_key(session, TERMINAL, "ev", public_key_of(newer), datetime(2027, 1, 1, tzinfo=UTC))
    with staffed.read() as session:
        assert len(verify(release, trusted_keys(session)).signatures) == 1
    with pytest.raises(UsageError, match="not in use any more"):
        sign_release(staffed, EVALUATOR, "evaluator", to_sign(release), "tester")


REGISTERED = {
    "nobody": ("nobody", public_key_of(Ed25519PrivateKey.generate()), "no_such_account"),
    "an auditor": ("au", public_key_of(Ed25519PrivateKey.generate()), "role_signs_nothing"),
    "somebody's key": ("ap", public_key_of(EVALUATOR), "key_is_known"),
    "no key": ("ap", "abc", "public_key_unreadable"),
}


@pytest.mark.parametrize(("login", "key", "code"), REGISTERED.values(), ids=REGISTERED)
def test_a_key_is_one_persons_who_signs(staffed: Store, login: str, key: str, code: str) -> None:
    before = last_entry(staffed).number
    with pytest.raises(JipyoError) as caught, staffed.write() as session:
        register_key(session, TERMINAL, login, key)
    assert caught.value.faults[0].code == code
    assert last_entry(staffed).number == before


def test_the_log_tells_of_every_key_that_was_registered(staffed: Store) -> None:
    with staffed.read() as session:
        told = session.scalars(select(AuditEntry.detail).where(AuditEntry.action == Did.ACCOUNT_CHANGED)).all()
    assert [json.loads(detail)["signing_key"] for detail in told] == [
        fingerprint(public_key_of(EVALUATOR)),
        fingerprint(public_key_of(APPROVER)),
    ]


def test_a_signature_is_nothing_but_its_statement_signed() -> None:
    """Anybody can check it with another program: Ed25519 over the canonical JSON of the statement."""
    made = Statement(release="2021-000000000000", release_id="a" * 64, manifest="a" * 64, seal="b" * 64,
                     role="evaluator", login="ev", name="담당", key="c" * 64, at="2026-03-02", audit="0:0")  # fmt: skip
    assert (
        made.canonical
        == (
            '{"at":"2026-03-02","audit":"0:0","format":"jipyo-signoff-1","key":"' + "c" * 64 + '","login":"ev",'
            '"manifest":"' + "a" * 64 + '","name":"담당","release":"2021-000000000000","release_id":"' + "a" * 64 + '",'
            '"role":"evaluator","seal":"' + "b" * 64 + '"}'
        ).encode()
    )
    signature: Signature = sign(EVALUATOR, made)
    assert signature.statement == made

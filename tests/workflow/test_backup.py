"""A backup is made while people work, proves itself when restored, and never covers what is there."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import rfc8785

from dashboard.access import Role
from dashboard.workflow import audit
from dashboard.workflow.accounts import NewAccount, add_account, find_account
from dashboard.workflow.audit import Actor, Did, Event, Head
from dashboard.workflow.backup import Places, back_up, restore
from dashboard.workflow.chain import verify
from dashboard.workflow.sessions import digest_of, look_up, open_session
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditEntry
from etl.errors import JipyoError, UnreadableInput, UsageError, VerificationError
from etl.release.folder import CURRENT, publish
from tests.workflow.small import scored

TERMINAL = Actor(None, "terminal", "tester")


@pytest.fixture
def places(tmp_path: Path, settings: Settings) -> Places:
    """A published release, one more, and evidence."""
    release = scored(tmp_path / "evaluation")
    publish(release)
    scored(tmp_path / "another", "2").rename(release.parent / "2020-0a1b2c3d4e5f")
    settings.evidence.mkdir(parents=True)
    (settings.evidence / "9f86d081").write_bytes(b"%PDF evidence")
    return Places(release.parent, settings.evidence)


@pytest.fixture
def backup(store: Store, places: Places, tmp_path: Path) -> Path:
    """A backup of all that, with an account who was signed in."""
    with store.write() as session:
        account = add_account(session, TERMINAL, NewAccount("ev", "평가 담당", Role.EVALUATOR))
        open_session(session, account, "127.0.0.1", "password")
    file = tmp_path / "backup.zip"
    back_up(store, TERMINAL, places, file)
    return file


@pytest.fixture
def empty(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Settings:
    """Where it is restored: nothing, or an empty database of the same kind."""
    state = tmp_path / "new" / "state"
    if settings.database_url is None:
        return Settings(state=state)
    server = request.getfixturevalue("postgres")
    return Settings(state=state, database_url=server.make(f"test_{uuid4().hex}"))


def test_what_was_restored_is_what_was_backed_up_and_its_log_goes_on(
    store: Store, backup: Path, places: Places, empty: Settings, tmp_path: Path
) -> None:
    with store.read() as session:
        before = audit.head(session)
    done = restore(backup, tmp_path / "new", empty, TERMINAL)
    restored = Store.open(empty)
    with restored.read() as session:
        assert find_account(session, "ev") is not None
        assert verify(session, [before, Head.parse(done.contents.audit)]).faults == ()
        last = session.get_one(AuditEntry, audit.head(session).number)
    assert (last.action, json.loads(last.detail)["digest"]) == (Did.RESTORED, done.sha256)
    restored.close()
    for old, new in ((places.releases, tmp_path / "new/releases"), (places.evidence, tmp_path / "new/state/evidence")):
        kept = {path.relative_to(old): path.read_bytes() for path in old.rglob("*") if path.is_file()}
        there = {path.relative_to(new): path.read_bytes() for path in new.rglob("*") if path.is_file()}
        assert there == {path: content for path, content in kept.items() if not path.name.startswith(".")}
    assert (tmp_path / "new/state").stat().st_mode & 0o077 == 0


def test_a_session_of_then_is_no_session_now(store: Store, places: Places, empty: Settings, tmp_path: Path) -> None:
    with store.write() as session:
        account = add_account(session, TERMINAL, NewAccount("ev", "평가 담당", Role.EVALUATOR))
        digest = digest_of(open_session(session, account, "127.0.0.1", "password"))
    back_up(store, TERMINAL, places, tmp_path / "backup.zip")
    restore(tmp_path / "backup.zip", tmp_path / "new", empty, TERMINAL)
    for of, is_in in ((store, True), (Store.open(empty), False)):
        with of.read() as session:
            assert (look_up(session, digest, empty) is not None) is is_in
        of.close()


def test_a_backup_holds_every_entry_that_was_committed_before_it_though_others_go_on_writing(
    store: Store, places: Places, empty: Settings, tmp_path: Path
) -> None:
    stop = threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            with store.write() as session:
                audit.append(session, TERMINAL, Event(Did.LOG_READ, "meanwhile"))

    writing = threading.Thread(target=go_on)
    writing.start()
    try:
        with store.write() as session:
            audit.append(session, TERMINAL, Event(Did.EXPORTED, "just before"))
            before = audit.head(session)
        back_up(store, TERMINAL, places, tmp_path / "backup.zip")
    finally:
        stop.set()
        writing.join()
    restore(tmp_path / "backup.zip", tmp_path / "new", empty, TERMINAL)
    restored = Store.open(empty)
    with restored.read() as session:
        assert verify(session, [before]).faults == ()
    restored.close()


def test_the_backup_is_for_its_owner_alone_and_the_key_of_the_pseudonyms_stays_out_of_it(
    store: Store, backup: Path, places: Places, tmp_path: Path
) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    (tmp_path / "pseudonym.key").write_text("the key")
    with zipfile.ZipFile(backup) as archive:
        assert "pseudonym.key" not in archive.namelist()
    meant = Places(places.releases, places.evidence, tmp_path / "pseudonym.key")
    back_up(store, TERMINAL, meant, tmp_path / "with-key.zip")
    with zipfile.ZipFile(tmp_path / "with-key.zip") as archive:
        assert archive.read("pseudonym.key") == b"the key"


def test_nothing_that_is_there_is_covered_and_what_is_put_aside_stays(
    backup: Path, empty: Settings, tmp_path: Path
) -> None:
    (tmp_path / "new/releases").mkdir(parents=True)
    (tmp_path / "new/releases/precious").write_text("precious")
    with pytest.raises(UsageError) as caught:
        restore(backup, tmp_path / "new", empty, TERMINAL)
    assert [fault.code for fault in caught.value.faults] == ["restore_is_there"]
    restore(backup, tmp_path / "new", empty, TERMINAL, replace=True)
    assert (tmp_path / "new/releases" / CURRENT).is_file()
    assert [path.read_text() for path in (tmp_path / "new").glob("releases.before-*/precious")] == ["precious"]


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_tables_that_are_there_are_not_covered_unless_that_is_meant(
    store: Store, settings: Settings, backup: Path, tmp_path: Path
) -> None:
    with store.write() as session:
        add_account(session, TERMINAL, NewAccount("later", "나중", Role.AUDITOR))
    with pytest.raises(UsageError) as caught:
        restore(backup, tmp_path / "new", settings, TERMINAL)
    assert [fault.code for fault in caught.value.faults] == ["restore_is_there"]
    store.close()
    restore(backup, tmp_path / "new", settings, TERMINAL, replace=True)
    with store.read() as session:
        assert find_account(session, "later") is None


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A backup that somebody changed; the list of digests is as they left it."""
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return backup


def relisted(files: dict[str, bytes], name: str, content: bytes) -> None:
    """Put a file in with a digest that fits."""
    from hashlib import sha256

    files[name] = content
    said = json.loads(files["backup.json"])
    said["files"][name] = {"sha256": sha256(content).hexdigest(), "size": len(content)}
    files["backup.json"] = rfc8785.dumps(said)


def first(files: dict[str, bytes], end: str) -> str:
    return next(name for name in sorted(files) if name.endswith(end))


CHANGED: dict[str, tuple[Callable[[dict[str, bytes]], object], type[JipyoError], str]] = {
    "a file changed": (
        lambda files: files.update({first(files, "scores.csv"): b"x"}), VerificationError, "backup_file_changed"),
    "a file gone": (lambda files: files.pop(first(files, "scores.csv")), VerificationError, "backup_other_files"),
    "a file more": (lambda files: files.update({"releases/x": b""}), VerificationError, "backup_other_files"),
    "a file that would land elsewhere": (
        lambda files: relisted(files, "../../outside", b"x"), VerificationError, "backup_other_files"),
    "a file that would land at the root": (
        lambda files: relisted(files, "/elsewhere/outside", b"x"), VerificationError, "backup_other_files"),
    "a release changed and listed so": (
        lambda files: relisted(files, first(files, "scores.csv"), b"x"), VerificationError, "verify_other_seal"),
    "no list": (lambda files: files.pop("backup.json"), UnreadableInput, "backup_unreadable"),
    "a list that is none": (lambda files: files.update({"backup.json": b"[]"}), UnreadableInput, "backup_unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("change", "kind", "code"), CHANGED.values(), ids=CHANGED)
def test_a_backup_that_was_changed_is_not_restored(
    backup: Path,
    empty: Settings,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    kind: type[JipyoError],
    code: str,
) -> None:
    with pytest.raises(kind) as caught:
        restore(rewritten(backup, change), tmp_path / "new", empty, TERMINAL)
    assert caught.value.faults[0].code == code
    assert list((tmp_path / "new").iterdir()) == []
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_database_that_was_put_back_to_an_earlier_one_is_found_by_the_head(
    store: Store, backup: Path, empty: Settings, places: Places, tmp_path: Path
) -> None:
    later = tmp_path / "later.zip"
    back_up(store, TERMINAL, places, later)
    with zipfile.ZipFile(backup) as archive:
        earlier = archive.read("database/jipyo.db")
    rewritten(later, lambda files: relisted(files, "database/jipyo.db", earlier))
    with pytest.raises(VerificationError) as caught:
        restore(later, tmp_path / "new", empty, TERMINAL)
    assert [fault.code for fault in caught.value.faults] == ["audit_cut"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_is_no_archive_is_told(tmp_path: Path, empty: Settings) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04nonsense")
    with pytest.raises(UnreadableInput):
        restore(tmp_path / "x.zip", tmp_path / "new", empty, TERMINAL)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_backup_of_a_file_does_not_go_into_a_server(backup: Path, tmp_path: Path) -> None:
    server = Settings(state=tmp_path / "s", database_url="postgresql+pg8000://jipyo@localhost/jipyo")
    with pytest.raises(UsageError) as caught:
        restore(backup, tmp_path / "new", server, TERMINAL)
    assert [fault.code for fault in caught.value.faults] == ["backup_of_another_kind"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_byte_that_was_lost_anywhere_ends_in_a_fault_and_restores_nothing(
    backup: Path, empty: Settings, tmp_path: Path
) -> None:
    whole = backup.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        backup.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            restore(backup, tmp_path / f"new-{at}", empty, TERMINAL)
        except JipyoError:
            assert list((tmp_path / f"new-{at}").iterdir()) == []

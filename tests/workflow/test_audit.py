"""The audit log: one chain whoever writes, that refuses change, and that tells of it where somebody got round that."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboard.access import Role
from dashboard.workflow import audit
from dashboard.workflow.accounts import NewAccount, add_account, password_matches
from dashboard.workflow.audit import Actor, Did, Event, Head
from dashboard.workflow.chain import verify
from dashboard.workflow.sessions import open_session
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditAnchor, AuditEntry
from etl.errors import UsageError

TERMINAL = Actor(None, "terminal", "tester")
NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
TRIGGERS = {
    "sqlite": [
        f"DROP TRIGGER {table}_no_{verb}"
        for table in ("audit_entries", "audit_anchors")
        for verb in ("insert", "update", "delete")
    ],
    "postgresql": [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in ("audit_entries", "audit_anchors")],
}


def fill(store: Store, count: int) -> list[Head]:
    """That many entries, and the head after each."""
    heads = []
    for number in range(count):
        with store.write() as session:
            event = Event(Did.EXPORTED, f"2021-{number:012x}", {"rows": number, "reason": "심의", "published": True})
            audit.append(session, TERMINAL, event, NOON + timedelta(seconds=number))
            heads.append(audit.head(session))
    return heads


def codes(store: Store, *heads: Head) -> list[str]:
    with store.read() as session:
        return [fault.code for fault in verify(session, heads).faults]


def tamper(store: Store, *statements: str) -> None:
    """Change the database as somebody does who owns it: its guards off first."""
    with store.engine.begin() as connection:
        for statement in (*TRIGGERS[store.engine.dialect.name], *statements):
            connection.execute(text(statement))


def refused(store: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append only"), store.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_untouched_log_holds(store: Store) -> None:
    heads = fill(store, 5)
    with store.read() as session:
        checked = verify(session, heads)
    assert (checked.entries, checked.head, checked.faults) == (5, heads[-1], ())


def test_an_empty_log_holds_and_its_head_is_zero(store: Store) -> None:
    with store.read() as session:
        assert audit.head(session) == (0, "0" * 64)
        assert verify(session, [audit.head(session)]).faults == ()


def test_entries_come_back_as_they_were_written_whichever_database_holds_them(store: Store) -> None:
    fill(store, 1)
    with store.read() as session:
        entry = session.get_one(AuditEntry, 1)
    assert (entry.at, entry.person, entry.action, entry.outcome) == (NOON, "tester", "exported", "done")
    assert entry.detail == '{"published":true,"reason":"심의","rows":0}'
    # SHA-256 over RFC 8785 of the ten fields, written by hand and given to sha256sum.
    assert entry.hash == "f1d61ddc297c77051455697c4886e943a2abb0d08f357532c2b4d92316a3910a"


REFUSED = {
    "update": "UPDATE audit_entries SET person = 'nobody' WHERE number = 2",
    "update of all": "UPDATE audit_entries SET about = about",
    "delete": "DELETE FROM audit_entries WHERE number = 3",
    "delete of all": "DELETE FROM audit_entries",
    "second entry of a number": "INSERT INTO audit_entries SELECT 2, at, account_id, person, address, action, about,"
    " outcome, detail, previous, 'x' FROM audit_entries WHERE number = 1",
    "gap": "INSERT INTO audit_entries SELECT 9, at, account_id, person, address, action, about,"
    " outcome, detail, previous, 'x' FROM audit_entries WHERE number = 1",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_database_itself_refuses_change(store: Store, statement: str) -> None:
    heads = fill(store, 3)
    refused(store, statement)
    assert codes(store, *heads) == []


def test_sqlite_does_not_let_a_row_be_replaced_past_the_triggers(tmp_path: Path) -> None:
    store = Store.open(Settings(state=tmp_path))
    heads = fill(store, 3)
    columns = "at, account_id, 'nobody', address, action, about, outcome, detail, previous"
    refused(store, f"INSERT OR REPLACE INTO audit_entries SELECT 2, {columns}, 'x' FROM audit_entries WHERE number = 2")
    refused(
        store, f"INSERT OR REPLACE INTO audit_entries SELECT 4, {columns}, hash FROM audit_entries WHERE number = 2"
    )
    refused(store, "UPDATE OR REPLACE audit_entries SET number = 2 WHERE number = 3")
    assert codes(store, *heads) == []
    store.close()


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_postgresql_does_not_let_the_log_be_emptied(store: Store) -> None:
    heads = fill(store, 2)
    refused(store, "TRUNCATE audit_entries")
    refused(store, "TRUNCATE audit_anchors")
    assert codes(store, *heads) == []


def test_anchors_can_neither_be_changed_nor_removed_nor_moved_back(store: Store) -> None:
    with store.write() as session:
        session.add(AuditAnchor(number=5, hash="a" * 64, at=NOON, file_digest="f" * 64))
    refused(store, "UPDATE audit_anchors SET hash = 'b'")
    refused(store, "DELETE FROM audit_anchors")
    refused(store, "INSERT INTO audit_anchors VALUES (4, 'a', '2026', 'f')")
    refused(store, "INSERT INTO audit_anchors VALUES (5, 'a', '2026', 'f')")


MOVE = "UPDATE audit_entries SET number = 3 WHERE number = 4; UPDATE audit_entries SET number = 4 WHERE number = 5"
SWAP = "; ".join(
    f"UPDATE audit_entries SET number = {after} WHERE number = {before}"
    for before, after in ((2, 100), (3, 2), (100, 3))
)
TAMPERED: dict[str, tuple[str, str, int]] = {
    "a cell changed": ("UPDATE audit_entries SET person = 'somebody' WHERE number = 3", "audit_changed", 3),
    "a moment changed": ("UPDATE audit_entries SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 2",
                         "audit_changed", 2),
    "a moment made unreadable": ("UPDATE audit_entries SET at = 'yesterday' WHERE number = 2", "audit_changed", 2),
    "a refusal turned into a deed": ("UPDATE audit_entries SET outcome = 'refused' WHERE number = 1",
                                     "audit_changed", 1),
    "a hash changed": ("UPDATE audit_entries SET hash = 'x' WHERE number = 4", "audit_changed", 4),
    "the binding changed": ("UPDATE audit_entries SET previous = hash WHERE number = 4", "audit_changed", 4),
    "one in the middle gone": ("DELETE FROM audit_entries WHERE number = 3", "audit_gap", 3),
    "the beginning gone": ("DELETE FROM audit_entries WHERE number <= 2", "audit_gap", 1),
    "numbered anew after one went": (f"DELETE FROM audit_entries WHERE number = 3; {MOVE}", "audit_changed", 3),
    "two in each other's place": (SWAP, "audit_changed", 2),
}  # fmt: skip


@pytest.mark.parametrize(("statements", "code", "number"), TAMPERED.values(), ids=TAMPERED)
def test_what_somebody_changed_who_owns_the_database_is_named_by_number(
    store: Store, statements: str, code: str, number: int
) -> None:
    fill(store, 5)
    tamper(store, *statements.split("; "))
    with store.read() as session:
        fault = verify(session).faults[0]
    assert (fault.code, fault.facts["number"]) == (code, number)


def _rewrite(store: Store, first: int) -> None:
    """Write the log anew from an entry on, every hash and binding as it must be."""
    tamper(store)
    with store.read() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.number).all()
    previous = entries[first - 2].hash if first > 1 else audit.NOTHING_BEFORE
    for entry in entries[first - 1 :]:
        entry.person, entry.previous = "somebody else", previous
        previous = audit.hash_of(entry)
        change = text("UPDATE audit_entries SET person = :p, previous = :v, hash = :h WHERE number = :n")
        with store.engine.begin() as connection:
            connection.execute(change, {"p": entry.person, "v": entry.previous, "h": previous, "n": entry.number})


def test_a_log_written_anew_throughout_is_found_by_a_head_that_was_printed(store: Store) -> None:
    heads = fill(store, 5)
    _rewrite(store, 3)
    assert "audit_other_head" not in codes(store, heads[1])
    assert codes(store, heads[3])[0] == "audit_other_head"
    assert codes(store)[0] == "audit_guard_missing"


def test_a_log_whose_end_was_cut_is_found_by_a_head_that_was_printed(store: Store) -> None:
    heads = fill(store, 5)
    tamper(store, "DELETE FROM audit_entries WHERE number > 3")
    assert codes(store, heads[2])[0] == "audit_guard_missing"
    assert codes(store, heads[4])[0] == "audit_cut"


def test_an_entry_put_between_others_with_a_right_hash_of_its_own_is_found(store: Store) -> None:
    fill(store, 4)
    tamper(store)
    with store.read() as session:
        third = session.get_one(AuditEntry, 3)
    third.person, third.previous = "somebody else", "c" * 64
    change = text("UPDATE audit_entries SET person = :p, previous = :v, hash = :h WHERE number = 3")
    with store.engine.begin() as connection:
        connection.execute(change, {"p": third.person, "v": third.previous, "h": audit.hash_of(third)})
    with store.read() as session:
        fault = verify(session).faults[0]
    assert (fault.code, fault.facts) == ("audit_unbound", {"number": 3})


def test_an_anchor_that_the_log_does_not_tell_of_is_found(store: Store) -> None:
    heads = fill(store, 4)
    with store.write() as session:
        session.add(AuditAnchor(number=2, hash=heads[1].hash, at=NOON, file_digest="f" * 64))
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entries WHERE number <= 2"))
    assert codes(store, heads[3]) == ["audit_anchor_unfounded"]
    assert codes(store, heads[0]) == ["audit_head_sealed", "audit_anchor_unfounded"]


def test_a_damaged_file_is_told_and_no_traceback(tmp_path: Path) -> None:
    store = Store.open(Settings(state=tmp_path))
    fill(store, 3)
    tamper(store, "UPDATE audit_entries SET person = CAST(x'ff00ff' AS TEXT) WHERE number = 2")
    with store.read() as session:
        assert verify(session).faults[0].code == "audit_unreadable"
    store.close()


@examples(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.dictionaries(st.text(max_size=8).filter(lambda key: not audit._SECRET.search(key)),
                            st.text(max_size=40) | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()),
       about=st.text(max_size=400))  # fmt: skip
def test_whatever_is_kept_hashes_alike_after_it_went_through_the_database(
    store: Store, said: dict[str, Any], about: str
) -> None:
    with store.write() as session:
        audit.append(session, TERMINAL, Event(Did.REFUSED, about, said, refused=True))
    assert codes(store) == []


UNKEPT = {
    "a list": {"units": ["0010010"]},
    "a fraction": {"share": 0.5},
    "nothing": {"unit": None},
    "a nested table": {"unit": {"id": "1"}},
    "a password": {"password": "x"},
    "a passphrase": {"key_passphrase": "x"},
    "a token": {"session_token": "x"},
    "a secret": {"clientSecret": "x"},
    "a password in Korean": {"새 비밀번호": "x"},
    "a book": {"reason": "가" * 501},
}


@pytest.mark.parametrize("detail", UNKEPT.values(), ids=UNKEPT)
def test_what_does_not_belong_into_the_log_does_not_get_there(store: Store, detail: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="audit log keeps"), store.write() as session:
        audit.append(session, TERMINAL, Event(Did.REFUSED, "x", detail))
    with store.read() as session:
        assert audit.head(session).number == 0


def test_a_head_is_read_as_it_is_printed_and_nothing_else(store: Store) -> None:
    head = fill(store, 2)[-1]
    assert Head.parse(f" {head.text}\n") == head
    for wrong in ("", "2", head.hash, f"x:{head.hash}", f"2:{head.hash[:-1]}", f"-1:{head.hash}", f"02:{head.hash}"):
        with pytest.raises(UsageError):
            Head.parse(wrong)


def test_threads_that_write_at_once_keep_one_chain(store: Store) -> None:
    writing = [threading.Thread(target=fill, args=(store, 15)) for _ in range(4)]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    with store.read() as session:
        checked = verify(session)
    assert (checked.entries, checked.faults) == (60, ())


WRITER = """
import sys
from dashboard.workflow import audit
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
store = Store.open(Settings.from_environment())
print("begun", flush=True)
for number in range(int(sys.argv[1])):
    with store.write() as session:
        audit.append(session, audit.Actor(None, "terminal", "writer"), audit.Event(audit.Did.LOG_READ, str(number)))
        if sys.argv[2] == "hang" and number == 3:
            print("inside", flush=True)
            sys.stdin.read()
"""


def _writer(settings: Settings, project: Path, count: int, manner: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(project), "JIPYO_STATE": str(settings.state)}
    if settings.database_url is not None:
        environment["JIPYO_DATABASE_URL"] = settings.database_url
    command = [sys.executable, "-c", WRITER, str(count), manner]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_two_processes_that_write_two_hundred_entries_each_make_four_hundred_without_a_gap(
    store: Store, settings: Settings, project: Path
) -> None:
    writing = [_writer(settings, project, 200, "on") for _ in range(2)]
    for process in writing:
        process.communicate()
    assert [process.returncode for process in writing] == [0, 0]
    with store.read() as session:
        checked = verify(session)
    assert (checked.entries, checked.head.number, checked.faults) == (400, 400, ())


def test_a_writer_killed_in_the_middle_leaves_a_log_that_holds_and_locks_nobody_out(
    store: Store, settings: Settings, project: Path
) -> None:
    with _writer(settings, project, 200, "hang") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        assert process.stdout.readline() == b"inside\n"
        process.send_signal(signal.SIGKILL)
    fill(store, 2)
    with store.read() as session:
        checked = verify(session)
    assert (checked.entries, checked.faults) == (5, ())


PASSWORD, WRONG = "대나무숲 canary-7f3", "wrong-canary-9c1"


def test_no_password_and_no_token_stands_in_any_byte_that_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """On SQLite, whose files can be read byte by byte while they are written: database, log ahead and shared memory."""
    caplog.set_level(logging.DEBUG)
    store = Store.open(Settings(state=tmp_path))
    with store.write() as session:
        account = add_account(
            session, TERMINAL, NewAccount("evaluator", "평가 담당", Role.EVALUATOR, password=PASSWORD)
        )
        token = open_session(session, account, "127.0.0.1", "password")
    assert password_matches(account.password_hash, PASSWORD)
    assert not password_matches(account.password_hash, WRONG)
    kept = b"".join(path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file())
    store.close()
    kept += b"".join(path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file())
    assert b"evaluator" in kept, "the hunt would find what is there"
    assert account.password_hash is not None
    assert account.password_hash.encode() in kept
    for planted in (PASSWORD, WRONG, token):
        assert planted.encode() not in kept
        assert planted not in caplog.text

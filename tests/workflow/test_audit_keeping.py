"""The audit log kept, found, taken out, and its older part sealed away without breaking the chain."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import rfc8785
from sqlalchemy import text

from dashboard.access import Person, Role
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event, Head
from dashboard.workflow.chain import verify
from dashboard.workflow.log import Wanted, how_many, newest
from dashboard.workflow.sealing import prune, read_sealed, take_out
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditAnchor
from etl.errors import UsageError, VerificationError

TERMINAL = Actor(None, "terminal", "tester")
MEMBER = Actor(Person("ab12" * 8, "홍보 담당", Role.DEPARTMENT, "0010010"), "10.0.0.7")
START = datetime(2024, 1, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def fill(store: Store, days: int, start: datetime = START) -> list[Head]:
    """An entry a day."""
    heads = []
    with store.write() as session:
        for day in range(days):
            audit.append(session, TERMINAL, Event(Did.LOG_READ, f"day {day}"), start + timedelta(days=day))
            heads.append(audit.head(session))
    return heads


def keeping(settings: Settings, days: int) -> Settings:
    return settings.model_copy(update={"audit_days": days})


def checked(store: Store, *heads: Head, sealed: tuple[Path, ...] = ()) -> list[str]:
    with store.read() as session:
        return [fault.code for fault in verify(session, heads, read_sealed(session, sealed)).faults]


def test_what_is_older_goes_into_a_sealed_file_and_the_rest_still_verifies(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    heads = fill(store, 10)
    file = tmp_path / "until-day-5.jsonl"
    sealed = prune(store, TERMINAL, file, keeping(settings, 5), START + timedelta(days=11))
    assert (sealed.entries, sealed.last) == (6, heads[5])
    assert sealed.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.stat().st_mode & 0o777 == 0o600
    with store.read() as session:
        assert how_many(session, Wanted()) == 5
        assert session.get_one(AuditAnchor, 6).hash == heads[5].hash
        assert newest(session, Wanted(), 1)[0].action == Did.LOG_PRUNED
    assert checked(store, *heads[5:]) == []
    assert checked(store, heads[2]) == ["audit_head_sealed"]
    assert checked(store, *heads, sealed=(file,)) == []


def test_a_sealed_file_proves_itself_line_by_line(store: Store, settings: Settings, tmp_path: Path) -> None:
    fill(store, 3)
    prune(store, TERMINAL, tmp_path / "old.jsonl", keeping(settings, 1), NOW)
    previous = audit.NOTHING_BEFORE
    for line in (tmp_path / "old.jsonl").read_bytes().splitlines():
        said = json.loads(line)
        own = said.pop("hash")
        assert said["previous"] == previous
        assert own == hashlib.sha256(rfc8785.dumps(said)).hexdigest()
        previous = own


def test_sealing_twice_leaves_two_files_that_verify_together(store: Store, settings: Settings, tmp_path: Path) -> None:
    heads = fill(store, 4)
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    prune(store, TERMINAL, first, keeping(settings, 1), START + timedelta(days=3))
    prune(store, TERMINAL, second, keeping(settings, 1), START + timedelta(days=30))
    assert checked(store, *heads, sealed=(second, first)) == []
    assert checked(store, sealed=(second,)) == []
    assert checked(store, sealed=(first,)) == ["audit_gap"]


def test_a_sealed_file_that_was_changed_is_no_longer_one(store: Store, settings: Settings, tmp_path: Path) -> None:
    fill(store, 3)
    file = tmp_path / "old.jsonl"
    prune(store, TERMINAL, file, keeping(settings, 1), NOW)
    file.write_bytes(file.read_bytes().replace(b"tester", b"nobody"))
    with pytest.raises(UsageError, match="not sealed into this file"):
        checked(store, sealed=(file,))


def test_nothing_within_the_retention_goes(store: Store, settings: Settings, tmp_path: Path) -> None:
    heads = fill(store, 3, NOW - timedelta(days=700))
    with pytest.raises(UsageError, match="older than its retention of 730 days"):
        prune(store, TERMINAL, tmp_path / "old.jsonl", settings, NOW)
    assert not (tmp_path / "old.jsonl").exists()
    assert checked(store, *heads) == []


def test_nothing_is_taken_from_a_log_that_does_not_hold(store: Store, settings: Settings, tmp_path: Path) -> None:
    fill(store, 3)
    off = "DROP TRIGGER audit_entries_no_update" if store.is_sqlite else "ALTER TABLE audit_entries DISABLE TRIGGER ALL"
    with store.engine.begin() as connection:
        connection.execute(text(off))
        connection.execute(text("UPDATE audit_entries SET person = 'nobody' WHERE number = 2"))
    with pytest.raises(VerificationError):
        prune(store, TERMINAL, tmp_path / "old.jsonl", keeping(settings, 1), NOW)
    assert not (tmp_path / "old.jsonl").exists()
    with store.read() as session:
        assert how_many(session, Wanted()) == 3


def test_a_file_that_is_there_is_not_replaced_and_the_log_stays_as_it_was(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    heads = fill(store, 3)
    (tmp_path / "old.jsonl").write_text("precious")
    with pytest.raises(UsageError):
        prune(store, TERMINAL, tmp_path / "old.jsonl", keeping(settings, 1), NOW)
    assert (tmp_path / "old.jsonl").read_text() == "precious"
    assert checked(store, *heads) == []
    with store.read() as session:
        assert audit.head(session) == heads[-1]


def mixed(store: Store) -> None:
    with store.write() as session:
        midnight = datetime(2026, 3, 1, 15, tzinfo=UTC)  # in Seoul
        said = [
            (TERMINAL, Event(Did.EXPORTED, "2021-0a1b2c3d4e5f", {"x": "=1+1"}), midnight - timedelta(seconds=1)),
            (MEMBER, Event(Did.RECORDS_SEEN, "100%_표", {"rows": 3}), midnight),
            (MEMBER, Event(Did.REFUSED, "=HYPERLINK(1)", {}, refused=True), midnight + timedelta(hours=23)),
        ]
        for actor, event, at in said:
            audit.append(session, actor, event, at)


FOUND = {
    "everything": (Wanted(), [3, 2, 1]),
    "a part of a name": (Wanted(who="홍보"), [3, 2]),
    "an account": (Wanted(who="ab12"), [3, 2]),
    "a role": (Wanted(who="DEPARTMENT"), [3, 2]),
    "a deed": (Wanted(action="exported"), [1]),
    "an outcome": (Wanted(outcome="refused"), [3]),
    "a thing": (Wanted(about="0A1B"), [1]),
    "a thing with signs that mean something to LIKE": (Wanted(about="%_"), [2]),
    "a day in Seoul": (Wanted(since=date(2026, 3, 2), until=date(2026, 3, 2)), [3, 2]),
    "until a day in Seoul": (Wanted(until=date(2026, 3, 1)), [1]),
    "several things at once": (Wanted(who="홍보", outcome="done"), [2]),
    "nothing": (Wanted(who="' OR 1=1 --"), []),
}


@pytest.mark.parametrize(("wanted", "numbers"), FOUND.values(), ids=FOUND)
def test_entries_are_found_by_who_what_when_and_outcome(store: Store, wanted: Wanted, numbers: list[int]) -> None:
    mixed(store)
    with store.read() as session:
        assert [entry.number for entry in newest(session, wanted, 10)] == numbers
        assert how_many(session, wanted) == len(numbers)


def test_pages_follow_each_other_newest_first(store: Store) -> None:
    fill(store, 7)
    with store.read() as session:
        pages = [[entry.number for entry in newest(session, Wanted(), 3, skipped)] for skipped in (0, 3, 6)]
    assert pages == [[7, 6, 5], [4, 3, 2], [1]]


def test_taking_entries_out_is_logged_with_how_many_and_what_was_asked_for(store: Store, tmp_path: Path) -> None:
    mixed(store)
    taken = take_out(store, TERMINAL, Wanted(who="홍보"), tmp_path / "log.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_bytes().splitlines()]
    assert [line["number"] for line in lines] == [2, 3]
    with store.read() as session:
        entry = newest(session, Wanted(), 1)[0]
    assert (taken.entries, taken.last) == (2, Head(entry.number, entry.hash))
    assert (entry.action, json.loads(entry.detail)) == (Did.EXPORTED, {"rows": 2, "who": "홍보"})


def test_a_spreadsheet_of_the_log_holds_no_formula(store: Store, tmp_path: Path) -> None:
    mixed(store)
    take_out(store, TERMINAL, Wanted(), tmp_path / "log.csv")
    content = (tmp_path / "log.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["about"] for row in rows] == ["2021-0a1b2c3d4e5f", "100%_표", "'=HYPERLINK(1)"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_what_cannot_be_written_is_not_told_as_taken(store: Store, tmp_path: Path) -> None:
    mixed(store)
    with pytest.raises(UsageError):
        take_out(store, TERMINAL, Wanted(), tmp_path / "nowhere" / "log.csv")
    with store.read() as session:
        assert audit.head(session).number == 3

"""The database of the workflow, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from dashboard.access import Role, State
from dashboard.workflow.accounts import NewAccount, add_account, find_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Changed, Store
from dashboard.workflow.tables import Base
from dashboard.workflow.tables.accounts import Account, SignIn
from dashboard.workflow.tables.steps import Evaluation
from etl.errors import UsageError
from terminal.database import database_if_there

TERMINAL = Actor(None, "terminal", "tester")


def _add(session: Session, login: str = "auditor") -> Account:
    return add_account(session, TERMINAL, NewAccount(login, "감사", Role.AUDITOR))


def test_the_migrations_make_exactly_the_tables_that_the_code_reads(store: Store) -> None:
    there = inspect(store.engine)
    for table in Base.metadata.sorted_tables:
        made = {column["name"]: column["nullable"] for column in there.get_columns(table.name)}
        assert made == {column.name: column.nullable for column in table.columns}
    assert set(there.get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_what_was_written_is_there_after_the_database_was_opened_anew(store: Store, settings: Settings) -> None:
    with store.write() as session:
        _add(session)
    again = Store.open(settings)
    with again.read() as session:
        assert find_account(session, "auditor") is not None
    again.close()


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(UsageError), store.write() as session:  # noqa: PT012 - the second of two writes fails
        _add(session)
        _add(session)
    with store.read() as session:
        assert find_account(session, "auditor") is None


def test_of_two_people_who_change_the_same_thing_the_second_is_told_and_loses_nothing(store: Store) -> None:
    with store.write() as session:
        session.add(Evaluation(year=2021, state=State.COLLECTING))
    with store.read() as session:
        seen = session.get_one(Evaluation, 2021)
    with store.write() as session:
        session.get_one(Evaluation, 2021).state = State.PROVISIONAL
    seen.state = State.FINAL
    with pytest.raises(Changed), store.write() as session:
        session.add(seen)
    with store.read() as session:
        assert session.get_one(Evaluation, 2021).state == State.PROVISIONAL


def test_a_reader_sees_one_moment_while_somebody_writes(store: Store) -> None:
    with store.read() as reading:
        assert find_account(reading, "auditor") is None
        with store.write() as session:
            _add(session)
        assert find_account(reading, "auditor") is None


def test_a_second_writer_waits_for_the_first(store: Store) -> None:
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with store.write():
            order.append("second")

    waiting = threading.Thread(target=second)
    waiting.start()
    with store.write():
        inside.set()
        waiting.join(0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_moments_of_any_zone_come_back_as_the_same_moment_and_sort_by_time(store: Store) -> None:
    start = datetime(2026, 3, 1, 23, 59, 59, 999999, UTC)
    zones = [timezone(timedelta(hours=hours)) for hours in (9, -11, 0, 14)]
    moments = [(start + timedelta(microseconds=step)).astimezone(zones[step % 4]) for step in range(8)]
    with store.write() as session:
        account = _add(session)
        for number, moment in enumerate(reversed(moments)):
            session.add(SignIn(token_digest=f"{number:064}", account_id=account.id, opened_at=moment, seen_at=moment,
                               address="127.0.0.1", way="password"))  # fmt: skip
    with store.read() as session:
        assert session.scalars(select(SignIn.seen_at).order_by(SignIn.seen_at)).all() == moments
        assert session.scalars(select(SignIn.seen_at).where(SignIn.seen_at > moments[4])).all() == moments[:4:-1]


def test_two_processes_that_open_a_new_database_at_once_both_find_it_whole(tmp_path: Path, project: Path) -> None:
    program = "from dashboard.workflow.settings import Settings as S; from dashboard.workflow.store import Store\n"
    program += "with Store.open(S.from_environment()).read() as session: session.connection()"
    environment = {"JIPYO_STATE": str(tmp_path / "state"), "PYTHONPATH": str(project)}
    starting = [subprocess.Popen([sys.executable, "-c", program], env=environment) for _ in range(3)]
    assert [process.wait() for process in starting] == [0, 0, 0]


def test_looking_for_a_database_makes_none_and_finds_one_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "state"))
    assert database_if_there() is None
    assert not (tmp_path / "state").exists()
    Store.open(Settings.from_environment()).close()
    found = database_if_there()
    assert found is not None
    found.close()


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    address = f"postgresql+pg8000://jipyo:geheim-7@/jipyo?unix_sock={tmp_path}/nobody"
    with pytest.raises(UsageError) as caught:
        Store.open(Settings(database_url=address))
    assert [fault.code for fault in caught.value.faults] == ["database_away"]
    assert "geheim-7" not in str(caught.value)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(state=tmp_path / "state")
    Store.open(settings).close()
    assert settings.file.stat().st_mode & 0o077 == 0
    assert settings.state.stat().st_mode & 0o077 == 0


def test_sqlite_keeps_what_was_committed_through_a_power_cut(tmp_path: Path) -> None:
    store = Store.open(Settings(state=tmp_path))
    with store.read() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2  # FULL
    store.close()

"""The workflow's database: opened, brought up to date, read and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from dashboard.workflow.settings import Settings
from etl.errors import Fault, UsageError

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_PATIENCE: Final = 10.0
"""Seconds to wait for another writer."""
_ONLY_WRITER: Final = 7419032
"""The advisory lock of PostgreSQL that whoever writes holds."""
_BEGIN: Final = "sqlite_begin"
"""Option of a connection: how SQLite begins its transaction."""


class Changed(Exception):
    """Somebody else has changed what was about to be changed; nothing was written."""


class Store:
    """One database, for as long as the process lives.

    Args:
        url: SQLAlchemy's address of it.
    """

    def __init__(self, url: str) -> None:
        self.engine = _sqlite(url) if url.startswith("sqlite") else _server(url)
        one_moment = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reading = self.engine.execution_options(**one_moment)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The database the settings name, brought up to date, its folder made where it is missing.

        Raises:
            UsageError: it cannot be reached.
        """
        if settings.database_url is None:
            settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        store = cls(settings.url)
        try:
            store.upgrade()
        except (OperationalError, InterfaceError) as error:
            raise UsageError(Fault("database_away", store.named, {"why": str(error.orig)})) from None
        if store.is_sqlite and store.engine.url.database:
            Path(store.engine.url.database).chmod(0o600)
        return store

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of its own."""
        return self.engine.dialect.name == "sqlite"

    @property
    def named(self) -> str:
        """Its address without the password, for people."""
        return self.engine.url.render_as_string(hide_password=True)

    def upgrade(self) -> None:
        """Bring the tables to the newest form."""
        if self._is_newest():
            return
        # Loading it takes as long as starting the rest.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        # As the only writer: of two processes that start at once, the second finds the work done.
        with self._only_writer() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _is_newest(self) -> bool:
        newest = max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return False
            return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == newest)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads, and sees one moment however long it takes."""
        with Session(self._reading, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that writes: wholly or not at all, and one at a time.

        Raises:
            Changed: what it changes has another version by now.
        """
        with self._only_writer() as connection:
            with Session(connection, expire_on_commit=False) as session:
                try:
                    yield session
                    session.commit()
                except StaleDataError:
                    raise Changed from None
            connection.commit()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _only_writer(self) -> Iterator[Connection]:
        """A transaction begun as the only writer until it ends, so that the audit log has one order."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}).begin()
            else:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONLY_WRITER})"))
            yield connection


@lru_cache(maxsize=8)
def store_of(settings: Settings) -> Store:
    """The store of these settings, opened once in this process."""
    return Store.open(settings)


def _server(url: str) -> Engine:
    # Every statement sees what was committed before it: the head of the log is that after the lock was waited for.
    return create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _PATIENCE, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver would begin transactions by itself and too late; `begin` below does it.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

    return engine

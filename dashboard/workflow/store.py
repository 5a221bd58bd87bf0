"""The workflow's database: opened, brought up to date, read and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from dashboard.workflow.settings import Settings
from etl.errors import Fault, UsageError

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_PATIENCE: Final = 10.0
"""Seconds to wait for another writer."""


class Changed(Exception):
    """Somebody else has changed what was about to be changed; nothing was written."""


class Store:
    """One database, for as long as the process lives.

    Args:
        url: SQLAlchemy's address of it.
    """

    def __init__(self, url: str) -> None:
        self.engine = _sqlite(url) if url.startswith("sqlite") else create_engine(url, pool_pre_ping=True)

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
        except OperationalError as error:
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
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that writes: wholly or not at all, and one at a time.

        Raises:
            Changed: what it changes has another version by now.
        """
        with self.engine.connect() as connection:
            _claim(connection)
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


@lru_cache(maxsize=8)
def store_of(settings: Settings) -> Store:
    """The store of these settings, opened once in this process."""
    return Store.open(settings)


def _claim(connection: Connection) -> None:
    """Become the only writer until the transaction ends, so that the audit log has one order."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("BEGIN IMMEDIATE"))
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(7419032)"))


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _PATIENCE, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver would begin transactions by itself and too late; `_claim` and `begin` below do it.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine

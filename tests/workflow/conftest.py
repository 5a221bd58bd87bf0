"""The workflow's database, once on SQLite and once on PostgreSQL; and a town with an evaluation under way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from dashboard.access import Role, State
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from tests.workflow.asking import Town, copied
from tests.workflow.postgres import Server, programs, running

_TEMPLATE = "jipyo_template"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL that really runs, with a template of the tables; in continuous integration it must be there."""
    folder = programs()
    if folder is None:
        message = "no PostgreSQL: install postgresql (tools/postgres.sh does), or put initdb on the PATH"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with running(folder) as server:
        Store.open(Settings(database_url=server.make(_TEMPLATE))).close()
        yield server


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the tables and nothing in them; only copied."""
    settings = Settings(state=tmp_path_factory.mktemp("template"))
    Store.open(settings).close()
    return settings.file


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database of the test's own, with the tables and nothing in them."""
    state = tmp_path / "state"
    if request.param == "sqlite":
        state.mkdir(mode=0o700)
        shutil.copy(request.getfixturevalue("empty_sqlite"), state / "jipyo.db")
        yield Settings(state=state)
        return
    server: Server = request.getfixturevalue("postgres")
    yield Settings(state=state, database_url=server.make(f"test_{uuid4().hex}", _TEMPLATE))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """That database, open."""
    opened = Store.open(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def whole_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a town in its days of appeals, with somebody in every role tests ask for; only copied."""
    state = tmp_path_factory.mktemp("town")
    made = Town(state)
    made.at(State.APPEALS)
    made.actor(Role.EXECUTIVE)
    made.store.close()
    return state


@pytest.fixture
def town(whole_town: Path, tmp_path: Path) -> Iterator[Town]:
    """A town of the test's own."""
    made = copied(whole_town, tmp_path / "state")
    yield made
    made.store.close()

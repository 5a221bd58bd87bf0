"""Releases with canaries, an account a role, and the states a release passes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.access import State
from dashboard.workflow.tables.steps import Evaluation
from etl.release.folder import CURRENT, publish
from tests.access.canaries import recorded, scored
from tests.dashboard.signing_in import People

InState = Callable[..., AbstractContextManager[None]]


@pytest.fixture(scope="session")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> People:
    """One account a role, each signed in."""
    return People(tmp_path_factory.mktemp("state"))


@pytest.fixture
def people(everybody: People, monkeypatch: pytest.MonkeyPatch) -> People:
    """The same, where pages look people up."""
    everybody.use(monkeypatch)
    return everybody


@pytest.fixture(scope="session")
def releases_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The release of that kind, `scored` or `recorded`, alone in its folder; made when it is first asked for."""
    made: dict[str, Path] = {}
    kinds = {"scored": scored, "recorded": recorded}

    def release(kind: str) -> Path:
        if kind not in made:
            made[kind] = kinds[kind](tmp_path_factory.mktemp(kind), tmp_path_factory.mktemp("tables"))
        return made[kind]

    return release


@pytest.fixture
def in_state(people: People) -> InState:
    """The release as its evaluation stands in a state; published where that is the state."""

    @contextmanager
    def standing(release: Path, state: State, briefed: bool = False) -> Iterator[None]:
        row = Evaluation(
            year=2021,
            state=state.value,
            release=release.name,
            briefed_at=datetime.now(UTC) if briefed else None,
            version=1,
        )
        with people.store.write() as session:
            session.add(row)
        if state is State.PUBLISHED:
            publish(release)
        try:
            yield
        finally:
            (release.parent / CURRENT).unlink(missing_ok=True)
            with people.store.write() as session:
                session.delete(session.get_one(Evaluation, 2021))

    return standing

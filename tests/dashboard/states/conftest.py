"""Places in which every page is opened: folders with and without releases, damaged, superseded, and a lost database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete

from dashboard.access import State
from dashboard.desk.place import RECORDS
from dashboard.shelf import RELEASES
from dashboard.workflow.proposals import Outcome
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import store_of
from dashboard.workflow.tables.steps import Evaluation, Move
from etl.release.folder import CURRENT, publish
from tests.access.canaries import recorded, scored
from tests.dashboard.signing_in import People
from tests.dashboard.states.table import Condition

YEAR = 2021
Lay = Callable[[Condition], "Laid"]
Take = Callable[[], None]


@pytest.fixture(scope="session")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> People:
    """One account a role, each signed in."""
    return People(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with records and one without, of the same year, neither published; copied, never changed."""
    folder = tmp_path_factory.mktemp("shelves")
    for kind in ("recorded", "scored"):
        (folder / kind).mkdir()
    recorded(folder / "recorded", tmp_path_factory.mktemp("records"))
    scored(folder / "scored", tmp_path_factory.mktemp("tables"))
    return folder


class Laid:
    """A folder of releases of a test's own, in one condition.

    Attributes:
        folder: of the releases.
        monkeypatch: of the test.
        query: what the address says besides the page.
    """

    def __init__(self, shelves: Path, folder: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        self._shelves, self._people = shelves, people
        self.folder, self.monkeypatch = folder, monkeypatch
        self.query: dict[str, str] = {}

    def release(self, kind: str, *, is_published: bool = True) -> Path:
        """A release of that kind in the folder."""
        (found,) = (self._shelves / kind).glob(f"{YEAR}-*")
        there = Path(shutil.copytree(found, self.folder / found.name))
        if is_published:
            publish(there)
        return there

    def stands(self, state: State, release: Path) -> None:
        """The year's evaluation at a step."""
        with self._people.store.write() as session:
            session.add(Evaluation(year=YEAR, state=state.value, release=release.name, version=1))

    def corrected(self, before: Path) -> None:
        """That what was published was put aside for another release."""
        with self._people.store.write() as session:
            session.add(
                Move(
                    year=YEAR,
                    from_state=State.PUBLISHED.value,
                    to_state=State.REVIEW.value,
                    replaces=before.name,
                    proposed_by="one",
                    proposed_name="평가 담당자",
                    proposed_at=datetime.now(UTC),
                    decided_by="two",
                    decided_name="결재자",
                    decided_at=datetime.now(UTC),
                    reason="바로잡음",
                    outcome=Outcome.APPROVED.value,
                    version=1,
                )
            )


@pytest.fixture
def lay(shelves: Path, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lay]:
    """Puts everything as it is in a condition."""
    folder = tmp_path / "releases"
    folder.mkdir()

    def put(condition: Condition) -> Laid:
        laid = Laid(shelves, folder, people, monkeypatch)
        monkeypatch.setenv(RELEASES, str(folder))
        monkeypatch.delenv(RECORDS, raising=False)
        _PUT[condition](laid)
        return laid

    yield put
    with people.store.write() as session:
        for table in (Evaluation, Move):
            session.execute(delete(table))


def _damaged(laid: Laid) -> None:
    scores = laid.release("recorded") / "scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8") + "U99,1\n", encoding="utf-8")


def _superseded(laid: Laid) -> None:
    before, after = laid.release("recorded"), laid.release("scored")
    laid.stands(State.PUBLISHED, after)
    laid.corrected(before)
    laid.query["release"] = before.name


def _records_gone(laid: Laid) -> None:
    laid.release("recorded")
    laid.monkeypatch.setenv(RECORDS, str(laid.folder / "nowhere"))


def _another_year(laid: Laid) -> None:
    laid.stands(State.PUBLISHED, laid.release("recorded"))
    laid.query["year"] = "1999"


def _at(laid: Laid, state: State) -> None:
    laid.stands(state, laid.release("recorded", is_published=False))


def _named(laid: Laid, **query: str) -> None:
    laid.release("recorded")
    laid.query |= query


def _fault(laid: Laid) -> None:
    def fail(*_said: object) -> None:
        raise RuntimeError("a fault nobody has thought of")

    laid.release("recorded")
    laid.monkeypatch.setattr("dashboard.shell._navigation", fail)


_PUT: Mapping[Condition, Callable[[Laid], object]] = {
    Condition.NO_FOLDER: lambda laid: laid.folder.rmdir(),
    Condition.NOTHING_RELEASED: lambda laid: laid,
    Condition.NOTHING_PUBLISHED: lambda laid: laid.release("recorded", is_published=False),
    Condition.DAMAGED: _damaged,
    Condition.DAMAGED_LIST: lambda laid: (laid.folder / CURRENT).write_text("?"),
    Condition.NO_RECORDS: lambda laid: laid.release("scored"),
    Condition.FIRST_YEAR: lambda laid: laid.release("recorded"),
    Condition.SUPERSEDED: _superseded,
    Condition.UNKNOWN_YEAR: _another_year,
    Condition.UNKNOWN_RELEASE: lambda laid: _named(laid, release=f"{YEAR}-000000000000"),
    Condition.UNKNOWN_UNIT: lambda laid: _named(laid, unit="nobody", beside="nobody"),
    Condition.UNKNOWN_INDICATOR: lambda laid: _named(laid, indicator="nothing"),
    Condition.UNKNOWN_RECORD: lambda laid: _named(laid, record="dataset:없음", request="0" * 32),
    Condition.NOT_SHOWN_YET: lambda laid: _at(laid, State.COLLECTING),
    Condition.WINDOW_CLOSED: lambda laid: _at(laid, State.FINAL),
    Condition.RECORDS_GONE: _records_gone,
    Condition.DATABASE_AWAY: lambda laid: laid.release("recorded"),
    Condition.FAULT: _fault,
}
"""How each condition comes about."""


@pytest.fixture
def take_away(people: People) -> Iterator[Take]:
    """Takes the database away, as a disk that is lost would be, until the test ends."""
    file, kept = people.settings.file, people.settings.file.with_name("kept.db")

    def take() -> None:
        for one in (store_of(Settings.from_environment()), people.store):
            one.close()
        file.rename(kept)
        file.mkdir()

    yield take
    if kept.exists():
        file.rmdir()
        kept.rename(file)

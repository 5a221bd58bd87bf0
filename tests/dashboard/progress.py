"""A year under way in a database of its own, and the page of the steps as people in each role see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.desk.place import RECORDS
from dashboard.shelf import RELEASES
from dashboard.workflow.audit import Actor
from dashboard.workflow.sessions import look_up
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.steps import Evaluation
from tests.dashboard.desk import press, records, settled
from tests.dashboard.signing_in import People
from tests.workflow.stepping import Year

YEAR: Final = 2021
ROWS: Final = "1,스마트도시과,주차장,2021-03-02\n2,스마트도시과,자전거,2021-04-02\n3,문화체육과,도서관,2021-05-02\n"


def dataset_rules(weight: int = 1) -> bytes:
    """Rules that count datasets opened; another weight gives other scores."""
    return (
        f'[evaluation]\nid = "small"\ntitle = {{ ko = "시험 규칙", en = "Rules of a test" }}\nyear = {YEAR}\n'
        '[score]\naggregation = "weighted_sum"\nweights = "as_given"\n'
        '[[indicators]]\nid = "opening"\nname = { ko = "개방", en = "Opening" }\nnumerator = "datasets_opened"\n'
        f'weight = {weight}\npoints = {{ method = "raw" }}\n'
    ).encode()


class Progress:
    """The page over a database, a folder of records and one of releases, all of its own."""

    def __init__(self, project: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.script = project / "dashboard/app/main.py"
        self.people = People(place / "state")
        self.people.use(monkeypatch)
        self.releases = place / "releases"
        self.releases.mkdir()
        self.records = records(place / "records", ROWS)
        monkeypatch.setenv(RELEASES, str(self.releases))
        monkeypatch.setenv(RECORDS, str(self.records))

    @property
    def year(self) -> Year:
        """The year, to be moved without the page."""
        return Year(self.people.store, self.releases, YEAR)

    def open(self, role: Role, **query: str) -> AppTest:
        """The page as somebody in a role sees it."""
        app = self.people.open(self.script, role)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page("../pages/steps.py")
        return settled(app)

    def actor(self, role: Role) -> Actor:
        """Whoever the page knows in a role."""
        with self.reading() as session:
            signed = look_up(session, self.people.digest(role), self.people.settings)
        assert signed is not None
        return Actor(signed.person, signed.address)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that reads."""
        with self.people.store.read() as session:
            yield session

    @property
    def state(self) -> State:
        """The step the year has reached."""
        with self.reading() as session:
            return State(session.get_one(Evaluation, YEAR).state)

    @property
    def log(self) -> list[str]:
        """What the log tells, first to last."""
        with self.reading() as session:
            return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def twice(app: AppTest, key: str) -> AppTest:
    """Press a button, and the one that confirms it."""
    return press(press(app, key), "act-confirm")


def keys(app: AppTest) -> set[str]:
    """The buttons of a page."""
    return {button.key for button in app.button if button.key}

"""Releases to look at: the demonstration's two last years, and small ones made of a table of figures."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, Scope
from dashboard.desk.place import RECORDS, UPLOADS
from dashboard.frames.source import Source
from dashboard.shelf import RELEASES
from dashboard.words import Words
from etl.evaluate import evaluate
from etl.given import score_table
from etl.insight.reading import Reading, open_release
from etl.release.folder import publish, published
from tests.dashboard.desk import OpenData, settled
from tests.dashboard.signing_in import People

GIVEN_METRICS = (
    "analyses_completed",
    "policies_using_data",
    "datasets_opened",
    "training_people",
    "training_attendances",
    "headcount_authorised",
    "diagnosis_people",
    "datasets_maintained",
    "datasets_held",
    "dataset_downloads",
    "awards_received",
)

ScoreUnits = Callable[[Path, Sequence[tuple[str, str, str]], Mapping[str, Mapping[str, str]]], Path]


@pytest.fixture(scope="session")
def releases(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration of 2020 and 2021 published; nobody changes it."""
    folder = tmp_path_factory.mktemp("demonstration")
    for year in (2020, 2021):
        publish(evaluate(project / "data/demo", project / f"data/rulebooks/demo-{year}.toml", folder).release)
    return folder


@pytest.fixture(scope="session")
def readings(releases: Path) -> dict[int, Reading]:
    """The demonstration's releases by year, opened."""
    return {pointer.year: open_release(releases / pointer.release) for pointer in published(releases)}


@pytest.fixture(scope="session")
def korean(readings: dict[int, Reading]) -> Source:
    """What pages show to one who may see everything of 2021, with the year before, in Korean."""
    return Source(readings[2021], (readings[2020],), Scope.everything(), Words("ko"))


@pytest.fixture(scope="session")
def english(korean: Source) -> Source:
    """The same in English."""
    return replace(korean, words=Words("en"))


@pytest.fixture(scope="session")
def score_units(project: Path, tmp_path_factory: pytest.TempPathFactory) -> ScoreUnits:
    """Scores (code, name, peer group) of departments under the demonstration's rules, from figures by code."""

    def score(folder: Path, units: Sequence[tuple[str, str, str]], figures: Mapping[str, Mapping[str, str]]) -> Path:
        tables = tmp_path_factory.mktemp("tables")
        _write(tables / "units.csv", [("unit_id", "name", "peer_group"), *units])
        rows = [(unit, metric, value) for unit, own in figures.items() for metric, value in own.items()]
        _write(tables / "metrics.csv", [("unit_id", "metric", "value"), *rows])
        rulebook = project / "data/rulebooks/demo-2021.toml"
        return score_table(tables / "metrics.csv", rulebook, folder, tables / "units.csv").release

    return score


@pytest.fixture(scope="session")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> People:
    """One account a role, each signed in."""
    return People(tmp_path_factory.mktemp("state"))


@pytest.fixture
def people(everybody: People, monkeypatch: pytest.MonkeyPatch) -> People:
    """The same, where pages look people up."""
    everybody.use(monkeypatch)
    return everybody


@pytest.fixture
def open_data(project: Path, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenData:
    """Opens the data page over a folder of records, at an address."""

    def open_page(folder: Path | None, role: Role = Role.EVALUATOR, **query: str) -> AppTest:
        monkeypatch.setenv(RELEASES, str(tmp_path / "releases"))
        monkeypatch.setenv(UPLOADS, str(tmp_path))
        if folder is None:
            monkeypatch.delenv(RECORDS, raising=False)
        else:
            monkeypatch.setenv(RECORDS, str(folder))
        app = people.open(project / "dashboard/app/main.py", role)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page("../pages/data.py")
        return settled(app)

    return open_page


def figures_of(**changed: str) -> dict[str, str]:
    """One of everything but awards, except what is said otherwise; an empty text is no value."""
    return dict.fromkeys(GIVEN_METRICS, "1") | {"awards_received": "0"} | changed


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)

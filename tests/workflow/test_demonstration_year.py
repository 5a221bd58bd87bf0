"""The demonstration's evaluation under way: done by its people, once, and only over the synthetic city."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Person, State
from dashboard.workflow.accounts import find_account
from dashboard.workflow.demonstration import EXAMPLE, prepare
from dashboard.workflow.demonstration_year import YEAR, evaluation_under_way, rules_of_the_year
from dashboard.workflow.receiving import belonging_of
from dashboard.workflow.requests import requests_for
from dashboard.workflow.rulebooks import read_text
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.panel import Panel
from dashboard.workflow.tables.steps import Evaluation, Move, RulebookVersion
from etl.insight.reading import open_release
from etl.release.folder import published


@pytest.fixture(scope="module")
def begun(project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Path]:
    """A demonstration's database with the evaluation, and its folder of releases."""
    settings = Settings(state=tmp_path_factory.mktemp("state"), demonstration=True)
    store, releases = Store.open(settings), tmp_path_factory.mktemp("releases")
    prepare(store, settings, "127.0.0.1")
    assert evaluation_under_way(store, project / "data/demo", releases)
    return store, releases


def auditor(session: Session) -> Person:
    account = find_account(session, "auditor")
    assert account is not None
    return account.person


def test_it_is_in_its_appeals_with_a_proposal_that_waits(begun: tuple[Store, Path], project: Path) -> None:
    store, releases = begun
    with store.read() as session:
        evaluation = session.get_one(Evaluation, YEAR)
        moves = {(move.from_state, move.to_state): move.outcome for move in session.scalars(select(Move))}
        assert belonging_of(session, project / "data/demo").why_not is None
    assert evaluation.state == State.APPEALS
    assert evaluation.release is not None
    assert (releases / evaluation.release).is_dir()
    assert not published(releases), "nothing is published by it"
    assert evaluation.briefed_at is not None
    assert moves == {
        ("collecting", "provisional"): "approved",
        ("provisional", "appeals"): "approved",
        ("appeals", "provisional"): "waiting",
    }


def test_requests_of_every_kind_are_as_far_as_requests_can_be(begun: tuple[Store, Path]) -> None:
    store, _ = begun
    with store.read() as session:
        states = Counter((one.kind, one.state) for one in requests_for(session, auditor(session), YEAR))
    assert states == {
        ("appeal", "filed"): 1,
        ("appeal", "answered"): 1,
        ("appeal", "withdrawn"): 1,
        ("not_applicable", "decided"): 1,
        ("recognition", "filed"): 1,
        ("bonus", "answered"): 1,
        ("penalty", "filed"): 1,
    }


def test_everything_that_was_said_is_labelled_as_an_example(begun: tuple[Store, Path]) -> None:
    store, _ = begun
    with store.read() as session:
        requests = requests_for(session, auditor(session), YEAR)
        said = [remark.text for one in requests for remark in one.remarks]
        said += [one.reason for one in (*session.scalars(select(Move)), *session.scalars(select(RulebookVersion)))]
        said += [mark.note for panel in session.scalars(select(Panel)) for mark in panel.marks]
    assert len(said) > 20
    assert [text for text in said if EXAMPLE not in text] == []
    assert EXAMPLE in read_text(rules_of_the_year()).evaluation.title.ko


def test_the_trend_begins_with_a_year_that_has_records(begun: tuple[Store, Path]) -> None:
    store, releases = begun
    with store.read() as session:
        release = session.get_one(Evaluation, YEAR).release
    assert release is not None
    reading = open_release(releases / release)
    first = min(row.year for row in reading.history)
    assert first == reading.rulebook.history_from == 2018
    shown = {one.metric for one in reading.rulebook.headlines if one.count == "sum"}
    counted = {row.metric: row.records_counted for row in reading.history if row.year == first}
    assert shown
    assert all(counted[metric] for metric in shown)


def test_it_is_begun_once(begun: tuple[Store, Path], project: Path) -> None:
    store, releases = begun
    assert not evaluation_under_way(store, project / "data/demo", releases)


def test_records_that_are_not_the_synthetic_citys_are_left_alone(tmp_path: Path) -> None:
    store = Store.open(Settings(state=tmp_path / "state"))
    (tmp_path / "README.txt").write_text("자료")
    assert not evaluation_under_way(store, tmp_path, tmp_path / "releases")
    assert not (tmp_path / "releases").exists()

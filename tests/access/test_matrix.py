"""Every page, for every role, in every state: what the table refuses is in no byte that is sent, what it allows is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Action, Person, Role, State, Thing, can, scope_of
from dashboard.address import ACTION_OF, DESK_PAGES, PAGES, PageName
from dashboard.desk.place import RECORDS
from dashboard.shelf import RELEASES
from tests.access.canaries import (
    CODE,
    CODE_BESIDE,
    NAME,
    NAME_BESIDE,
    READER,
    SCORE,
    SCORE_BESIDE,
    TITLE,
    sent,
)
from tests.access.conftest import InState
from tests.dashboard.signing_in import People

pytestmark = pytest.mark.slow

ReleasesOf = Callable[[str], Path]

OF_NAMES: Sequence[PageName] = ("ranking", "department", "indicator")
"""Pages of the figures that name every department they may, whatever the address says."""
OF_RECORDS: Sequence[PageName] = ("department", "indicator", "training", "chain", "pilots", "initiatives", "practices")
"""Pages that show records or what is read of them."""
PLANTED = {
    "unit": CODE,
    "indicator": "analyses_completed",
    "record": "dataset:D-01",
    "kind": "dataset",
    "find": "",
    "span": "all",
}


def seen(app: AppTest, page: PageName) -> bytes:
    """What a page sends to somebody who has planted another department in its address."""
    for key, value in PLANTED.items():
        app.query_params[key] = value
    app.switch_page(f"../pages/{page}.py")
    app.run()
    assert not app.exception
    return sent(app)


def among(words: Sequence[str], content: bytes) -> set[str]:
    return {word for word in words if word.encode() in content}


@pytest.fixture
def opened(
    project: Path, people: People, releases_of: ReleasesOf, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Role, str], AppTest]:
    def start(role: Role, kind: str) -> AppTest:
        monkeypatch.setenv(RELEASES, str(releases_of(kind).parent))
        monkeypatch.delenv(RECORDS, raising=False)
        app = people.open(project / "dashboard/app/main.py", role, READER)
        app.query_params["lang"] = "ko"
        return app.run()

    return start


def person(role: Role) -> Person:
    return Person("somebody", "somebody", role, READER if role is Role.DEPARTMENT else None)


@pytest.mark.parametrize("role", Role)
def test_names_codes_and_scores_go_to_whom_the_table_allows(
    opened: Callable[[Role, str], AppTest], releases_of: ReleasesOf, in_state: InState, role: Role
) -> None:
    app, release = opened(role, "scored"), releases_of("scored")
    named = (NAME, SCORE, CODE_BESIDE, NAME_BESIDE, SCORE_BESIDE)
    for state in State:
        with in_state(release, state):
            allowed = can(person(role), Action.SEE_UNIT, Thing(CODE), state)
            for page in PAGES:
                content, where = seen(app, page), (role, state, page)
                assert is_open(content) == may_open(role, page, state), where
                found = among(named, content)
                if page == "accounts":
                    # Whoever gives people their departments knows which there are, and nothing of how they did.
                    assert not found & {SCORE, SCORE_BESIDE}, where
                elif not allowed:
                    assert not found, where
                elif page in OF_NAMES:
                    assert found >= {NAME, SCORE}, where


def may_open(role: Role, page: PageName, state: State) -> bool:
    """Whether the table lets somebody open a page, if only for their own department."""
    somebody = person(role)
    of_release = page in DESK_PAGES or scope_of(somebody, state) is not None
    return of_release and can(somebody, ACTION_OF[page], Thing(somebody.unit_id), state)


def is_open(content: bytes) -> bool:
    return not among(("볼 수 없는 화면입니다", "보여 드릴 결과가 없습니다"), content)


@pytest.mark.parametrize("role", Role)
def test_records_go_to_whom_the_table_allows(
    opened: Callable[[Role, str], AppTest], releases_of: ReleasesOf, in_state: InState, role: Role
) -> None:
    app, release = opened(role, "recorded"), releases_of("recorded")
    shown: set[PageName] = set()
    for state in State:
        with in_state(release, state):
            by_name = can(person(role), Action.SEE_UNIT, Thing(CODE), state)
            records = can(person(role), Action.SEE_RECORDS, Thing(CODE), state)
            for page in OF_RECORDS:
                content, where = seen(app, page), (role, state, page)
                if not by_name:
                    assert not among((NAME, CODE_BESIDE, NAME_BESIDE), content), where
                if not records:
                    assert not among((TITLE, f"{NAME}-", f"{NAME_BESIDE}-"), content), where
                elif TITLE.encode() in content:
                    shown.add(page)
    if any(can(person(role), Action.SEE_RECORDS, Thing(CODE), state) for state in State):
        assert shown == {"chain", "initiatives", "practices"}


def test_executives_see_a_release_before_it_is_final_once_they_are_briefed(
    opened: Callable[[Role, str], AppTest], releases_of: ReleasesOf, in_state: InState
) -> None:
    app, release = opened(Role.EXECUTIVE, "scored"), releases_of("scored")
    for briefed in (False, True):
        with in_state(release, State.APPEALS, briefed=briefed):
            assert among((NAME, SCORE), seen(app, "ranking")) == ({NAME, SCORE} if briefed else set())


# Forged messages -----------------------------------------------------------------------------------------------------

CHOICES: Sequence[tuple[str, PageName, str, str]] = (
    ("recorded", "training", "choose-unit", CODE),
    ("recorded", "chain", "choose-unit", CODE),
    ("recorded", "chain", "choose-record", "dataset:D-02"),
    ("recorded", "initiatives", "choose-unit", CODE),
    ("recorded", "pilots", "choose-record", "pilots:T-09"),
)


@pytest.mark.parametrize(("kind", "page", "key", "value"), CHOICES)
def test_a_message_of_a_widget_with_somebody_elses_department_shows_nothing_of_it(
    opened: Callable[[Role, str], AppTest],
    releases_of: ReleasesOf,
    in_state: InState,
    kind: str,
    page: PageName,
    key: str,
    value: str,
) -> None:
    app = opened(Role.DEPARTMENT, kind)
    with in_state(releases_of(kind), State.PROVISIONAL):
        app.switch_page(f"../pages/{page}.py")
        app.run()
        (widget,) = [one for one in app.selectbox if one.key == key]
        message = app._tree.get_widget_states()
        (told,) = [one for one in message.widgets if one.id == widget.id] or [message.widgets.add(id=widget.id)]
        told.string_value = value
        app._run(message)
        assert not among((NAME, SCORE, TITLE, NAME_BESIDE, CODE_BESIDE), sent(app)), page


@pytest.mark.parametrize("page", ["department", "indicator"])
def test_who_sees_one_department_alone_is_offered_no_choice_of_departments(
    opened: Callable[[Role, str], AppTest], releases_of: ReleasesOf, in_state: InState, page: PageName
) -> None:
    for role, offered in ((Role.DEPARTMENT, 0), (Role.EVALUATOR, 1)):
        app = opened(role, "scored")
        with in_state(releases_of("scored"), State.PROVISIONAL):
            app.switch_page(f"../pages/{page}.py")
            app.run()
            assert len([one for one in app.selectbox if one.key == "choose-unit"]) == offered

"""Every page, for every role, in every condition: it says what happened and what to do, and never nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Person, Role, Thing, can
from dashboard.address import ACTION_OF, DESK_PAGES, PAGES, PageName
from dashboard.words import WORDS
from etl.errors import Language
from tests.access.canaries import READER
from tests.dashboard.signing_in import People
from tests.dashboard.states.conftest import Lay, Take
from tests.dashboard.states.table import TABLE, Cannot, Condition, Told

pytestmark = pytest.mark.slow

READS_ENGLISH: Final = Role.AUDITOR
"""The sample of the other language."""
RUN_IT: Final = frozenset({Role.EVALUATOR, Role.APPROVER, Role.AUDITOR})
TURNED_AWAY: Final = ("state.not_for_you", "state.not_for_you.what")
NEXT: Final = re.compile(r"세요|나옵니다|보여 드립니다|열립니다")
"""How a Korean text ends that says what to do, or what one may wait for."""
BEFORE_ANYBODY_IS_TOLD_APART: Final = (
    Condition.NO_FOLDER,
    Condition.NOTHING_RELEASED,
    Condition.NOTHING_PUBLISHED,
    Condition.DAMAGED,
    Condition.DAMAGED_LIST,
    Condition.NOT_SHOWN_YET,
)
"""In these a page ends early: what it says is asked for every role. In the others three roles stand for all."""
THREE: Final = (Role.EVALUATOR, Role.DEPARTMENT, READS_ENGLISH)
CASES: Final = [
    (condition, role)
    for condition in Condition
    for role in (Role if condition in BEFORE_ANYBODY_IS_TOLD_APART else THREE)
]


def said_on(app: AppTest) -> str:
    """The text of a page's main part, one blank between words."""
    bodies = [one.proto.body for one in app.main if one.type == "html" and "<style" not in one.proto.body]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", " ".join(bodies))))


def says(text: str, key: str, language: Language) -> bool:
    """Whether a text stands on a page, whatever its facts are."""
    pieces = (re.escape(piece.strip()) for piece in re.split(r"\{[^}]*\}", WORDS[key][language]))
    return re.search(r"\s*.*?\s*".join(pieces), text) is not None


def expected(page: PageName, role: Role, cell: Told, condition: Condition) -> Sequence[str]:
    """The keys of what somebody is told."""
    unit_id = READER if role is Role.DEPARTMENT else None
    person = Person("somebody", "somebody", role, unit_id)
    turned_away = page in DESK_PAGES and not can(person, ACTION_OF[page], Thing(unit_id))
    if turned_away and condition not in (Condition.DATABASE_AWAY, Condition.FAULT):
        return TURNED_AWAY
    return cell.staff if role in RUN_IT else cell.others


@pytest.fixture
def opened(project: Path, people: People) -> Callable[[Role, dict[str, str]], Callable[[PageName], AppTest]]:
    """Somebody who is signed in opens pages at an address, one after the other."""

    def start(role: Role, query: dict[str, str]) -> Callable[[PageName], AppTest]:
        app = people.open(project / "dashboard/app/main.py", role, READER).run()

        def go(page: PageName) -> AppTest:
            app.query_params.clear()
            for key, value in query.items():
                app.query_params[key] = value
            app.switch_page(f"../pages/{page}.py")
            return app.run()

        return go

    return start


@pytest.mark.parametrize(("condition", "role"), CASES, ids=lambda one: one.name.lower())
def test_a_page_says_what_is_the_matter_and_what_to_do(
    lay: Lay,
    take_away: Take,
    opened: Callable[[Role, dict[str, str]], Callable[[PageName], AppTest]],
    condition: Condition,
    role: Role,
) -> None:
    language: Language = "en" if role is READS_ENGLISH else "ko"
    query = {**lay(condition).query, "lang": language}
    go = opened(role, query)
    if condition is Condition.DATABASE_AWAY:
        take_away()
    for page, cell in TABLE[condition].items():
        keys = expected(page, role, cell, condition) if isinstance(cell, Told) else ()
        if not keys:
            continue
        app = go(page)
        text, where = said_on(app), (condition, role, page)
        assert not app.exception, where
        missing = [key for key in keys if not says(text, key, language)]
        assert not missing, (where, text)
        assert "Traceback" not in text, where
        assert "nobody has thought of" not in text, where
        other = WORDS["state.not_for_you"]["ko" if language == "en" else "en"]
        assert other not in text, where


# The table itself ----------------------------------------------------------------------------------------------------


def test_every_condition_has_a_cell_for_every_page() -> None:
    missing = [
        (condition.name, page) for condition in Condition for page in PAGES if page not in TABLE.get(condition, {})
    ]
    assert not missing, "a page or a condition without its states: tests/dashboard/states/table.py"


def test_what_cannot_be_says_why() -> None:
    cells = [cell for row in TABLE.values() for cell in row.values() if isinstance(cell, Cannot)]
    assert cells
    assert all(cell.why for cell in cells)


@pytest.mark.parametrize("condition", Condition, ids=lambda one: one.name.lower())
def test_what_is_said_tells_what_to_do_next(condition: Condition) -> None:
    for page, cell in TABLE[condition].items():
        for keys in (cell.staff, cell.others) if isinstance(cell, Told) else ():
            assert not keys or any(NEXT.search(WORDS[key]["ko"]) for key in keys), (page, keys)


def test_every_page_has_conditions_of_its_own() -> None:
    told = {page for row in TABLE.values() for page, cell in row.items() if isinstance(cell, Told)}
    assert told == set(PAGES)

"""The demonstration served once, and every page opened once a module for somebody who may see it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from dashboard.access import Role
from dashboard.workflow.demonstration import SHOWN
from tests.dashboard.everybody.looking import DESK, PATIENCE, Opened
from tests.dashboard.serving import Served, served
from tools.shots import Shot, every_page, sign_in, viewer, wait_until_drawn

ContextOf = Callable[[Role], BrowserContext]


@pytest.fixture(scope="session")
def demonstration(project: Path, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration of two years and the one under way with its records, as `make run` serves it."""
    folder, records = tmp_path_factory.mktemp("served"), project / "data/demo"
    own = shutil.copytree(releases, folder / "releases")  # the year under way is written beside the others
    with served(project, own, folder / "server.log", "jipyo serve", demonstration=True, records=records) as running:
        yield running


@pytest.fixture(scope="module")
def context_of(browser: Browser, demonstration: Served) -> Iterator[ContextOf]:
    """A browser in which somebody of a role is signed in, the same each time it is asked for."""
    made: dict[Role, BrowserContext] = {}

    def context(role: Role) -> BrowserContext:
        if role not in made:
            shown = next(shown for shown in SHOWN if shown.role is role)
            made[role] = browser.new_context(
                viewport={"width": DESK["width"], "height": DESK["height"]},
                locale="ko-KR",
                color_scheme="light",
                storage_state=sign_in(browser, demonstration.address, shown.login, shown.password),
            )
            made[role].set_default_timeout(PATIENCE)
        return made[role]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture(scope="module", params=list(every_page()), ids=lambda shot: shot.name)
def opened(request: pytest.FixtureRequest, context_of: ContextOf, demonstration: Served) -> Iterator[Opened]:
    """Every page in turn, opened once for all tests of a module: they press nothing, and put back what they change."""
    shot: Shot = request.param
    page = context_of(viewer(shot.page).role).new_page()
    page.goto(demonstration.address + shot.path)
    wait_until_drawn(page)
    yield Opened(shot, page)
    page.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one page of a module stand side by side, so that it is opened once: pages come in a random order."""
    places = [at for at, item in enumerate(items) if _page_of(item)]
    together: dict[tuple[Path, str], list[pytest.Item]] = {}
    for at in places:
        together.setdefault((items[at].path, _page_of(items[at])), []).append(items[at])
    for at, item in zip(places, chain.from_iterable(together.values()), strict=True):
        items[at] = item


def _page_of(item: pytest.Item) -> str:
    """The page a test is about; empty where it is about none in particular."""
    shot = (
        item.callspec.params.get("opened") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None
    )
    return shot.name if isinstance(shot, Shot) else ""

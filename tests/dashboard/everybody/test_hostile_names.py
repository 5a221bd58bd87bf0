"""Departments, records and indicators with names meant to do harm: every page shows them as they are written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page

from dashboard.address import RELEASE_PAGES
from etl.evaluate import evaluate
from etl.release.folder import publish
from tests.dashboard.everybody.looking import DESK, PATIENCE, PHONE, resized
from tests.dashboard.serving import Served, served
from tests.golden.evaluation import RECORDS, RULEBOOK
from tools.shots import cut_texts, pixels_too_wide, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

SCRIPT = "<img src=x onerror=alert(1)>"
LINK = "[누르세요](http://example.org) **굵게** :red[빨강] $x^2$"
NAMES = {
    "데이터과": SCRIPT,
    "도시계획과": LINK,
    "민원과": "=1+1",
    "기획과": "한없이긴부서이름" * 37,
    "가람읍": "مكتب البيانات تجربة",
    "나루동": "📊 데이터과 👩\u200d💻",
}
"""What departments, and whatever else has these words in it, are called instead."""
TITLES = {
    "정류장 목록": SCRIPT,
    "버스 이용량": LINK,
    "스마트워크센터": "#let x = 1",
    "데이터 활용 우수상": SCRIPT,
    "민원 답변 도우미": LINK,
}
"""What records are."""
_PLANTED = "img[src='x'], image[href='x'], a[href*='example.org'], strong:text('굵게'), .katex"


@dataclass
class Noted:
    """What a browser did while pages were looked at."""

    dialogs: list[str]
    errors: list[str]
    hosts: set[str]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Served]:
    """The golden evaluation, its names and its indicators' names made hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    records = Path(shutil.copytree(RECORDS, folder / "records"))
    for path in records.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        for name, instead in {**NAMES, **TITLES}.items():
            text = text.replace(name, instead)
        path.write_text(text, encoding="utf-8")
    rulebook = folder / "rulebook.toml"
    named = RULEBOOK.read_text(encoding="utf-8").replace('name = { ko = "', f'name = {{ ko = "{SCRIPT} ')
    assert SCRIPT in named
    rulebook.write_text(named, encoding="utf-8")
    publish(evaluate(records, rulebook, folder / "releases").release)
    with served(project, folder / "releases", folder / "server.log", records=records) as running:
        yield running


@pytest.fixture(scope="module")
def looking(browser: Browser, hostile: Served) -> Iterator[tuple[Page, Noted]]:
    context = browser.new_context(viewport={"width": DESK["width"], "height": DESK["height"]}, locale="ko-KR")
    context.set_default_timeout(PATIENCE)
    page, noted = context.new_page(), Noted([], [], set())
    hostile.enter(page)

    def dismiss(dialog: Dialog) -> None:
        noted.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: noted.errors.append(str(error)))
    page.on("request", lambda request: noted.hosts.add(urlsplit(request.url).netloc))
    yield page, noted
    context.close()


@pytest.mark.parametrize("page_name", [*RELEASE_PAGES, "data", "steps", "requests"])
def test_hostile_names_stay_text_and_break_no_page(
    looking: tuple[Page, Noted], hostile: Served, page_name: str
) -> None:
    page, noted = looking
    path = "" if page_name == RELEASE_PAGES[0] else page_name
    page.goto(f"{hostile.address}/{path}?unit=U02&indicator=datasets")
    wait_until_drawn(page)
    assert page.locator(_PLANTED).count() == 0
    assert not noted.dialogs
    assert not noted.errors
    assert noted.hosts - {""} == {urlsplit(hostile.address).netloc}
    for size in (DESK, PHONE):
        resized(page, size)
        assert pixels_too_wide(page) <= 0
        assert not cut_texts(page)
    resized(page, DESK)


def test_the_names_are_shown_as_they_are_written(looking: tuple[Page, Noted], hostile: Served) -> None:
    page, _ = looking
    page.goto(f"{hostile.address}/ranking")
    wait_until_drawn(page)
    shown = page.locator("table").all_inner_texts()
    for name in NAMES.values():
        assert any(name in text for text in shown), name

"""Takes a picture of every page of a dashboard, at the widths of a desk, a tablet and a phone, light and dark.

Usage: python -m tools.shots http://127.0.0.1:8501 FOLDER [--login L --password P] [--unit CODE] [--indicator ID]
           [--lang en] [--pages overview,ranking]

Every page is seen by an account of the demonstration that may open it, unless another account is named; the last are
the pages of the gate itself. It tells on the way which pictures are empty or cut text off.

The browser is the system's Chromium, or the one JIPYO_CHROMIUM names.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from dashboard.access import Person, may_ever
from dashboard.address import ACTION_OF, PAGES, Address, PageName
from dashboard.workflow.demonstration import SHOWN, Shown

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (1440, 1024, 390)
HEIGHT = 900
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
SIGN_IN = "/signin"


def browser_path() -> str:
    """The browser to start.

    Raises:
        SystemExit: there is none.
    """
    named = os.environ.get("JIPYO_CHROMIUM")
    found = next((path for name in ([named] if named else BROWSERS) if (path := shutil.which(name))), None)
    if found is None:
        sys.exit("No browser. Install Chromium (apt-get install chromium) or name one with JIPYO_CHROMIUM.")
    return found


def wait_until_drawn(page: Page) -> None:
    """Until the script has run, no work is under way, charts are as wide as their places and the fonts are there."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector(".jp-title, .jp-state:not(.jp-tour)")  # the first steps may be closed
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stSkeleton], .jp-working')"
        " && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].filter(chart => chart.checkVisibility())"
        ".every(chart => Math.abs(chart.clientWidth - chart.querySelector('.main-svg')?.clientWidth) <= 1)"
    )
    page.evaluate("() => document.fonts.ready")


def whole_height(page: Page) -> int:
    """The height of everything there is to scroll, in pixels."""
    return int(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight"))


def sign_in(browser: Browser, url: str, login: str, password: str) -> StorageState:
    """Sign in on the sign-in page; what the browser keeps of it signs other pages in.

    Raises:
        SystemExit: login and password are not taken.
    """
    page = browser.new_page()
    page.goto(f"{url}{SIGN_IN}")
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if SIGN_IN in page.url:
        sys.exit(f"{login} cannot sign in. Name an account: --login L --password P")
    kept = page.context.storage_state()
    page.close()
    return kept


def take(browser: Browser, url: str, width: int, theme: Theme, picture: Path, kept: StorageState) -> list[str]:
    """One page from top to bottom.

    Returns:
        What is wrong with it: texts cut off, a page wider than its window.
    """
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=theme, storage_state=kept)
    page.goto(url)
    wait_until_drawn(page)
    page.set_viewport_size({"width": width, "height": max(HEIGHT, whole_height(page))})
    wait_until_drawn(page)
    page.screenshot(path=picture)
    wider = pixels_too_wide(page)
    troubles = [f"cut off: {text}" for text in cut_texts(page)] + ([f"{wider} px too wide"] if wider > 0 else [])
    page.close()
    return troubles


def take_gate(browser: Browser, url: str, width: int, theme: Theme, picture: Path, kept: StorageState | None) -> None:
    """One page that the gate writes itself."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=theme, storage_state=kept)
    page.goto(url)
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=picture, full_page=True)
    page.close()


UNIT = "0010030"
INDICATOR = "datasets_opened"
PARTS: dict[PageName, tuple[str | None, ...]] = {
    "data": ("state", "upload", "rejects", "names", "loads"),
    "requests": (None, "file"),
}
"""The parts of pages that have more than one."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One page, or a part of one, worth a picture.

    Attributes:
        name: of the picture.
        page: of the dashboard.
        path: with its query, as it follows the dashboard's address.
    """

    name: str
    page: PageName
    path: str


def every_page(unit: str = UNIT, indicator: str = INDICATOR, lang: str | None = None) -> Iterator[Shot]:
    """Every page there is, with its parts, about a department and an indicator where it is about one."""
    about = {
        "department": Address(unit=unit, lang=lang),
        "indicator": Address(unit=unit, indicator=indicator, lang=lang),
    }
    for page in PAGES:
        for part in PARTS.get(page, (None,)):
            address = about.get(page, Address(lang=lang)).to(part=part)
            yield Shot(f"{page}-{part}" if part else page, page, "/" + address.href(page).removeprefix("./"))


def viewer(page: PageName) -> Shown:
    """The account of the demonstration that sees most of a page: the first that may open it."""
    return next(
        shown
        for shown in SHOWN
        if may_ever(Person(shown.login, shown.name, shown.role, shown.unit_id), ACTION_OF[page])
    )


# What is wrong with a picture ----------------------------------------------------------------------------------------

_CUT = """() => {
  const texts = 'h1, h2, h3, th, td, button, label, summary, .stHtml :is(p, a, li, dt, dd)'
  const inBoxes = [...document.querySelectorAll(texts)]
    .filter(at => ['hidden', 'clip'].includes(getComputedStyle(at).overflowX)
      && !at.closest('caption') && at.scrollWidth > at.clientWidth + 1)
  const inCharts = [...document.querySelectorAll('.main-svg text')].filter(at => {
    const text = at.getBoundingClientRect()
    const edges = [at.closest('.main-svg'), at.closest('[data-testid=stPlotlyChart]')].filter(Boolean)
      .map(box => box.getBoundingClientRect())
    return edges.some(edge => text.left < edge.left - 1 || text.right > edge.right + 1)
  })
  // Choices side by side can be moved along in their place, and nothing says so.
  const inRows = [...document.querySelectorAll('[role=radiogroup]')].filter(at => at.scrollWidth > at.clientWidth + 1)
  return [...inBoxes, ...inCharts, ...inRows]
    .filter(at => at.checkVisibility() && at.closest('[data-testid=stMain], main'))
    .map(at => (at.innerText || at.textContent).slice(0, 60))
}"""
_WIDER = """() => {
  const main = document.querySelector('[data-testid=stMain]') || document.documentElement
  return Math.max(main.scrollWidth - main.clientWidth,
    document.documentElement.scrollWidth - document.documentElement.clientWidth)
}"""


def cut_texts(page: Page) -> list[str]:
    """Beginnings of the texts that end at the edge of their box or chart without a way to see the rest."""
    return list(page.evaluate(_CUT))


def pixels_too_wide(page: Page) -> int:
    """By how many pixels a page is wider than its window; 0 where nobody has to scroll sideways."""
    return int(page.evaluate(_WIDER))


def is_empty(picture: Path) -> bool:
    """Whether a picture shows next to nothing: fewer than one pixel in two hundred differs from its ground."""
    with Image.open(picture) as image:
        counted = image.convert("L").histogram()
    return sum(counted) - max(counted) < sum(counted) / 200


def main() -> None:
    """Takes the pictures and prints where each one is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--login", help="who looks (default: accounts of the demonstration)")
    parser.add_argument("--password", default="")
    parser.add_argument("--unit", default=UNIT, help="department shown (default: one of the demonstration)")
    parser.add_argument("--indicator", default=INDICATOR)
    parser.add_argument("--lang", choices=("ko", "en"), default="ko")
    parser.add_argument("--pages", help="only these, with commas between them")
    said = parser.parse_args()
    said.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        _take_all(browser, said.url.rstrip("/"), said)
        browser.close()


def _take_all(browser: Browser, base: str, said: argparse.Namespace) -> None:
    kept: dict[str, StorageState] = {}

    def signed_in(page: PageName) -> StorageState:
        shown = viewer(page)
        login, password = (said.login, said.password) if said.login else (shown.login, shown.password)
        if login not in kept:
            kept[login] = sign_in(browser, base, login, password)
        return kept[login]

    wanted = set(said.pages.split(",")) if said.pages else set(PAGES) | {"signin", "account", "password"}
    shots = [shot for shot in every_page(said.unit, said.indicator, said.lang) if shot.page in wanted]
    for shot, width, theme in product(shots, WIDTHS, THEMES):
        picture = said.folder / f"{shot.name}-{width}-{theme}.png"
        _tell(picture, take(browser, base + shot.path, width, theme, picture, signed_in(shot.page)))
    for name, width, theme in product(("signin", "account", "password"), WIDTHS, THEMES):
        if name in wanted:
            picture = said.folder / f"{name}-{width}-{theme}.png"
            seen_by = None if name == "signin" else signed_in(PAGES[0])
            take_gate(browser, f"{base}/{name}?lang={said.lang}", width, theme, picture, seen_by)
            _tell(picture, [])


def _tell(picture: Path, troubles: list[str]) -> None:
    said = [*(["empty"] if is_empty(picture) else []), *troubles]
    print(picture, *(f"  ! {trouble}" for trouble in said), sep="\n")


if __name__ == "__main__":
    main()

"""Takes a picture of every page of a running dashboard, at the widths of a desk, a tablet and a phone, light and dark.

Usage: python -m tools.shots http://127.0.0.1:8501 FOLDER [--login L --password P] [--unit CODE] [--indicator ID]
           [--query lang=en]

It signs in with an account of the demonstration unless another is named, and ends with the pages of the gate itself.

The browser is the system's Chromium, or the one JIPYO_CHROMIUM names.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

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
    """Until the script has run, no work is under way, every chart has its marks and the fonts are there."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector(".jp-title, .jp-state")
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stSkeleton], .jp-working')"
        " && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
        ".every(chart => chart.querySelector('.main-svg'))"
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


def take(browser: Browser, url: str, width: int, theme: Theme, picture: Path, kept: StorageState) -> None:
    """One page from top to bottom."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=theme, storage_state=kept)
    page.goto(url)
    wait_until_drawn(page)
    page.set_viewport_size({"width": width, "height": max(HEIGHT, whole_height(page))})
    wait_until_drawn(page)
    page.screenshot(path=picture)
    page.close()


def take_gate(browser: Browser, url: str, width: int, theme: Theme, picture: Path, kept: StorageState | None) -> None:
    """One page that the gate writes itself."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=theme, storage_state=kept)
    page.goto(url)
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=picture, full_page=True)
    page.close()


def addresses(url: str, unit: str, indicator: str, query: str) -> Iterator[tuple[str, str]]:
    """(name, address) of every page."""
    base = url.rstrip("/")
    yield "overview", f"{base}/?{query}"
    yield "ranking", f"{base}/ranking?{query}"
    yield "department", f"{base}/department?unit={unit}&{query}"
    yield "indicator", f"{base}/indicator?unit={unit}&indicator={indicator}&{query}"
    yield "pilots", f"{base}/pilots?{query}"
    yield "practices", f"{base}/practices?{query}"
    yield "chain", f"{base}/chain?{query}"
    yield "initiatives", f"{base}/initiatives?{query}"
    for part in ("state", "upload", "rejects", "names", "loads"):
        yield f"data-{part}", f"{base}/data?part={part}&{query}"


def main() -> None:
    """Takes the pictures and prints where each one is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--login", default="evaluator", help="who looks (default: of the demonstration)")
    parser.add_argument("--password", default="evaluator-2021")
    parser.add_argument("--unit", default="0010030", help="department shown (default: one of the demonstration)")
    parser.add_argument("--indicator", default="datasets_opened")
    parser.add_argument("--query", default="lang=ko", help="what else stands in the URL")
    said = parser.parse_args()
    said.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        base = said.url.rstrip("/")
        kept = sign_in(browser, base, said.login, said.password)
        pages = list(addresses(base, said.unit, said.indicator, said.query))
        for (name, address), width, theme in product(pages, WIDTHS, THEMES):
            picture = said.folder / f"{name}-{width}-{theme}.png"
            take(browser, address, width, theme, picture, kept)
            print(picture)
        for name, width, theme in product(("signin", "account", "password"), WIDTHS, THEMES):
            picture = said.folder / f"{name}-{width}-{theme}.png"
            seen_by = None if name == "signin" else kept
            take_gate(browser, f"{base}/{name}?{said.query}", width, theme, picture, seen_by)
            print(picture)
        browser.close()


if __name__ == "__main__":
    main()

"""What a page looks like on a light screen, a dark one, and on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from dashboard.theme import PALETTES, Theme
from tests.dashboard.everybody.looking import DESK, PATIENCE, in_dark
from tests.dashboard.serving import Served
from tests.dashboard.test_theme import contrast
from tools.shots import sign_in, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

SHEET = 703
"""The width of A4 within its margins, in CSS pixels."""
PRINTED = {
    "": "한눈에 보는 평가 결과",
    "ranking": "부서 순위",
    "department?unit=0010030": "스마트도시과",
    "indicator?unit=0010030&indicator=datasets_opened": "신규 개방 데이터셋",
    "compare": "비교",
}
NOT_ON_PAPER = ("로그아웃", "링크 복사", "이 화면 도움말", "다시 보지 않기")

_COLOURS = """() => {
  const hex = said => "#" + said.match(/\\d+/g).slice(0, 3).map(part => (+part).toString(16).padStart(2, "0")).join("")
  const fills = found => [...new Set([...document.querySelectorAll(found)].map(at => hex(getComputedStyle(at).fill)))]
  const marks = fills(".st-key-groups .trace:first-child .point")
  return {marks, axes: fills(".st-key-groups :is(.xtick, .ytick) text")}
}"""
_ON_CHARTS = """() => [...document.querySelectorAll(".main-svg text")].filter(at => at.textContent.trim())
  .map(at => "#" + getComputedStyle(at).fill.match(/\\d+/g).slice(0, 3)
    .map(part => (+part).toString(16).padStart(2, "0")).join(""))"""
_BEHIND_CHARTS = "() => [...document.querySelectorAll('.main-svg .bg')].map(at => getComputedStyle(at).fill)"
# All at once, as the browser lays a page out for the sheet: no script of the page runs in between.
_FAULTS_ON_THE_SHEET = """sheet => {
  dispatchEvent(new Event("beforeprint"))
  document.body.style.width = `${sheet}px`
  const faults = [...document.querySelectorAll("[data-testid=stMain] :is(.stHtml *, .main-svg)")]
    .filter(at => at.checkVisibility() && !at.closest("caption") && at.getBoundingClientRect().right > sheet + 1)
    .map(at => `beyond the sheet: ${at.outerHTML.slice(0, 120)}`)
  for (const container of document.querySelectorAll(".svg-container")) {
    const [first, ...above] = container.querySelectorAll(":scope > .main-svg")
    const at = first.getBoundingClientRect(), shape = first.getAttribute("width") / first.getAttribute("height")
    if (Math.abs(at.width / at.height - shape) > 0.02 * shape) faults.push(`out of shape: ${at.width} x ${at.height}`)
    for (const other of above) {
      const over = other.getBoundingClientRect()
      if (Math.abs(over.width - at.width) + Math.abs(over.top - at.top) > 1) faults.push("labels beside their marks")
      if (!getComputedStyle(other).backgroundColor.endsWith(", 0)")) faults.push("a chart is covered")
    }
  }
  document.body.style.width = ""
  dispatchEvent(new Event("afterprint"))
  return faults
}"""
_DARK_ON_PAPER = """() => [...document.querySelectorAll("[data-testid=stMain] .stHtml :is(p, td, th, h1, h2, li)")]
  .filter(at => at.checkVisibility())
  .map(at => [getComputedStyle(at), at]).filter(([style]) => {
    const sum = said => said.match(/[\\d.]+/g).slice(0, 3).reduce((all, part) => all + +part, 0)
    const isClear = style.backgroundColor.endsWith(", 0)")
    return sum(style.color) > 450 || (!isClear && sum(style.backgroundColor) < 450)
  }).map(([, at]) => at.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def page(browser: Browser, demonstration: Served) -> Iterator[Page]:
    """A browser on a light system, in which an evaluator is signed in."""
    context = browser.new_context(
        viewport={"width": DESK["width"], "height": DESK["height"]},
        locale="ko-KR",
        color_scheme="light",
        storage_state=sign_in(browser, demonstration.address, "evaluator", "evaluator-2021"),
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_charts_follow_a_change_of_theme_at_once(page: Page, demonstration: Served) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(demonstration.address)
    wait_until_drawn(page)
    stay_in_their_theme(page, "light")
    in_dark(page)
    stay_in_their_theme(page, "dark")


def stay_in_their_theme(page: Page, theme: Theme) -> None:
    palette = PALETTES[theme]
    page.wait_for_function(f"() => ({_COLOURS})().marks[0] === {palette.primary!r}")
    colours = page.evaluate(_COLOURS)
    assert colours["marks"] == [palette.primary]
    assert all(contrast(colour, palette.ground) >= 4.5 for colour in colours["axes"])


@pytest.mark.parametrize("path", PRINTED)
def test_a_page_is_printed_whole_and_dark_on_white_even_from_a_dark_screen(
    page: Page, demonstration: Served, path: str
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{demonstration.address}/{path}")
    wait_until_drawn(page)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    said = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert PRINTED[path] in said
    assert not [text for text in NOT_ON_PAPER if text in said]
    page.emulate_media(media="print")
    try:
        assert page.evaluate(_FAULTS_ON_THE_SHEET, SHEET) == []
        assert page.evaluate(_DARK_ON_PAPER) == []
        assert set(page.evaluate(_ON_CHARTS)) <= {PALETTES["light"].text}
        assert set(page.evaluate(_BEHIND_CHARTS)) <= {"rgb(255, 255, 255)"}
    finally:
        page.emulate_media(media="null")

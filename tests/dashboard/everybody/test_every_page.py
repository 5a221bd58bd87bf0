"""Every page in a real browser: for a screen reader, by keyboard, in both themes, magnified, on the narrowest phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.gate.in_browser import NAMES_ITSELF, PLATFORM
from dashboard.words import WORDS
from dashboard.workflow.demonstration import SHOWN
from tests.dashboard.everybody.conftest import ContextOf
from tests.dashboard.everybody.looking import (
    DESK,
    MAGNIFIED,
    PHONE,
    Opened,
    grave_faults,
    in_dark,
    resized,
    texts,
)
from tests.dashboard.serving import Served
from tools.shots import cut_texts, pixels_too_wide, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

# Six millimetres from corner to corner, as KWCAG 2.2 asks for in 2.1.3, in CSS pixels; links within text are text.
_SMALL = """() => [...document.querySelectorAll('[data-testid=stMain] :is(button, input, select, textarea, summary)')]
  .filter(at => at.checkVisibility({visibilityProperty: true, opacityProperty: true}) && at.tabIndex >= 0)
  .map(at => [at.getBoundingClientRect(), at.outerHTML.slice(0, 160)])
  .filter(([box]) => box.width && Math.hypot(box.width, box.height) < 6 / 25.4 * 96)
  .map(([, html]) => html)"""
# A choice is opened by the arrow keys of its own field, the place for files by its button.
_MISSED = """() => [...document.querySelectorAll('[data-testid=stMain] :is(a[href], button, input, textarea, summary)')]
  .filter(at => at.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !at.disabled)
  .filter(at => at.tabIndex < 0 && !at.closest('[role=radiogroup], [aria-hidden=true], [data-testid=stSelectbox],'
    + ' [data-testid=stMultiSelect], [data-testid=stNumberInput], [data-testid=stFileUploader] input'))
  .map(at => at.outerHTML.slice(0, 160))"""
WORDS_IN_A_ROW = re.compile(r"^[A-Z][a-z]+( [a-z]{2,})+[.…:]*$")
SIZES = {
    "1440 px": DESK,
    "1024 px": {"width": 1024, "height": 768},
    "200 %": MAGNIFIED,
    "390 px": {"width": 390, "height": 844},
    "360 px": PHONE,
}
OF_THE_GATE = ("/signin", "/signin?lang=en&why=idle", "/account", "/password")


def test_axe_finds_nothing_serious_on_a_page(opened: Opened) -> None:
    wait_until_drawn(opened.page)  # what is being drawn again is faint for a moment
    assert not grave_faults(opened.page)


def test_axe_finds_nothing_too_faint_in_the_dark(opened: Opened) -> None:
    in_dark(opened.page)
    try:
        assert not grave_faults(opened.page, "color-contrast")
    finally:
        opened.page.emulate_media(color_scheme="light")


def test_a_page_needs_no_scrolling_sideways_and_cuts_no_text(opened: Opened) -> None:
    try:
        for called, size in SIZES.items():
            resized(opened.page, size)
            assert pixels_too_wide(opened.page) <= 0, called
            assert not cut_texts(opened.page), called
    finally:
        resized(opened.page, DESK)


def test_a_table_that_scrolls_can_be_reached_and_says_what_it_is(opened: Opened) -> None:
    frames = opened.page.locator(".jp-table-frame")
    for frame in frames.all():
        assert frame.get_attribute("tabindex") == "0"
        assert frame.get_attribute("role") == "region"
        assert frame.get_attribute("aria-label")


def test_a_page_has_one_title_a_main_part_and_its_name_in_the_window(opened: Opened) -> None:
    page = opened.page
    assert page.locator("h1").count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.evaluate("() => document.documentElement.lang") == "ko"
    assert page.title().endswith(" · 지표 Jipyo")


def test_nothing_on_a_page_plays_blinks_or_asks_for_a_gesture(opened: Opened) -> None:
    moving = "audio, video, marquee, blink, [autoplay], [accesskey], [draggable=true], meta[http-equiv=refresh]"
    assert opened.page.locator(moving).count() == 0


def test_what_one_presses_is_large_enough_to_be_met(opened: Opened) -> None:
    assert opened.page.evaluate(_SMALL) == []


def test_a_single_letter_does_nothing(opened: Opened) -> None:
    before = opened.page.url
    for letter in "rcs?":
        opened.page.keyboard.press(letter)
    expect(opened.page.get_by_role("dialog")).to_have_count(0)
    assert opened.page.url == before


def test_the_skip_link_is_first_and_leads_past_the_navigation(opened: Opened) -> None:
    page = opened.page
    page.evaluate("() => { document.activeElement.blur(); window.getSelection().removeAllRanges() }")
    page.get_by_test_id("stSkipToContent").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "stMain"


def test_nothing_on_a_page_is_out_of_the_keyboards_reach(opened: Opened) -> None:
    assert opened.page.evaluate(_MISSED) == []


def test_a_korean_page_says_nothing_in_english(opened: Opened) -> None:
    platform = {WORDS[f"platform.{name}"]["en"] for name in PLATFORM} | set(NAMES_ITSELF.values())
    said = texts(opened.page)
    assert not platform & set(said)
    assert not [text for text in said if WORDS_IN_A_ROW.match(text)]


@pytest.mark.parametrize("path", OF_THE_GATE)
def test_axe_finds_nothing_serious_on_what_the_gate_writes(
    context_of: ContextOf, demonstration: Served, path: str
) -> None:
    page = context_of(SHOWN[0].role).new_page()
    page.goto(demonstration.address + path)
    assert not grave_faults(page)
    in_dark(page)
    assert not grave_faults(page, "color-contrast")
    page.close()


@pytest.fixture
def faulty(context_of: ContextOf) -> Page:
    page = context_of(SHOWN[0].role).new_page()
    page.set_content(
        "<html lang='ko'><title>x</title><main><h1>가</h1><img src='data:,'><div style='width:3000px'>넓다</div>"
        "<p style='color:#ddd;background:#fff'>흐린 글</p>"
        "<label style='display:block;width:3em;overflow:hidden;white-space:nowrap'>잘려서 안 보이는 긴 글</label>"
        "<div role='radiogroup' style='width:2em;overflow:auto'><p style='width:9em'>고를 것</p></div>"
        "<svg class='main-svg' width='60' height='40'><text y='20'>값</text><text x='40' y='20'>+12.34</text></svg>"
    )
    return page


def test_what_looks_at_pages_sees_what_is_wrong(faulty: Page) -> None:
    found = {fault.partition(":")[0] for fault in grave_faults(faulty)}
    assert {"image-alt", "color-contrast"} <= found
    assert pixels_too_wide(faulty) > 1000
    assert cut_texts(faulty) == ["잘려서 안 보이는 긴 글", "+12.34", "고를 것"]
    faulty.close()

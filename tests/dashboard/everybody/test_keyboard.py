"""Everything is reached and pressed by keyboard alone, in the order of reading, and one always sees where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.access import Role
from tests.dashboard.everybody.conftest import ContextOf
from tests.dashboard.everybody.looking import DESK, PATIENCE, PHONE, Opened
from tests.dashboard.serving import Served
from tools.shots import sign_in, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

MOST_STEPS = 250
_WHERE = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect()
  return {
    tag: at.tagName,
    name: (at.getAttribute('aria-label') || at.innerText || '').trim(),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    below: Math.round(box.y + window.scrollY), inside: at !== document.body,
  }
}"""
# A choice is opened by the arrow keys of its own field, the place for files by its button.
_MISSED = """() => [...document.querySelectorAll('[data-testid=stMain] :is(a[href], button, input, textarea, summary)')]
  .filter(at => at.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !at.disabled)
  .filter(at => at.tabIndex < 0 && !at.closest('[role=radiogroup], [aria-hidden=true], [data-testid=stSelectbox],'
    + ' [data-testid=stMultiSelect], [data-testid=stNumberInput], [data-testid=stFileUploader] input'))
  .map(at => at.outerHTML.slice(0, 160))"""


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A browser in which nobody is signed in, and whose mouse is not used."""
    context = browser.new_context(viewport={"width": DESK["width"], "height": DESK["height"]}, locale="ko-KR")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def step_to(page: Page, name: str) -> None:
    """Press Tab until something of a name has the focus, which must be seen there."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        where = page.evaluate(_WHERE)
        if where["inside"] and where["name"] == name:
            assert where["outlined"], name
            return
    raise AssertionError(f"{name} is not reached by {MOST_STEPS} steps of the keyboard")


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()
    wait_until_drawn(page)


def to_the_content(page: Page) -> None:
    """Over the navigation, with the first link of every page."""
    page.evaluate("() => document.activeElement.blur()")
    step_to(page, "본문으로 건너뛰기")
    page.keyboard.press("Enter")


def test_one_comes_from_the_sign_in_page_to_the_records_behind_a_figure(visitor: Page, demonstration: Served) -> None:
    visitor.goto(f"{demonstration.address}/ranking")
    expect(visitor.get_by_label("아이디")).to_be_focused()
    visitor.keyboard.type("evaluator")
    visitor.keyboard.press("Tab")
    visitor.keyboard.type("evaluator-2021")
    visitor.keyboard.press("Enter")
    title(visitor, "부서 순위")
    to_the_content(visitor)
    step_to(visitor, "스마트도시과")
    visitor.keyboard.press("Enter")
    title(visitor, "스마트도시과")
    to_the_content(visitor)
    step_to(visitor, "신규 개방 데이터세트")
    visitor.keyboard.press("Enter")
    title(visitor, "신규 개방 데이터세트")
    expect(visitor.get_by_role("cell", name="데이터셋.csv", exact=False).first).to_be_visible()


def test_the_skip_link_is_first_and_leads_past_the_navigation(opened: Opened) -> None:
    page = opened.page
    page.evaluate("() => { document.activeElement.blur(); window.getSelection().removeAllRanges() }")
    page.get_by_test_id("stSkipToContent").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "stMain"


def test_nothing_on_a_page_is_out_of_the_keyboards_reach(opened: Opened) -> None:
    assert opened.page.evaluate(_MISSED) == []


def test_where_the_keyboard_is_can_be_seen_in_the_navigation_and_on_a_phone(
    context_of: ContextOf, demonstration: Served
) -> None:
    page = context_of(Role.EVALUATOR).new_page()
    page.goto(f"{demonstration.address}/ranking")
    wait_until_drawn(page)
    step_to(page, "순위")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.reload()
    wait_until_drawn(page)
    step_to(page, "메뉴 펼치기")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="메뉴 접기")).to_be_visible()
    page.close()


# What each role comes for --------------------------------------------------------------------------------------------


def _executive(page: Page) -> None:
    title(page, "한눈에 보는 평가 결과")
    expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible()
    page.get_by_role("cell").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="점수를 이루는 지표")).to_be_visible()


def _evaluator(page: Page) -> None:
    title(page, "한눈에 보는 평가 결과")
    page.get_by_test_id("stSidebar").get_by_role("link", name="순위", exact=True).click()
    title(page, "부서 순위")
    expect(page.get_by_role("link", name="스마트도시과", exact=True)).to_be_visible()


def _department(page: Page) -> None:
    title(page, "스마트도시과")
    page.get_by_role("link", name="신규 개방 데이터세트", exact=True).click()
    title(page, "신규 개방 데이터세트")
    expect(page.get_by_role("radio", name="세지 않은 기록", exact=False)).to_be_visible()


@pytest.mark.parametrize(
    ("login", "journey"), [("executive", _executive), ("evaluator", _evaluator), ("department", _department)]
)
def test_a_role_comes_from_signing_in_to_what_it_came_for(
    browser: Browser, demonstration: Served, login: str, journey: Callable[[Page], None]
) -> None:
    kept = sign_in(browser, demonstration.address, login, f"{login}-2021")
    context = browser.new_context(storage_state=kept, locale="ko-KR")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(demonstration.address)
    journey(page)
    context.close()

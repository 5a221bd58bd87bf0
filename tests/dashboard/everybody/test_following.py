"""A link leads to another page without loading everything anew, and yet as a link does: address, title, focus, back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.access import Role
from tests.dashboard.everybody.conftest import ContextOf
from tests.dashboard.serving import Served
from tools.shots import wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

TO_A_DEPARTMENT = "[data-testid=stMain] tbody a[href^='department?']"


@pytest.fixture
def ranking(context_of: ContextOf, demonstration: Served) -> Iterator[Page]:
    """The ranking, marked so that a document loaded anew is told from the one that was there."""
    page = context_of(Role.EVALUATOR).new_page()
    page.goto(f"{demonstration.address}/ranking?sort=unit")
    wait_until_drawn(page)
    page.evaluate("() => { window.isTheSame = true }")
    yield page
    page.close()


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("() => window.isTheSame === true"))


def name_of(page: Page, at: int) -> str:
    return page.locator(TO_A_DEPARTMENT).nth(at).inner_text()


def test_a_link_is_followed_within_the_document_and_back_and_forward_too(ranking: Page) -> None:
    name = name_of(ranking, 3)
    ranking.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 400)")
    ranking.locator(TO_A_DEPARTMENT).nth(3).click()
    expect(ranking.locator("h1")).to_contain_text(name)
    wait_until_drawn(ranking)
    assert is_the_same(ranking)
    expect(ranking).to_have_title(f"{name} · 부서 · 지표 Jipyo")
    expect(ranking.locator("#stMain")).to_be_focused()
    ranking.wait_for_function("() => document.getElementById('stMain').scrollTop === 0")
    address = ranking.url
    ranking.go_back()
    expect(ranking.locator("h1")).to_contain_text("순위")
    expect(ranking).to_have_url(re.compile(r"/ranking\?sort=unit$"))
    ranking.go_forward()
    expect(ranking.locator("h1")).to_contain_text(name)
    expect(ranking).to_have_url(address)
    assert is_the_same(ranking)


def test_a_row_leads_where_its_name_does_and_the_tab_is_named_after_it(ranking: Page) -> None:
    name = name_of(ranking, 2)
    ranking.locator("[data-testid=stMain] tbody tr.jp-leads").nth(2).locator("td").last.click()
    expect(ranking.locator("h1")).to_contain_text(name)
    wait_until_drawn(ranking)
    assert is_the_same(ranking)
    expect(ranking).to_have_title(f"{name} · 부서 · 지표 Jipyo")


def test_the_address_a_link_led_to_shows_another_reader_the_same(
    ranking: Page, context_of: ContextOf, demonstration: Served
) -> None:
    name = name_of(ranking, 0)
    ranking.locator(TO_A_DEPARTMENT).first.click()
    expect(ranking.locator("h1")).to_contain_text(name)
    other = context_of(Role.EXECUTIVE).new_page()
    other.goto(ranking.url)
    expect(other.locator("h1")).to_contain_text(name)
    other.close()


def test_a_link_opened_with_ctrl_is_the_browsers_own(ranking: Page) -> None:
    with ranking.context.expect_page() as opened:
        ranking.locator(TO_A_DEPARTMENT).first.click(modifiers=["Control"])
    opened.value.wait_for_url(re.compile("/department[?]"))
    opened.value.close()
    assert ranking.url.endswith("/ranking?sort=unit")


@pytest.mark.parametrize(
    ("href", "is_ours"),
    [
        ("indicator?indicator=datasets_opened", True),
        ("./", True),
        ("glossary#score", False),
        ("account", False),
        ("healthy/ranking", False),
        ("https://example.invalid/ranking", False),
    ],
)
def test_only_links_to_pages_of_the_dashboard_are_followed_so(ranking: Page, href: str, is_ours: bool) -> None:
    taken = ranking.evaluate(
        """href => {
          const link = document.createElement("a")
          link.href = href
          document.querySelector(".stHtml").append(link)
          let taken = null
          // Heard last: whether the script has taken the click, which then goes nowhere from here.
          addEventListener("click", event => { taken = event.defaultPrevented; event.preventDefault() }, {once: true})
          link.click()
          return taken
        }""",
        href,
    )
    assert taken is is_ours


def test_without_a_connection_the_browser_follows_a_link_by_itself(ranking: Page) -> None:
    ranking.locator("[data-testid=stApp]").evaluate(
        "app => app.setAttribute('data-test-connection-state', 'DISCONNECTED_FOREVER')"
    )
    ranking.locator(TO_A_DEPARTMENT).first.click()
    ranking.wait_for_url(re.compile("/department[?]"))
    wait_until_drawn(ranking)
    assert not is_the_same(ranking)

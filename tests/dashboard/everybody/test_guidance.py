"""What helps along, in a real browser: first steps closed for good, the link copied, the platform's words in Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.file_util import get_static_dir

from dashboard.access import Role
from dashboard.gate.in_browser import NAMES_ITSELF, PLATFORM
from dashboard.words import WORDS
from tests.dashboard.everybody.conftest import ContextOf
from tests.dashboard.everybody.looking import PATIENCE
from tests.dashboard.serving import Served
from tools.shots import sign_in, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

COMPOSED = {"enter_applies", "enter_submits"}
"""What Streamlit puts together of a verb and an object."""


@pytest.fixture
def executive(browser: Browser, demonstration: Served) -> Iterator[BrowserContext]:
    """A browser of its own, in which an executive has just signed in for the first time."""
    kept = sign_in(browser, demonstration.address, "executive", "executive-2021")
    context = browser.new_context(storage_state=kept, locale="ko-KR", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def opened_at(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    wait_until_drawn(page)
    return page


def test_the_first_steps_can_be_closed_and_stay_closed(executive: BrowserContext, demonstration: Served) -> None:
    page = opened_at(executive, demonstration.address)
    tour = page.locator(".jp-tour")
    expect(tour.get_by_role("listitem")).to_have_count(3)
    tour.get_by_role("button", name="다시 보지 않기").click()
    expect(tour).to_be_hidden()
    page.reload()
    wait_until_drawn(page)
    expect(tour).to_be_hidden()
    assert [one["value"] for one in executive.cookies() if one["name"] == "jipyo_toured"] == ["executive"]


def test_the_address_of_what_is_shown_is_copied(executive: BrowserContext, demonstration: Served) -> None:
    page = opened_at(executive, f"{demonstration.address}/ranking?year=2020&group=line")
    page.get_by_role("button", name="링크 복사").click()
    expect(page.get_by_text("복사했습니다.")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    assert page.url.endswith("/ranking?year=2020&group=line")


def test_a_term_beside_a_figure_leads_to_what_it_means(context_of: ContextOf, demonstration: Served) -> None:
    page = opened_at(context_of(Role.EVALUATOR), f"{demonstration.address}/ranking?year=2021")
    page.get_by_role("link", name="용어: 공표본").click()
    expect(page.get_by_role("heading", level=1, name="용어와 산식")).to_be_visible()
    expect(page.get_by_text("모두에게 알린 결과입니다. 그 뒤로 바뀌지 않습니다.")).to_be_visible()
    expect(page.get_by_label("용어·지표 찾기")).to_have_value("공표본")
    page.close()


def test_help_says_what_a_page_is_for_and_opens_by_keyboard(context_of: ContextOf, demonstration: Served) -> None:
    page = opened_at(context_of(Role.EVALUATOR), f"{demonstration.address}/ranking")
    summary = page.get_by_text("이 화면 도움말")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("평가군을 고르고 부서의 순위를 봅니다.", exact=False)).to_be_visible()
    page.close()


# The platform's own words --------------------------------------------------------------------------------------------


def test_streamlit_still_says_what_is_replaced() -> None:
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in (Path(get_static_dir()) / "static" / "js").glob("*.js")
    )
    for name in set(PLATFORM) - COMPOSED:
        for piece in NAMES_ITSELF.get(name, WORDS[f"platform.{name}"]["en"]).split("{what}"):
            assert piece in scripts, name


def test_the_platforms_words_follow_the_language_chosen(context_of: ContextOf, demonstration: Served) -> None:
    page = opened_at(context_of(Role.EVALUATOR), f"{demonstration.address}/ranking")
    skip = page.get_by_test_id("stSkipToContent")
    expect(skip).to_have_text("본문으로 건너뛰기")
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", level=1, name="Ranking of departments")).to_be_visible()
    expect(skip).to_have_text("Skip to main content")
    page.get_by_role("radio", name="한국어").click()
    expect(skip).to_have_text("본문으로 건너뛰기")
    page.close()


def test_what_was_chosen_in_one_language_stays_chosen_in_the_other(
    context_of: ContextOf, demonstration: Served
) -> None:
    page = opened_at(context_of(Role.AUDITOR), f"{demonstration.address}/indicator?year=2021&indicator=datasets_opened")
    chosen = page.locator(".st-key-choose-indicator").get_by_role("combobox")
    expect(chosen).to_have_value("신규 개방 데이터셋")
    page.get_by_role("radio", name="English").click()
    expect(chosen).to_have_value("Datasets newly opened")
    page.get_by_role("radio", name="2020").click()
    page.wait_for_url("**year=2020**")
    assert "indicator=datasets_opened" in page.url
    expect(page.get_by_role("heading", level=1, name="Datasets newly opened")).to_be_visible()
    page.goto(f"{demonstration.address}/exports?year=2021")
    wait_until_drawn(page)
    kind = page.locator(".st-key-exports-kind").get_by_role("combobox")
    kind.click()
    page.get_by_role("option", name="표 묶음 (CSV)").click()
    expect(kind).to_have_value("표 묶음 (CSV)")
    page.get_by_role("radio", name="English").click()
    expect(kind).to_have_value("Tables (CSV)")
    page.locator(".st-key-exports-reason input").fill("audit")
    page.keyboard.press("Tab")
    expect(page.get_by_text("What you began was kept", exact=False)).to_be_visible()
    expect(kind).to_have_value("Tables (CSV)")
    page.get_by_role("button", name="Clear what I began").click()
    page.get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_text("What you began was kept", exact=False)).to_have_count(0)
    page.close()


def test_a_lost_connection_is_told_in_korean(context_of: ContextOf, demonstration: Served) -> None:
    page = opened_at(context_of(Role.EVALUATOR), f"{demonstration.address}/ranking")
    page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('div'), {textContent: 'Connection error'}))"
    )
    expect(page.get_by_text("연결이 끊겼습니다")).to_be_visible()
    page.close()


def test_what_a_page_writes_itself_is_left_as_it_is(context_of: ContextOf, demonstration: Served) -> None:
    page = opened_at(context_of(Role.EVALUATOR), f"{demonstration.address}/ranking")
    left = (
        "document.querySelector('.stHtml').append(Object.assign(document.createElement('p'), {textContent: 'Close'}))"
    )
    page.evaluate(f"() => {left}")
    expect(page.get_by_text("Close", exact=True)).to_be_visible()
    page.close()


def test_a_name_read_out_holds_no_escapes_of_the_text_that_is_shown(
    executive: BrowserContext, demonstration: Served
) -> None:
    page = opened_at(executive, f"{demonstration.address}/what_if?year=2021")
    expect(page.get_by_role("slider", name="데이터 분석 배점 (지금 25)").first).to_be_attached()
    names = page.evaluate("() => [...document.querySelectorAll('[aria-label]')].map(at => at.ariaLabel)")
    assert not [name for name in names if "\\" in name]


def test_a_list_that_opens_holds_our_words_alone_as_they_are_written(
    context_of: ContextOf, demonstration: Served
) -> None:
    # Not as the evaluator: what is chosen here is kept, and stands there again when others of the role come.
    page = opened_at(context_of(Role.AUDITOR), f"{demonstration.address}/exports?year=2021")
    page.get_by_test_id("stSelectbox").first.get_by_role("combobox").click()
    page.get_by_role("option", name="표 묶음 (CSV)").click()
    page.locator("[class*='exports-parts-csv']").get_by_role("combobox").click()
    options = page.get_by_role("option")
    expect(options.filter(has_text="점수의 구성 (contributions)")).to_be_visible()
    expect(options.filter(has_text="기록: 분석과제 (records/analyses)")).to_be_visible()
    assert [text for text in options.all_inner_texts() if "\\" in text or not re.match("[가-힣]", text)] == []
    page.keyboard.type("zzzz")
    expect(page.get_by_text("맞는 것이 없습니다")).to_be_visible()
    page.close()

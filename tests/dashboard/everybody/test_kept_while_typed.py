"""A pause in typing, or leaving the page, is enough for a text to be kept; the cursor stays where it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dashboard.access import Role
from tests.dashboard.everybody.conftest import ContextOf
from tests.dashboard.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

KEPT = "쓰던 내용을 저장했습니다"
TYPED, MORE, COMPOSED = "분모가 다릅니다.", " 자료를 붙이겠습니다.", "한글"


@pytest.fixture
def form(context_of: ContextOf, demonstration: Served) -> Page:
    page = context_of(Role.DEPARTMENT).new_page()
    page.goto(demonstration.address + "/requests?part=file")
    expect(page.locator("textarea")).to_be_visible()
    return page


def test_what_is_typed_is_kept_after_a_pause_while_the_cursor_stays(form: Page) -> None:
    text = form.locator("textarea")
    text.click()
    form.keyboard.insert_text(TYPED)
    expect(form.get_by_text(KEPT)).to_be_visible()
    expect(text).to_be_focused()
    form.keyboard.insert_text(MORE)
    expect(text).to_have_value(TYPED + MORE)
    # A syllable that is not finished yet is not broken by being kept.
    keyboard = form.context.new_cdp_session(form)
    for syllable in ("하", "한"):
        keyboard.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
        form.wait_for_timeout(1500)
    keyboard.send("Input.insertText", {"text": COMPOSED})
    expect(text).to_have_value(TYPED + MORE + COMPOSED)
    form.wait_for_timeout(2500)
    form.reload()
    expect(form.locator("textarea")).to_have_value(TYPED + MORE + COMPOSED)
    form.get_by_role("button", name="쓰던 내용 지우기").click()
    form.get_by_role("button", name="예, 그렇게 합니다").click()
    expect(form.locator("textarea")).to_have_value("")
    expect(form.get_by_text(KEPT)).to_have_count(0)
    form.close()


def test_what_is_typed_right_before_a_reload_or_before_the_page_is_left_is_kept(form: Page) -> None:
    text = form.locator("textarea")
    text.fill(TYPED)
    form.wait_for_timeout(300)
    form.reload()
    expect(text).to_have_value(TYPED)
    text.fill(TYPED + MORE)
    form.wait_for_timeout(300)
    form.goto(form.url.replace("/requests?part=file", "/glossary"))
    form.go_back()
    expect(text).to_have_value(TYPED + MORE)
    form.get_by_role("button", name="쓰던 내용 지우기").click()
    form.get_by_role("button", name="예, 그렇게 합니다").click()
    expect(text).to_have_value("")
    form.close()

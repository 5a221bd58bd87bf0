"""Everything is reached and pressed by keyboard alone, in the order of reading, and one always sees where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dashboard.access import Role
from tests.dashboard.everybody.conftest import ContextOf
from tests.dashboard.everybody.looking import PHONE, step_to
from tests.dashboard.serving import Served
from tools.shots import wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


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

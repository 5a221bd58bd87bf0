"""A table that is wider than its place shows at which side there is more of it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from tests.dashboard.everybody.looking import PATIENCE, PHONE
from tests.dashboard.serving import Served
from tools.shots import sign_in, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

HEAD = 4
"""Of the head of a table, in pixels: above its words, which have their own ground where the system sets colours."""


@pytest.fixture(scope="module")
def phone(browser: Browser, demonstration: Served) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="ko-KR",
        storage_state=sign_in(browser, demonstration.address, "evaluator", "evaluator-2021"),
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{demonstration.address}/ranking")
    wait_until_drawn(page)
    yield page
    context.close()


@pytest.mark.parametrize("ground", ["light", "dark", "forced"])
def test_a_table_wider_than_its_place_has_an_edge_where_it_has_more(phone: Page, ground: str) -> None:
    phone.emulate_media(
        color_scheme="dark" if ground == "dark" else "light", forced_colors="active" if ground == "forced" else "none"
    )
    frame = phone.locator(".jp-table-frame").filter(has=phone.get_by_role("columnheader", name="부서"))
    last = frame.evaluate("frame => frame.scrollWidth - frame.clientWidth")
    assert last > PHONE["width"] / 2, "the table must be wider than the window for this to be seen"
    edges = {place: edges_at(frame, place) for place in (0, last // 2, last)}
    assert edges == {0: (False, True), last // 2: (True, True), last: (True, False)}


def test_a_table_that_has_room_has_no_edge(phone: Page) -> None:
    phone.emulate_media(color_scheme="light", forced_colors="none")
    phone.set_viewport_size({"width": 1600, "height": PHONE["height"]})
    frame = phone.locator(".jp-table-frame").filter(has=phone.get_by_role("columnheader", name="부서"))
    assert edges_at(frame, 0) == (False, False)
    phone.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})


def edges_at(frame: Locator, place: int) -> tuple[bool, bool]:
    """Whether lines go along the left and the right side of a table's head, once it is scrolled to a place."""
    frame.evaluate("(frame, place) => { frame.scrollLeft = place }", place)
    frame.locator("thead").evaluate("head => head.scrollIntoView({block: 'center'})")
    frame.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    at = frame.bounding_box()
    assert at is not None
    with Image.open(io.BytesIO(frame.page.screenshot(clip={**at, "height": min(at["height"], HEAD)}))) as shot:
        picture = shot.convert("L")
    sides = (0, picture.width - 1)
    ground = picture.histogram().index(max(picture.histogram()))
    left, right = ([picture.getpixel((side, y)) for y in range(picture.height)] for side in sides)
    return ground not in left, ground not in right

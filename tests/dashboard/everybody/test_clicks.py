"""A click on a mark of a chart leads to what it stands for, at first, by mouse and by finger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.access import Role
from tests.dashboard.everybody.conftest import ContextOf
from tests.dashboard.everybody.looking import PATIENCE, PHONE
from tests.dashboard.serving import Served
from tools.shots import sign_in, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

# The mark that carries one code and stands farthest from its neighbours, so that nothing else can be meant.
_FREEST = """key => {
  const graph = document.querySelector(`.st-key-${key} .js-plotly-plot`)
  graph.scrollIntoView({block: "center", behavior: "instant"})
  const {xaxis, yaxis} = graph._fullLayout, box = graph.querySelector(".nsewdrag").getBoundingClientRect()
  const marks = graph.data.flatMap(trace => (trace.customdata || []).map((codes, at) => ({
    codes: [codes].flat().filter(Boolean), drawn: trace.marker.size?.[at] !== 0,
    x: box.x + xaxis.d2p(trace.x[at]), y: box.y + yaxis.d2p(trace.y[at])}))).filter(mark => mark.drawn)
  const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y)
  const room = one => Math.min(...marks.filter(mark => mark !== one).map(mark => apart(one, mark)))
  return marks.filter(mark => mark.codes.length === 1).sort((a, b) => room(b) - room(a))[0]
}"""
CHARTS = [
    ("/", "groups", "department"),
    ("/", "movers", "department"),
    ("/department?unit=0010030", "parts", "indicator"),
    ("/department?unit=0010030", "bridge", "indicator"),
    ("/indicator?indicator=datasets_opened", "spread", "department"),
    ("/compare?beside=0010030,0010020", "bump", "department"),
    ("/compare?beside=0010030,0010020", "strips", "indicator"),
    ("/chain", "flow", "chain"),
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a chart: the code it carries, and where it is in the window."""

    code: str
    x: float
    y: float


def freest(page: Page, key: str) -> Mark:
    found = page.evaluate(_FREEST, key)
    return Mark(found["codes"][0], found["x"], found["y"])


def leads_to(page: Page, target: str, code: str) -> None:
    page.wait_for_url(re.compile(rf"/{target}\?"))
    part = {"department": "unit", "indicator": "indicator", "chain": "part"}[target]
    assert parse_qs(urlsplit(page.url).query)[part] == [code]


@pytest.fixture
def desk(context_of: ContextOf) -> Iterator[Page]:
    page = context_of(Role.EVALUATOR).new_page()
    yield page
    page.close()


@pytest.fixture
def phone(browser: Browser, demonstration: Served) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="ko-KR",
        has_touch=True,
        is_mobile=True,
        storage_state=sign_in(browser, demonstration.address, "evaluator", "evaluator-2021"),
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("path", "key", "target"), CHARTS, ids=[key for _, key, _ in CHARTS])
def test_the_first_click_on_a_mark_leads_to_what_it_stands_for(
    desk: Page, demonstration: Served, path: str, key: str, target: str
) -> None:
    desk.goto(demonstration.address + path)
    wait_until_drawn(desk)
    mark = freest(desk, key)
    desk.mouse.click(mark.x, mark.y)
    leads_to(desk, target, mark.code)


@pytest.mark.parametrize(("path", "key", "target"), [CHARTS[0], CHARTS[2]], ids=["groups", "parts"])
def test_the_first_touch_of_a_mark_leads_there_too(
    phone: Page, demonstration: Served, path: str, key: str, target: str
) -> None:
    phone.goto(demonstration.address + path)
    wait_until_drawn(phone)
    mark = freest(phone, key)
    phone.touchscreen.tap(mark.x, mark.y)
    leads_to(phone, target, mark.code)


def test_a_press_on_a_group_brings_its_records_into_view_and_an_address_does_not(
    desk: Page, demonstration: Served
) -> None:
    desk.goto(f"{demonstration.address}/chain")
    wait_until_drawn(desk)
    mark = freest(desk, "flow")
    desk.mouse.click(mark.x, mark.y)
    title = desk.locator("[data-jp-arrived]")
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport()
    desk.reload()
    wait_until_drawn(desk)
    expect(title).to_be_attached()
    expect(title).not_to_be_focused()
    assert desk.evaluate("() => document.getElementById('stMain').scrollTop") == 0


@pytest.mark.parametrize(("path", "is_pressed"), [("/training", False), ("/initiatives", False), ("/compare", True)])
def test_a_chart_offers_a_press_only_where_one_leads_on(
    desk: Page, demonstration: Served, path: str, is_pressed: bool
) -> None:
    desk.goto(demonstration.address + path)
    wait_until_drawn(desk)
    marks = desk.locator("[data-testid=stPlotlyChart] .scatterlayer .point").last
    marks.scroll_into_view_if_needed()
    box = marks.bounding_box()
    assert box is not None
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    desk.mouse.move(*middle)
    desk.wait_for_function(
        "([x, y, wanted]) => getComputedStyle(document.elementFromPoint(x, y)).cursor === wanted",
        arg=[*middle, "pointer" if is_pressed else "default"],
    )


def test_back_returns_to_the_chart_which_hears_the_next_click(desk: Page, demonstration: Served) -> None:
    desk.goto(demonstration.address)
    wait_until_drawn(desk)
    mark = freest(desk, "groups")
    for _ in range(2):
        desk.mouse.click(mark.x, mark.y)
        leads_to(desk, "department", mark.code)
        expect(desk.get_by_role("heading", name="점수를 이루는 지표")).to_be_visible()
        desk.go_back()
        expect(desk.get_by_role("heading", level=1, name="한눈에 보는 평가 결과")).to_be_visible()
        wait_until_drawn(desk)
        mark = freest(desk, "groups")


def test_a_mark_of_several_departments_names_them_all(desk: Page, demonstration: Served) -> None:
    desk.goto(f"{demonstration.address}/indicator?indicator=datasets_opened")
    wait_until_drawn(desk)
    several = desk.evaluate(_FREEST.replace("=== 1", "=== 3"), "spread")
    desk.mouse.click(several["x"], several["y"])
    said = desk.get_by_text("이 점의 부서:")
    expect(said.get_by_role("link")).to_have_count(3)

"""What a person meets at the gate, in a real browser: signing in, being signed out, pages under the policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.workflow.demonstration import SHOWN
from dashboard.workflow.sessions import digest_of, end_session
from etl.evaluate import evaluate
from etl.release.folder import publish
from tests.dashboard.serving import Served, served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def demonstration(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration as `make run` serves it."""
    folder = tmp_path_factory.mktemp("demonstration")
    year = project / "data/rulebooks/demo-2021.toml"
    publish(evaluate(project / "data/demo", year, folder / "releases").release)
    with served(project, folder / "releases", folder / "log", "jipyo serve", demonstration=True) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def enter(page: Page, address: str) -> None:
    """Sign in with the keyboard alone."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name="로그인")).to_be_visible()
    expect(page.get_by_label("아이디")).to_be_focused()
    page.keyboard.type(SHOWN[0].login)
    page.keyboard.press("Tab")
    page.keyboard.type(SHOWN[0].password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/signin" not in url)


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()


def test_one_signs_in_by_keyboard_and_comes_to_the_page_asked_for(page: Page, demonstration: Served) -> None:
    enter(page, f"{demonstration.address}/ranking?group=line")
    title(page, "부서 순위")
    expect(page).to_have_url(f"{demonstration.address}/ranking?group=line")


def test_pages_draw_under_the_policy_and_break_it_nowhere(page: Page, demonstration: Served) -> None:
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    enter(page, demonstration.address)
    for path in ("/", "/department?unit=0010030", "/training", "/pilots", "/chain", "/data?part=upload"):
        page.goto(demonstration.address + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        if path in {"/", "/department?unit=0010030"}:
            expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible()
    assert not broken


def test_the_policy_stops_a_script_that_is_not_the_dashboards(page: Page, demonstration: Served) -> None:
    enter(page, demonstration.address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.evaluate(
            "() =>"
            " document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
        )
    assert page.evaluate("() => window.ran") is None


def test_the_font_is_there_before_and_after_signing_in_and_dark_is_dark(
    browser: Browser, demonstration: Served
) -> None:
    page = browser.new_page(color_scheme="dark")
    page.set_default_timeout(PATIENCE)
    loaded = "() => [...document.fonts].some(font => font.status === 'loaded')"
    dark = (
        "() => getComputedStyle(document.querySelector('[data-testid=stApp]') || document.body)"
        ".backgroundColor === 'rgb(19, 20, 22)'"
    )
    page.goto(demonstration.address)
    page.wait_for_function(loaded)
    page.wait_for_function(dark)
    enter(page, demonstration.address)
    title(page, "한눈에 보는 평가 결과")
    page.wait_for_function(loaded)
    page.wait_for_function(dark)
    page.close()


def test_the_documents_language_follows_the_choice(page: Page, demonstration: Served) -> None:
    enter(page, f"{demonstration.address}/ranking")
    title(page, "부서 순위")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.get_by_role("radio", name="English").click()
    title(page, "Ranking of departments")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_signing_out_on_one_page_empties_the_other_tab_too(page: Page, demonstration: Served) -> None:
    enter(page, f"{demonstration.address}/ranking")
    title(page, "부서 순위")
    second = page.context.new_page()
    second.goto(f"{demonstration.address}/department?unit=0010030")
    title(second, "스마트도시과")
    page.get_by_test_id("stSidebar").get_by_role("button", name="로그아웃").click()
    expect(page.get_by_text("로그아웃했습니다.")).to_be_visible()
    second.wait_for_url(re.compile("/signin"))
    expect(second.get_by_text("스마트도시과", exact=True)).to_have_count(0)
    said = parse_qs(urlsplit(second.url).query)
    assert said["next"] == ["/department?unit=0010030"]
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="로그인")).to_be_visible()


def test_an_open_page_whose_session_ran_out_says_so_on_the_sign_in_page(page: Page, demonstration: Served) -> None:
    enter(page, f"{demonstration.address}/ranking")
    title(page, "부서 순위")
    cookie = next(iter(page.context.cookies()))
    with demonstration.people.store.write() as session:
        end_session(session, digest_of(cookie["value"]))
    page.wait_for_url(re.compile("/signin"))
    expect(page.get_by_role("alert")).to_have_text("이 로그인은 끝났습니다. 다시 로그인하세요.")


def test_the_gates_pages_fit_a_narrow_phone(browser: Browser, demonstration: Served) -> None:
    phone = browser.new_page(viewport={"width": 360, "height": 740})
    phone.set_default_timeout(PATIENCE)
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    phone.goto(f"{demonstration.address}/signin?lang=en&why=idle")
    assert phone.evaluate(wide) <= 0
    enter(phone, demonstration.address)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    for path in ("/account", "/password"):
        phone.goto(demonstration.address + path)
        assert phone.evaluate(wide) <= 0, path
    phone.close()

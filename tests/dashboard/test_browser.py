"""What a person does with the dashboard, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from etl.insight.reading import open_release
from etl.release.folder import publish, published
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.serving import Served, served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def dashboard(project: Path, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(project, releases, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


@pytest.fixture
def address(dashboard: Served) -> str:
    return dashboard.address


@pytest.fixture
def page(browser: Browser, dashboard: Served) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    opened.set_default_timeout(PATIENCE)
    dashboard.enter(opened)
    yield opened
    opened.close()


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()


def sidebar(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()


def address_says(page: Page, **said: str) -> None:
    """Wait until the page's address says this and nothing else: it follows what is shown."""
    page.wait_for_url(lambda url: {key: values[-1] for key, values in parse_qs(urlsplit(url).query).items()} == said)


def test_one_clicks_from_the_ranking_to_the_records_behind_a_number_and_back(
    page: Page, address: str, releases: Path
) -> None:
    opened = open_release(releases / published(releases)[0].release).metrics["0010030", "datasets_opened"]
    page.goto(f"{address}/ranking")
    title(page, "부서 순위")
    page.get_by_role("link", name="스마트도시과", exact=True).click()
    title(page, "스마트도시과")
    score = page.get_by_role("region", name="점수를 이루는 지표")
    score.get_by_role("link", name="신규 개방 데이터셋", exact=True).click()
    title(page, "신규 개방 데이터셋")
    expect(page.get_by_text(f"기록 {opened.records_counted}건을 세어 값은 {opened.value}입니다.")).to_be_visible()
    expect(
        page.get_by_role("cell", name=re.compile(r"^데이터셋\.csv \d+행$|^데이터셋\.csv [\d,]+행$")).first
    ).to_be_visible()
    page.get_by_role("radio", name=f"세지 않은 기록 {opened.records_not_counted}").click()
    expect(page.get_by_role("cell", name="평가 기간 밖", exact=True).first).to_be_visible()
    page.get_by_role("link", name="스마트도시과 화면으로 돌아가기").click()
    title(page, "스마트도시과")
    page.get_by_role("link", name="순위로 돌아가기").click()
    title(page, "부서 순위")


def test_back_and_forward_lead_through_the_pages_as_they_were(page: Page, address: str) -> None:
    page.goto(f"{address}/ranking?group=line")
    expect(page.get_by_role("row")).to_have_count(31)
    page.get_by_role("link", name="교통정책과", exact=True).click()
    title(page, "교통정책과")
    sidebar(page, "요약")
    title(page, "한눈에 보는 평가 결과")
    page.go_back()
    title(page, "교통정책과")
    page.go_back()
    title(page, "부서 순위")
    expect(page.get_by_role("row")).to_have_count(31)
    page.go_forward()
    title(page, "교통정책과")
    page.go_forward()
    title(page, "한눈에 보는 평가 결과")


def test_the_choices_stand_in_the_url_and_stay_there_from_page_to_page(page: Page, address: str) -> None:
    page.goto(address)
    title(page, "한눈에 보는 평가 결과")
    page.get_by_role("radio", name="2020").click()
    expect(page.get_by_text("2020. 12. 31.", exact=False).first).to_be_visible()
    sidebar(page, "순위")
    title(page, "부서 순위")
    page.get_by_role("radio", name="읍면동").click()
    page.wait_for_url(re.compile("group=town"))
    page.get_by_role("radio", name="English").click()
    title(page, "Ranking of departments")
    address_says(page, year="2020", group="town", lang="en")
    sidebar(page, "Department")
    expect(page.get_by_role("heading", name="What the score is made of")).to_be_visible()
    address_says(page, year="2020", group="town", lang="en")


def test_back_undoes_a_choice_in_the_url_and_on_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/ranking")
    expect(page.get_by_role("row")).to_have_count(84)
    page.get_by_role("radio", name="직속기관").click()
    expect(page.get_by_role("row")).to_have_count(6)
    page.go_back()
    expect(page.get_by_role("row")).to_have_count(84)
    expect(page.get_by_role("radio", name="전체")).to_be_checked()


def test_choosing_a_department_from_the_list_shows_it(page: Page, address: str) -> None:
    page.goto(f"{address}/department?unit=0010030")
    title(page, "스마트도시과")
    page.get_by_role("combobox").click()
    page.get_by_role("combobox").fill("법무담당관")
    page.get_by_role("option", name="법무담당관").click()
    title(page, "법무담당관")
    address_says(page, unit="0010020")


def test_nothing_is_fetched_from_elsewhere_and_the_browser_reports_no_error(page: Page, address: str) -> None:
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    for path in ("/", "/ranking", "/department?unit=0010030", "/indicator?unit=0010030&indicator=training_uptake"):
        page.goto(address + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
    # What the page's own scripts embed (data:, blob:) has no host.
    assert hosts - {""} == {urlsplit(address).netloc}
    assert not errors


def test_the_font_is_the_one_that_is_shipped(page: Page, address: str) -> None:
    page.goto(address)
    title(page, "한눈에 보는 평가 결과")
    # The page's theme asks for it once it is drawn, so that nothing may be loading yet when the title is there.
    for weight in (400, 700):
        page.wait_for_function(
            "weight => [...document.fonts].some(face => face.family.includes('Pretendard GOV')"
            " && face.weight === weight && face.status === 'loaded')",
            arg=str(weight),
        )


def test_a_phone_shows_every_page_without_scrolling_sideways(browser: Browser, dashboard: Served, address: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    dashboard.enter(phone)
    phone.set_default_timeout(PATIENCE)
    for path in ("/", "/ranking", "/department?unit=0010030", "/indicator?unit=0010030&indicator=analyses_completed"):
        phone.goto(address + path)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        phone.wait_for_load_state("networkidle")
        main = "document.querySelector('[data-testid=stMain]')"
        assert phone.evaluate(f"() => {main}.scrollWidth - {main}.clientWidth") <= 0, path
    phone.close()


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[누르세요](http://example.org) **굵게** :red[빨강] $x^2$",
    "한없이긴부서이름" * 38,
)


def test_hostile_names_show_as_they_are_written(
    page: Page, project: Path, score_units: ScoreUnits, tmp_path: Path
) -> None:
    units = [(f"{at}", name, "line") for at, name in enumerate(HOSTILE)]
    figures = {f"{at}": figures_of(datasets_opened=str(at)) for at in range(len(HOSTILE))}
    publish(score_units(tmp_path / "releases", units, figures))
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    with served(project, tmp_path / "releases", tmp_path / "server.log") as other:
        other.enter(page)
        address = other.address
        page.goto(f"{address}/ranking")
        for name in HOSTILE:
            expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
        for at, name in enumerate(HOSTILE):
            page.goto(f"{address}/department?unit={at}")
            title(page, name)
            page.goto(f"{address}/indicator?unit={at}&indicator=datasets_opened")
            expect(page.get_by_text(name, exact=False).first).to_be_visible()
            page.get_by_role("combobox").nth(1).click()
            expect(page.get_by_role("option").first).to_be_visible()
            assert page.locator("img[src='x'], a[href*='example.org']").count() == 0
        page.goto(address)
        title(page, "한눈에 보는 평가 결과")
        page.wait_for_load_state("networkidle")
        assert page.locator("img[src='x'], a[href*='example.org'], image[href='x']").count() == 0
    assert not dialogs

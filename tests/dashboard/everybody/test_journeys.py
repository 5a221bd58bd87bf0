"""What the three roles come for, from signing in to the file they take away; the evaluator by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from python_calamine import CalamineWorkbook

from tests.dashboard.everybody.looking import DESK, PATIENCE, step_to, title, to_the_content
from tests.dashboard.serving import Served
from tools.shots import wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

MAKING = 120_000
"""Milliseconds a file may take on a busy machine."""
REASON = "평가위원회 보고"
WHY = "포털에 연 날이 평가 기간 안인데 세지 않았습니다."


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A browser in which nobody is signed in."""
    context: BrowserContext = browser.new_context(
        viewport={"width": DESK["width"], "height": DESK["height"]}, locale="ko-KR"
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def come_in(page: Page, address: str, login: str) -> None:
    """Ask for a page and sign in, as everybody does it, without the mouse."""
    page.goto(address)
    expect(page.get_by_label("아이디")).to_be_focused()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(f"{login}-2021")
    page.keyboard.press("Enter")
    expect(page.locator(".jp-title")).to_be_visible()
    wait_until_drawn(page)


def sidebar(page: Page, name: str, heading: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
    title(page, heading)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def make(page: Page, kind: str) -> None:
    """Press the button that makes a file, once what belongs to the kind chosen has come and moved it down."""
    expect(page.locator(f"[class*='exports-parts-{kind}']")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("button", name="파일 만들기").click()


def fetched(page: Page, press: Callable[[], None], folder: Path) -> Path:
    """The file that comes once it is made and a button is pressed."""
    expect(page.get_by_role("button", name="내려받기")).to_be_visible(timeout=MAKING)
    with page.expect_download() as begun:
        press()
    path = folder / begun.value.suggested_filename
    begun.value.save_as(path)
    return path


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())


def test_an_executive_sees_who_needs_help_why_and_takes_the_report_away(
    visitor: Page, demonstration: Served, tmp_path: Path
) -> None:
    come_in(visitor, f"{demonstration.address}/?year=2021", "executive")
    title(visitor, "한눈에 보는 평가 결과")
    helped = visitor.get_by_role("region", name="도움이 필요한 부서").get_by_role("rowheader").first.get_by_role("link")
    unit = helped.inner_text()
    helped.click()
    title(visitor, unit)
    visitor.get_by_role("link", name="신규 개방 데이터셋", exact=True).last.click()
    title(visitor, "신규 개방 데이터셋")
    expect(visitor.get_by_role("heading", name=f"{unit}의 숫자")).to_be_visible()
    sidebar(visitor, "내보내기", "내보내기")
    choose(visitor, "종류", "보고서 (PDF)")
    make(visitor, "pdf")
    report = fetched(visitor, visitor.get_by_role("button", name="내려받기").click, tmp_path)
    assert report.suffix == ".pdf"
    said = text_of(report)
    assert "2021" in said
    assert unit in said


def test_an_evaluator_goes_from_the_ranking_to_file_and_row_and_exports_by_keyboard_alone(
    visitor: Page, demonstration: Served, tmp_path: Path
) -> None:
    page = visitor
    come_in(page, f"{demonstration.address}/ranking?year=2021", "evaluator")
    title(page, "부서 순위")
    for name in ("스마트도시과", "신규 개방 데이터셋"):
        to_the_content(page)
        step_to(page, name)
        page.keyboard.press("Enter")
        title(page, name)
    expect(page.get_by_role("cell", name="데이터셋.csv", exact=False).first).to_be_visible()
    page.evaluate("() => document.activeElement.blur()")
    step_to(page, "내보내기")
    page.keyboard.press("Enter")
    title(page, "내보내기")
    page.get_by_label("내보내는 사유").focus()
    page.keyboard.type(REASON)
    step_to(page, "파일 만들기")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="내려받기")).to_be_visible(timeout=MAKING)

    def fetch() -> None:
        to_the_content(page)
        step_to(page, "내려받기")
        page.keyboard.press("Enter")

    workbook = CalamineWorkbook.from_path(fetched(page, fetch, tmp_path))
    cells = {
        str(cell)
        for name in workbook.sheet_names
        for row in workbook.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert {"스마트도시과", REASON} <= cells


def test_a_department_asks_why_appeals_with_evidence_and_takes_its_scorecard_away(
    visitor: Page, demonstration: Served, tmp_path: Path
) -> None:
    page = visitor
    come_in(page, demonstration.address, "department")
    title(page, "스마트도시과")
    expect(page.get_by_role("heading", name="점수를 이루는 지표")).to_be_visible()
    page.get_by_role("link", name="이의신청하기").click()
    title(page, "이의신청·요청")
    choose(page, "지표", "신규 개방 데이터셋")
    page.get_by_label("신청 내용과 사유").fill(WHY)
    page.get_by_role("button", name="신청", exact=True).click()
    expect(page.get_by_text(WHY).first).to_be_visible()
    page.locator("[data-testid=stFileUploader] input").set_input_files(
        {"name": "공문.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}
    )
    expect(page.get_by_text("증빙을 붙였습니다.")).to_be_visible()
    sidebar(page, "내보내기", "내보내기")
    choose(page, "종류", "보고서 (PDF)")
    make(page, "pdf")
    card = fetched(page, page.get_by_role("button", name="내려받기").click, tmp_path)
    said = text_of(card)
    assert "스마트도시과" in said
    assert "교통정책과" not in said


def test_a_copied_link_shows_another_person_the_same_after_signing_in_and_after_a_refresh(
    visitor: Page, demonstration: Served
) -> None:
    """The address is what the link that is copied holds: `test_the_address_of_what_is_shown_is_copied`."""
    link = f"{demonstration.address}/ranking?year=2020&group=line"
    come_in(visitor, link, "approver")
    for _ in range(2):
        title(visitor, "부서 순위")
        expect(visitor).to_have_url(link)
        expect(visitor.get_by_role("radio", name="2020")).to_be_checked()
        expect(visitor.get_by_role("radio", name="사업", exact=True)).to_be_checked()
        visitor.reload()

"""An evaluator's journey in a real browser: from a file with odd headings to counted records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.dashboard.desk import records
from tests.dashboard.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

ODD = (
    "관리 번호,자료 이름,맡은 곳,공개한 날,비고\n"
    "A-1,공영주차장 현황,스마트도시과,2021. 3. 2.,\n"
    "A-2,전통시장 현황,경제환경국 일자리경제과,2021. 3. 9.,\n"
    "A-3,전통시장 매출,경제환경국 일자리경제과,2021. 4. 1.,<img src=x onerror=alert(1)>\n"
    "A-4,공연 일정,문화체육과,없음,\n"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a select box by typing."""
    box = page.get_by_role("combobox", name=re.compile(label)).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).first.click()


def test_a_file_with_odd_headings_is_mapped_loaded_and_its_names_decided(
    page: Page, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = records(tmp_path / "records", "1,스마트도시과,주차장,2020-03-02\n")
    monkeypatch.setenv("JIPYO_RECORDS", str(folder))
    monkeypatch.setenv("JIPYO_UPLOADS", str(tmp_path))
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    with served(project, tmp_path / "releases", tmp_path / "server.log") as dashboard:
        dashboard.enter(page)
        page.goto(f"{dashboard.address}/data")
        expect(page.get_by_text("받은 행을 모두 읽었습니다")).to_be_visible()
        page.get_by_role("radio", name="파일 올리기").click()
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
            {"name": "개방 목록.csv", "mimeType": "text/csv", "buffer": ODD.encode("cp949")}
        )
        expect(page.get_by_role("heading", name="받은 그대로의 앞부분")).to_be_visible()
        expect(page.get_by_role("cell", name="<img src=x onerror=alert(1)>")).to_be_visible()
        choose_kind(page)
        choose(page, "^목록키", "관리 번호")
        choose(page, "^관리부서", "맡은 곳")
        choose(page, "^목록명", "자료 이름")
        choose(page, "^등록일", "공개한 날")
        page.get_by_role("button", name="확인", exact=True).click()
        expect(page.get_by_role("heading", name="불러오면 이렇게 됩니다")).to_be_visible()
        assert not (folder / "개방 목록.csv").exists()
        expect(page.get_by_text("기록이 1건 늘고")).to_be_visible()
        page.get_by_role("button", name="불러오기", exact=True).click()
        expect(page.get_by_text("불러왔습니다", exact=False)).to_be_visible()
        assert (folder / "개방 목록.csv").read_bytes() == ODD.encode("cp949")
        page.get_by_role("radio", name="부서 이름").click()
        choose(page, "경제환경국 일자리경제과", "일자리경제과")
        page.get_by_label("그렇게 정한 사유").fill("상위 국의 이름을 함께 적음")
        page.keyboard.press("Tab")
        page.get_by_role("button", name="1개 이름 확인").click()
        expect(page.get_by_text("정해야 할 이름이 없습니다", exact=False)).to_be_visible()
        page.get_by_role("radio", name="반려·보류한 행").click()
        expect(page.get_by_text("'없음'은 날짜", exact=False)).to_be_visible()
        page.get_by_role("radio", name="적재 이력").click()
        expect(page.get_by_role("rowheader", name="개방 목록.csv")).to_be_visible()
    assert not dialogs
    assert not list(tmp_path.glob("jipyo-desk-*"))


def choose_kind(page: Page) -> None:
    """Say that the file holds datasets, whatever was understood."""
    kinds = page.get_by_role("combobox", name="이 파일에 든 기록의 종류")
    kinds.click()
    kinds.press("Backspace")
    kinds.fill("데이터셋")
    page.get_by_role("option", name="데이터셋", exact=True).click()
    kinds.press("Escape")
    page.get_by_role("button", name="고른 종류로 다시 알아보기").click()
    expect(page.get_by_role("heading", name="데이터셋", exact=True)).to_be_visible()

"""A download in a real browser: whoever made it gets it, and its address is of no use to anybody else."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from dashboard.access import Role
from dashboard.gate.house import COOKIE
from tests.dashboard.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PATIENCE = 60_000


def test_the_log_taken_out_goes_to_the_auditor_who_took_it_alone(
    browser: Browser, dashboard: Served, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    dashboard.enter(page, Role.AUDITOR)
    page.goto(f"{dashboard.address}/audit")
    page.get_by_role("button", name="파일 만들기").click()
    button = page.get_by_test_id("stDownloadButton").get_by_role("button")
    expect(button).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as begun:
        button.click()
    begun.value.save_as(tmp_path / "audit.csv")
    assert "log_read" in (tmp_path / "audit.csv").read_text(encoding="utf-8-sig")
    place = begun.value.url
    context.close()
    assert "/media/" in place
    for role, status in ((Role.AUDITOR, 200), (Role.EVALUATOR, 404), (Role.DEPARTMENT, 404)):
        answer = httpx.get(place, cookies={COOKIE: dashboard.people.token(role)})
        assert answer.status_code == status
    assert httpx.get(place).status_code == 401

"""Evidence is what it says, lies where no web server looks, and is handed out to those who may see its request."""

from __future__ import annotations

import asyncio
import io
import stat
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from starlette.applications import Starlette

from dashboard.access import Role
from dashboard.gate.evidence import disposition, routes
from dashboard.gate.gate import SIGNED
from dashboard.gate.house import House
from dashboard.workflow.audit import Actor
from dashboard.workflow.evidence import (
    FORMS,
    add_evidence,
    attached_to,
    faults_of_file,
    hand_out,
    kept_name,
)
from dashboard.workflow.requests import Seen, withdraw_request
from dashboard.workflow.sessions import Signed
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.audit import AuditEntry
from etl.errors import NotPermitted, UsageError, VerificationError
from etl.shown import SEOUL
from tests.workflow.asking import NOON, OTHER, OWN, Town, seen

SETTINGS = Settings()


def archive(*names: str) -> bytes:
    """A ZIP with files of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return made.getvalue()


GOOD = {
    ".pdf": b"%PDF-1.7\n",
    ".png": b"\x89PNG\r\n\x1a\n\x00",
    ".jpg": b"\xff\xd8\xff\xe0",
    ".jpeg": b"\xff\xd8\xff\xe0",
    ".xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    ".docx": archive("[Content_Types].xml", "word/document.xml"),
    ".hwp": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"HWP Document File V5.00",
    ".hwpx": archive("mimetype", "Contents/content.hpf"),
    ".csv": "부서,건수\n스마트도시과,3\n".encode("cp949"),
    ".txt": "﻿회의 결과".encode(),
    ".zip": archive("증빙.txt"),
}


def send(town: Town, at: Seen, name: str = "근거.pdf", content: bytes = GOOD[".pdf"], moment: datetime = NOON) -> str:
    with town.store.write() as session:
        return add_evidence(session, town.member, at, (name, content), town.settings, moment).id


def now_seen(town: Town, at: Seen) -> Seen:
    return seen(town.request(at))


# What is taken -------------------------------------------------------------------------------------------------------


def test_every_form_is_tried() -> None:
    assert set(GOOD) == set(FORMS)


@pytest.mark.parametrize("ending", GOOD)
def test_a_file_is_taken_where_its_name_and_its_contents_agree(ending: str) -> None:
    assert faults_of_file(f"증빙{ending.upper()}", GOOD[ending], SETTINGS) == []
    others = [content for form, content in GOOD.items() if form.replace("jpeg", "jpg") != ending.replace("jpeg", "jpg")]
    taken = [content for content in others if not faults_of_file(f"증빙{ending}", content, SETTINGS)]
    # An archive may hold anything, and a table is a text.
    also = {".zip": [".xlsx", ".docx", ".hwpx"], ".csv": [".txt"], ".txt": [".csv"]}
    texts = [".pdf"] if ending in (".csv", ".txt") else []
    assert taken == [GOOD[one] for one in GOOD if one in [*also.get(ending, []), *texts]]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("페이지.html", b"<html>", "evidence_form"),
        ("그림.svg", b"<svg/>", "evidence_form"),
        ("이름없음", b"text", "evidence_form"),
        ("실행.pdf.exe", b"MZ", "evidence_form"),
        ("실행.pdf", b"MZ\x90\x00", "evidence_is_other"),
        ("빈.txt", b"", "evidence_empty"),
        ("빈.csv", b"", "evidence_empty"),
        ("이진.txt", b"abc\x00def", "evidence_is_other"),
        ("깨진.zip", b"PK\x03\x04 no archive", "evidence_is_other"),
        ("매크로.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin"), "evidence_is_other"),
        ("옛것.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "evidence_is_other"),
        ("큰.txt", b"a" * ((20 << 20) + 1), "evidence_too_large"),
        ("..", b"x", "evidence_name"),
        ("\u202e", b"x", "evidence_name"),
        ("", b"x", "evidence_name"),
    ],
    # An archive holds the moment it was made: workers would know its test by different names.
    ids=lambda said: f"{len(said)} bytes" if isinstance(said, bytes) else said,
)
def test_a_file_that_is_no_evidence_is_refused_in_words(name: str, content: bytes, code: str) -> None:
    (fault,) = faults_of_file(name, content, SETTINGS)
    assert fault.code == code
    assert fault.text("ko")
    assert fault.text("en")


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\문서\\근거.pdf", "근거.pdf"),
        ("근\u202efdp.exe.pdf", "근fdp.exe.pdf"),
        ("줄\r\n바꿈.txt", "줄바꿈.txt"),
        (" .숨김.txt ", "숨김.txt"),
        ("가" * 100 + ".pdf", "가" * 38 + ".pdf"),
        ("<b>=1+1.csv", "<b>=1+1.csv"),
    ],
)
def test_a_name_is_kept_without_what_leads_elsewhere(received: str, kept: str) -> None:
    assert kept_name(received) == kept


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_no_name_leads_elsewhere_or_breaks_a_header(received: str) -> None:
    name = kept_name(received)
    assert "/" not in name
    assert not name.startswith(".")
    assert len(name.encode("utf-8", "surrogatepass")) <= 120
    if name and not any("\ud800" <= sign <= "\udfff" for sign in name):
        header = disposition(name)
        assert header.isascii()
        assert header.isprintable()
        assert header.startswith("attachment; ")
        assert unquote(header.partition("filename*=UTF-8''")[2]) == name
        assert header.count('"') == 2


# Where it lies -------------------------------------------------------------------------------------------------------


def test_it_is_kept_under_a_generated_name_that_only_the_server_may_read(town: Town) -> None:
    at = town.file()
    evidence_id = send(town, at)
    folder = town.settings.evidence
    (kept,) = folder.iterdir()
    assert kept.name == evidence_id
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (file,) = town.request(at).evidence
    assert (file.name, file.size, file.media_type) == ("근거.pdf", len(GOOD[".pdf"]), "application/pdf")


def test_only_so_many_are_taken_and_none_late_or_from_others(town: Town) -> None:
    at = town.file()
    few = Settings(state=town.settings.state, evidence_files=2)
    town.settings = few
    for ending in (".pdf", ".png"):
        send(town, at, f"근거{ending}", GOOD[ending])
    with pytest.raises(UsageError, match="2 files"):
        send(town, at, "셋째.txt", GOOD[".txt"])
    with pytest.raises(NotPermitted):
        send(town, at, moment=NOON + timedelta(days=4))
    with pytest.raises(NotPermitted), town.store.write() as session:
        add_evidence(session, town.evaluator, at, ("근거.pdf", GOOD[".pdf"]), few, NOON)
    town.answer(at)
    with pytest.raises(NotPermitted):
        send(town, now_seen(town, at))
    assert len(list(few.evidence.iterdir())) == 2


def test_the_same_file_is_taken_once_for_a_request_whatever_its_name(town: Town) -> None:
    at, other = town.file(), town.file()
    send(town, at, "근거.pdf")
    with pytest.raises(UsageError) as refused:
        send(town, at, "근거 사본.pdf")
    assert [fault.code for fault in refused.value.faults] == ["evidence_again"]
    assert "근거.pdf 파일과 내용이 같습니다" in refused.value.faults[0].text("ko")
    assert [file.name for file in town.request(at).evidence] == ["근거.pdf"]
    assert len(list(town.settings.evidence.iterdir())) == 1, "a file that is refused leaves no bytes"
    send(town, other, "근거.pdf")
    assert [file.name for file in town.request(other).evidence] == ["근거.pdf"]


def test_a_file_for_a_request_that_has_changed_is_not_taken(town: Town) -> None:
    at = town.file()
    with pytest.raises(Changed):
        send(town, replace(at, version=at.version + 1))
    assert not town.settings.evidence.exists()


def test_what_was_sent_stays_with_a_request_that_is_withdrawn(town: Town) -> None:
    at = town.file()
    evidence_id = send(town, at)
    with town.store.write() as session:
        withdraw_request(session, town.member, now_seen(town, at), "취하", NOON)
    with town.store.write() as session:
        handed = hand_out(session, town.evaluator, evidence_id, town.settings)
    assert handed.content == GOOD[".pdf"]


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_bytes_that_are_not_those_received_are_never_handed_out(town: Town, harm: str) -> None:
    evidence_id = send(town, town.file())
    path = town.settings.evidence / evidence_id
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"%PDF-other")
    with pytest.raises(VerificationError), town.store.write() as session:
        hand_out(session, town.evaluator, evidence_id, town.settings)


# Over HTTP -----------------------------------------------------------------------------------------------------------


class Browser:
    """Asks for evidence as somebody the gate has let in."""

    def __init__(self, town: Town) -> None:
        self.signed = signed(town.actor(Role.AUDITOR, None))
        self._app = Starlette(routes=routes(House(town.settings)))

    def get(self, path: str, method: str = "GET") -> httpx.Response:
        """The answer to one request."""
        return asyncio.run(self._ask(method, path))

    async def _ask(self, method: str, path: str) -> httpx.Response:
        async def gated(scope: Any, receive: Any, send: Any) -> None:
            await self._app({**scope, SIGNED: self.signed}, receive, send)

        transport = httpx.ASGITransport(gated)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path)


@pytest.fixture
def browser(town: Town) -> Browser:
    return Browser(town)


def signed(actor: Actor) -> Signed:
    assert actor.person is not None
    moment = datetime.now(UTC)
    return Signed("0" * 64, actor.person, "login", False, moment, moment, "192.0.2.1", "password")


def test_it_is_served_as_an_attachment_and_never_shown(town: Town, browser: Browser) -> None:
    evidence_id = send(town, town.file(), '사유 "서".pdf')
    browser.signed = signed(town.member)
    answer = browser.get(f"/evidence/{evidence_id}")
    assert answer.status_code == 200
    assert answer.content == GOOD[".pdf"]
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert unquote(answer.headers["content-disposition"]).endswith('사유 "서".pdf')
    assert "sandbox" in answer.headers["content-security-policy"]
    with town.store.read() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert last is not None
    assert (last.action, last.outcome, last.about) == ("evidence_seen", "done", "2021-1")


WHO = [
    (Role.DEPARTMENT, OWN, 200),
    (Role.DEPARTMENT, OTHER, 404),
    (Role.EVALUATOR, None, 200),
    (Role.APPROVER, None, 200),
    (Role.AUDITOR, None, 200),
    (Role.EXECUTIVE, None, 404),
    (Role.ADMINISTRATOR, None, 404),
]


def test_whoever_may_not_see_it_learns_nothing(town: Town, browser: Browser) -> None:
    evidence_id = send(town, town.file())
    nothing = browser.get("/evidence/" + "0" * 32)
    assert nothing.status_code == 404
    for role, unit, status in WHO:
        browser.signed = signed(town.actor(role, unit))
        answer = browser.get(f"/evidence/{evidence_id}")
        assert answer.status_code == status, (role, unit)
        if status == 404:
            assert answer.content == nothing.content
            assert answer.headers == nothing.headers
    with town.store.read() as session:
        refused = list(session.scalars(select(AuditEntry).where(AuditEntry.outcome == "refused")))
    # Three who may not, and somebody who asked for what is not there.
    assert len(refused) == 4


@pytest.mark.parametrize("path", ["/evidence/../jipyo.db", "/evidence/%2e%2e%2fjipyo.db", "/evidence/", "/evidence"])
def test_no_path_leads_out_of_the_folder(town: Town, browser: Browser, path: str) -> None:
    send(town, town.file())
    browser.signed = signed(town.evaluator)
    assert browser.get(path).status_code == 404


def test_evidence_is_only_read(town: Town, browser: Browser) -> None:
    evidence_id = send(town, town.file())
    browser.signed = signed(town.evaluator)
    for method in ("POST", "PUT", "DELETE"):
        assert browser.get(f"/evidence/{evidence_id}", method).status_code == 405


def test_the_list_of_a_years_files_holds_what_its_reader_may_see(town: Town) -> None:
    at = town.file()
    send(town, at, "=근거.pdf")
    year = town.request(at).year
    readers = [(Role.EVALUATOR, None), (Role.DEPARTMENT, OWN), (Role.DEPARTMENT, OTHER), (Role.EXECUTIVE, None)]
    people = [town.actor(role, unit).person for role, unit in readers]
    with town.store.read() as session:
        listed = [attached_to(session, person, year) for person in people]
        assert attached_to(session, people[0], year - 1) == []
    assert [None if files is None else [file.name for file in files] for files in listed] == [
        ["=근거.pdf"],
        ["=근거.pdf"],
        [],
        None,
    ]
    (file,) = listed[0] or []
    assert (file.unit_id, file.size, file.added_on) == (OWN, len(GOOD[".pdf"]), NOON.astimezone(SEOUL).date())

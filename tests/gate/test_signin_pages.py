"""The pages the gate writes itself: signing in, the account, the password, the demonstration's accounts."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest

from dashboard.access import Role
from dashboard.gate import house
from dashboard.gate.document import source_hash
from dashboard.gate.house import COOKIE
from dashboard.words import Words
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.demonstration import SHOWN, prepare
from dashboard.workflow.sessions import digest_of
from dashboard.workflow.signing_in import FAILURES, find_signed
from tests.dashboard.signing_in import TERMINAL
from tests.gate.asking import Front

PASSWORD = "고양이 세 마리와 강"
OTHER = "다른 문장 하나 더 길게"


@pytest.fixture
def front(tmp_path: Path, cheap_hashes: None) -> Front:
    """A gate with one evaluator, `person`, who has a password; a hash costs little here."""
    made = Front(tmp_path)
    with made.people.store.write() as session:
        add_account(session, TERMINAL, NewAccount("person", "평가 담당자", Role.EVALUATOR, password=PASSWORD))
    return made


def enter(front: Front, password: str = PASSWORD, login: str = "person", **request: Any) -> tuple[int, str, str]:
    """Status, address led to and the cookie's header."""
    answer = front.post(
        "/signin?next=%2Franking%3Fgroup%3Dline", data={"login": login, "password": password}, **request
    )
    return answer.status_code, answer.headers.get("location", ""), answer.headers.get("set-cookie", "")


def token_in(cookie: str) -> str:
    return next(iter(SimpleCookie(cookie).values())).value


def test_signing_in_gives_a_cookie_and_leads_back(front: Front) -> None:
    status, location, cookie = enter(front)
    assert (status, location) == (303, "/ranking?group=line")
    assert cookie.startswith(f"{COOKIE}=")
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=lax"}
    assert len(token_in(cookie)) >= 43
    assert front.ask("GET", "/ranking", headers={"cookie": f"{COOKIE}={token_in(cookie)}"}).status_code == 200


def test_with_tls_the_cookie_is_bound_to_this_host(front: Front) -> None:
    _, _, cookie = enter(front, https=True)
    assert cookie.startswith(f"__Host-{COOKIE}=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=lax", "secure"}


@pytest.mark.parametrize("path", ["/account", "/account?lang=en", "/password"])
def test_who_opened_a_page_of_their_account_comes_back_to_it_once_signed_in(front: Front, path: str) -> None:
    sent = front.ask("GET", path)
    assert sent.status_code == 303
    answer = front.post(sent.headers["location"], data={"login": "person", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    cookie = {"cookie": f"{COOKIE}={token_in(answer.headers['set-cookie'])}"}
    assert front.ask("GET", path, headers=cookie).status_code == 200


def test_signing_in_again_ends_the_session_the_browser_had(front: Front) -> None:
    first = token_in(enter(front)[2])
    second = token_in(enter(front, headers={"cookie": f"{COOKIE}={first}"})[2])
    assert first != second
    assert find_signed(front.people.store, front.house.settings, digest_of(first)) is None


def test_a_cookie_somebody_planted_is_not_taken_over(front: Front) -> None:
    planted = "planted-by-somebody-else"
    token = token_in(enter(front, headers={"cookie": f"{COOKIE}={planted}"})[2])
    assert token != planted
    answer = front.ask("GET", "/account", headers={"cookie": f"{COOKIE}={planted}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin?next=%2Faccount&why=ended")


def test_unknown_wrong_and_locked_get_the_same_page(front: Front) -> None:
    asked = [("nobody", PASSWORD), ("person", "wrong"), ("' OR 1=1 --", "x"), ("", "")]
    pages = {front.post("/signin", data={"login": login, "password": said}).text for login, said in asked}
    for _ in range(FAILURES):
        enter(front, "wrong")
    locked = front.post("/signin", data={"login": "person", "password": PASSWORD})
    assert pages == {locked.text}
    assert locked.status_code == 401
    assert "set-cookie" not in locked.headers
    assert "아이디나 비밀번호가 맞지 않습니다" in locked.text


def test_too_many_at_once_are_told_to_wait(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "_HASHES_WAITING", 0)
    assert enter(front)[0] == 503


@pytest.mark.parametrize("why", ["idle", "limit", "ended", "out"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_why_a_session_ended_is_said(front: Front, why: str, lang: str) -> None:
    page = front.ask("GET", f"/signin?why={why}&lang={lang}").text
    words = Words("en" if lang == "en" else "ko")
    assert words(f"signin.{why}", minutes=480, hours=8) in page.replace("&#x27;", "'")


def test_what_the_address_says_is_never_markup(front: Front) -> None:
    script = "<script>alert(1)</script>"
    page = front.ask("GET", "/signin", params={"why": script, "next": f"/ranking?{script}", "lang": script}).text
    assert "<script" not in page


def test_the_sign_in_page_runs_nothing_and_allows_its_own_style_alone(front: Front) -> None:
    answer = front.ask("GET", "/signin")
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    policy = answer.headers["content-security-policy"]
    assert f"style-src {source_hash(style[1])};" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert 'style="' not in answer.text


@pytest.mark.parametrize(("query", "language"), [("", "ko"), ("?lang=en", "en"), ("?lang=fr", "ko")])
def test_pages_say_their_language_and_name_every_field(front: Front, query: str, language: str) -> None:
    for path, role in (("/signin", None), ("/account", Role.EVALUATOR), ("/password", Role.EVALUATOR)):
        page = front.ask("GET", path + query, role).text
        assert f'<html lang="{language}">' in page
        labels = set(re.findall(r'<label for="(\w+)"', page))
        typed = set(re.findall(r'<input id="(\w+)"', page))
        assert labels == typed


# The account ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "others_end"), [("/signout", False), ("/signout-everywhere", True)])
def test_signing_out_ends_the_session_and_takes_the_cookie_away(front: Front, path: str, others_end: bool) -> None:
    here, there = token_in(enter(front)[2]), token_in(enter(front)[2])
    answer = front.post(path, headers={"cookie": f"{COOKIE}={here}"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?why=out"
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    store, settings = front.people.store, front.house.settings
    assert find_signed(store, settings, digest_of(here)) is None
    assert (find_signed(store, settings, digest_of(there)) is None) is others_end


@pytest.mark.parametrize(("lang", "zone"), [("ko", "(한국 시간)"), ("en", "KST")])
def test_the_account_says_since_when_somebody_is_signed_in_as_every_page_does(
    front: Front, lang: str, zone: str
) -> None:
    page = front.ask("GET", f"/account?lang={lang}", Role.EVALUATOR).text
    assert re.search(rf"20\d\d.*? \d\d:\d\d {re.escape(zone)}</dd>", page)
    assert lang == "en" or "KST" not in page


def test_the_account_and_the_password_lead_back_and_into_the_other_language(front: Front) -> None:
    account, password = (front.ask("GET", path, Role.EVALUATOR).text for path in ("/account", "/password"))
    assert '<a href="/account?lang=en" lang="en" hreflang="en">English</a>' in account
    assert '<a href="/password?lang=en" lang="en" hreflang="en">English</a>' in password
    for there in ('href="/account"', 'href="/"'):
        assert there in password
    buttons = re.findall(r"<button([^>]*)>", account)
    assert len(buttons) == 2
    assert all('class="quiet"' in about for about in buttons), "signing out is not what the page is for"
    english = front.ask("GET", "/password?lang=en&next=%2Franking", Role.EVALUATOR).text
    assert 'href="/password?next=%2Franking" lang="ko"' in english
    assert 'href="/account?lang=en"' in english


def test_who_must_change_the_password_is_offered_no_way_round_it(front: Front) -> None:
    with front.people.store.write() as session:
        new = NewAccount("fresh", "결재자", Role.APPROVER, password=PASSWORD, must_change=True)
        add_account(session, TERMINAL, new)
    cookie = {"cookie": f"{COOKIE}={token_in(enter(front, login='fresh')[2])}"}
    page = front.ask("GET", "/password", headers=cookie).text
    assert 'href="/account"' not in page
    assert 'href="/password?lang=en"' in page


def test_a_link_signs_nobody_out(front: Front) -> None:
    cookie = {"cookie": f"{COOKIE}={token_in(enter(front)[2])}"}
    assert front.ask("GET", "/signout", headers=cookie).status_code == 405
    assert front.ask("GET", "/account", headers=cookie).status_code == 200


def test_the_password_is_changed_and_the_new_one_counts(front: Front) -> None:
    cookie = {"cookie": f"{COOKIE}={token_in(enter(front)[2])}"}
    form = {"old": PASSWORD, "new": OTHER, "again": OTHER}
    answer = front.post("/password", headers=cookie, data=form)
    assert answer.status_code == 303
    answer = front.ask("GET", "/account", headers=cookie)
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin?next=%2Faccount&why=ended")
    assert enter(front)[0] == 401
    assert enter(front, OTHER)[0] == 303


def test_two_new_passwords_that_differ_change_nothing(front: Front) -> None:
    cookie = {"cookie": f"{COOKIE}={token_in(enter(front)[2])}"}
    answer = front.post("/password", headers=cookie, data={"old": PASSWORD, "new": OTHER, "again": OTHER + "!"})
    assert answer.status_code == 400
    assert "서로 다릅니다" in answer.text
    assert enter(front)[0] == 303


def test_who_must_change_the_password_comes_no_further_before(front: Front) -> None:
    with front.people.store.write() as session:
        new = NewAccount("fresh", "결재자", Role.APPROVER, password=PASSWORD, must_change=True)
        add_account(session, TERMINAL, new)
    cookie = {"cookie": f"{COOKIE}={token_in(enter(front, login='fresh')[2])}"}
    sent = front.ask("GET", "/ranking", headers=cookie)
    assert (sent.status_code, sent.headers["location"]) == (303, "/password?next=%2Franking")
    for path in ("/_stcore/health", "/media/a.csv", "/static/js/index.js"):
        assert front.ask("GET", path, headers=cookie).status_code == 403
    assert not front.inner.reached
    form = {"old": PASSWORD, "new": OTHER, "again": OTHER}
    answer = front.post("/password?next=%2Franking", headers=cookie, data=form)
    assert answer.headers["location"] == "/ranking"
    cookie = {"cookie": f"{COOKIE}={token_in(answer.headers['set-cookie'])}"}
    assert front.ask("GET", "/ranking", headers=cookie).status_code == 200


# The demonstration ----------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(tmp_path: Path, front: Front) -> Front:
    """A gate of a demonstration."""
    made = Front(tmp_path / "shown", demonstration=True)
    prepare(made.people.store, made.house.settings)
    return made


LOOPBACK: dict[str, Any] = {"server": "127.0.0.1:8501", "headers": {"host": "localhost:8501"}}
ARRIVALS: dict[str, tuple[dict[str, Any], int]] = {
    "from this machine to this machine": ({}, 200),
    "by its number": ({"headers": {"host": "127.0.0.1:8501"}}, 200),
    "from another machine": ({"client": "192.0.2.7"}, 403),
    "to an address others reach": ({"server": "192.0.2.1:8501"}, 403),
    "for a name that was pointed here": ({"headers": {"host": "jipyo.example:8501"}}, 403),
    "handed on by a proxy": ({"headers": {"host": "localhost:8501", "X-Forwarded-For": "127.0.0.1"}}, 403),
    "handed on with another header": ({"headers": {"host": "localhost:8501", "Forwarded": "for=127.0.0.1"}}, 403),
}


@pytest.mark.parametrize(("arrival", "status"), ARRIVALS.values(), ids=list(ARRIVALS))
@pytest.mark.parametrize("path", ["/health", "/signin"])
def test_a_demonstration_answers_this_machine_alone(
    shown: Front, arrival: dict[str, Any], status: int, path: str
) -> None:
    answer = shown.ask("GET", path, **{**LOOPBACK, **arrival})
    assert answer.status_code == status
    assert (answer.content == b"") is (status == 403)


def test_accounts_are_shown_in_a_demonstration_only(front: Front, shown: Front) -> None:
    page = shown.ask("GET", "/signin", **LOOPBACK).text
    assert all(account.password in page for account in SHOWN)
    assert "합성 예시" in page
    page = front.ask("GET", "/signin").text
    assert not any(account.password in page for account in SHOWN)


def test_a_shown_account_signs_in_with_its_button(shown: Front) -> None:
    page = shown.ask("GET", "/signin", **LOOPBACK).text
    forms = re.findall(r'name="login" value="(\w+)"><input type="hidden" name="password" value="([\w-]+)"', page)
    assert len(forms) == len(SHOWN)
    headers = {"host": "localhost:8501", "origin": "http://localhost:8501"}
    for login, password in forms:
        data = {"login": login, "password": password}
        answer = shown.ask("POST", "/signin", server="127.0.0.1:8501", headers=headers, data=data)
        assert answer.status_code == 303

"""Single sign-on, whole: there, back and out again, against a real provider on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from dashboard.access import Role
from dashboard.gate import account, identity
from dashboard.gate.gate import SIGNED
from dashboard.gate.house import COOKIE, House
from dashboard.gate.provider import DISCOVERY
from dashboard.workflow.account_changes import Change, change_account, known_account
from dashboard.workflow.accounts import NewAccount
from dashboard.workflow.sessions import Signed, digest_of, look_up
from dashboard.workflow.tables.accounts import OidcFlow
from tests.dashboard.serving import PATIENCE, free_port
from tests.gate.single_sign_on import TERMINAL, Body, Browser, mapped, said


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A real provider in a process of its own on this machine."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as provider:
        address = f"http://127.0.0.1:{port}"
        begun = time.monotonic()
        while not _answers(f"{address}{DISCOVERY}"):
            assert provider.poll() is None, "the provider has ended"
            assert time.monotonic() - begun < PATIENCE, "the provider does not answer"
            time.sleep(0.05)
        yield address
        provider.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).is_success
    except httpx.TransportError:
        return False


def put(issuer: str, subject: str, **claims: object) -> str:
    """Somebody at the real provider."""
    httpx.put(f"{issuer}/users/{subject}", json=claims, trust_env=False).raise_for_status()
    return subject


# The whole way, at a real provider ------------------------------------------------------------------------------------


def test_whom_the_provider_vouches_for_is_let_in_where_they_wanted_to_go(
    body: Callable[..., Body], issuer: str
) -> None:
    town = body(issuer)
    town.add(NewAccount("eval01", "평가 담당", Role.EVALUATOR, identity=(issuer, "subject-1")))
    answer = town.sign_in("subject-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ranking?year=2021")
    signed = town.signed()
    assert signed is not None
    assert (signed.login, signed.person.role, signed.way) == ("eval01", Role.EVALUATOR, "oidc")
    entry = town.log()[-1]
    assert (entry.action, entry.about, json.loads(entry.detail)) == ("signed_in", "eval01", {"way": "oidc"})
    with town.store.read() as session:
        assert session.scalars(select(OidcFlow)).all() == []


def test_the_provider_is_asked_for_a_code_with_pkce_state_and_nonce(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    first, second = town.set_out(), town.set_out()
    assert (first["response_type"], first["client_id"], first["scope"]) == ("code", "jipyo", "openid profile email")
    assert first["redirect_uri"] == "http://127.0.0.1:8501/oidc/callback"
    assert first["code_challenge_method"] == "S256"
    assert not {first[part] for part in ("state", "nonce", "code_challenge")} & set(second.values())
    cookie = town.browser.cookies["jipyo-oidc"]
    with town.store.read() as session:
        kept = {one.state_digest: one for one in session.scalars(select(OidcFlow))}
    flow = kept[digest_of(second["state"])]
    assert flow.browser_digest == digest_of(cookie)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(flow.verifier.encode()).digest()).rstrip(b"=").decode()
    assert (flow.nonce, challenge) == (second["nonce"], second["code_challenge"])


def test_who_is_new_gets_an_account_from_the_claims_where_that_is_wanted(
    body: Callable[..., Body], issuer: str
) -> None:
    town = body(issuer, **mapped())
    subject = put(issuer, "new-1", preferred_username="Park01", name="담당자", groups=["x", "staff"], dept="A1")
    assert town.sign_in(subject).status_code == 303
    signed = town.signed()
    assert signed is not None
    assert (signed.login, signed.person.name, signed.person.role, signed.person.unit_id) == (
        "park01",
        "담당자",
        Role.DEPARTMENT,
        "A1",
    )
    with town.store.read() as session:
        account = known_account(session, "park01")
    assert (account.issuer, account.subject, account.password_hash) == (issuer, "new-1", None)
    assert [entry.person for entry in town.log() if entry.action == "account_added"] == [issuer]


def test_a_transfer_at_the_provider_counts_from_the_next_sign_in_and_ends_older_sessions(
    body: Callable[..., Body], issuer: str
) -> None:
    town = body(issuer, **mapped())
    subject = put(issuer, "moving", preferred_username="moving", groups="staff", dept="A1")
    town.sign_in(subject)
    before = str(town.browser.cookies[COOKIE])
    put(issuer, subject, preferred_username="moving", groups=["jipyo-eval", "staff"], dept="B2")
    town.browser.cookies.clear()
    town.sign_in(subject)
    signed = town.signed()
    assert signed is not None
    assert (signed.person.role, signed.person.unit_id) == (Role.EVALUATOR, "B2")
    with town.store.read() as session:
        assert look_up(session, digest_of(before), town.settings) is None


def test_the_session_the_browser_had_before_ends_with_a_new_one(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    town.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(issuer, "again")))
    town.sign_in("again")
    before = str(town.browser.cookies[COOKIE])
    town.sign_in("again")
    assert town.browser.cookies[COOKIE] != before
    with town.store.read() as session:
        assert look_up(session, digest_of(before), town.settings) is None


TURNED_AWAY = [
    ("no role", {"groups": ["visitors"], "dept": "A1"}, "no_role"),
    ("no role claim at all", {"dept": "A1"}, "no_role"),
    ("a role that is no text", {"groups": [{"name": "staff"}], "dept": "A1"}, "no_role"),
    ("no department", {"groups": "staff"}, "no_unit"),
    ("two departments", {"groups": "staff", "dept": ["A1", "B2"]}, "no_unit"),
    ("a login that is taken", {"groups": "staff", "dept": "A1", "preferred_username": "TAKEN"}, "login_taken"),
]


@pytest.mark.parametrize(("about", "claims", "why"), TURNED_AWAY, ids=[case[0] for case in TURNED_AWAY])
def test_who_cannot_be_let_in_is_told_why_and_what_to_do(
    body: Callable[..., Body], issuer: str, about: str, claims: dict[str, object], why: str
) -> None:
    town = body(issuer, **mapped())
    town.add(NewAccount("taken", "다른 사람", Role.AUDITOR))
    answer = town.sign_in(put(issuer, f"s-{why}-{len(about)}", **claims))
    assert answer.status_code == 403
    assert re.search("(하세요|하라고|문의하세요|이어 달라고 하세요)", said(answer))
    assert town.signed() is None
    entry = town.log()[-1]
    assert (entry.action, entry.outcome, json.loads(entry.detail)["why"]) == ("sign_in_failed", "refused", why)


def test_nobody_gets_an_account_by_themselves_unless_that_is_wanted(body: Callable[..., Body], issuer: str) -> None:
    for settings in ({}, mapped(link=False)):
        town = body(issuer, **settings)
        answer = town.sign_in(put(issuer, "stranger", groups="staff", dept="A1"))
        assert (answer.status_code, town.signed()) == (403, None)
        assert "계정이 없습니다" in said(answer)


def test_a_login_or_mail_address_never_opens_somebody_elses_account(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    town.add(NewAccount("admin01", "관리", Role.ADMINISTRATOR, password="correct horse battery"))
    assert town.sign_in(put(issuer, "evil", preferred_username="admin01", email="admin01")).status_code == 403
    assert town.signed() is None


def test_a_closed_account_stays_closed_whatever_the_provider_says(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer, **mapped())
    town.sign_in(put(issuer, "leaver", preferred_username="leaver", groups="jipyo-eval"))
    with town.store.write() as session:
        change_account(session, TERMINAL, "leaver", Change(active=False))
    answer = town.sign_in("leaver")
    assert (answer.status_code, town.signed()) == (403, None)
    assert "닫혀 있습니다" in said(answer)


def test_who_lost_their_role_at_the_provider_is_signed_out_everywhere(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer, **mapped())
    subject = put(issuer, "demoted", preferred_username="demoted", groups="jipyo-eval")
    town.sign_in(subject)
    assert town.signed() is not None
    put(issuer, subject, preferred_username="demoted", groups=[])
    assert town.sign_in(subject).status_code == 403
    assert town.signed() is None


def test_the_provider_cannot_take_the_last_administrator_away(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer, **mapped())
    subject = put(issuer, "only", preferred_username="only", groups="jipyo-admin")
    town.sign_in(subject)
    put(issuer, subject, preferred_username="only", groups="jipyo-eval")
    assert town.sign_in(subject).status_code == 403
    with town.store.read() as session:
        assert known_account(session, "only").role == Role.ADMINISTRATOR


# The way back ---------------------------------------------------------------------------------------------------------


def test_a_way_back_leads_in_once(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    town.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(issuer, "once")))
    town.set_out()
    back = town.agree("once")
    assert town.browser.get(back).status_code == 303
    town.browser.cookies.clear()
    answer = town.browser.get(back)
    assert (answer.status_code, town.signed()) == (400, None)
    assert "다시 시작하세요" in said(answer)


def test_a_code_that_was_used_is_worth_nothing_on_another_way(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    town.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(issuer, "twice")))
    town.set_out()
    back = town.agree("twice")
    town.browser.get(back)
    town.browser.cookies.clear()
    code = parse_qs(urlsplit(back).query)["code"][0]
    answer = town.browser.get("/oidc/callback", params={"state": town.set_out()["state"], "code": code})
    assert (answer.status_code, town.signed()) == (403, None)
    assert json.loads(town.log()[-1].detail) == {"way": "oidc", "why": "untrue", "detail": "code invalid_grant"}


@pytest.mark.parametrize("state", ["", "made-up"])
def test_a_state_nobody_set_out_with_leads_nowhere(body: Callable[..., Body], issuer: str, state: str) -> None:
    town = body(issuer)
    town.set_out()
    answer = town.browser.get("/oidc/callback", params={"state": state, "code": "x"})
    assert (answer.status_code, town.signed()) == (400, None)


def test_a_way_begun_in_another_browser_leads_nowhere(body: Callable[..., Body], issuer: str) -> None:
    """Otherwise somebody could sign a victim in as themselves and read what the victim then writes."""
    town = body(issuer)
    town.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(issuer, "attacker")))
    town.set_out()
    back = town.agree("attacker")
    for cookie in (None, "made-up"):
        town.browser.cookies.clear()
        if cookie:
            town.browser.cookies.set("jipyo-oidc", cookie)
        assert town.browser.get(back).status_code == 400
        assert town.signed() is None


def test_a_nonce_that_was_changed_on_the_way_is_noticed(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    town.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(issuer, "nonce")))
    asked = town.set_out()
    back = town.agree("nonce", town.there.replace(asked["nonce"], "changed"))
    answer = town.browser.get(back)
    assert (answer.status_code, town.signed()) == (403, None)
    assert json.loads(town.log()[-1].detail)["detail"] == "InvalidClaimError"


def test_who_does_not_agree_at_the_provider_is_told_so(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    town.set_out()
    denied = httpx.post(town.there, data={"action": "deny"}, trust_env=False).headers["location"]
    state = parse_qs(urlsplit(town.there).query)["state"][0]
    answer = town.browser.get("/oidc/callback", params={"error": "access_denied", "state": state})
    assert "error=access_denied" in denied
    assert answer.status_code == 403
    assert "취소했습니다" in said(answer)


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/oidc/login", "nonsense"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(body: Callable[..., Body], issuer: str, place: str) -> None:
    town = body(issuer)
    town.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(issuer, "next")))
    answer = town.sign_in("next", place)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/")


def test_too_many_failures_from_one_address_and_nothing_more_is_tried_or_written(
    body: Callable[..., Body], issuer: str
) -> None:
    town = body(issuer)
    for _ in range(30):
        assert town.browser.get("/oidc/callback", params={"state": "x"}).status_code == 400
    before = len(town.log())
    for path in ("/oidc/callback?state=x", "/oidc/login"):
        assert town.browser.get(path).status_code == 429
    assert len(town.log()) == before


def test_the_page_speaks_the_language_of_the_page_asked_for(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    answer = town.sign_in("nobody-here", "/ranking?lang=en")
    assert "you have no account in this system" in said(answer)
    assert '<html lang="en">' in answer.text
    asked = town.browser.get("/oidc/login", params={"next": "/ranking?year=2021", "lang": "en"}).headers["location"]
    assert "you have no account" in said(town.browser.get(town.agree("nobody-here", asked)))


# Signing out ----------------------------------------------------------------------------------------------------------


def test_signing_out_leads_on_to_the_providers_own_sign_out(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    answer = town.browser.get("/oidc/leave")
    there = answer.headers["refresh"].partition("url=")[2]
    assert (answer.status_code, there.partition("?")[0]) == (200, f"{issuer}/oauth2/end_session")
    assert parse_qs(urlsplit(there).query) == {
        "client_id": ["jipyo"],
        "post_logout_redirect_uri": ["http://127.0.0.1:8501/signin"],
    }
    assert unescape(answer.text).count(there) == 1
    assert httpx.get(there, trust_env=False).status_code == 200


@pytest.mark.parametrize(("way", "place"), [("oidc", "/oidc/leave"), ("password", "/signin")])
def test_only_who_came_through_the_provider_is_led_out_through_it(
    body: Callable[..., Body], issuer: str, way: str, place: str
) -> None:
    town = body(issuer)
    town.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(issuer, "out")))
    town.sign_in("out")
    signed = town.signed()
    assert signed is not None
    token = {SIGNED: Signed(**{**{name: getattr(signed, name) for name in Signed.__slots__}, "way": way})}
    routes = account.routes(House(town.settings), {"oidc": identity.LEAVE})

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Starlette(routes=routes)({**scope, **token}, receive, send)

    browser = Browser(app)
    answer = browser.post("/signout")
    browser.close()
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, place)
    assert town.signed() is None


def test_the_sign_in_page_offers_the_way_by_its_name(body: Callable[..., Body], issuer: str) -> None:
    town = body(issuer)
    shown = town.browser.get("/signin", params={"next": "/ranking"}).text
    assert re.search(r'<a href="/oidc/login\?next=%2Franking"[^>]*>통합인증으로 로그인</a>', shown)

"""What passes the gate and what does not; the application behind it answers everything that reaches it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.access import Role
from dashboard.gate.bodies import SMALL
from dashboard.gate.house import COOKIE
from dashboard.gate.media import Told
from dashboard.gate.paths import ASSETS, OWN_ACCOUNT, PAGE_PATHS, safe_next
from dashboard.workflow.sessions import digest_of, end_session
from tests.gate.asking import HOST, SECRET, Front

STREAMLITS = (
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/stream",
    "/_stcore/upload_file/session/file",
    "/_stcore/bidi-components/any/file.js",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/allowed-message-origins",
    "/media/0123456789abcdef.csv",
    "/static/js/index.js",
    "/component/any/index.html",
    "/app/static/../main.py",
    "/app/static/other.txt",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/favicon.png",
    "/manifest.json",
    "/index.html",
)
OPEN_TO_THE_SIGNED = {
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/js/index.js",
    "/favicon.png",
    "/manifest.json",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


NO_PAGES = (*STREAMLITS, "/signout", "/nothing/at/all")


@pytest.mark.parametrize(
    ("path", "method"),
    [
        *product(NO_PAGES, ["GET", "POST", "PUT", "DELETE", "OPTIONS"]),
        *product(sorted(OWN_ACCOUNT), ["POST", "PUT", "DELETE", "OPTIONS"]),
    ],
)
def test_a_stranger_learns_nothing_from_any_path(front: Front, method: str, path: str) -> None:
    before = len(front.inner.reached)
    answer = front.ask(method, path, headers={"origin": f"http://{HOST}"})
    assert answer.status_code == 401
    assert answer.content == b""
    assert len(front.inner.reached) == before


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda text: f"/{text}"),
        st.sampled_from(STREAMLITS).flatmap(
            lambda known: st.sampled_from([f"/{known}", f"{known}/", f"{known}/..", known.upper(), f"/x/..{known}"])
        ),
    ),
    method=st.sampled_from(METHODS),
    cookie=st.sampled_from(["", f"{COOKIE}=", f"{COOKIE}=guess", f"__Host-{COOKIE}=guess", "jipyo2=a; x=y"]),
)
def test_whatever_a_stranger_asks_for_does_not_reach_the_application(
    front: Front, path: str, method: str, cookie: str
) -> None:
    before = len(front.inner.reached)
    answer = front.ask(method, httpx_path(path), headers={"cookie": cookie, "origin": f"http://{HOST}"})
    assert len(front.inner.reached) == before
    assert SECRET not in answer.text


def httpx_path(path: str) -> str:
    """A path that httpx sends as it is."""
    return "/" + "".join(f"%{byte:02X}" for byte in path[1:].encode())


@pytest.mark.parametrize("page", sorted(PAGE_PATHS | OWN_ACCOUNT))
def test_a_strangers_page_leads_to_the_sign_in_page_and_back(front: Front, page: str) -> None:
    answer = front.ask("GET", f"{page}?unit=0010030&lang=en")
    assert answer.status_code == 303
    there = urlsplit(answer.headers["location"])
    assert (there.scheme, there.netloc, there.path) == ("", "", "/signin")
    assert parse_qs(there.query) == {"next": [f"{page}?unit=0010030&lang=en"], "lang": ["en"]}


@pytest.mark.parametrize("path", STREAMLITS)
def test_those_who_are_signed_in_reach_what_pages_need_and_no_more(front: Front, path: str) -> None:
    before = len(front.inner.reached)
    answer = front.ask("GET", path, Role.EVALUATOR)
    assert (len(front.inner.reached) > before) is (path in OPEN_TO_THE_SIGNED)
    assert (SECRET in answer.text) is (path in OPEN_TO_THE_SIGNED)


def offering(path: str) -> bytes:
    """What the server says to a page that offers a file."""
    made = ForwardMsg()
    button = made.delta.new_element.download_button
    button.label, button.url, button.help, button.id = "받기", path, "B" * 66, "one"
    return bytes(made.SerializeToString())


def test_a_file_kept_for_a_page_is_for_the_session_whose_page_was_told_of_it(front: Front) -> None:
    path = f"/media/{'0a1b2c3d' * 7}.csv"
    front.house.told.note(front.people.digest(Role.AUDITOR), offering(path))
    assert front.ask("GET", path, Role.AUDITOR).text == SECRET
    for role in (Role.EVALUATOR, Role.DEPARTMENT):
        assert front.ask("GET", path, role).status_code == 404
    for other in (f"{path}B", path[:-1], "/media/", "/media/../media/x", path.replace("0a", "0b")):
        assert front.ask("GET", other, Role.AUDITOR).status_code == 404


def test_only_so_many_sessions_and_files_are_remembered_and_the_newest_are() -> None:
    told = Told()
    for number in range(1200):
        told.note("busy", offering(f"/media/{number}.csv"))
    for number in range(1200):
        told.note(f"session {number}", offering("/media/x.csv"))
    assert told.includes("session 1199", "/media/x.csv")
    assert not told.includes("session 0", "/media/x.csv")
    told.note("busy", offering("/media/new.csv"))
    assert not told.includes("busy", "/media/0.csv")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto"])
@pytest.mark.parametrize("path", ["/signin", "/health", "/ranking"])
def test_who_claims_to_come_through_a_proxy_is_refused_where_none_is_named(
    tmp_path: Path, path: str, header: str
) -> None:
    front = Front(tmp_path)
    assert front.ask("GET", path, headers={header: "192.0.2.7"}).status_code == 403
    behind = Front(tmp_path, proxy="127.0.0.1")
    assert behind.ask("GET", path, headers={header: "192.0.2.7"}).status_code in (200, 303)


@pytest.mark.parametrize("path", sorted(ASSETS))
def test_fonts_and_icon_are_open_and_get_no_identity(front: Front, path: str) -> None:
    assert front.ask("GET", path, Role.EVALUATOR).text == SECRET
    assert "x-jipyo-session" not in front.inner.headers


# Who somebody is ------------------------------------------------------------------------------------------------------

SPELLINGS = ("X-Jipyo-Session", "x-jipyo-session", "X_JIPYO_SESSION", "x-Jipyo_session", "X-Jipyo-Role")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_clients_own_identity_is_taken_away(front: Front, spelling: str) -> None:
    forged = front.people.digest(Role.ADMINISTRATOR)
    assert front.ask("GET", "/_stcore/health", headers={spelling: forged}).status_code == 401
    front.ask("GET", "/_stcore/health", Role.DEPARTMENT, headers={spelling: forged})
    told = [value.decode() for name, value in front.inner.reached[-1]["headers"] if b"jipyo" in name.lower()]
    assert told == [front.people.digest(Role.DEPARTMENT)]


def test_the_cookie_goes_no_further_than_the_gate(front: Front) -> None:
    front.ask("GET", "/_stcore/health", Role.EVALUATOR, headers={"cookie": "_streamlit_xsrf=abc; _streamlit_user=x"})
    assert front.inner.headers["cookie"] == "_streamlit_xsrf=abc"


def test_a_session_that_was_ended_is_over_at_the_next_request(tmp_path: Path) -> None:
    front = Front(tmp_path)
    token = front.people.token(Role.EVALUATOR)
    assert front.ask("GET", "/static/js/index.js", Role.EVALUATOR).status_code == 200
    with front.people.store.write() as session:
        end_session(session, digest_of(token))
    assert front.ask("GET", "/static/js/index.js", Role.EVALUATOR).status_code == 401
    answer = front.ask("GET", "/ranking", Role.EVALUATOR)
    assert parse_qs(urlsplit(answer.headers["location"]).query)["why"] == ["ended"]


def test_with_tls_only_the_cookie_that_no_other_host_can_set_counts(front: Front) -> None:
    token = front.people.token(Role.EVALUATOR)
    assert front.ask("GET", "/favicon.png", Role.EVALUATOR, https=True).status_code == 200
    plain = front.ask("GET", "/favicon.png", https=True, headers={"cookie": f"{COOKIE}={token}"})
    assert plain.status_code == 401


# Whose request it is --------------------------------------------------------------------------------------------------

ORIGINS = {
    "this host": ({"origin": f"http://{HOST}"}, True),
    "this host with TLS at a proxy": ({"origin": f"https://{HOST}"}, True),
    "the browser says so": ({"sec-fetch-site": "same-origin"}, True),
    "another host": ({"origin": "http://elsewhere.test"}, False),
    "another port": ({"origin": f"http://{HOST}:8080"}, False),
    "a name that begins alike": ({"origin": f"http://{HOST}.elsewhere.test"}, False),
    "no scheme": ({"origin": HOST}, False),
    "nowhere": ({"origin": "null"}, False),
    "brackets": ({"origin": "http://[bad"}, False),
    "another site of ours": ({"sec-fetch-site": "same-site"}, False),
    "nothing said": ({}, False),
}


@pytest.mark.parametrize(("headers", "passes"), ORIGINS.values(), ids=list(ORIGINS))
def test_only_a_page_of_this_host_changes_anything(front: Front, headers: dict[str, str], passes: bool) -> None:
    form = {"old": "a", "new": "b", "again": "c"}
    answer = front.ask("POST", "/password", Role.EVALUATOR, headers=headers, data=form)
    assert answer.status_code == (400 if passes else 403)


def test_over_tls_a_page_without_tls_is_another_page(front: Front) -> None:
    answer = front.ask("POST", "/password", Role.EVALUATOR, https=True, headers={"origin": f"http://{HOST}"})
    assert answer.status_code == 403


# How much -------------------------------------------------------------------------------------------------------------


def test_a_form_has_a_limit_said_or_not(front: Front) -> None:
    assert front.post("/signin", content=b"x" * (SMALL + 1)).status_code == 413
    assert front.post("/signin", content=b"x", headers={"content-length": "many"}).status_code == 413

    async def drip() -> object:
        for _ in range(20):
            yield b"x" * (SMALL // 10)

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert front.post("/signin", content=drip(), headers=headers).status_code == 413


SENDERS = {
    Role.EVALUATOR: 200,
    Role.DEPARTMENT: 200,
    Role.APPROVER: 403,
    Role.EXECUTIVE: 403,
    Role.AUDITOR: 403,
    Role.ADMINISTRATOR: 403,
}


@pytest.mark.parametrize(("role", "status"), SENDERS.items())
def test_files_are_taken_from_those_who_may_send_some(front: Front, role: Role, status: int) -> None:
    headers = {"origin": f"http://{HOST}"}
    path = "/_stcore/upload_file/session/file"
    assert front.ask("PUT", path, role, headers=headers, content=b"x" * (SMALL + 1)).status_code == status
    assert front.ask("PUT", path, role, content=b"x").status_code == 403


def test_an_upload_has_its_own_limit(front: Front) -> None:
    path, headers = "/_stcore/upload_file/session/file", {"origin": f"http://{HOST}"}
    answer = front.ask("PUT", path, Role.EVALUATOR, headers=headers, content=b"x" * 2_000_000)
    assert answer.status_code == 413
    assert front.ask("POST", path, Role.EVALUATOR, headers=headers, content=b"x").status_code == 403


# What every answer carries --------------------------------------------------------------------------------------------

ANSWERS = {
    "page": ("GET", "/ranking", Role.EVALUATOR),
    "stranger": ("GET", "/ranking", None),
    "closed": ("GET", "/_stcore/health", None),
    "nothing there": ("GET", "/no", Role.EVALUATOR),
    "Streamlit's": ("GET", "/_stcore/health", Role.EVALUATOR),
    "sign-in": ("GET", "/signin", None),
    "health": ("GET", "/health", None),
    "forged": ("POST", "/signin", None),
}


@pytest.mark.parametrize("request_", ANSWERS.values(), ids=list(ANSWERS))
def test_every_answer_carries_the_headers(front: Front, request_: tuple[str, str, Role | None]) -> None:
    headers = front.ask(*request_).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers
    assert "strict-transport-security" not in headers


def test_with_tls_the_browser_is_told_to_keep_to_it(front: Front) -> None:
    assert front.ask("GET", "/health", https=True).headers["strict-transport-security"] == "max-age=31536000"


def test_only_what_holds_nothing_of_anybody_is_kept_by_the_browser(front: Front) -> None:
    bundle = front.ask("GET", "/static/js/index.js", Role.EVALUATOR).headers["cache-control"]
    assert bundle == "private, max-age=31536000, immutable"
    assert front.ask("GET", min(ASSETS)).headers["cache-control"] == "private, max-age=86400"
    front.house.told.note(front.people.digest(Role.EVALUATOR), offering("/media/any.csv"))
    told = front.ask("GET", "/media/any.csv", Role.EVALUATOR)
    assert (told.status_code, told.headers["cache-control"]) == (200, "no-store")


def test_a_fault_inside_says_nothing_outside(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(front.gate, "_app", fail)
    answer = front.ask("GET", "/favicon.png", Role.EVALUATOR)
    assert (answer.status_code, answer.content) == (500, b"")
    assert answer.headers["x-frame-options"] == "DENY"


def test_without_its_database_the_gate_stays_shut(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.gate import house
    from dashboard.workflow.signing_in import DatabaseAway

    def away(*_: object) -> None:
        raise DatabaseAway

    monkeypatch.setattr(house, "find_signed", away)
    answer = front.ask("GET", "/ranking", Role.EVALUATOR)
    assert (answer.status_code, answer.content, answer.headers["retry-after"]) == (503, b"", "10")
    for lang, said in (("ko", "데이터베이스에 연결되지 않습니다"), ("en", "The database does not answer")):
        page = front.ask("GET", f"/ranking?lang={lang}", Role.EVALUATOR, headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["retry-after"]) == (503, "10")
        assert said in page.text


# Where one may come back to -------------------------------------------------------------------------------------------

PLACES = {
    "/ranking?group=line": "/ranking?group=line",
    "/": "/",
    "": "/",
    "ranking": "/",
    "//elsewhere.test/ranking": "/",
    "/\\elsewhere.test": "/",
    "https://elsewhere.test/": "/",
    "javascript:alert(1)": "/",
    "/ranking\r\nSet-Cookie: a=b": "/",
    "/signin?next=/signin": "/",
    "/account": "/account",
    "/account?lang=en": "/account?lang=en",
    "/password": "/password",
    "/account/": "/",
    "/account/../signout": "/",
    "//account": "/",
    "//elsewhere.test/account": "/",
    "https://elsewhere.test/password": "/",
    "/signout": "/",
    "/signout-everywhere": "/",
    "/oidc/login": "/",
    "http://[bad": "/",
}


@pytest.mark.parametrize(("said", "place"), PLACES.items())
def test_after_signing_in_one_comes_to_a_page_of_this_dashboard(said: str, place: str) -> None:
    assert safe_next(said) == place


@given(st.text())
def test_nothing_leads_away_from_this_dashboard(said: str) -> None:
    assert urlsplit(safe_next(said)).path in PAGE_PATHS | OWN_ACCOUNT
    assert safe_next(said).startswith("/")
    assert not safe_next(said).startswith("//")

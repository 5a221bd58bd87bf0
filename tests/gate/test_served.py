"""A dashboard that is really served: what comes over HTTP and the websocket, to whom, and until when."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.access import Person, Role
from dashboard.address import RELEASE_PAGES
from dashboard.gate.house import COOKIE
from dashboard.gate.line import SESSION_OVER, WATCHED
from dashboard.gate.messages import LARGEST, Said, judge, may_send_files
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.sessions import digest_of, end_session, keep_alive, look_up, open_session
from tests.dashboard.serving import Served
from tests.dashboard.signing_in import TERMINAL

pytestmark = pytest.mark.xdist_group("served")

STREAM = "/_stcore/stream"
PATIENCE = 60.0


def message(kind: str, value: bool = True) -> bytes:
    """A message of a kind that carries only yes or no."""
    made = BackMsg()
    setattr(made, kind, value)
    return bytes(made.SerializeToString())


def rerun(query: str = "", auto: bool = False) -> bytes:
    made = BackMsg()
    made.rerun_script.query_string = query
    made.rerun_script.is_auto_rerun = auto
    return bytes(made.SerializeToString())


@contextmanager
def open_socket(
    dashboard: Served, token: str, headers: Mapping[str, str] | None = None, origin: str | None = None
) -> Iterator[ClientConnection]:
    """A websocket as a page opens it."""
    address = dashboard.address.replace("http:", "ws:") + STREAM
    said = {"Cookie": f"{COOKIE}={token}", **(headers or {})}
    with connect(
        address,
        additional_headers=said,
        origin=Origin(origin or dashboard.address),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=PATIENCE,
    ) as socket:
        yield socket


def run_of(socket: ClientConnection) -> str:
    """Everything that is said until the script has run, as text to search in."""
    said = b""
    while True:
        data = socket.recv(timeout=PATIENCE)
        assert isinstance(data, bytes)
        said += data
        parsed = ForwardMsg()
        parsed.ParseFromString(data)
        if parsed.WhichOneof("type") == "script_finished":
            return said.decode("utf-8", errors="replace")


def own_session(dashboard: Served) -> str:
    """A session of an evaluator's that nobody else uses."""
    store = dashboard.people.store
    with store.write() as session:
        login = f"own-{time.monotonic_ns()}"
        account = add_account(session, TERMINAL, NewAccount(login, login, Role.EVALUATOR))
        return open_session(session, account, "127.0.0.1", "password")


def test_a_strangers_websocket_never_opens(dashboard: Served) -> None:
    for token in ("", "guess"):
        with pytest.raises(InvalidStatus) as refused, open_socket(dashboard, token):
            pass
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["http://elsewhere.test", "null", "http://127.0.0.1"])
def test_a_page_from_elsewhere_opens_no_websocket(dashboard: Served, origin: str) -> None:
    token = dashboard.people.token(Role.EVALUATOR)
    with pytest.raises(InvalidStatus), open_socket(dashboard, token, origin=origin):
        pass


def test_pages_know_their_reader_and_no_other_can_be_claimed(dashboard: Served) -> None:
    forged = {"X-Jipyo-Session": dashboard.people.digest(Role.EVALUATOR)}
    with open_socket(dashboard, dashboard.people.token(Role.EXECUTIVE), forged) as socket:
        socket.send(rerun())
        said = run_of(socket)
    assert ">executive<" in said
    assert ">evaluator<" not in said


def test_the_cache_is_not_cleared_and_nothing_odd_is_passed_on(dashboard: Served) -> None:
    with open_socket(dashboard, own_session(dashboard)) as socket:
        for kind in ("clear_cache", "load_git_info", "debug_disconnect_websocket", "debug_shutdown_runtime"):
            socket.send(message(kind))
        socket.send(message("set_run_on_save"))
        socket.send(rerun())
        said = run_of(socket)
    assert "평가" in said
    assert httpx.get(f"{dashboard.address}/health").status_code == 200


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff\xff no message", 1002), ("text", 1002), (b"x" * (LARGEST + 1), 1009)],
    ids=["nonsense", "text", "too large"],
)
def test_what_is_no_message_closes_the_socket(dashboard: Served, data: bytes | str, code: int) -> None:
    with open_socket(dashboard, own_session(dashboard)) as socket:
        socket.send(data)
        assert last_words(socket) == ("", code)


def last_words(socket: ClientConnection) -> tuple[str, int]:
    """Where a page is sent, and the code its socket is closed with."""
    there = ""
    # Iterating ends where the socket is closed as it should; other codes are raised.
    with suppress(ConnectionClosed):
        for data in socket:
            assert isinstance(data, bytes)
            parsed = ForwardMsg()
            parsed.ParseFromString(data)
            there = parsed.auth_redirect.url or there
    assert socket.close_code is not None
    return there, socket.close_code


def test_an_open_page_of_a_session_that_ended_gets_nothing_more(dashboard: Served) -> None:
    token = own_session(dashboard)
    with open_socket(dashboard, token) as socket:
        socket.send(rerun())
        run_of(socket)
        with dashboard.people.store.write() as session:
            end_session(session, digest_of(token))
        socket.send(rerun())
        there, code = last_words(socket)
    assert code == SESSION_OVER
    assert parse_qs(urlsplit(there).query)["why"] == ["ended"]
    assert urlsplit(there).path == "/signin"


def test_a_page_where_nobody_does_anything_is_sent_away_by_itself(dashboard: Served) -> None:
    token = own_session(dashboard)
    with open_socket(dashboard, token) as socket:
        socket.send(rerun())
        run_of(socket)
        long_ago = datetime.now(UTC) - dashboard.people.settings.idle - timedelta(seconds=1)
        with dashboard.people.store.write() as session:
            keep_alive(session, digest_of(token), long_ago)
        begun = time.monotonic()
        there, code = last_words(socket)
    assert code == SESSION_OVER
    assert parse_qs(urlsplit(there).query)["why"] == ["idle"]
    assert time.monotonic() - begun < WATCHED + PATIENCE / 2


def test_only_what_a_person_does_keeps_a_session_alive(dashboard: Served) -> None:
    token, store = own_session(dashboard), dashboard.people.store
    before = datetime.now(UTC) - timedelta(minutes=5)

    def seen_at() -> datetime:
        with store.read() as session:
            found = look_up(session, digest_of(token), dashboard.people.settings)
        assert found is not None
        return found.seen_at

    with open_socket(dashboard, token) as socket:
        with store.write() as session:
            keep_alive(session, digest_of(token), before)
        socket.send(rerun())
        run_of(socket)
        socket.send(message("app_heartbeat"))
        socket.send(rerun(auto=True))
        run_of(socket)
        assert seen_at() == before
        socket.send(rerun())
        run_of(socket)
        assert seen_at() > before


@pytest.mark.parametrize("kind", ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"])
def test_messages_no_page_needs_are_dropped(dashboard: Served, kind: str) -> None:
    for person in people_of(dashboard):
        assert judge(message(kind), person)[0] is Said.NOTHING


def people_of(dashboard: Served) -> Iterator[Person]:
    for role in Role:
        digest = dashboard.people.digest(role)
        with dashboard.people.store.read() as session:
            found = look_up(session, digest, dashboard.people.settings)
        assert found is not None
        yield found.person


# HTTP -----------------------------------------------------------------------------------------------------------------


def test_streamlits_own_routes_are_closed_over_the_wire(dashboard: Served) -> None:
    for path in ("/_stcore/health", "/_stcore/metrics", "/static/js/", "/media/x", "/_stcore/agent/openapi.json"):
        answer = httpx.get(dashboard.address + path)
        assert (answer.status_code, answer.content) == (401, b""), path
    cookies = {COOKIE: dashboard.people.token(Role.EVALUATOR)}
    assert httpx.get(f"{dashboard.address}/_stcore/health", cookies=cookies).status_code == 200
    for path in ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/auth/login"):
        assert httpx.get(dashboard.address + path, cookies=cookies).status_code == 404, path


def test_no_answer_says_what_serves_it(dashboard: Served) -> None:
    cookies = {COOKIE: dashboard.people.token(Role.EVALUATOR)}
    for path in ("/health", "/", "/favicon.png", "/nothing"):
        assert "server" not in httpx.get(dashboard.address + path, cookies=cookies).headers


def test_evidence_is_behind_the_gate(dashboard: Served) -> None:
    place = f"{dashboard.address}/evidence/{'0' * 32}"
    assert httpx.get(place).status_code == 401
    answer = httpx.get(place, cookies={COOKIE: dashboard.people.token(Role.AUDITOR)})
    assert (answer.status_code, answer.text) == (404, "404\n")


def test_health_and_readiness_are_open(dashboard: Served) -> None:
    assert httpx.get(f"{dashboard.address}/health").text == "ok"
    assert httpx.get(f"{dashboard.address}/ready", timeout=PATIENCE).text == "ready"


@pytest.mark.parametrize("script", ["app/main.py", *(f"pages/{page}.py" for page in RELEASE_PAGES)])
def test_a_script_run_without_the_gate_shows_nothing(
    project: Path, dashboard: Served, small_releases: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    dashboard.people.use(monkeypatch)
    monkeypatch.setenv("JIPYO_RELEASES", str(small_releases))
    path = project / "dashboard" / script
    assert not_shown(AppTest.from_file(str(path), default_timeout=60).run())
    if script == "app/main.py":
        assert not not_shown(dashboard.people.open(path).run())


def not_shown(app: AppTest) -> bool:
    """Whether a page names no release; every page about one begins with its name."""
    return not re.search(r"20\d\d-[0-9a-f]{12}", " ".join(str(element.proto) for element in app.get("html")))


def test_files_may_be_sent_by_the_same_people_on_both_ways(dashboard: Served) -> None:
    asked = BackMsg()
    asked.file_urls_request.request_id = "1"
    for person in people_of(dashboard):
        passed = judge(asked.SerializeToString(), person)[0] is not Said.NOTHING
        assert passed is may_send_files(person)

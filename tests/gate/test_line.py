"""One websocket whose session ends, or whose database goes away, in the middle of what is said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.access import Role
from dashboard.gate import leaving, line
from dashboard.gate.house import House
from dashboard.gate.line import SESSION_OVER, Line
from dashboard.workflow.sessions import end_session
from dashboard.workflow.signing_in import DatabaseAway, find_signed
from tests.gate.asking import SECRET, Front
from tests.gate.runs import begins, ends


def rerun(url: str = "", query: str = "", typed: str = "") -> bytes:
    made = BackMsg()
    if typed:
        made.rerun_script.widget_states.widgets.add(id="text", string_value=typed)
    made.rerun_script.query_string = query
    made.rerun_script.context_info.url = url
    return bytes(made.SerializeToString())


class Talk:
    """A browser that says what it is told to, and an application that answers each message with the secret."""

    def __init__(self, house: House, digest: str) -> None:
        self.house, self.digest = house, digest
        self.to_browser: list[Message] = []
        self.to_application: list[Message] = []

    def of(self, *said: bytes, before_answer: object = None) -> None:
        """Have a talk; `before_answer` is called between a message and its answer."""
        messages: list[Message] = [{"type": "websocket.receive", "bytes": data} for data in said]
        messages.append({"type": "websocket.disconnect", "code": 1000})

        async def receive() -> Message:
            return messages.pop(0)

        async def send(message: Message) -> None:
            self.to_browser.append(message)

        async def application(_: Scope, hear: Receive, tell: Send) -> None:
            await tell({"type": "websocket.accept"})
            while (message := await hear())["type"] == "websocket.receive":
                self.to_application.append(message)
                if callable(before_answer):
                    before_answer()
                await tell({"type": "websocket.send", "bytes": SECRET.encode()})

        async def talk() -> None:
            signed = find_signed(self.house.store, self.house.settings, self.digest)
            assert signed is not None
            await Line(self.house, signed, receive, send).run(application, {"type": "websocket"})

        asyncio.run(talk())

    @property
    def secrets(self) -> int:
        """How often the secret went out."""
        return sum(message.get("bytes") == SECRET.encode() for message in self.to_browser)

    @property
    def sent_to(self) -> str:
        """Where the page was sent at last."""
        message = ForwardMsg()
        message.ParseFromString(self.to_browser[-2]["bytes"])
        return str(message.auth_redirect.url)


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A talk at whose end nobody waits."""
    monkeypatch.setattr(leaving, "PATIENCE", 0)
    front = Front(tmp_path)
    return Talk(front.house, front.people.digest(Role.EVALUATOR))


def test_while_the_session_stands_everything_passes(talk: Talk) -> None:
    talk.of(rerun(), rerun())
    assert len(talk.to_application) == talk.secrets == 2


class Leaver:
    """A browser that says something and is gone at once, and what happens then, in its order.

    Args:
        house: the installation.
        said: to the application, before it is gone.
        is_known: whether a server that sends finds out that it is gone, before it is told so.
    """

    def __init__(self, house: House, said: bytes, *, is_known: bool) -> None:
        self.house, self.said, self.is_known = house, said, is_known
        self.happened: list[str] = []

    async def leave(self, line: Callable[[Receive, Send], Line], digest: str) -> None:
        """Have an application carry out what was said, while another page of the same session begins."""
        messages: list[Message] = [
            {"type": "websocket.receive", "bytes": self.said},
            {"type": "websocket.disconnect", "code": 1001},
        ]

        async def receive() -> Message:
            return messages.pop(0)

        async def send(_: Message) -> None:
            if self.is_known:
                raise OSError("the browser is gone")
            self.happened.append("sent")

        async def application(_: Scope, hear: Receive, tell: Send) -> None:
            await hear()
            if self.is_known:
                await tell({"type": "websocket.send", "bytes": begins()})
            gone = asyncio.ensure_future(hear())
            gone.add_done_callback(lambda _: self.happened.append("told that the page is gone"))
            next_page = asyncio.ensure_future(self.house.leaving.over(digest))
            next_page.add_done_callback(lambda _: self.happened.append("the next page began"))
            await asyncio.sleep(0.05)
            for told in (begins(), SECRET.encode(), ends()):
                await tell({"type": "websocket.send", "bytes": told})
            self.happened.append("carried out")
            await asyncio.gather(gone, next_page)

        await line(receive, send).run(application, {"type": "websocket"})


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize("typed", ["", "쓰던 글"])
def test_what_is_typed_while_leaving_is_done_before_the_application_hears_that_the_page_is_gone(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, typed: str, is_known: bool
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 60)
    signed = find_signed(talk.house.store, talk.house.settings, talk.digest)
    assert signed is not None
    leaver = Leaver(talk.house, rerun(typed=typed), is_known=is_known)
    asyncio.run(leaver.leave(lambda receive, send: Line(talk.house, signed, receive, send), talk.digest))
    assert len(leaver.happened) == 3, "nothing is sent to a page that is gone"
    assert leaver.happened.index("carried out") == (0 if typed else 2), "nobody waits where nothing was typed"


def test_a_page_waits_for_those_its_reader_has_just_left(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[str] = []

    async def over(digest: str) -> None:
        waited.append(digest)

    monkeypatch.setattr(talk.house.leaving, "over", over)
    talk.of(rerun(), rerun())
    assert waited == [talk.digest], "once, before its first run"


def test_a_file_the_page_was_told_of_is_its_sessions(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.gate.test_line.SECRET", "\x0e/media/abc.csv")
    talk.of(rerun())
    assert talk.house.told.includes(talk.digest, "/media/abc.csv")
    assert not talk.house.told.includes("another", "/media/abc.csv")


def test_what_the_server_was_about_to_say_stays_inside(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "TRUSTED", 0.0)

    def end() -> None:
        with talk.house.store.write() as session:
            end_session(session, talk.digest)

    talk.of(rerun("http://jipyo.test/department", "unit=0010030&lang=en"), rerun(), before_answer=end)
    assert talk.secrets == 0
    assert len(talk.to_application) == 1
    assert talk.to_browser[-1] == {"type": "websocket.close", "code": SESSION_OVER}
    assert talk.sent_to == "/signin?next=%2Fdepartment%3Funit%3D0010030%26lang%3Den&why=ended&lang=en"


def test_a_page_cannot_be_made_to_send_its_reader_elsewhere(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "TRUSTED", 0.0)

    def end() -> None:
        with talk.house.store.write() as session:
            end_session(session, talk.digest)

    talk.of(rerun("https://elsewhere.test//elsewhere.test/", "x=//elsewhere.test"), before_answer=end)
    assert talk.sent_to == "/signin?next=%2F&why=ended"


def test_a_database_that_goes_away_closes_the_socket(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise DatabaseAway

    talk.of(rerun(), rerun(), before_answer=lambda: monkeypatch.setattr(House, "who", away))
    assert talk.secrets == 1
    assert len(talk.to_application) == 1
    assert talk.to_browser[-1] == {"type": "websocket.close", "code": 1011}

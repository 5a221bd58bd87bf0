"""One websocket, for as long as its session stands."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.address import Address
from dashboard.gate.house import House
from dashboard.gate.leaving import LastWords
from dashboard.gate.messages import LARGEST, Said, go_to, judge
from dashboard.gate.paths import SIGN_IN, safe_next
from dashboard.workflow.sessions import Signed
from dashboard.workflow.signing_in import DatabaseAway, stay, why_ended

TRUSTED: Final = 1.0
"""Seconds for which what was looked up is good for what the server sends."""
WATCHED: Final = 5.0
"""Seconds between looks at a session on whose socket nothing is said."""

SESSION_OVER: Final = 4401
"""The socket's code when its session is over; 4000 to 4999 are for applications (RFC 6455, 7.4.2)."""
_PROTOCOL_ERROR: Final = 1002
_TOO_BIG: Final = 1009
_AWAY: Final = 1011
_GONE: Final[Message] = {"type": "websocket.disconnect", "code": SESSION_OVER}


class Line:
    """What passes between one page and its script.

    Args:
        house: the installation.
        signed: whose page it is.
        receive: from the browser.
        send: to the browser.
    """

    def __init__(self, house: House, signed: Signed, receive: Receive, send: Send) -> None:
        self._house, self._signed, self._receive, self._send = house, signed, receive, send
        self._looked = time.monotonic()
        self._is_closed = False
        self._is_open = False
        self._is_left = False
        self._last_words = LastWords()
        self._runs = 0
        self._place = ""
        self._closing = asyncio.Lock()

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Serve the websocket until one side or the session ends it."""
        watch = asyncio.create_task(self._watch())
        try:
            await app(scope, self._hear, self._tell)
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    # From the browser -------------------------------------------------------------------------------------------------

    async def _hear(self) -> Message:
        """The next message that may pass."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                await self._hear_out()
            if message["type"] != "websocket.receive":
                return message
            passed = await self._weigh(message)
            if self._is_closed:
                return _GONE
            if passed:
                return message

    async def _hear_out(self) -> None:
        """Let the script do what was said last: Streamlit stops it once it knows that its page is gone.

        A page that is left sends what was typed and not yet sent; the script keeps it.
        """
        self._is_left = True
        await self._house.leaving.leave(self._signed.digest, self._last_words)

    async def _weigh(self, message: Message) -> bool:
        if not await self._stands():
            return False
        data = message.get("bytes")
        if not data:
            return await self._hang_up(_PROTOCOL_ERROR)
        if len(data) > LARGEST:
            return await self._hang_up(_TOO_BIG)
        said, parsed = judge(data, self._signed.person)
        if said is Said.NONSENSE:
            return await self._hang_up(_PROTOCOL_ERROR)
        if said is Said.BY_A_PERSON and not await self._note(parsed):
            return False
        return said is not Said.NOTHING

    async def _note(self, parsed: BackMsg) -> bool:
        """Keep the session alive; not for a page's first run, which a page begins that finds its server again."""
        asked = parsed.rerun_script
        if asked.context_info.url:
            self._place = f"{urlsplit(asked.context_info.url).path}?{asked.query_string}".rstrip("?")
        if asked.widget_states.widgets:
            self._last_words.said()
        self._runs += 1
        if self._runs == 1:
            # What was typed on the page before stands on this one.
            await self._house.leaving.over(self._signed.digest)
        else:
            try:
                await self._house.ask(stay, self._house.store, self._signed)
            except DatabaseAway:
                return await self._hang_up(_AWAY)
        return True

    # To the browser ---------------------------------------------------------------------------------------------------

    async def _tell(self, message: Message) -> None:
        if message["type"] == "websocket.send":
            self._last_words.told(message.get("bytes") or b"")
        if self._is_closed or self._is_left:
            return
        is_old = time.monotonic() - self._looked > TRUSTED
        if message["type"] == "websocket.send" and is_old and not await self._stands():
            return
        if message["type"] == "websocket.send":
            self._house.told.note(self._signed.digest, message.get("bytes") or b"")
        if message["type"] == "websocket.accept":
            self._is_open = True
        elif message["type"] == "websocket.close":
            self._is_closed = True
        try:
            await self._send(message)
        except OSError:
            # The browser is gone, which nobody heard yet: Streamlit, told of it here, would stop its script at once.
            self._is_left = True

    # The session ------------------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while not self._is_closed:
            await asyncio.sleep(WATCHED)
            if self._is_open:
                await self._stands()

    async def _stands(self) -> bool:
        """Whether the session still stands; where it does not, the page is sent away and the socket closed."""
        if self._is_closed:
            return False
        try:
            found = await self._house.who(self._signed.digest)
            if found is None or found.must_change:
                return await self._send_away()
        except DatabaseAway:
            return await self._hang_up(_AWAY)
        self._signed, self._looked = found, time.monotonic()
        return True

    async def _send_away(self) -> bool:
        why = await self._house.ask(why_ended, self._house.store, self._house.settings, self._signed.digest)
        query = {"next": safe_next(self._place), "why": why}
        if Address.of(dict(parse_qsl(urlsplit(self._place).query))).lang == "en":
            query["lang"] = "en"
        leave = go_to(f"{SIGN_IN}?{urlencode(query)}")
        return await self._hang_up(SESSION_OVER, leave)

    async def _hang_up(self, code: int, last: bytes | None = None) -> bool:
        """Close the socket, once; always False, for what was heard passes no more."""
        async with self._closing:
            if self._is_closed:
                return False
            self._is_closed = True
            # The browser may be gone already.
            with suppress(OSError, RuntimeError):
                if last is not None and self._is_open:
                    await self._send({"type": "websocket.send", "bytes": last})
                await self._send({"type": "websocket.close", "code": code})
        return False


async def refuse(receive: Receive, send: Send) -> None:
    """End a websocket before it begins."""
    await receive()
    await send({"type": "websocket.close", "code": SESSION_OVER})

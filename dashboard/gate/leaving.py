"""What somebody says while leaving a page is carried out before the next page begins."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from typing import Final

from google.protobuf.message import DecodeError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ON_THE_WAY_OUT: Final = 2.0
"""Seconds before the end within which something was said while leaving; what is older was long work, or is done."""
PATIENCE: Final = 10.0
"""Seconds a script has to carry that out, and the next page waits for it, at most."""
_LARGEST: Final = 64 * 1024
"""Bytes; how a run begins and ends is told in a few thousand, and what is larger is not read."""


class LastWords:
    """What was said last on one websocket, and whether its script has carried it out."""

    def __init__(self) -> None:
        self._at = -ON_THE_WAY_OUT
        self._has_begun = False
        self._done = asyncio.Event()
        self._done.set()

    def said(self) -> None:
        """Something was said: a run of the script has to carry it out."""
        self._at, self._has_begun = time.monotonic(), False
        self._done.clear()

    def told(self, message: bytes) -> None:
        """Take note of what the server tells the page: a run begins, or ends and no other takes its place."""
        if self._done.is_set() or len(message) > _LARGEST:
            return
        try:
            parsed = ForwardMsg.FromString(message)
        except DecodeError:
            return
        kind = parsed.WhichOneof("type")
        if kind == "new_session":
            self._has_begun = True
        is_end = kind == "script_finished" and parsed.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        # A run that was under way when it was said may end only now.
        if is_end and self._has_begun:
            self._done.set()

    async def carried_out(self) -> None:
        """Wait until what was said on the way out is carried out, or `PATIENCE` is at its end."""
        if time.monotonic() - self._at < ON_THE_WAY_OUT:
            await _patiently(self._done)


class Leaving:
    """The pages of each session that are being left."""

    def __init__(self) -> None:
        self._pages: defaultdict[str, list[asyncio.Event]] = defaultdict(list)

    async def leave(self, digest: str, words: LastWords) -> None:
        """Let the script of a page that is gone do what was said last."""
        left = asyncio.Event()
        self._pages[digest].append(left)
        try:
            await words.carried_out()
        finally:
            left.set()
            self._pages[digest].remove(left)
            if not self._pages[digest]:
                del self._pages[digest]

    async def over(self, digest: str) -> None:
        """Wait until the pages of a session that were left before have been heard out."""
        for left in tuple(self._pages.get(digest, ())):
            await _patiently(left)


async def _patiently(event: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(event.wait(), PATIENCE)
    except TimeoutError:
        return

"""Whether the server lives, and whether it can show what is published; open, and without detail."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.gate.house import House
from dashboard.shelf import NoRelease, folder_of_releases, look, open_sealed
from dashboard.workflow.signing_in import answers

REMEMBERED: Final = 10.0
"""Seconds for which an answer is good, so that asking costs nothing."""


def routes(house: House) -> list[Route]:
    """`/health` and `/ready`."""
    return [
        Route("/health", _health, methods=["GET", "HEAD"]),
        Route("/ready", partial(_ready, Readiness(house)), methods=["GET", "HEAD"]),
    ]


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _ready(readiness: Readiness, _request: Request) -> Response:
    is_ready = await readiness.now()
    return PlainTextResponse("ready" if is_ready else "not ready", 200 if is_ready else 503)


class Readiness:
    """Whether everything that is published can be shown, looked up at most once every `REMEMBERED` seconds."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._asking = asyncio.Lock()
        self._is_ready = False
        self._until = 0.0

    async def now(self) -> bool:
        """Whether the database answers and every published release is what its seal says."""
        async with self._asking:
            if time.monotonic() >= self._until:
                self._is_ready = await self._look()
                self._until = time.monotonic() + REMEMBERED
            return self._is_ready

    async def _look(self) -> bool:
        if not await self._house.ask(answers, self._house.store):
            return False
        return await to_thread.run_sync(are_intact, folder_of_releases())


def are_intact(folder: Path) -> bool:
    """Whether there is a folder of releases, and each that is published opens with its digests."""
    try:
        shelf = look(folder)
        for release, seal in shelf.seals.items():
            open_sealed(folder / release, seal)
    except NoRelease:
        return False
    return True

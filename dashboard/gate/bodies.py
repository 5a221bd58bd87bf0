"""How much a request may carry."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

SMALL: Final = 65_536
"""Bytes of a form."""
_ENVELOPE: Final = 65_536
"""Bytes around an uploaded file."""


class TooMuch(Exception):
    """A request carries more than it may."""


def largest_upload(megabytes: int) -> int:
    """Bytes of a request that brings a file of so many megabytes at most."""
    return megabytes * 1024 * 1024 + _ENVELOPE


def within(scope: Scope, receive: Receive, largest: int) -> Receive:
    """A `receive` that hands on no more than so many bytes.

    Raises:
        TooMuch: there are more, said by the request or counted; when `receive` is called, or at once.
    """
    said = Headers(scope=scope).get("content-length", "0")
    if not said.isascii() or not said.isdigit() or int(said) > largest:
        raise TooMuch
    counted = 0

    async def receive_within() -> Message:
        nonlocal counted
        message = await receive()
        counted += len(message.get("body", b""))
        if counted > largest:
            raise TooMuch
        return message

    return receive_within

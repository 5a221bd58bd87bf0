"""The screen of a terminal: messages on stderr, in the reader's language; no received text can steer it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console

from etl.errors import Language

messages = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
# A narrower terminal breaks the lines of a table rather than cut its cells.
messages.width = max(messages.width, 120)

_UNSEEN: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]")
"""Control characters, line separators and changes of the direction of writing."""


def language() -> Language:
    """The language of messages: JIPYO_LANGUAGE, otherwise that of the terminal."""
    said = os.environ.get("JIPYO_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "ko" if said.lower().startswith("ko") else "en"


def one_line(text: str) -> str:
    """A text for the terminal, what is unseen in it spelt out: no received cell can steer the screen."""
    return _UNSEEN.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def tell(text: str) -> None:
    """One line of message, on stderr."""
    messages.print(one_line(text))


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign of life during long work, on a terminal only."""
    if not messages.is_terminal:
        yield
        return
    with messages.status(f"{what} …"):
        yield

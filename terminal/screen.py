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

WORK: Final[dict[str, dict[Language, str]]] = {
    "reading": {"ko": "읽는 중", "en": "Reading"},
    "looking": {"ko": "파일을 살펴보는 중", "en": "Looking at the files"},
    "checking": {"ko": "읽고 점검하는 중", "en": "Reading and checking"},
    "matching": {"ko": "읽고 이름을 견주는 중", "en": "Reading and comparing"},
    "comparing": {"ko": "새 판을 견주는 중", "en": "Comparing"},
    "deciding": {"ko": "결정을 적는 중", "en": "Deciding"},
    "evaluating": {"ko": "평가하는 중", "en": "Evaluating"},
    "beginning": {"ko": "합성 예시의 평가를 여는 중", "en": "Beginning the synthetic evaluation"},
    "scoring": {"ko": "점수를 내는 중", "en": "Scoring"},
    "drawing": {"ko": "가중치를 바꾸어 보는 중", "en": "Drawing weights"},
    "verifying": {"ko": "검증하는 중", "en": "Verifying"},
    "verifying_log": {"ko": "감사 기록을 확인하는 중", "en": "Verifying the audit log"},
    "writing": {"ko": "파일을 쓰는 중", "en": "Writing"},
    "sealing": {"ko": "봉인하는 중", "en": "Sealing"},
    "backing_up": {"ko": "백업하는 중", "en": "Backing up"},
    "restoring": {"ko": "복원하는 중", "en": "Restoring"},
}
"""What a command may be busy with."""

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
    """A sign of life during long work, on a terminal only.

    Args:
        what: key of `WORK`.
    """
    if not messages.is_terminal:
        yield
        return
    with messages.status(f"{WORK[what][language()]} …"):
        yield

"""What the kinds of record, their columns and their choices are called, in Korean and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

WORDS: Final = Path(__file__).with_name("words.toml")
"""The one place of these words; the records reference, proposals and templates read it."""


@cache
def record_words() -> dict[str, Any]:
    """The whole of the words."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def heading(kind: str, column: str, language: Literal["ko", "en"]) -> str:
    """What a column is called in a language; `heading` for `column` is what the kind itself is called."""
    korean, english = record_words()[kind][column]
    return str(korean if language == "ko" else english)


def choice_in_korean(choice: str) -> str:
    """What one of the values that a column is limited to means."""
    return str(record_words()["choices"][choice])

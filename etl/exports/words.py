"""What tables, columns and states are called in what leaves the system, in Korean and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from etl.errors import Language

WORDS: Final = Path(__file__).with_name("words.toml")


def column_word(column: str, language: Language) -> str:
    """What a column is called."""
    return _word("columns", column, language)


def table_word(table: str, language: Language) -> str:
    """What a published table is called."""
    return _word("tables", table, language)


def state_word(state: str, language: Language) -> str:
    """Measured, missing or not applicable."""
    return _word("states", state, language)


def _word(section: str, name: str, language: Language) -> str:
    korean, english = _words()[section][name]
    return korean if language == "ko" else english


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))

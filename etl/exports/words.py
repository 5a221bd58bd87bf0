"""What tables, columns and states are called in what leaves the system, in Korean and English."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from etl.errors import Language
from etl.exports.phrases import Phrases

PHRASES: Final = Phrases(Path(__file__).with_name("words.toml"))


def column_word(column: str, language: Language) -> str:
    """What a column is called."""
    return PHRASES(f"columns.{column}", language)


def table_word(table: str, language: Language) -> str:
    """What a published table is called."""
    return PHRASES(f"tables.{table}", language)


def state_word(state: str, language: Language) -> str:
    """Measured, missing or not applicable."""
    return PHRASES(f"states.{state}", language)

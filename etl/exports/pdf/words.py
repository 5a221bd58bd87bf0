"""The reports' words, in Korean and English: keys of `words.toml`, with facts and particles filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from etl.errors import Language
from etl.particles import ParticleFormatter

WORDS: Final = Path(__file__).with_name("words.toml")
_FORMATTER: Final = ParticleFormatter()


def say(key: str, language: Language, **facts: object) -> str:
    """A text with its facts; `{unit:은/는}` writes the particle that fits.

    Args:
        key: section and name, such as `card.score`.
        language: of the text.
        facts: what stands in braces.
    """
    korean, english = known_words()[key]
    return _FORMATTER.vformat(korean if language == "ko" else english, (), facts)


@cache
def known_words() -> Mapping[str, tuple[str, str]]:
    """Key -> Korean and English."""
    sections = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {
        f"{section}.{name}": (texts[0], texts[1])
        for section, table in sections.items()
        for name, texts in table.items()
    }

"""The words of a kind of document, in Korean and English, from a TOML file of its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from etl.errors import Language
from etl.particles import filled


class Phrases:
    """Texts by key: in the file a table a section, in it `name = ["Korean", "English"]`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, key: str, language: Language, **facts: object) -> str:
        """A text with its facts; in Korean `{unit:은/는}` writes the particle that fits.

        Args:
            key: section and name, such as `report.period`.
            language: of the text.
            facts: what stands in braces; whatever is in them is never read as a text with braces.
        """
        korean, english = self.known[key]
        return filled(korean if language == "ko" else english, **facts)

    @cached_property
    def known(self) -> Mapping[str, tuple[str, str]]:
        """Key -> Korean and English."""
        sections = tomllib.loads(self._path.read_text(encoding="utf-8"))
        return {
            f"{section}.{name}": (korean, english)
            for section, texts in sections.items()
            for name, (korean, english) in texts.items()
        }

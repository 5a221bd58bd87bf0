"""The reports' words, in Korean and English: keys of `words.toml`, with facts and particles filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from etl.exports.phrases import Phrases

say: Final = Phrases(Path(__file__).with_name("words.toml"))
"""A text by its key, such as `card.score`, in a language, with its facts."""

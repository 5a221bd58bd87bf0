"""English that is left in what a Korean reader is told."""

from __future__ import annotations

import re

WORD_OF_CODE = re.compile(r"[A-Za-z0-9_./:=%|<>*-]*[_./:=%|<>*-][A-Za-z0-9_./:=%|<>*-]*|\b[A-Z]+\b")
"""Options, files, columns, choices and abbreviations: the same in any language."""
COMMAND = re.compile(r"\bjipyo(?: [a-z-]+)+")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: +[A-Za-z]{2,})+")
"""Two words of English, one after the other; between codes that are listed stand commas."""


def english_in(text: str) -> list[str]:
    """Every two words or more of English, one after the other, that nobody has to type."""
    return ENGLISH.findall(WORD_OF_CODE.sub(" / ", COMMAND.sub(" / ", text)))

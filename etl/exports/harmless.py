"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a formula of a cell in one spreadsheet or another, full-width twins included."""


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(_BEGINNINGS)


def harmless(text: str) -> str:
    """The text for a cell of a CSV file: an apostrophe stands before what looks like a formula."""
    return f"'{text}" if looks_like_formula(text) else text

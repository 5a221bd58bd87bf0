"""About how much room text takes, so that a document says the height of its rows before anybody has laid it out.

Hangul lays a document out anew and makes a row higher where its text needs more; viewers on telephones and on the web
take the heights as they are written.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from etl.exports.hangul.looks import PER_POINT, Style

_WIDE: Final = 1.0
_NARROW: Final = 0.52
"""Of the size of the letters: Hangul and Hanja fill their square, Latin letters and figures about half of it."""


def height_of(text: str, style: Style, width: int) -> int:
    """How high a paragraph is, in units of the document.

    Args:
        text: of the paragraph; a line break in it begins a new line.
        style: of the paragraph.
        width: of what it stands in.
    """
    unit = style.size * PER_POINT
    room = width - style.inset * PER_POINT
    lines = sum(_lines(line, room / unit) for line in text.split("\n"))
    spacing = 1.3 if style.is_close else 1.6
    return round(lines * unit * spacing + (style.before + style.after) * PER_POINT)


def _lines(text: str, room: float) -> int:
    """How many lines words take that are not broken unless one alone is too long."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = _wide(word)
        if used and used + _NARROW + wide <= room:
            used += _NARROW + wide
            continue
        lines += used > 0
        whole = max(0, -int(-wide // room) - 1)
        lines, used = lines + whole, wide - whole * room
    return lines


@lru_cache(maxsize=4096)
def _wide(word: str) -> float:
    """The width of a word, in sizes of its letters."""
    return sum(_WIDE if unicodedata.east_asian_width(letter) in "WFA" else _NARROW for letter in word)

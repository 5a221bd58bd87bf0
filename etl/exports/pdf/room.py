"""How much of its page a scorecard takes, guessed before it is set: measuring it while setting takes twice as long."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any, Final, Literal

Room = Literal["roomy", "tight", "measured"]

_PAGE: Final = 362.0
"""What is left of the page, in points, beside what is always there; a tenth less, for what the guess does not see."""
_ROW: Final[Mapping[Room, float]] = {"roomy": 10.0, "tight": 5.6}
"""What a row of the table needs beside its lines, in points."""
_LINE: Final = 12.0
_SENTENCE: Final = 17.0
_STEP: Final = 16.5
_YEAR: Final = 17.0
# Columns of half a Hangul letter in a line of each place.
_NAME_WIDTH, _VALUE_WIDTH, _SENTENCE_WIDTH, _STEP_WIDTH, _TITLE_WIDTH = 24, 19, 90, 50, 40


def room_for(card: Mapping[str, Any]) -> Room:
    """Whether the card fits with generous rows, with tight ones, or has to be measured and set smaller."""
    for room in _ROW:
        if _height(card, room) <= _PAGE:
            return room
    return "measured"


_NAME_EM: Final = 14.6
_EM: Final[Mapping[str, float]] = {"value": 11.1, "earned": 6.1, "beside": 3.6, "records": 6.2}
"""What the columns of the table hold in one line, in em of their letters."""
_INDENT: Final = 0.8
_NARROW: Final = frozenset(" .,:/()")


def has_even_rows(card: Mapping[str, Any]) -> bool:
    """Whether every row of the table surely is one line, so that its height need not be measured."""
    return all(_is_one_line(part) for part in card["parts"])


def _is_one_line(part: Mapping[str, Any]) -> bool:
    texts = {**part, "earned": f"{part['earned']} / {part['possible']}"}
    indent = _INDENT * part["depth"]
    return (
        not part["moved"]
        and _em(part["name"]) + indent <= _NAME_EM
        and all(_em(texts[key]) <= width for key, width in _EM.items())
    )


def _em(text: str) -> float:
    """As wide as the text is at most: our font's figures are 0.58 em, its points and blanks 0.29, no letter above 1."""
    return sum(0.29 if sign in _NARROW else 0.58 if sign.isdecimal() and sign.isascii() else 1 for sign in text)


def _height(card: Mapping[str, Any], room: Room) -> float:
    rows = sum(_ROW[room] + _LINE * _lines_of(part) for part in card["parts"])
    sentences = sum(_SENTENCE * _lines(said, _SENTENCE_WIDTH) for said in [*card["sentences"], card["sum"]])
    steps = sum(_STEP * _lines(said, _STEP_WIDTH) for said in card["next"])
    title = 2 * _LINE * (_lines(card["name"], _TITLE_WIDTH) - 1)
    return rows + sentences + max(steps, _YEAR * len(card["years"])) + title


def _lines_of(part: Mapping[str, Any]) -> int:
    weight = 2 if part["moved"] else 1
    return max(_lines(part["name"], _NAME_WIDTH), _lines(part["value"], _VALUE_WIDTH), weight)


def _lines(text: str, width: int) -> int:
    """Lines of so many half letters: a Hangul letter is three bytes and two halves wide, a digit one byte and one."""
    return max(1, ceil((len(text) + len(text.encode("utf-8", "replace"))) / 2 / width))

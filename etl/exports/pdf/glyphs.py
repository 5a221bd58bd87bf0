"""Which characters the report's font can draw, and what is written where it cannot."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

_UNICODE_GROUPS: Final = 12
"""The format of the one character map of an OpenType font that covers all of Unicode (segmented coverage)."""
_TABLE: Final = struct.Struct(">4sIII")
_ENCODING: Final = struct.Struct(">HHI")
_GROUP: Final = struct.Struct(">III")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Controls, changes of the direction of writing, characters of nobody: nothing a reader would see."""
_LONG: Final = re.compile("(?=[!-~]{20})(?![0-9a-f.,:-]{20})[!-~]+")
"""Latin words that may be longer than a line; digests and numbers, which people copy, are none."""
_PIECE: Final = 10
_BREAK: Final = "\u200b"
"""Where a line may end without anything to be seen there."""
_BLANKS: Final = re.compile("[\\t\\n\\r\\f\\v]+")


def covered_by(font: Path) -> Iterator[tuple[int, int]]:
    """The ranges of code points an OpenType font has glyphs for, ends included.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no such font.

    Source: OpenType 1.9, `cmap`, format 12.
    """
    data = font.read_bytes()
    try:
        yield from _groups(data, _start_of(data, b"cmap"))
    except struct.error:
        raise ValueError(font.name) from None


def _start_of(data: bytes, wanted: bytes) -> int:
    (tables,) = struct.unpack_from(">H", data, 4)
    for number in range(tables):
        name, _, start, _ = _TABLE.unpack_from(data, 12 + _TABLE.size * number)
        if name == wanted:
            return int(start)
    raise ValueError(wanted)


def _groups(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    (encodings,) = struct.unpack_from(">H", data, start + 2)
    for number in range(encodings):
        _, _, offset = _ENCODING.unpack_from(data, start + 4 + _ENCODING.size * number)
        here = start + offset
        (form,) = struct.unpack_from(">H", data, here)
        if form == _UNICODE_GROUPS:
            (groups,) = struct.unpack_from(">I", data, here + 12)
            for group in range(groups):
                first, last, _ = _GROUP.unpack_from(data, here + 16 + _GROUP.size * group)
                yield first, last
            return
    raise ValueError("cmap")


def _ranges_text(ranges: Iterable[tuple[int, int]]) -> str:
    """Ranges as a regular expression's class has them."""
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


class Glyphs:
    """What all of some fonts can draw.

    Args:
        fonts: OpenType files.

    Raises:
        OSError: a file cannot be read.
        ValueError: it is no such font.
    """

    def __init__(self, *fonts: Path) -> None:
        ranges = [_ranges_text(covered_by(font)) for font in fonts]
        self._undrawn = re.compile("|".join(f"[^{drawn}]" for drawn in dict.fromkeys(ranges)))

    def printable(self, text: str) -> str:
        """The text, composed, line breaks as blanks, and what cannot be drawn or seen by its number: `[U+1F600]`."""
        if text.isascii() and text.isprintable():
            return text
        shown = self._undrawn.sub(lambda sign: _number(sign[0]), composed(text))
        return shown if shown.isprintable() else "".join(map(_seen, shown))


def composed(text: str) -> str:
    """The text with its letters composed (NFC) and on one line."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text))


def _seen(sign: str) -> str:
    return _number(sign) if unicodedata.category(sign) in _UNSEEN else sign


def _number(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"


def breakable(text: str) -> str:
    """The text with places in its longest Latin words where a line may end, so that none runs off the page."""
    return _LONG.sub(lambda word: _BREAK.join(_pieces(word[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]


def printable_data(data: Any, glyphs: Glyphs) -> tuple[Any, bool]:
    """The same texts, numbers, lists and mappings with every text printable and breakable, and whether one was not."""
    changed = False

    def walk(value: Any) -> Any:
        nonlocal changed
        if isinstance(value, str):
            shown = glyphs.printable(value)
            changed = changed or len(shown) != len(composed(value))
            return breakable(shown)
        if isinstance(value, Mapping):
            return {key: walk(part) for key, part in value.items()}
        if isinstance(value, Sequence):
            return [walk(part) for part in value]
        return value

    return walk(data), changed

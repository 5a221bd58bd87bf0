"""Korean particles (조사) that follow the sound a word ends in: 은/는, 이/가, 을/를, 과/와, 으로/로."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

_FIRST_SYLLABLE: Final = 0xAC00
_LAST_SYLLABLE: Final = 0xD7A3
_FINALS: Final = 28
_RIEUL: Final = 8
# How the last letter of what is no Hangul is read: 영 일 이 삼 사 오 육 칠 팔 구, 엘 엠 엔 알.
_READ_WITH_FINAL: Final = "013678lmnrLMNR"
_READ_WITH_RIEUL: Final = "178lrLR"
_SILENT: Final = " '\"’”`)]}>」』〉》"
_BOTH_WAYS: Final[Mapping[str, str]] = {
    "은(는)": "은/는",
    "이(가)": "이/가",
    "을(를)": "을/를",
    "와(과)": "과/와",
    "(으)로": "으로/로",
}
"""Particles as they are written where nobody knows what stands before them -> the pair they stand for."""
_AFTER_A_FIELD: Final = re.compile(
    rf"(\{{\w+\}})([{re.escape(_SILENT.replace('}', ''))}]*)({'|'.join(map(re.escape, _BOTH_WAYS))})"
)


def with_particle(word: str, pair: str) -> str:
    """The word and the particle that fits it.

    Args:
        word: what the particle follows; closing brackets and quotes are not heard.
        pair: after a final consonant, a stroke, after a vowel: `은/는`.
    """
    closed, open_ = pair.split("/", 1)
    final, rieul = _ending(word.rstrip(_SILENT))
    return word + (open_ if not final or (rieul and closed == "으로") else closed)


def _is_read_one_way(word: str) -> bool:
    """Whether everybody reads the end of a word alike: in Hangul or a digit, not in letters of another alphabet."""
    last = word.rstrip(_SILENT)[-1:]
    return last.isdecimal() or _FIRST_SYLLABLE <= ord(last or "\0") <= _LAST_SYLLABLE


@cache
def _with_both_ways_as_fields(text: str) -> str:
    """`'{name}'을(를)` with a field in the place of the particle, which says after what and which."""
    return _AFTER_A_FIELD.sub(lambda found: f"{found[1]}{found[2]}{found[1][:-1]}:{found[3]}}}", text)


def _ending(word: str) -> tuple[bool, bool]:
    """Whether the word ends in a final consonant, and whether that is ㄹ."""
    last = word[-1:]
    if last and _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        final = (ord(last) - _FIRST_SYLLABLE) % _FINALS
        return final != 0, final == _RIEUL
    return bool(last) and last in _READ_WITH_FINAL, bool(last) and last in _READ_WITH_RIEUL


def _counted(number: str, words: str) -> str:
    """A number with the word for one, or behind the stroke for several."""
    one, several = words.split("/", 1)
    return f"{number} {one if number == '1' else several}"


class _ParticleFormatter(string.Formatter):
    """`str.format` in which particles fit what stands before them.

    `{unit:은/는}` writes the value with the particle that fits it. A particle written both ways behind a field,
    `'{unit}'은(는)`, becomes the one that fits where everybody reads the value's end alike, and stays where not.
    In English `{units:department/departments}` writes the number with the word that fits it.
    """

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        """A text with its facts; whatever is in a fact is never read as a text with braces or particles."""
        return super().vformat(_with_both_ways_as_fields(format_string), args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> str:
        """One field; a specification with a stroke names a pair of particles, or in English one and several."""
        if format_spec in _BOTH_WAYS:
            word = str(value)
            return with_particle(word, _BOTH_WAYS[format_spec])[len(word) :] if _is_read_one_way(word) else format_spec
        if "/" in format_spec and format_spec.isascii():
            return _counted(str(value), format_spec)
        if "/" in format_spec:
            return with_particle(str(value), format_spec)
        return str(super().format_field(value, format_spec))


_FORMATTER: Final = _ParticleFormatter()


def filled(text: str, /, **facts: object) -> str:
    """A text with its facts and the particles that fit them.

    Args:
        text: with facts in braces.
        facts: by the names they have there.
    """
    return _FORMATTER.vformat(text, (), facts)

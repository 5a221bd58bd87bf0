"""Korean particles (조사) that follow the sound a word ends in: 은/는, 이/가, 을/를, 과/와, 으로/로."""

from __future__ import annotations

import string
from typing import Any, Final

_FIRST_SYLLABLE: Final = 0xAC00
_LAST_SYLLABLE: Final = 0xD7A3
_FINALS: Final = 28
_RIEUL: Final = 8
# How the last letter of what is no Hangul is read: 영 일 이 삼 사 오 육 칠 팔 구, 엘 엠 엔 알.
_READ_WITH_FINAL: Final = "013678lmnrLMNR"
_READ_WITH_RIEUL: Final = "178lrLR"
_SILENT: Final = " '\"’”)]}>」』〉》"


def with_particle(word: str, pair: str) -> str:
    """The word and the particle that fits it.

    Args:
        word: what the particle follows; closing brackets and quotes are not heard.
        pair: after a final consonant, a stroke, after a vowel: `은/는`.
    """
    closed, open_ = pair.split("/", 1)
    final, rieul = _ending(word.rstrip(_SILENT))
    return word + (open_ if not final or (rieul and closed == "으로") else closed)


def _ending(word: str) -> tuple[bool, bool]:
    """Whether the word ends in a final consonant, and whether that is ㄹ."""
    last = word[-1:]
    if last and _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        final = (ord(last) - _FIRST_SYLLABLE) % _FINALS
        return final != 0, final == _RIEUL
    return bool(last) and last in _READ_WITH_FINAL, bool(last) and last in _READ_WITH_RIEUL


class ParticleFormatter(string.Formatter):
    """`str.format` in which `{unit:은/는}` writes the value with the particle that fits it."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """One field; a specification with a stroke names a pair of particles."""
        if "/" in format_spec:
            return with_particle(str(value), format_spec)
        return str(super().format_field(value, format_spec))

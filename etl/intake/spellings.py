"""How the name of a department may be taken apart: institution, parent, the name itself, its ending, a team.

Nothing here decides. A name taken apart is what a suggestion rests on, and says what was taken off.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, takewhile
from typing import Final, NamedTuple

from etl.intake.names import normalised
from etl.units import UnitVersion

_REGIONS: Final = {
    **dict.fromkeys(("서울",), ("특별시", "시")),
    **dict.fromkeys(("부산", "대구", "인천", "광주", "대전", "울산"), ("광역시", "시")),
    **dict.fromkeys(("세종",), ("특별자치시", "시")),
    **dict.fromkeys(("경기", "충청북", "충청남", "전라북", "전라남", "경상북", "경상남"), ("도",)),
    **dict.fromkeys(("강원", "전북", "제주"), ("특별자치도", "도")),
    **dict.fromkeys(("충북", "충남", "전남", "경북", "경남"), ()),
}
REGIONS: Final = frozenset(region + kind for region, kinds in _REGIONS.items() for kind in ("", *kinds))
"""The provinces and metropolitan cities under the names people write before an institution's."""

_ORGANISATION: Final = tuple("국 실 본부 단 청 구 시 군 도 읍 면 동 원 소 부 처 과 관 센터".split())
_ENDINGS: Final = tuple("경찰서 담당관 사업소 센터 팀 과 실 국 청 서 소 관".split())
_ENDINGS_BY_LAST: Final = {
    last: tuple(ending for ending in _ENDINGS if ending[-1] == last) for last in {ending[-1] for ending in _ENDINGS}
}
_TEAMS: Final = ("팀", "계", "담당", "파트")
_SHORTEST: Final = 2
"""Fewer signs than this left over are no name."""


class Form(NamedTuple):
    """A name with something taken off.

    Attributes:
        text: what is left, normalised.
        head: what was taken off at the beginning, normalised.
        tail: what was taken off at the end, normalised.
        ending: whether the tail is an ending of the name's own word, as in 중부서.
        head_distance: how far the head is from one that is known: 0 known, 1 looks like an organisation, 2 whole words.
    """

    text: str
    head: str = ""
    tail: str = ""
    ending: bool = False
    head_distance: int = 0


@dataclass(frozen=True, slots=True)
class Heads:
    """What may stand before a department's name: regions, parents, and what most of the names begin with."""

    known: frozenset[str]

    @classmethod
    def of(cls, versions: Iterable[UnitVersion], names: Iterable[str]) -> Heads:
        """The heads known from departments and from the names that arrived."""
        departments = list(versions)
        parents = {version.parent for version in departments if version.parent}
        words = {normalised(word) for parent in parents for word in (parent, *parent.split())}
        common = _common_beginnings({normalised(version.name) for version in departments})
        return cls(frozenset(REGIONS | words | common | _common_beginnings({normalised(name) for name in names})))

    def distance(self, head: str, is_whole_words: bool) -> int | None:
        """How far a head is from a known one; None for a beginning that cannot be told from the name itself."""
        if head in self.known:
            return 0
        if head.endswith(_ORGANISATION):
            return 1
        return 2 if is_whole_words else None

    def longest(self, name: str) -> str:
        """The longest known head a normalised name begins with, if more than a syllable is left."""
        sizes = range(len(name) - _SHORTEST, 0, -1)
        return next((name[:size] for size in sizes if name[:size] in self.known), "")


def words_of(name: str) -> list[str]:
    """The words of a name as received, each normalised."""
    return [word for word in map(normalised, name.split()) if word]


def trunks(words: Sequence[str]) -> Iterator[Form]:
    """A name by its words, without a team at its end, and each without the ending of its last word."""
    whole = [Form("".join(words))]
    if len(words) > 1 and is_team(words[-1]):
        whole.append(Form("".join(words[:-1]), tail=words[-1]))
    for form in whole:
        yield form
        for ending in _ENDINGS_BY_LAST.get(form.text[-1:], ()):
            if form.text.endswith(ending) and len(form.text) >= len(ending) + _SHORTEST:
                left = form.text.removesuffix(ending)
                yield Form(left, tail=ending + form.tail, ending=True)


def is_team(word: str) -> bool:
    """Whether a word names a team of a department."""
    return word.endswith(_TEAMS)


def word_ends(words: Iterable[str]) -> frozenset[int]:
    """After how many signs of a name a word ends."""
    return frozenset(accumulate(map(len, words)))


def _common_beginnings(names: set[str]) -> set[str]:
    """What at least half of the names, and five of them, begin with."""
    if not names:
        return set()
    # Names that begin alike stand side by side: half of them reach to the middle, or to the one before.
    in_order = sorted(names)
    middle = {in_order[len(names) // 2], in_order[(len(names) - 1) // 2]}
    beginnings = {name[:size] for name in middle for size in range(2, 7) if len(name) >= size}
    least = max(5, len(names) / 2)
    return {beginning for beginning in beginnings if _how_many_begin_with(beginning, in_order) >= least}


def _how_many_begin_with(beginning: str, in_order: Sequence[str]) -> int:
    """How many of the sorted names go on with two signs and more."""
    from_there = islice(in_order, bisect_left(in_order, beginning), None)
    longer = len(beginning) + _SHORTEST
    return sum(len(name) >= longer for name in takewhile(lambda name: name.startswith(beginning), from_there))

"""Names written nearly alike are found in blocks of arrays as they would be found one by one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from etl.intake.likeness import Letters

LEAST = 30
NAMES = st.lists(st.text("가각나단dé🏛국과", max_size=9), min_size=1, max_size=12)


def taken_apart(name: str) -> str:
    return unicodedata.normalize("NFD", name)


def trigrams(name: str) -> list[str]:
    bounded = f"^{taken_apart(name)}$"
    return sorted({bounded[at : at + 3] for at in range(len(bounded) - 2)})


def nearest_one_by_one(known: list[str], asked: str) -> list[tuple[int, int]]:
    """The eight names that share the most of the eight rarest trigrams for their length, as far as they are alike."""
    frequency = Counter(gram for name in known for gram in trigrams(name))
    rarest = sorted((gram for gram in frequency if gram in trigrams(asked)), key=frequency.__getitem__)[:8]
    shares = {
        position: Fraction(
            sum(gram in trigrams(name) for gram in rarest), len(taken_apart(name)) + len(taken_apart(asked)) + 1
        )
        for position, name in enumerate(known)
    }
    highest = sorted((position for position in shares if shares[position]), key=lambda one: (-shares[one], one))[:8]
    return [(one, alike) for one in highest if (alike := likeness(asked, known[one])) > 0]


def likeness(one: str, other: str) -> int:
    pair = [taken_apart(one)], [taken_apart(other)]
    return int(process.cpdist(*pair, scorer=fuzz.ratio, score_cutoff=LEAST, dtype=np.uint8)[0])


@given(NAMES, NAMES)
def test_blocks_of_names_find_what_one_name_alone_finds(known: list[str], asked: list[str]) -> None:
    found = list(Letters(known).nearest(asked, LEAST))
    assert [sorted(near) for near in found] == [sorted(nearest_one_by_one(known, name)) for name in asked]


@pytest.mark.parametrize("cells", [1, 7, 40])
def test_the_size_of_a_block_changes_nothing(monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    known = ["기획예산과", "기획감사과", "예산과", "도시재생과", "재생도시과", "관광예술과"]
    asked = ["기획애산과", "도시재샘과", "", "xyz", "예산실", "관광과", "재생과"]
    whole = list(Letters(known).nearest(asked, LEAST))
    monkeypatch.setattr("etl.intake.likeness._CELLS_A_BLOCK", cells)
    assert list(Letters(known).nearest(asked, LEAST)) == whole
    assert any(whole)

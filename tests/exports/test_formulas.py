"""Rules in words: whoever reads an export can tell which band a value on the edge is in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.errors import Language
from etl.exports.formulas import indicator_formula, span_words
from etl.insight.reading import Reading
from etl.scoring.rulebook_terms import Edge, holds


def test_bands_say_which_of_their_ends_belongs_to_them(demonstration: Reading) -> None:
    rulebook = demonstration.rulebook
    formulas = [indicator_formula(rulebook, indicator, "ko") for indicator in rulebook.indicators]
    assert [told for told in formulas if "60 이상 12점, 40 이상 60 미만 7점, 20 이상 40 미만 2점, 20 미만 0점" in told]
    assert not [told for told in formulas if "~" in told]


def test_targets_by_band_say_which_of_their_ends_belongs_to_them(demonstration: Reading) -> None:
    rulebook = demonstration.rulebook
    formulas = [indicator_formula(rulebook, indicator, "en") for indicator in rulebook.indicators]
    assert [told for told in formulas if "up to 30: 1, above 30 and up to 60: 2, above 60: 3" in told]


WORDS: dict[Language, dict[Edge, tuple[str, str]]] = {
    "ko": {"lower": ("이상", "미만"), "upper": ("초과", "이하")},
    "en": {"lower": ("or more", "below"), "upper": ("above", "up to")},
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("includes", ["lower", "upper"])
def test_the_words_of_a_band_are_those_its_arithmetic_means(language: Language, includes: Edge) -> None:
    low, high = Decimal(40), Decimal(60)
    for word, edge in zip(WORDS[language][includes], (low, high), strict=True):
        assert word in span_words(low, high, includes, language)
        assert holds(low, high, includes, edge) == (word in {"이상", "이하", "or more", "up to"})
    assert span_words(None, None, includes, language) in {"모든 값", "any value"}

"""The figures of a result as people read them: the same on the screen, on paper and in a spreadsheet."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from etl.errors import Language
from etl.insight.amounts import amount_text, unit_word
from etl.insight.standing import adds_up
from etl.scoring.decimals import rounded
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator
from etl.shown import number

_WORDS: Final = re.compile(r"[가-힣]+|[A-Za-z0-9+-]+")
UNROUNDED_PLACES: Final = 4
"""Decimals shown of a score that the rulebook does not round; the tables have all of them."""


def grade_text(rulebook: Rulebook, grade: str | None, language: Language) -> str:
    """A grade with its name, as S (탁월); the name alone where it says the grade; empty where there is none."""
    if grade is None or rulebook.grades is None:
        return ""
    names = {known.id: known.name for known in rulebook.grades.grades}
    if grade not in names:
        return grade
    name = names[grade].ko if language == "ko" else names[grade].en
    return name if grade in _WORDS.findall(name) else f"{grade} ({name})"


def score_text(rulebook: Rulebook, score: Decimal | None) -> str:
    """A score with the decimals the rulebook rounds to, so that a column of them lines up."""
    rounding = rulebook.score.rounding
    return number(score, UNROUNDED_PLACES if rounding.mode == "none" else rounding.places, fixed=True)


def bound_text(rulebook: Rulebook, score: Decimal) -> str:
    """The score that bounds a grade; with more decimals than scores have where it lies between two of them."""
    rounding = rulebook.score.rounding
    lies_between = rounding.mode != "none" and score != rounded(score, rounding.places)
    return number(score, UNROUNDED_PLACES) if lies_between else score_text(rulebook, score)


def gap_text(rulebook: Rulebook, gap: Decimal) -> str:
    """The points up to a bound, likewise; rounded up, as less would not be enough."""
    return bound_text(rulebook, rounded(gap, UNROUNDED_PLACES, "ceiling"))


def points_text(rulebook: Rulebook, points: Decimal | None) -> str:
    """What a part earned: two decimals, three where a full result is one point."""
    return number(points, 2 if adds_up(rulebook) else 3, fixed=True)


def value_text(indicator: Indicator, value: Decimal | None, language: Language, places: int = 2) -> str:
    """An indicator's value with its unit.

    Args:
        indicator: whose value it is.
        value: None where it is missing.
        language: of the unit.
        places: decimals at most.
    """
    if value is None:
        return number(None)
    metric = indicator.numerator if isinstance(indicator.numerator, str) and indicator.multiply == 1 else None
    return amount_text(number(value, places), unit_word(indicator.unit, metric, language), language)

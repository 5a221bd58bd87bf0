"""Small releases whose departments are ranked by comparing them in pairs."""

from __future__ import annotations

from pathlib import Path

from etl.insight.reading import Reading
from tests.insight.test_robustness import scored, table_of
from tests.scoring.build import HEAD, indicator

FIGURES = {
    "a": {"awards_received": "9", "analyses_completed": "1"},
    "b": {"awards_received": "1", "analyses_completed": "9"},
    "c": {"awards_received": "0", "analyses_completed": "0"},
}
"""Each of `a` and `b` is before the other by one of two equal weights: they share the first place."""

WITHOUT_SCORES = '[score]\naggregation = "outranking"'
WITH_SCORES = '[score]\naggregation = "arithmetic"\nrounding = { places = 0 }\n[ranking]\nmethod = "outranking"'

QUOTAS = (
    '[grades]\nmethod = "quota"\ngrades = [{ id = "S", name = "S", share = 40 }, { id = "A", name = "A", share = 60 }]'
)


def outranked(folder: Path, rules: str, grades: str = "", figures: dict[str, dict[str, str]] = FIGURES) -> Reading:
    """A release of departments ranked by two indicators of equal weight."""
    names = sorted({name for own in figures.values() for name in own})
    parts = (indicator(name, '{ method = "raw" }', weight="0.5") for name in names)
    return scored(folder, "\n".join([HEAD, rules, grades, *parts]), table_of(figures))

"""Figures of a result are written in one way, wherever they are read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.errors import Language
from etl.insight.amounts import ONE_IN_ENGLISH, UNITS_IN_ENGLISH, amount_text
from etl.insight.definitions import define
from etl.insight.figures import grade_text, points_text, score_text, value_text
from etl.measures import known_metrics
from etl.scoring.rulebook import Rulebook, parse_rulebook
from etl.scoring.rulebook_terms import Rounding


@pytest.fixture(scope="module")
def rulebook(project: Path) -> Rulebook:
    return parse_rulebook((project / "data/rulebooks/demo-2021.toml").read_bytes(), "rules.toml", None)


@pytest.mark.parametrize(
    ("grade", "language", "expected"),
    [("S", "ko", "S (탁월)"), ("S", "en", "S (Outstanding)"), (None, "ko", ""), ("retired", "ko", "retired")],
)
def test_a_grade_is_told_with_its_name(
    rulebook: Rulebook, grade: str | None, language: Language, expected: str
) -> None:
    assert grade_text(rulebook, grade, language) == expected


def test_a_name_that_says_the_grade_stands_alone(project: Path) -> None:
    rules = parse_rulebook((project / "data/rulebooks/mois-2025-basic.toml").read_bytes(), "rules.toml", None)
    assert grade_text(rules, "우수", "ko") == "우수"
    assert grade_text(rules, "우수", "en") == "우수 (Good)"


def test_scores_have_the_decimals_of_the_rulebook_and_four_where_it_rounds_nothing(rulebook: Rulebook) -> None:
    assert score_text(rulebook, Decimal("88.1")) == "88.10"
    unrounded = rulebook.score.model_copy(update={"rounding": Rounding(mode="none")})
    assert score_text(rulebook.model_copy(update={"score": unrounded}), Decimal("0.93456")) == "0.9346"
    assert points_text(rulebook, Decimal("1.5")) == "1.50"


def test_a_value_has_its_unit_in_the_language_it_is_read_in(rulebook: Rulebook) -> None:
    indicators = {one.id: one for one in rulebook.indicators}
    opened = indicators["datasets_opened"]
    assert value_text(opened, Decimal(12), "ko") == "12건"
    assert value_text(opened, Decimal(1), "en") == "1 dataset"
    assert value_text(opened, None, "ko") == "–"


def test_english_knows_one_of_whatever_is_counted() -> None:
    counted = {*UNITS_IN_ENGLISH.values(), *(define(metric).units["en"] for metric in known_metrics())}
    alike = {"", "%", "won"}
    assert counted - alike - set(ONE_IN_ENGLISH) == set()
    assert amount_text("1", "tasks", "en") == "1 task"
    assert amount_text("2", "tasks", "en") == "2 tasks"

"""Points are told of their own full mark, never of a weight that only weighs, and of nothing where there is none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.exports.formulas import indicator_formula
from etl.insight.explain import as_text, explain
from etl.insight.full_marks import full_mark
from etl.insight.reading import Reading
from etl.insight.side_by_side import earned_pct
from etl.insight.standing import indicator_standings, score_parts, value_standing
from etl.scoring.rulebook import Rulebook, parse_rulebook
from tests.insight.weighing import mixed


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return mixed(tmp_path)


def test_a_part_is_out_of_its_own_full_mark_and_not_of_its_weight(reading: Reading) -> None:
    parts = {part.node: part for part in score_parts(reading, "가")}
    assert {part.weight for part in parts.values()} == {Decimal("0.2")}
    assert [parts[node].full for node in ("open", "stated", "placed")] == [None, 100, 1]
    assert all(part.possible is None for part in parts.values())


def test_under_a_sum_of_points_the_weight_is_the_full_mark(city: Reading) -> None:
    for unit_id in city.units:
        for part in score_parts(city, unit_id):
            assert part.full == part.possible


def test_points_without_a_full_mark_are_no_share_and_nobody_has_them_all(reading: Reading) -> None:
    open_, stated, placed = reading.rulebook.indicators
    assert earned_pct(reading, open_) == {}
    assert earned_pct(reading, stated) == {"가": 40, "나": 100, "다": 60}
    assert earned_pct(reading, placed) == {"가": 0, "나": 50, "다": 100}
    assert [one.earned_pct for one in indicator_standings(reading)] == [None, Decimal("66.7"), 50]
    assert [value_standing(reading, one).full for one in (open_, stated, placed)] == [None, 1, 1]


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ('method = "attainment", target = 3', 1),
        ('method = "z_score"', None),
        ('method = "rank", form = "number"', None),
        ('method = "rank", form = "share"', 1),
        ('method = "categorical", categories = [{ value = 1, points = 4 }, { value = 2, points = 7 }]', 7),
    ],
)
def test_a_method_says_what_a_full_result_is(said: str, mark: int | None) -> None:
    rules = _rules("arithmetic", said)
    assert full_mark(rules, rules.indicators[0], "") == mark


@pytest.mark.parametrize(
    ("aggregation", "said", "expected"),
    [
        ("arithmetic", 'method = "goalposts", worst = 0, best = 9', Decimal(1)),
        ("geometric", 'method = "raw"', None),
        ("product", 'method = "goalposts", worst = 0, best = 9', None),
    ],
)
def test_an_area_has_the_mark_its_parts_share(aggregation: str, said: str, expected: Decimal | None) -> None:
    rules = _rules("arithmetic", said, f'[[areas]]\nid = "a"\nname = "영역"\naggregation = "{aggregation}"\n')
    assert full_mark(rules, rules.areas[0], "") == expected


def test_a_formula_multiplies_with_no_weight_that_only_weighs(reading: Reading) -> None:
    placed = reading.rulebook.indicators[2]
    assert "배점" not in indicator_formula(reading.rulebook, placed, "ko")
    marked = placed.model_copy(update={"full": Decimal(50)})
    assert indicator_formula(reading.rulebook, marked, "ko").endswith("최저 부서와 최고 부서 사이의 위치 × 50")
    assert "weight" not in indicator_formula(reading.rulebook, placed, "en")


def test_an_explanation_calls_a_weight_that_only_weighs_a_weight(reading: Reading) -> None:
    said = as_text(explain(reading, "가"), "ko")
    assert "배점" not in said
    assert "점, 가중치 0.2" in said


def _rules(aggregation: str, said: str, area: str = "") -> Rulebook:
    below = 'area = "a"\n' if area else ""
    head = f'[evaluation]\nid = "e"\ntitle = "평가"\nyear = 2021\n[score]\naggregation = "{aggregation}"\n{area}'
    one = f'[[indicators]]\nid = "i"\nname = "지표"\nnumerator = "m"\n{below}points = {{ {said} }}\n'
    return parse_rulebook((head + one).encode(), "rules.toml", None)

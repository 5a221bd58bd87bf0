"""The rulebooks of the national evaluation: one for each kind of body, and a copy for the synthetic city."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.measures import known_metrics
from etl.scoring.rulebook import Rulebook, parse_rulebook

KINDS = ("basic", "metropolitan", "central", "corporation")
LABELS = {"id", "title", "notes", "name"}


def written(project: Path, name: str) -> bytes:
    return (project / "data" / "rulebooks" / f"{name}.toml").read_bytes()


@pytest.fixture(params=[*(f"mois-2025-{kind}" for kind in KINDS), "mois-demo-2021"])
def national(request: pytest.FixtureRequest, project: Path) -> Rulebook:
    return parse_rulebook(written(project, request.param), request.param, known_metrics())


def test_the_body_as_a_whole_is_evaluated(national: Rulebook) -> None:
    assert national.evaluation.body is not None
    assert national.peer_groups == ()


def test_every_rule_says_where_it_is_written(national: Rulebook) -> None:
    for indicator in national.indicators:
        assert indicator.source is not None
        assert "행정안전부 데이터기반행정 평가 매뉴얼(2025.5)" in indicator.source.document
        assert indicator.description is not None


def test_what_the_manual_s_table_has_to_fill_in_is_said(national: Rulebook) -> None:
    said = {indicator.id: indicator.to_fill_in for indicator in national.indicators}
    assert {name for name, text in said.items() if text is not None} == {
        "opening_plan", "tasks", "specialists", "other_points"
    }  # fmt: skip


def test_tasks_and_openings_have_the_periods_of_the_manual(project: Path) -> None:
    for kind in KINDS:
        rulebook = parse_rulebook(written(project, f"mois-2025-{kind}"), kind, None)
        periods = {metric: rulebook.period_of(metric) for metric in ("national_tasks", "openings_carried_out")}
        told = {metric: (str(period.start), str(period.end)) for metric, period in periods.items()}
        assert told["national_tasks"] == ("2024-09-01", "2025-09-30")
        assert told["openings_carried_out"] == ("2025-01-01", "2025-10-31")


def test_no_grade_is_given_before_everything_is_measured(national: Rulebook) -> None:
    assert national.score.minimum_coverage == 1
    assert national.grades is not None
    assert [grade.start for grade in national.grades.grades] == [95, 80, 60, 40, None]


def test_a_refused_recommendation_takes_one_point_and_protected_data_give_up_to_five(national: Rulebook) -> None:
    assert [(rule.id, rule.points, rule.cap) for rule in national.penalty] == [("refused_recommendation", 1, None)]
    assert [(rule.metric, rule.points, rule.cap) for rule in national.bonus] == [("datasets_protected", 1, 5)]
    assert national.ledger.bonus_cap == 5


def test_weights_of_training_and_tasks_follow_the_kind_of_body(project: Path) -> None:
    weights = {}
    for kind in KINDS:
        rulebook = parse_rulebook(written(project, f"mois-2025-{kind}"), kind, None)
        own = {indicator.id: indicator.weight for indicator in rulebook.indicators}
        assert own["tasks"] in (Decimal(10), Decimal(15))
        weights[kind] = own["training"]
    assert weights == {"basic": 6, "metropolitan": 5, "central": 5, "corporation": 5}


def test_the_city_s_copy_differs_in_years_days_and_labels_alone(project: Path) -> None:
    real, copy = (tomllib.loads(written(project, name).decode()) for name in ("mois-2025-basic", "mois-demo-2021"))
    assert copy["evaluation"].pop("example") is True
    assert unlabelled(copy["evaluation"], 0) == unlabelled(real["evaluation"], -4)
    assert moved(copy, 0) == moved(real, -4)


def moved(rules: dict[str, Any], years: int) -> dict[str, Any]:
    """All but the head; the periods of indicators so many years later."""
    rest = {key: value for key, value in rules.items() if key != "evaluation"}
    return {**rest, "indicators": [later(indicator, years) for indicator in rest["indicators"]]}


def unlabelled(head: dict[str, Any], years: int) -> dict[str, Any]:
    """The head without what only names it; its year and days so many years later."""
    kept = {key: value for key, value in head.items() if key not in LABELS}
    kept["body"] = {key: value for key, value in kept["body"].items() if key not in LABELS - {"id"}}
    return {**later(kept, years), "year": head["year"] + years}


def later(part: dict[str, Any], years: int) -> dict[str, Any]:
    """A part with its period so many years later."""
    period = part.get("period", {})
    days = {key: day.replace(year=day.year + years) for key, day in period.items()}
    return {**part, **({"period": days} if period else {})}

"""The synthetic city in the national evaluation: its records give the body's points, and its departments' parts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.reading import open_release
from etl.insight.submission import Submission, submission


@pytest.fixture(scope="module")
def told(demo: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Submission:
    rules = project / "data" / "rulebooks" / "mois-demo-2021.toml"
    outcome = evaluate(demo, rules, tmp_path_factory.mktemp("national"))
    assert outcome.rejected_rows == 0
    assert outcome.unknown_names == ()
    return submission(open_release(outcome.release))


def test_every_indicator_is_measured_and_the_body_has_a_grade(told: Submission) -> None:
    assert {line.row.state for line in told.lines} == {"measured"}
    assert told.rank is not None
    assert told.rank.grade is not None


def test_some_points_are_left_to_gain_and_it_is_said_how(told: Submission) -> None:
    lines = {line.indicator.id: line for line in told.lines}
    for name in ("opening_plan", "tasks", "training"):
        points = lines[name].row.points
        assert points is not None
        assert 0 < points < lines[name].row.weight
        assert lines[name].steps
    assert lines["specialists"].row.points == lines["specialists"].row.weight


def test_each_department_s_part_adds_up_to_the_city_s_figure(told: Submission) -> None:
    for line in told.lines:
        assert sum((part.amount for part in line.parts), Decimal(0)) == line.row.numerator


def test_protected_datasets_earn_a_bonus_and_a_refused_recommendation_costs_a_point(told: Submission) -> None:
    (protected,) = [row.value for row in told.reading.metrics.values() if row.metric == "datasets_protected"]
    assert protected == 15
    assert told.score.bonus == 5  # the cap
    assert told.score.penalty == 1
    assert [entry.rule for entry in told.ledger] == ["refused_recommendation"]


def test_plans_that_came_late_or_never_certificates_that_ran_out_and_second_proofs_occur(told: Submission) -> None:
    lines = {line.indicator.id: line for line in told.lines}
    assert sum(part.not_counted for part in lines["opening_plan"].parts) > 10
    assert sum(part.not_counted for part in lines["specialists"].parts) > 10

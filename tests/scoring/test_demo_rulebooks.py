"""The shipped rulebooks: examples a body replaces by its own plan."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.scoring.rulebook import Rulebook, parse_rulebook
from etl.scoring.score import score
from tests.scoring.build import inputs

D = Decimal
YEARS = [2019, 2020, 2021]
DIAGNOSIS = "diagnosis_participation"


@pytest.fixture(params=YEARS)
def shipped(request: pytest.FixtureRequest, project: Path) -> Rulebook:
    path = project / "data" / "rulebooks" / f"demo-{request.param}.toml"
    return parse_rulebook(path.read_bytes(), path.name, None)


def test_a_shipped_rulebook_says_that_it_is_an_example(shipped: Rulebook) -> None:
    assert shipped.evaluation.example
    assert "합성 예시" in shipped.evaluation.title.ko
    assert "synthetic example" in shipped.evaluation.title.en
    assert shipped.evaluation.id == f"demo-{shipped.evaluation.year}"
    assert shipped.history_from == 2017


def test_every_shipped_indicator_says_where_its_rule_is_written(shipped: Rulebook) -> None:
    for indicator in shipped.indicators:
        assert indicator.source is not None
        assert indicator.source.document.startswith("합성 예시 규칙")
        assert indicator.source.article
        assert indicator.source.page
        assert indicator.description is not None


def test_a_shipped_rulebook_counts_only_metrics_that_exist(shipped: Rulebook, project: Path) -> None:
    assert set(shipped.metrics) <= {path.stem for path in (project / "etl" / "metrics").glob("*.sql")}


def test_every_year_knows_the_same_indicators_groups_and_ledger_rules(project: Path) -> None:
    """The diagnosis of competency began in 2020: the year before has no indicator of it."""
    books = [
        parse_rulebook((project / "data" / "rulebooks" / f"demo-{year}.toml").read_bytes(), "demo", None)
        for year in YEARS
    ]
    for part in ("indicators", "areas", "peer_groups", "bonus", "penalty", "vetoes", "headlines"):
        known = {tuple(item.id for item in getattr(rulebook, part)) for rulebook in books}
        assert len({tuple(item for item in items if item != DIAGNOSIS) for items in known}) == 1, part
    assert [any(indicator.id == DIAGNOSIS for indicator in book.indicators) for book in books] == [False, True, True]


def test_the_headlines_of_2021_are_percentages_of_the_published_case(project: Path) -> None:
    path = project / "data" / "rulebooks" / "demo-2021.toml"
    figures = {
        "training_attendances": 1515,
        "headcount_authorised": 2444,
        "analyses_completed": 22,
        "datasets_opened": 600,
    }
    scored = score(parse_rulebook(path.read_bytes(), path.name, None), inputs({"x": figures}, groups={"x": "line"}))
    rows = {row.headline: row for row in scored.headlines}
    assert (rows["training_attendances"].attainment_pct, rows["training_attendances"].ratio_pct) == (
        D("126.25"),
        D("61.99"),
    )
    assert rows["analyses_completed"].attainment_pct == 110
    assert rows["datasets_opened"].attainment_pct == 120
    assert rows["units_using_data"].value is None

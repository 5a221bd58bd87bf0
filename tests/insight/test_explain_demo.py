"""The demonstration, every department and every metric: the number is the sum of its records."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.reading import Reading, open_release
from etl.insight.reasons import RECORD_REASONS
from etl.scoring.rulebook import parse_rulebook

PROJECT = Path(__file__).parent.parent.parent
RULEBOOK = PROJECT / "data" / "rulebooks" / "demo-2021.toml"
METRICS = parse_rulebook(RULEBOOK.read_bytes(), RULEBOOK.name, None).metrics


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The demonstration's release of 2021."""
    return open_release(evaluate(PROJECT / "data" / "demo", RULEBOOK, tmp_path_factory.mktemp("releases")).release)


@pytest.fixture(scope="module")
def book(reading: Reading) -> Iterator[EvidenceBook]:
    with open_evidence(reading) as opened:
        yield opened


@pytest.mark.parametrize("metric", METRICS)
def test_the_records_of_every_department_add_up_to_its_value(reading: Reading, book: EvidenceBook, metric: str) -> None:
    for unit in reading.units:
        row, records = reading.metrics[unit, metric], book.of(metric, unit)
        known = [record.amount for record in records if record.amount is not None]
        assert row.value == (sum(known, Decimal(0)) if known or not records else None)
        assert row.records_counted == sum(record.reason is None for record in records)
        assert all(record.reason is None or record.reason in RECORD_REASONS for record in records)
        assert all(record.source is not None for record in records if record.reason != "not_reported")


@pytest.mark.parametrize("metric", METRICS)
def test_the_departments_add_up_to_the_whole_body(reading: Reading, metric: str) -> None:
    (whole,) = [row.value for row in reading.history if (row.metric, row.year) == (metric, 2021)]
    assert sum((reading.metrics[unit, metric].value or Decimal(0) for unit in reading.units), Decimal(0)) == whole


def test_contributions_add_up_to_the_base_of_every_department(reading: Reading) -> None:
    with localcontext(prec=60):
        for unit, score in reading.scores.items():
            top = [row for (owner, _), row in reading.contributions.items() if owner == unit and row.parent is None]
            added = sum((row.contribution for row in top if row.contribution is not None), Decimal(0))
            assert score.base is None or abs(added - score.base) < Decimal("1e-30")

"""The demonstration, every department and every metric: the number is the sum of its records."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.explain import as_json, as_text, explain
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


def test_an_explanation_names_the_entries_behind_bonus_and_penalty(reading: Reading) -> None:
    told = next(unit for unit, score in reading.scores.items() if score.bonus > 0)
    explained = explain(reading, told)
    entries = as_json(explained)["ledger"]
    bonuses = [entry for entry in entries if entry["kind"] == "bonus"]
    assert sum(Decimal(entry["points"]) for entry in bonuses) >= reading.scores[told].bonus
    for entry in entries:
        # Where an achievement would earn twice, its entry is named again, further down.
        line, *_ = [line for line in as_text(explained, "en").splitlines() if entry["entry_id"] in line]
        assert f"[{entry['file']}, row {entry['row']}]" in line
        assert entry["reason"] in line


def test_an_explanation_lists_the_marks_of_a_panel_and_those_left_out(reading: Reading) -> None:
    explained = explain(reading, next(iter(reading.scores)))
    (node,) = [node for area in as_json(explained)["nodes"] for node in area["parts"] if "marks" in node]
    counted = [Decimal(mark["mark"]) for mark in node["marks"] if not mark["trimmed"]]
    assert len(counted) < len(node["marks"])
    mean = sum(counted, Decimal(0)) / len(counted)
    assert abs(mean - Decimal(node["indicator"]["value"])) < Decimal("1e-9")
    assert as_text(explained, "en").count("(left out of the mean)") == len(node["marks"]) - len(counted)


def test_an_explanation_gives_the_reason_of_an_approved_waiver(reading: Reading) -> None:
    unit, indicator = next(
        (unit, row.indicator) for (unit, _), row in reading.indicators.items() if row.state == "not_applicable"
    )
    explained = explain(reading, unit)
    (node,) = [
        node for area in as_json(explained)["nodes"] for node in area["parts"] if node["node"] == indicator
    ]  # fmt: skip
    assert f": {node['not_applicable']['reason']} [" in as_text(explained, "ko")

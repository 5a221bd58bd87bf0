"""The body as a whole: its value is the sum over its departments, and nothing of theirs is lost or counted twice."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.evidence import open_evidence
from etl.insight.explain import as_text, explain
from etl.insight.reading import Reading, open_release
from etl.measures import known_metrics
from etl.verify import verify
from tests.golden.evaluation import RECORDS

HEAD = """
[evaluation]
id = "whole"
title = "Whole"
year = 2021
{body}
[score]
aggregation = "sum_of_points"
total = 100
[[penalty]]
id = "late_submission"
name = "Late"
"""
BODY = 'body = { id = "CITY", name = { ko = "합성시", en = "City" } }'
OWN = "{ start = 2021-01-01, end = 2021-06-30 }"
NOT_ADDED_UP = {"headcount_authorised", "headcount_actual", "body_headcount", "datasets_reported"}
"""What a department that has ended is asked for no more: the sum over the others is not the body's."""


def rulebook(path: Path, body: str, period: str = "") -> Path:
    """Every metric there is as an indicator of no weight but the first."""
    metrics = sorted(known_metrics())
    text = HEAD.format(body=body)
    for metric in metrics:
        text += f'\n[[indicators]]\nid = "{metric}"\nname = "{metric}"\nnumerator = "{metric}"\nmissing = "zero"\n'
        text += f'weight = {100 if metric == metrics[0] else 0}\npoints = {{ method = "attainment", target = 1 }}\n'
        text += f"period = {period}\n" if period and metric == "datasets_opened" else ""
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


@pytest.fixture(scope="module")
def whole(folder: Path) -> Reading:
    return open_release(evaluate(RECORDS, rulebook(folder / "body.toml", BODY), folder / "releases").release)


@pytest.fixture(scope="module")
def apart(folder: Path) -> Path:
    """Every department by itself; the golden records have a ledger of more rules, and requests under other names."""
    records = folder / "records"
    records.mkdir()
    for file in RECORDS.glob("*.csv"):
        if file.name not in ("ledger.csv", "not_applicable.csv", "panel_marks.csv"):
            (records / file.name).write_bytes(file.read_bytes())
    rules = rulebook(folder / "units.toml", "")
    rules.write_text('reorganisation = "as_recorded"\n' + rules.read_text(encoding="utf-8"), encoding="utf-8")
    return evaluate(records, rules, folder / "releases").release


def values(release: Path) -> dict[str, Decimal]:
    added: dict[str, Decimal] = {}
    with (release / "metrics.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            added[row["metric"]] = added.get(row["metric"], Decimal(0)) + Decimal(row["value"] or 0)
    return added


def test_the_body_is_the_only_unit(whole: Reading) -> None:
    assert [(unit.unit_id, unit.name) for unit in whole.units.values()] == [("CITY", "합성시")]
    assert whole.ranks["CITY"].ranked_units == 1


def test_the_body_has_what_its_departments_have_together(whole: Reading, apart: Path) -> None:
    of_body, of_departments = values(whole.folder), values(apart)
    assert of_body["datasets_opened"] > 0
    added = {metric for metric in of_body if metric not in NOT_ADDED_UP}
    assert {metric: of_body[metric] for metric in added} == {metric: of_departments[metric] for metric in added}


def test_records_of_departments_that_ended_without_an_heir_count_for_the_body(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    head = "unit_id,name,peer_group,valid_from,valid_to\n"
    (records / "departments.csv").write_text(head + "A,가과,line,2018-01-01,2021-06-30\nB,나과,line,2018-01-01,\n")
    rows = "1,A,목록,2021-05-01\n2,B,목록,2021-05-01\n"
    (records / "datasets.csv").write_text("dataset_id,unit_id,title,opened_on\n" + rows)
    staff = "A,2021-03-31,전체,10\nB,2021-03-31,전체,7\n"
    (records / "headcount.csv").write_text("unit_id,as_of,part,authorised\n" + staff)
    outcome = evaluate(records, rulebook(tmp_path / "body.toml", BODY, OWN), tmp_path / "releases")
    measured = open_release(outcome.release).metrics
    assert measured["CITY", "datasets_opened"].value == 2
    assert measured["CITY", "body_headcount"].value == 17
    assert measured["CITY", "headcount_authorised"].value == 7


def test_without_any_headcount_the_body_s_is_unknown_and_not_zero(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    (records / "departments.csv").write_text("unit_id,name,peer_group,valid_from\nA,가과,line,2018-01-01\n")
    outcome = evaluate(records, rulebook(tmp_path / "body.toml", BODY), tmp_path / "releases")
    assert open_release(outcome.release).metrics["CITY", "body_headcount"].value is None


def test_an_indicator_of_its_own_period_counts_those_days_in_value_and_evidence(tmp_path: Path) -> None:
    outcome = evaluate(RECORDS, rulebook(tmp_path / "body.toml", BODY, OWN), tmp_path / "releases")
    reading = open_release(outcome.release)
    with open_evidence(reading) as book:
        counted = [record for record in book.of("datasets_opened", "CITY") if record.reason is None]
    datasets = (RECORDS / "datasets.csv").read_text(encoding="utf-8").splitlines()
    opened = {row["dataset_id"]: row["opened_on"] for row in csv.DictReader(datasets)}
    assert {opened[record.record_id] <= "2021-06-30" for record in counted} == {True}
    assert len(counted) == reading.metrics["CITY", "datasets_opened"].value
    assert verify(outcome.release).tables


def test_of_the_ledger_the_body_has_what_its_rulebook_knows(whole: Reading) -> None:
    with (RECORDS / "ledger.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    late = [Decimal(row["points"]) for row in rows if row["rule"] == "late_submission"]
    assert late
    assert len(late) < len(rows)
    assert whole.scores["CITY"].penalty == sum(late)
    assert "late_submission" in {line.rule for line in explain(whole, "CITY").decisions.ledger}
    assert all(line.rule == "late_submission" for line in explain(whole, "CITY").decisions.ledger)


def test_the_body_s_score_is_explained_down_to_the_departments_records(whole: Reading) -> None:
    told = as_text(explain(whole, "합성시"), "ko")
    assert "합성시 (CITY)" in told
    with open_evidence(whole) as book:
        assert len({record.recorded_unit for record in book.of("datasets_opened", "CITY")}) > 1

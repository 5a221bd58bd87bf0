"""An explanation says what the tables say, and leads from the score down to the rows of the received files."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest

from etl.contracts.records import RECORDS as KINDS
from etl.errors import UsageError
from etl.given import score_table
from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.explain import SHOWN_RECORDS, Explained, as_json, as_text, explain
from etl.insight.reading import Reading, open_release
from etl.insight.reasons import RECORD_REASONS
from etl.measures import known_metrics, record_kinds
from etl.release.tables import cell_text
from tests.golden.evaluation import RECORDS, evaluate_golden

UNITS = ["U01", "U02", "U03", "U06", "U08", "U09", "U10", "U11"]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The golden release."""
    return open_release(evaluate_golden(tmp_path_factory.mktemp("releases")).release)


@pytest.fixture(scope="module")
def book(reading: Reading) -> Iterator[EvidenceBook]:
    with open_evidence(reading) as opened:
        yield opened


@pytest.fixture(scope="module")
def explained(reading: Reading) -> dict[str, Explained]:
    return {unit: explain(reading, unit) for unit in UNITS}


def table(reading: Reading, name: str) -> list[dict[str, str]]:
    with (reading.folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def nodes(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every node of the tree of an explanation in JSON."""
    for part in parts:
        yield part
        yield from nodes(part.get("parts", []))


def as_cells(values: dict[str, Any]) -> dict[str, str]:
    """Values of an explanation as a table writes them."""
    return {column: "" if value is None else cell_text(value) for column, value in values.items()}


def test_every_department_is_here(reading: Reading) -> None:
    assert sorted(reading.units) == UNITS


@pytest.mark.parametrize("unit", UNITS)
def test_the_json_repeats_the_tables(reading: Reading, explained: dict[str, Explained], unit: str) -> None:
    found = as_json(explained[unit])
    of_unit = {name: [row for row in table(reading, name) if row["unit_id"] == unit] for name in ("scores", "ranks")}
    assert [as_cells(found["score"])] == of_unit["scores"]
    assert [as_cells(found["rank"])] == of_unit["ranks"]
    tree = list(nodes(found["nodes"]))
    contributions = {row["node"]: row for row in table(reading, "contributions") if row["unit_id"] == unit}
    assert {node["node"] for node in tree} == contributions.keys()
    for node in tree:
        assert as_cells({column: node[column] for column in contributions[node["node"]]}) == contributions[node["node"]]
    indicators = {row["indicator"]: row for row in table(reading, "indicators") if row["unit_id"] == unit}
    assert {node["node"]: as_cells(node["indicator"]) for node in tree if "indicator" in node} == indicators
    metrics = {row["metric"]: row for row in table(reading, "metrics") if row["unit_id"] == unit}
    for node in tree:
        for metric in node.get("metrics", []):
            assert (
                as_cells({column: metric[column] for column in metrics[metric["metric"]]}) == metrics[metric["metric"]]
            )


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("unit", UNITS)
def test_the_text_repeats_the_numbers_of_the_json(explained: dict[str, Explained], unit: str, language: Any) -> None:
    found, text = as_json(explained[unit]), as_text(explained[unit], language)
    lines = text.splitlines()
    assert found["release"] in lines[0]
    assert f"{found['unit']['name']} ({unit})" in lines[1]
    for column in ("score", "base", "bonus", "penalty"):
        assert found["score"][column] in lines[2]
    for node in nodes(found["nodes"]):
        (line,) = [line for line in lines if line.strip().startswith(f"- {node['name'][language]}:")]
        if node["state"] == "measured":
            assert short(node["contribution"]) in line
        for metric in node.get("metrics", []):
            value = "값 없음" if language == "ko" else "no value"
            assert any(f"{metric['metric']} = {metric['value'] or value}" in line for line in lines)
            for record in [*metric["counted"], *metric["not_counted"]]:
                assert any(record["record_id"] in line and str(record["row"] or "") in line for line in lines)


def short(text: str) -> str:
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals[:4]}" if decimals else whole


@pytest.mark.parametrize("unit", UNITS)
def test_contributions_add_up_level_by_level_to_the_base(reading: Reading, unit: str) -> None:
    own = [row for row in table(reading, "contributions") if row["unit_id"] == unit]
    score = next(row for row in table(reading, "scores") if row["unit_id"] == unit)
    totals = {"": Decimal(score["base"]), **{row["node"]: Decimal(row["points"]) for row in own if row["points"]}}
    with localcontext(prec=60):
        for parent in {row["parent"] for row in own}:
            added = sum(Decimal(row["contribution"]) for row in own if row["parent"] == parent and row["contribution"])
            assert added == totals[parent]
        assert Decimal(score["total"]) == Decimal(score["base"]) + Decimal(score["bonus"]) - Decimal(score["penalty"])


@pytest.mark.parametrize("unit", UNITS)
def test_the_records_of_every_metric_add_up_to_its_value(reading: Reading, book: EvidenceBook, unit: str) -> None:
    for row in table(reading, "metrics"):
        if row["unit_id"] != unit:
            continue
        records = book.of(row["metric"], unit)
        amounts = [record.amount for record in records if record.amount is not None]
        assert sum(amounts, Decimal(0)) == Decimal(row["value"] or 0)
        assert (row["value"] == "") == (bool(records) and not amounts)
        assert sum(record.reason is None for record in records) == int(row["records_counted"])
        assert sum(record.amount is None for record in records) == int(row["records_undecided"])
        assert len(records) == sum(int(row[f"records_{fate}"]) for fate in ("counted", "not_counted", "undecided"))
        assert all(record.amount in (0, None) for record in records if record.reason is not None)
        assert all(record.reason in RECORD_REASONS for record in records if record.reason is not None)


def received(kind: str) -> list[dict[str, str]]:
    file = RECORDS / f"{kind}.csv"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("metric", sorted(known_metrics()))
def test_every_record_leads_to_its_row_in_the_received_file(book: EvidenceBook, metric: str) -> None:
    rows = {kind: received(kind) for kind in record_kinds(known_metrics()[metric])}
    for unit in UNITS:
        for record in book.of(metric, unit):
            if record.source is None or record.row is None:
                assert record.reason == "not_reported"
                continue
            kind = book.files[record.source].removesuffix(".csv")
            row = rows[kind][record.row - 2]
            key = {**row, **({"measure": "datasets"} if kind == "figures" else {})}
            assert record.record_id == "/".join(key[column] for column in KINDS[kind].key)
            assert record.kind == kind
            assert record.title == row.get("title", title_of_another(row))


def title_of_another(row: dict[str, str]) -> str | None:
    """The title of the record that one without a title goes by: a session, course, pilot or practice it names."""
    for column, kind in TITLED.items():
        if column in row:
            return next(one["title"] for one in received(kind) if one[column] == row[column])
    return None


TITLED = {"session_id": "training_sessions", "course_id": "courses", "pilot_id": "pilots", "practice_id": "practices"}
REASONS = [
    ("U02", "analyses_completed", "P-09", "outside_period"),
    ("U08", "analyses_completed", "P-06", "not_completed"),
    ("U08", "analyses_completed", "P-05", "refused"),
    ("U10", "analyses_completed", "P-08", "status_unknown"),
    ("U08", "policies_using_data", "Q-04", "no_recognised_source"),
    ("U10", "policies_using_data", "Q-05", "stage_unknown"),
    ("U11", "policies_using_data", "Q-06", "to_complete"),
    ("U10", "datasets_opened", "D-07", "withdrawn"),
    ("U08", "dataset_downloads", "D-06", "no_snapshot"),
    ("U01", "training_people", "S-03/p00000000000000000000000000000001", "not_a_course"),
]


@pytest.mark.parametrize(("unit", "metric", "record_id", "reason"), REASONS)
def test_why_a_record_does_not_count_is_told_in_words(
    explained: dict[str, Explained], book: EvidenceBook, unit: str, metric: str, record_id: str, reason: str
) -> None:
    found = {record.record_id: record.reason for record in book.of(metric, unit)}
    assert found[record_id] == reason
    for language in ("ko", "en"):
        line = next(
            line for line in as_text(explained[unit], language).splitlines() if record_id in line and "x " in line
        )
        assert RECORD_REASONS[reason][language] in line


def test_a_person_who_came_twice_counts_once(book: EvidenceBook) -> None:
    records = book.of("training_people", "U02")
    twice = [record for record in records if record.reason == "same_person_counted_already"]
    assert [record.record_id.split("/")[0] for record in twice] == ["S-02"]


def test_what_is_taken_over_from_a_department_before_shows_its_share(book: EvidenceBook) -> None:
    shares = {unit: [(r.record_id, r.recorded_unit, r.share, r.amount) for r in book.of("datasets_opened", unit)
                     if r.record_id == "D-06"] for unit in ("U08", "U09")}  # fmt: skip
    assert shares == {
        "U08": [("D-06", "U07", Decimal("0.6"), Decimal("0.6"))],
        "U09": [("D-06", "U07", Decimal("0.4"), Decimal("0.4"))],
    }


# Finding a department -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["U03", "민원과"])
def test_a_department_is_found_by_code_or_name(reading: Reading, said: str) -> None:
    assert reading.unit(said).unit_id == "U03"


@pytest.mark.parametrize(
    "said", ["", "민원", "u03", "U04", "'; DROP TABLE units; --", "../..", "\x1b[31m", "U03\n", "{x}"]
)
def test_a_department_that_is_not_there_is_told(reading: Reading, said: str) -> None:
    with pytest.raises(UsageError) as refusal:
        reading.unit(said)
    assert [fault.code for fault in refusal.value.faults] == ["no_such_unit"]
    assert said in refusal.value.text("ko")


def test_a_name_nearly_right_is_suggested(reading: Reading) -> None:
    with pytest.raises(UsageError, match="민원과"):
        reading.unit("민원괴")


RULES = '[evaluation]\nid = "x"\ntitle = "X"\nyear = 2021\n[score]\naggregation = "arithmetic"\n'
RULES += '[[indicators]]\nid = "m"\nname = "M"\nnumerator = "m"\nweight = 1\npoints = { method = "raw" }\n'


def scored(folder: Path, units: str) -> Reading:
    (folder / "m.csv").write_text("unit_id,metric,value\nA,m,1\nB,m,2\nC,m,3\n", encoding="utf-8")
    (folder / "u.csv").write_text(f"unit_id,name\n{units}", encoding="utf-8")
    (folder / "r.toml").write_text(RULES, encoding="utf-8")
    outcome = score_table(folder / "m.csv", folder / "r.toml", folder / "releases", folder / "u.csv")
    return open_release(outcome.release)


def test_a_shared_name_is_not_guessed_and_a_code_goes_before_a_name(tmp_path: Path) -> None:
    reading = scored(tmp_path, "A,총무과\nB,총무과\nC,A\n")
    assert reading.unit("A").unit_id == "A"
    with pytest.raises(UsageError) as refusal:
        reading.unit("총무과")
    assert [(fault.code, fault.facts["codes"]) for fault in refusal.value.faults] == [("unit_name_shared", "A, B")]


def test_a_table_without_records_is_explained_down_to_its_values(tmp_path: Path) -> None:
    explained = explain(scored(tmp_path, "A,a\nB,b\nC,c\n"), "B")
    assert "m = 2" in as_text(explained, "en").splitlines()[-1]
    (node,) = as_json(explained)["nodes"]
    assert node["metrics"][0]["value"] == "2"
    assert node["metrics"][0]["counted"] == []


def test_a_long_list_of_records_is_cut_in_the_text_and_whole_in_the_json(
    reading: Reading, explained: dict[str, Explained], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.insight.explain.SHOWN_RECORDS", 1)
    assert SHOWN_RECORDS == 20
    text = as_text(explained["U02"], "en")
    assert "… and 1 more (all with --json)" in text
    counted = [metric for node in nodes(as_json(explained["U02"])["nodes"]) for metric in node.get("metrics", [])]
    assert {metric["metric"]: len(metric["counted"]) for metric in counted}["analyses_completed"] == 2


def test_a_refused_record_says_the_reason_of_whoever_decided(explained: dict[str, Explained]) -> None:
    with (RECORDS / "recognition.csv").open(encoding="utf-8", newline="") as stream:
        reasons = {row["reason"] for row in csv.DictReader(stream) if row["decision"] in ("refused", "to_complete")}
    told = [
        (unit, record)
        for unit, found in explained.items()
        for node in nodes(as_json(found)["nodes"])
        for metric in node.get("metrics", [])
        for record in metric["not_counted"]
        if record["reason"] in ("refused", "to_complete")
    ]
    assert told
    for unit, record in told:
        assert record["decision_reason"] in reasons
        assert f"({record['decision_reason']})" in as_text(explained[unit], "ko")


CORRECTIONS = """version = 1
[[correction]]
kind = "analyses"
key = { analysis_id = "P-01" }
column = "title"
before = "버스 정류장 수요 분석"
after = "버스 정류장 수요 분석(수정)"
reason = "제목을 잘못 적음"
source = "정정 요청서 1호"
decided_by = "평가 담당"
decided_on = 2026-02-03
[[correction]]
kind = "analyses"
row = 3
column = "document_no"
before = "데이터과-12"
after = "데이터과-120"
reason = "문서번호를 잘못 적음"
source = "정정 요청서 2호"
decided_by = "평가 담당"
decided_on = 2026-02-03
"""


def test_a_record_that_was_read_otherwise_than_received_says_so(tmp_path: Path) -> None:
    records = tmp_path / "records"
    shutil.copytree(RECORDS, records)
    (records / "corrections.toml").write_text(CORRECTIONS, encoding="utf-8")
    explained = explain(open_release(evaluate_golden(tmp_path / "releases", records).release), "U02")
    found = {
        record["record_id"]: [(one["column"], one["before"], one["after"]) for one in record["corrected"]]
        for node in nodes(as_json(explained)["nodes"])
        for metric in node.get("metrics", [])
        for record in (*metric["counted"], *metric["not_counted"])
        if "corrected" in record
    }
    assert found == {
        "P-01": [("title", "버스 정류장 수요 분석", "버스 정류장 수요 분석(수정)")],
        "P-02": [("document_no", "데이터과-12", "데이터과-120")],
    }
    said = as_text(explained, "ko")
    assert "정정: document_no '데이터과-12' → '데이터과-120' (문서번호를 잘못 적음; 정정 요청서 2호; 평가 담당" in said

"""What goes to a department: all of its own, figures of the whole body, and no word of any other department."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.exports.export import Exported, export
from etl.exports.formats import Wanted, Written
from etl.exports.narrowed import record_for
from etl.insight.chain import read_graph
from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading, open_release
from tests.exports.given import TAKEN
from tests.exports.opened import everything_in
from tests.exports.spreadsheets import records, sheet_names
from tests.golden.evaluation import evaluate_reuses

UNIT, NAME = "U10", "가람읍"
"""It has records of its own and shares none, so that nobody else's name belongs into what it takes."""
OTHERS = ("U01", "기획과", "U02", "데이터과", "U06", "복지보건과", "U08", "도시계획과", "U11", "나루동")
NARROW: tuple[Written, ...] = ("xlsx", "csv", "parquet", "evidence")


def take(reading: Reading, kind: Written, target: Path, *units: str) -> Exported:
    return export(reading, kind, target, TAKEN, Wanted(units=units))


@pytest.mark.parametrize("kind", NARROW)
def test_nothing_of_another_department_is_in_it(kind: Written, golden: Reading, target: Path, tmp_path: Path) -> None:
    take(golden, kind, target, UNIT)
    content = everything_in(target, tmp_path).decode("utf-8", "replace")
    assert NAME in content
    assert not [word for word in OTHERS if word in content.replace(golden.manifest.release_id, "")]


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_row_of_its_own_is_there_and_every_figure_of_the_body(golden: Reading, target: Path) -> None:
    take(golden, "csv", target, UNIT)
    with zipfile.ZipFile(target) as archive:
        assert [row["score"] for row in table(archive, "scores")] == [str(golden.scores[UNIT].score)]
        told = {row["indicator"] for row in table(archive, "indicators")}
        assert told == {indicator for unit, indicator in golden.indicators if unit == UNIT}
        assert len(table(archive, "history")) == len(golden.history)
        counted = [row for row in table(archive, "records") if not row["reason"]]
    with open_evidence(golden) as book:
        evidence = {metric: book.of(metric, UNIT) for metric in golden.rulebook.metrics}
    expected = [
        (metric, one.record_id, one.amount) for metric, of in evidence.items() for one in of if one.reason is None
    ]
    assert [(row["metric"], row["record_id"], Decimal(row["amount"])) for row in counted] == expected
    assert expected


def test_a_workbook_has_the_row_of_the_department_with_its_place_in_the_group(golden: Reading, target: Path) -> None:
    take(golden, "xlsx", target, NAME)
    ranking = next(name for name in sheet_names(target) if name == "평가군별 순위")
    (row,) = records(target, ranking)
    rank = golden.ranks[UNIT]
    assert (row["부서코드"], row["평가군 순위"], row["전체 순위"]) == (UNIT, rank.group_rank, rank.rank)
    assert "받은 파일" not in sheet_names(target)


@pytest.mark.parametrize("kind", NARROW)
def test_a_department_that_is_not_there_is_told(kind: Written, golden: Reading, target: Path) -> None:
    with pytest.raises(UsageError, match="U99"):
        take(golden, kind, target, "U99")
    assert not target.exists()


def test_a_package_is_of_everybody(golden: Reading, target: Path) -> None:
    with pytest.raises(UsageError, match=r"--unit.*always whole"):
        take(golden, "package", target, UNIT)
    assert not target.exists()


def test_a_table_that_names_others_is_not_to_be_had(golden: Reading, target: Path) -> None:
    with pytest.raises(UsageError, match="there is no part 'rejects'"):
        export(golden, "csv", target, TAKEN, Wanted(only=["rejects"], units=[UNIT]))


def sheets_in(target: Path) -> list[list[str]]:
    """The rows of every CSV file of an evidence export."""
    with zipfile.ZipFile(target) as archive:
        texts = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")]
    return [row for text in texts for row in csv.reader(io.StringIO(text, newline=""))]


@pytest.mark.slow
def test_evidence_of_a_department_names_no_record_that_is_another_ones_alone(
    demonstration: Reading, target: Path
) -> None:
    mine = demonstration.unit("스마트도시과").unit_id
    take(demonstration, "evidence", target, mine)
    hidden = {number for (_, number), one in read_graph(demonstration).records.items() if mine not in one.units}
    parts = [part for row in sheets_in(target) for cell in row for part in cell.split(" / ")]
    assert not {part.partition(" ")[0] for part in parts} & hidden
    assert parts.count("다른 부서") > 1, "that there was something is told"


def test_evidence_of_everybody_names_what_a_record_is_based_on(golden: Reading, target: Path) -> None:
    take(golden, "evidence", target)
    parts = {part for row in sheets_in(target) for cell in row for part in cell.split(" / ")}
    assert "다른 부서" not in parts
    assert {"P-03", "Q-02 창구 늘리기"} <= parts


def test_a_case_taken_over_tells_its_department_of_no_other_by_name(tmp_path: Path) -> None:
    reading = open_release(evaluate_reuses(tmp_path).release)
    for kind in NARROW:
        made = tmp_path / f"{kind}.bin"
        take(reading, kind, made, "U02")
        content = everything_in(made, tmp_path).decode("utf-8", "replace")
        assert "E-01" in content
        assert "민원과" not in content
        assert "창구 위치를 정하는 데 씀" not in content
    take(reading, "evidence", tmp_path / "whole.zip")
    assert ["E-01", "정류장 이전", "민원과"] in [row[2:5] for row in sheets_in(tmp_path / "whole.zip")]


def test_a_case_taken_over_is_called_alike_where_whoever_took_it_may_be_named(tmp_path: Path) -> None:
    reading = open_release(evaluate_reuses(tmp_path).release)
    with open_evidence(reading) as book:
        takers = book.takers()
    called = {
        units: record_for(reading, units, "E-01/민원과", takers, "ko") for units in ((), ("U02",), ("U02", "U03"))
    }
    assert called == {(): "E-01/민원과", ("U02",): "E-01/다른 부서", ("U02", "U03"): "E-01/민원과"}

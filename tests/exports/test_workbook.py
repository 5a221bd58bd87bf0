"""The workbook read back: every number, name and count is the release's, and its formulas compute the scores again."""

from __future__ import annotations

import json
import os
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.exports.carried import carry
from etl.exports.result_sheets import Results
from etl.exports.workbook import DIGITS, Book, Column, Sheet, is_long, number_format
from etl.exports.xlsx import PARTS, write_xlsx
from etl.insight.reading import Reading
from etl.release.seal import PROVENANCE, RULEBOOK
from etl.scoring.decimals import plain
from tests.exports.given import AGGREGATIONS, HOSTILE, ROUNDINGS, TAKEN, scored
from tests.exports.opened import everything_in
from tests.exports.spreadsheets import OFFICE, formulas, recomputed, records, sheet_names, written_numbers
from tests.insight.weighing import RAW, weighed

RANKING, POINTS, WEIGHTS = "평가군별 순위", "지표별 점수", "적용 배점"
NO_OFFICE = "LibreOffice (soffice) is not on this machine: what it computes is not compared"


@pytest.fixture(scope="module")
def golden_book(golden: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "golden.xlsx"
    write_xlsx(carry(golden, TAKEN), path)
    return path


@pytest.fixture(scope="module")
def hostile_book(hostile: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "hostile.xlsx"
    write_xlsx(carry(hostile, TAKEN), path)
    return path


def same(cell: object, number: Decimal | int | None) -> bool:
    """Whether a cell holds the number, in the digits a spreadsheet has."""
    if number is None:
        return cell in ("", None)
    assert isinstance(cell, int | float)
    return abs(Decimal(repr(float(cell))) - Decimal(number)) <= abs(Decimal(number)) * Decimal("1e-14")


def test_every_place_and_score_is_in_the_ranking(golden: Reading, golden_book: Path) -> None:
    rows = records(golden_book, RANKING)
    assert [row["부서코드"] for row in rows] == [unit.unit_id for unit in Results(golden, "ko").units]
    assert {row["부서코드"] for row in rows} == set(golden.units)
    for row in rows:
        score, rank = golden.scores[row["부서코드"]], golden.ranks.get(row["부서코드"])
        assert row["부서명"] == golden.units[row["부서코드"]].name
        assert same(row["종합점수"], score.score)
        assert same(row["기본 점수"], score.base)
        assert same(row["가점"], score.bonus)
        assert same(row["감점"], score.penalty)
        if rank is None:
            assert row["평가군 순위"] == "순위 없음"
            assert row["순위를 매기지 않은 사유"]
        else:
            assert (row["평가군 순위"], row["전체 순위"]) == (rank.group_rank, rank.rank)
            assert str(row["등급"]).startswith(rank.grade or "")


def test_departments_without_peer_groups_stand_under_a_word_and_no_code(hostile: Reading, hostile_book: Path) -> None:
    assert not hostile.rulebook.peer_groups
    assert {row["평가군"] for row in records(hostile_book, RANKING)} == {"전체"}


def test_check_formulas_are_promised_only_where_there_are_any(tmp_path: Path) -> None:
    for aggregation, promised in (("arithmetic", True), ("outranking", False)):
        folder = tmp_path / aggregation
        folder.mkdir()
        reading = weighed(folder, {"가": (1,), "나": (2,)}, {"a": RAW}, aggregation)
        write_xlsx(carry(reading, TAKEN), folder / "book.xlsx")
        said = everything_in(folder / "book.xlsx", folder).decode("utf-8", "replace")
        assert ("검산 열이 종합점수를 다시 계산합니다" in said) == promised


def test_every_point_and_weight_is_in_its_cell(golden: Reading, golden_book: Path) -> None:
    names = Results(golden, "ko").names
    areas = {area.id for area in golden.rulebook.areas}
    for sheet, column in ((POINTS, "points"), (WEIGHTS, "effective_weight")):
        rows = {row["부서코드"]: row for row in records(golden_book, sheet)}
        for (unit_id, node), found in golden.contributions.items():
            head = f"[{names[node]}]" if node in areas and sheet == POINTS else names[node]
            assert same(rows[unit_id][head], getattr(found, column)), (sheet, unit_id, node)


def test_every_indicator_has_its_sheet_with_target_value_and_points(golden: Reading, golden_book: Path) -> None:
    sheets = [name for name in sheet_names(golden_book) if name.startswith("지표 ")]
    assert len(sheets) == len(golden.rulebook.indicators)
    for sheet, indicator in zip(sheets, golden.rulebook.indicators, strict=True):
        value = f"값 ({indicator.unit})" if indicator.unit else "값"
        for row in records(golden_book, sheet):
            found = golden.indicators[row["부서코드"], indicator.id]
            told = {value: found.value, "목표": found.target, "점수": found.points, "분자": found.numerator}
            assert all(same(row[head], number) for head, number in told.items()), (sheet, row)


def test_every_record_counted_or_not_is_there_once(golden: Reading, golden_book: Path) -> None:
    counted, left = records(golden_book, "센 기록"), records(golden_book, "세지 않은 기록")
    metrics = [golden.metrics[key] for key in golden.metrics if key[1] in golden.rulebook.metrics]
    assert len(counted) == sum(row.records_counted for row in metrics)
    assert len(left) == sum(row.records_not_counted + row.records_undecided for row in metrics)
    assert all(row["사유"] for row in left)
    amounts = [Decimal(repr(row["반영량"])) for row in [*counted, *left] if row["반영량"] not in ("", None)]
    values = [row.value for row in metrics if row.value is not None]
    assert abs(sum(amounts, Decimal(0)) - sum(values, Decimal(0))) < Decimal("1e-9")
    assert len(
        {(row["측정값"], row["부서코드"], row["기록"], row["기록 당시 부서"]) for row in [*counted, *left]}
    ) == len(counted) + len(left)


def test_rules_and_received_files_are_told_in_full(golden: Reading, golden_book: Path) -> None:
    lines = (golden.folder / RULEBOOK).read_text(encoding="utf-8").splitlines()
    assert [str(row["내용"] or "") for row in records(golden_book, "규칙 원문")] == lines
    files = json.loads((golden.folder / PROVENANCE).read_bytes())["files"]
    told = [(row["받은 파일"], row["SHA-256"]) for row in records(golden_book, "받은 파일")]
    assert told == [(file["file"], file["sha256"]) for file in files]


def test_the_cover_says_state_release_rules_and_who_took_it(golden: Reading, golden_book: Path) -> None:
    with zipfile.ZipFile(golden_book) as book:
        cover = book.read("xl/worksheets/sheet1.xml").decode()
    for said in (
        "잠정",
        golden.manifest.release_id,
        golden.manifest.facts["rulebook"]["sha256"],
        "2026. 3. 2. 18:30 (KST)",
    ):
        assert said in cover
    assert "COUNTIF" in cover


def test_what_prints_is_set_up(golden_book: Path) -> None:
    with zipfile.ZipFile(golden_book) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        names = book.read("xl/workbook.xml").decode()
    assert all('paperSize="9" ' in sheet and 'orientation="landscape"' in sheet for sheet in sheets)
    assert all('fitToHeight="0"' in sheet for sheet in sheets[1:])
    assert all("&amp;P / &amp;N쪽" in sheet for sheet in sheets)
    assert all("<autoFilter" in sheet and 'state="frozen"' in sheet for sheet in sheets[1:])
    assert names.count("_xlnm.Print_Titles") == len(sheets) - 1
    assert sum("dataBar" in sheet for sheet in sheets) >= 2 + 1


def test_no_number_is_written_with_other_digits(golden: Reading, golden_book: Path) -> None:
    published = {plain(row.score) for row in golden.scores.values() if row.score is not None}
    written = {plain(Decimal(text)) for text in written_numbers(golden_book)}
    assert published <= written
    assert all(len(Decimal(text).normalize().as_tuple().digits) <= DIGITS for text in written)


def test_a_number_of_more_digits_stands_beside_as_text(hostile: Reading, hostile_book: Path) -> None:
    rows = {row["부서코드"]: row for row in records(hostile_book, POINTS)}
    long = [row for row in hostile.contributions.values() if row.node == "third" and is_long(row.points)]
    assert long
    for found in long:
        assert rows[found.unit_id]["셋째 (정확한 값)"] == plain(found.points or Decimal(0))
        assert same(rows[found.unit_id]["셋째"], found.points)


def test_hostile_names_come_back_as_they_are_and_are_no_formulas(hostile: Reading, hostile_book: Path) -> None:
    names = {row["부서코드"]: row["부서명"] for row in records(hostile_book, RANKING)}
    assert names == {unit.unit_id: unit.name for unit in hostile.units.values()}
    assert set(names.values()) == set(HOSTILE)
    assert all(
        formula.startswith(("ROUND(", "IF(ABS(", "COUNTIF(")) or "/" in formula for formula in formulas(hostile_book)
    )
    assert not [formula for formula in formulas(hostile_book) if "cmd" in formula or "@" in formula]
    with zipfile.ZipFile(hostile_book) as book:
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_names_of_sheets_are_legal_and_unique(hostile: Reading, hostile_book: Path, target: Path) -> None:
    names = sheet_names(hostile_book)
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
    book = Book(carry(hostile, TAKEN), "ko", target.parent)
    made = [book.named(said) for said in ("History", "a" * 40, "A" * 40, "'", "😀" * 20, "")]
    assert len({name.lower() for name in made}) == len(made)
    assert all(1 <= len(name.encode("utf-16-le")) // 2 <= 31 for name in made)
    assert made[0].lower() != "history"


def test_a_table_too_long_for_a_sheet_goes_on_on_the_next(
    golden: Reading, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.exports.workbook.MOST_ROWS", 15)
    book = Book(carry(golden, TAKEN), "ko", target.parent)
    book.table(Sheet(book.named("긴 표"), "긴 표", [Column("수", is_controlled=True)], [(n,) for n in range(25)]))
    target.write_bytes(book.content())
    assert sheet_names(target) == ["긴 표", "긴 표 (2)", "긴 표 (3)"]
    assert [int(row["수"]) for name in sheet_names(target) for row in records(target, name)] == list(range(25))
    assert [control.rows for control in book.told.controls.values()] == [10, 10, 5]


@pytest.mark.parametrize(
    ("cells", "form"),
    [([1, 2], "#,##0"), ([Decimal("1.5"), 2], "#,##0.0"), ([Decimal("0." + "3" * 30)], "#,##0.0000"), ([], "#,##0")],
)
def test_a_column_shows_the_decimals_it_has(cells: list[Decimal], form: str) -> None:
    assert number_format(iter(cells), None) == form


def test_the_same_release_taken_the_same_way_gives_the_same_bytes(
    golden: Reading, golden_book: Path, target: Path
) -> None:
    write_xlsx(carry(golden, TAKEN), target)
    assert target.read_bytes() == golden_book.read_bytes()


@pytest.mark.parametrize("part", PARTS)
def test_a_workbook_can_be_limited_to_a_part(golden: Reading, target: Path, part: str) -> None:
    controls = write_xlsx(carry(golden, TAKEN), target, "en", [part])
    assert sheet_names(target) == ["About", *controls]
    assert controls


def test_a_part_that_is_not_there_is_refused(golden: Reading, target: Path) -> None:
    with pytest.raises(UsageError, match="ranking"):
        write_xlsx(carry(golden, TAKEN), target, "en", ["rankings"])


@pytest.mark.slow
@pytest.mark.xdist_group("thousands")
def test_no_department_of_five_thousand_is_lost(thousands: Reading, target: Path) -> None:
    controls = write_xlsx(carry(thousands, TAKEN), target, "ko", ["ranking", "points"])
    rows = records(target, RANKING)
    assert [control.rows for control in controls.values()] == [5000] * 3
    assert {row["부서코드"]: row["종합점수"] for row in rows} == {
        unit_id: float(score.score or 0) for unit_id, score in thousands.scores.items()
    }
    assert sum(formula.startswith("ROUND") for formula in formulas(target)) == 5000


@pytest.fixture
def _office() -> None:
    """Without LibreOffice the test is skipped; in CI it fails."""
    if OFFICE is None:
        if os.environ.get("CI"):
            pytest.fail(NO_OFFICE)
        pytest.skip(NO_OFFICE)


@pytest.mark.slow
@pytest.mark.usefixtures("_office")
def test_a_spreadsheet_computes_every_published_score_again(golden: Reading, tmp_path: Path) -> None:
    readings = {"golden.xlsx": golden}
    for aggregation in AGGREGATIONS:
        for mode in ROUNDINGS if aggregation == "sum_of_points" else ("half_up",):
            folder = tmp_path / f"{aggregation}-{mode}"
            folder.mkdir()
            units = {f"U{number:02}": f"{number}과" for number in range(40)}
            readings[f"{folder.name}.xlsx"] = scored(folder, units, aggregation, mode)
    for name, reading in readings.items():
        write_xlsx(carry(reading, TAKEN), tmp_path / name, "ko", ["points", "indicators"])
    done = recomputed([tmp_path / name for name in readings], tmp_path)
    assert done.keys() == readings.keys()
    for name, reading in readings.items():
        rows = records(done[name], POINTS)
        assert len(rows) == len(reading.units)
        for row in rows:
            score = reading.scores[row["부서코드"]].score
            if score is None:
                assert row["검산"] in ("", None)
                continue
            assert abs(row["검산"] - float(score)) < 1e-9, (name, row)
            assert row["일치 여부"] == "일치", (name, row)
        for sheet in sheet_names(done[name]):
            for row in records(done[name], sheet) if sheet.startswith("지표 ") else []:
                if row.get("검산") not in ("", None):
                    assert abs(row["검산"] - row["보탠 점수"]) < 1e-9, (name, sheet, row)

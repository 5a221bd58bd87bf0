"""Evidence sheets read back: every record that counts, once, in workbook and CSV alike, people as pseudonyms."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from etl.errors import Language, UsageError
from etl.evaluate import evaluate
from etl.exports.carried import carry
from etl.exports.evidence import BOOK, Attached, Beside, write_evidence
from etl.exports.formats import safe_name
from etl.exports.harmless import harmless, looks_like_formula
from etl.exports.workbook import HEAD_ROW
from etl.insight.definitions import define
from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading, open_release
from etl.measures import known_metrics
from etl.scoring.decimals import ZERO, plain, total
from etl.shown import grouped
from tests.exports.given import TAKEN
from tests.exports.spreadsheets import formulas
from tests.golden.evaluation import RECORDS, RULEBOOK, evaluate_golden

METRICS = {safe_name(define(metric).names[language]): metric for metric in known_metrics() for language in ("ko", "en")}
"""What the file of a metric is called -> the metric."""
MANUAL = ["순번", "부서명", "성명", "직급", "교육기관명", "교육명", "수료일"]


@pytest.fixture
def opened(golden: Reading, target: Path) -> dict[str, list[list[str]]]:
    """Metric -> the rows of its CSV file, headings first."""
    write_evidence(carry(golden, TAKEN), target)
    return files_of(target)


def files_of(made: Path) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(made) as archive:
        return {
            METRICS[name[3:-4]]: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def test_every_record_that_counts_stands_in_the_sheet_of_its_metric_once_for_each_department_it_is_recorded_for(
    golden: Reading, opened: dict[str, list[list[str]]]
) -> None:
    with open_evidence(golden) as book:
        for metric in golden.rulebook.metrics:
            counted = {
                (one.record_id, one.recorded_unit)
                for unit_id, one in book.of_all(metric)
                if one.reason is None and unit_id in golden.units
            }
            assert len(opened.get(metric, [[]])) - 1 == len(counted), metric
    for rows in opened.values():
        assert [row[0] for row in rows[1:]] == [str(at) for at in range(1, len(rows))]


def test_what_the_records_of_a_sheet_come_to_is_what_the_release_says(golden: Reading, target: Path) -> None:
    for metric, control in write_evidence(carry(golden, TAKEN), target).items():
        published = total(
            row.value for (_, of), row in golden.metrics.items() if of == metric and row.value is not None
        )
        assert (control.rows if control.total is None else control.total) == published, metric


def test_the_page_says_how_many_records_each_sheet_has_and_what_they_come_to(golden: Reading, target: Path) -> None:
    controls = write_evidence(carry(golden, TAKEN), target)
    with zipfile.ZipFile(target) as archive:
        page = archive.read("README.txt").decode("utf-8-sig")
    shares = controls["analyses_completed"]
    assert f"{shares.rows}건, 지분 합계 {grouped(shares.total or ZERO)}" in page
    assert f"{controls['training_people'].rows}건\r\n" in page


@pytest.mark.parametrize(("language", "form"), [("ko", "yyyy. m. d."), ("en", "yyyy-mm-dd")])
def test_days_are_days_in_the_workbook_and_shown_as_the_country_writes_them(
    language: Language, form: str, golden: Reading, target: Path, tmp_path: Path
) -> None:
    write_evidence(carry(golden, TAKEN), target, language, ["training_people"])
    with zipfile.ZipFile(target) as archive:
        made = archive.extract(BOOK[language], tmp_path)
    with zipfile.ZipFile(made) as parts:
        assert form in parts.read("xl/styles.xml").decode()
    book = CalamineWorkbook.from_path(made)
    head, *rows = book.get_sheet_by_name(book.sheet_names[1]).to_python(skip_empty_area=False)[HEAD_ROW:]
    assert rows
    assert all(type(row[head.index("수료일")]) is date for row in rows)


@pytest.mark.parametrize(
    ("metric", "headings"),
    [
        ("policies_using_data", ["정책번호", "정책명", "활용단계", "활용일", "문서번호", "활용한 분석·데이터"]),
        ("awards_received", ["수상번호", "상 이름", "수여기관", "수상일"]),
    ],
)
def test_policies_and_awards_stand_with_what_an_evaluator_looks_for(
    metric: str, headings: list[str], demonstration: Reading, target: Path
) -> None:
    write_evidence(carry(demonstration, TAKEN), target, "ko", [metric])
    head, *rows = files_of(target)[metric]
    assert [heading for heading in head if heading in headings] == headings
    assert rows
    for row in rows:
        said = dict(zip(head, row, strict=True))
        assert all(said[heading] for heading in headings)
        assert said.get("활용단계", "효과") in {"보고", "계획", "예산·제도", "효과"}


def test_policies_of_one_title_that_used_an_analysis_are_told_apart_by_their_numbers(
    demonstration: Reading, target: Path
) -> None:
    write_evidence(carry(demonstration, TAKEN), target, "ko", ["analyses_completed"])
    head, *rows = files_of(target)["analyses_completed"]
    policies = [policy for row in rows for policy in row[head.index("활용 정책")].split(" / ")]
    assert any(policies)
    for row in rows:
        told = row[head.index("활용 정책")].split(" / ")
        assert len(set(told)) == len(told)


def test_a_column_in_which_no_record_says_anything_is_left_out(opened: dict[str, list[list[str]]]) -> None:
    head, *rows = opened["datasets_opened"]
    assert "개방일" in head
    assert "구축일" not in head
    assert rows


def test_training_stands_in_the_columns_of_the_manual_with_pseudonyms(opened: dict[str, list[list[str]]]) -> None:
    head, *rows = opened["training_people"]
    assert head == ["성명(가명)" if heading == "성명" else heading for heading in MANUAL]
    assert rows
    assert all(row[2].startswith("p") and len(row[2]) == 33 for row in rows)


def test_the_workbook_says_the_same_as_the_files(
    golden: Reading, target: Path, tmp_path: Path, opened: dict[str, list[list[str]]]
) -> None:
    with zipfile.ZipFile(target) as archive:
        book = CalamineWorkbook.from_path(archive.extract("증빙목록.xlsx", tmp_path))
    about, *sheets = book.sheet_names
    assert len(sheets) == len(opened)
    for name, (_, told) in zip(sheets, sorted(opened.items(), key=lambda one: list(opened).index(one[0])), strict=True):
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)[HEAD_ROW:]
        said = [[plain(Decimal(str(cell))) if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
        assert [row[: len(told[0])] for row in said] == [[cell.removeprefix("'") for cell in row] for row in told]
    facts = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name(about).to_python()[HEAD_ROW + 1 :]}
    assert facts["공개본"] == golden.manifest.name
    assert facts["내보낸 사람"] == TAKEN.by


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A1", "＠地方自治團體 😀/課", "<b>&amp;</b>" + "가" * 100])
def test_a_hostile_name_in_the_records_is_text_in_every_sheet(name: str, target: Path, tmp_path: Path) -> None:
    records = Path(shutil.copytree(RECORDS, tmp_path / "records"))
    for file in records.iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("가람읍", name), encoding="utf-8")
    write_evidence(carry(open_release(evaluate_golden(tmp_path / "releases", records).release), TAKEN), target)
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "back")
    texts = [made.read_text(encoding="utf-8-sig") for made in (tmp_path / "back").glob("*.csv")]
    cells = [cell for text in texts for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert harmless(name) in cells
    assert not [cell for cell in cells if looks_like_formula(cell)]
    (book,) = (tmp_path / "back").glob("*.xlsx")
    sheets = CalamineWorkbook.from_path(book)
    assert any(name in row for sheet in sheets.sheet_names for row in sheets.get_sheet_by_name(sheet).to_python())
    assert not [formula for formula in formulas(book) if "cmd" in formula]


def test_a_metric_can_be_taken_alone_and_one_that_is_not_there_is_told(golden: Reading, target: Path) -> None:
    assert list(write_evidence(carry(golden, TAKEN), target, "en", ["training_people"])) == ["training_people"]
    with pytest.raises(UsageError, match="'people'"):
        write_evidence(carry(golden, TAKEN), target, "en", ["people"])


def test_files_that_were_sent_are_listed_by_their_digests(golden: Reading, target: Path) -> None:
    file = Attached("2021-3", "U10", "=근거.pdf", 1234, "ab" * 32, date(2021, 3, 4))
    write_evidence(carry(golden, TAKEN), target, beside=Beside(attached=[file]))
    with zipfile.ZipFile(target) as archive:
        _, row = csv.reader(io.StringIO(archive.read("증빙자료 목록.csv").decode("utf-8-sig"), newline=""))
    assert row == ["1", "2021-3", "가람읍", "'=근거.pdf", "1234", "ab" * 32, "2021-03-04"]


def test_a_table_of_metrics_has_no_evidence(hostile: Reading, target: Path) -> None:
    with pytest.raises(UsageError, match="no records behind it"):
        write_evidence(carry(hostile, TAKEN), target)


def test_the_same_release_taken_the_same_way_gives_the_same_bytes(golden: Reading, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_evidence(carry(golden, TAKEN), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_no_record_of_five_thousand_departments_is_lost(tmp_path: Path, target: Path) -> None:
    received = tmp_path / "records"
    received.mkdir()
    codes = [f"U{number:04}" for number in range(5000)]
    departments = "".join(f"{code},제{code}과,,line,2018-01-01,\n" for code in codes)
    datasets = "".join(f"D-{code},{code},목록,2021-02-01,2021-08-01,,CSV,반기\n" for code in codes)
    heads = {
        "departments": "unit_id,name,parent,peer_group,valid_from,valid_to\n",
        "datasets": "dataset_id,unit_id,title,opened_on,updated_on,withdrawn_on,format,update_cycle\n",
    }
    for kind, rows in (("departments", departments), ("datasets", datasets)):
        (received / f"{kind}.csv").write_text(heads[kind] + rows, encoding="utf-8")
    release = evaluate(received, RULEBOOK, tmp_path / "releases").release
    write_evidence(carry(open_release(release), TAKEN), target)
    _, *written = files_of(target)["datasets_opened"]
    assert sorted(row[1] for row in written) == [f"제{code}과" for code in codes]

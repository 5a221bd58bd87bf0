"""Templates: one for each kind of record, which loads back to the records that were filled in."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from etl.contracts.fields import Count, Mark, Number, Positive, Quantity, Rating, Share, Year
from etl.contracts.records import RECORDS
from etl.contracts.words import bare_type
from etl.errors import UsageError
from etl.intake.beside import Beside
from etl.intake.mapping import Source, read_sources
from etl.intake.proposals import checked, propose, propose_all
from etl.intake.proposing.values import choices, field_type
from etl.intake.rows import open_source
from etl.intake.templates import described, template, write_template
from tests.intake.reading import verdict
from tests.intake.received import take_in, write

pytestmark = pytest.mark.slow

LANGUAGES = ["ko", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", RECORDS)
def test_a_template_has_headings_codes_and_a_guide(kind: str, language: Any) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(template(kind, language)))
    first, codes = book.get_sheet_by_name(kind).to_python()
    assert codes == list(RECORDS[kind].model_fields)
    assert len(set(first)) == len(first), "headings of one kind differ"
    guide = book.get_sheet_by_index(1).to_python()
    assert [row[0] for row in guide[4 : 4 + len(codes)]] == codes
    assert all(all(row) for row in guide[4 : 4 + len(codes)])


@pytest.mark.parametrize("kind", RECORDS)
def test_the_same_template_has_the_same_bytes(kind: str) -> None:
    assert template(kind, "ko") == template(kind, "ko")


def part(kind: str, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(template(kind, "ko"))) as parts:
        return parts.read(name).decode()


@pytest.mark.parametrize("kind", RECORDS)
def test_every_limited_column_has_a_list_to_choose_from_and_every_column_a_note(kind: str) -> None:
    sheet, notes = part(kind, "xl/worksheets/sheet1.xml"), part(kind, "xl/comments1.xml")
    for column in RECORDS[kind].model_fields:
        assert not choices(kind, column) or f'<formula1>"{",".join(choices(kind, column))}"</formula1>' in sheet
    assert notes.count("<comment ") == len(RECORDS[kind].model_fields)
    assert all(one.example and one.cell for one in described(kind, "ko"))


@pytest.mark.parametrize("kind", RECORDS)
def test_every_example_of_a_template_is_a_cell_that_its_column_takes(kind: str) -> None:
    assert verdict(RECORDS[kind], {one.column: one.example for one in described(kind, "en")}) is not None


def test_a_template_never_replaces_a_file(tmp_path: Path) -> None:
    write_template("aliases", tmp_path / "a.xlsx", "ko")
    before = (tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(UsageError, match="not replaced"):
        write_template("datasets", tmp_path / "a.xlsx", "ko")
    assert (tmp_path / "a.xlsx").read_bytes() == before


def test_a_kind_that_does_not_exist_has_no_template() -> None:
    with pytest.raises(UsageError, match="There is no kind of record 'dataset'"):
        template("dataset", "ko")


# Loading back -------------------------------------------------------------------------------------------------------

WORDS = [
    "ㄱ",
    "=1+1",
    "+82",
    "@기획",
    "  가 나 ",
    "a,b\t",
    '"',
    "0012",
    "<&>%",
    "_x0041_",
    "1e5",
    "TRUE",
    "2021-01-02",
    "'0",
]
DAYS = ["1850-01-01", "1900-01-01", "1900-02-28", "1900-03-01", "2021-12-31", "2199-12-31"]
NUMBERS: dict[Any, list[str]] = {
    Count: ["0", "7", "999999999999999"],
    Year: ["1900", "2025"],
    Share: ["0.000001", "0.1", "0.333333", "1"],
    Mark: ["0", "99.99", "100"],
    Rating: ["1", "5"],
    Positive: ["0.000001", "1.005", "999999999999.999999"],
    Quantity: ["0", "0.1", "1.005", "999999999999.999999"],
    Number: ["-0.000001", "-12", "123456789.123456", "-999999999999.999999"],
}


def cells(kind: str, column: str) -> list[str]:
    """Texts that the column takes, awkward ones among them."""
    hint = bare_type(get_type_hints(RECORDS[kind], include_extras=True)[column])
    match field_type(kind, column):
        case "day":
            return DAYS
        case "choice":
            return list(choices(kind, column))
        case "number":
            return NUMBERS[hint]
        case "person":
            return [f"p{digit * 32}" for digit in "0a7"]
        case "words":
            return WORDS
        case _:
            return [word for word in WORDS if " " not in word]


def rows_of(kind: str, chance: Random) -> list[dict[str, str]]:
    """Some rows that keep the contract."""
    rows: list[dict[str, str]] = []
    while len(rows) < 4:
        row = {column: chance.choice(cells(kind, column)) for column in RECORDS[kind].model_fields}
        for column, field in RECORDS[kind].model_fields.items():
            row[column] = "" if not field.is_required() and chance.random() < 0.3 else row[column]
        rows += [row] if verdict(RECORDS[kind], dict(row)) is not None else []
    return rows


@pytest.mark.parametrize("kind", RECORDS)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_a_filled_template_is_read_as_it_was_filled_in(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int
) -> None:
    """Row by row as text; that texts become records is the compiled checks' own test."""
    rows = rows_of(kind, Random(seed))
    folder = Path(mkdtemp(dir=tmp_path_factory.getbasetemp()))
    write(folder, {f"{kind}.xlsx": template(kind, "en" if seed % 2 else "ko", rows)})
    (source,) = read_sources(folder)
    opened = open_source(0, source, folder, folder, Beside())
    assert opened.table.header == tuple(RECORDS[kind].model_fields)
    read = [
        verdict(RECORDS[kind], dict(zip(opened.table.header, row, strict=True))) for row in texts(opened.table.path)
    ]
    assert read == [verdict(RECORDS[kind], dict(row)) for row in rows]


def texts(copy: Path) -> list[list[str]]:
    """The rows of a numbered copy without their numbers."""
    with copy.open(encoding="utf-8", newline="") as stream:
        return [row[1:] for row in csv.reader(stream)]


DEPARTMENTS = [
    {"unit_id": "0010", "name": "기획과", "peer_group": "support", "valid_from": "2020-01-01"},
    {"unit_id": "0020", "name": "교통과", "peer_group": "line", "valid_from": "2020-01-01", "valid_to": "2024-06-30"},
]
HEADCOUNT = [
    {"unit_id": "0010", "as_of": "2021-12-31", "part": "전체", "authorised": "12", "actual": "11"},
    {"unit_id": "0020", "as_of": "2021-12-31", "part": "전체", "authorised": "7"},
]


def test_templates_in_a_folder_load_without_a_sources_toml(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "departments.xlsx": template("departments", "ko", DEPARTMENTS),
        "headcount.xlsx": template("headcount", "en", HEADCOUNT),
    }
    intake = take_in(write(tmp_path / "in", files))
    assert intake.rejects == []
    assert [tuple(map(str, row)) for row in intake.records["headcount"]] == [
        ("0010", "2021-12-31", "전체", "12", "11"),
        ("0020", "2021-12-31", "전체", "7", "None"),
    ]
    assert [row for row, *_ in intake.origins("headcount")] == [3, 4]


def test_a_template_under_another_name_needs_its_file_and_kind_alone(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"우리 부서.xlsx": template("departments", "ko", DEPARTMENTS)}
    entry = '[[source]]\nfile = "우리 부서.xlsx"\nkind = "departments"\n'
    assert len(take_in(write(tmp_path / "in", files, entry)).records["departments"]) == 2


def test_a_template_is_proposed_with_its_file_and_kind_alone(tmp_path: Path) -> None:
    write(tmp_path, {"우리 부서.xlsx": template("departments", "ko", DEPARTMENTS)})
    proposal = propose(tmp_path, "우리 부서.xlsx")
    assert checked(proposal) == (Source(file="우리 부서.xlsx", kind="departments"),)
    assert not proposal.questions


def test_an_empty_template_is_still_known_for_what_it_is(tmp_path: Path) -> None:
    for kind in RECORDS:
        write(tmp_path, {f"x-{kind}.xlsx": template(kind, "en")})
    proposals, faults = propose_all(tmp_path)
    assert not faults
    assert {source.file: source.kind for one in proposals for source in checked(one)} == {
        f"x-{kind}.xlsx": kind for kind in RECORDS
    }


def test_days_before_spreadsheets_count_stay_texts() -> None:
    rows = [{**DEPARTMENTS[0], "valid_from": str(date(1900, 3, 1) - timedelta(days=1))}]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(template("departments", "ko", rows))).get_sheet_by_index(0)
    assert sheet.to_python()[2][4] == "1900-02-28"

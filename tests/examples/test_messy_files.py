"""Files that public bodies published, as they are: each opens with the right layout and holds what a person sees."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.intake.received import Intake, take_in

CALLS = "messy/cp949_two_header_rows_경찰서별_112_신고_출동현황.csv"
NATIONAL = "messy/cp949_경찰청_전국 경찰서별 경찰관 현황_20231231.csv"
SEOUL = "messy/cp949_서울특별시경찰청_경찰서별 경찰관 수 현황_20241231.csv"
ALONE = "messy/utf8bom_multirow_header_독거노인현황.csv"
PEOPLE = "messy/xls_merged_header_population_in_Seoul.xls"
EMERGENCIES = "messy/xlsx_경찰서별 112신고 출동 현황.xlsx"


@pytest.fixture(scope="module")
def inputs(project: Path) -> Path:
    folder = project.parent / "shared" / "inputs"
    if not folder.is_dir():
        pytest.skip("the public files are not beside the checkout (shared/inputs)")
    return folder


def staged(inputs: Path, file: str, folder: Path, sources: str) -> Intake:
    """A received file under its own name, staged under a `sources.toml` of this body; FILE in it is the file."""
    folder.mkdir()
    shutil.copyfile(inputs / file, folder / Path(file).name)
    body = sources.replace("FILE", Path(file).name)
    (folder / "sources.toml").write_text(f"version = 1\n{body}", encoding="utf-8")
    return take_in(folder)


# What is said of the file, its encoding, rows received and set aside, and the texts of one column in some rows.
FILES = [
    pytest.param(CALLS, "code_rows = 1", ("cp949", 404, 1), "경찰서", {3: "강남", 4: "강동", 405: "혜화"}, id="codes"),
    pytest.param(NATIONAL, "", ("cp949", 31, 0), "경찰서", {2: "서울중부", 32: "서울수서"}, id="national"),
    pytest.param(SEOUL, "", ("cp949", 31, 0), "2024년", {2: "496", 32: "677"}, id="Seoul"),
    pytest.param(
        ALONE,
        'header_rows = 4\nwhere = [{ column = "동별(3)", not_in = ["소계"] }]',
        ("utf-8-sig", 455, 26),
        "2024 / 합계 / 계 / 여",
        {7: "344", 8: "119", 459: "373"},
        id="four rows of headings",
    ),
    pytest.param(
        PEOPLE,
        'header_rows = 3\nwhere = [{ column = "자치구", not_in = ["합계"] }]',
        ("xls", 26, 1),
        "인구 / 등록외국인 / 여자",
        {5: "5167", 6: "4794", 29: "2275"},
        id="XLS",
    ),
    pytest.param(
        EMERGENCIES,
        "header_row = 2",
        ("xlsx", 31, 0),
        "비긴급",
        {3: "15187", 33: "25152"},
        id="XLSX openpyxl cannot open",
    ),
    pytest.param(
        "dc_inventory/agency_participants_fy18.csv",
        "",
        ("utf-8", 99, 0),
        "AGENCY_NAME",
        {2: "Commission on Fathers, Men and Boys"},
        id="District, agencies",
    ),
    pytest.param(
        "us_federal/fedscope_employment_by_agency_subagency_202503_and_202409.txt",
        'where = [{ column = "DATECODE", in = ["202503"] }, { column = "AGYT", first_per = true }]',
        ("utf-8", 1016, 900),
        "AGYT",
        {2: "DEPARTMENT OF VETERANS AFFAIRS"},
        id="TSV, the first row of each agency",
    ),
    pytest.param(
        "us_federal/datagov_counts_by_agency_2017-2019.csv",
        'where = [{ column = "agency", same_as = "parent_agency" }]',
        ("utf-8", 942, 776),
        "record_count",
        {2: "1429"},
        id="portal, agencies that are their own parents",
    ),
    pytest.param(
        "us_federal/ai_use_cases_2025.csv", "", ("utf-8-sig", 3611, 0), "id", {2: "CFTC-003"}, id="cells of many lines"
    ),
    pytest.param(
        "korea_catalogue/data_go_kr_file_catalogue.csv",
        "",
        ("utf-8-sig", 3143, 0),
        "목록명",
        {2: "법제처_법제업무편람"},
        id="catalogue",
    ),
]


@pytest.mark.parametrize(("file", "said", "counts", "column", "cells"), FILES)
def test_a_published_file_holds_what_a_person_sees(
    inputs: Path,
    tmp_path: Path,
    file: str,
    said: str,
    counts: tuple[str, int, int],
    column: str,
    cells: Mapping[int, str],
) -> None:
    source = f'[[source]]\nfile = "FILE"\nkind = "departments"\n{said}\n[source.columns]\n'
    source += f'unit_id = {{ digest_of = ["*"] }}\nname = {{ column = "{column}", one_line = true }}\n'
    source += 'peer_group = { constant = "g" }\nvalid_from = { constant = "2020-01-01" }\n'
    intake = staged(inputs, file, tmp_path / "in", source)
    (loaded,) = intake.staged.loaded
    names = {row: name for row, _, name, *_ in intake.origins("departments")}
    assert (loaded.encoding, loaded.received, loaded.set_aside) == counts
    assert {row: names.get(row) for row in cells} == cells


def test_the_other_inventories_of_the_district_are_read_whole(inputs: Path, tmp_path: Path) -> None:
    for number, (file, column, rows) in enumerate(
        [("dataset_inventory_fy18", "DATASET_NAME", 1640), ("dataset_inventory_fy19", "DATASETNAME", 1779),
         ("retired_fy19", "DATASETNAME", 16)]
    ):  # fmt: skip
        source = '[[source]]\nfile = "FILE"\nkind = "departments"\n[source.columns]\nunit_id = { digest_of = ["*"] }\n'
        source += f'name = "{column}"\npeer_group = {{ constant = "g" }}\nvalid_from = {{ constant = "2020-01-01" }}\n'
        intake = staged(inputs, f"dc_inventory/{file}.csv", tmp_path / str(number), source)
        assert intake.staged.loaded[0].received == rows


HEADCOUNT = """
[[source]]
file = "FILE"
kind = "departments"
[source.columns]
unit_id = "경찰서"
name = "경찰서"
peer_group = "시도청"
valid_from = { constant = "2020-01-01" }

[[source]]
file = "FILE"
kind = "headcount"
[source.columns]
unit_id = { column = "경찰서", unit_by = "name" }
as_of = { constant = "2023-12-31" }
part = { constant = "경찰" }
authorised = { column = "경찰 정원", numbers = "written" }
"""


def test_a_list_of_police_stations_becomes_departments_and_their_headcount(inputs: Path, tmp_path: Path) -> None:
    intake = staged(inputs, NATIONAL, tmp_path / "in", HEADCOUNT)
    headcount = {unit: authorised for unit, _, _, authorised, _ in intake.records["headcount"]}
    assert (len(headcount), intake.rejects) == (31, [])
    assert (headcount["서울중부"], headcount["서울용산"], headcount["서울수서"]) == (502, 798, 667)

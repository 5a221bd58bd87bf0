"""Workbooks: whatever sheet, row and column the table stands in, its cells arrive as a person would write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZipFile

import pytest
from xlsxwriter.worksheet import Worksheet

from etl.errors import UnreadableInput
from etl.intake.cell_errors import errors_of_sheet
from etl.intake.proposing.sampling import sample
from etl.intake.spreadsheets import open_sheet
from etl.intake.tables import MOST_COLUMNS, Layout, TextTable
from tests.intake.received import take_in, write
from tests.intake.workbooks import ods, rows_of, xlsx

HEADER = ("unit_id", "name", "peer_group", "valid_from")
FIRST, SECOND = ("A1", "기획과", "line", date(2020, 1, 1)), ("B2", "안전과", "town", "2020-01-01")
TABLE = rows_of(1, HEADER, FIRST, SECOND)
SOURCE = '[[source]]\nfile = "{}"\nkind = "departments"\n'


def opened(content: bytes, folder: Path, layout: Layout | None = None) -> tuple[TextTable, list[list[str]]]:
    """The table of a workbook, and the rows of its copy: the number, then the cells."""
    received, job = folder / "received", folder / "job"
    received.write_bytes(content)
    job.mkdir()
    table = open_sheet(received, "received", layout or Layout(), job)
    with table.path.open(encoding="utf-8", newline="") as stream:
        return table, list(csv.reader(stream))


PLACES = [
    pytest.param(xlsx({"부서": TABLE}), "", 0, id="XLSX"),
    pytest.param(xlsx({"표지": {}, "부서": TABLE}), "", 0, id="an empty sheet in front"),
    pytest.param(xlsx({"메모": {"A1": "메모"}, "부서": TABLE}), 'sheet = "부서"', 0, id="a sheet by name"),
    pytest.param(xlsx({"부서": rows_of(4, HEADER, FIRST, SECOND)}), "header_row = 4", 3, id="blank first rows"),
    pytest.param(xlsx({"부서": {"A1": "현황", **rows_of(3, HEADER, FIRST, SECOND)}}), "header_row = 3", 2,
                 id="a title"),
    pytest.param(xlsx({"부서": rows_of(1, HEADER, FIRST, SECOND, column="C")}), "", 0, id="blank first columns"),
    pytest.param(xlsx({"부서": {"A1": "현황", **rows_of(2, HEADER, FIRST, SECOND, column="C")}}), "header_row = 2", 1,
                 id="a title above blank first columns"),
    pytest.param(xlsx({"부서": {**TABLE, "H1": "", "Z9": ""}}), "", 0, id="cells of nothing at the edge"),
    pytest.param(xlsx({"부서": TABLE}, is_1904=True), "", 0, id="the 1904 date system"),
    pytest.param(xlsx({"a'b & <c>": TABLE}), 'sheet = "a\'b & <c>"', 0, id="signs in the name of a sheet"),
    pytest.param(ods([HEADER, *((*row[:3], str(row[3])) for row in (FIRST, SECOND))]), "", 0, id="ODS"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said", "above"), PLACES)
def test_the_same_records_are_read_wherever_the_table_stands_and_whatever_the_file_is_called(
    tmp_path: Path, content: bytes, said: str, above: int
) -> None:
    intake = take_in(write(tmp_path / "in", {"부서.csv": content}, SOURCE.format("부서.csv") + said))
    assert [
        (row, code, name, group, str(day)) for row, code, name, _, group, day, *_ in intake.origins("departments")
    ] == [
        (2 + above, "A1", "기획과", "line", "2020-01-01"),
        (3 + above, "B2", "안전과", "town", "2020-01-01"),
    ]


def test_a_text_file_called_xlsx_is_read_as_text(tmp_path: Path) -> None:
    content = "unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\n".encode("cp949")
    intake = take_in(write(tmp_path / "in", {"departments.xlsx": content}, SOURCE.format("departments.xlsx")))
    assert intake.loaded["departments.xlsx"].encoding == "cp949"
    assert len(intake.records["departments"]) == 1


VALUES: Mapping[str, tuple[object, str]] = {
    "a whole number": (3.0, "3"),
    "a decimal": (0.1, "0.1"),
    "a share shown in percent": ((0.125, "0.0%"), "0.125"),
    "a duration of more than a day": ((26.5 / 24, "[h]:mm"), "26:30:00"),
    "a serial shown as a day": ((45718, "yyyy. m. d."), "2025-03-02"),
    "a large number": (1e20, "100000000000000000000"),
    "a small number": (1e-7, "0.0000001"),
    "a negative number": (-2.5, "-2.5"),
    "true": (True, "TRUE"),
    "false": (False, "FALSE"),
    "a day": (datetime.fromisoformat("2025-03-02"), "2025-03-02"),
    "a day with its time": (datetime.fromisoformat("2025-03-02 09:30"), "2025-03-02 09:30:00"),
    "a time": (time(9, 30), "09:30:00"),
    "an error": ("=NA()=#N/A", "#N/A"),
    "another error": ("=1/0=#DIV/0!", "#DIV/0!"),
    "a text of two lines": ("두\n줄", "두\n줄"),
    "a text with quotes": ('그는 "예"라고', '그는 "예"라고'),
    "digits as text": ("007", "007"),
    "signs of XML": ("<a> & 'b'", "<a> & 'b'"),
}


def test_every_kind_of_cell_arrives_as_a_person_would_write_it(tmp_path: Path) -> None:
    rows = [("kind", "value"), *((kind, value) for kind, (value, _) in VALUES.items())]
    _, copied = opened(xlsx({"값": rows_of(1, *rows)}), tmp_path)
    assert {kind: value for _, kind, value in copied} == {kind: text for kind, (_, text) in VALUES.items()}


def test_errors_far_apart_in_a_large_sheet_are_all_found() -> None:
    numbers = range(1, 60_001)
    cells = (
        f'<row r="{row}"><c r="AB{row}" t="{"e" if row % 9_999 == 0 else "n"}"><v>#N/A</v></c></row>' for row in numbers
    )
    padded = (f"{cell}{' ' * 100}" for cell in cells)
    package = io.BytesIO(xlsx({"값": {}}))
    with ZipFile(package, "a") as parts, pytest.warns(UserWarning, match="Duplicate name"):
        parts.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{''.join(padded)}</sheetData></worksheet>")
    assert errors_of_sheet(package, "값") == {9_999 * turn: {27: "#N/A"} for turn in range(1, 7)}


def test_an_error_is_rejected_by_the_contract_and_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    rows = rows_of(1, ("unit_id", "as_of", "part", "authorised"), ("A1", "2021-01-01", "1", "=NA()=#N/A"))
    files = {"departments.xlsx": xlsx({"부서": TABLE}), "headcount.xlsx": xlsx({"정원": rows})}
    sources = SOURCE.format("departments.xlsx") + '[[source]]\nfile = "headcount.xlsx"\nkind = "headcount"\n'
    intake = take_in(write(tmp_path / "in", files, sources))
    assert intake.rejects == [("headcount.xlsx", 2, "authorised", "not_an_integer", "#N/A")]


def test_merged_headings_over_two_rows_become_one_heading_a_column(tmp_path: Path) -> None:
    cells = {
        "A1": "부서",
        "B1": "교육",
        "B2": "과정",
        "C2": "시간",
        "D1": "비고",
        "A3": "기획과",
        "B3": "엑셀",
        "C3": 4,
    }

    def merge(sheets: Mapping[str, Worksheet]) -> None:
        for area, heading in (("A1:A2", "부서"), ("B1:C1", "교육"), ("D1:D2", "비고")):
            sheets["현황"].merge_range(area, heading)

    table, copied = opened(xlsx({"현황": cells}, after=merge), tmp_path, Layout(header_rows=2))
    assert table.header == ("부서", "교육 / 과정", "교육 / 시간", "비고")
    assert copied == [["3", "기획과", "엑셀", "4", ""]]


def test_blank_rows_are_passed_over_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    table, copied = opened(xlsx({"a": {"A1": "x", "A3": "1", "A7": "2"}}), tmp_path)
    assert [cells[0] for cells in copied] == ["3", "7"]
    assert (table.rows, table.misfits) == (2, ())


def test_columns_without_headings_at_the_edge_are_left_out_where_there_are_too_many(tmp_path: Path) -> None:
    far = xlsx({"a": {"A1": "x", "A2": "1", "XFD1": " ", "A3": "2", "XFD3": "note"}})
    table, copied = opened(far, tmp_path)
    assert (table.header, copied) == (("x",), [["2", "1"]])
    assert [(misfit.row, misfit.cells) for misfit in table.misfits] == [(3, 16_384)]


def hide(sheets: Mapping[str, Worksheet]) -> None:
    sheets["숨김"].hide()


REFUSED = [
    pytest.param(xlsx({"a": {}, "숨김": TABLE}, after=hide), Layout(), "sheets_empty", "숨김 (hidden)", id="hidden"),
    pytest.param(xlsx({"a": TABLE, "숨김": {}}, after=hide), Layout(sheet="b"), "sheet_not_found", "a, 숨김 (hidden)",
                 id="no such sheet"),
    pytest.param(xlsx({"a": {"A1": "x", "B1": "x"}}), Layout(), "columns_repeated", "x", id="a heading twice"),
    pytest.param(xlsx({"a": TABLE}), Layout(header_row=9), "no_header", "9", id="a header row below the end"),
    pytest.param(xlsx({"a": TABLE}), Layout(fill_down=("x",)), "column_not_in_file", "x", id="nothing to fill"),
    pytest.param(xlsx({"a": rows_of(1, [f"c{at}" for at in range(26)])} | {"b": {}}), Layout(sheet="b"), "no_header",
                 "1", id="an empty sheet by name"),
    pytest.param(b"PK\x03\x04 and nothing more", Layout(), "workbook_not_readable", "received", id="cut off"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "layout", "code", "named"), REFUSED)
def test_a_sheet_that_cannot_be_used_says_why(
    tmp_path: Path, content: bytes, layout: Layout, code: str, named: str
) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        opened(content, tmp_path, layout)
    (fault,) = refusal.value.faults
    assert fault.code == code
    assert named in fault.text("ko")
    assert named in fault.text("en")


def test_too_many_headings_are_refused_with_their_number(tmp_path: Path) -> None:
    def many(sheets: Mapping[str, Worksheet]) -> None:
        for column in range(MOST_COLUMNS + 1):
            sheets["a"].write(0, column, f"c{column}")

    with pytest.raises(UnreadableInput, match="1001 columns"):
        opened(xlsx({"a": {}}, after=many), tmp_path)


COVER = {"B2": "데이터셋 개방 실적", "B4": "2021. 12. 31.", "B6": "총괄부서"}
LISTED = rows_of(1, ("목록키", "목록명", "등록일"), ("1", "주차장", "2021-03-02"))


@pytest.mark.parametrize(
    ("sheets", "read"),
    [
        ({"표지": COVER, "자료 (1)": LISTED}, "자료 (1)"),
        ({"빈 시트": {}, "자료": LISTED, "코드": LISTED}, "자료"),
        ({"표지": COVER}, "표지"),
        ({"표지": COVER, "이름": {"A1": "목록키", "A2": "1"}}, "표지"),
    ],
)
def test_the_sheet_proposed_is_the_first_that_looks_like_a_table(
    tmp_path: Path, sheets: Mapping[str, Mapping[str, object]], read: str
) -> None:
    (tmp_path / "received.xlsx").write_bytes(xlsx(sheets))
    assert sample(tmp_path / "received.xlsx", "received.xlsx").sheet == read

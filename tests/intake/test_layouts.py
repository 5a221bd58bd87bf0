"""Tables among titles, rows of codes, subtotals and footnotes, under several rows of headings, with merged cells."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import UnreadableInput
from etl.intake.copies import write_copy
from etl.intake.formats import TextForm, open_text_table, rewrite
from etl.intake.layouts import headings
from etl.intake.tables import Layout, TextTable
from tests.intake.received import DEPARTMENTS, Intake, take_in, write

HEADINGS = [
    pytest.param([["부서", "교육", ""], ["", "과정", "시간"]], ("부서", "교육 / 과정", "교육 / 시간"), id="across"),
    pytest.param([["부서", ""], ["", "과정"]], ("부서", "과정"), id="a heading merged down lends nothing to its right"),
    pytest.param([["부서", "교육"], ["부서", "과정"]], ("부서", "교육 / 과정"), id="written into every merged cell"),
    pytest.param([["인구", "", "", ""], ["남", "", "여", ""], ["계", "한국인", "계", "한국인"]],
                 ("인구 / 남 / 계", "인구 / 남 / 한국인", "인구 / 여 / 계", "인구 / 여 / 한국인"), id="three rows"),
    pytest.param([["가", "", "나", ""], ["x", "", "", ""], ["p", "q", "r", "s"]],
                 ("가 / x / p", "가 / x / q", "나 / r", "나 / s"), id="a lower heading ends where the upper one does"),
    pytest.param([["인구"], ["합계"], ["계"]], ("인구 / 합계 / 계",), id="down one column"),
    pytest.param([["계", ""], ["", "계"], ["계", "남"]], ("계", "계 / 남"), id="equal parts once"),
    pytest.param([["교육", "", ""], ["과정", "시간", ""]], ("교육 / 과정", "교육 / 시간", ""), id="an empty column"),
    pytest.param([["교육\n(연간)", " 시간 "]], ("교육 (연간)", "시간"), id="on one line"),
    pytest.param([["부서"], ["", "과정"]], ("부서", "과정"), id="rows of other lengths"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "header"), HEADINGS)
def test_several_rows_of_headings_become_one(rows: list[list[str]], header: tuple[str, ...]) -> None:
    assert headings(rows) == header


LIST = """\
정원 현황,,,
(2025. 3. 2. 기준),,,
시도,과,정원,
,,인가,실제
SIDO,DEPT,QUOTA,ACT
서울,A1,10,9
,B2,20,18
,소계,30,27
부산,A1,1,1

,B2,2,2
합계,,33,30
※ 정원은 인가 정원입니다,,,
"""
SAID = """
header_row = 3
header_rows = 2
code_rows = 1
fill_down = ["시도"]
where = [{ column = "과", not_in = ["소계"] }, { column = "과", blank = false }]
[source.columns]
unit_id = "과"
part = "시도"
as_of = { constant = "2025-03-02" }
authorised = "정원 / 인가"
actual = "정원 / 실제"
"""
SOURCES = (
    '[[source]]\nfile = "departments.csv"\nkind = "departments"\n\n[[source]]\nfile = "h.csv"\nkind = "headcount"\n'
)


def staged(folder: Path, content: bytes, said: str) -> Intake:
    files: dict[str, str | bytes] = {"departments.csv": DEPARTMENTS, "h.csv": content}
    return take_in(write(folder / "in", files, SOURCES + said))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_table_among_titles_codes_subtotals_and_footnotes_is_read(tmp_path: Path, encoding: str) -> None:
    intake = staged(tmp_path, LIST.encode(encoding), SAID)
    assert [
        (row, unit, part, authorised, actual) for row, unit, _, part, authorised, actual in intake.origins("headcount")
    ] == [
        (9, "A1", "부산", 1, 1),
        (6, "A1", "서울", 10, 9),
        (11, "B2", "부산", 2, 2),
        (7, "B2", "서울", 20, 18),
    ]
    loaded = intake.loaded["h.csv"]
    assert (loaded.received, loaded.staged, loaded.rejected, loaded.set_aside) == (8, 4, 0, 4)


def test_without_merged_cells_the_received_file_itself_is_read(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text(LIST.replace("\n\n", "\n"), encoding="utf-8")
    (tmp_path / "job").mkdir()
    layout = Layout(header_row=3, header_rows=2, code_rows=1)
    table = open_text_table(tmp_path / "h.csv", "h.csv", tmp_path / "job", TextForm(), layout)
    assert (table.path, table.header_row, table.rows, table.passed_over) == (tmp_path / "h.csv", 5, 7, 1)
    assert table.header == ("시도", "과", "정원 / 인가", "정원 / 실제")


def test_a_table_that_is_a_copy_already_is_not_copied_onto_itself(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("제목\n시도,값\n서울,1\n,2\n", encoding="utf-8")
    layout = Layout(header_row=2, fill_down=("시도",))
    table = open_text_table(tmp_path / "h.csv", "h.csv", tmp_path, TextForm(), layout)
    assert rewrite(table, layout, tmp_path) == table
    assert table.path.read_text(encoding="utf-8") == '"3","서울","1"\n"4","서울","2"\n'


def test_a_new_text_of_an_outer_column_begins_the_inner_ones_anew(tmp_path: Path) -> None:
    rows = "시도,구,값\n서울,종로,1\n,,2\n,중구,3\n부산,,4\n,북구,5\n,,6\n"
    (tmp_path / "h.csv").write_text(rows, encoding="utf-8")
    layout = Layout(fill_down=("시도", "구"))
    table = open_text_table(tmp_path / "h.csv", "h.csv", tmp_path, TextForm(), layout)
    with table.path.open(encoding="utf-8", newline="") as stream:
        assert ["".join(cells[1:]) for cells in csv.reader(stream)] == [
            *("서울종로1", "서울종로2", "서울중구3", "부산4", "부산북구5", "부산북구6")
        ]


WHERES = [
    pytest.param('{ column = "id", first_per = true }', [2, 4, 5, 6], id="the first of each text, and all without one"),
    pytest.param(
        '{ column = "id", first_per = true }, { column = "상태", in = ["개방"] }', [3, 4], id="of those asked for"
    ),
    pytest.param('{ column = "이름", same_as = "기관" }', [4, 5], id="the same text in two columns"),
]
OPENED = "id,상태,이름,기관\n1,중지,가,나\n1,개방,다,나\n2,개방,라,라 \n,중지,,\n,중지,마,바\n1,개방,사,나\n"


@pytest.mark.parametrize("blank_line", ["", "\n"])
@pytest.mark.parametrize(("where", "rows"), WHERES)
def test_rows_are_chosen_by_the_first_of_a_text_and_by_two_columns_that_agree(
    tmp_path: Path, where: str, rows: list[int], blank_line: str
) -> None:
    source = f'[[source]]\nfile = "d.csv"\nkind = "departments"\nwhere = [{where}]\n[source.columns]\n'
    source += 'unit_id = { digest_of = ["*"] }\nname = { constant = "과" }\npeer_group = { constant = "g" }\n'
    source += 'valid_from = { constant = "2020-01-01" }\n'
    intake = take_in(write(tmp_path / "in", {"d.csv": OPENED + blank_line}, source))
    found = {row for row, *_ in intake.origins("departments")} | {row for row, _, _ in intake.reasons("d.csv")}
    blank = {5} if intake.loaded["d.csv"].received == 6 and 5 in rows else set()
    assert found | blank == set(rows)


# Copies -------------------------------------------------------------------------------------------------------------


class LastColumnOnly:
    """Conceals everything but the last column."""

    def header(self, received: tuple[str, ...]) -> tuple[str, ...]:
        return received[-1:]

    def row(self, cells: list[str]) -> list[str]:
        return cells[-1:]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_what_is_concealed_reaches_no_file_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    received, job = tmp_path / "in.csv", tmp_path / "job"
    job.mkdir()
    rows = "성명,사번,과정\n홍보관,7001,엑셀\n홍보관,7002\n기획관,7003,통계,7004\n"
    received.write_bytes(rows.encode(encoding))
    table = open_text_table(received, "in.csv", job, TextForm(), Layout(), LastColumnOnly())
    written = b"".join(file.read_bytes() for file in job.rglob("*") if file.is_file())
    assert (table.header, written.decode()) == (("과정",), '"2","엑셀"\n')
    assert [(misfit.row, misfit.cells, misfit.text) for misfit in table.misfits] == [(3, 2, None), (4, 4, None)]


@settings(max_examples=30)
@given(rows=st.lists(st.lists(st.text("가a\"',;\n\r\t ", max_size=6), min_size=2, max_size=2)))
def test_a_copy_holds_every_cell_as_it_was(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        file = TextTable("in.csv", Path("in.csv"), ",", ("a", "b"), 0, "utf-8", "", None)
        table = write_copy(enumerate(map(list, rows), start=2), file, Path(folder))
        with table.path.open(encoding="utf-8", newline="") as stream:
            assert list(csv.reader(stream)) == [[str(row), *cells] for row, cells in enumerate(rows, start=2)]
    assert table.rows == len(rows)


FAULTS = [
    pytest.param("a,a\nb,b\n", Layout(header_rows=2), "columns_repeated", id="one heading twice when joined"),
    pytest.param("\n\n1,2\n", Layout(header_rows=2), "no_header", id="blank rows for headings"),
    pytest.param("a,b\n1,2\n", Layout(fill_down=("c",)), "column_not_in_file", id="a column to fill that is not there"),
    pytest.param('a,b\n"c,d\n1,2\n', Layout(header_rows=2), "quote_not_closed", id="a heading unclosed"),
    pytest.param('a,b\n"c,d\n1,2\n', Layout(code_rows=1), "quote_not_closed", id="a code unclosed"),
]


@pytest.mark.parametrize(("content", "layout", "code"), FAULTS)
def test_headings_that_cannot_name_columns_are_refused(tmp_path: Path, content: str, layout: Layout, code: str) -> None:
    (tmp_path / "in.csv").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInput) as refusal:
        open_text_table(tmp_path / "in.csv", "in.csv", tmp_path, TextForm(), layout)
    assert {fault.code for fault in refusal.value.faults} == {code}


@pytest.mark.parametrize("layout", [Layout(code_rows=3), Layout(header_rows=2, fill_down=("a / c",))])
def test_a_table_may_end_with_its_headings_or_codes(tmp_path: Path, layout: Layout) -> None:
    (tmp_path / "in.csv").write_text("a,b\nc,\n", encoding="utf-8")
    assert open_text_table(tmp_path / "in.csv", "in.csv", tmp_path, TextForm(), layout).rows == 0


def test_more_than_a_thousand_columns_are_read_where_those_at_the_edge_have_no_heading(tmp_path: Path) -> None:
    wide = f"a,b{',' * 16_000}\n1,2{',' * 16_000}\n3,4{',' * 15_999},x\n"
    source = '[[source]]\nfile = "d.csv"\nkind = "departments"\n[source.columns]\nunit_id = "a"\nname = "b"\n'
    source += 'peer_group = { constant = "g" }\nvalid_from = { constant = "2020-01-01" }\n'
    intake = take_in(write(tmp_path / "in", {"d.csv": wide}, source))
    assert [record[:2] for record in intake.records["departments"]] == [("1", "2")]
    assert intake.reasons("d.csv") == {(3, "*", "wrong_number_of_cells")}

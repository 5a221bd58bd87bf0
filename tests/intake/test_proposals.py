"""A file nobody described: where its table stands, what its columns mean, and what somebody still has to decide."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from etl.errors import UnreadableInput, UsageError
from etl.intake.mapping import SOURCES, parse_sources, read_sources
from etl.intake.proposals import Proposal, add_to_sources, checked, propose, propose_all, unmentioned
from etl.intake.proposing.layout import Found, find_layout
from etl.intake.proposing.sampling import sample
from tests.intake.received import DEPARTMENTS, take_in, write

INPUTS = Path(__file__).parent.parent.parent.parent / "shared" / "inputs"


def found_in(folder: Path, content: str | bytes) -> Found:
    """The table in a text file of this content."""
    write(folder, {"f.csv": content})
    return find_layout(sample(folder / "f.csv", "f.csv"))


def proposed(folder: Path, content: str | bytes, **asked: Any) -> Proposal:
    write(folder, {"f.csv": content})
    return propose(folder, "f.csv", **asked)


def codes(proposal: Proposal) -> set[str]:
    return {finding.code for finding in proposal.findings}


def asked(proposal: Proposal) -> set[str]:
    return {question.code for question in proposal.questions}


# Where the table stands ---------------------------------------------------------------------------------------------

LAYOUTS = [
    pytest.param("부서,정원\n기획과,3\n교통과,4\n", (1, 1, 0), ("부서", "정원"), 2, id="a plain table"),
    pytest.param("현황,\n,\n부서,정원\n기획과,3\n교통과,4\n", (3, 1, 0), ("부서", "정원"), 2, id="titles above"),
    pytest.param("부서,정원\nDEPT_NM,CNT\n기획과,3\n교통과,4\n", (1, 1, 1), ("부서", "정원"), 2, id="field codes"),
    pytest.param("부서,정원\n,(명)\n기획과,3\n교통과,4\n", (1, 1, 1), ("부서", "정원"), 2, id="units"),
    pytest.param(
        "부서,인원,,교육\n,정원,현원,시간\n기획과,3,2,1\n교통과,4,4,2\n",
        (1, 2, 0),
        ("부서", "인원 / 정원", "인원 / 현원", "교육 / 시간"),
        2,
        id="merged headings",
    ),
    pytest.param(
        "부서,2023,2024\n부서,계,계\n기획과,3,2\n교통과,4,4\n",
        (1, 2, 0),
        ("부서", "2023 / 계", "2024 / 계"),
        2,
        id="years for headings",
    ),
    pytest.param("이름,사는 곳\n가,나\n다,라\n", (1, 1, 0), ("이름", "사는 곳"), 2, id="words alone"),
]


@pytest.mark.parametrize(("content", "layout", "headings", "rows"), LAYOUTS)
def test_the_table_is_found(
    tmp_path: Path, content: str, layout: tuple[int, int, int], headings: tuple[str, ...], rows: int
) -> None:
    found = found_in(tmp_path, content)
    assert (found.layout.header_row, found.layout.header_rows, found.layout.code_rows) == layout
    assert found.headings == headings
    assert len(found.rows) == rows


def test_subtotals_and_footnotes_are_left_out(tmp_path: Path) -> None:
    content = "국,과,정원\n가국,소계,7\n가국,기획과,3\n가국,교통과,4\n합계,,7\n※ 2025년 기준,,\n"
    found = found_in(tmp_path, content)
    assert set(found.conditions) == {("과", ("소계",)), ("국", ("합계",)), ("정원", ())}
    assert [row for row, _ in found.rows] == [3, 4]
    told = {finding.code: finding.facts for finding in found.findings}
    assert told["proposal_footnotes"]["rows"] == "6"


def test_a_subtotal_that_only_reads_like_one_stays(tmp_path: Path) -> None:
    found = found_in(tmp_path, "과,정원\n합계관리과,3\n통계과,4\n")
    assert not found.conditions
    assert len(found.rows) == 2


def test_cells_merged_down_the_side_are_filled_from_above(tmp_path: Path) -> None:
    found = found_in(tmp_path, "국,과,정원\n가국,기획과,3\n,교통과,4\n,안전과,1\n나국,복지과,2\n,보건과,5\n")
    assert found.layout.fill_down == ("국",)


def test_a_column_that_is_merely_sparse_is_not_filled_from_above(tmp_path: Path) -> None:
    found = found_in(tmp_path, "과,비고,정원\n기획과,신설,3\n교통과,,4\n안전과,,1\n복지과,,2\n")
    assert found.layout.fill_down == ()


def test_a_file_without_headings_is_a_question(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "1,2,3\n4,5,6\n7,8,9\n")
    assert "proposal_no_header" in asked(proposal)
    assert checked(proposal) == ()


FORMS = [
    pytest.param("부서,정원\n기획과,3\n".encode("utf-8-sig"), "utf-8-sig", ",", id="UTF-8 with its mark"),
    pytest.param("부서\t정원\n기획과\t3\n".encode(), "utf-8", "\t", id="tabs"),
    pytest.param("부서;정원\n기획과;3,5\n교통과;4,5\n".encode(), "utf-8", ";", id="semicolons with commas in cells"),
    pytest.param("부서,정원\n기획과,3\n".encode("cp949"), "cp949", ",", id="CP949"),
    pytest.param("부서,정원\n기획과,3\n".encode("utf-16"), "utf-16", ",", id="UTF-16"),
]


@pytest.mark.parametrize(("content", "encoding", "delimiter"), FORMS)
def test_encoding_and_delimiter_are_found(tmp_path: Path, content: bytes, encoding: str, delimiter: str) -> None:
    write(tmp_path, {"f.csv": content})
    seen = sample(tmp_path / "f.csv", "f.csv")
    assert (seen.encoding, seen.delimiter) == (encoding, delimiter)


def test_bytes_in_no_known_encoding_are_a_question(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, b"name,r\xe9gion\xff\nParis,\xcele\xff\n")
    assert "proposal_no_encoding" in asked(proposal)


BAD = [
    pytest.param(b"", "file_empty", id="nothing in it"),
    pytest.param(b"a,b\x00\n1,2\n", "file_is_not_text", id="no text"),
    pytest.param(b"PK\x03\x04 and no workbook", "file_damaged", id="no workbook"),
]


@pytest.mark.parametrize(("content", "code"), BAD)
def test_a_file_that_cannot_be_read_is_told_beside_the_proposals_of_others(
    tmp_path: Path, content: bytes, code: str
) -> None:
    write(tmp_path, {"bad.csv": content, "good.csv": "부서코드,부서명,평가군,시작일\n1,기획과,a,2020-01-01\n"})
    proposals, faults = propose_all(tmp_path)
    assert [proposal.file for proposal in proposals] == ["good.csv"]
    assert [(fault.where, fault.code) for fault in faults] == [("bad.csv", code)]


def test_a_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "in", {"x.csv": "a\n"})
    write(tmp_path, {"out.csv": "a,b\n1,2\n"})
    with pytest.raises(UnreadableInput, match="leads out"):
        propose(tmp_path / "in", "../out.csv")


def test_a_circle_of_links_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(UnreadableInput, match="not there"):
        propose(tmp_path, "a.csv")


# From proposal to records -------------------------------------------------------------------------------------------

ROSTER = "부서코드,부서명,평가군,시작일\n001,기획과,지원,2020-01-01\n002,교통과,사업,2020-01-01\n"
LIST = """개방 현황 (합성 예시),,,,
연번,목록키,데이터셋명,담당부서,등록일
1,D-1,버스 정류장,교통과,2021. 3. 2.
2,D-2,예산서,기획과,2021. 11. 30.
합계,,2,,
"""


def test_what_is_proposed_loads_as_it_was_understood(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"부서.csv": ROSTER, "목록.csv": LIST.encode("cp949")})
    proposals, _ = propose_all(folder)
    assert not [question for proposal in proposals for question in proposal.questions]
    add_to_sources(folder, proposals)
    intake = take_in(folder)
    assert [tuple(map(str, row[:4])) for row in intake.records["datasets"]] == [
        ("D-1", "002", "버스 정류장", "2021-03-02"),
        ("D-2", "001", "예산서", "2021-11-30"),
    ]
    assert intake.rejects == []
    assert intake.loaded["목록.csv"].set_aside == 1


def test_the_preview_is_what_is_read_later(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"목록.csv": LIST})
    (preview,) = propose(folder, "목록.csv").previews
    rows = [dict(zip(preview.columns, row, strict=True)) for row in preview.rows]
    assert [(row["dataset_id"], row["unit_id"], row["opened_on"]) for row in rows] == [
        ("D-1", "교통과", "2021-03-02"),
        ("D-2", "기획과", "2021-11-30"),
    ]


def test_entries_are_added_and_nothing_that_stands_there_changes(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.csv": DEPARTMENTS, "부서.csv": ROSTER})
    before = "# 손으로 쓴 줄\nversion = 1\n[[source]]\nfile = 'a.csv'\nkind = 'departments'"
    (folder / SOURCES).write_text(before, encoding="utf-8")
    add_to_sources(folder, propose_all(folder)[0])
    after = (folder / SOURCES).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [source.file for source in read_sources(folder)] == ["a.csv", "부서.csv"]


def test_files_read_by_their_names_alone_are_still_read_once_there_is_a_sources_toml(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "목록.csv": LIST})
    add_to_sources(folder, propose_all(folder)[0])
    assert [source.file for source in read_sources(folder)] == ["departments.csv", "목록.csv"]


def test_a_file_of_unknown_kind_becomes_a_remark_and_spoils_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "x.csv": "가나,다라\n마,바\n"})
    (proposal,) = propose_all(folder)[0]
    assert "proposal_no_kind" in asked(proposal)
    add_to_sources(folder, [proposal])
    assert [source.file for source in read_sources(folder)] == ["departments.csv"]


def test_only_tables_that_no_source_mentions_are_looked_at(tmp_path: Path) -> None:
    files = dict.fromkeys(["b.csv", "a.xlsx", ".hidden.csv", "~$a.xlsx", "README.txt", "x.pdf", "departments.csv"], "")
    folder = write(tmp_path / "in", files)
    (folder / "folder.csv").mkdir()
    assert unmentioned(folder, read_sources(folder)) == ("a.xlsx", "b.csv")


def test_a_file_that_has_an_entry_is_looked_at_again_only_for_another_kind(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS})
    with pytest.raises(UsageError, match="mentions this file already"):
        propose_all(folder, ["departments.csv"])
    (proposal,), _ = propose_all(folder, ["departments.csv"], ["aliases"])
    assert proposal.entries[0].source.kind == "aliases"


def test_a_kind_that_does_not_exist_is_a_fault_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no kind of record 'dataset'"):
        propose_all(write(tmp_path / "in", {"x.csv": "a,b\n"}), [], ["dataset"])


HEADINGS = [
    pytest.param('제목 "x"', id="quotes"),
    pytest.param("제목\\", id="a backslash"),
    pytest.param("= 'a' # b", id="signs of TOML"),
    pytest.param('"\n[[source]]\nfile = "evil"\n"', id="a line break and a table"),
    pytest.param("제목\x07\x7f\u2028x", id="signs that are not seen"),
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_no_heading_or_cell_can_break_out_of_its_place(tmp_path: Path, heading: str) -> None:
    quoted = '"' + heading.replace('"', '""') + '"'
    content = f"과제명,주관부서,상태,과제번호,{quoted}\n가,기획과,{quoted},1,x\n나,교통과,완료,1,y\n"
    proposal = proposed(tmp_path, content)
    (source,) = parse_sources(f"version = 1\n{proposal.toml}".encode(), "t")
    assert source.kind == "analyses"
    assert source.file == "f.csv"


# Files that public bodies published ---------------------------------------------------------------------------------

REAL = [
    ("messy/cp949_two_header_rows_경찰서별_112_신고_출동현황.csv", "cp949", ",", (1, 1, 1), [], "figures"),
    ("messy/cp949_경찰청_전국 경찰서별 경찰관 현황_20231231.csv", "cp949", ",", (1, 1, 0), [], "headcount"),
    ("messy/cp949_서울특별시경찰청_경찰서별 경찰관 수 현황_20241231.csv", "cp949", ",", (1, 1, 0), [], None),
    ("messy/utf8bom_multirow_header_독거노인현황.csv", "utf-8-sig", ",", (1, 4, 0), [("동별(3)", ("소계",))], None),
    ("messy/xls_merged_header_population_in_Seoul.xls", "", ",", (1, 3, 0), [("자치구", ("합계",))], None),
    ("messy/xlsx_경찰서별 112신고 출동 현황.xlsx", "", ",", (2, 1, 0), [], None),
    ("korea_catalogue/data_go_kr_file_catalogue.csv", "utf-8-sig", ",", (1, 1, 0), [], "datasets"),
    ("us_federal/ai_use_cases_2025.csv", "utf-8-sig", ",", (1, 1, 0), [], "analyses"),
    ("us_federal/datagov_counts_by_agency_2017-2019.csv", "utf-8", ",", (1, 1, 0), [], "figures"),
    (
        "us_federal/fedscope_employment_by_agency_subagency_202503_and_202409.txt",
        "utf-8",
        "\t",
        (1, 1, 0),
        [],
        None,
    ),
    ("dc_inventory/agency_participants_fy18.csv", "utf-8", ",", (1, 1, 0), [], None),
    ("dc_inventory/dataset_inventory_fy18.csv", "utf-8", ",", (1, 1, 0), [], "datasets"),
    ("dc_inventory/dataset_inventory_fy19.csv", "utf-8", ",", (1, 1, 0), [], "datasets"),
    ("dc_inventory/retired_fy19.csv", "utf-8", ",", (1, 1, 0), [], "datasets"),
]


@pytest.mark.skipif(not INPUTS.is_dir(), reason="the files that public bodies published are not here")
@pytest.mark.parametrize(("file", "encoding", "delimiter", "layout", "left_out", "kind"), REAL)
def test_a_published_file_is_understood_as_a_person_would(
    file: str,
    encoding: str,
    delimiter: str,
    layout: tuple[int, int, int],
    left_out: list[tuple[str, tuple[str, ...]]],
    kind: str | None,
) -> None:
    path = INPUTS / file
    seen = sample(path, path.name)
    found = find_layout(seen)
    assert (seen.encoding, seen.delimiter) == (encoding, delimiter)
    assert (found.layout.header_row, found.layout.header_rows, found.layout.code_rows) == layout
    assert list(found.conditions) == left_out
    assert found.layout.fill_down == ()
    proposal = propose(path.parent, path.name)
    assert [source.kind for source in checked(proposal)] == ([kind] if kind else [])


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"\x20" * (600 << 20))
    with pytest.raises(UnreadableInput) as refusal:
        sample(tmp_path / "f.xlsx", "f.xlsx")
    assert {fault.code for fault in refusal.value.faults} == {"package_inflates"}


def test_a_file_of_headings_alone_is_told_so_and_no_share_of_its_cells(tmp_path: Path) -> None:
    told = {finding.code for finding in proposed(tmp_path, "목록키,목록명,등록일\n").findings}
    assert "proposal_column_unseen" in told
    assert not told & {"proposal_column_sure", "proposal_column_likely", "proposal_column_possible"}
    part = proposed(tmp_path, "목록키,목록명,등록일\n1,주차장,2021-03-02\n")
    assert "proposal_column_unseen" not in codes(part)

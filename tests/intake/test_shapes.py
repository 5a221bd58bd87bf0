"""Files of a known shape need no questions that were answered before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.contracts.records import RECORDS
from etl.intake.mapping import SOURCES, read_sources
from etl.intake.proposals import Proposal, add_to_sources, checked, propose, propose_all
from etl.intake.proposing.shapes import SHAPES, known_shapes, parse_shape, shape_of
from tests.intake.received import DEPARTMENTS, take_in, write

PORTAL = Path(__file__).parent.parent.parent.parent / "shared/inputs/korea_catalogue/data_go_kr_file_catalogue.csv"
PORTAL_HEADINGS = "목록키,목록명,제공기관,{unit},확장자(데이터포맷),다운로드_활용신청건수,등록일,수정일,조회수"
EVIDENCE = """2025년 교육 이수 증빙 (합성 예시),,,,,,
순번,부서명,성명,직급,교육기관명,교육명,수료일
1,기획과,가나다,6급,연수원,데이터 기초,2025. 3. 2.
2,안전과,라마바,7급,연수원,데이터 기초,2025. 3. 2.
3,안전과,가나다,7급,연수원,데이터 기초,2025. 4. 2.
※ 수료증은 따로 보관,,,,,,
"""


def told(proposal: Proposal) -> set[str]:
    return {finding.code for finding in proposal.findings}


@given(st.lists(st.text("가나Aa ㄱ", min_size=1, max_size=4), unique=True, max_size=5))
@settings(max_examples=50, deadline=None)
def test_neither_order_nor_blanks_nor_case_make_a_shape(headings: list[str]) -> None:
    altered = [f" {heading.casefold()} " for heading in reversed(headings)]
    assert shape_of(headings) == shape_of(altered)


def test_another_heading_makes_another_shape() -> None:
    assert shape_of(["가", "나"]) != shape_of(["가", "나", "다"])


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shape_that_ships_feeds_or_asks_for_every_column_its_contract_needs(path: Path) -> None:
    shape = parse_shape(path.read_bytes())
    assert shape.name.keys() == shape.about.keys() == {"ko", "en"}
    for one in shape.source:
        needed = {column for column, field in RECORDS[one.kind].model_fields.items() if field.is_required()}
        assert needed <= one.columns.keys() | {ask.column for ask in one.open}


def test_no_two_shapes_that_ship_claim_the_same_file() -> None:
    for shape in known_shapes():
        assert [other.name["en"] for other in known_shapes() if other.fits(shape.headings)] == [shape.name["en"]]


# An entry written before --------------------------------------------------------------------------------------------

FIRST = "2024 현황,,\n번호,이름,날\n1,가,2024. 3. 2.\n2,나,2024. 4. 2.\n"
ENTRY = """version = 1
[[source]]
file = "2024.csv"
kind = "datasets"
header_row = 2
[source.columns]
dataset_id = "번호"
title = "이름"
opened_on = { column = "날", dates = ["korean"] }
unit_id = { constant = "A1" }
[[source.where]]
column = "이름"
not_in = ["빈 행"]
"""


def with_an_entry(folder: Path) -> Path:
    write(folder, {"2024.csv": FIRST, "departments.csv": DEPARTMENTS})
    (folder / SOURCES).write_text(ENTRY, encoding="utf-8")
    return folder


NEXT = [
    pytest.param("번호,이름,날\n3,다,2025. 3. 2.\n4,라,2025. 4. 2.\n", 1, id="without the title"),
    pytest.param("현황,,\n,,\n날,번호,이름\n2025. 3. 2.,3,다\n", 3, id="under a title"),
    pytest.param("날,순서,이름\n2025. 3. 2.,3,다\n", None, id="another heading"),
    pytest.param("날,번호,이름 \n2025. 3. 2.,3,다\n2025. 3. 9.,5,마\n", 1, id="in another order"),
]


@pytest.mark.parametrize(("content", "header_row"), NEXT)
def test_the_next_file_of_a_shape_gets_the_entry_of_the_first(
    tmp_path: Path, content: str, header_row: int | None
) -> None:
    folder = with_an_entry(tmp_path)
    write(folder, {"2025.csv": content.encode("cp949")})
    proposal = propose(folder, "2025.csv")
    assert ("proposal_same_shape" in told(proposal)) == (header_row is not None)
    if header_row is not None:
        (source,) = checked(proposal)
        (first,) = read_sources(folder)
        assert (source.file, source.header_row, source.encoding) == ("2025.csv", header_row, "cp949")
        assert (source.kind, source.columns, source.where) == (first.kind, first.columns, first.where)


def test_an_entry_serves_even_after_its_file_has_gone(tmp_path: Path) -> None:
    folder = with_an_entry(tmp_path)
    (folder / "2024.csv").unlink()
    write(folder, {"2025.csv": "번호,이름,날,비고\n3,다,2025. 3. 2.,x\n"})
    assert "proposal_same_shape" in told(propose(folder, "2025.csv"))


def test_a_file_that_feeds_two_kinds_hands_both_on(tmp_path: Path) -> None:
    folder = with_an_entry(tmp_path)
    second = ENTRY.removeprefix("version = 1\n").replace('"datasets"', '"policies"')
    second = second.replace("dataset_id", "policy_id").replace("opened_on", "used_on")
    (folder / SOURCES).write_text(ENTRY + second, encoding="utf-8")
    write(folder, {"2025.csv": "번호,이름,날\n3,다,2025. 3. 2.\n"})
    assert [source.kind for source in checked(propose(folder, "2025.csv"))] == ["datasets", "policies"]


# The shapes that ship -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["관리 부서명", "관리부서명", "담당부서"])
def test_the_portals_list_loads_without_a_question(tmp_path: Path, unit: str) -> None:
    content = f'{PORTAL_HEADINGS.format(unit=unit)}\n1,"정류장\n위치",가시,기획과,CSV,3,2021-03-02,-,9\n'
    folder = write(tmp_path / "in", {"부서.csv": DEPARTMENTS, "목록.csv": content})
    proposals, _ = propose_all(folder)
    assert [len(proposal.questions) for proposal in proposals] == [0, 0]
    assert "proposal_known_shape" in told(proposals[0])
    add_to_sources(folder, proposals)
    ((dataset_id, unit_id, title, opened_on, updated_on, *_),) = take_in(folder).records["datasets"]
    assert (dataset_id, unit_id, title, str(opened_on), updated_on) == ("1", "A1", "정류장 위치", "2021-03-02", None)


def test_the_use_of_datasets_is_read_from_the_same_list_when_asked_for(tmp_path: Path) -> None:
    content = f'{PORTAL_HEADINGS.format(unit="담당부서")}\n1,정류장,가시,기획과,CSV,"1,203",2021-03-02,-,9\n'
    write(tmp_path, {"목록.csv": content})
    proposal = propose(tmp_path, "목록.csv", ["dataset_usage"])
    assert [question.facts["column"] for question in proposal.questions] == ["as_of"]
    assert dict(zip(proposal.previews[0].columns, proposal.previews[0].rows[0], strict=True)) == {
        "dataset_id": "1",
        "downloads": "1203",
        "views": "9",
    }


def test_the_evidence_sheet_becomes_sessions_and_attendance(tmp_path: Path) -> None:
    write(tmp_path, {"증빙.csv": EVIDENCE})
    proposal = propose(tmp_path, "증빙.csv")
    sessions, attendance = checked(proposal)
    assert (sessions.kind, attendance.kind) == ("training_sessions", "attendance")
    assert attendance.pseudonyms == (("성명", "부서명"),)
    assert sessions.header_row == 2
    assert [question.facts["column"] for question in proposal.questions] == ["unit_id", "hours", "hours"]
    assert not any("가나다" in cell for preview in proposal.previews for row in preview.rows for cell in row)
    about = next(finding for finding in proposal.findings if finding.code == "proposal_known_shape")
    assert "이름이 같은 두 사람" in about.text("ko")


def test_sessions_of_the_evidence_sheet_load_once_each_when_the_questions_are_answered(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "증빙.csv": EVIDENCE})
    sessions, _ = propose(folder, "증빙.csv").toml.split("\n\n")
    answered = sessions.replace("# unit_id =", "unit_id =").replace("# hours =", "hours =").replace("0010040", "A1")
    entries = f'version = 1\n[[source]]\nfile = "departments.csv"\nkind = "departments"\n{answered}\n'
    (folder / SOURCES).write_text(entries, encoding="utf-8")
    intake = take_in(folder)
    assert [str(row[7]) for row in sorted(intake.records["training_sessions"], key=lambda row: row[7])] == [
        "2025-03-02",
        "2025-04-02",
    ]
    assert intake.rejects == []
    assert intake.loaded["증빙.csv"].set_aside == 2


CATALOGUES = [
    pytest.param(
        "identifier,title,publisher.name,modified,issued,accrualPeriodicity",
        "d-1,정류장,기획과,2021-05-01,2021-03-02T00:00:00Z,R/P1Y",
        id="DCAT",
    ),
    pytest.param(
        "id,name,title,organization.title,metadata_created,metadata_modified",
        "d-1,stops,정류장,기획과,2021-03-02T09:30:11.123456,2021-05-01T00:00:00.5",
        id="CKAN",
    ),
]


@pytest.mark.parametrize(("headings", "row"), CATALOGUES)
def test_the_table_of_a_catalogue_loads_without_a_question(tmp_path: Path, headings: str, row: str) -> None:
    folder = write(tmp_path / "in", {"부서.csv": DEPARTMENTS, "catalogue.csv": f"{headings}\n{row}\n"})
    proposals, _ = propose_all(folder)
    assert "proposal_known_shape" in told(proposals[0])
    assert not proposals[0].questions
    add_to_sources(folder, proposals)
    ((dataset_id, unit_id, title, opened_on, updated_on, *_),) = take_in(folder).records["datasets"]
    assert (dataset_id, unit_id, title) == ("d-1", "A1", "정류장")
    assert (str(opened_on), str(updated_on)) == ("2021-03-02", "2021-05-01")


@pytest.mark.skipif(not PORTAL.is_file(), reason="the portal's own list is not here")
def test_the_portals_own_list_loads_without_a_mapping_by_hand(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "목록.csv": PORTAL.read_bytes()})
    proposals, _ = propose_all(folder)
    add_to_sources(folder, proposals)
    intake = take_in(folder)
    assert intake.loaded["목록.csv"].received == 3143
    assert {(column, reason) for _, column, reason in intake.reasons("목록.csv")} == {("unit_id", "unknown_name")}

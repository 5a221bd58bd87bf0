"""What headings mean, what their cells say about it, and what is left to a person."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.errors import UnreadableInput
from etl.intake.mapping import FromColumn, read_sources
from etl.intake.proposals import Proposal, as_json, checked, propose
from etl.intake.proposing.meanings import bare, read_meanings
from etl.intake.proposing.values import choices, days_in, fit, is_written_number
from tests.intake.received import write

DEMO = Path(__file__).parent.parent.parent / "data" / "demo"


def proposed(folder: Path, content: str) -> Proposal:
    write(folder, {"f.csv": content})
    return propose(folder, "f.csv")


def columns(proposal: Proposal) -> dict[str, FromColumn]:
    (source,) = checked(proposal)
    return dict(source.columns or {})


def questions(proposal: Proposal) -> dict[str, str]:
    """The column of each open question -> its code."""
    return {str(question.facts.get("column")): question.code for question in proposal.questions}


ALIKE = [
    ("교육명", "교육 명"),
    ("정원(명)", "정원"),
    ("Course Title", "course_title"),
    ("수 료 일", "수료일"),
    ("교육명", unicodedata.normalize("NFD", "교육명")),
    ("ＤＥＰＴ", "dept"),
    ("등록일\u200b", "등록일"),
    ("확장자(데이터포맷)", "확장자"),
    ("담당·부서", "담당부서"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_headings_that_read_alike_are_one(one: str, other: str) -> None:
    assert bare(one) == bare(other)


def test_a_heading_in_brackets_alone_is_not_lost() -> None:
    assert bare("(비고)") == "(비고)"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", RECORDS)
def test_the_headings_of_the_records_reference_are_known(kind: str, language: Any) -> None:
    meanings = read_meanings()
    for column in RECORDS[kind].model_fields:
        for name in (column, heading(kind, column, language)):
            assert (kind, column) in {(one.kind, one.column) for one in meanings.meanings(name)}, name


KNOWN = [
    ("과정명", "training_sessions", "title"),
    ("course title", "training_sessions", "title"),
    ("이수일", "attendance", "completed_on"),
    ("completion date", "attendance", "completed_on"),
    ("담당부서", "datasets", "unit_id"),
    ("소속", "attendance", "unit_id"),
    ("데이터셋명", "datasets", "title"),
    ("제공기관", "datasets", "unit_id"),
    ("등록일", "datasets", "opened_on"),
    ("현원", "headcount", "actual"),
    ("분석과제명", "analyses", "title"),
    ("정책명", "policies", "title"),
    ("인원 / 정원", "headcount", "authorised"),
]


@pytest.mark.parametrize(("received", "kind", "column"), KNOWN)
def test_common_headings_are_known(received: str, kind: str, column: str) -> None:
    assert (kind, column) in {(one.kind, one.column) for one in read_meanings().meanings(received)}


@pytest.mark.parametrize("received", ["사번", "직원번호", "성명", "employee number", "생년월일", "연락처"])
def test_headings_that_tell_who_somebody_is_are_known(received: str) -> None:
    assert read_meanings().person(received) is not None


def test_every_choice_has_words_of_its_own() -> None:
    """Two values of one column never share a word: a received text would mean both."""
    meanings = read_meanings()
    for kind, contract in RECORDS.items():
        for column in contract.model_fields:
            among = choices(kind, column)
            for word in {word for choice in among for word in meanings.choices[choice]}:
                assert len(meanings.choices_for(word, among)) == 1, (kind, column, word)


# A folder's own table -----------------------------------------------------------------------------------------------


def test_a_folder_adds_headings_without_any_code(tmp_path: Path) -> None:
    content = "이수강좌,대장번호,열린날,우리부서\n가,1,2021-01-02,기획과\n"
    assert checked(proposed(tmp_path, content)) == ()
    own = 'version = 1\n[columns.datasets]\ntitle = ["이수강좌"]\ndataset_id = ["대장번호"]\nopened_on = ["열린날"]\n'
    own += 'unit_id = ["@ours"]\n[groups]\nours = ["우리부서"]\n'
    (tmp_path / "meanings.toml").write_text(own, encoding="utf-8")
    fed = columns(proposed(tmp_path, content))
    assert {column: origin.column for column, origin in fed.items()} == {
        "title": "이수강좌",
        "dataset_id": "대장번호",
        "opened_on": "열린날",
        "unit_id": "우리부서",
    }
    assert fed["unit_id"].unit_by == "name"


BAD_TABLES = [
    ("[columns.dataset]\ntitle = ['a']", "there is no kind of record 'dataset'"),
    ("[columns.datasets]\nname = ['a']", "has no column 'name'"),
    ("[columns.datasets]\ntitle = ['@nobody']", "there is no group 'nobody'"),
    ("[colums]\n", "colums"),
    ("columns = 3", "columns"),
]


@pytest.mark.parametrize(("table", "told"), BAD_TABLES)
def test_a_fault_in_a_folders_table_is_told_with_its_line(tmp_path: Path, table: str, told: str) -> None:
    (tmp_path / "meanings.toml").write_text(f"version = 1\n{table}\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"meanings[.]toml, line [23]") as caught:
        read_meanings(tmp_path)
    assert told in caught.value.text("en")


# What the cells say -------------------------------------------------------------------------------------------------

DAYS = [
    (["2021-03-02", ""], (), None),
    (["2021. 3. 2.", "2021.03.02"], ("korean",), None),
    (["2025년 3월 2일"], ("korean",), None),
    (["2025. 3. 2.", "2025-03-02"], ("korean", "iso"), None),
    (["20250302"], ("%Y%m%d",), None),
    (["2021-03-02 09:30:00"], ("iso",), None),
    (["2021-3-2"], ("%Y-%m-%d",), None),
    (["03/22/2025", "03/02/2025"], ("%m/%d/%Y",), None),
    (["22/03/2025", "03/02/2025"], ("%d/%m/%Y",), None),
    (["22-03-2025"], ("%d-%m-%Y",), None),
    (["03/02/2025", "-"], (), "03/02/2025"),
    (["22/03/2025", "03/22/2025"], (), "22/03/2025"),
]


@pytest.mark.parametrize(("cells", "forms", "either_way"), DAYS)
def test_the_form_of_days_is_told_by_the_cells_and_never_guessed(
    cells: list[str], forms: tuple[str, ...], either_way: str | None
) -> None:
    days = days_in(cells)
    assert days.forms == forms
    assert days.either_way == either_way


def test_days_that_can_be_read_both_ways_are_a_question(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "목록키,목록명,담당부서,등록일\n1,가,기획과,03/02/2025\n")
    assert questions(proposal) == {"opened_on": "proposal_day_or_month_first"}
    assert "opened_on" not in columns(proposal)


def test_months_without_a_day_are_a_question(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "목록키,목록명,담당부서,등록일\n1,가,기획과,2025년 3월\n")
    assert questions(proposal) == {"opened_on": "proposal_months"}


NUMBERS = ["1,234", "12.5%", "35명", "１２", "△3", "(4)", "3", "1,234,567원"]


@pytest.mark.parametrize("cell", NUMBERS)
def test_numbers_as_people_write_them_are_numbers(cell: str) -> None:
    assert is_written_number(cell)


@given(st.text("가나다라 abc", min_size=1))
def test_words_are_no_numbers(text: str) -> None:
    assert not is_written_number(text)
    assert fit("headcount", "actual", [text]) <= 0.5 or not text.strip()


def test_numbers_with_separators_are_read_as_written(tmp_path: Path) -> None:
    fed = columns(proposed(tmp_path, '기준일,부서코드,구분,정원,현원\n2021-01-01,001,일반직,"1,234",12\n'))
    assert (fed["authorised"].numbers, fed["actual"].numbers) == ("written", "plain")


def test_a_lone_dash_in_a_column_that_may_be_empty_is_an_empty_cell(tmp_path: Path) -> None:
    fed = columns(proposed(tmp_path, "목록키,목록명,담당부서,등록일,수정일\n1,가,기획과,2021-01-02,-\n"))
    assert fed["updated_on"].values == {"-": ""}


def test_values_of_a_limited_column_are_translated_and_unknown_ones_asked_for(tmp_path: Path) -> None:
    rows = "1,가,001,자체,완료\n2,나,002,용역,완료\n"
    fed = columns(proposed(tmp_path, f"과제번호,과제명,부서코드,수행방식,상태\n{rows}"))
    assert fed["method"].values == {"자체": "own", "용역": "commissioned"}
    assert fed["status"].values == {"완료": "completed"}
    odd = proposed(tmp_path, "과제번호,과제명,부서코드,상태\n1,가,001,완료\n2,나,002,어중간\n")
    assert questions(odd) == {"status": "proposal_values_unknown"}


def test_codes_of_departments_go_before_their_names(tmp_path: Path) -> None:
    fed = columns(proposed(tmp_path, "과제번호,과제명,부서명,부서코드\n1,가,기획과,001\n2,나,교통과,002\n"))
    assert (fed["unit_id"].column, fed["unit_id"].unit_by) == ("부서코드", "code")


def test_two_columns_with_equal_right_are_a_choice_for_a_person(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "목록키,목록명,담당부서,관리부서,등록일\n1,가,기획과,교통과,2021-01-02\n")
    assert questions(proposal) == {"unit_id": "proposal_which_heading"}
    assert "unit_id" not in columns(proposal)


def test_the_cells_decide_between_two_columns_of_one_name(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "목록키,목록명,담당부서,등록일,개방일\n1,가,기획과,김씨,2021-01-02\n")
    assert columns(proposal)["opened_on"].column == "개방일"


def test_a_number_that_repeats_every_year_stands_beside_its_year(tmp_path: Path) -> None:
    fed = columns(proposed(tmp_path, "연도,번호,부서코드,과제명,목적\n2020,1,001,가,x\n2021,1,001,나,y\n"))
    assert fed["analysis_id"].columns == ("연도", "번호")


def test_what_the_file_does_not_say_is_asked_for_with_an_example(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "부서코드,정원,현원\n001,3,2\n002,4,4\n")
    assert questions(proposal) == {"as_of": "proposal_lacking", "part": "proposal_lacking"}
    assert '# as_of = { constant = "' in proposal.toml


# People -------------------------------------------------------------------------------------------------------------

PEOPLE = "과정번호,{who},부서명,수료일,이수시간,이수여부\nC1,가나다라마,기획과,2021-03-02,4,수료\n"


def test_an_employee_number_becomes_a_pseudonym(tmp_path: Path) -> None:
    fed = columns(proposed(tmp_path, PEOPLE.format(who="사번")))
    assert fed["person"].pseudonym_of == ("사번",)


def test_a_name_becomes_a_pseudonym_only_beside_its_department_and_says_what_that_means(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, PEOPLE.format(who="성명"))
    person = columns(proposal)["person"]
    assert (person.pseudonym_of, person.within) == (("성명",), ("부서명",))
    assert "proposal_pseudonym_of_name" in {finding.code for finding in proposal.findings}


@pytest.mark.parametrize("who", ["사번", "성명", "주민등록번호", "연락처"])
def test_no_cell_of_a_column_about_people_is_ever_told(tmp_path: Path, who: str) -> None:
    assert "가나다라마" not in str(as_json(proposed(tmp_path, PEOPLE.format(who=who))))


# The synthetic city -------------------------------------------------------------------------------------------------


LEFT_TO_A_PERSON = {
    ("교육이수.csv", "outcome"),  # it asks what 취소 means
    ("분석과제.csv", "approved_on"),  # one heading for two columns is nobody's guess
}


def test_the_files_of_the_synthetic_city_are_understood_as_its_own_entries_say(tmp_path: Path) -> None:
    """Every column that the hand-written entries name comes from the same heading."""
    for source in read_sources(DEMO):
        write(tmp_path, {source.file: (DEMO / source.file).read_bytes()})
        (read,) = checked(propose(tmp_path, source.file))
        assert read.kind == source.kind
        own = read.origins(()) or {column: FromColumn(column=column) for column in RECORDS[read.kind].model_fields}
        for column, origin in (source.columns or {}).items():
            if column in own:
                told = (own[column].column, own[column].columns, own[column].unit_by)
                assert told == (origin.column, origin.columns, origin.unit_by), (source.file, column)
            else:
                assert (source.file, column) in LEFT_TO_A_PERSON

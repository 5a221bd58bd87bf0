"""`sources.toml`: somebody else's headings, values, dates and names become records without any code."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from etl.errors import JipyoError, UnreadableInput, UsageError
from etl.intake.mapping import parse_sources, read_sources
from tests.intake.received import DEPARTMENTS, Intake, take_in, write

DEPARTMENTS_SOURCE = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n'
FINE = '[[source]]\nfile = "d.csv"\nkind = "departments"\n'


def mapped(folder: Path, content: str, columns: str, more: str = "") -> Intake:
    """Datasets from a file of this content, mapped so; other files may follow."""
    source = (
        f'{DEPARTMENTS_SOURCE}[[source]]\nfile = "list.csv"\nkind = "datasets"\n{more}\n[source.columns]\n{columns}'
    )
    return take_in(write(folder / "in", {"departments.csv": DEPARTMENTS, "list.csv": content}, source))


def column(intake: Intake, position: int) -> list[Any]:
    """One column of the staged datasets: dataset_id, unit_id, title, opened_on, updated_on, …"""
    return [record[position] for record in intake.records["datasets"]]


PLAIN = 'dataset_id = "번호"\nunit_id = { constant = "A1" }\ntitle = "이름"\nopened_on = "날"\n'


def test_headings_are_found_by_the_names_they_are_given(tmp_path: Path) -> None:
    intake = mapped(tmp_path, "날,안 쓰는 열,이름,번호\n2021-03-02,x,목록,7\n", PLAIN)
    (record,) = intake.records["datasets"]
    assert [str(value) for value in record[:4]] == ["7", "A1", "목록", "2021-03-02"]


def test_a_heading_may_bear_the_name_of_another_column_of_the_contract(tmp_path: Path) -> None:
    content = "title,dataset_id,unit_id,opened_on\n7,목록,2021-03-02,A1\n"
    columns = 'dataset_id = "title"\ntitle = "dataset_id"\nopened_on = "unit_id"\nunit_id = "opened_on"\n'
    (record,) = mapped(tmp_path, content, columns).records["datasets"]
    assert [str(value) for value in record[:4]] == ["7", "A1", "목록", "2021-03-02"]


VALUES = [
    pytest.param("완료", "completed", id="a value that is mapped"),
    pytest.param(" 완료 ", "completed", id="with blanks around it"),
    pytest.param("", "planned", id="an empty cell that is mapped"),
    pytest.param("in_progress", "in_progress", id="a value that is not mapped stays"),
]


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The status staged for each received cell of `VALUES`, all of one file."""
    cells = [str(case.values[0]) for case in VALUES]
    analyses = '[[source]]\nfile = "a.csv"\nkind = "analyses"\n[source.columns]\nanalysis_id = "번호"\n'
    analyses += 'unit_id = { constant = "A1" }\ntitle = "번호"\ncompleted_on = { constant = "2021-05-01" }\n'
    analyses += 'status = { column = "상태", values = { "완료" = "completed", "" = "planned" } }\n'
    rows = "".join(f"{number},{cell}\n" for number, cell in enumerate(cells))
    files: dict[str, str | bytes] = {"departments.csv": DEPARTMENTS, "a.csv": f"번호,상태\n{rows}"}
    folder = write(tmp_path_factory.mktemp("values") / "in", files, DEPARTMENTS_SOURCE + analyses)
    return {cells[int(record[0])]: record[5] for record in take_in(folder).records["analyses"]}


@pytest.mark.parametrize(("cell", "status"), VALUES)
def test_values_are_replaced_whole(statuses: dict[str, str], cell: str, status: str) -> None:
    assert statuses[cell] == status


FORMS = '["%Y. %m. %d.", "%Y/%m/%d", "%d-%b-%Y", "%y%m%d", "%Y-%m-%d %H:%M"]'
DATES = [
    pytest.param("2021. 3. 2.", "2021-03-02", id="a form with blanks"),
    pytest.param("2021. 03. 02.", "2021-03-02", id="with leading zeros"),
    pytest.param("2021/3/2", "2021-03-02", id="the second form"),
    pytest.param("02-Mar-2021", "2021-03-02", id="a month in words"),
    pytest.param("210302", "2021-03-02", id="two digits of the year"),
    pytest.param("2021-03-02 09:30", "2021-03-02", id="a day with its time"),
    pytest.param("2021-03-02", "2021-03-02", id="the form of the contract"),
    pytest.param("2021. 2. 30.", None, id="a day that is none"),
    pytest.param("2021.3.2", None, id="a form nobody named"),
    pytest.param("21. 3. 2.", None, id="a year of two digits where four are asked for"),
    pytest.param("12021. 3. 2.", None, id="a year of five digits"),
    pytest.param("2021. 3. 2", None, id="a form cut off"),
    pytest.param("epoch", None, id="epoch"),
    pytest.param("infinity", None, id="infinity"),
    pytest.param("２０２１. 3. 2.", None, id="full-width digits"),
]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The day staged, or the reason noted, for each received cell of `DATES`, all of one file."""
    cells = [str(case.values[0]) for case in DATES]
    columns = PLAIN.replace('opened_on = "날"', f'opened_on = {{ column = "날", dates = {FORMS} }}')
    rows = "".join(f"{number},목록,{cell}\n" for number, cell in enumerate(cells))
    intake = mapped(tmp_path_factory.mktemp("days"), f"번호,이름,날\n{rows}", columns)
    staged = {cells[int(record[0])]: str(record[3]) for record in intake.records["datasets"]}
    return staged, {text: reason for *_, reason, text in intake.rejects}


@pytest.mark.parametrize(("cell", "day"), DATES)
def test_days_are_read_in_the_forms_that_are_named_and_no_other(
    days: tuple[dict[str, str], dict[str, str]], cell: str, day: str | None
) -> None:
    staged, rejected = days
    assert staged.get(cell) == day
    assert rejected.get(cell) == (None if day else "not_a_date")


JOINS = [
    pytest.param("2021,7", "2021-7", id="two cells"),
    pytest.param(" 2021 , 7 ", "2021-7", id="with blanks around them"),
    pytest.param("2021,", "2021-", id="one of two"),
    pytest.param(",", None, id="neither: absent, not a lone separator"),
]


@pytest.mark.parametrize(("cells", "code"), JOINS)
def test_cells_are_joined(tmp_path: Path, cells: str, code: str | None) -> None:
    columns = PLAIN.replace('"번호"', '{ columns = ["연도", "번호"], join = "-" }')
    intake = mapped(tmp_path, f"연도,번호,이름,날\n{cells},목록,2021-03-02\n", columns)
    assert column(intake, 0) == ([code] if code else [])
    assert intake.reasons("list.csv") == (set() if code else {(2, "dataset_id", "missing")})


def test_a_digest_stands_for_rows_that_have_no_code_and_differs_where_they_differ(tmp_path: Path) -> None:
    columns = PLAIN.replace('"번호"', '{ digest_of = ["*"] }')
    rows = ["가,나,2021-03-02", "가나,,2021-03-02", ",가나,2021-03-02", "가,나,2021-03-03", "가,나,2021-03-02"]
    intake = mapped(
        tmp_path, "번호,이름,날\n" + "\n".join(rows) + "\n", columns.replace('"이름"', '{ constant = "x" }')
    )
    codes = column(intake, 0)
    assert len(set(codes)) == len(codes) == 4
    assert all(len(code) == 16 and set(code) <= set("0123456789abcdef") for code in codes)
    assert intake.reasons("list.csv") == {(6, "dataset_id", "sent_twice")}


def test_a_digest_of_nothing_is_no_code(tmp_path: Path) -> None:
    columns = PLAIN.replace('title = "이름"', 'title = { constant = "x" }')
    columns = columns.replace('"번호"', '{ digest_of = ["번호", "이름"] }')
    intake = mapped(tmp_path, "번호,이름,날\n,,2021-03-02\n", columns)
    assert (2, "dataset_id", "missing") in intake.reasons("list.csv")


WHERES = [
    pytest.param('{ column = "상태", in = ["개방", ""] }', {2, 4}, id="one of"),
    pytest.param('{ column = "상태", not_in = ["개방"] }', {3, 4, 5}, id="none of"),
    pytest.param('{ column = "상태", blank = true }', {4}, id="blank"),
    pytest.param('{ column = "상태", blank = false }', {2, 3, 5}, id="not blank"),
    pytest.param('{ column = "상태", blank = false }, { column = "번호", not_in = ["1"] }', {3, 5}, id="two at once"),
    pytest.param('{ column = "상태", in = ["없음"] }', set(), id="none at all"),
]
LIST = "번호,상태,이름,날\n1,개방,가,2021-03-02\n2,중지,나,2021-03-02\n3, ,다,2021-03-02\n4,오류,라,x\n"


@pytest.mark.parametrize("blank_line", ["", "\n"])
@pytest.mark.parametrize(("where", "rows"), WHERES)
def test_rows_that_are_not_asked_for_are_set_aside_and_counted(
    tmp_path: Path, where: str, rows: set[int], blank_line: str
) -> None:
    intake = mapped(tmp_path, LIST + blank_line, PLAIN, f"where = [{where}]")
    loaded = intake.loaded["list.csv"]
    assert {row for row, *_ in intake.origins("datasets")} == rows - {5}
    assert intake.reasons("list.csv") == ({(5, "opened_on", "not_a_date")} if 5 in rows else set())
    assert (loaded.received, loaded.set_aside) == (4, 4 - len(rows))


# Names of departments -----------------------------------------------------------------------------------------------

NAMES = [
    pytest.param("기획과", "A1", id="a name"),
    pytest.param("A1", "A1", id="a code"),
    pytest.param(" 기획과 ", "A1", id="blanks around it"),
    pytest.param(unicodedata.normalize("NFD", "기획과"), "A1", id="decomposed Hangul"),
    pytest.param("기\u200b획과\ufeff", "A1", id="signs of no width"),
    pytest.param("스마트 도시과", "A1", id="an alias"),
    pytest.param("스마트  도시과", "A1", id="an alias with two blanks"),
    pytest.param("ＩＴ과", "B2", id="a full-width alias"),
    pytest.param("it과", "B2", id="another case"),
    pytest.param("총무과", None, id="a name two departments share"),
    pytest.param("기획", None, id="a part of a name"),
    pytest.param("기획과장", None, id="more than a name"),
    pytest.param("a1", None, id="a code in another case"),
    pytest.param("기 획과", "A1", id="a blank inside"),
]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A list that names each department of `NAMES` twice; row 2 * n and the next are about the n-th, from 1."""
    departments = DEPARTMENTS + "C3,총무과,line,2020-01-01\nD4,총무과,town,2020-01-01\n"
    sources = DEPARTMENTS_SOURCE + '[[source]]\nfile = "aliases.csv"\nkind = "aliases"\n'
    sources += '[[source]]\nfile = "list.csv"\nkind = "datasets"\n[source.columns]\n'
    sources += PLAIN.replace('{ constant = "A1" }', '{ column = "부서", unit_by = "name" }')
    cells = [str(case.values[0]) for case in NAMES for _ in range(2)]
    rows = "".join(f"{row},{cell},가,2021-03-02\n" for row, cell in enumerate(cells, start=2))
    files: dict[str, str | bytes] = {
        "departments.csv": departments,
        "aliases.csv": "alias,unit_id\n스마트 도시과,A1\nIT과,B2\n",
        "list.csv": f"번호,부서,이름,날\n{rows}",
    }
    return take_in(write(tmp_path_factory.mktemp("names") / "in", files, sources))


@pytest.mark.parametrize(("position", "cell", "unit"), [(at, *case.values) for at, case in enumerate(NAMES)])
def test_a_department_is_found_by_name_only_where_it_is_certain(
    names: Intake, position: int, cell: str, unit: str | None
) -> None:
    rows = (2 + 2 * position, 3 + 2 * position)
    staged = {row: code for row, _, code, *_ in names.origins("datasets")}
    assert [staged.get(row) for row in rows] == [unit, unit]
    assert {(row, "unit_id", "unknown_name") for row in rows if not unit} <= names.reasons("list.csv")
    assert (("list.csv", cell, 2) in names.staged.unknown_names) == (unit is None)


def test_two_columns_of_names_are_looked_up_each_for_itself(tmp_path: Path) -> None:
    sources = (
        DEPARTMENTS_SOURCE + '[[source]]\nfile = "s.csv"\nkind = "successions"\n[source.columns]\nshare = "지분"\n'
    )
    sources += 'from_unit = { column = "전", unit_by = "name" }\nto_unit = { column = "후", unit_by = "name" }\n'
    sources += 'took_effect_on = { constant = "2021-07-01" }\n'
    moves = "전,후,지분\n기획과,안전과,0.5\n안전과,기획과,1\n없는과,안전과,1\n기획과,없는과,0.5\n"
    files: dict[str, str | bytes] = {"departments.csv": DEPARTMENTS, "s.csv": moves}
    intake = take_in(write(tmp_path / "in", files, sources))
    assert [(row, before, after) for row, before, after, *_ in intake.origins("successions")] == [
        (2, "A1", "B2"),
        (3, "B2", "A1"),
    ]
    assert intake.staged.unknown_names == (("s.csv", "없는과", 2),)


def test_unknown_names_of_one_file_under_two_contracts_are_all_listed(tmp_path: Path) -> None:
    sources = DEPARTMENTS_SOURCE
    for kind, code, name in (("datasets", "dataset_id", "관리"), ("analyses", "analysis_id", "주관")):
        sources += (
            f'[[source]]\nfile = "list.csv"\nkind = "{kind}"\n[source.columns]\n{code} = "번호"\ntitle = "번호"\n'
        )
        sources += f'unit_id = {{ column = "{name}", unit_by = "name" }}\n'
        sources += 'opened_on = { constant = "2021-01-01" }\n' if kind == "datasets" else ""
    files: dict[str, str | bytes] = {
        "departments.csv": DEPARTMENTS,
        "list.csv": "번호,관리,주관\n1,갑과,을과\n2,을과,기획과\n",
    }
    intake = take_in(write(tmp_path / "in", files, sources))
    assert intake.staged.unknown_names == (("list.csv", "갑과", 1), ("list.csv", "을과", 2))
    assert [record[0] for record in intake.records["analyses"]] == ["2"]


# Faults of the document ---------------------------------------------------------------------------------------------

V = "version = 1\n"
FLAWS = [
    pytest.param("", 'a = 1\n', {"document_unknown_key", "document_key_missing"}, id="no source at all"),
    pytest.param("version = 2\n", FINE, {"document_value_not_allowed"}, id="another version"),
    pytest.param(V, '[[source]\nfile = "d.csv"\n', {"toml_heading_not_closed"}, id="no TOML"),
    pytest.param(V, FINE + "sheets = 1\n", {"document_unknown_key"}, id="an unknown key"),
    pytest.param(V, FINE.replace("departments", "deparments"), {"source_unknown_kind"}, id="an unknown kind"),
    pytest.param(V, FINE + "columns = { nam = 'x' }\n", {"source_unknown_column"}, id="an unknown column"),
    pytest.param(V, FINE + "columns = { name = { colum = 'x' } }\n", {"document_unknown_key"}, id="its key"),
    pytest.param(V, FINE + "columns = { name = 3 }\n", {"document_table_needed"}, id="a number for a column"),
    pytest.param(V, FINE + "columns = { name = {} }\n", {"source_needs_one_origin"}, id="no origin"),
    pytest.param(V, FINE + "columns = { name = { column = 'x', constant = 'y' } }\n",
                 {"source_needs_one_origin"}, id="two origins"),
    pytest.param(V, FINE + "columns = { name = { column = 'x', values = { a = 1 } } }\n",
                 {"document_string_needed"}, id="a number for a value"),
    pytest.param(V, FINE + "columns = { valid_from = { column = 'x', dates = ['%Q'] } }\n",
                 {"source_unknown_date_form"}, id="an unknown field in a form of days"),
    pytest.param(V, FINE + "columns = { valid_from = { column = 'x', dates = ['%Y'] } }\n",
                 {"source_unknown_date_form"}, id="a form without a day"),
    pytest.param(V, FINE + "where = [{ column = 'x' }]\n", {"source_needs_one_condition"}, id="no condition"),
    pytest.param(V, FINE + "where = [{ column = 'x', in = ['a'], blank = true }]\n",
                 {"source_needs_one_condition"}, id="two conditions"),
    pytest.param(V, FINE + "header_row = 0\n", {"document_value_out_of_range"}, id="header row 0"),
    pytest.param(V, FINE + "header_row = '1'\n", {"document_integer_needed"}, id="header row in quotes"),
    pytest.param(V, FINE + "delimiter = ',,'\n", {"document_value_refused"}, id="a delimiter of two signs"),
    pytest.param(V, FINE + "delimiter = '\"'\n", {"source_bad_delimiter"}, id="a quote for a delimiter"),
    pytest.param(V, FINE + 'delimiter = "\\n"\n', {"source_bad_delimiter"}, id="a line end for one"),
    pytest.param(V, FINE.replace("d.csv", ""), {"document_value_refused"}, id="no file name"),
    pytest.param(V, FINE.replace("d.csv", "../d.csv"), {"source_outside_folder"}, id="a file above"),
    pytest.param(V, FINE.replace("d.csv", "a/../../d.csv"), {"source_outside_folder"}, id="by a detour"),
    pytest.param(V, FINE.replace("d.csv", "/etc/hostname"), {"source_outside_folder"}, id="an absolute file"),
]  # fmt: skip


@pytest.mark.parametrize(("version", "body", "codes"), FLAWS)
def test_a_document_that_cannot_be_meant_is_refused(version: str, body: str, codes: set[str]) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        parse_sources((version + body).encode(), "sources.toml")
    assert {fault.code for fault in refusal.value.faults} <= codes
    assert all(fault.where.startswith("sources.toml, line ") for fault in refusal.value.faults)


def test_every_flaw_is_told_at_once_with_its_line() -> None:
    body = "version = 1\n[[source]]\nfile = '../d.csv'\nkind = 'departments'\ndelimiter = '\"'\n[source.columns]\n"
    body += "nam = 'x'\nname = { column = 'a', constant = 'b' }\nvalid_from = { column = 'v', dates = ['%x'] }\n"
    with pytest.raises(UnreadableInput) as refusal:
        parse_sources(body.encode(), "sources.toml")
    assert [(fault.where.split(", ")[1], fault.code) for fault in refusal.value.faults] == [
        ("line 3", "source_outside_folder"),
        ("line 5", "source_bad_delimiter"),
        ("line 7", "source_unknown_column"),
        ("line 8", "source_needs_one_origin"),
        ("line 9", "source_unknown_date_form"),
    ]


MISSING = [
    pytest.param('name = "nam"', {("column_not_in_file", "nam")}, id="a heading that is not there"),
    pytest.param(
        'name = { columns = ["a", "b"] }', {("column_not_in_file", "a"), ("column_not_in_file", "b")}, id="two"
    ),
    pytest.param("", {("column_without_origin", "name")}, id="a needed column nobody mapped"),
]


@pytest.mark.parametrize(("said", "faults"), MISSING)
def test_a_file_without_what_is_needed_is_refused(tmp_path: Path, said: str, faults: set[tuple[str, str]]) -> None:
    columns = 'unit_id = "unit_id"\npeer_group = "peer_group"\nvalid_from = "valid_from"\n' + said
    folder = write(tmp_path / "in", {"d.csv": DEPARTMENTS}, f"{FINE}[source.columns]\n{columns}\n")
    with pytest.raises(UnreadableInput) as refusal:
        take_in(folder)
    assert {(fault.code, fault.facts["column"]) for fault in refusal.value.faults} == faults


def test_a_folder_without_a_mapping_is_read_by_its_file_names(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "datasets.csv": "", "other.csv": ""})
    assert [(source.file, source.kind) for source in read_sources(folder)] == [
        ("departments.csv", "departments"),
        ("datasets.csv", "datasets"),
    ]


FOLDERS = [
    pytest.param("gone", UsageError, "folder_not_found", id="no such folder"),
    pytest.param("file", UsageError, "folder_is_a_file", id="a file in its place"),
    pytest.param("empty", UnreadableInput, "nothing_to_read", id="an empty folder"),
]


@pytest.mark.parametrize(("folder", "error", "code"), FOLDERS)
def test_a_folder_with_nothing_to_read_is_refused(
    tmp_path: Path, folder: str, error: type[JipyoError], code: str
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(error) as refusal:
        read_sources(tmp_path / folder)
    assert [fault.code for fault in refusal.value.faults] == [code]

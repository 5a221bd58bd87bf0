"""Names of departments: what counts as the same name, and which department a name means on which day."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.contracts.records import RECORDS
from etl.intake.checks import CHECKS
from etl.intake.names import RECORD_DAY, normalised, resolve_names
from etl.units import UnitVersion
from tests.intake.received import DEPARTMENTS, Intake, take_in, write


def version(unit_id: str, name: str, first: str = "2020-01-01", last: str | None = None) -> UnitVersion:
    """A department under one name."""
    until = date.fromisoformat(last) if last else None
    return UnitVersion(unit_id, name, None, "line", date.fromisoformat(first), until)


SAME = [
    pytest.param("총무·회계과", unicodedata.normalize("NFD", "총무·회계과"), id="decomposed Hangul"),
    pytest.param("총무·회계과", "  총무·회계과\t", id="outer blanks"),
    pytest.param("총무·회계과", "총무·회계 과", id="an inner blank"),
    pytest.param("총무·회계과", "총무·회계\u3000과\xa0", id="blanks of other kinds"),
    pytest.param("총무·회계과", "총\u200b무·회\u2060계과\ufeff", id="signs of no width"),
    pytest.param("총무·회계과", "총무\u3164·회계\xad과", id="a filler and a soft hyphen"),
    *[pytest.param("총무·회계과", f"총무{dot}회계과", id=f"middle dot U+{ord(dot):04X}") for dot in "・ㆍ‧•∙⋅･"],
    *[pytest.param("AI-전략과", f"ai{hyphen}전략과", id=f"hyphen U+{ord(hyphen):04X}") for hyphen in "‐‑‒–—―−﹘﹣－"],
    pytest.param("민원1과", "민원１과", id="full-width digits"),
    pytest.param("민원과(본관)", "민원과（본관）", id="full-width brackets"),
    pytest.param("Department of the Treasury", "DEPARTMENT OF  THE TREASURY", id="upper case"),
    pytest.param("IT과", "ｉｔ과", id="full-width lower case"),
    pytest.param("Straße", "STRASSE", id="a sign whose upper case is two"),
]


@pytest.mark.parametrize(("name", "received"), SAME)
def test_what_nobody_would_call_a_difference_is_none(name: str, received: str) -> None:
    assert name != received
    assert normalised(name) == normalised(received)
    assert resolve_names([received], [version("A1", name)], []).certain == {received: "A1"}


DIFFERENT = [
    pytest.param("교통1과", "교통2과", id="another number"),
    pytest.param("문화체육과", "몬화체육과", id="a slip"),
    pytest.param("일자리경제과", "경제환경국 일자리경제과", id="with its parent"),
    pytest.param("자치행정과", "사상구청 자치행정과", id="with its institution"),
    pytest.param("기획과", "기획", id="without its ending"),
    pytest.param("기획·예산과", "기획예산과", id="without the dot"),
    pytest.param("DEPARTMENT OF HOUSING AND URBAN DEVELOPMENT", "DEPARTMENT OF HOUSING AND URBAN DEVELOPM", id="cut"),
]


@pytest.mark.parametrize(("name", "received"), DIFFERENT)
def test_everything_else_is_a_difference_and_decides_nothing(name: str, received: str) -> None:
    assert resolve_names([received], [version("A1", name)], []).certain == {}


@given(st.text())
def test_a_normalised_name_is_normalised(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_composition_makes_no_difference(name: str, form: Literal["NFC", "NFD"]) -> None:
    assert normalised(unicodedata.normalize(form, name)) == normalised(name)


KNOWN = [
    version("A1", "기획과", last="2020-12-31"),
    version("A1", "기획예산과", "2021-01-01"),
    version("B2", "총무과"),
    version("C3", "총무과"),
    version("D4", "D9"),
    version("D9", "안전과"),
]
ORDER = [
    pytest.param("D9", [], "D9", id="a code before a name that looks like it"),
    pytest.param("기획과", [], "A1", id="a former name of one department alone"),
    pytest.param("기획과", ["기획과=B2"], "A1", id="a name before an alias"),
    pytest.param("총무과", [], None, id="a name two departments bear"),
    pytest.param("총무과", ["총무 과=C3"], "C3", id="which an alias decides"),
    pytest.param("총무계", ["총무계=B2", "총무 계=B2"], "B2", id="an alias told twice"),
    pytest.param("총무계", ["총무계=B2", "총무 계=C3"], None, id="aliases that contradict each other"),
]


@pytest.mark.parametrize(("name", "aliases", "unit"), ORDER)
def test_a_code_comes_before_a_name_and_a_name_before_an_alias(name: str, aliases: list[str], unit: str | None) -> None:
    pairs = [(alias, unit_id) for alias, _, unit_id in (alias.partition("=") for alias in aliases)]
    assert resolve_names([name], KNOWN, pairs).certain.get(name) == unit


# Names borne one after the other ------------------------------------------------------------------------------------


def test_every_kind_about_a_department_says_on_which_day_it_is_looked_up_or_has_no_such_day() -> None:
    with_unit = {kind for kind, check in CHECKS.items() if any(one.refers == "departments" for one in check.columns)}
    without_day = {"successions", "aliases", "analysis_shares", "planned_openings", "pilot_units"}
    assert with_unit - RECORD_DAY.keys() == without_day
    for kind, column in RECORD_DAY.items():
        assert CHECKS[kind].column(column).kind == "DATE"
        assert column in RECORDS[kind].model_fields


IN_TURN = """unit_id,name,peer_group,valid_from,valid_to
A1,데이터과,line,2018-01-01,2020-06-30
A1,정보과,line,2020-07-01,
B2,데이터과,line,2021-01-01,
C3,총무과,line,2018-01-01,2021-06-30
D4,총무과,line,2021-01-01,
"""
DAYS = [
    pytest.param("데이터과", "2020-06-30", "A1", id="the last day of the first bearer"),
    pytest.param("데이터과", "2021-01-01", "B2", id="the first day of the second"),
    pytest.param("데이터과", "2020-09-01", None, id="a day on which nobody bore it"),
    pytest.param("데이터과", "2017-12-31", None, id="a day before all of them"),
    pytest.param("정보과", "2019-01-01", "A1", id="a name of one department alone, on any day"),
    pytest.param("총무과", "2019-01-01", None, id="a name that two bore on some day, on any day"),
    pytest.param("총무과", "2022-01-01", None, id="even on a day that one bore it alone"),
]


def listed(folder: Path, aliases: str = "") -> Intake:
    """Datasets of `DAYS`, a row each."""
    sources = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n'
    if aliases:
        sources += '[[source]]\nfile = "aliases.csv"\nkind = "aliases"\n'
    sources += '[[source]]\nfile = "list.csv"\nkind = "datasets"\n[source.columns]\ndataset_id = "번호"\n'
    sources += 'title = "번호"\nunit_id = { column = "부서", unit_by = "name" }\nopened_on = "날"\n'
    rows = "".join(f"{row},{case.values[0]},{case.values[1]}\n" for row, case in enumerate(DAYS, start=2))
    files: dict[str, str | bytes] = {"departments.csv": IN_TURN, "list.csv": f"번호,부서,날\n{rows}"}
    return take_in(write(folder / "in", files | ({"aliases.csv": aliases} if aliases else {}), sources))


@pytest.fixture(scope="module")
def borne_in_turn(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    return listed(tmp_path_factory.mktemp("turns"))


@pytest.mark.parametrize(("row", "unit"), [(row, case.values[2]) for row, case in enumerate(DAYS, start=2)])
def test_a_name_borne_in_turn_means_the_department_that_bore_it_on_the_records_day(
    borne_in_turn: Intake, row: int, unit: str | None
) -> None:
    assert {at: code for at, _, code, *_ in borne_in_turn.origins("datasets")}.get(row) == unit


def test_rows_on_days_that_decide_nothing_are_counted_as_undecided(borne_in_turn: Intake) -> None:
    assert borne_in_turn.staged.unknown_names == (("list.csv", "데이터과", 2), ("list.csv", "총무과", 2))
    assert borne_in_turn.loaded["list.csv"].held == 4


def test_an_alias_decides_on_the_days_that_nobody_bore_the_name(tmp_path: Path) -> None:
    intake = listed(tmp_path, "alias,unit_id\n데이터과,A1\n")
    units = {row: code for row, _, code, *_ in intake.origins("datasets")}
    assert [units.get(row) for row in (2, 3, 4, 5)] == ["A1", "B2", "A1", "A1"]
    assert intake.staged.unknown_names == (("list.csv", "총무과", 2),)


def test_a_kind_without_a_day_leaves_a_name_borne_in_turn_undecided(tmp_path: Path) -> None:
    sources = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n[[source]]\nfile = "s.csv"\n'
    sources += 'kind = "successions"\n[source.columns]\nshare = "지분"\ntook_effect_on = { constant = "2021-07-01" }\n'
    sources += 'from_unit = { column = "전", unit_by = "name" }\nto_unit = { column = "후", unit_by = "name" }\n'
    files: dict[str, str | bytes] = {"departments.csv": IN_TURN, "s.csv": "전,후,지분\n정보과,데이터과,1\n"}
    intake = take_in(write(tmp_path / "in", files, sources))
    assert intake.staged.unknown_names == (("s.csv", "데이터과", 1),)


# One department under two names in one file -------------------------------------------------------------------------

SPELLINGS = [
    pytest.param("기획과,계,5\n기획 과,계,5\n", {3: "sent_twice"}, {2}, id="the same row under another spelling"),
    pytest.param("기획과,계,5\nA1,계,5\n", {3: "sent_twice"}, {2}, id="the same row under the code"),
    pytest.param("기획과,계,5\n기획예산과,계,6\n", dict.fromkeys((2, 3), "contradicts_another_row"), set(),
                 id="an alias and the name with other figures"),
    pytest.param("기획과,정규,5\n기획예산과,임기,6\n", {}, {2, 3}, id="two parts, which add up"),
    pytest.param("기획과,계,5\n모르는과,계,5\n", {3: "unknown_name"}, {2}, id="a name that is undecided"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "reasons", "staged"), SPELLINGS)
def test_two_names_of_one_department_never_count_it_twice(
    tmp_path: Path, rows: str, reasons: dict[int, str], staged: set[int]
) -> None:
    sources = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n'
    sources += '[[source]]\nfile = "aliases.csv"\nkind = "aliases"\n'
    sources += '[[source]]\nfile = "h.csv"\nkind = "headcount"\n[source.columns]\npart = "구분"\nactual = "현원"\n'
    sources += 'unit_id = { column = "부서", unit_by = "name" }\nas_of = { constant = "2021-12-31" }\n'
    files: dict[str, str | bytes] = {
        "departments.csv": DEPARTMENTS,
        "aliases.csv": "alias,unit_id\n기획예산과,A1\n",
        "h.csv": f"부서,구분,현원\n{rows}",
    }
    intake = take_in(write(tmp_path / "in", files, sources))
    assert {row: reason for row, _, reason in intake.reasons("h.csv")} == reasons
    assert {row for row, *_ in intake.origins("headcount")} == staged

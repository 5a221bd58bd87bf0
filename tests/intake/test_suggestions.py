"""What is suggested for a name nobody has decided on, why, and that nothing more than a suggestion comes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from etl.intake.likeness import Letters
from etl.intake.names import resolve_names
from etl.intake.roster import institution_and_department, proposed_roster
from etl.intake.suggestions import MOST, Suggestion, suggest, undecided
from etl.units import UnitVersion
from tests.intake.received import take_in, write


def version(unit_id: str, name: str, parent: str | None = None, last: str | None = None) -> UnitVersion:
    """A department since 2020."""
    return UnitVersion(unit_id, name, parent, "line", date(2020, 1, 1), date.fromisoformat(last) if last else None)


CITY = [
    version("A1", "일자리경제과", "경제환경국"),
    version("B2", "노인장애인복지과", "복지국"),
    version("C3", "문화체육과", "복지국"),
    version("D4", "자치행정과"),
    version("E5", "재난안전과"),
    version("F6", "데이터과", last="2020-12-31"),
    version("G7", "총무과", "본청"),
    version("H8", "총무과", "의회사무국"),
    version("I9", "Department of Housing and Urban Development"),
    version("J1", "National Archives and Records Administration"),
    version("K2", "Department of the Treasury"),
    version("L3", "공원녹지과"),
    version("M4", "녹지과"),
]

SUGGESTED = [
    pytest.param("경제환경국 일자리경제과", "A1", "the same after removing '경제환경국'", id="its parent before it"),
    pytest.param(
        "경제환경국일자리경제과", "A1", "the same after removing '경제환경국'", id="its parent without a blank"
    ),
    pytest.param(
        "부산광역시 사상구 노인장애인복지과", "B2", "the same after removing '부산광역시 사상구'", id="institution"
    ),
    pytest.param("사상구청 자치행정과", "D4", "the same after removing '사상구청'", id="an office"),
    pytest.param("기장군재난안전과", "E5", "the same after removing '기장군'", id="an office without a blank"),
    pytest.param("일자리경제과 산업팀", "A1", "the same but for '산업팀'", id="a team after it"),
    pytest.param("부산 남구청 일자리경제과 산업팀", "A1", "the same but for '부산 남구청, 산업팀'", id="both"),
    pytest.param("일자리경제", "A1", "the same but for '과'", id="without its ending"),
    pytest.param("일자리경제팀", "A1", "the same but for '팀, 과'", id="with another ending"),
    pytest.param("몬화체육과", "C3", "similar 92", id="a slip"),
    pytest.param("총무과", "G7", "several departments bear this name", id="a name two departments bear"),
    pytest.param(
        "의회사무국 총무과", "H8", "the same after removing '의회사무국'", id="whose parent decides the order"
    ),
    pytest.param(
        "구청 데이터과", "F6", "the same after removing '구청'; a name until 31 December 2020", id="a former name"
    ),
    pytest.param("DEPARTMENT OF HOUSING AND URBAN DEVELOPM", "I9", "begins with the same 40 characters", id="cut off"),
    pytest.param("NAT ARCHIVES AND RECORDS ADMINISTRATION", "J1", "similar 93", id="an abbreviation"),
    pytest.param("DEPARTMENT OF TREASURY", "K2", "similar 94", id="without an article"),
    pytest.param(
        "푸른도시국 공원녹지과", "L3", "the same after removing '푸른도시국'", id="the longer of two that end so"
    ),
]


@pytest.mark.parametrize(("name", "unit", "why"), SUGGESTED)
def test_the_first_suggestion_is_the_department_meant_and_says_why(name: str, unit: str, why: str) -> None:
    first, *others = suggest([name], CITY)[name]
    assert (first.unit_id, first.why("en")) == (unit, why)
    assert 0 < first.score <= 100
    assert all(first.score >= other.score for other in others)
    assert first.why("ko") != why


@pytest.mark.parametrize("name", [str(case.values[0]) for case in SUGGESTED])
def test_suggestions_reach_the_pages_as_they_are(name: str) -> None:
    passed_on = TypeAdapter(tuple[Suggestion, ...])
    found = suggest([name], CITY)[name]
    assert passed_on.validate_json(passed_on.dump_json(found)) == found


@pytest.mark.parametrize("name", [str(case.values[0]) for case in SUGGESTED])
def test_what_is_suggested_is_not_certain(name: str) -> None:
    resolved = resolve_names([name], CITY, [])
    assert name not in resolved.certain
    assert name not in resolved.turns


@pytest.mark.parametrize("name", ["쉬땅", "-", "#", " ", "10_OR_LESS"])
def test_a_name_like_no_department_has_no_suggestion(name: str) -> None:
    assert suggest([name], CITY) == {name: ()}


def test_without_departments_nothing_is_suggested() -> None:
    assert suggest(["총무과"], []) == {"총무과": ()}


STATIONS = "중부 종로 남대문 서대문 혜화 용산 강서 수서 서부 강동 동대문".split()
SPELT = {
    "with the city": [f"서울{name}" for name in STATIONS],
    "alone": STATIONS,
    "with city and ending": [f"서울{name}서" for name in STATIONS],
}


@pytest.mark.parametrize("roster", SPELT)
@pytest.mark.parametrize("typed", SPELT)
def test_offices_spelt_three_ways_find_each_other(roster: str, typed: str) -> None:
    versions = [version(f"U{number}", name) for number, name in enumerate(SPELT[roster])]
    found = suggest(SPELT[typed], versions)
    assert [found[name][0].unit_id for name in SPELT[typed]] == [one.unit_id for one in versions]


@given(st.lists(st.text(alphabet="기획총무안전 국과구1aB", max_size=9), max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_department_is_suggested_once_and_the_best_comes_first(names: list[str]) -> None:
    for found in suggest(names, CITY).values():
        assert len({one.unit_id for one in found}) == len(found) <= MOST
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_suggestions_do_not_depend_on_the_order_of_departments() -> None:
    names = [str(case.values[0]) for case in SUGGESTED]
    assert suggest(names, CITY) == suggest(names, CITY[::-1])


@given(st.lists(st.text(alphabet="기획총무안전과", min_size=2, max_size=6), min_size=1, max_size=30, unique=True))
@settings(max_examples=40, deadline=None)
def test_a_name_is_nearest_to_itself(names: list[str]) -> None:
    for position, near in enumerate(Letters(names).nearest(names, 60)):
        assert (position, 100) in near


def test_spellings_that_count_as_equal_wait_as_one_name(tmp_path: Path) -> None:
    sources = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n'
    sources += '[[source]]\nfile = "list.csv"\nkind = "datasets"\n[source.columns]\ndataset_id = "번호"\n'
    sources += 'title = "번호"\nopened_on = { constant = "2021-01-01" }\n'
    sources += 'unit_id = { column = "부서", unit_by = "name" }\n'
    files: dict[str, str | bytes] = {
        "departments.csv": "unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\n",
        "list.csv": "번호,부서\n1,본청 기획과\n2,본청  기획과\n3,본청 기획과\n4,쉬땅\n5,기획과\n",
    }
    waiting = undecided(take_in(write(tmp_path / "in", files, sources)).staged)
    assert [(one.name, one.rows, one.files) for one in waiting] == [
        ("본청 기획과", 3, ("list.csv",)),
        ("쉬땅", 1, ("list.csv",)),
    ]
    assert [one.unit_id for one in waiting[0].suggestions] == ["A1"]


# A list of departments to start from ----------------------------------------------------------------------------------

TYPED = [
    ("부산광역시 강서구 부산광역시 강서구 경제산업국 농산과", "부산광역시 강서구", "농산과"),
    ("부산광역시 북구 북구청 환경위생과", "부산광역시 북구", "환경위생과"),
    ("부산광역시 기장군 기장군재난안전과", "부산광역시 기장군", "재난안전과"),
    ("부산광역시 서구 부산 서구청", "부산광역시 서구", ""),
    ("부산광역시 수영구 가족행복과 여성가족계", "부산광역시 수영구", "가족행복과"),
    ("부산광역시 관리팀", "부산광역시", "관리팀"),
    ("복지교육국 평생교육과", "", "평생교육과"),
    ("총무과", "", "총무과"),
    ("", "", ""),
]


@pytest.mark.parametrize(("name", "institution", "department"), TYPED)
def test_a_name_as_typed_is_an_institution_and_a_department(name: str, institution: str, department: str) -> None:
    assert institution_and_department(name) == (institution, department)


def test_a_proposed_roster_lists_each_department_once_with_what_it_was_spelt_like() -> None:
    names = [("문화체육과", 7), ("몬화체육과", 1), ("복지국 문화체육과", 2), ("부산광역시 북구", 3)]
    assert proposed_roster(names).splitlines() == [
        "unit_id,name,parent,peer_group,valid_from,valid_to,rows,spellings,similar",
        "P0001,몬화체육과,,unassigned,1900-01-01,,1,몬화체육과,문화체육과",
        "P0002,문화체육과,,unassigned,1900-01-01,,9,문화체육과 | 복지국 문화체육과,",
    ]

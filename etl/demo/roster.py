"""The departments' files: who exists when, who followed whom, other names, and staff at dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from etl.demo.departments import (
    ARTS_AND_TOURISM,
    CLIMATE,
    DEPARTMENTS,
    DIGITAL,
    EARLIER_NAME,
    RENAMED_ON,
    REORGANISED,
    SMART_CITY,
    SUCCESSIONS,
    Department,
    existing_on,
    name_on,
)
from etl.demo.draws import Draws
from etl.demo.tables import Table, plain, tenths

PEER_GROUPS: Final = {"support": "지원", "line": "사업", "office": "사업소", "town": "읍면동", "agency": "직속기관"}

SNAPSHOTS: Final = (*(date(year, 12, 31) for year in range(2017, 2021)), date(2021, 6, 30), date(2021, 12, 31))
ALIASES: Final = (
    (SMART_CITY, "스마트 도시과", "띄어쓰기 차이", "2021-12-06"),
    (DIGITAL, "디지털정보담당관", "개방 목록에 남은 잘못된 부서명", "2021-12-06"),
    (ARTS_AND_TOURISM, "문화 관광과", "띄어쓰기 차이", "2021-12-06"),
    (CLIMATE, "기후·대기과", "가운뎃점 표기", "2021-12-07"),
    ("0120010", "상수도본부", "줄임말", "2021-12-07"),
    ("0120040", "시립도서관(중앙)", "분관을 덧붙인 이름", "2021-12-07"),
    ("0130030", "농업기술센타", "외래어 표기", "2021-12-07"),
    ("0090050", "토지정보과 공간정보팀", "팀 이름까지 적힘", "2021-12-07"),
)
"""Names under which departments stand in the portal's list, as the evaluator decided: code, name, reason, day."""

_WITH_PUBLIC_SERVICE_STAFF: Final = ("office", "agency")


def roster_tables(seed: int) -> tuple[Table, ...]:
    """부서, 조직개편, 부서별칭 and 정원."""
    return (_departments(), _successions(), _aliases(), _headcount(seed))


def _departments() -> Table:
    rows = tuple(row for department in DEPARTMENTS for row in _names_of(department))
    return Table("부서.csv", ("부서코드", "부서명", "상위부서", "평가군", "시작일", "종료일"), rows)


def _names_of(department: Department) -> list[tuple[str, ...]]:
    group = PEER_GROUPS[department.peer_group]
    now = (department.code, department.name, department.parent, group)
    renamed_on = RENAMED_ON.get(department.code)
    if renamed_on is None:
        return [(*now, plain(department.start), plain(department.end))]
    before = (department.code, EARLIER_NAME[department.code], department.parent, group)
    return [
        (*before, plain(department.start), plain(renamed_on - timedelta(days=1))),
        (*now, plain(renamed_on), plain(department.end)),
    ]


def _successions() -> Table:
    rows = tuple(
        (step.closed, step.successor, plain(REORGANISED), tenths(step.hundredths), "2021년 하반기 조직개편")
        for step in SUCCESSIONS
    )
    return Table("조직개편.csv", ("폐지부서코드", "승계부서코드", "시행일", "승계비율", "비고"), rows)


def _aliases() -> Table:
    rows = tuple((alias, code, reason, decided_on, "평가 담당자") for code, alias, reason, decided_on in ALIASES)
    return Table("부서별칭.csv", ("별칭", "부서코드", "사유", "결정일", "결정자"), rows)


def _headcount(seed: int) -> Table:
    draws = Draws(seed, "headcount")
    rows = tuple(
        (plain(day), department.code, name_on(department.code, day), part, str(authorised), str(actual))
        for day in SNAPSHOTS
        for department in existing_on(day)
        for part, authorised, actual in _parts(department, day, draws)
    )
    return Table("정원.csv", ("기준일", "부서코드", "부서명", "구분", "정원", "현원"), rows)


def authorised_on(department: Department, day: date) -> int:
    """The authorised staff: one in fifty fewer for each year before 2021."""
    return department.staff - department.staff * (2021 - day.year) // 50


def _parts(department: Department, day: date, draws: Draws) -> list[tuple[str, int, int]]:
    authorised = authorised_on(department, day)
    if department.peer_group not in _WITH_PUBLIC_SERVICE_STAFF:
        return [("일반직", authorised, _filled(authorised, draws))]
    public_service = authorised // 4
    return [
        ("일반직", authorised - public_service, _filled(authorised - public_service, draws)),
        ("공무직", public_service, _filled(public_service, draws)),
    ]


def _filled(authorised: int, draws: Draws) -> int:
    return authorised - draws.between(0, authorised // 12)

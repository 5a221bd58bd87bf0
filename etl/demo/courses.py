"""The training sessions of five years, and how many people completed each.

The sizes are chosen so that 2017 to 2020 come to 11 courses with 1,027 completions and 2021 to 15 with 1,515.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

_TABLE: Final = """
2017-04-19|2017-04-19|3|집합|기초|0010040|교육|공공데이터의 이해|70
2017-10-24|2017-10-25|12|집합|분석|0010040|교육|엑셀 활용 통계 실무|48
2018-05-16|2018-05-16|4|집합|기초|0010040|교육|데이터 행정 입문|96
2018-09-11|2018-09-12|14|집합|분석|0010040|교육|공공데이터 분석 실습|75
2019-04-10|2019-04-10|3|집합|기초|0010030|교육|데이터기반행정의 이해|138
2019-06-25|2019-06-26|14|집합|개방|0010030|교육|공공데이터 개방 실무|112
2019-10-15|2019-10-17|21|집합|분석|0010030|교육|빅데이터 분석 기획|62
2019-11-20|2019-11-20|2|집합|안내|0010030|설명회|데이터 평가 편람 설명회|45
2020-05-20|2020-05-20|3|실시간 비대면|기초|0010030|교육|데이터기반행정의 이해|205
2020-07-15|2020-07-17|16|외부위탁|혁신|0020020|교육|정부혁신 우수사례 과정|9
2020-09-01|2020-09-29|10|이러닝|기초|0130040|교육|데이터 리터러시 이러닝|148
2020-10-20|2020-10-22|20|집합|분석|0010030|교육|공간정보 활용 분석|64
2020-11-18|2020-11-18|2|실시간 비대면|안내|0010030|설명회|데이터기반행정법 시행 설명회|88
2021-03-10|2021-03-10|3|실시간 비대면|기초|0010030|교육|데이터기반행정의 이해(1회차)|212
2021-03-23|2021-03-24|14|집합|분석|0130040|교육|엑셀 활용 데이터 분석(1회차)|62
2021-04-14|2021-04-14|6|집합|개방|0010040|교육|공공데이터 개방·품질관리 실무|96
2021-04-27|2021-04-28|14|집합|분석|0090050|교육|공간정보(GIS) 분석 입문|44
2021-05-25|2021-05-27|21|집합|분석|0010030|교육|빅데이터 분석 기획 과정|36
2021-06-01|2021-06-30|12|이러닝|기초|0130040|교육|데이터 리터러시 이러닝(상반기)|268
2021-06-15|2021-06-16|14|집합|시각화|0010030|교육|데이터 시각화 실습|57
2021-07-14|2021-07-14|3|실시간 비대면|인공지능|0010030|교육|인공지능 행정 활용 입문|104
2021-08-24|2021-08-27|28|집합|분석|0130040|교육|파이썬 기초 데이터 처리|28
2021-09-08|2021-09-08|3|실시간 비대면|기초|0010030|교육|데이터기반행정의 이해(2회차)|188
2021-09-28|2021-09-28|4|집합|현장|0020030|교육|읍면동 데이터 활용 실무|71
2021-10-01|2021-10-29|12|이러닝|기초|0130040|교육|데이터 리터러시 이러닝(하반기)|239
2021-10-12|2021-10-13|14|집합|분석|0130040|교육|엑셀 활용 데이터 분석(2회차)|58
2021-11-03|2021-11-03|7|외부위탁|보호|0010040|교육|가명정보 처리와 개인정보 보호|33
2021-11-17|2021-11-17|3.5|집합|정책|0020020|교육|정책 담당자 데이터 기반 의사결정|19
2021-02-24|2021-02-24|2|실시간 비대면|안내|0010030|설명회|데이터기반행정 평가계획 설명회|81
2021-09-15|2021-09-15|2|실시간 비대면|안내|0010040|설명회|공공데이터 개방 추진 설명회|64
2021-12-08|2021-12-08|5|집합|공유|0010030|학술행사|데이터 활용 우수사례 발표회|73
"""

COURSE: Final = "교육"
E_LEARNING: Final = "이러닝"
FOR_TOWNS: Final = "현장"
TWICE_OFFERED: Final = ("데이터기반행정의 이해(1회차)", "데이터기반행정의 이해(2회차)")

_SHARED_WITH_OTHER_BODIES: Final = {"정부혁신 우수사례 과정": 30}
"""Title -> the places for officials of all bodies together."""

PEOPLE_BY_COURSES: Final = {
    2017: {1: 110, 2: 4},
    2018: {1: 155, 2: 8},
    2019: {1: 268, 2: 22},
    2020: {1: 350, 2: 38},
    2021: {1: 974, 2: 230, 3: 27},
}
"""How many people completed one, two or three courses in a year; together they fill every course exactly."""


@dataclass(frozen=True, slots=True)
class Session:
    """A course, briefing or conference, and how many people completed it."""

    session_id: str
    starts_on: date
    ends_on: date
    hours: str
    mode: str
    field: str
    organiser: str
    kind: str
    title: str
    completions: int

    @property
    def year(self) -> int:
        """The year in which it took place."""
        return self.ends_on.year

    @property
    def seats(self) -> int:
        """The places offered: rounded up to a full ten, and ten more; other bodies fill most of a shared course."""
        return _SHARED_WITH_OTHER_BODIES.get(self.title, (self.completions // 10 + 2) * 10)

    @property
    def institution(self) -> str:
        """Who taught."""
        return "외부 교육기관" if self.mode == "외부위탁" else "합성시(예시) 자체"


def _session(number: int, line: str) -> Session:
    starts_on, ends_on, hours, mode, field, organiser, kind, title, completions = line.split("|")
    return Session(
        f"교육-{starts_on[:4]}-{number:02d}",
        date.fromisoformat(starts_on),
        date.fromisoformat(ends_on),
        hours,
        mode,
        field,
        organiser,
        kind,
        title,
        int(completions),
    )


def _numbered_by_year(lines: list[str]) -> tuple[Session, ...]:
    years = [line[:4] for line in lines]
    return tuple(_session(years[: place + 1].count(line[:4]), line) for place, line in enumerate(lines))


SESSIONS: Final = _numbered_by_year(_TABLE.strip().splitlines())


def sessions_of(year: int) -> list[Session]:
    """Everything that took place in a year."""
    return [session for session in SESSIONS if session.year == year]

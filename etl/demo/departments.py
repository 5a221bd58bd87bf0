"""The departments of the invented city, through time. Names, sizes and codes are made up.

Each line of the tables: code, name, peer group, authorised staff at the end of 2021, and how far the department works
with data (0: not at all, 5: leads the city), which everything else is drawn around.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

CITY: Final = "합성시(예시)"
FOUNDED: Final = date(2014, 7, 1)
REORGANISED: Final = date(2021, 7, 1)
_LAST_DAY_BEFORE: Final = date(2021, 6, 30)


@dataclass(frozen=True, slots=True)
class Department:
    """A department: `staff` people authorised, in existence from `start` to `end` (both days included)."""

    code: str
    name: str
    parent: str
    peer_group: str
    staff: int
    level: int
    start: date = FOUNDED
    end: date | None = None

    def exists_on(self, day: date) -> bool:
        """Whether the department exists on this day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Succession:
    """Which part, in hundredths, of a closed department's record goes to which later one."""

    closed: str
    successor: str
    hundredths: int


SMART_CITY: Final = "0010030"
DIGITAL: Final = "0010040"
PERSONNEL: Final = "0020020"
EVENTS: Final = "0030040"
ARTS: Final = "0070010"
TOURISM: Final = "0070020"
ARTS_AND_TOURISM: Final = "0070050"
ENVIRONMENT: Final = "0080010"
CLIMATE: Final = "0080050"
WASTE: Final = "0080060"
PARKS: Final = "0080020"
SPORTS_GROUNDS: Final = "0120050"
TRAINING_INSTITUTE: Final = "0130040"

NOTHING_TO_OPEN: Final = ("0010020", "0030010")
"""Departments whose work may not be made public; opening data does not apply to them."""

SUCCESSIONS: Final = (
    Succession(ARTS, ARTS_AND_TOURISM, 100),
    Succession(TOURISM, ARTS_AND_TOURISM, 100),
    Succession(ENVIRONMENT, CLIMATE, 60),
    Succession(ENVIRONMENT, WASTE, 40),
)

RENAMED_ON: Final = {DIGITAL: date(2021, 3, 2)}
EARLIER_NAME: Final = {DIGITAL: "정보통신과"}

STARTS: Final = {
    SMART_CITY: date(2019, 1, 1),
    "0110030": date(2020, 7, 1),
    EVENTS: date(2021, 12, 1),
    ARTS_AND_TOURISM: REORGANISED,
    CLIMATE: REORGANISED,
    WASTE: REORGANISED,
}
ENDS: Final = dict.fromkeys((ARTS, TOURISM, ENVIRONMENT), _LAST_DAY_BEFORE)

_DIVISIONS: Final = {
    "001": "기획조정실",
    "002": "행정국",
    "003": "시장 직속",
    "004": "시의회",
    "005": "경제농업국",
    "006": "복지국",
    "007": "문화체육국",
    "008": "환경녹지국",
    "009": "도시주택국",
    "010": "교통건설국",
    "011": "시민안전국",
    "012": "사업소",
    "013": "직속기관",
    "014": "읍면동",
}

_TABLE: Final = """
0010010 기획예산과 support 38 3
0010020 법무담당관 support 12 1
0010030 스마트도시과 support 31 5
0010040 디지털정보과 support 35 4
0010050 성과관리담당관 support 11 3
0020010 총무과 support 46 2
0020020 인사과 support 26 2
0020030 자치행정과 support 34 3
0020040 회계과 support 38 2
0020050 세정과 support 45 4
0020060 민원봉사과 support 40 3
0020070 청사건립추진단 support 8 1
0030010 감사관 support 24 1
0030020 소통홍보담당관 support 22 2
0030030 시민고충처리관 support 4 1
0030040 국제행사추진단 support 6 0
0040010 의회사무국 support 28 0
0050010 일자리경제과 line 34 4
0050020 기업지원과 line 29 3
0050030 소상공인지원과 line 20 4
0050040 에너지산업과 line 20 2
0050050 농업정책과 line 33 2
0060010 복지정책과 line 46 4
0060020 노인장애인과 line 43 3
0060030 여성가족과 line 37 2
0060040 아동청소년과 line 33 3
0070010 문화예술과 line 24 2
0070020 관광진흥과 line 20 4
0070030 체육진흥과 line 24 1
0070040 평생교육과 line 25 3
0070050 문화관광과 line 43 3
0080010 환경정책과 line 48 4
0080020 공원녹지과 line 37 3
0080030 산림과 line 30 2
0080040 수질관리과 line 22 3
0080050 기후대기과 line 29 4
0080060 자원순환과 line 20 3
0090010 도시계획과 line 34 3
0090020 건축과 line 42 2
0090030 주택과 line 36 2
0090040 도시재생과 line 24 3
0090050 토지정보과 line 39 4
0100010 교통정책과 line 39 5
0100020 대중교통과 line 28 4
0100030 주차관리과 line 24 3
0100040 건설과 line 38 1
0100050 도로과 line 45 3
0110010 안전총괄과 line 32 4
0110020 재난대응과 line 22 3
0110030 감염병대응과 line 26 3
0120010 상수도사업본부 office 120 3
0120020 하수도사업소 office 58 2
0120030 차량등록사업소 office 33 1
0120040 시립도서관 office 62 4
0120050 체육시설사업소 office 50 2
0120060 문화회관 office 27 1
0120070 공원관리사업소 office 47 2
0120080 자원회수시설사업소 office 42 3
0120090 농수산물도매시장관리소 office 19 2
0120100 시립박물관 office 18 0
0130010 보건소 agency 100 3
0130020 동부보건지소 agency 25 2
0130030 농업기술센터 agency 74 4
0130040 인재개발원 agency 23 3
0130050 보건환경연구원 agency 36 3
0140010 다온읍 town 25 3
0140020 솔가람읍 town 22 2
0140030 너른들면 town 14 1
0140040 물미면 town 12 2
0140050 안골면 town 9 0
0140060 중앙동 town 21 3
0140070 동문동 town 17 2
0140080 서문동 town 16 1
0140090 남강동 town 18 4
0140100 북산동 town 15 2
0140110 새터동 town 19 3
0140120 한솔1동 town 17 2
0140130 한솔2동 town 15 1
0140140 은행나무동 town 13 2
0140150 달빛동 town 14 4
0140160 학마을동 town 11 1
0140170 청계동 town 12 2
0140180 연못동 town 8 3
0140190 돌다리동 town 10 1
0140200 배꽃동 town 13 2
0140210 샘골동 town 7 3
"""


def _department(line: str) -> Department:
    code, name, peer_group, staff, level = line.split()
    return Department(
        code,
        name,
        f"{CITY} {_DIVISIONS[code[:3]]}",
        peer_group,
        int(staff),
        int(level),
        STARTS.get(code, FOUNDED),
        ENDS.get(code),
    )


DEPARTMENTS: Final = tuple(_department(line) for line in _TABLE.strip().splitlines())
BY_CODE: Final = {department.code: department for department in DEPARTMENTS}


@cache
def existing_on(day: date) -> tuple[Department, ...]:
    """The departments that exist on this day, by code."""
    return tuple(department for department in DEPARTMENTS if department.exists_on(day))


def name_on(code: str, day: date) -> str:
    """The department's name on this day: a renaming keeps the code."""
    renamed_on = RENAMED_ON.get(code)
    return EARLIER_NAME[code] if renamed_on is not None and day < renamed_on else BY_CODE[code].name

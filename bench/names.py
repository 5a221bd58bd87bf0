"""Names of departments, spelt in 100,000 ways, matched and suggested: a process of its own, timed by `bench`."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import date
from typing import Final

from etl.intake.names import resolve_names
from etl.intake.suggestions import suggest
from etl.units import UnitVersion

SPELLINGS: Final = 100_000
_DEPARTMENTS: Final = 5_000
_STEMS: Final = (
    "기획 예산 총무 재무 세무 회계 감사 홍보 민원 자치 행정 교통 건설 건축 도시 재생 주택 토지 정보 통신 "
    "데이터 문화 체육 관광 예술 교육 청년 여성 가족 아동 노인 장애인 복지 보건 위생 환경 자원 순환 공원 녹지 "
    "산림 농업 축산 수산 해양 경제 일자리 기업 투자 산업 에너지 안전 재난 방재 하수 상수 도로 하천 시설 관리 "
    "지원 정책 전략 혁신 협력 소통 미래 균형 발전 평생 학습 도서관"
).split()
_SYLLABLES: Final = "".join(_STEMS)
_PARENTS: Final = [f"{stem}국" for stem in _STEMS]


def departments(draw: random.Random) -> list[UnitVersion]:
    """Departments of two to four words, each under a name of its own."""
    names: set[str] = set()
    while len(names) < _DEPARTMENTS:
        names.add("".join(draw.choices(_STEMS, k=draw.choice((2, 3, 3, 4)))) + "과")
    return [
        UnitVersion(f"U{number:04}", name, draw.choice(_PARENTS), "line", date(2020, 1, 1), None)
        for number, name in enumerate(sorted(names))
    ]


def spellings(versions: Sequence[UnitVersion], draw: random.Random) -> list[str]:
    """Distinct names as typed: slips, parents before and teams after the name, and names of nobody."""
    typed: set[str] = set()
    while len(typed) < SPELLINGS:
        typed.add(_typed(draw.choice(versions), draw))
    return sorted(typed)


def _typed(version: UnitVersion, draw: random.Random) -> str:
    name, at = version.name, draw.randrange(len(version.name))
    match draw.randrange(6):
        case 0 | 1:
            return name[:at] + draw.choice(_SYLLABLES) + name[at + 1 :]
        case 2:
            return name[:at] + name[at + 1 :] + draw.choice(("", "팀", "실"))
        case 3:
            return f"{draw.choice(_PARENTS)} {name}"
        case 4:
            return f"{name} {draw.choice(_STEMS)}{draw.choice(_STEMS)}팀"
        case _:
            return "".join(draw.choices(_STEMS, k=3)) + draw.choice(("실", "단", "센터"))


def main() -> None:
    """Match and suggest once, and say how long that alone took."""
    draw = random.Random(2021)
    versions = departments(draw)
    typed = spellings(versions, draw)
    started, used = time.perf_counter(), time.process_time()
    certain = resolve_names(typed, versions, []).certain
    found = suggest([name for name in typed if name not in certain], versions)
    wall, cpu = time.perf_counter() - started, time.process_time() - used
    suggested = sum(bool(suggestions) for suggestions in found.values())
    print(f"{len(typed):,} names: {len(certain):,} certain, {suggested:,} suggested; {wall:.1f} s, {cpu:.1f} s of CPU")


if __name__ == "__main__":
    main()

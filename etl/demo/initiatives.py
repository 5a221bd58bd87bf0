"""The digital services and places of the city, with sites and users year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.demo.departments import SMART_CITY, name_on
from etl.demo.draws import Draws
from etl.demo.tables import Table, plain

SOURCES: Final = r"""
[[source]]
file = "디지털사업.csv"
kind = "initiatives"
[source.columns]
initiative_id = "사업번호"
unit_id = "부서코드"
title = "사업명"
service = "서비스 유형"
started_on = "시작일"
ended_on = "종료일"
document_no = "문서번호"

[[source]]
file = "디지털사업_현황.csv"
kind = "initiative_figures"
[source.columns]
initiative_id = "사업번호"
year = "연도"
sites = "개소 수"
users = "이용자 수"
"""

_Figures = Mapping[int, tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class Initiative:
    """One service or place; `figures` is year -> sites at its end and about how many users, where they are counted."""

    code: str
    title: str
    service: str
    started_on: date
    figures: _Figures
    ended_on: date | None = None


INITIATIVES: Final = (
    Initiative(
        "0020010",
        "스마트워크센터 운영",
        "스마트워크센터",
        date(2019, 3, 4),
        {2019: (2, 1200), 2020: (3, 3100), 2021: (5, 5400)},
    ),
    Initiative(
        "0060020",
        "스마트경로당 조성",
        "스마트경로당",
        date(2019, 9, 2),
        {2019: (5, 310), 2020: (28, 1900), 2021: (65, 7800)},
    ),
    Initiative(
        "0010010",
        "원격 간부회의 운영",
        "영상회의",
        date(2020, 3, 9),
        {2020: (12, 620), 2021: (18, 1450)},
    ),
    Initiative(
        "0120040",
        "스마트도서관 운영",
        "무인 도서 대출",
        date(2018, 5, 14),
        {2019: (3, 8200), 2020: (5, 14600), 2021: (8, 26300)},
    ),
    Initiative(
        SMART_CITY,
        "공공와이파이 확대",
        "공공와이파이",
        date(2019, 2, 11),
        {2019: (120, None), 2020: (180, 41000), 2021: (260, 68000)},
    ),
    Initiative(
        "0120040",
        "승차 도서 대출",
        "비대면 대출",
        date(2020, 4, 6),
        {2020: (2, 3900)},
        ended_on=date(2021, 6, 30),
    ),
)
"""Smart-work centres come to 5 sites and smart senior centres to 65 by 2021, as in the published case."""


def initiative_tables(seed: int) -> tuple[Table, ...]:
    """디지털사업 and 디지털사업_현황."""
    draws = Draws(seed, "initiatives")
    numbered = [(f"디지털-{number:02d}", one) for number, one in enumerate(INITIATIVES, start=1)]
    rows = tuple(_row(number, one, draws) for number, one in numbered)
    figures = tuple(
        (number, str(year), str(sites), _drawn_around(users, draws))
        for number, one in numbered
        for year, (sites, users) in one.figures.items()
    )
    headings = ("사업번호", "부서코드", "부서명", "사업명", "서비스 유형", "시작일", "종료일", "문서번호")
    return (
        Table("디지털사업.csv", headings, rows),
        Table("디지털사업_현황.csv", ("사업번호", "연도", "개소 수", "이용자 수"), figures),
    )


def _row(number: str, one: Initiative, draws: Draws) -> tuple[str, ...]:
    name = name_on(one.code, one.started_on)
    document_no = f"{name}-{draws.between(1000, 9999)}"
    return (
        number,
        one.code,
        name,
        one.title,
        one.service,
        plain(one.started_on),
        plain(one.ended_on),
        document_no,
    )


def _drawn_around(users: int | None, draws: Draws) -> str:
    """Within a twentieth of what is usual; an empty cell where nobody counts."""
    return "" if users is None else str(users * draws.between(95, 105) // 100)

"""Data the city collects without opening them, and the datasets its analyses used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.demo.analyses import Analysis
from etl.demo.datasets import Dataset
from etl.demo.departments import existing_on, name_on
from etl.demo.draws import Draws, apportion
from etl.demo.tables import Table, plain
from etl.demo.titles import TitleBook
from etl.demo.topics import Patterns

COLLECTED: Final = {2018: 18, 2019: 34, 2020: 58, 2021: 96}
"""How many datasets are collected in each year and not opened."""

SOURCES: Final = r"""
# 모았지만 열지 않은 데이터는 포털 목록에 없습니다. Data collected and not opened are not on the portal's list.
[[source]]
file = "수집데이터.csv"
kind = "datasets"
[source.columns]
dataset_id = "데이터번호"
unit_id = "부서코드"
title = "데이터명"
collected_on = "수집일"
format = "형식"
update_cycle = "갱신주기"
protection = { column = "보호조치", values = { "가명처리" = "pseudonymised", "합성데이터" = "synthetic" } }

[[source]]
file = "분석과제_데이터.csv"
kind = "analysis_sources"
[source.columns]
analysis_id = "과제번호"
dataset_id = "데이터번호"
"""

_PATTERNS: Final = Patterns(
    any=("{topic} 업무처리 원천자료", "{topic} 관련 민원 원문", "{topic} 관계기관 연계자료"),
    place=("{topic} 현장 계측자료", "{topic} 주변 유동인구 자료", "{topic} 이용 기록"),
    work=("{topic} 신청·처리 기록", "{topic} 상담 기록", "{topic} 월별 집계 원본"),
)
_ABOUT_PEOPLE: Final = ("민원 원문", "상담 기록", "처리 기록")
_PROTECTIONS: Final = ("", "가명처리", "합성데이터")
_PROTECTION_WEIGHTS: Final = (65, 30, 5)
_FORMATS: Final = ("CSV", "XLSX", "JSON", "DB")
_FORMAT_WEIGHTS: Final = (60, 20, 10, 10)
_CYCLES: Final = ("월간", "분기", "연간", "수시", "실시간")
_CYCLE_WEIGHTS: Final = (35, 20, 20, 15, 10)
_MOST_USED: Final = 3
"""How many datasets of its own department an analysis uses at most."""


@dataclass(frozen=True, slots=True)
class Collected:
    """A dataset that a department collected; `protection` says how people in it were made unrecognisable."""

    dataset_id: str
    code: str
    title: str
    collected_on: date
    format: str
    cycle: str
    protection: str


@dataclass(frozen=True, slots=True)
class _Usable:
    """A dataset an analysis may use from a day on."""

    dataset_id: str
    code: str
    title: str
    since: date
    is_open: bool


def draw_collected(seed: int) -> list[Collected]:
    """All collected datasets, by year and number."""
    titles = TitleBook(Draws(seed, "collected titles"), _PATTERNS)
    return [one for year in COLLECTED for one in _collected_in(year, titles, Draws(seed, f"collected {year}"))]


def _collected_in(year: int, titles: TitleBook, draws: Draws) -> list[Collected]:
    departments = [department for department in existing_on(date(year, 12, 31)) if department.level > 1]
    parts = apportion(COLLECTED[year], [d.level**2 * draws.between(50, 150) for d in departments])
    drawn = [
        (draws.working_day(max(department.start, date(year, 1, 18)), date(year, 12, 10)), department.code)
        for department, part in zip(departments, parts, strict=True)
        for _ in range(part)
    ]
    return [
        _collected(f"수집-{year}-{number:03d}", code, day, titles, draws)
        for number, (day, code) in enumerate(sorted(drawn), start=1)
    ]


def _collected(dataset_id: str, code: str, day: date, titles: TitleBook, draws: Draws) -> Collected:
    title = titles.next_of(code).text
    kind = draws.pick_weighted(_FORMATS, _FORMAT_WEIGHTS)
    cycle = draws.pick_weighted(_CYCLES, _CYCLE_WEIGHTS)
    protection = draws.pick_weighted(_PROTECTIONS, _PROTECTION_WEIGHTS) if title.endswith(_ABOUT_PEOPLE) else ""
    return Collected(dataset_id, code, title, day, kind, cycle, protection)


def collected_tables(
    analyses: Sequence[Analysis], datasets: Sequence[Dataset], collected: Sequence[Collected], seed: int
) -> tuple[Table, ...]:
    """수집데이터 and 분석과제_데이터."""
    headings = ("데이터번호", "부서코드", "부서명", "데이터명", "수집일", "형식", "갱신주기", "보호조치")
    rows = tuple(
        (
            one.dataset_id,
            one.code,
            name_on(one.code, one.collected_on),
            one.title,
            plain(one.collected_on),
            one.format,
            one.cycle,
            one.protection,
        )
        for one in collected
    )
    used = tuple(_sources(analyses, [*_usable(datasets), *_usable_collected(collected)], seed))
    return (
        Table("수집데이터.csv", headings, rows),
        Table("분석과제_데이터.csv", ("과제번호", "데이터번호"), used),
    )


def _usable(datasets: Sequence[Dataset]) -> list[_Usable]:
    return [_Usable(d.dataset_id, d.code, d.title, d.opened_on, True) for d in datasets if not d.refused_because]


def _usable_collected(collected: Sequence[Collected]) -> list[_Usable]:
    return [_Usable(one.dataset_id, one.code, one.title, one.collected_on, False) for one in collected]


def _sources(analyses: Sequence[Analysis], usable: Sequence[_Usable], seed: int) -> list[tuple[str, str]]:
    """Which datasets each analysis used: none for one that is only planned, and for a few that do not say."""
    draws = Draws(seed, "analysis sources")
    return [
        (analysis.analysis_id, dataset.dataset_id)
        for analysis in analyses
        if analysis.fate.status != "계획" and not draws.chance(6)
        for dataset in _used_by(analysis, usable, draws)
    ]


def _used_by(analysis: Analysis, usable: Sequence[_Usable], draws: Draws) -> list[_Usable]:
    """Data of the departments that take part: on its topic first, not open to all first; at times somebody else's."""
    partners = {analysis.lead, *(code for code, _ in analysis.shares)}
    known = [dataset for dataset in usable if dataset.since <= analysis.last_known_on]
    own = draws.shuffled([dataset for dataset in known if dataset.code in partners])
    best_first = sorted(own, key=lambda dataset: (analysis.title.topic.words not in dataset.title, dataset.is_open))
    used = best_first[: draws.between(1, _MOST_USED)]
    others = [dataset for dataset in known if dataset.code not in partners]
    return [*used, draws.pick(others)] if others and (not used or draws.chance(20)) else used

"""The analyses of five years: those that count, and those that do not, each for a reason of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from etl.demo.decisions import RECOGNISED, UNDECIDED, Decision, decide
from etl.demo.departments import BY_CODE, DIGITAL, ENVIRONMENT, SMART_CITY, TOURISM, Department, existing_on, name_on
from etl.demo.draws import Draws, working_day_from
from etl.demo.tables import Table, dotted, tenths
from etl.demo.titles import Title, TitleBook
from etl.demo.topics import ANALYSIS_PATTERNS, PURPOSES

COUNTED: Final = {2017: 2, 2018: 4, 2019: 9, 2020: 13, 2021: 22}
"""How many analyses are completed and recognised in each year."""

_Shares = tuple[tuple[str, int], ...]

_JOINT: Final[dict[int, tuple[_Shares, ...]]] = {
    2019: (((SMART_CITY, 60), ("0100010", 40)),),
    2020: (
        ((SMART_CITY, 50), ("0060010", 50)),
        (("0100010", 50), ("0110010", 30), ("0130050", 20)),
    ),
    2021: (
        ((ENVIRONMENT, 50), ("0110010", 30), ("0130050", 20)),
        ((SMART_CITY, 50), ("0050030", 30), (TOURISM, 20)),
        ((SMART_CITY, 60), ("0060010", 40)),
        (("0100010", 70), ("0100030", 30)),
        (("0120010", 50), ("0100050", 50)),
        (("0090050", 34), ("0060040", 33), ("0100010", 33)),
    ),
}
"""Joint analyses: the lead first, shares in hundredths. Two of 2021 end before the departments are reorganised."""

_ALONE_IN_SPRING: Final = {2021: (ENVIRONMENT, TOURISM, DIGITAL)}
"""Analyses of departments that are later split, merged or renamed."""

_STEPS_COUNTED: Final = (RECOGNISED, RECOGNISED, ("제출", "인정"), RECOGNISED, ("보완", "인정"))


@dataclass(frozen=True, slots=True)
class Fate:
    """Why an analysis does not count: its state, the decisions on it, and the reason given in them."""

    status: str
    steps: tuple[str, ...] = UNDECIDED
    reason: str = ""
    finished: Literal["before the year", "in the year", "after the year"] = "in the year"


_SAME_TOPIC: Final = Fate("완료", ("불인정",), "동일 주제 과제가 이미 인정됨")

_NOT_COUNTED: Final[dict[int, tuple[Fate, ...]]] = {
    2019: (
        Fate("완료", ("불인정",), "단순 설문조사로 분석에 해당하지 않음"),
        Fate("완료"),
        Fate("중단"),
        Fate("운영중", RECOGNISED),
    ),
    2020: (
        Fate("완료", ("불인정",), "시스템 구축 사업으로 분석에 해당하지 않음"),
        Fate("완료", ("불인정",), "정책 활용 계획이 없는 연구용역"),
        Fate("완료", ("보완",), "분석 방법과 사용 데이터 기재 필요"),
        Fate("완료"),
        Fate("중단"),
        Fate("운영중", RECOGNISED),
        Fate("운영중", RECOGNISED),
    ),
    2021: (
        Fate("완료"),
        Fate("완료"),
        Fate("완료", ("제출",)),
        Fate("완료", ("보완",), "활용 결과 증빙 보완 필요"),
        Fate("완료", ("제출", "보완"), "결과보고서 결재문서 누락"),
        _SAME_TOPIC,
        Fate("완료", ("불인정",), "전년도에 인정된 과제와 같은 과제"),
        Fate("완료", ("불인정",), "단순 설문조사로 분석에 해당하지 않음"),
        Fate("완료", ("보완", "불인정"), "시스템 구축 사업으로 분석에 해당하지 않음"),
        Fate("완료", ("불인정",), "기간 외: 인정 기간 전에 완료됨", "before the year"),
        Fate("완료", ("인정", "불인정"), "재심의 결과 전년도 과제와 같은 과제로 확인됨"),
        Fate("완료", RECOGNISED, "", "after the year"),
        Fate("완료", RECOGNISED, "", "after the year"),
        Fate("진행중"),
        Fate("진행중"),
        Fate("진행중"),
        Fate("진행중"),
        Fate("진행중"),
        Fate("계획"),
        Fate("계획"),
        Fate("중단"),
        Fate("운영중", RECOGNISED),
        Fate("운영중", RECOGNISED),
        Fate("운영중", RECOGNISED),
        Fate("운영중", RECOGNISED),
    ),
}

_METHODS: Final = ("자체", "위탁", "표준모델")
_METHOD_WEIGHTS: Final = (60, 25, 15)
_DONE: Final = "완료"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis; `completed_on` is empty unless it is done, `shares` unless it is joint work."""

    year: int
    number: int
    lead: str
    shares: _Shares
    title: Title
    purpose: str
    method: str
    fate: Fate
    started_on: date
    completed_on: date | None

    @property
    def analysis_id(self) -> str:
        """The year and the number in it."""
        return f"{self.year}-{self.number:03d}"

    @property
    def recognised(self) -> bool:
        """Whether the latest decision recognises it."""
        return self.fate.steps[-1:] == RECOGNISED

    @property
    def last_known_on(self) -> date:
        """The day it was done, or where it is not done, three months after it began."""
        return self.completed_on or self.started_on + timedelta(days=90)


def draw_analyses(seed: int) -> list[Analysis]:
    """All analyses, by year and number."""
    titles = TitleBook(Draws(seed, "analysis titles"), ANALYSIS_PATTERNS)
    return [analysis for year in COUNTED for analysis in _analyses_of(year, titles, Draws(seed, f"analyses {year}"))]


def _analyses_of(year: int, titles: TitleBook, draws: Draws) -> list[Analysis]:
    counted = [_counted(shares, year, titles, draws) for shares in _leads(year, draws)]
    others = [_not_counted(fate, year, titles, draws) for fate in _NOT_COUNTED.get(year, ())]
    others = [_on_the_topic_of(counted[-2], other) if other.fate == _SAME_TOPIC else other for other in others]
    in_order = sorted(_fall_out_and_back(counted, year) + others, key=lambda analysis: analysis.started_on)
    return [replace(analysis, number=number) for number, analysis in enumerate(in_order, start=1)]


def _leads(year: int, draws: Draws) -> list[_Shares]:
    """Who does the counted analyses: the joint ones, those of spring, and the rest drawn by level."""
    certain = [*_JOINT.get(year, ()), *(((code, 100),) for code in _ALONE_IN_SPRING.get(year, ()))]
    leading = {shares[0][0] for shares in certain}
    candidates = [department for department in existing_on(date(year, 12, 31)) if department.code not in leading]
    drawn = draws.several_weighted(candidates, [_likelihood(d) for d in candidates], COUNTED[year] - len(certain))
    return [*certain, *(((department.code, 100),) for department in drawn)]


def _likelihood(department: Department) -> int:
    by_level = (0, 0, 2, 8, 20, 36)[department.level]
    return by_level // 4 if department.peer_group == "town" else by_level


def _counted(shares: _Shares, year: int, titles: TitleBook, draws: Draws) -> Analysis:
    steps = draws.pick(_STEPS_COUNTED)
    fate = Fate(_DONE, steps, "사용 데이터 출처 보완 필요" if "보완" in steps else "")
    return _begin(shares, year, fate, titles, draws)


def _fall_out_and_back(counted: list[Analysis], year: int) -> list[Analysis]:
    """The last analysis of 2021 was refused at first and recognised on a second look."""
    if year != 2021:
        return counted
    second_look = Fate(_DONE, ("불인정", "인정"), "정책 활용 증빙 부족")
    return [*counted[:-1], replace(counted[-1], fate=second_look)]


def _not_counted(fate: Fate, year: int, titles: TitleBook, draws: Draws) -> Analysis:
    settled = [d for d in existing_on(date(year, 12, 31)) if d.start < date(2017, 1, 1)]
    lead = draws.pick_weighted(settled, [_likelihood(department) for department in settled])
    return _begin(((lead.code, 100),), year, fate, titles, draws)


def _on_the_topic_of(first: Analysis, second: Analysis) -> Analysis:
    title = Title(first.title.topic, f"{first.title.topic.words} 심층 분석")
    return replace(first, title=title, method=second.method, fate=second.fate)


def _begin(shares: _Shares, year: int, fate: Fate, titles: TitleBook, draws: Draws) -> Analysis:
    lead = shares[0][0]
    title = titles.next_of(lead)
    ends_on = _ends_on(shares, year, fate, draws)
    return Analysis(
        year,
        0,
        lead,
        shares if len(shares) > 1 else (),
        title,
        draws.pick(PURPOSES).format(topic=title.topic.words),
        draws.pick_weighted(_METHODS, _METHOD_WEIGHTS),
        fate,
        working_day_from(max(ends_on - timedelta(days=draws.between(60, 150)), BY_CODE[lead].start)),
        ends_on if fate.status == _DONE else None,
    )


def _ends_on(shares: _Shares, year: int, fate: Fate, draws: Draws) -> date:
    """A working day in the year on which every partner exists, or just outside the year if that is the point."""
    if fate.finished == "after the year":
        return draws.working_day(date(year + 1, 1, 4), date(year + 1, 1, 21))
    if fate.finished == "before the year":
        return draws.working_day(date(year - 1, 12, 21), date(year - 1, 12, 30))
    if shares[0][0] == DIGITAL and year in _ALONE_IN_SPRING:
        return draws.working_day(date(year, 2, 1), date(year, 2, 26))
    partners = [BY_CODE[code] for code, _ in shares]
    begins_on = date(year, 4, 1) if fate.status == _DONE else date(year, 10, 1)
    first = max(begins_on, *(partner.start for partner in partners))
    last = min(date(year, 12, 17), *(partner.end or date.max for partner in partners))
    return draws.working_day(first, last)


def decisions_on_analyses(analyses: list[Analysis], seed: int) -> list[Decision]:
    """What was decided on each analysis."""
    draws = Draws(seed, "analysis decisions")
    return [
        decision
        for analysis in analyses
        for decision in decide(
            "분석", analysis.analysis_id, analysis.last_known_on, analysis.fate.steps, analysis.fate.reason, draws
        )
    ]


def analysis_tables(analyses: list[Analysis], seed: int) -> tuple[Table, ...]:
    """분석과제 and 분석과제_지분."""
    draws = Draws(seed, "analysis documents")
    headings = (
        *("연도", "번호", "주관부서코드", "주관부서명", "과제명", "목적", "수행방식"),
        *("상태", "시작일", "완료일", "문서번호"),
    )
    rows = tuple(_row(analysis, draws) for analysis in analyses)
    shares = tuple(
        (analysis.analysis_id, code, tenths(hundredths))
        for analysis in analyses
        for code, hundredths in analysis.shares
    )
    return (
        Table("분석과제.csv", headings, rows),
        Table("분석과제_지분.csv", ("과제번호", "부서코드", "지분"), shares),
    )


def _row(analysis: Analysis, draws: Draws) -> tuple[str, ...]:
    name = name_on(analysis.lead, analysis.last_known_on)
    return (
        str(analysis.year),
        f"{analysis.number:03d}",
        analysis.lead,
        name,
        analysis.title.text,
        analysis.purpose,
        analysis.method,
        analysis.fate.status,
        dotted(analysis.started_on),
        dotted(analysis.completed_on),
        f"{name}-{draws.between(1000, 9999)}" if analysis.completed_on else "",
    )

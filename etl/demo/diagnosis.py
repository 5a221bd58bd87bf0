"""Two diagnoses of competency: what was asked, who answered, and with which score.

Not everybody answers: a few departments send nobody, small ones fewer than five people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.demo.departments import BY_CODE
from etl.demo.draws import Draws
from etl.demo.staff import Person, staff_by_department
from etl.demo.tables import Table, plain

SOURCES: Final = r"""
[[source]]
file = "역량진단.csv"
kind = "diagnosis_campaigns"
[source.columns]
campaign_id = "진단번호"
title = "진단명"
starts_on = "시작일"
ends_on = "종료일"
highest_score = "문항만점"
document_no = "문서번호"

[[source]]
file = "진단문항.csv"
kind = "diagnosis_questions"
[source.columns]
question_id = "문항번호"
campaign_id = "진단번호"
competency = "역량"
staff = { column = "대상직원", values = { "모두" = "everybody", "일반" = "ordinary", "분석" = "analyst" } }
text = "문항"

[[source]]
file = "진단응답.csv"
kind = "diagnosis_answers"
[source.columns]
question_id = "문항번호"
person = "가명번호"
unit_id = "부서코드"
staff = { column = "직원구분", values = { "일반" = "ordinary", "분석" = "analyst" } }
answered_on = "응답일"
score = "점수"
"""

ORDINARY: Final = "일반"
ANALYST: Final = "분석"
_EVERYBODY: Final = "모두"
_HIGHEST: Final = 5


@dataclass(frozen=True, slots=True)
class Campaign:
    """One diagnosis; `answering` is how many of a hundred people answer in a department of middling level."""

    campaign_id: str
    title: str
    starts_on: date
    ends_on: date
    answering: int
    gain: int
    document_no: str


CAMPAIGNS: Final = (
    Campaign("진단-2020", "2020년 데이터 역량 진단", date(2020, 8, 10), date(2020, 8, 28), 18, 0, "인재개발원-3418"),
    Campaign("진단-2021", "2021년 데이터 역량 진단", date(2021, 8, 9), date(2021, 8, 27), 46, 5, "인재개발원-5127"),
)

_QUESTIONS: Final = (
    ("기획", _EVERYBODY, "업무의 문제를 데이터로 확인할 수 있는 질문으로 바꿀 수 있다.", 2),
    ("수집", _EVERYBODY, "필요한 데이터가 어디에 있는지 알고 요청하거나 내려받을 수 있다.", 6),
    ("분석", _EVERYBODY, "표와 그래프를 읽고 평균과 비율의 차이를 설명할 수 있다.", -2),
    ("활용", _EVERYBODY, "분석 결과를 보고서나 계획에 근거로 쓸 수 있다.", 4),
    ("분석", ORDINARY, "표 계산 프로그램으로 자료를 집계하고 비교할 수 있다.", -6),
    ("분석", ANALYST, "통계 모형이나 지도 분석으로 원인과 추세를 찾을 수 있다.", -3),
    ("보호", ANALYST, "가명처리가 필요한 데이터를 알아보고 절차에 따라 다룰 수 있다.", -5),
)
"""Competency, who is asked, the question, and how much easier than others it is, in hundredths of the scale."""


def diagnosis_tables(seed: int) -> tuple[Table, ...]:
    """역량진단, 진단문항 and 진단응답."""
    answers = tuple(sorted(row for campaign in CAMPAIGNS for row in _answers(campaign, seed)))
    headings = ("문항번호", "가명번호", "부서코드", "직원구분", "응답일", "점수")
    return (_campaigns(), _questions(), Table("진단응답.csv", headings, answers))


def _campaigns() -> Table:
    headings = ("진단번호", "진단명", "시작일", "종료일", "문항만점", "문서번호")
    rows = tuple(
        (c.campaign_id, c.title, plain(c.starts_on), plain(c.ends_on), str(_HIGHEST), c.document_no) for c in CAMPAIGNS
    )
    return Table("역량진단.csv", headings, rows)


def _questions() -> Table:
    rows = tuple(
        (_question_id(campaign, number), campaign.campaign_id, competency, staff, text)
        for campaign in CAMPAIGNS
        for number, (competency, staff, text, _) in enumerate(_QUESTIONS, start=1)
    )
    return Table("진단문항.csv", ("문항번호", "진단번호", "역량", "대상직원", "문항"), rows)


def _question_id(campaign: Campaign, number: int) -> str:
    return f"{campaign.starts_on.year}-{number}"


def _answers(campaign: Campaign, seed: int) -> Iterator[tuple[str, ...]]:
    draws = Draws(seed, f"diagnosis {campaign.starts_on.year}")
    for code, people in staff_by_department(seed).items():
        department = BY_CODE[code]
        if draws.chance(6):
            continue
        rate = campaign.answering + 4 * (department.level - 3) + draws.between(-8, 8)
        strength = 6 * department.level + campaign.gain + draws.between(-6, 6)
        for person in draws.shuffled(people)[: len(people) * max(rate, 0) // 100]:
            yield from _answers_of(person, campaign, strength, seed)


def _answers_of(person: Person, campaign: Campaign, strength: int, seed: int) -> Iterator[tuple[str, ...]]:
    """One person's scores: the department's strength, the person's own, and how hard the question is."""
    draws = Draws(seed, f"answers {campaign.starts_on.year} {person.home} {person.number}")
    answered_on = draws.working_day(campaign.starts_on, campaign.ends_on)
    staff = ANALYST if _is_analyst(person, seed) else ORDINARY
    own = 36 + strength + draws.between(-18, 18) + (16 if staff == ANALYST else 0)
    for number, (_, asked, _, easier) in enumerate(_QUESTIONS, start=1):
        if asked not in (_EVERYBODY, staff):
            continue
        hundredths = own + easier + draws.between(-12, 12)
        score = max(1, min(_HIGHEST, 1 + hundredths * _HIGHEST // 100))
        yield (
            _question_id(campaign, number),
            person.pseudonym(seed),
            person.unit_on(answered_on),
            staff,
            plain(answered_on),
            str(score),
        )


def _is_analyst(person: Person, seed: int) -> bool:
    """The same people in every diagnosis; the more a department works with data, the more of them."""
    return Draws(seed, f"analyst {person.home} {person.number}").chance(3 * BY_CODE[person.home].level)

"""What the national evaluation asks for besides: the opening plan, certificates, protected datasets, stated figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from etl.demo.datasets import Dataset
from etl.demo.departments import DIGITAL, Department, existing_on
from etl.demo.draws import Draws
from etl.demo.staff import Person
from etl.demo.tables import Table, plain
from etl.demo.titles import TitleBook
from etl.demo.topics import DATASET_PATTERNS

SOURCES: Final = """
[[source]]
file = "개방계획.csv"
kind = "planned_openings"
[source.columns]
year = "계획연도"
plan_id = "계획번호"
unit_id = "부서코드"
title = "개방예정 데이터명"
dataset_id = "개방목록키"

[[source]]
file = "자격증.csv"
kind = "certificates"
[source.columns]
person = "가명번호"
certificate = "자격명"
unit_id = "부서코드"
issued_on = "취득일"
expires_on = "만료일"

[[source]]
file = "가명합성데이터.csv"
kind = "datasets"
[source.columns]
dataset_id = "목록키"
unit_id = "부서코드"
title = "목록명"
collected_on = "수집일"
protection = { column = "보호조치", values = { "가명" = "pseudonymised", "합성" = "synthetic" } }

[[source]]
file = "기관제출수치.csv"
kind = "figures"
[source.columns]
unit_id = "부서코드"
measure = "측정 항목"
as_of = "기준일"
part = "부문"
value = "값"
source = "근거"
"""

_YEAR: Final = 2021
_FROM_THE_PORTAL: Final = 132
_STILL_OPEN: Final = 8
_CERTIFIED: Final = 44
_AT_WORK_ON: Final = date(2021, 9, 30)
_CERTIFICATES: Final = (
    ("데이터분석 준전문가", 2),
    ("SQL 개발자", 2),
    ("빅데이터분석기사", 0),
    ("사회조사분석사 2급", 0),
    ("정보처리기사", 0),
)
"""A certificate, and for how many years it is good; 0 is for good."""
_CERTIFICATE_WEIGHTS: Final = (34, 22, 12, 18, 14)
_PROTECTED: Final = (
    ("보호-2020-01", "0130010", "가명처리한 건강검진 수검 이력", "2020-11-20", "가명"),
    ("보호-2021-01", "0100020", "가명처리한 교통카드 이용 경로", "2021-03-26", "가명"),
    ("보호-2021-02", "0010010", "생활인구 재현 합성데이터", "2021-06-18", "합성"),
    ("보호-2021-03", "0050030", "소상공인 카드 매출 합성데이터", "2021-11-12", "합성"),
)
_STATED: Final = (
    ("specialists_required", "정원 구간별 필요 인원(합성 예시)", "300"),
    ("national_points", "여기서 재지 않는 지표의 자체 점수(합성 예시)", "57.5"),
)


def national_tables(datasets: list[Dataset], seed: int) -> tuple[Table, ...]:
    """개방계획, 자격증, 가명합성데이터 and 기관제출수치."""
    return (_plan(datasets, seed), _certificates(seed), _protected(), _stated())


def _plan(datasets: list[Dataset], seed: int) -> Table:
    """A plan made of what the portal got in the year and of what it did not: some lines come late, some never."""
    draws = Draws(seed, "opening plan")
    opened = [dataset for dataset in datasets if dataset.opened_on.year == _YEAR and not dataset.refused_because]
    kept = sorted(draws.shuffled(opened)[:_FROM_THE_PORTAL], key=lambda dataset: dataset.dataset_id)
    lines = [(dataset.code, dataset.title, dataset.dataset_id) for dataset in kept]
    titles = TitleBook(draws, DATASET_PATTERNS)
    lines += [(home.code, titles.next_of(home.code).text, "") for home in draws.shuffled(_planners())[:_STILL_OPEN]]
    rows = tuple(
        (str(_YEAR), f"계획-{_YEAR}-{number:03d}", *line) for number, line in enumerate(sorted(lines), start=1)
    )
    return Table("개방계획.csv", ("계획연도", "계획번호", "부서코드", "개방예정 데이터명", "개방목록키"), rows)


def _planners() -> list[Department]:
    return [department for department in existing_on(date(_YEAR, 1, 4)) if department.level > 1]


def _certificates(seed: int) -> Table:
    """People with a certificate, some with two; those of two years' standing have run out where they are older."""
    draws = Draws(seed, "certificates")
    homes = [home for home in existing_on(_AT_WORK_ON) if home.level > 0 and home.staff > 10]
    weights = [home.staff * home.level for home in homes]
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    while len(rows) < _CERTIFIED:
        home = draws.pick_weighted(homes, weights)
        person = Person(home.code, draws.between(1, home.staff // 2))
        certificate, good_for = draws.pick_weighted(_CERTIFICATES, _CERTIFICATE_WEIGHTS)
        issued_on = draws.working_day(date(2017, 3, 2), date(2021, 11, 30))
        expires_on = issued_on + timedelta(days=365 * good_for) if good_for else None
        pseudonym = person.pseudonym(seed)
        rows[pseudonym, certificate] = (
            pseudonym, certificate, person.unit_on(_AT_WORK_ON), plain(issued_on), plain(expires_on),
        )  # fmt: skip
    headings = ("가명번호", "자격명", "부서코드", "취득일", "만료일")
    return Table("자격증.csv", headings, tuple(rows[key] for key in sorted(rows)))


def _protected() -> Table:
    return Table("가명합성데이터.csv", ("목록키", "부서코드", "목록명", "수집일", "보호조치"), _PROTECTED)


def _stated() -> Table:
    rows = tuple((DIGITAL, measure, plain(_AT_WORK_ON), "기관", value, source) for measure, source, value in _STATED)
    return Table("기관제출수치.csv", ("부서코드", "측정 항목", "기준일", "부문", "값", "근거"), rows)

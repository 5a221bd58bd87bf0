"""What people decided about departments: not applicable, bonus and penalty, the panel's marks; and on records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.demo.decisions import Decision
from etl.demo.departments import EVENTS, NOTHING_TO_OPEN, PARKS, SMART_CITY, SPORTS_GROUNDS, Department, existing_on
from etl.demo.draws import Draws
from etl.demo.tables import Table, plain

YEARS: Final = (2019, 2020, 2021)
ASSESSORS: Final = tuple(f"평가위원-{number}" for number in range(1, 6))
PANEL_INDICATOR: Final = "data_leadership"

_SECRECY: Final = "대외 공개가 제한되는 업무로 개방할 데이터가 없음"
_NOTHING_TO_ANALYSE: Final = "내부 지원 업무로 분석 대상 사업이 없음"
_NOT_APPLICABLE: Final = (
    *((code, "datasets_opened", _SECRECY, "승인") for code in NOTHING_TO_OPEN),
    ("0030010", "analyses_completed", _NOTHING_TO_ANALYSE, "승인"),
    ("0030030", "analyses_completed", _NOTHING_TO_ANALYSE, "승인"),
    ("0040010", "analyses_completed", _NOTHING_TO_ANALYSE, "승인"),
    ("0040010", "policies_using_data", "정책을 직접 수립하지 않는 의정 지원 업무", "승인"),
    ("0020070", "analyses_completed", "한시 조직으로 분석 대상 사업이 없음", "승인"),
    ("0020010", "analyses_completed", "업무 과다로 추진하기 어려움", "반려"),
)
"""Requests of every year: department, indicator, reason, decision."""

_LATEST_REQUESTS: Final = (
    ("0040010", "datasets_opened", _SECRECY, "신청"),
    ("0030020", "analyses_completed", "성과 측정이 어려운 홍보 업무", "반려"),
)
"""Further requests of 2021, one of them still open."""

_LEDGER: Final = (
    (2019, SMART_CITY, "가점", "good_practice", "1", "05-30", "데이터 활용 우수사례 선정"),
    (2019, "0020050", "가점", "award", "1", "11-14", "데이터 분석 경진대회 장려상"),
    (2019, "0120030", "감점", "late_submission", "0.5", "10-31", "실적 제출 기한 경과"),
    (2020, "0100010", "가점", "award", "1.5", "09-17", "데이터 분석 경진대회 우수상"),
    (2020, SMART_CITY, "가점", "good_practice", "1", "06-11", "데이터 활용 우수사례 선정"),
    (2020, "0050030", "가점", "good_practice", "1", "11-26", "데이터 활용 우수사례 선정"),
    (2020, "0120060", "감점", "late_submission", "0.5", "10-30", "실적 제출 기한 경과"),
    (2020, "0140080", "감점", "late_submission", "0.5", "10-30", "실적 제출 기한 경과"),
    (2020, "0090020", "감점", "refused_recommendation", "1", "08-20", "데이터 개방 권고 미이행"),
    (2021, SMART_CITY, "가점", "good_practice", "2", "09-30", "전국 데이터 분석 경진대회 최우수상"),
    (2021, SMART_CITY, "가점", "good_practice", "1", "05-27", "데이터 활용 우수사례 선정"),
    (2021, "0100010", "가점", "good_practice", "1", "11-25", "데이터 활용 우수사례 선정"),
    (2021, "0120040", "가점", "good_practice", "1", "11-25", "데이터 활용 우수사례 선정"),
    (2021, "0140090", "가점", "good_practice", "1", "10-28", "읍면동 데이터 활용 발표대회 우수상"),
    (2021, "0060010", "가점", "good_practice", "0.5", "11-25", "데이터 활용 우수사례 장려"),
    (2021, "0100040", "감점", "late_submission", "0.5", "10-29", "실적 제출 기한 경과"),
    (2021, "0140160", "감점", "late_submission", "0.5", "10-29", "실적 제출 기한 경과"),
    (2021, "0120030", "감점", "late_submission", "1", "11-05", "실적 제출 기한 두 차례 경과"),
    (2021, SPORTS_GROUNDS, "감점", "refused_recommendation", "1", "08-19", "데이터 품질 개선 권고 미이행"),
    (2021, PARKS, "감점", "refused_recommendation", "1", "12-10", "데이터셋 통합 권고 미이행"),
    (2021, "0050030", "등급 제한", "integrity_case", "0", "07-08", "직장 내 괴롭힘 징계에 따른 등급 제한"),
)
"""Bonus, penalty and veto entries; the third to fifth columns follow the shipped rulebooks.

In 2021 awards are counted from their register. Two were entered by hand as well, as good practice: double credit.
"""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One bonus, penalty or veto."""

    entry_id: str
    code: str
    kind: str
    rule: str
    points: str
    occurred_on: date
    reason: str
    document_no: str


def draw_ledger(seed: int) -> list[LedgerEntry]:
    """Every entry with its document, by number."""
    draws = Draws(seed, "ledger")
    return [
        LedgerEntry(
            f"가감-{year}-{number:02d}",
            code,
            kind,
            rule,
            points,
            date.fromisoformat(f"{year}-{month_and_day}"),
            reason,
            f"성과관리담당관-{draws.between(1000, 9999)}",
        )
        for number, (year, code, kind, rule, points, month_and_day, reason) in enumerate(_LEDGER, start=1)
    ]


def judgement_tables(decisions: list[Decision], entries: list[LedgerEntry], seed: int) -> tuple[Table, ...]:
    """인정심의, 해당없음, 가감점 and 위원평가."""
    return (_recognition(decisions), _not_applicable(seed), _ledger(entries), _panel_marks(seed))


def _recognition(decisions: list[Decision]) -> Table:
    rows = tuple(
        (d.record_kind, d.record_id, d.decision, d.reason, plain(d.decided_on), d.decided_by)
        for d in sorted(decisions, key=lambda decision: (decision.decided_on, decision.record_id))
    )
    return Table("인정심의.csv", ("대상구분", "대상번호", "결정", "사유", "결정일", "결정자"), rows)


def _not_applicable(seed: int) -> Table:
    draws = Draws(seed, "not applicable")
    rows: list[tuple[str, ...]] = []
    for year in YEARS:
        for code, indicator, reason, decision in _NOT_APPLICABLE + (_LATEST_REQUESTS if year == YEARS[-1] else ()):
            requested_on = draws.working_day(date(year, 2, 8), date(year, 2, 26))
            decided_on = None if decision == "신청" else draws.working_day(date(year, 3, 8), date(year, 3, 19))
            document_no = "" if decided_on is None else f"성과관리담당관-{draws.between(1000, 9999)}"
            rows.append(
                (str(year), code, indicator, reason, plain(requested_on), decision, plain(decided_on), document_no)
            )
    headings = ("평가연도", "부서코드", "지표", "사유", "신청일", "결정", "결정일", "문서번호")
    return Table("해당없음.csv", headings, tuple(rows))


def _ledger(entries: list[LedgerEntry]) -> Table:
    rows = tuple(
        (
            *(entry.entry_id, entry.code, entry.kind, entry.rule, entry.points),
            *(plain(entry.occurred_on), entry.reason, entry.document_no),
        )
        for entry in entries
    )
    return Table("가감점.csv", ("번호", "부서코드", "구분", "적용규칙", "점수", "발생일", "사유", "문서번호"), rows)


def _panel_marks(seed: int) -> Table:
    headings = ("평가연도", "지표", "부서코드", "평가위원", "점수", "평가일")
    return Table("위원평가.csv", headings, tuple(row for year in YEARS for row in _marks_of(year, seed)))


def _marks_of(year: int, seed: int) -> list[tuple[str, ...]]:
    """Five marks for every department, but none for one founded too late in the year to be heard."""
    draws = Draws(seed, f"marks {year}")
    given_on = draws.working_day(date(year + 1, 1, 6), date(year + 1, 1, 14))
    severity = [draws.between(-4, 4) for _ in ASSESSORS]
    rows: list[tuple[str, ...]] = []
    for department in existing_on(date(year, 12, 31)):
        if department.code == EVENTS:
            continue
        standing = _standing(department, year, draws)
        for assessor, strictness in zip(ASSESSORS, severity, strict=True):
            mark = max(30, min(98, standing - strictness + draws.between(-5, 5)))
            rows.append((str(year), PANEL_INDICATOR, department.code, assessor, str(mark), plain(given_on)))
    return rows


def _standing(department: Department, year: int, draws: Draws) -> int:
    """The mark the panel as a whole has in mind: grows with the level, and by two a year."""
    return 51 + 8 * department.level + 2 * (year - YEARS[0]) + draws.between(-7, 7)

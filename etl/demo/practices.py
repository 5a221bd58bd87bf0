"""Good practice and awards: the city's own cases, those other bodies shared, who took them over, and prizes for them.

The city's cases are those selected for a bonus (가점), each on a topic the department had analysed where it had any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from etl.demo.analyses import Analysis
from etl.demo.departments import DIGITAL, PERSONNEL, SMART_CITY, existing_on, name_on
from etl.demo.draws import Draws, working_day_from
from etl.demo.judgements import LedgerEntry
from etl.demo.pilots import ASSISTANT
from etl.demo.tables import Table, plain
from etl.demo.topics import Topic, topics_of

SOURCES: Final = """
[[source]]
file = "우수사례.csv"
kind = "practices"
[source.columns]
practice_id = "사례번호"
unit_id = "등록부서코드"
body = "다른 기관"
title = "사례명"
problem = "문제"
data_used = "쓴 데이터"
method = "방법"
result = "결과"
registered_on = "등록일"
document_no = "문서번호"

[[source]]
file = "우수사례_확산.csv"
kind = "practice_reuses"
[source.columns]
practice_id = "사례번호"
reused_by = "활용기관"
unit_id = "활용부서코드"
reused_on = "활용일"
note = "내용"

[[source]]
file = "수상.csv"
kind = "awards"
[source.columns]
award_id = "수상번호"
unit_id = "부서코드"
title = "상 이름"
awarded_by = "시상기관"
awarded_on = "수상일"
record_id = "대상번호"
document_no = "문서번호"
[source.columns.record_kind]
column = "대상구분"
[source.columns.record_kind.values]
"분석" = "analyses"
"정책" = "policies"
"데이터셋" = "datasets"
"시범사업" = "pilots"
"우수사례" = "practices"
"""

_SELECTED: Final = "데이터 활용 우수사례"
"""How the ledger names a case that was selected; its other bonuses are for something else."""

_COURSE_REPORTED_ON: Final = date(2020, 7, 22)
_LAST_DAY: Final = date(2021, 12, 22)
_SHARED_AT: Final = "2020년 7월 15~17일 정부혁신 과정에서 사례를 나누었습니다."

_OTHER_BODIES: Final = (
    (
        "이웃구(예시)",
        "주민 제안을 묶어 본 생활문제 예산",
        "주민 제안이 흩어져 있어 같은 불편이 해마다 되풀이되었습니다.",
        "4년 동안의 주민 제안과 민원 9,800건",
        "비슷한 제안을 묶고 동네별로 얼마나 되풀이되는지 세어 예산 순서를 정했습니다.",
        f"세 해 넘게 되풀이된 제안 41건 가운데 29건을 해결했습니다. {_SHARED_AT}",
    ),
    (
        "이웃군(예시)",
        "이동 수요로 다시 짠 마을버스 시간표",
        "장날과 병원 진료일에 버스가 모자라고 다른 날에는 비어 다녔습니다.",
        "교통카드 승하차 기록, 병원 예약 시간대, 장날",
        "요일과 시간대마다 타려는 사람을 어림해 운행을 옮겼습니다.",
        f"운행 횟수를 늘리지 않고 기다리는 시간을 31분에서 19분으로 줄였습니다. {_SHARED_AT}",
    ),
    (
        "강가군(예시)",
        "침수 전에 움직이는 배수 점검",
        "비가 온 뒤에야 막힌 배수구를 찾았습니다.",
        "강우량, 하천 수위, 배수구 점검 기록, 지난 침수 신고",
        "수위와 강우량으로 잠길 곳을 미리 골라 비 오기 하루 전에 점검했습니다.",
        f"침수 신고가 전년 58건에서 22건으로 줄었습니다. {_SHARED_AT}",
    ),
    (
        "들녘군(예시)",
        "출하 기록으로 이은 지역 먹거리 (2018년 지방자치단체 혁신평가 수상 사례)",
        "작은 농가는 무엇을 언제 얼마나 심어야 팔리는지 알기 어려웠습니다.",
        "직매장 판매 기록, 농가 출하 기록, 학교급식 소요량",
        "품목과 주마다 모자라는 양을 알려 농가가 나누어 심게 했습니다.",
        f"참여 농가가 210곳에서 340곳으로 늘고 폐기가 줄었습니다. {_SHARED_AT}",
    ),
)
"""Cases that other bodies shared at a course of three days: body, title, problem, data, method, result."""

_TEXTS: Final[dict[bool, tuple[str, str, str, str]]] = {
    True: (
        "데이터로 다시 정한 {topic} 우선순위",
        "{topic} 관련 업무를 민원이 들어온 순서대로 처리해 급한 곳이 뒤로 밀렸습니다.",
        "곳마다 민원과 이용량을 합쳐 점수를 매기고, 점수가 높은 곳부터 현장에서 확인했습니다.",
        "먼저 손본 {most}곳에서 같은 민원이 반년 동안 {before}건에서 {after}건으로 줄었습니다.",
    ),
    False: (
        "수요를 미리 살핀 {topic} 업무",
        "{topic} 관련 일이 몰리는 때를 알지 못해 인력이 늘 모자라거나 남았습니다.",
        "지난 3년의 기록에서 주마다 되풀이되는 흐름을 찾아 다음 달 일의 양을 어림했습니다.",
        "인력을 {most}번 미리 옮겨, 기한을 넘긴 일이 반년 동안 {before}건에서 {after}건으로 줄었습니다.",
    ),
}
"""Title, problem, method and result of a case, for topics that are places and for those that are work."""

_NEIGHBOURS: Final = ("이웃시(예시)", "바닷가시(예시)", "이웃구(예시)")


@dataclass(frozen=True, slots=True)
class Practice:
    """One case; `body` is empty for the city's own."""

    practice_id: str
    code: str
    body: str
    title: str
    problem: str
    data_used: str
    method: str
    result: str
    registered_on: date
    document_no: str


def practice_tables(seed: int, analyses: list[Analysis], entries: list[LedgerEntry]) -> tuple[Table, ...]:
    """우수사례, 우수사례_확산 and 수상.

    Args:
        seed: of the whole city.
        analyses: every analysis.
        entries: every entry of the ledger.
    """
    practices = _practices(seed, analyses, entries)
    return (_practice_table(practices), _reuses(seed, practices), _awards(seed, analyses, entries, practices))


# Cases ---------------------------------------------------------------------------------------------------------------


def _practices(seed: int, analyses: list[Analysis], entries: list[LedgerEntry]) -> list[Practice]:
    draws = Draws(seed, "practices")
    own = [_own_case(entry, analyses, draws) for entry in entries if entry.reason.startswith(_SELECTED)]
    report = f"{name_on(PERSONNEL, _COURSE_REPORTED_ON)}-{draws.between(1000, 9999)}"
    others = [Practice("", PERSONNEL, *told, _COURSE_REPORTED_ON, report) for told in _OTHER_BODIES]
    in_order = sorted([*own, *others], key=lambda practice: (practice.registered_on, practice.code))
    years = [practice.registered_on.year for practice in in_order]
    return [
        Practice(f"우수-{year}-{years[: at + 1].count(year):02d}", *_after_the_number(practice))
        for at, (year, practice) in enumerate(zip(years, in_order, strict=True))
    ]


def _after_the_number(case: Practice) -> tuple[str, str, str, str, str, str, str, date, str]:
    told = (case.code, case.body, case.title, case.problem, case.data_used, case.method, case.result)
    return (*told, case.registered_on, case.document_no)


def _own_case(entry: LedgerEntry, analyses: list[Analysis], draws: Draws) -> Practice:
    """A case the ledger gives a bonus for: the same day, the same document."""
    topic, known = _worked_on(entry, analyses)
    before = draws.between(90, 260)
    figures = {"most": draws.between(8, 24), "before": before, "after": before * draws.between(52, 78) // 100}
    title, problem, method, result = (text.format(topic=topic.words, **figures) for text in _TEXTS[topic.is_place])
    data_used = f"{known}최근 3년의 업무 기록과 민원 접수 기록, 공공데이터포털에 개방한 자료"
    return Practice("", entry.code, "", title, problem, data_used, method, result, entry.occurred_on, entry.document_no)


def _worked_on(entry: LedgerEntry, analyses: list[Analysis]) -> tuple[Topic, str]:
    """The topic of the department's latest recognised analysis, or else one of its topics."""
    done = [
        analysis
        for analysis in analyses
        if analysis.lead == entry.code
        and analysis.recognised
        and analysis.completed_on is not None
        and analysis.completed_on < entry.occurred_on
    ]
    if not done:
        return topics_of(entry.code)[-1], ""
    latest = max(done, key=lambda analysis: (analysis.completed_on, analysis.number))
    return latest.title.topic, f"{latest.title.text}({latest.analysis_id}), "


def _practice_table(practices: list[Practice]) -> Table:
    headings = ("사례번호", "등록부서코드", "등록부서명", "다른 기관", "사례명", "문제", "쓴 데이터", "방법", "결과")
    rows = tuple(
        (
            *(case.practice_id, case.code, name_on(case.code, case.registered_on), case.body, case.title),
            *(case.problem, case.data_used, case.method, case.result, plain(case.registered_on), case.document_no),
        )
        for case in practices
    )
    return Table("우수사례.csv", (*headings, "등록일", "문서번호"), rows)


def _reuses(seed: int, practices: list[Practice]) -> Table:
    """Other departments take over a case, in two cases another body too; somebody reuses a case of their own."""
    rows: list[tuple[str, ...]] = []
    for case in practices:
        draws = Draws(seed, f"reuse {case.practice_id}")
        day = case.registered_on
        for code in _takers(case, draws):
            day = working_day_from(day + timedelta(days=draws.between(20, 70)))
            if day <= _LAST_DAY:
                rows.append((case.practice_id, name_on(code, day), code, plain(day), "방법을 우리 업무에 맞추어 씀"))
    spread = [case for case in practices if not case.body][:2]
    for case, body in zip(spread, _NEIGHBOURS, strict=False):
        rows.append((case.practice_id, body, "", f"{case.registered_on.year + 1}-04-21", "자료를 받아 시범 적용"))
    first = spread[0]
    rows.append((first.practice_id, name_on(first.code, _LAST_DAY), first.code, "2021-03-18", "다음 해에도 이어서 씀"))
    return Table("우수사례_확산.csv", ("사례번호", "활용기관", "활용부서코드", "활용일", "내용"), tuple(sorted(rows)))


def _takers(case: Practice, draws: Draws) -> list[str]:
    settled = [
        department
        for department in existing_on(_LAST_DAY)
        if department.exists_on(case.registered_on) and department.code != case.code
    ]
    weights = [(0, 0, 2, 4, 6, 3)[department.level] for department in settled]
    return [department.code for department in draws.several_weighted(settled, weights, draws.between(0, 3))]


# Awards --------------------------------------------------------------------------------------------------------------

_ORGANISER: Final = "데이터활용진흥원(예시)"
_MINISTRY: Final = "중앙행정기관(예시)"
_LEAGUE: Final = "지방정부혁신협의회(예시)"


def _awards(seed: int, analyses: list[Analysis], entries: list[LedgerEntry], practices: list[Practice]) -> Table:
    """Awards of four years; in 2021 every way in which an award and something else may stand for one achievement.

    One has a bonus of the ledger already under the same document, one is for an analysis that counts, one for a case
    that earned its bonus, one stands in the ledger too under another document, and one has no document.
    """
    draws = Draws(seed, "awards")
    contest = _entry_called("전국 데이터 분석 경진대회 최우수상", entries)
    towns = _entry_called("읍면동 데이터 활용 발표대회 우수상", entries)
    counted = draws.pick([one for one in analyses if _counts_in_2021(one)])
    case = next(one for one in practices if one.code == "0100010" and one.registered_on.year == 2021)
    told: list[tuple[str, str, str, str, str, str, str | None]] = [
        ("0060010", "지방자치단체 혁신 사례 공모 장려상", _LEAGUE, "2018-11-22", "", "", None),
        ("0020050", "데이터 분석 경진대회 장려상", _ORGANISER, "2019-11-14", "", "", None),
        ("0100010", "데이터 분석 경진대회 우수상", _ORGANISER, "2020-09-17", "", "", None),
        ("0130030", "농업 데이터 활용 우수기관", _MINISTRY, "2020-12-10", "", "", None),
        (counted.lead, "전국 데이터 분석 경진대회 우수상", _ORGANISER, "2021-09-30", "분석", counted.analysis_id, None),
        (contest.code, contest.reason, _ORGANISER, plain(contest.occurred_on), "", "", contest.document_no),
        (towns.code, towns.reason, _LEAGUE, plain(towns.occurred_on), "", "", None),
        ("0060010", "공공데이터 활용 우수기관", _MINISTRY, "2021-11-11", "", "", ""),
        ("0100010", "데이터 활용 우수사례 경진대회 우수상", _LEAGUE, "2021-12-09", "우수사례", case.practice_id, None),
        ("0050010", "지역 고용정보 활용 공모 장려상", _MINISTRY, "2021-12-09", "", "", None),
        (DIGITAL, "디지털 행정혁신 우수기관", _MINISTRY, "2021-12-16", "시범사업", ASSISTANT, None),
    ]
    rows = []
    for number, (code, title, giver, day, kind, record, document_no) in enumerate(told, start=1):
        drawn = f"{name_on(code, date.fromisoformat(day))}-{draws.between(1000, 9999)}"
        said = drawn if document_no is None else document_no
        rows.append((f"수상-{day[:4]}-{number:02d}", code, title, giver, day, kind, record, said))
    headings = ("수상번호", "부서코드", "상 이름", "시상기관", "수상일", "대상구분", "대상번호", "문서번호")
    return Table("수상.csv", headings, tuple(rows))


def _entry_called(reason: str, entries: list[LedgerEntry]) -> LedgerEntry:
    return next(entry for entry in entries if entry.reason == reason)


def _counts_in_2021(analysis: Analysis) -> bool:
    """A recognised analysis done early enough in 2021 to be awarded that year, by a department that lived on."""
    early = date(2021, 1, 1) <= (analysis.completed_on or date(2022, 1, 1)) <= date(2021, 8, 31)
    lives_on = analysis.lead in {department.code for department in existing_on(_LAST_DAY)}
    return analysis.recognised and early and lives_on and analysis.lead != SMART_CITY

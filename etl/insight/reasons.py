"""Reasons in words: why a record does not count, why a department is not ranked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from etl.errors import Language
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator

RECORD_REASONS: Final[dict[str, dict[Language, str]]] = {
    "outside_period": {"ko": "평가 기간 밖", "en": "outside the period"},
    "not_completed": {"ko": "완료되지 않음", "en": "not completed"},
    "not_in_operation": {"ko": "운영 중이 아님", "en": "not in operation"},
    "status_unknown": {"ko": "진행 상태를 알 수 없음", "en": "its status is unknown"},
    "stage_unknown": {"ko": "활용 단계를 알 수 없음", "en": "its stage of use is unknown"},
    "not_yet_recognised": {"ko": "아직 인정 심의 전", "en": "not yet decided on"},
    "submitted": {"ko": "제출됨, 인정 심의 전", "en": "submitted, not yet decided on"},
    "to_complete": {"ko": "보완 요청 중", "en": "to be completed"},
    "refused": {"ko": "불인정", "en": "refused"},
    "no_recognised_source": {
        "ko": "인정된 분석·데이터를 근거로 들지 않음",
        "en": "cites no recognised analysis or dataset",
    },
    "no_document": {"ko": "증빙 문서번호가 없음", "en": "names no document as proof"},
    "stage_not_reached": {"ko": "아직 이 활용 단계에 이르지 않음", "en": "has not come to this stage yet"},
    "not_an_analysis": {"ko": "조사·연구·시스템 구축", "en": "a survey, research or a system"},
    "no_day_of_collection": {"ko": "수집일이 없음", "en": "has no day of collection"},
    "not_used": {"ko": "쓴 분석이나 정책이 없음", "en": "no analysis or policy used it"},
    "use_not_recognised": {
        "ko": "쓴 분석·정책이 인정되지 않음",
        "en": "what used it is not recognised",
    },
    "used_outside_period": {"ko": "평가 기간 밖에 쓰임", "en": "used outside the period"},
    "not_opened": {"ko": "아직 개방하지 않음", "en": "not opened yet"},
    "withdrawn": {"ko": "개방 철회됨", "en": "withdrawn"},
    "not_updated": {"ko": "기간 안에 갱신되지 않음", "en": "not updated within the period"},
    "no_snapshot": {"ko": "기간 안의 이용 집계가 없음", "en": "no count of its use within the period"},
    "not_a_course": {"ko": "교육이 아닌 설명회·행사", "en": "a briefing or conference, not a course"},
    "seats_unknown": {"ko": "정원을 알 수 없음", "en": "its places are unknown"},
    "target_unknown": {"ko": "목표 인원을 알 수 없음", "en": "its target is unknown"},
    "same_person_counted_already": {"ko": "같은 사람이 이미 집계됨", "en": "the same person is counted already"},
    "counts_for_the_lead": {"ko": "주관부서의 실적", "en": "counts for the lead department"},
    "not_decided_yet": {"ko": "도입 여부를 아직 결정하지 않음", "en": "not decided on yet"},
    "decided_to_stop": {"ko": "중단하기로 결정됨", "en": "it was decided to stop"},
    "fewer_than_five": {"ko": "응답자가 5명 미만이라 숨김", "en": "fewer than five respondents, so hidden"},
    "of_another_body": {"ko": "다른 기관의 사례", "en": "a case of another body"},
    "reused_by_itself": {"ko": "같은 부서가 다시 씀", "en": "reused by the same department"},
    "counted_as_performance": {
        "ko": "같은 실적이 이미 성과로 집계됨",
        "en": "the same achievement counts as performance already",
    },
    "credited_in_ledger": {
        "ko": "같은 문서로 이미 가점을 받음",
        "en": "a bonus of the ledger names the same document",
    },
    "ended": {"ko": "운영이 끝남", "en": "no longer run"},
    "not_reported": {"ko": "제출된 수치가 없음", "en": "no figure was reported"},
    "not_approved": {"ko": "결재일이 없음", "en": "no day of approval"},
    "incomplete": {
        "ko": "기간·목적·방법·문서번호 가운데 빠진 것이 있음",
        "en": "its period, purpose, method or document number is missing",
    },
    "not_used_in_policy": {"ko": "활용한 정책이 없음", "en": "no policy has used it"},
    "same_topic": {"ko": "같은 주제가 이미 집계됨", "en": "its topic is counted already"},
    "last_years_task": {"ko": "지난 기간에 인정된 과제", "en": "recognised in an earlier period"},
    "certificate_expired": {"ko": "자격 유효기간이 지남", "en": "the certificate has expired"},
    "course_too_short": {
        "ko": "2일 이상, 하루 4시간 이상이 아님",
        "en": "less than two days, or than four hours a day",
    },
    "mode_unknown": {"ko": "교육 방식을 알 수 없음", "en": "how it was taught is unknown"},
    "not_in_person": {"ko": "집합교육이 아님", "en": "not taught in person"},
    "no_report": {"ko": "결과보고서 문서번호가 없음", "en": "its report has no document number"},
    "same_dataset_counted_already": {"ko": "같은 데이터셋이 이미 집계됨", "en": "the same dataset is counted already"},
    "not_protected": {"ko": "가명·합성 데이터가 아님", "en": "neither pseudonymised nor synthetic"},
}
"""Every reason a metric's SQL gives. A test holds that none is left out."""

DECISIONS_WITH_REASON: Final = frozenset({"refused", "to_complete"})
"""The reasons that are decisions, which have a reason of their own."""

_NOT_RANKED: Final[dict[str, dict[Language, str]]] = {
    "missing": {"ko": "{node} 값이 없음", "en": "no value for {node}"},
    "not_applicable": {"ko": "{node} 해당없음", "en": "{node} does not apply"},
    "not_computable": {"ko": "{node} 계산 불가", "en": "{node} cannot be computed"},
    "nothing_measured": {"ko": "측정된 지표가 없음", "en": "nothing was measured"},
    "nothing_applies": {"ko": "해당되는 지표가 없음", "en": "no indicator applies"},
    "coverage": {"ko": "측정된 가중치가 최소 기준에 못 미침", "en": "too little of the weight was measured"},
}


def record_reason(reason: str, language: Language) -> str:
    """Why a record does not count, in words."""
    return RECORD_REASONS.get(reason, {language: reason})[language]


def not_ranked_because(reasons: str, rulebook: Rulebook, language: Language) -> str:
    """Why a department is listed but not ranked, in words, from the codes joined by `;` in the scores table."""
    names = node_names(rulebook, language)
    parts = []
    for reason in reasons.split(";"):
        code, _, node = reason.partition(":")
        parts.append(_NOT_RANKED[code][language].format(node=names.get(node, node)))
    return ", ".join(parts)


def node_names(rulebook: Rulebook, language: Language) -> Mapping[str, str]:
    """The name of every area and indicator by its id."""
    parts: list[Area | Indicator] = [*rulebook.areas, *rulebook.indicators]
    return {part.id: part.name.ko if language == "ko" else part.name.en for part in parts}

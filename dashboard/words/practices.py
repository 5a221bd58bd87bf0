"""The page of good practice and awards in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

PRACTICES: Final[dict[str, dict[Language, str]]] = {
    "practices.question": {
        "ko": "어떤 사례가 있고 누가 가져다 썼으며, 상은 점수 어디에 반영되었는가?",
        "en": "Which cases are there, who took them over, and what do awards feed?",
    },
    "practices.no_records": {
        "ko": "이 공개본은 이미 만들어진 수치표를 채점한 것이라 우수사례와 수상 기록이 없습니다.",
        "en": "This release scored a table of figures, so it has no records of good practice or awards.",
    },
    "practices.none": {
        "ko": "받은 우수사례 기록이 없습니다.",
        "en": "No case of good practice was received.",
    },
    "practices.registered": {"ko": "등록한 사례", "en": "Cases registered"},
    "practices.reused": {"ko": "다른 곳에서 활용", "en": "Taken over by others"},
    "practices.awards": {"ko": "외부 수상", "en": "Awards received"},
    "practices.count": {"ko": "{count}건", "en": "{count}"},
    "practices.in_year": {"ko": "{year}년", "en": "in {year}"},
    "practices.awards_counted": {
        "ko": "{year}년, 가점으로 센 것 {counted}건",
        "en": "in {year}; {counted} count towards the bonus",
    },
    "practices.awards_feed_nothing": {
        "ko": "{year}년, 이 해의 규칙은 수상을 따로 세지 않습니다",
        "en": "in {year}; the rules of this year do not count them",
    },
    "practices.library": {"ko": "사례 찾아보기", "en": "Library of cases"},
    "practices.find": {"ko": "사례에서 찾을 말", "en": "Words to find in the cases"},
    "practices.all": {
        "ko": "{year}년까지 등록한 사례 {total}건입니다. 다른 기관이 나눈 사례는 {others}건입니다.",
        "en": "{total} cases registered by {year}; {others} of them were shared by other bodies.",
    },
    "practices.found": {
        "ko": "사례 {total}건 가운데 {found}건에 '{text}'의 모든 낱말이 있습니다.",
        "en": "{found} of {total} cases hold every word of '{text}'.",
    },
    "practices.title": {"ko": "사례", "en": "Case"},
    "practices.owner": {"ko": "부서·기관", "en": "Whose"},
    "practices.shared_by": {"ko": "{body} ({unit} 등록)", "en": "{body} (registered by {unit})"},
    "practices.day": {"ko": "등록일", "en": "Registered"},
    "practices.reuses": {"ko": "활용", "en": "Reused"},
    "practices.problem": {"ko": "문제", "en": "Problem"},
    "practices.data_used": {"ko": "쓴 데이터", "en": "Data"},
    "practices.method": {"ko": "방법", "en": "Method"},
    "practices.result": {"ko": "결과", "en": "Result"},
    "practices.takers": {"ko": "가져다 쓴 곳", "en": "Taken over by"},
    "practices.taker": {"ko": "{name} ({day})", "en": "{name} ({day})"},
    "practices.taker_note": {"ko": "{name} ({day}) — {note}", "en": "{name} ({day}) — {note}"},
    "practices.no_takers": {"ko": "아직 없습니다.", "en": "Nobody yet."},
    "practices.honours": {"ko": "받은 상", "en": "Awards"},
    "practices.document": {"ko": "문서번호", "en": "Document"},
    "practices.origin": {"ko": "받은 파일과 행", "en": "Received file and row"},
    "awards.heading": {"ko": "수상과 가점", "en": "Awards and what they feed"},
    "awards.rule": {
        "ko": "수상은 '{rule}' 가점에 반영됩니다: 1건에 {points}점, 한 부서에 {cap}까지. 성과로 센 실적이나 이미 가점을 받은 실적의 상은 세지 않습니다.",
        "en": "Awards feed the bonus '{rule}': {points} each, {cap} a department. One whose achievement counts as performance, or has its bonus already, does not count.",
    },
    "awards.cap": {"ko": "{cap}점", "en": "at most {cap}"},
    "awards.no_cap": {"ko": "상한 없이", "en": "without a cap"},
    "awards.no_rule": {
        "ko": "이 해의 규칙에는 수상 기록으로 주는 가점이 없습니다.",
        "en": "The rules of this year have no bonus that awards feed.",
    },
    "awards.none": {"ko": "받은 수상 기록이 없습니다.", "en": "No award was received."},
    "awards.day": {"ko": "수상일", "en": "Day"},
    "awards.unit": {"ko": "부서", "en": "Department"},
    "awards.title": {"ko": "상", "en": "Award"},
    "awards.giver": {"ko": "시상기관", "en": "Given by"},
    "awards.for": {"ko": "무엇으로", "en": "For"},
    "awards.use": {"ko": "가점 반영", "en": "In the bonus"},
    "awards.counts": {"ko": "반영 ({points}점)", "en": "counts ({points})"},
    "awards.kind.analyses": {"ko": "분석 {title}", "en": "analysis {title}"},
    "awards.kind.policies": {"ko": "정책 {title}", "en": "policy {title}"},
    "awards.kind.datasets": {"ko": "데이터셋 {title}", "en": "dataset {title}"},
    "awards.kind.pilots": {"ko": "시범사업 {title}", "en": "pilot {title}"},
    "awards.kind.practices": {"ko": "우수사례 {title}", "en": "case {title}"},
    "awards.kind.awards": {"ko": "수상 {title}", "en": "award {title}"},
    "awards.kind.ledger": {"ko": "가감점 {title}", "en": "ledger entry {title}"},
    "double.heading": {"ko": "이중 반영 점검", "en": "Achievements that might earn twice"},
    "double.none": {
        "ko": "한 실적으로 보이는 기록이 두 번 반영된 곳은 없습니다.",
        "en": "No achievement was found that would earn twice.",
    },
    "double.summary": {
        "ko": "한 실적으로 보이는 기록 묶음이 {total}개 있습니다. 그 가운데 {open}개는 지금 두 번 반영되고 있어 사람이 정해야 합니다.",
        "en": "{total} groups of records seem to be one achievement each; {open} earn twice now and wait for a decision.",
    },
    "double.open": {"ko": "두 번 반영 중", "en": "Earns twice"},
    "double.settled": {"ko": "한 번만 반영", "en": "Earns once"},
    "double.name": {"ko": "{state} · {unit}", "en": "{state} · {unit}"},
    "double.because.same_document": {"ko": "문서번호가 같음", "en": "the same document number"},
    "double.because.award_for_record": {"ko": "그 기록으로 받은 상", "en": "the award is for that record"},
    "double.because.same_day_and_words": {"ko": "날짜와 이름이 같음", "en": "the same day and words"},
    "double.because": {
        "ko": "한 실적으로 본 까닭: {reasons}.",
        "en": "Taken for one achievement because of {reasons}.",
    },
    "double.decide.open": {
        "ko": "정할 것: 하나만 남기세요. 남기지 않을 기록을 지우거나 불인정으로 결정하면 다시 평가할 때 한 번만 반영됩니다. 서로 다른 실적이라면 그대로 두세요.",
        "en": "To decide: keep one. Remove the other record, or refuse it; once evaluated again the achievement earns once. If they are different achievements, leave them.",
    },
    "double.decide.settled": {
        "ko": "정할 것: 지금은 {kept:이/가} 반영되고 나머지는 세지 않습니다. 다른 쪽을 반영하려면 이 기록을 먼저 고치세요.",
        "en": "To decide: {kept} earns now and the others do not. To let another one count, correct this record first.",
    },
    "double.record": {"ko": "기록", "en": "Record"},
    "double.document": {"ko": "문서번호", "en": "Document"},
    "double.use": {"ko": "반영", "en": "Earns"},
    "double.earns.performance": {"ko": "성과: {under}", "en": "as performance: {under}"},
    "double.earns.bonus": {"ko": "가점: {under}", "en": "bonus: {under}"},
    "double.earns.ledger": {"ko": "가감점: {under}", "en": "by entry: {under}"},
    "double.earns.nothing": {"ko": "점수 없음", "en": "no points of its own"},
    "double.held_back": {"ko": "세지 않음 — {reason}", "en": "not counted — {reason}"},
}

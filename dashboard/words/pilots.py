"""The page of pilots in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

PILOTS: Final[dict[str, dict[Language, str]]] = {
    "pilots.question": {
        "ko": "무엇을 시험해 보았고, 써 본 사람은 뭐라고 했으며, 어떻게 결정했는가?",
        "en": "What was tried, what did those who used it say, and what was decided?",
    },
    "pilots.no_records": {
        "ko": "이 공개본은 이미 만들어진 수치표를 채점한 것이라 시범사업 기록이 없습니다.",
        "en": "This release scored a table of figures, so it has no records of pilots.",
    },
    "pilots.none": {
        "ko": "받은 시범사업 기록이 없습니다. 시범사업·참여부서·만족도 기록을 보내면 여기에 보여 드립니다.",
        "en": "No records of pilots were received. Send pilots, their departments and surveys to see them here.",
    },
    "pilots.run": {"ko": "추진", "en": "Run"},
    "pilots.adopted": {"ko": "도입·연장 결정", "en": "Adopted or extended"},
    "pilots.satisfaction": {"ko": "만족도 평균", "en": "Mean satisfaction"},
    "pilots.count": {"ko": "{count}건", "en": "{count}"},
    "pilots.in_year": {"ko": "{year}년", "en": "in {year}"},
    "pilots.out_of_five": {"ko": "{mean}점", "en": "{mean} of 5"},
    "pilots.of_answers": {"ko": "5점 만점, 응답 {answers}개", "en": "over {answers} answers"},
    "pilots.list": {"ko": "시범사업 목록", "en": "The pilots"},
    "pilots.list.note": {
        "ko": "{year}년까지 시작한 시범사업입니다. 이름을 누르면 자세한 내용을 볼 수 있습니다.",
        "en": "Pilots begun by {year}. A name leads to the details.",
    },
    "pilots.title": {"ko": "시범사업", "en": "Pilot"},
    "pilots.lead": {"ko": "주관부서", "en": "Lead"},
    "pilots.term": {"ko": "기간", "en": "Term"},
    "pilots.users": {"ko": "이용자", "en": "Users"},
    "pilots.mean": {"ko": "만족도", "en": "Satisfaction"},
    "pilots.effect": {"ko": "효과", "en": "Effect"},
    "pilots.decision": {"ko": "결정", "en": "Decision"},
    "pilots.decision.adopt": {"ko": "도입", "en": "adopted"},
    "pilots.decision.extend": {"ko": "연장", "en": "extended"},
    "pilots.decision.stop": {"ko": "중단", "en": "stopped"},
    "pilots.decision.open": {"ko": "결정 전", "en": "not decided yet"},
    "pilots.decided": {"ko": "{decision} ({day})", "en": "{decision} ({day})"},
    "pilots.from_to": {"ko": "{start} ~ {end}", "en": "{start} to {end}"},
    "pilots.from": {"ko": "{start}부터", "en": "from {start}"},
    "pilots.people": {"ko": "{count}명", "en": "{count}"},
    "pilots.choose": {"ko": "시범사업 고르기", "en": "Choose a pilot"},
    "pilots.aim": {"ko": "목적", "en": "Aim"},
    "pilots.document": {"ko": "문서번호", "en": "Document"},
    "pilots.origin": {"ko": "받은 파일과 행", "en": "Received file and row"},
    "pilots.before_after": {
        "ko": "{what}: {before} → {after} ({change})",
        "en": "{what}: {before} → {after} ({change})",
    },
    "pilots.change_pct": {"ko": "{change}, {percent}", "en": "{change}, {percent}"},
    "pilots.before_only": {
        "ko": "{what}: 시범 전 {before}, 시범 뒤의 값은 아직 없습니다.",
        "en": "{what}: {before} before; not measured after it yet.",
    },
    "pilots.not_measured": {"ko": "잰 효과가 없습니다.", "en": "No effect was measured."},
    "pilots.units": {"ko": "참여부서와 이용자", "en": "Departments and users"},
    "pilots.units.none": {"ko": "참여부서를 적은 기록이 없습니다.", "en": "No department is recorded as taking part."},
    "pilots.units.others": {
        "ko": "그 밖에 {count}개 부서가 참여했습니다.",
        "en": "{count} other departments took part.",
    },
    "pilots.unit": {"ko": "부서", "en": "Department"},
    "pilots.survey": {"ko": "만족도 조사", "en": "What users said"},
    "pilots.survey.none": {"ko": "만족도 조사 기록이 없습니다.", "en": "There is no survey."},
    "pilots.survey.summary": {
        "ko": "문항 {questions}개의 평균은 {mean}점입니다. 가장 높은 문항은 '{best}' {best_mean}점, 가장 낮은 문항은 '{worst}' {worst_mean}점입니다.",
        "en": "{questions} questions, on average {mean} of 5. Highest: '{best}' {best_mean}; lowest: '{worst}' {worst_mean}.",
    },
    "pilots.survey.one": {
        "ko": "'{best}' 문항의 평균은 {mean}점입니다.",
        "en": "'{best}': on average {mean} of 5.",
    },
    "pilots.survey.legend": {
        "ko": "원이 클수록 그 점수를 준 사람이 많고, 주황 선이 평균입니다.",
        "en": "The larger a circle, the more people gave that score; the amber line is the mean.",
    },
    "pilots.survey.hidden": {
        "ko": "응답자가 {fewest}명 미만인 문항 {count}개는 누가 답했는지 알 수 있어 보여 드리지 않으며 평균에도 넣지 않습니다.",
        "en": "Questions with fewer than {fewest} respondents: {count}. They are neither shown nor in the mean, so that nobody can be told by them.",
    },
    "pilots.survey.question": {"ko": "문항", "en": "Question"},
    "pilots.survey.respondents": {"ko": "응답자", "en": "Respondents"},
    "pilots.survey.mean": {"ko": "평균", "en": "Mean"},
    "pilots.survey.axis": {"ko": "점수 (1 전혀 아니다 – 5 매우 그렇다)", "en": "Score (1 not at all – 5 very much)"},
    "pilots.survey.score": {"ko": "{score}점", "en": "Score {score}"},
    "pilots.survey.hover": {"ko": "{score}점 {count}명", "en": "score {score}: {count}"},
    "pilots.survey.hidden_row": {"ko": "숨김", "en": "hidden"},
}

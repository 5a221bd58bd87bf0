"""The diagnosis of competency in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

DIAGNOSIS: Final[dict[str, dict[Language, str]]] = {
    "diagnosis.title": {"ko": "역량 진단", "en": "Diagnosis of competency"},
    "diagnosis.none": {
        "ko": "평가 기간까지의 역량 진단 기록이 없습니다. 진단, 문항, 응답을 받으면 여기에 나옵니다.",
        "en": "There are no records of a diagnosis up to the evaluated period. Campaigns, questions and answers show here once received.",
    },
    "diagnosis.choose": {"ko": "진단 고르기", "en": "Which diagnosis"},
    "diagnosis.days": {
        "ko": "{title}: {first}부터 {last}까지.",
        "en": "{title}: from {first} to {last}.",
    },
    "diagnosis.says.people": {
        "ko": "{people}명이 답했습니다. 정원 {headcount}명의 {share}입니다.",
        "en": "{people} people answered, {share} of {headcount} authorised staff.",
    },
    "diagnosis.says.people_only": {"ko": "{people}명이 답했습니다.", "en": "{people} people answered."},
    "diagnosis.says.never_ranked": {
        "ko": "참여한 사람 수만 점수에 씁니다. 결과는 집계로만 보이고, 부서를 결과 순으로 늘어놓지 않습니다.",
        "en": "Only taking part is scored. Results are shown in aggregate, and departments are never put in order of them.",
    },
    "diagnosis.says.hidden": {
        "ko": "답한 사람이 5명 미만이거나, 보이면 다른 칸과 견주어 5명 미만의 결과를 알아낼 수 있는 칸은 '보이지 않음'입니다.",
        "en": "A result is 'not shown' where fewer than five people answered, or where it would give away, beside others, the result of fewer than five.",
    },
    "diagnosis.says.out_of_range": {
        "ko": "문항 만점보다 높은 답 {count}건은 세지 않았습니다. 받은 파일을 확인하세요.",
        "en": "Answers above the highest score that count nowhere: {count}. Check the received file.",
    },
    "diagnosis.hidden": {"ko": "보이지 않음", "en": "not shown"},
    "diagnosis.hidden.why": {"ko": "5명 미만 보호", "en": "protects fewer than five"},
    "diagnosis.people": {"ko": "{count}명", "en": "{count} people"},
    "diagnosis.level": {"ko": "수준(100점 만점)", "en": "Level (of 100)"},
    "diagnosis.levels": {"ko": "역량별 수준", "en": "Levels by competency"},
    "diagnosis.levels.summary": {
        "ko": "모두에게 물은 역량 가운데 기관 전체에서 가장 높은 것은 {highest}({highest_level}점), 가장 낮은 것은 {lowest}({lowest_level}점)입니다.",
        "en": "Of what everybody was asked about, {highest} is the strongest of the whole body ({highest_level}) and {lowest} the weakest ({lowest_level}).",
    },
    "diagnosis.levels.none": {
        "ko": "모두에게 물은 역량 가운데 보여 드릴 수 있는 수준이 없습니다.",
        "en": "No level of what everybody was asked about may be shown.",
    },
    "diagnosis.levels.table": {"ko": "기관·평가군의 역량별 수준", "en": "Levels of the body and its peer groups"},
    "diagnosis.whose": {"ko": "구분", "en": "Whose"},
    "diagnosis.whose.body": {"ko": "기관 전체", "en": "Whole body"},
    "diagnosis.staff.ordinary": {"ko": "일반 직원", "en": "ordinary staff"},
    "diagnosis.staff.analyst": {"ko": "분석 담당", "en": "analysts"},
    "diagnosis.whose.staff": {"ko": "{whose}: {staff}", "en": "{whose}: {staff}"},
    "diagnosis.competency": {"ko": "역량", "en": "Competency"},
    "diagnosis.before": {"ko": "지난 진단", "en": "Diagnosis before"},
    "diagnosis.now": {"ko": "이번 진단", "en": "This diagnosis"},
    "diagnosis.change": {"ko": "변화", "en": "Change"},
    "diagnosis.changes": {"ko": "지난 진단과 견주기", "en": "Against the diagnosis before"},
    "diagnosis.changes.summary": {
        "ko": "{before}과 견주었습니다. 두 진단 모두에서 보일 수 있는 수준만 차이를 적습니다. 답한 사람이 같지는 않습니다.",
        "en": "Compared with {before}. A difference is told only where both levels may be shown; not the same people answered.",
    },
    "diagnosis.no_answer": {"ko": "답 없음", "en": "no answer"},
    "diagnosis.units": {"ko": "부서별 수준", "en": "Levels of departments"},
    "diagnosis.units.show": {
        "ko": "부서마다 수준 보기(평가군과 이름 순)",
        "en": "Show levels of every department (by group and name)",
    },
    "diagnosis.participation": {"ko": "부서별 참여", "en": "Participation of departments"},
    "diagnosis.participation.show": {"ko": "부서마다 참여율 보기", "en": "Show participation of every department"},
    "diagnosis.authorised": {"ko": "정원", "en": "Authorised"},
    "diagnosis.answered": {"ko": "답한 사람", "en": "Answered"},
    "diagnosis.share": {"ko": "참여율", "en": "Share"},
    "diagnosis.own": {"ko": "{unit}의 역량", "en": "Competency of {unit}"},
    "diagnosis.own.took_part": {
        "ko": "{people}명이 답했습니다(정원 {headcount}명의 {share}).",
        "en": "{people} people answered ({share} of {headcount} authorised staff).",
    },
    "diagnosis.own.nobody": {"ko": "이 부서에서 답한 사람이 없습니다.", "en": "Nobody of this department answered."},
    "diagnosis.own.hidden": {
        "ko": "이 부서의 결과는 보이지 않습니다. 답한 사람이 5명 미만이거나, 보이면 다른 부서 5명 미만의 결과가 드러나기 때문입니다.",
        "en": "The results of this department are not shown: fewer than five people answered, or they would give away the result of fewer than five elsewhere.",
    },
    "diagnosis.own.summary": {
        "ko": "파란 원이 {unit}, 주황 마름모가 {group} 평가군, 회색 원이 기관 전체입니다.",
        "en": "Blue circles are {unit}, amber diamonds its peer group {group}, grey circles the whole body.",
    },
    "diagnosis.body.legend": {
        "ko": "파란 원이 이번 진단, 회색 원이 지난 진단입니다.",
        "en": "Blue circles are this diagnosis, grey ones the one before.",
    },
    "diagnosis.suggested": {"ko": "권하는 과정", "en": "Courses suggested"},
    "diagnosis.suggested.why": {
        "ko": "'{competency}' 수준이 {level}점으로 이 부서의 역량 가운데 낮은 편입니다. 아래 과정이 이 역량을 기르고, 진단 뒤에 여는 회차가 있습니다.",
        "en": "At {level}, '{competency}' is among the lowest of this department's competencies. These courses teach it and have a round after the diagnosis.",
    },
    "diagnosis.suggested.no_course": {
        "ko": "'{competency}' 수준이 {level}점으로 이 부서의 역량 가운데 낮은 편입니다. 진단 뒤에 이 역량을 기르는 과정의 회차가 계획에 없습니다.",
        "en": "At {level}, '{competency}' is among the lowest of this department's competencies. The plan has no later round of a course that teaches it.",
    },
    "diagnosis.suggested.none": {
        "ko": "보일 수 있는 역량이 둘 이상일 때, 낮은 역량에 맞는 과정을 권합니다.",
        "en": "Courses are suggested for the lowest competencies where at least two may be shown and differ.",
    },
    "diagnosis.suggested.more": {
        "ko": "가까운 회차부터 {shown}개입니다. 모두 {count}개 과정이 있습니다.",
        "en": "The {shown} soonest of {count} courses.",
    },
    "diagnosis.course": {"ko": "과정", "en": "Course"},
    "diagnosis.course.level": {"ko": "수준", "en": "Level"},
    "diagnosis.course.audience": {"ko": "대상", "en": "Audience"},
    "diagnosis.course.mode": {"ko": "방식", "en": "Mode"},
    "diagnosis.course.round": {"ko": "다음 회차", "en": "Next round"},
    "diagnosis.course.seats": {"ko": "정원", "en": "Places"},
}

"""The training programme in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

TRAINING: Final[dict[str, dict[Language, str]]] = {
    "training.title": {"ko": "교육과 역량", "en": "Training and competency"},
    "training.question": {
        "ko": "계획한 교육은 얼마나 이루어졌고 누구에게 닿지 않았는가? 어떤 역량이 약하고 무엇을 배우면 되는가?",
        "en": "How much of the planned training took place, and whom did it miss? Which competencies are weak, and what teaches them?",
    },
    "training.no_records": {
        "ko": "이 결과는 이미 있던 수치표로 점수를 매긴 것이어서 교육과 진단의 기록이 없습니다.",
        "en": "This result was scored from a table of figures: there are no records of training or diagnoses behind it.",
    },
    "training.none": {
        "ko": "교육 기록이 없습니다. 교육과정 목록, 회차 계획, 교육과정, 교육 이수를 받으면 여기에 나옵니다.",
        "en": "There are no records of training. Courses, planned rounds, sessions and attendance show here once received.",
    },
    "training.programme": {"ko": "{year}년 교육 프로그램", "en": "Training programme of {year}"},
    "training.year": {"ko": "교육 연도", "en": "Year of the programme"},
    "training.outside_period": {
        "ko": "평가 기간({period}) 밖의 교육입니다. 이 평가의 점수에는 들어가지 않습니다.",
        "en": "This is outside the evaluated period ({period}) and counts in none of its scores.",
    },
    "training.seats_planned": {"ko": "계획 정원", "en": "Places planned"},
    "training.seats_offered": {"ko": "제공 정원", "en": "Places offered"},
    "training.target": {"ko": "목표", "en": "Target"},
    "training.filled": {"ko": "참여", "en": "Places filled"},
    "training.completed": {"ko": "수료", "en": "Completed"},
    "training.people": {"ko": "실인원", "en": "Distinct people"},
    "training.hours": {"ko": "교육 시간", "en": "Hours"},
    "training.target_pct": {"ko": "목표 대비", "en": "Of target"},
    "training.places": {"ko": "{count}자리", "en": "{count}"},
    "training.count": {"ko": "{count}명", "en": "{count}"},
    "training.rounds.beside": {
        "ko": "{rounds}개 회차 가운데 {held}개 실시",
        "en": "{held} of {rounds} rounds held",
    },
    "training.sessions.beside": {"ko": "교육 {sessions}회", "en": "in {sessions} sessions"},
    "training.filled.beside": {"ko": "제공 정원의 {share}", "en": "{share} of the places offered"},
    "training.completed.beside": {"ko": "목표 {target}명의 {share}", "en": "{share} of the target of {target}"},
    "training.completed.no_target": {"ko": "정한 목표가 없습니다", "en": "no target was set"},
    "training.people.beside": {"ko": "한 사람은 한 번", "en": "each person once"},
    "training.hours.beside": {"ko": "수료한 사람만", "en": "of those who completed"},
    "training.says.reached": {
        "ko": "{completed}명이 수료해 목표 {target}명의 {share}입니다. 목표에 닿았습니다.",
        "en": "{completed} completions are {share} of the target of {target}: it was reached.",
    },
    "training.says.not_reached": {
        "ko": "{completed}명이 수료해 목표 {target}명의 {share}입니다. {left}명이 더 수료해야 합니다.",
        "en": "{completed} completions are {share} of the target of {target}: {left} more are needed.",
    },
    "training.says.no_plan": {
        "ko": "이 해의 회차 계획은 받지 않았습니다. 실시한 교육만 보여 드립니다.",
        "en": "No plan of rounds was received for this year; only what took place is shown.",
    },
    "training.says.not_held": {
        "ko": "실시 기록이 없는 회차: {rounds}개(정원 {seats}자리).",
        "en": "Rounds without a record of having been held: {rounds} ({seats} places).",
    },
    "training.says.outside_plan": {
        "ko": "계획에 없던 교육: {sessions}회.",
        "en": "Sessions outside the plan: {sessions}.",
    },
    "training.says.distinct": {
        "ko": "수료 {completed}명은 연인원이고, 사람으로는 {people}명입니다. 한 사람이 두 과정을 수료하면 연인원은 2명, 실인원은 1명입니다.",
        "en": "The {completed} completions are those of {people} people: somebody who completes two courses is two completions and one person.",
    },
    "training.says.earlier": {
        "ko": "{first}년부터 {last}년까지는 교육 {sessions}회, 수료 {completed}명이었습니다.",
        "en": "From {first} to {last} there were {sessions} sessions and {completed} completions.",
    },
    "training.by": {"ko": "나누어 보기", "en": "Told by"},
    "training.by.field": {"ko": "분야", "en": "Field"},
    "training.by.mode": {"ko": "방식", "en": "Mode"},
    "training.by.round": {"ko": "회차", "en": "Round"},
    "training.by.programme": {"ko": "프로그램", "en": "Programme"},
    "training.by.course_id": {"ko": "과정", "en": "Course"},
    "training.round": {"ko": "{round}회차", "en": "Round {round}"},
    "training.part.none": {"ko": "계획 밖·적지 않음", "en": "outside the plan, not stated"},
    "training.mode.in_person": {"ko": "집합", "en": "in person"},
    "training.mode.live_online": {"ko": "실시간 비대면", "en": "live online"},
    "training.mode.e_learning": {"ko": "이러닝(사이버)", "en": "e-learning"},
    "training.mode.external": {"ko": "외부위탁", "en": "outside institution"},
    "training.level.basic": {"ko": "기초", "en": "basic"},
    "training.level.job": {"ko": "직무", "en": "job"},
    "training.level.specialist": {"ko": "전문", "en": "specialist"},
    "training.audience.all_staff": {"ko": "전 직원", "en": "all staff"},
    "training.audience.recruits": {"ko": "신규", "en": "recruits"},
    "training.audience.managers": {"ko": "관리자", "en": "managers"},
    "training.audience.analysts": {"ko": "분석 담당", "en": "analysts"},
    "training.plan.axis": {"ko": "사람(명)·자리", "en": "people and places"},
    "training.plan.legend": {
        "ko": "회색 줄의 끝이 계획 정원, 주황 눈금이 목표, 회색 원이 참여, 파란 원이 수료입니다.",
        "en": "The end of the grey line are the places planned, amber marks the target, grey circles places filled, blue ones completions.",
    },
    "training.plan.summary": {
        "ko": "{by}별로 계획과 실적을 견주었습니다. 목표를 정한 {count}곳 가운데 {reached}곳이 목표에 닿았습니다.",
        "en": "Plan and result, told by {by}. Of {count} parts with a target {reached} reached it.",
    },
    "training.plan.summary.no_target": {
        "ko": "{by}별 실적입니다. 목표를 정한 곳이 없습니다.",
        "en": "Results, told by {by}. No part has a target.",
    },
    "training.rounds": {"ko": "회차와 교육", "en": "Rounds and sessions"},
    "training.rounds.show": {"ko": "회차마다 보기", "en": "Show every round"},
    "training.course": {"ko": "과정", "en": "Course"},
    "training.days": {"ko": "기간", "en": "Days"},
    "training.days.span": {"ko": "{first} ~ {last}", "en": "{first} to {last}"},
    "training.organiser": {"ko": "주관부서", "en": "Organised by"},
    "training.not_held": {"ko": "실시 기록 없음", "en": "no record that it was held"},
    "training.outside": {"ko": "계획 밖", "en": "outside the plan"},
    "training.reach": {"ko": "교육이 닿지 않은 사람", "en": "People the training did not reach"},
    "training.reach.summary": {
        "ko": "{year}년 말 현원 {headcount}명에서 한 과정이라도 수료한 {people}명을 빼면 {left}명입니다.",
        "en": "Of {headcount} staff at the end of {year}, less {people} people who completed a course, {left} remain.",
    },
    "training.reach.unknown_headcount": {
        "ko": "{year}년의 현원을 모르는 부서가 있어 닿지 않은 사람을 셈하지 않았습니다. 수료한 사람은 {people}명입니다.",
        "en": "The staff of some department in {year} is not known, so those not reached are not counted. {people} people completed a course.",
    },
    "training.reach.old_headcount": {
        "ko": "{year}년 현원이 아직 없어 그 전의 가장 늦은 현원으로 셈했습니다.",
        "en": "Where no headcount of {year} was received, the latest one before it is taken.",
    },
    "training.reach.cannot": {
        "ko": "알 수 없는 것: 해 중간에 들어오거나 나간 사람이 누구인지는 기록에 없으므로, 이 수는 어림입니다. 부서를 옮긴 사람은 처음 수료한 부서에서 셉니다. 그래서 부서별 수를 더하면 전체와 다를 수 있습니다.",
        "en": "What cannot be known: records do not say who joined or left within the year, so this is an estimate. A person who moved counts where the first course was completed, so departments need not add up to the whole.",
    },
    "training.reach.show": {"ko": "부서마다 보기", "en": "Show every department"},
    "training.unit": {"ko": "부서", "en": "Department"},
    "training.group": {"ko": "평가군", "en": "Peer group"},
    "training.headcount": {"ko": "현원", "en": "Staff"},
    "training.not_reached": {"ko": "닿지 않음", "en": "Not reached"},
    "training.own": {"ko": "{unit}의 교육", "en": "Training of {unit}"},
    "training.own.choose": {"ko": "부서의 교육과 역량 보기", "en": "Training and competency of which department"},
    "training.own.says": {
        "ko": "{year}년에 교육 {filled}자리에 참여해 {completed}번 수료했고, 사람으로는 {people}명, 시간으로는 {hours}시간입니다.",
        "en": "In {year} its people filled {filled} places and completed {completed}: {people} people, {hours} hours.",
    },
    "training.own.left": {
        "ko": "현원 {headcount}명 가운데 {left}명은 그해 데이터 교육을 수료하지 않았습니다(어림).",
        "en": "Of {headcount} staff, {left} completed no data course that year (an estimate).",
    },
}

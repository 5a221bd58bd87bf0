"""The page of a department in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

DEPARTMENT: Final[dict[str, dict[Language, str]]] = {
    "department.choose": {"ko": "부서 고르기", "en": "Choose a department"},
    "department.question": {
        "ko": "이 부서의 점수는 어디에서 왔고, 어디에서 놓쳤는가?",
        "en": "Where does this department's score come from, and where were points left?",
    },
    "department.back": {"ko": "순위로 돌아가기", "en": "Back to the ranking"},
    "department.code": {"ko": "부서코드 {code}", "en": "Code {code}"},
    "department.score": {"ko": "점수", "en": "Score"},
    "department.points": {"ko": "{points}점", "en": "{points}"},
    "department.rank": {"ko": "전체 순위", "en": "Overall rank"},
    "department.of": {"ko": "{units}개 부서 가운데", "en": "of {units}"},
    "department.group_rank": {"ko": "{group} 순위", "en": "Rank in {group}"},
    "department.grade": {"ko": "등급", "en": "Grade"},
    "department.no_rank": {"ko": "순위 없음", "en": "Not ranked"},
    "department.no_grade": {"ko": "등급 없음", "en": "No grade"},
    "department.change": {"ko": "전년 {before}점보다 {change}점", "en": "{change} on last year ({before})"},
    "department.no_change": {"ko": "비교할 전년 점수가 없습니다", "en": "No score of the year before"},
    "department.places_up": {"ko": "전년 {before}위에서 {places}계단 오름", "en": "up {places} from {before}"},
    "department.places_down": {"ko": "전년 {before}위에서 {places}계단 내림", "en": "down {places} from {before}"},
    "department.places_same": {"ko": "전년과 같은 자리", "en": "same place as last year"},
    "department.not_ranked": {
        "ko": "이 부서는 순위를 매기지 않았습니다. 까닭: {why}.",
        "en": "This department is listed without a rank: {why}.",
    },
    "department.coverage": {
        "ko": "배점의 {coverage}가 실제로 측정되었습니다(규칙이 정한 최소 {minimum}).",
        "en": "{coverage} of the weight was measured (the rules ask for {minimum}).",
    },
    "department.above": {
        "ko": "점수는 {group} 중앙값 {median}점보다 {gap}점 높습니다.",
        "en": "The score is {gap} points above the median of {group}, {median}.",
    },
    "department.below": {
        "ko": "점수는 {group} 중앙값 {median}점보다 {gap}점 낮습니다.",
        "en": "The score is {gap} points below the median of {group}, {median}.",
    },
    "department.equal": {
        "ko": "점수는 {group} 중앙값 {median}점과 같습니다.",
        "en": "The score equals the median of {group}, {median}.",
    },
    "department.most_left": {
        "ko": "점수를 가장 많이 놓친 지표는 {indicator:으로/로}, 배점 {possible}점 가운데 {left}점을 놓쳤습니다.",
        "en": "Most points were left at {indicator}: {left} of {possible}.",
    },
    "department.tied": {
        "ko": "같은 자리에 있는 다른 부서: {units}.",
        "en": "The same place is shared with {units}.",
    },
    "department.tie_broken": {
        "ko": "점수가 같은 부서가 있어 {node} 점수로 순위를 갈랐습니다.",
        "en": "Another department has the same score; {node} decided the place.",
    },
    "department.parts": {"ko": "점수를 이루는 지표", "en": "What the score is made of"},
    "department.parts.summary": {
        "ko": "파란 점이 이 부서, 주황 마름모가 {group} 중앙값, 회색 줄의 끝이 만점입니다. 지표 이름을 누르면 기록을 볼 수 있습니다.",
        "en": "Blue dots are this department, amber diamonds the median of {group}, the end of the grey line full points. An indicator's name leads to the records.",
    },
    "department.parts.small_group": {
        "ko": "{group:은/는} 다른 부서가 {fewest}개보다 적어, 중앙값을 공표된 뒤에 보여 드립니다.",
        "en": "{group} has fewer than {fewest} other departments: its medians are shown once the result is published.",
    },
    "department.parts.not_additive": {
        "ko": "이 규칙의 총점은 지표 점수를 더한 값이 아니므로, 지표마다 얻은 점수를 그대로 보여 드립니다.",
        "en": "Under these rules the score is no plain sum, so each indicator's own points are shown.",
    },
    "department.moved": {
        "ko": "해당없음이나 결측인 지표의 배점이 다른 지표로 옮겨져, 표시(↑)한 지표의 배점이 늘었습니다.",
        "en": "The weight of indicators that do not apply or have no value went to the others: those marked ↑ count for more.",
    },
    "department.indicator": {"ko": "영역과 지표", "en": "Areas and indicators"},
    "department.value": {"ko": "값", "en": "Value"},
    "department.earned": {"ko": "점수", "en": "Points"},
    "department.possible": {"ko": "배점", "en": "Out of"},
    "department.possible_moved": {"ko": "{possible} ↑ (원래 {weight})", "en": "{possible} ↑ (was {weight})"},
    "department.median": {"ko": "평가군 중앙값", "en": "Group median"},
    "department.gap": {"ko": "중앙값과의 차이", "en": "Against the median"},
    "department.points_axis": {"ko": "점수(점)", "en": "Points"},
    "department.this": {"ko": "이 부서", "en": "This department"},
    "department.full": {"ko": "만점", "en": "Full points"},
    "department.part.alt": {
        "ko": "{indicator} {earned}점(중앙값 {median}점)",
        "en": "{indicator} {earned} (median {median})",
    },
    "department.sum": {
        "ko": "지표 점수 {base} + 가점 {bonus} − 감점 {penalty} = {score}점",
        "en": "Indicators {base} + bonus {bonus} − penalty {penalty} = {score}",
    },
    "department.state.measured": {"ko": "측정", "en": "measured"},
    "department.state.missing": {"ko": "값 없음", "en": "no value"},
    "department.state.not_applicable": {"ko": "해당없음", "en": "does not apply"},
    "department.ledger": {"ko": "가점과 감점", "en": "Bonus and penalty"},
    "department.ledger.summary": {
        "ko": "가점 {bonus}점과 감점 {penalty}점이 점수에 반영되었습니다.",
        "en": "A bonus of {bonus} and a penalty of {penalty} are part of the score.",
    },
    "department.ledger.capped": {
        "ko": "규칙이 정한 상한을 넘는 점수는 반영하지 않았습니다.",
        "en": "Points beyond the caps of the rules do not count.",
    },
    "department.ledger.none": {"ko": "가점과 감점이 없습니다.", "en": "There is no bonus and no penalty."},
    "department.ledger.no_records": {
        "ko": "이 공개본에는 기록이 없어 가점·감점의 내역을 보여 드릴 수 없습니다.",
        "en": "This release has no records, so the entries behind bonus and penalty cannot be shown.",
    },
    "department.fed.name": {"ko": "{kind} · {rule}", "en": "{kind} · {rule}"},
    "department.fed.sum": {
        "ko": "{metric} {value} × {worth}점 = {points}점. 기록을 따로 적지 않고 아래 기록을 세어 줍니다.",
        "en": "{metric}: {value} × {worth} = {points}. The points come from the records below, not from an entry.",
    },
    "department.fed.cap": {"ko": "이 규칙의 상한은 {cap}점입니다.", "en": "This rule gives {cap} at most."},
    "department.fed.missing": {
        "ko": "{metric} 값이 없어 점수를 주지 않습니다.",
        "en": "{metric}: there is no value, so it gives no points.",
    },
    "department.ledger.hidden": {
        "ko": "가점·감점의 내역은 그 부서와 평가 담당자만 봅니다.",
        "en": "The entries behind bonus and penalty are seen by the department itself and by those who evaluate.",
    },
    "department.ledger.kind": {"ko": "구분", "en": "Kind"},
    "department.ledger.kind.bonus": {"ko": "가점", "en": "Bonus"},
    "department.ledger.kind.penalty": {"ko": "감점", "en": "Penalty"},
    "department.ledger.kind.veto": {"ko": "등급 제한", "en": "Limit on the grade"},
    "department.ledger.rule": {"ko": "규칙", "en": "Rule"},
    "department.ledger.points": {"ko": "점수", "en": "Points"},
    "department.ledger.reason": {"ko": "사유", "en": "Reason"},
    "department.ledger.day": {"ko": "일자", "en": "Day"},
    "department.ledger.document": {"ko": "문서번호", "en": "Document"},
    "department.ledger.origin": {"ko": "받은 파일과 행", "en": "Received file and row"},
    "department.waivers": {"ko": "해당없음으로 승인된 지표", "en": "Indicators approved as not applicable"},
}

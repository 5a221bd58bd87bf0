"""The page of panel marks."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

PANEL: Final[dict[str, dict[Language, str]]] = {
    "panel.title": {"ko": "정성평가", "en": "Panel marks"},
    "panel.question": {
        "ko": "누가 무엇을 평가하고, 어디까지 매겼는가?",
        "en": "Who marks what, and how far are they?",
    },
    "panel.indicator": {"ko": "지표", "en": "Indicator"},
    "panel.state.open": {"ko": "심사 중", "en": "open"},
    "panel.state.closed": {"ko": "마감", "en": "closed"},
    "panel.state.written": {"ko": "기록에 적음", "en": "among the records"},
    "panel.assessor": {"ko": "평가위원", "en": "Assessor"},
    "panel.left": {"ko": "남은 부서", "en": "Departments left"},
    "panel.mark": {"ko": "점수(0~100)", "en": "Mark (0 to 100)"},
    "panel.note": {"ko": "까닭", "en": "Why"},
    "panel.recused": {"ko": "회피", "en": "recused"},
    "panel.own": {"ko": "제척(자기 부서)", "en": "own department"},
    "panel.not_yet": {"ko": "아직", "en": "not yet"},
    "panel.marks": {"ko": "매긴 점수", "en": "Marks"},
    "panel.secret": {
        "ko": "마감하기 전에는 매긴 사람만 자기 점수를 봅니다. 평가 담당자도 진행만 봅니다.",
        "en": "Until the panel is closed each sees only their own marks; those who run the evaluation see how far it is.",
    },
    "panel.give": {"ko": "점수 매기기", "en": "Give a mark"},
    "panel.recuse": {"ko": "이 부서의 평가를 회피합니다", "en": "I recuse myself from this department"},
    "panel.save": {"ko": "저장", "en": "Save"},
    "panel.open": {"ko": "심사 열기", "en": "Open a panel"},
    "panel.open.none": {
        "ko": "새로 열 정성평가 지표가 없습니다.",
        "en": "Every indicator that a panel marks has its panel.",
    },
    "panel.open.save": {"ko": "심사 열기", "en": "Open the panel"},
    "panel.assessors": {"ko": "평가위원", "en": "Assessors"},
    "panel.close": {"ko": "마감", "en": "Close the panel"},
    "panel.close.what": {
        "ko": "마감하면 점수를 바꿀 수 없습니다. 부서마다 점수가 하나 이상 있어야 합니다.",
        "en": "Once closed, no mark changes. Every department needs at least one.",
    },
    "panel.write": {"ko": "기록에 적기", "en": "Write the marks among the records"},
    "panel.write.what": {
        "ko": "점수를 이름 없이 위원 번호로 자료 폴더에 적습니다. 다음 평가부터 점수에 들어갑니다.",
        "en": "Writes the marks into the folder of records, under the assessors' numbers. The next evaluation counts them.",
    },
    "panel.done.given": {"ko": "저장했습니다.", "en": "Saved."},
    "panel.done.opened": {"ko": "심사를 열었습니다.", "en": "The panel is open."},
    "panel.done.closed": {"ko": "마감했습니다.", "en": "The panel is closed."},
    "panel.done.written": {"ko": "점수를 기록에 적었습니다.", "en": "The marks stand among the records."},
}

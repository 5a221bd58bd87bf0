"""The page of an indicator in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

INDICATOR: Final[dict[str, dict[Language, str]]] = {
    "indicator.choose": {"ko": "지표 고르기", "en": "Choose an indicator"},
    "indicator.choose_unit": {"ko": "기록을 볼 부서", "en": "Records of which department"},
    "indicator.no_unit": {"ko": "부서를 고르세요", "en": "Choose a department"},
    "indicator.question": {
        "ko": "무엇을 어떻게 재어 몇 점이 되는가, 그리고 그 뒤에는 어떤 기록이 있는가?",
        "en": "What is measured, how does it become points, and which records stand behind it?",
    },
    "indicator.back": {"ko": "{unit} 화면으로 돌아가기", "en": "Back to {unit}"},
    "indicator.definition": {"ko": "정의와 규칙", "en": "Definition and rules"},
    "indicator.what": {"ko": "무엇을 재나", "en": "What it measures"},
    "indicator.area": {"ko": "영역", "en": "Area"},
    "indicator.formula": {"ko": "산식", "en": "Formula"},
    "indicator.weight": {"ko": "배점", "en": "Weight"},
    "indicator.method": {"ko": "점수 방법", "en": "How it becomes points"},
    "indicator.missing": {"ko": "값이 없을 때", "en": "Without a value"},
    "indicator.source": {"ko": "근거", "en": "Source"},
    "indicator.effective": {"ko": "적용 기간", "en": "In force"},
    "indicator.source.page": {"ko": "{page}쪽", "en": "page {page}"},
    "indicator.source.none": {"ko": "규칙에 적히지 않음", "en": "not stated in the rulebook"},
    "indicator.from": {"ko": "{start}부터", "en": "from {start}"},
    "indicator.until": {"ko": "{end}까지", "en": "until {end}"},
    "indicator.rules_table": {"ko": "값과 점수의 표", "en": "Table of values and points"},
    "indicator.units": {"ko": "모든 부서의 값과 점수", "en": "Values and points of all departments"},
    "indicator.units.summary": {
        "ko": "{units}개 부서가 측정되었고 값의 중앙값은 {median}입니다. 만점을 받은 부서는 {full}개, 0점인 부서는 {zero}개입니다.",
        "en": "{units} departments were measured; the median value is {median}. {full} have full points, {zero} none.",
    },
    "indicator.units.none": {
        "ko": "값이 측정된 부서가 없습니다.",
        "en": "No department has a value.",
    },
    "indicator.units.too_few": {
        "ko": "{units}개 부서가 측정되었습니다. 부서가 적어 중앙값은 공표된 뒤에 보여 드립니다.",
        "en": "{units} departments were measured. They are few: the median is shown once the result is published.",
    },
    "indicator.unnamed_units": {"ko": "약 {value} — {count}개 부서", "en": "about {value} — departments: {count}"},
    "indicator.units.legend": {
        "ko": "원 하나가 값이 같은 부서들이고, 클수록 부서가 많습니다.",
        "en": "A circle stands for the departments of one value; the larger, the more of them.",
    },
    "indicator.units.chosen": {"ko": "파란 원이 {unit}입니다.", "en": "The blue one is {unit}."},
    "indicator.units.marks": {
        "ko": "주황 선은 규칙이 정한 목표나 구간 경계입니다.",
        "en": "Amber lines are targets or edges of the rules.",
    },
    "indicator.unit": {"ko": "부서", "en": "Department"},
    "indicator.group": {"ko": "평가군", "en": "Peer group"},
    "indicator.value": {"ko": "값", "en": "Value"},
    "indicator.target": {"ko": "목표", "en": "Target"},
    "indicator.points": {"ko": "점수", "en": "Points"},
    "indicator.many_units": {"ko": "{count}개 부서: {names}", "en": "{count} departments: {names}"},
    "indicator.and_others": {"ko": "{names} 외", "en": "{names} and others"},
    "indicator.at_target": {"ko": "목표 {target}", "en": "target {target}"},
    "indicator.at_edge": {"ko": "{points}점", "en": "{points} points"},
    "indicator.at_worst": {"ko": "0점", "en": "no points"},
    "indicator.at_best": {"ko": "만점", "en": "full points"},
    "indicator.number": {"ko": "{unit}의 숫자", "en": "The figure of {unit}"},
    "indicator.number.measured": {
        "ko": "값 {value} → {points}점(배점 {weight}점).",
        "en": "Value {value} → {points} of {weight} points.",
    },
    "indicator.number.calculation": {
        "ko": "계산: {calculation}",
        "en": "Calculation: {calculation}",
    },
    "indicator.number.target": {"ko": "목표는 {target}입니다.", "en": "The target is {target}."},
    "indicator.number.missing": {
        "ko": "값이 없습니다. {rule}",
        "en": "There is no value. {rule}",
    },
    "indicator.number.not_applicable": {
        "ko": "해당없음으로 승인되어 재지 않았습니다.",
        "en": "Approved as not applicable, so it is not measured.",
    },
    "indicator.waiver": {
        "ko": "사유: {reason} (승인 {day}, {document})",
        "en": "Reason: {reason} (approved {day}, {document})",
    },
    "indicator.records": {"ko": "숫자 뒤의 기록", "en": "The records behind it"},
    "indicator.records.no_unit": {
        "ko": "부서를 고르면 센 기록과 세지 않은 기록을, 받은 파일과 행까지 보여 드립니다.",
        "en": "Choose a department to see the records counted and not counted, with the received file and row.",
    },
    "indicator.records.hidden": {
        "ko": "이 부서의 기록은 그 부서와 평가 담당자만 봅니다.",
        "en": "The records of this department are seen by the department itself and by those who evaluate.",
    },
    "indicator.records.none_behind": {
        "ko": "이 공개본은 이미 만들어진 수치표를 채점한 것이라 뒤에 기록이 없습니다. 수치는 공개본의 records/given.csv에 있는 그대로입니다.",
        "en": "This release scored a table of figures that somebody already had, so there are no records behind it. The figures are those of records/given.csv in the release.",
    },
    "indicator.records.no_metric": {
        "ko": "이 지표는 정해진 수만 쓰므로 뒤에 기록이 없습니다.",
        "en": "This indicator uses constants only; there are no records behind it.",
    },
    "indicator.records.metric": {"ko": "{metric} {value}", "en": "{metric}: {value}"},
    "indicator.records.numerator": {"ko": "분자", "en": "numerator"},
    "indicator.records.denominator": {"ko": "분모", "en": "denominator"},
    "indicator.records.target": {"ko": "목표를 정하는 값", "en": "sets the target"},
    "indicator.records.summary": {
        "ko": "기록 {counted}건을 세어 {value}입니다. 세지 않은 기록은 {not_counted}건입니다.",
        "en": "Records counted: {counted}, coming to {value}. Not counted: {not_counted}.",
    },
    "indicator.records.differs": {
        "ko": "지금 프로그램의 지표 정의로 다시 세면 {recounted:으로/로}, 공개본의 {value:과/와} 다릅니다. 공개본을 만든 판으로 확인하세요: jipyo verify {release}",
        "en": "Counted again with this program's definitions it is {recounted}, not the release's {value}. Check with the version that made it: jipyo verify {release}",
    },
    "indicator.records.unreadable": {
        "ko": "기록을 읽지 못했습니다. 공개본이 온전한지 확인하세요: jipyo verify {release}",
        "en": "The records cannot be read. Check that the release is intact: jipyo verify {release}",
    },
    "indicator.records.show": {"ko": "보기", "en": "Show"},
    "indicator.records.counted": {"ko": "센 기록 {count}", "en": "Counted {count}"},
    "indicator.records.not_counted": {"ko": "세지 않은 기록 {count}", "en": "Not counted {count}"},
    "indicator.records.none_counted": {
        "ko": "센 기록이 없습니다. 이 부서의 값은 0이거나 알 수 없습니다.",
        "en": "No record counts: the figure is zero or unknown.",
    },
    "indicator.records.none_not_counted": {"ko": "세지 않은 기록이 없습니다.", "en": "Every record counts."},
    "indicator.records.why_not": {"ko": "세지 않은 까닭: {reasons}.", "en": "Why not counted: {reasons}."},
    "indicator.records.why_count": {"ko": "{reason} {count}건", "en": "{reason} {count}"},
    "indicator.records.record": {"ko": "기록", "en": "Record"},
    "indicator.records.title": {"ko": "제목", "en": "Title"},
    "indicator.records.amount": {"ko": "센 양", "en": "Amount"},
    "indicator.records.share": {"ko": "넘겨받은 몫", "en": "Share taken over"},
    "indicator.records.from_unit": {"ko": "{unit}에서 {share}", "en": "{share} from {unit}"},
    "indicator.records.reason": {"ko": "까닭", "en": "Why"},
    "indicator.records.origin": {"ko": "받은 파일과 행", "en": "Received file and row"},
    "indicator.records.place": {"ko": "{file} {row}행", "en": "{file}, row {row}"},
    "indicator.records.page": {
        "ko": "{total}건 가운데 {first}–{last}번째",
        "en": "{first} to {last} of {total}",
    },
    "indicator.panel.summary": {
        "ko": "위원 {marks}명의 점수입니다. 평균에서 뺀 점수는 {trimmed}개입니다.",
        "en": "Marks of {marks} assessors; {trimmed} are left out of the mean.",
    },
    "indicator.panel.none": {"ko": "위원 점수가 없습니다.", "en": "There are no marks."},
    "indicator.panel.assessor": {"ko": "위원", "en": "Assessor"},
    "indicator.panel.mark": {"ko": "점수", "en": "Mark"},
    "indicator.panel.day": {"ko": "평가일", "en": "Day"},
    "indicator.panel.use": {"ko": "평균에", "en": "In the mean"},
    "indicator.panel.in": {"ko": "넣음", "en": "yes"},
    "indicator.panel.out": {"ko": "최고·최저라 뺌", "en": "left out, highest or lowest"},
}

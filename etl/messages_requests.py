"""What is said about appeals and requests, their evidence, and the marks of a panel."""

from __future__ import annotations

from typing import Final

REQUEST_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "ruling_refused": {
        "ko": "결정을 기록으로 남길 수 없습니다.⟨ 다음 항목을 고치세요: {columns}.⟩",
        "en": "the ruling cannot be kept as a record.⟨ Mend: {columns}.⟩",
    },
    "ruling_stands_otherwise": {
        "ko": "같은 번호로 내용이 다른 기록이 이미 있습니다. 그 기록을 확인한 뒤 다시 정하세요.",
        "en": "another record with different contents has this key. Look at it, and decide again.",
    },
    "request_not_yours": {
        "ko": "이 부서의 일로 신청할 권한이 없습니다. 소속 부서를 확인하세요.",
        "en": "you may not file this for that department. Check which department your account belongs to.",
    },
    "request_not_now": {
        "ko": "지금은 이 신청을 받는 단계가 아닙니다. 평가 일정을 확인하세요.",
        "en": "the evaluation is not at a step in which this is taken. Look at its dates.",
    },
    "year_published": {
        "ko": "{year}년 결과는 이미 공표되었고 평가 단계가 열리지 않아, 신청도 정성평가도 받지 않습니다. 진행 중인 평가의 연도를 고르고, 공표된 결과가 틀렸으면 평가 담당자에게 알리세요.",
        "en": "the result of {year} is published and no evaluation of it was opened, so neither requests nor panels are taken. Choose the year of an evaluation under way; if the published result is wrong, tell those who run the evaluation.",
    },
    "request_window": {
        "ko": "신청 기간이 아닙니다. 기간은 {begins}부터 {ends}까지(한국 시간)입니다. 기간이 지났으면 평가 담당자에게 문의하세요.",
        "en": "this is taken from {begins} to {ends}, Korean time. If that is over, ask those who run the evaluation.",
    },
    "request_unknown": {
        "ko": "그 신청이 없거나 볼 수 없습니다. 목록에서 다시 고르세요.",
        "en": "there is no such request, or it is not yours to see. Choose it from the list.",
    },
    "request_not_editable": {
        "ko": "지금은 이 신청을 고치거나 취하할 수 없습니다. 신청한 사람만, 신청 기간 안에서 답변이 나오기 전까지 할 수 있습니다. 필요하면 평가 담당자에게 문의하세요.",
        "en": "this request cannot be edited or withdrawn now. Only its author may, within its days and until it is answered. Ask those who run the evaluation.",
    },
    "request_not_answerable": {
        "ko": "지금은 이 신청에 답할 수 없습니다. 이미 결정되었거나 취하되었는지 확인하세요.",
        "en": "this request cannot be answered now. See whether it is decided or withdrawn.",
    },
    "request_not_decidable": {
        "ko": "지금은 이 신청을 결정할 수 없습니다. 답변이 나온 신청만 결정하며, 자기가 신청하거나 답변한 것은 다른 결재자에게 맡기세요.",
        "en": "this request cannot be decided now. Only answered ones are, and never by whoever filed or answered them.",
    },
    "request_not_to_carry_out": {
        "ko": "이 신청은 반영할 것이 없습니다. 받아들이기로 결정된 신청만 한 번 반영하니 진행을 확인하세요.",
        "en": "there is nothing to carry out. Only an upheld request is, and once: look at its state.",
    },
    "request_text_missing": {
        "ko": "내용을 적으세요.",
        "en": "write what it is about.",
    },
    "request_text_long": {
        "ko": "내용이 {count}자입니다. {longest}자까지 쓸 수 있으니 줄이고, 긴 것은 증빙 파일로 붙이세요.",
        "en": "the text has {count} characters and may have {longest}. Shorten it; attach what is long as evidence.",
    },
    "request_text_signs": {
        "ko": "글의 방향을 바꾸는 문자나 제어 문자가 있습니다. 그 문자를 지우거나 내용을 직접 입력하세요.",
        "en": "there are control characters, or such as change the direction of writing. Remove them or type the text anew.",
    },
    "request_names_nothing": {
        "ko": "무엇에 대한 신청인지 고르세요.",
        "en": "choose what the request is about.",
    },
    "request_names_unknown": {
        "ko": "이 평가에 '{said}'이(가) 없습니다. 목록에서 고르세요.",
        "en": "this evaluation has no {said}. Choose from the list.",
    },
    "request_record": {
        "ko": "기록의 종류와 번호를 함께, 빈칸 없이 적으세요.",
        "en": "give both the kind and the number of the record, without blanks.",
    },
    "request_record_unknown": {
        "ko": "부서의 기록에 '{said}'이(가) 없습니다. 가까운 기록: {nearest}. 빠진 기록이면 고르지 말고 내용에 적으세요.",
        "en": "the department has no record {said}; near it: {nearest}. If it is missing, say so in the text instead.",
    },
    "request_needs_change": {
        "ko": "받아들이려면 무엇을 어떻게 고칠지 함께 정하세요.",
        "en": "to uphold it, say what is to be changed.",
    },
    "request_refused_changes": {
        "ko": "받아들이지 않는 답변에는 고칠 것을 적을 수 없습니다. 판단을 다시 고르세요.",
        "en": "an answer that refuses changes nothing. Choose the verdict again.",
    },
    "request_becomes_other": {
        "ko": "이 종류의 신청은 그런 기록이 될 수 없습니다. 다른 반영 방법을 고르세요.",
        "en": "a request of this kind cannot become such a record. Choose another.",
    },
    "request_nothing_to_uphold": {
        "ko": "반영할 변경이 없어 받아들일 수 없습니다. 다시 답하도록 돌려보내세요.",
        "en": "there is no change to uphold. Return it for another answer.",
    },
    "request_not_looked_at": {
        "ko": "받아들이기 전에 누구의 점수와 순위가 바뀌는지 먼저 계산하세요.",
        "en": "before it is upheld, work out whose score and rank it changes.",
    },
    "request_met_on": {
        "ko": "회의 일자는 신청일({filed})부터 오늘까지의 날로 적으세요.",
        "en": "give a day between the one it was filed ({filed}) and today.",
    },
    "evidence_name": {
        "ko": "파일 이름을 쓸 수 없습니다. 이름을 바꾸어 다시 올리세요.",
        "en": "the file's name cannot be used. Rename it and send it again.",
    },
    "evidence_empty": {
        "ko": "빈 파일입니다. 내용이 있는지 확인하고 다시 올리세요.",
        "en": "the file is empty. Check what is in it and send it again.",
    },
    "evidence_too_large": {
        "ko": "파일이 {megabytes} MB를 넘습니다. 나누거나 줄여서 올리세요.",
        "en": "the file is larger than {megabytes} MB. Divide it or make it smaller.",
    },
    "evidence_form": {
        "ko": "받지 않는 형식입니다. 받는 형식: {endings}.",
        "en": "this form is not taken. Taken are: {endings}.",
    },
    "evidence_is_other": {
        "ko": "내용이 {ending} 파일이 아니거나 매크로가 들어 있습니다. 원본 프로그램에서 다시 저장해 올리세요.",
        "en": "its contents are no {ending} file, or have macros. Save it anew and send it again.",
    },
    "evidence_too_many": {
        "ko": "증빙은 {most}개까지 붙일 수 있습니다. 여러 파일을 ZIP 하나로 묶어 올리세요.",
        "en": "a request takes {most} files. Put several into one ZIP.",
    },
    "evidence_again": {
        "ko": "이미 붙인 {attached} 파일과 내용이 같습니다. 다시 붙이지 않아도 됩니다. 다른 증빙이라면 파일을 확인하세요.",
        "en": "{attached} has the same contents and is attached already. There is no need to add it twice; if other evidence was meant, check the file.",
    },
    "evidence_unknown": {
        "ko": "그 증빙이 없거나 볼 수 없습니다. 신청 화면에서 다시 여세요.",
        "en": "there is no such evidence, or it is not yours to see. Open it from its request.",
    },
    "evidence_changed": {
        "ko": "증빙 파일이 없거나 받은 것과 다릅니다. 백업에서 되살리세요.",
        "en": "the file of evidence is gone or is not what was received. Restore it from a backup.",
    },
    "panel_marks_elsewhere": {
        "ko": "이 지표의 위원 점수가 이미 다른 파일에 {marks}건 있습니다. 두 심사를 섞을 수 없으니 그 파일을 먼저 확인하세요.",
        "en": "other files have {marks} marks of this indicator. Two panels cannot be mixed: look at that file first.",
    },
    "panel_indicator": {
        "ko": "위원 점수로 매기는 지표가 아닙니다. 규칙의 정성평가 지표를 고르세요.",
        "en": "no panel marks this indicator. Choose one whose points come from a panel.",
    },
    "panel_exists": {
        "ko": "이 지표의 심사는 이미 열려 있거나 끝났습니다. 목록에서 확인하세요.",
        "en": "this indicator has its panel already. See the list.",
    },
    "panel_assessors": {
        "ko": "평가위원을 한 명 이상, 점수를 매길 수 있는 계정에서 고르세요.",
        "en": "name at least one assessor, of the accounts that may give marks.",
    },
    "panel_unknown": {
        "ko": "그 심사가 없거나 볼 수 없습니다. 목록에서 다시 고르세요.",
        "en": "there is no such panel, or it is not yours to see. Choose it from the list.",
    },
    "panel_not_yours": {
        "ko": "이 심사를 맡고 있지 않습니다. 평가 담당자에게 문의하세요.",
        "en": "this panel is not yours. Ask those who run the evaluation.",
    },
    "panel_not_now": {
        "ko": "지금은 점수를 매기는 단계가 아닙니다. 평가 일정을 확인하세요.",
        "en": "the evaluation is not at a step in which marks are given. Look at its dates.",
    },
    "panel_closed": {
        "ko": "마감한 심사라 점수를 바꿀 수 없습니다. 다시 보아야 하면 평가 담당자에게 문의하세요.",
        "en": "the panel is closed and its marks stay. Ask those who run the evaluation if they must be seen again.",
    },
    "panel_open": {
        "ko": "아직 마감하지 않은 심사입니다. 먼저 마감하세요.",
        "en": "the panel is open. Close it first.",
    },
    "panel_own_unit": {
        "ko": "자기 부서는 평가할 수 없습니다(제척). 다른 부서를 고르세요.",
        "en": "nobody marks their own department. Choose another.",
    },
    "panel_unit": {
        "ko": "이 심사에 없는 부서입니다. 목록에서 고르세요.",
        "en": "the panel has no such department. Choose from the list.",
    },
    "panel_mark": {
        "ko": "점수는 0부터 100까지의 수로 적으세요.",
        "en": "a mark is a number from 0 to 100.",
    },
    "panel_recusal": {
        "ko": "회피하는 사유를 적으세요.",
        "en": "say why you recuse yourself.",
    },
    "panel_incomplete": {
        "ko": "점수가 하나도 없는 부서가 있어 마감할 수 없습니다: {units}. 평가위원에게 알리세요.",
        "en": "it cannot be closed while departments have no mark: {units}. Tell the assessors.",
    },
}

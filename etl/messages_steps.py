"""What is said about the steps of an evaluation, its rulebooks and its releases."""

from __future__ import annotations

from typing import Final

STEPS_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "own_proposal": {
        "ko": "자신이 제안한 것은 스스로 승인할 수 없습니다. 다른 결재자에게 결정을 요청하세요.",
        "en": "nobody approves what they proposed themselves. Ask another approver to decide.",
    },
    "reason_missing": {
        "ko": "사유가 없습니다. 왜 그렇게 하는지 적으세요. 사유는 기록에 남습니다.",
        "en": "a reason is needed. Say why; it is kept in the record.",
    },
    "reason_too_long": {
        "ko": "사유가 {longest}자를 넘습니다. 줄여 쓰고, 자세한 것은 회의록에 남기세요.",
        "en": "a reason has at most {longest} characters. Shorten it, and keep the rest in the minutes.",
    },
    "no_such_evaluation": {
        "ko": "이 연도의 평가가 없습니다. 규칙의 첫 판을 제안하면 평가가 열립니다.",
        "en": "this year has no evaluation. Proposing the first version of its rulebook opens one.",
    },
    "no_such_move": {
        "ko": "지금 단계에서는 그 단계로 옮길 수 없습니다. 화면을 새로 열어 할 수 있는 이동을 확인하세요.",
        "en": "the evaluation cannot go there from the step it is at. Open the page again to see the moves there are.",
    },
    "step_is_behind": {
        "ko": "이미 지난 단계의 날짜는 바꿀 수 없습니다. 지금 단계나 앞으로 올 단계를 고르세요.",
        "en": "the days of a step that is behind cannot be changed. Choose the current step or one to come.",
    },
    "day_unreadable": {
        "ko": "날짜를 읽을 수 없습니다(첫날 '{begins}', 마지막 날 '{ends}'). 2026. 3. 10.처럼 적으세요.",
        "en": "a day cannot be read (first '{begins}', last '{ends}'). Write it as 2026-03-10.",
    },
    "days_out_of_order": {
        "ko": "마지막 날이 첫날보다 앞섭니다. 두 날짜를 확인하세요.",
        "en": "the last day is before the first. Check both.",
    },
    "rulebook_too_long": {
        "ko": "규칙 파일이 {most}바이트를 넘습니다. 규칙 파일이 맞는지 확인하세요.",
        "en": "the file has more than {most} bytes. Check that it is a rulebook.",
    },
    "rulebook_waits": {
        "ko": "규칙 {number}판이 결정을 기다리고 있습니다. 먼저 결정하거나 제안을 거두세요.",
        "en": "version {number} of the rulebook waits for a decision. Decide it or withdraw it first.",
    },
    "rulebook_in_force": {
        "ko": "이미 승인된 규칙 {number}판과 같습니다. 바뀐 규칙을 제안하세요.",
        "en": "this is version {number}, which is in force. Propose rules that differ.",
    },
    "rulebook_not_compared": {
        "ko": "이미 자료를 평가했으므로, 규칙을 바꾸면 어느 부서가 어떻게 달라지는지 먼저 견주어야 합니다. 비교한 뒤 제안하세요.",
        "en": "records have been evaluated, so what the change does to whom must be compared first. Compare, then propose.",
    },
    "need_rulebook_approved": {
        "ko": "승인된 규칙이 없습니다. 자료를 평가하기 전에 규칙을 제안하고 결재자의 승인을 받으세요.",
        "en": "no rulebook is approved. Propose one and have it approved before records are evaluated.",
    },
    "need_release_fits": {
        "ko": "동결한 공개본이 지금 승인된 규칙으로 만든 것이 아닙니다. 승인된 규칙으로 다시 평가해 공개본을 바꾸세요.",
        "en": "the frozen release was not made under the rulebook in force. Evaluate again and replace the release.",
    },
    "need_appeals_planned": {
        "ko": "이의신청 기간이 정해지지 않았거나 이미 지났습니다. 이의신청 날짜를 정하세요.",
        "en": "the days of the appeals are not planned, or are over. Plan them.",
    },
    "need_appeals_over": {
        "ko": "이의신청 기간이 아직 끝나지 않았습니다. 마지막 날(한국 시간)이 지난 뒤에 옮기세요.",
        "en": "the days of the appeals are not over. Move on after the last day has ended in Korea.",
    },
    "need_requests_settled": {
        "ko": "결정하지 않았거나, 받아들이고도 반영하지 않은 이의신청·요청이 있습니다. 이의신청 화면에서 마무리하세요.",
        "en": "an appeal or request is not decided, or upheld and not carried out. Settle it on the page of appeals.",
    },
    "release_not_named": {
        "ko": "확인한 공개본이 제안한 공개본과 다르거나 없습니다. 화면을 새로 열어 공개본을 다시 고르세요.",
        "en": "the release that was verified is not the one proposed, or there is none. Open the page again and choose it.",
    },
    "release_is_the_same": {
        "ko": "지금 평가의 공개본과 같습니다. 바뀐 자료로 다시 평가한 공개본을 고르세요.",
        "en": "it is the evaluation's release already. Choose one that was evaluated from corrected records.",
    },
    "release_of_another_year": {
        "ko": "{year}년의 공개본이 아닙니다. {year}년을 평가한 공개본을 고르세요.",
        "en": "it is not a release of {year}. Choose one that evaluates {year}.",
    },
    "release_without_records": {
        "ko": "기록 없이 수치표로 만든 공개본입니다. 자료 폴더를 평가한 공개본을 고르세요.",
        "en": "it was made of a table of metrics without records. Choose one that was evaluated from records.",
    },
    "release_under_other_rules": {
        "ko": "승인되지 않은 규칙(지문 {digest})으로 만든 공개본입니다. 승인된 규칙(지문 {approved})으로 다시 평가하세요.",
        "en": "it was made under a rulebook that is not in force (digest {digest}). Evaluate under the approved one ({approved}).",
    },
    "year_under_workflow": {
        "ko": "{year}년은 화면에서 단계에 따라 진행하는 평가라 명령으로 공표할 수 없습니다. 진행 화면에서 제안하고 결재자의 승인을 받으세요.",
        "en": "{year} is evaluated step by step in the dashboard, so no command publishes it. Propose it on the page"
        " Progress and have it approved.",
    },
    "year_has_other_rules": {
        "ko": "{year}년 평가에 승인된 규칙이 아닙니다(지문 {digest}, 승인된 지문 {approved}). 승인된 규칙으로 평가하거나, 진행 화면에서 새 판을 제안하세요.",
        "en": "this is not the rulebook approved for {year} (digest {digest}, approved {approved}). Evaluate under the"
        " approved one, or propose a new version on the page Progress.",
    },
    "records_before_rules": {
        "ko": "{year}년 평가의 규칙이 아직 승인되지 않아 자료를 불러올 수 없습니다. 규칙은 자료보다 먼저 정합니다."
        " 진행 화면에서 규칙을 승인받은 뒤에 불러오세요.",
        "en": "no rulebook is approved for {year} yet, so no records are loaded: rules are fixed before records."
        " Have the rulebook approved on the page Progress, then load.",
    },
    "records_are_final": {
        "ko": "{year}년 평가가 확정되어 이 폴더의 자료를 바꿀 수 없습니다. 바로잡을 것이 있으면 진행 화면에서 검토로 되돌린 뒤에 불러오세요.",
        "en": "the evaluation of {year} is final, so its records cannot change. To correct something, take the evaluation"
        " back to the review on the page Progress, then load.",
    },
    "year_has_no_rules_yet": {
        "ko": "{year}년 평가는 아직 승인된 규칙이 없습니다. 진행 화면에서 규칙의 승인을 받은 뒤에 평가하세요.",
        "en": "no rulebook is approved for {year} yet. Have it approved on the page Progress before you evaluate.",
    },
}

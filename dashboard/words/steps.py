"""The page of the steps: where a year stands, who does what next, rulebooks, releases, proposals."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

STEPS: Final[dict[str, dict[Language, str]]] = {
    "steps.title": {"ko": "평가 진행", "en": "Progress of the evaluation"},
    "steps.question": {
        "ko": "올해 평가는 어디까지 왔고, 다음에 누가 무엇을 해야 하는가?",
        "en": "How far has the evaluation come, and who must do what next?",
    },
    "steps.about": {"ko": "{year}년 평가 · {state}", "en": "Evaluation of {year} · {state}"},
    "steps.none": {
        "ko": "아직 열린 평가가 없습니다. 평가 담당자가 규칙의 첫 판을 제안하면 그해의 평가가 열립니다.",
        "en": "No evaluation is open yet. One opens when an evaluator proposes the first version of its rulebook.",
    },
    # The six steps.
    "steps.steps": {"ko": "여섯 단계", "en": "The six steps"},
    "steps.step": {"ko": "단계", "en": "Step"},
    "steps.mark": {"ko": "상태", "en": "Where"},
    "steps.days": {"ko": "계획한 날(한국 시간)", "en": "Planned days (Korean time)"},
    "steps.meaning": {"ko": "하는 일", "en": "What happens"},
    "steps.mark.done": {"ko": "✓ 마침", "en": "✓ done"},
    "steps.mark.now": {"ko": "▶ 지금", "en": "▶ now"},
    "steps.mark.next": {"ko": "◇ 다음", "en": "◇ next"},
    "steps.mark.later": {"ko": "○ 예정", "en": "○ later"},
    "steps.days.none": {"ko": "정하지 않음", "en": "not planned"},
    "steps.days.from_to": {"ko": "{begins} ~ {ends}", "en": "{begins} to {ends}"},
    "steps.days.late": {"ko": "기한이 {days}일 지났습니다.", "en": "Overdue, days: {days}."},
    "steps.days.last": {"ko": "오늘이 마지막 날입니다.", "en": "Today is the last day."},
    "steps.days.left": {"ko": "마지막 날까지 {days}일 남았습니다.", "en": "Days left: {days}."},
    "steps.state.collecting": {"ko": "자료 수집", "en": "Collecting"},
    "steps.state.provisional": {"ko": "잠정 결과", "en": "Provisional"},
    "steps.state.appeals": {"ko": "이의신청", "en": "Appeals"},
    "steps.state.review": {"ko": "검토", "en": "Review"},
    "steps.state.final": {"ko": "확정", "en": "Final"},
    "steps.state.published": {"ko": "공표", "en": "Published"},
    "steps.what.collecting": {
        "ko": "규칙을 승인받고, 자료를 모아 읽고, 평가합니다.",
        "en": "The rulebook is approved, records are collected, read and evaluated.",
    },
    "steps.what.provisional": {
        "ko": "결과를 동결했습니다. 부서는 자기 결과를 봅니다.",
        "en": "The result is frozen. Departments see their own.",
    },
    "steps.what.appeals": {
        "ko": "부서가 결과를 확인하고 이의를 신청합니다.",
        "en": "Departments check their results and appeal.",
    },
    "steps.what.review": {
        "ko": "신청을 심의하고, 받아들인 것을 고쳐 다시 평가합니다.",
        "en": "Appeals are decided; what is upheld is corrected and evaluated again.",
    },
    "steps.what.final": {
        "ko": "결과를 확정했습니다. 기관장·실국장이 봅니다.",
        "en": "The result is final. Executives see it.",
    },
    "steps.what.published": {
        "ko": "로그인한 모두가 결과를 봅니다.",
        "en": "Everybody who signs in sees the result.",
    },
    # What must be done now.
    "steps.now": {"ko": "지금 할 일", "en": "What is to be done now"},
    "steps.duty.waiting_rulebook": {
        "ko": "결재자: 규칙 {number}판의 제안을 보고 승인하거나 반려하세요.",
        "en": "Approver: decide on version {number} of the rulebook.",
    },
    "steps.duty.waiting_move": {
        "ko": "결재자: '{move}' 제안을 보고 승인하거나 반려하세요.",
        "en": "Approver: decide on the proposal '{move}'.",
    },
    "steps.duty.rulebook": {
        "ko": "평가 담당자: 규칙을 제안하세요. 승인된 뒤에 자료를 평가할 수 있습니다.",
        "en": "Evaluator: propose the rulebook. Records are evaluated once it is approved.",
    },
    "steps.duty.collecting": {
        "ko": "평가 담당자: 자료를 모아 평가하고, 맞는 공개본을 골라 동결을 제안하세요.",
        "en": "Evaluator: collect the records, evaluate, and propose a release to be frozen.",
    },
    "steps.duty.provisional": {
        "ko": "평가 담당자: 결과를 확인하고 이의신청 단계를 제안하세요.",
        "en": "Evaluator: check the result and propose to open the appeals.",
    },
    "steps.duty.appeals_open": {
        "ko": "부서 담당자: 결과를 확인하고, 다르면 {day}까지 이의를 신청하세요.",
        "en": "Departments: check your result, and appeal by {day} where it is wrong.",
    },
    "steps.duty.appeals": {
        "ko": "평가 담당자: 이의신청 기간이 끝나면 검토 단계를 제안하세요.",
        "en": "Evaluator: propose the review once the days of the appeals are over.",
    },
    "steps.duty.review": {
        "ko": "평가 담당자: 받아들인 신청이 있으면 고쳐 다시 평가하고 공개본 교체를 제안하세요. 모두 심의했으면 확정을 제안하세요.",
        "en": "Evaluator: where an appeal was upheld, correct, evaluate again and propose to replace the release. Once all are decided, propose the final result.",
    },
    "steps.duty.final": {"ko": "평가 담당자: 공표를 제안하세요.", "en": "Evaluator: propose to publish."},
    "steps.duty.published": {
        "ko": "할 일이 없습니다. 잘못을 찾으면 평가 담당자가 고친 공개본을 사유와 함께 제안합니다.",
        "en": "Nothing. Where a mistake is found, an evaluator proposes a corrected release with the reason.",
    },
    "steps.needs": {"ko": "다음 단계로 가려면", "en": "Before the next step"},
    "steps.needs.move": {"ko": "{move}: 갖출 것", "en": "{move}: what must hold"},
    "steps.needs.what": {"ko": "갖출 것", "en": "What must hold"},
    "steps.needs.held": {"ko": "✓ 갖춤", "en": "✓ holds"},
    "steps.needs.lacking": {"ko": "✗ 아직", "en": "✗ not yet"},
    "steps.need.rulebook_approved": {"ko": "규칙이 승인되어 있습니다.", "en": "A rulebook is approved."},
    "steps.need.release_fits": {
        "ko": "동결한 공개본이 승인된 규칙으로 만든 것입니다.",
        "en": "The frozen release was made under the approved rulebook.",
    },
    "steps.need.appeals_planned": {
        "ko": "이의신청 날짜가 정해져 있고 아직 지나지 않았습니다.",
        "en": "The days of the appeals are planned and not over.",
    },
    "steps.need.appeals_over": {
        "ko": "이의신청 마지막 날이 한국 시간으로 지났습니다.",
        "en": "The last day of the appeals has ended in Korea.",
    },
    "steps.need.requests_settled": {
        "ko": "이의신청과 요청을 모두 결정했고, 받아들인 것을 반영했습니다.",
        "en": "Every appeal and request is decided, and what was upheld is carried out.",
    },
    "steps.need.draft": {
        "ko": "승인된 규칙으로 평가한 공개본이 있습니다. 제안할 때와 승인할 때 다시 계산해 확인합니다.",
        "en": "There is a release evaluated under the approved rulebook. It is computed again when proposed and when approved.",
    },
    "steps.need.two": {
        "ko": "평가 담당자가 제안하고, 제안하지 않은 결재자가 승인합니다.",
        "en": "An evaluator proposes, and an approver who did not propose it approves.",
    },
    # Moves in words.
    "steps.move.collecting.provisional": {"ko": "결과 동결", "en": "Freeze the result"},
    "steps.move.provisional.appeals": {"ko": "이의신청 열기", "en": "Open the appeals"},
    "steps.move.appeals.review": {"ko": "이의신청 마감, 검토 시작", "en": "Close the appeals, begin the review"},
    "steps.move.review.review": {"ko": "공개본 교체", "en": "Replace the release"},
    "steps.move.review.final": {"ko": "결과 확정", "en": "Make the result final"},
    "steps.move.final.published": {"ko": "결과 공표", "en": "Publish the result"},
    "steps.move.published.published": {"ko": "정정 공표", "en": "Publish a correction"},
    "steps.move.provisional.collecting": {"ko": "동결 해제(자료 수집으로)", "en": "Unfreeze (back to collecting)"},
    "steps.move.appeals.provisional": {"ko": "이의신청 되돌리기(잠정 결과로)", "en": "Back to provisional"},
    "steps.move.review.appeals": {"ko": "이의신청 다시 열기", "en": "Reopen the appeals"},
    "steps.move.final.review": {"ko": "확정 취소(검토로)", "en": "Back to review"},
    "steps.effect.collecting.provisional": {
        "ko": "공개본 {release:이/가} {year}년의 잠정 결과로 동결되고, 부서 담당자가 자기 부서의 결과를 볼 수 있게 됩니다.",
        "en": "The release {release} is frozen as the provisional result of {year}, and departments see their own.",
    },
    "steps.effect.provisional.appeals": {
        "ko": "부서 담당자가 이의를 신청할 수 있게 됩니다.",
        "en": "Departments can appeal.",
    },
    "steps.effect.appeals.review": {
        "ko": "이의신청을 더 받지 않고 심의를 시작합니다.",
        "en": "No more appeals are taken in, and the review begins.",
    },
    "steps.effect.review.review": {
        "ko": "공개본 {release:이/가} 지금의 공개본을 대신합니다. 부서 담당자는 새 결과를 보게 됩니다.",
        "en": "The release {release} takes the place of the present one. Departments see the new result.",
    },
    "steps.effect.review.final": {
        "ko": "결과가 확정되고 기관장·실국장이 모든 부서의 결과를 볼 수 있게 됩니다. 규칙과 자료는 더 바꿀 수 없습니다.",
        "en": "The result is final and executives see every department. Rules and records can no longer be changed.",
    },
    "steps.effect.final.published": {
        "ko": "공개본 {release:이/가} {year}년의 결과로 공표되어 로그인한 모두가 봅니다. 공표는 거둘 수 없고, 잘못은 정정 공표로만 고칩니다.",
        "en": "The release {release} is published as the result of {year} and everybody who signs in sees it. It cannot be taken back; mistakes are mended by publishing a correction.",
    },
    "steps.effect.published.published": {
        "ko": "공개본 {release:이/가} 공표본을 대신하고, 예전 공표본은 사유와 함께 '대체됨'으로 남습니다.",
        "en": "The release {release} takes the place of the published one, which stays, marked as superseded, with the reason.",
    },
    "steps.effect.provisional.collecting": {
        "ko": "동결이 풀리고 부서 담당자와 기관장·실국장은 결과를 더 볼 수 없습니다.",
        "en": "The result is no longer frozen; departments and executives no longer see it.",
    },
    "steps.effect.appeals.provisional": {
        "ko": "이의신청을 받지 않고 잠정 결과 단계로 돌아갑니다.",
        "en": "No appeals are taken in; the result is provisional again.",
    },
    "steps.effect.review.appeals": {
        "ko": "부서 담당자가 다시 이의를 신청할 수 있게 됩니다. 날짜도 다시 정하세요.",
        "en": "Departments can appeal again. Plan the days anew.",
    },
    "steps.effect.final.review": {
        "ko": "확정이 취소되고 기관장·실국장은 결과를 더 볼 수 없습니다(보고한 경우는 볼 수 있습니다).",
        "en": "The result is no longer final, and executives no longer see it unless they have been briefed.",
    },
    # The parts below.
    "steps.rulebook": {"ko": "규칙", "en": "Rulebook"},
    "steps.rulebook.in_force": {
        "ko": "승인된 규칙은 {number}판입니다(지문 {digest}, {at} 승인).",
        "en": "Version {number} is in force (digest {digest}, approved {at}).",
    },
    "steps.rulebook.none": {"ko": "승인된 규칙이 없습니다.", "en": "No rulebook is approved."},
    "steps.rulebook.number": {"ko": "{number}판", "en": "version {number}"},
    "steps.number": {"ko": "판", "en": "Version"},
    "steps.digest": {"ko": "지문(SHA-256)", "en": "Digest (SHA-256)"},
    "steps.outcome": {"ko": "처리", "en": "Outcome"},
    "steps.outcome.waiting": {"ko": "◇ 결정을 기다림", "en": "◇ waits"},
    "steps.outcome.approved": {"ko": "✓ 승인", "en": "✓ approved"},
    "steps.outcome.refused": {"ko": "✗ 반려", "en": "✗ refused"},
    "steps.outcome.withdrawn": {"ko": "○ 거둠", "en": "○ withdrawn"},
    "steps.proposed": {"ko": "제안", "en": "Proposed"},
    "steps.decided": {"ko": "결정", "en": "Decided"},
    "steps.by_at": {"ko": "{name}, {at}", "en": "{name}, {at}"},
    "steps.at": {"ko": "{day} {time} 한국 시간", "en": "{day} {time} Korean time"},
    "steps.releases": {"ko": "공개본", "en": "Releases"},
    "steps.releases.none": {"ko": "{year}년의 공개본이 없습니다.", "en": "There is no release of {year}."},
    "steps.release": {"ko": "공개본", "en": "Release"},
    "steps.release.status": {"ko": "상태", "en": "State"},
    "steps.release.rules": {"ko": "규칙", "en": "Rules"},
    "steps.release.other_rules": {"ko": "승인되지 않은 규칙", "en": "rules not approved"},
    "steps.status.draft": {"ko": "○ 초안", "en": "○ draft"},
    "steps.status.frozen": {"ko": "▶ 동결", "en": "▶ frozen"},
    "steps.status.final": {"ko": "▶ 확정", "en": "▶ final"},
    "steps.status.published": {"ko": "✓ 공표", "en": "✓ published"},
    "steps.status.superseded": {"ko": "↷ 대체됨", "en": "↷ superseded"},
    "steps.status.superseded_by": {"ko": "{release:으로/로} 대체됨: {reason}", "en": "by {release}: {reason}"},
    "steps.history": {"ko": "이동 이력", "en": "History"},
    "steps.history.none": {"ko": "아직 이동이 없습니다.", "en": "Nothing has been proposed yet."},
    "steps.history.move": {"ko": "이동", "en": "Move"},
    "steps.changes": {"ko": "달라지는 부서", "en": "Departments that change"},
    "steps.changes.none": {
        "ko": "점수, 순위, 등급이 달라지는 부서가 없습니다.",
        "en": "No department's score, rank or grade changes.",
    },
    "steps.changes.some": {
        "ko": "{units}개 부서의 점수, 순위나 등급이 달라집니다.",
        "en": "Departments whose score, rank or grade changes: {units}.",
    },
    "steps.changes.unknown": {
        "ko": "자료를 평가하기 전에 제안한 판이라 견줄 결과가 없습니다.",
        "en": "Proposed before records were evaluated: there is no result to compare.",
    },
    "steps.unit": {"ko": "부서", "en": "Department"},
    "steps.score": {"ko": "점수(점)", "en": "Score"},
    "steps.rank": {"ko": "평가군 순위", "en": "Rank in group"},
    "steps.grade": {"ko": "등급", "en": "Grade"},
    "steps.before_after": {"ko": "{before} → {after}", "en": "{before} → {after}"},
}

"""The forms of the page of the steps: what is asked, what will happen, what has happened."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

STEPS_FORMS: Final[dict[str, dict[Language, str]]] = {
    # Two clicks for what binds.
    "steps.confirm": {"ko": "이대로 할까요?", "en": "Go ahead?"},
    "steps.confirm.yes": {"ko": "예, 그렇게 합니다", "en": "Yes, do it"},
    "steps.confirm.no": {"ko": "아니요, 돌아갑니다", "en": "No, go back"},
    "steps.confirm.kept": {
        "ko": "이름, 때, 사유가 감사 기록에 남습니다.",
        "en": "Your name, the time and the reason are kept in the audit log.",
    },
    "steps.confirm.verified": {
        "ko": "공개본을 처음부터 다시 계산해 확인하므로 시간이 걸릴 수 있습니다.",
        "en": "The release is computed again from the beginning first, which may take a while.",
    },
    "steps.doing": {"ko": "확인하고 기록하는 중입니다.", "en": "Checking and writing it down."},
    "steps.changed": {
        "ko": "그 사이에 다른 사람이 먼저 바꾸었습니다. 아무것도 기록하지 않았습니다. 아래의 지금 상태를 보고 다시 정하세요.",
        "en": "Somebody else was faster. Nothing was written. Look at how things stand now, and decide again.",
    },
    "steps.reason": {"ko": "사유", "en": "Reason"},
    "steps.reason.optional": {"ko": "사유(없어도 됩니다)", "en": "Reason (may be left out)"},
    "steps.reason.answer": {"ko": "의견(반려하려면 꼭 적으세요)", "en": "Remark (needed to refuse)"},
    # Proposals that wait.
    "steps.waiting": {"ko": "결정을 기다리는 제안", "en": "Waiting for a decision"},
    "steps.waiting.move": {"ko": "{move} · 공개본 {release}", "en": "{move} · release {release}"},
    "steps.waiting.rulebook": {
        "ko": "규칙 {number}판 · 지문 {digest}",
        "en": "Version {number} of the rulebook · digest {digest}",
    },
    "steps.waiting.by": {"ko": "{name}님이 {at}에 제안했습니다.", "en": "Proposed by {name}, {at}."},
    "steps.waiting.why": {"ko": "사유: {reason}", "en": "Reason: {reason}"},
    "steps.waiting.effect": {"ko": "승인되면: {effect}", "en": "If approved: {effect}"},
    "steps.waiting.others": {
        "ko": "제안하지 않은 결재자가 결정합니다.",
        "en": "An approver who did not propose it decides.",
    },
    "steps.approve": {"ko": "승인", "en": "Approve"},
    "steps.refuse": {"ko": "반려", "en": "Refuse"},
    "steps.withdraw": {"ko": "제안 거두기", "en": "Withdraw"},
    "steps.approve.what": {"ko": "'{what}' 제안을 승인합니다. {effect}", "en": "You approve '{what}'. {effect}"},
    "steps.approve.done": {"ko": "승인했습니다.", "en": "Approved."},
    "steps.refuse.what": {
        "ko": "'{what}' 제안을 반려합니다. 평가는 지금 그대로입니다.",
        "en": "You refuse '{what}'. The evaluation stays as it is.",
    },
    "steps.refuse.done": {"ko": "반려했습니다.", "en": "Refused."},
    "steps.withdraw.what": {"ko": "'{what}' 제안을 거둡니다.", "en": "You withdraw '{what}'."},
    "steps.withdraw.done": {"ko": "제안을 거두었습니다.", "en": "Withdrawn."},
    "steps.effect.rulebook": {
        "ko": "규칙 {number}판의 지문이 정해지고, {year}년 자료는 이 규칙으로만 평가합니다.",
        "en": "The digest of version {number} is fixed; records of {year} are evaluated under it alone.",
    },
    # Proposing a move.
    "steps.propose": {"ko": "단계 이동 제안", "en": "Propose a move"},
    "steps.propose.which": {"ko": "어떤 이동입니까?", "en": "Which move?"},
    "steps.propose.choice": {"ko": "고르세요", "en": "Choose"},
    "steps.propose.release": {"ko": "어느 공개본입니까?", "en": "Which release?"},
    "steps.propose.no_release": {
        "ko": "승인된 규칙으로 평가한 공개본이 없습니다. 먼저 평가하세요.",
        "en": "There is no release under the approved rulebook. Evaluate first.",
    },
    "steps.propose.button": {"ko": "제안하기", "en": "Propose"},
    "steps.propose.what": {
        "ko": "'{move}'를 제안합니다. 결재자가 승인하면: {effect}",
        "en": "You propose '{move}'. If an approver agrees: {effect}",
    },
    "steps.propose.done": {
        "ko": "제안했습니다. 결재자의 결정을 기다립니다.",
        "en": "Proposed. An approver decides.",
    },
    # Evaluating.
    "steps.evaluate": {"ko": "평가 실행", "en": "Evaluate"},
    "steps.evaluate.what": {
        "ko": "자료 폴더를 승인된 규칙으로 평가해 초안을 만듭니다. 초안은 평가 담당자, 결재자, 감사 담당자만 봅니다.",
        "en": "Evaluates the folder of records under the approved rulebook into a draft, which evaluators, approvers and auditors alone see.",
    },
    "steps.evaluate.button": {"ko": "평가하기", "en": "Evaluate"},
    "steps.evaluate.no_records": {
        "ko": "자료 폴더가 정해지지 않아 여기서 평가할 수 없습니다. 환경 변수 {variable:으로/로} 정하세요.",
        "en": "No folder of records is named, so nothing can be evaluated here. Set {variable}.",
    },
    "steps.evaluate.no_rules": {
        "ko": "규칙이 승인된 뒤에 평가할 수 있습니다.",
        "en": "Records are evaluated once a rulebook is approved.",
    },
    "steps.evaluate.done": {
        "ko": "초안 {release:을/를} 만들었습니다. 세지 않은 행은 반려 {rejected}개, 보류 {held}개입니다.",
        "en": "The draft {release} is made. Rows not counted: {rejected} rejected, {held} held.",
    },
    "steps.evaluate.look": {"ko": "초안 보기", "en": "Look at the draft"},
    "steps.job.running": {
        "ko": "자료를 읽고 평가하는 중입니다. {seconds}초 지났습니다. 다른 화면을 보셔도 됩니다.",
        "en": "Reading and evaluating: {seconds} s so far. You may look at other pages meanwhile.",
    },
    "steps.job.cancel": {"ko": "취소", "en": "Cancel"},
    "steps.job.cancelled": {"ko": "취소했습니다. 만든 것은 없습니다.", "en": "Cancelled. Nothing was made."},
    "steps.job.crashed": {
        "ko": "평가가 끝나기 전에 멈췄습니다. 다시 해 보고, 되풀이되면 메모리와 디스크를 확인하세요.",
        "en": "The evaluation stopped before its end. Try again; if that happens again, look at memory and disk.",
    },
    "steps.job.refused": {
        "ko": "평가하지 못했습니다. 아래를 고친 뒤 다시 하세요.",
        "en": "It could not be evaluated. Mend what is listed and try again.",
    },
    "steps.job.close": {"ko": "닫기", "en": "Close"},
    # Proposing a rulebook.
    "steps.rules": {"ko": "규칙 제안", "en": "Propose a rulebook"},
    "steps.rules.what": {
        "ko": "규칙 파일(TOML)을 올리면 먼저 잘못을 찾습니다. 자료를 평가한 뒤라면 같은 자료를 두 규칙으로 평가해 어느 부서가 어떻게 달라지는지 보여 드립니다.",
        "en": "A rulebook (TOML) is looked through for faults first. Once records were evaluated, the same records are evaluated under both rulebooks to show what changes for whom.",
    },
    "steps.rules.file": {"ko": "규칙 파일", "en": "Rulebook file"},
    "steps.rules.browse": {"ko": "파일 고르기", "en": "Choose a file"},
    "steps.rules.or_drop": {"ko": "또는 여기에 끌어다 놓으세요.", "en": "or drop it here."},
    "steps.rules.faults": {
        "ko": "이 규칙은 쓸 수 없습니다. 아래를 고쳐 다시 올리세요.",
        "en": "These rules cannot be used. Mend what is listed and load them again.",
    },
    "steps.rules.read": {
        "ko": "{year}년 규칙 '{title}' · 지문 {digest}",
        "en": "Rulebook of {year}: '{title}' · digest {digest}",
    },
    "steps.rules.compare": {"ko": "달라지는 부서 알아보기", "en": "See what changes for whom"},
    "steps.rules.propose": {"ko": "이 규칙 제안하기", "en": "Propose these rules"},
    "steps.rules.propose_what": {
        "ko": "{year}년의 규칙 '{title}'(지문 {digest})을 제안합니다. 결재자가 승인하면 {year}년 자료는 이 규칙으로만 평가합니다.",
        "en": "You propose the rulebook '{title}' of {year} (digest {digest}). Once approved, records of {year} are evaluated under it alone.",
    },
    "steps.rules.forget": {"ko": "다른 파일로", "en": "Another file"},
    # Days.
    "steps.plan": {"ko": "날짜 정하기", "en": "Plan days"},
    "steps.plan.which": {"ko": "어느 단계입니까?", "en": "Which step?"},
    "steps.plan.begins": {"ko": "첫날(예: 2026-03-10)", "en": "First day (as 2026-03-10)"},
    "steps.plan.ends": {"ko": "마지막 날(한국 시간)", "en": "Last day (Korean time)"},
    "steps.plan.button": {"ko": "날짜 정하기", "en": "Plan"},
    "steps.plan.what": {
        "ko": "{state} 단계를 {begins}부터 {ends}까지로 정합니다. 모두에게 바로 보입니다.",
        "en": "The step {state} is planned from {begins} to {ends}. Everybody sees it at once.",
    },
    "steps.plan.done": {"ko": "날짜를 정했습니다.", "en": "Planned."},
    # Executives.
    "steps.brief": {"ko": "기관장·실국장 보고", "en": "Brief executives"},
    "steps.brief.no": {
        "ko": "확정되기 전이라 기관장·실국장은 아직 결과를 볼 수 없습니다.",
        "en": "Executives do not see the result yet: it is not final.",
    },
    "steps.brief.yes": {
        "ko": "{at}부터 기관장·실국장이 확정 전 결과를 볼 수 있습니다.",
        "en": "Executives have seen the result before it is final since {at}.",
    },
    "steps.brief.show": {"ko": "보여 드리기", "en": "Show it to them"},
    "steps.brief.end": {"ko": "보고 거두기", "en": "Take it back"},
    "steps.brief.show_what": {
        "ko": "확정되지 않은 공개본 {release:을/를} 기관장·실국장이 모든 부서까지 볼 수 있게 합니다.",
        "en": "Executives can see every department of the release {release}, which is not final.",
    },
    "steps.brief.end_what": {
        "ko": "기관장·실국장이 확정 전 결과를 더 볼 수 없게 합니다.",
        "en": "Executives no longer see the result before it is final.",
    },
    "steps.brief.done": {"ko": "바꾸었습니다.", "en": "Done."},
}

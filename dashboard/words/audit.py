"""The page of the audit log in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

_DEEDS: Final[dict[str, tuple[str, str]]] = {
    "every": ("모두", "Everything"),
    "signed_in": ("로그인", "Signed in"),
    "signed_out": ("로그아웃", "Signed out"),
    "sign_in_failed": ("로그인 실패", "Sign-in failed"),
    "account_locked": ("계정 잠김", "Account locked"),
    "password_changed": ("비밀번호 변경", "Password changed"),
    "account_added": ("계정 만듦", "Account made"),
    "account_changed": ("계정 변경", "Account changed"),
    "records_seen": ("사람이 나오는 기록 열람", "Records about people seen"),
    "exported": ("내보냄", "Exported"),
    "records_loaded": ("자료 적재", "Records loaded"),
    "name_decided": ("부서 이름 결정", "Name decided"),
    "rulebook_proposed": ("규칙 제안", "Rulebook proposed"),
    "rulebook_approved": ("규칙 승인", "Rulebook approved"),
    "move_proposed": ("단계 이동 제안", "Step proposed"),
    "moved": ("단계 이동", "Step taken"),
    "executives_briefed": ("임원 공개", "Shown to executives"),
    "request_filed": ("이의·요청 접수", "Request filed"),
    "request_answered": ("이의·요청 답변", "Request answered"),
    "request_decided": ("이의·요청 결정", "Request decided"),
    "request_withdrawn": ("이의·요청 취하", "Request withdrawn"),
    "mark_given": ("정성평가 채점", "Mark given"),
    "panel_changed": ("평가위원 변경", "Panel changed"),
    "evidence_added": ("증빙 첨부", "Evidence attached"),
    "evidence_seen": ("증빙 열람", "Evidence seen"),
    "release_signed": ("공개본 서명", "Release signed"),
    "backed_up": ("백업", "Backed up"),
    "restored": ("복구", "Restored"),
    "log_read": ("감사 기록 열람", "Audit log read"),
    "log_pruned": ("오래된 기록 보관", "Older part sealed"),
    "refused": ("허용되지 않은 시도", "Attempt refused"),
}
_DETAILS: Final[dict[str, tuple[str, str]]] = {
    "reason": ("까닭", "reason"),
    "rows": ("행 수", "rows"),
    "format": ("형식", "format"),
    "parts": ("내용", "parts"),
    "published": ("공표본", "published"),
    "role": ("역할", "role"),
    "unit": ("부서", "department"),
    "signing_key": ("서명 열쇠", "signing key"),
    "seal": ("봉인", "seal"),
    "wanted": ("하려던 일", "wanted"),
    "why": ("까닭", "why"),
    "number": ("번호", "number"),
    "hash": ("해시", "hash"),
    "digest": ("다이제스트", "digest"),
    "entries": ("건수", "entries"),
    "to": ("파일", "file"),
    "made_at": ("만든 때", "made at"),
    "with_the_pseudonyms_file": ("가명 열쇠 포함", "with the key of pseudonyms"),
    "who": ("사람", "who"),
    "action": ("한 일", "what"),
    "about": ("대상", "about"),
    "outcome": ("결과", "outcome"),
    "since": ("부터", "since"),
    "until": ("까지", "until"),
}


def _words(prefix: str, table: dict[str, tuple[str, str]]) -> dict[str, dict[Language, str]]:
    return {f"{prefix}.{name}": {"ko": korean, "en": english} for name, (korean, english) in table.items()}


AUDIT: Final[dict[str, dict[Language, str]]] = {
    "page.audit": {"ko": "감사", "en": "Audit"},
    "audit.title": {"ko": "감사 기록", "en": "Audit log"},
    "audit.question": {
        "ko": "누가 언제 무엇을 했고, 기록은 그대로인가?",
        "en": "Who did what and when, and is the record as it was written?",
    },
    "audit.check": {"ko": "사슬 다시 확인", "en": "Check the chain again"},
    "audit.checking": {"ko": "모든 기록을 차례로 확인하고 있습니다.", "en": "Checking every entry in turn."},
    "audit.chain": {"ko": "기록의 사슬", "en": "Chain of entries"},
    "audit.chain.holds": {"ko": "이어짐", "en": "Holds"},
    "audit.chain.broken": {"ko": "끊어짐", "en": "Broken"},
    "audit.checked": {"ko": "확인한 기록", "en": "Entries checked"},
    "audit.head": {"ko": "머리(마지막 번호)", "en": "Head (last number)"},
    "audit.head.whole": {"ko": "머리 전체와 쓰임", "en": "The whole head, and what it is for"},
    "audit.head.why": {
        "ko": "이 번호와 해시를 의사록처럼 시스템 밖에 적어 두세요. 나중에 jipyo verify --audit --head 로 그때의 기록이 지워지거나 바뀌지 않았는지 확인할 수 있습니다. 내보낸 파일과 공개본의 서명에도 그때의 머리가 적혀 있습니다.",
        "en": "Note this number and hash outside the system, as in minutes. With jipyo verify --audit --head anybody can later check that nothing up to here was removed or changed. Exports and signatures of releases carry the head of their time as well.",
    },
    "audit.sealed": {
        "ko": "{number}번까지는 보관 기간이 지나 보관 파일로 옮겼습니다. 사슬은 그다음 기록부터 확인했습니다.",
        "en": "Entries up to {number} are past their retention and lie in sealed files; the chain was checked from there on.",
    },
    "audit.entries": {"ko": "기록", "en": "Entries"},
    "audit.who": {"ko": "누가", "en": "Who"},
    "audit.what": {"ko": "무엇을", "en": "What"},
    "audit.outcome": {"ko": "결과", "en": "Outcome"},
    "audit.outcome.both": {"ko": "모두", "en": "Both"},
    "audit.outcome.done": {"ko": "됨", "en": "Done"},
    "audit.outcome.refused": {"ko": "거절됨", "en": "Refused"},
    "audit.since": {"ko": "언제부터(한국 시간)", "en": "From (Korean time)"},
    "audit.until": {"ko": "언제까지(한국 시간)", "en": "Until (Korean time)"},
    "audit.about": {"ko": "대상", "en": "About"},
    "audit.number": {"ko": "번호", "en": "Number"},
    "audit.at": {"ko": "언제", "en": "When"},
    "audit.nobody": {"ko": "로그인하지 않음", "en": "Nobody signed in"},
    "audit.yes": {"ko": "예", "en": "yes"},
    "audit.no": {"ko": "아니요", "en": "no"},
    "audit.found": {
        "ko": "{total}건입니다. 최근 것부터 보여 줍니다. 이 열람도 기록에 남습니다.",
        "en": "{total}, newest first. This reading is logged too.",
    },
    "audit.take": {"ko": "파일로 내보내기", "en": "Take out as a file"},
    "audit.take.what": {
        "ko": "위에서 고른 기록을 CSV로 만듭니다. 내보낸 일과 건수가 기록에 남습니다.",
        "en": "Makes a CSV file of the entries chosen above. That, and how many, is logged.",
    },
    "audit.take.make": {"ko": "파일 만들기", "en": "Make the file"},
    "audit.take.too_large": {
        "ko": "고른 기록이 {largest} KiB를 넘어 여기서는 받을 수 없습니다. 기간을 줄이거나 터미널에서 다음 명령으로 받으세요.",
        "en": "These entries are more than {largest} KiB, which cannot be taken here. Choose fewer days, or use the terminal:",
    },
    "audit.take.head": {"ko": "이 내보내기를 담은 머리: {head}", "en": "Head that tells of this export: {head}"},
    "audit.take.download": {"ko": "CSV 받기({rows}건)", "en": "Download CSV ({rows})"},
    **_words("audit.did", _DEEDS),
    **_words("audit.detail", _DETAILS),
}

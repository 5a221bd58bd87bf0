"""What is said about the audit log, signatures of releases, and backups."""

from __future__ import annotations

from typing import Final

RECORD_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "audit_head_unreadable": {
        "ko": "'{head}'은 감사 기록의 머리가 아닙니다. 내보낸 파일이나 서명에 적힌 대로 번호:해시(64자리)로 적으세요.",
        "en": "'{head}' is no head of the audit log. Give it as exports and sign-offs print it: NUMBER:HASH, 64 digits.",
    },
    "audit_unreadable": {
        "ko": "감사 기록을 읽을 수 없습니다({why}). 데이터베이스가 손상되었습니다. 사본을 남기고 백업에서 복구하세요.",
        "en": "the audit log cannot be read ({why}). The database is damaged: keep a copy, and restore a backup.",
    },
    "audit_gap": {
        "ko": "감사 기록 {number}번이 없습니다. 그 자리에 {found}번이 있습니다. 누가 데이터베이스를 직접 고쳤는지 확인하세요.",
        "en": "entry {number} of the audit log is missing; {found} stands in its place. Find out who changed the database "
        "itself.",
    },
    "audit_changed": {
        "ko": "감사 기록 {number}번의 내용이 바뀌었습니다. 해시가 내용과 다릅니다. 누가 데이터베이스를 직접 고쳤는지 확인하세요.",
        "en": "entry {number} of the audit log was changed: its hash is not that of its content. Find out who changed the "
        "database itself.",
    },
    "audit_unbound": {
        "ko": "감사 기록 {number}번이 앞 기록과 이어지지 않습니다. 순서가 바뀌었거나 앞부분을 다시 썼습니다. 누가 데이터베이스를"
        " 직접 고쳤는지 확인하세요.",
        "en": "entry {number} of the audit log is not bound to the one before: entries were put in another order, or those "
        "before were written anew. Find out who changed the database itself.",
    },
    "audit_cut": {
        "ko": "감사 기록의 끝이 잘렸습니다. 머리 {number}:{hash}…가 밖에 적혀 있는데 기록은 {last}번에서 끝납니다. 백업과"
        " 비교하세요.",
        "en": "the end of the audit log was cut off: the head {number}:{hash}… was printed outside, and the log ends with "
        "{last}. Compare with a backup.",
    },
    "audit_other_head": {
        "ko": "감사 기록 {number}번은 밖에 적힌 것({hash}…)이 아닙니다. 기록을 다시 썼거나 다른 데이터베이스입니다. 주소를"
        " 확인하고 백업과 비교하세요.",
        "en": "entry {number} of the audit log is not the one that was printed outside ({hash}…): the log was written anew, "
        "or this is another database. Check its address, and compare with a backup.",
    },
    "audit_head_sealed": {
        "ko": "감사 기록 {number}번({hash}…)은 보관 파일에 있습니다. --sealed 파일을 붙여 함께 확인하세요.",
        "en": "entry {number} of the audit log ({hash}…) is in a sealed file. Check it too: --sealed FILE.",
    },
    "audit_anchor_unfounded": {
        "ko": "감사 기록 {number}번까지가 보관되었다는 표시가 있으나 기록에 그 일이 없습니다. 누가 데이터베이스를 직접 고쳤는지"
        " 확인하세요.",
        "en": "the audit log is marked as sealed up to entry {number}, but does not tell of it. Find out who changed the "
        "database itself.",
    },
    "audit_guard_missing": {
        "ko": "감사 기록을 지키는 트리거 {trigger}가 없거나 꺼져 있습니다. 누가 데이터베이스를 직접 고쳤는지 확인하고 백업에서"
        " 복구하세요.",
        "en": "the trigger {trigger}, which guards the audit log, is missing or switched off. Find out who changed the "
        "database itself, and restore a backup.",
    },
}

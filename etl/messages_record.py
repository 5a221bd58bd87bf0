"""What is said about the audit log, signatures of releases, and backups."""

from __future__ import annotations

from typing import Final

RECORD_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "audit_head_unreadable": {
        "ko": "'{head}'은 감사 기록의 머리가 아닙니다. 내보낸 파일이나 서명에 적힌 대로 번호:해시(64자리)로 적으세요.",
        "en": "'{head}' is no head of the audit log. Give it as exports and sign-offs print it: NUMBER:HASH, 64 digits.",
    },
    "table_other_rules": {
        "ko": "{year}년 규칙 {number}판이 승인될 때의 것이 아닙니다. 감사 기록과 다릅니다. 누가 데이터베이스를 직접 고쳤는지 확인하고 백업과 비교하세요.",
        "en": "version {number} of the rulebook of {year} is not the one the log says was approved. Find out who changed the database itself, and compare with a backup.",
    },
    "table_other_move": {
        "ko": "{year}년 평가의 단계 이동 {move}번이 감사 기록과 다릅니다. 누가 데이터베이스를 직접 고쳤는지 확인하고 백업과 비교하세요.",
        "en": "move {move} of the evaluation of {year} is not what the log told. Find out who changed the database itself, and compare with a backup.",
    },
    "table_other_state": {
        "ko": "{year}년 평가의 단계나 공개본이 승인된 이동과 다릅니다. 누가 데이터베이스를 직접 고쳤는지 확인하고 백업과 비교하세요.",
        "en": "the evaluation of {year} stands at a step or on a release to which no approved move led. Find out who changed the database itself, and compare with a backup.",
    },
    "table_other_words": {
        "ko": "신청 {request}의 {position}번째 글이나 결정이 감사 기록과 다릅니다. 누가 데이터베이스를 직접 고쳤는지 확인하고 백업과 비교하세요.",
        "en": "what was said on request {request} (no. {position}) is not what the log has the digest of. Find out who changed the database itself, and compare with a backup.",
    },
    "table_other_verdict": {
        "ko": "신청 {request}의 결정이 마지막으로 적힌 결정과 다릅니다. 누가 데이터베이스를 직접 고쳤는지 확인하고 백업과 비교하세요.",
        "en": "the verdict on request {request} is not the last one that was given. Find out who changed the database itself, and compare with a backup.",
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
    "signoff_unreadable": {
        "ko": "서명 파일이 서명할 때 쓰인 그대로가 아닙니다. 받은 곳에서 다시 받거나, 지우고 다시 서명하세요.",
        "en": "the file of signatures is not as signing writes it. Get it again from where it came, or remove it and sign "
        "again.",
    },
    "signoff_of_another_release": {
        "ko": "{name}({role})의 서명은 이 공개본이 아니라 {release}의 것입니다. 그 공개본의 서명 파일을 옮겨 온 것인지 확인하세요.",
        "en": "the signature of {name} ({role}) is of {release}, or of other bytes of it, and not of this release. Find out "
        "who put it here.",
    },
    "signoff_wrong": {
        "ko": "{name}({role})의 서명이 틀립니다. 서명한 내용이나 열쇠가 바뀌었습니다. 서명한 사람에게 확인하세요.",
        "en": "the signature of {name} ({role}) is wrong: what was signed, or the key, was changed. Ask the person who "
        "signed.",
    },
    "signoff_key_unknown": {
        "ko": "{name}({role})의 서명에 쓴 열쇠 {key}…를 그 사람, 그 역할의 것으로 보증하는 기록이 없습니다. 등록된 열쇠"
        " 목록(jipyo account keys)과 비교하세요.",
        "en": "nobody vouches for the key {key}… as that of {name} in the role {role}. Compare with the registered keys "
        "(jipyo account keys).",
    },
    "signoff_role_twice": {
        "ko": "같은 역할({twice})의 서명이 둘입니다. 평가 담당과 결재자가 한 번씩 서명합니다.",
        "en": "there are two signatures in the role {twice}. Evaluator and approver sign once each.",
    },
    "signoff_one_person": {
        "ko": "평가 담당과 결재자의 서명이 한 사람({twice})의 것입니다. 서로 다른 두 사람이 서명해야 합니다.",
        "en": "evaluator and approver are one person ({twice}). Two different persons must sign.",
    },
    "signoff_one_key": {
        "ko": "평가 담당과 결재자의 서명이 한 열쇠({twice})의 것입니다. 서로 다른 두 열쇠여야 합니다.",
        "en": "evaluator and approver signed with one key ({twice}). They must be two.",
    },
    "trusted_key_unreadable": {
        "ko": "이 줄은 열쇠가 아닙니다. 공개 열쇠, 역할(evaluator 또는 approver), 아이디를 한 줄에 적으세요.",
        "en": "this line is no key. Write the public key, the role (evaluator or approver) and the login on one line.",
    },
    "public_key_unreadable": {
        "ko": "Ed25519 공개 열쇠가 아닙니다. jipyo key-pair가 만든 .pub 파일이나 그 안의 글을 적으세요.",
        "en": "this is no Ed25519 public key. Give the .pub file that jipyo key-pair made, or the text in it.",
    },
    "key_file_is_there": {
        "ko": "이 이름의 파일이 이미 있습니다. 열쇠는 덮어쓰지 않습니다. 다른 이름을 정하세요.",
        "en": "a file of this name is there, and keys are never replaced. Choose another name.",
    },
    "passphrase_not_repeated": {
        "ko": "두 번 적은 암호문이 다릅니다. 다시 실행해 같은 암호문을 두 번 적으세요.",
        "en": "the two passphrases differ. Run the command again and type the same one twice.",
    },
    "passphrase_short": {
        "ko": "열쇠를 잠그는 암호문은 {shortest}자 이상이어야 합니다.",
        "en": "the passphrase that locks the key has at least {shortest} characters.",
    },
    "key_file_open_to_others": {
        "ko": "이 열쇠 파일은 다른 사람도 읽을 수 있습니다. chmod 600으로 본인만 읽게 한 뒤, 이미 새어 나갔을 수 있으면 새 열쇠를"
        " 만드세요.",
        "en": "others may read this key. Keep it to yourself (chmod 600), and make a new one if it may have been taken.",
    },
    "key_file_stays_closed": {
        "ko": "열쇠를 열지 못했습니다. 암호문이 틀렸거나 jipyo key-pair가 만든 열쇠가 아닙니다.",
        "en": "the key could not be opened: the passphrase is wrong, or jipyo key-pair did not make it.",
    },
    "no_such_account": {
        "ko": "'{login}' 계정이 없거나 닫혀 있습니다. jipyo account list로 확인하세요.",
        "en": "there is no account '{login}', or it is closed. Look with jipyo account list.",
    },
    "role_signs_nothing": {
        "ko": "'{login}'의 역할({role})은 공개본에 서명하지 않습니다. 평가 담당(evaluator)과 결재자(approver)만 서명합니다.",
        "en": "the role of '{login}' ({role}) signs no release. Only evaluators and approvers do.",
    },
    "key_is_known": {
        "ko": "열쇠 {key}…는 이미 등록되어 있습니다. 사람마다 jipyo key-pair로 새 열쇠를 만드세요.",
        "en": "the key {key}… is registered already. Everybody makes a key of their own (jipyo key-pair).",
    },
    "signing_key_unknown": {
        "ko": "열쇠 {key}…는 등록되어 있지 않거나 더는 쓰지 않습니다. 관리자가 jipyo account key로 등록해야 합니다.",
        "en": "the key {key}… is not registered, or not in use any more. The administrator registers it with jipyo account "
        "key.",
    },
    "signing_key_of_another": {
        "ko": "열쇠 {key}…는 '{login}'의 것이 아닙니다. 본인의 열쇠와 아이디를 적으세요.",
        "en": "the key {key}… is not that of '{login}'. Give your own key and login.",
    },
    "may_not_sign": {
        "ko": "지금 이 공개본에 {role} 역할로 서명할 수 없습니다(단계: {state}). 확정되거나 공표된 공개본에, 등록할 때의 역할로"
        " 서명합니다.",
        "en": "this release cannot be signed as {role} now (its step is {state}). Releases that are final or published are "
        "signed, in the role the key was registered for.",
    },
    "may_not_sign_twice": {
        "ko": "이 역할의 서명이 이미 있거나 '{login}'이(가) 이미 서명했습니다. 다른 역할은 다른 사람이 서명합니다.",
        "en": "there is a signature in this role, or '{login}' has signed already. The other role is signed by somebody "
        "else.",
    },
    "store_missing": {
        "ko": "데이터베이스가 없습니다. JIPYO_STATE나 JIPYO_DATABASE_URL이 가리키는 곳을 확인하세요.",
        "en": "there is no database. Check what JIPYO_STATE or JIPYO_DATABASE_URL names.",
    },
    "nothing_to_prune": {
        "ko": "보관 기간({days}일)이 지난 감사 기록이 없습니다. 기간은 JIPYO_AUDIT_DAYS로 정합니다.",
        "en": "no entry of the audit log is older than its retention of {days} days, which JIPYO_AUDIT_DAYS sets.",
    },
    "sealed_file_unknown": {
        "ko": "이 데이터베이스에서 보관한 파일이 아니거나 내용이 바뀌었습니다. jipyo audit prune이 만든 파일을 그대로 적으세요.",
        "en": "the log of this database was not sealed into this file, or the file was changed. Give the file as jipyo audit "
        "prune made it.",
    },
    "verify_what": {
        "ko": "확인할 것이 없습니다. 공개본 폴더를 적거나, 감사 기록이면 --audit을 붙이세요.",
        "en": "there is nothing to verify. Name a release's folder, or add --audit for the audit log.",
    },
    "postgres_program_missing": {
        "ko": "PostgreSQL의 프로그램이 없습니다. 서버와 같은 판의 postgresql-client를 설치하세요.",
        "en": "this program of PostgreSQL is missing. Install postgresql-client in the version of the server.",
    },
    "postgres_program_refused": {
        "ko": "PostgreSQL이 거절했습니다({why}). 주소(JIPYO_DATABASE_URL), 권한, 판을 확인하세요.",
        "en": "PostgreSQL refused ({why}). Check the address (JIPYO_DATABASE_URL), the permissions and the versions.",
    },
    "restore_is_there": {
        "ko": "이미 자료가 있습니다. 다른 곳에 복구하거나, 지금 것을 옆으로 옮기고 복구하려면 --replace를 붙이세요.",
        "en": "something is there already. Restore to another place, or add --replace to put aside what is there.",
    },
    "backup_unreadable": {
        "ko": "Jipyo의 백업 파일이 아니거나 손상되었습니다. 다른 사본으로 복구하세요.",
        "en": "this is no backup of Jipyo, or it is damaged. Restore from another copy.",
    },
    "backup_other_files": {
        "ko": "백업에 목록과 다른 파일이 있거나 빠졌습니다. 다른 사본으로 복구하세요.",
        "en": "the backup has other files than it says. Restore from another copy.",
    },
    "backup_file_changed": {
        "ko": "백업한 뒤 이 파일이 바뀌었습니다. 다른 사본으로 복구하세요.",
        "en": "this file was changed since it was backed up. Restore from another copy.",
    },
    "backup_of_another_kind": {
        "ko": "백업의 데이터베이스는 {database}입니다. PostgreSQL이면 JIPYO_DATABASE_URL에 빈 데이터베이스의 주소를 적고, SQLite면"
        " 그 변수를 지우고 복구하세요.",
        "en": "the backup is of {database}. For PostgreSQL let JIPYO_DATABASE_URL name an empty database; for SQLite, restore "
        "without that variable.",
    },
    "log_not_yours": {
        "ko": "감사 기록은 감사 담당자만 열람하고 내보냅니다.",
        "en": "only auditors read the audit log and take it out.",
    },
}

"""Words of the page of accounts."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

ACCOUNTS: Final[dict[str, dict[Language, str]]] = {
    "accounts.title": {"ko": "계정", "en": "Accounts"},
    "accounts.question": {
        "ko": "누가 어떤 역할로 들어올 수 있습니까?",
        "en": "Who may sign in, and as what?",
    },
    "accounts.summary": {
        "ko": "쓰는 계정 {open}개, 닫은 계정 {closed}개. 지금 잠긴 계정 {locked}개.",
        "en": "In use: {open}. Closed: {closed}. Locked now: {locked}.",
    },
    "accounts.search": {"ko": "아이디, 이름, 부서로 찾기", "en": "Search by login, name or department"},
    "accounts.none": {
        "ko": "찾는 계정이 없습니다. 다른 말로 찾으세요.",
        "en": "No account fits. Search for something else.",
    },
    "accounts.login": {"ko": "아이디", "en": "Login"},
    "accounts.name": {"ko": "이름", "en": "Name"},
    "accounts.role": {"ko": "역할", "en": "Role"},
    "accounts.unit": {"ko": "부서", "en": "Department"},
    "accounts.unit.code": {"ko": "부서 코드", "en": "Code of the department"},
    "accounts.state": {"ko": "상태", "en": "State"},
    "accounts.ways": {"ko": "로그인 방법", "en": "Signs in by"},
    "accounts.sessions": {"ko": "브라우저 {count}개에 로그인", "en": "signed in, browsers: {count}"},
    "accounts.seen": {"ko": "마지막 접속", "en": "Last seen"},
    "accounts.never": {"ko": "없음", "en": "never"},
    "accounts.state.open": {"ko": "사용", "en": "in use"},
    "accounts.state.closed": {"ko": "닫음", "en": "closed"},
    "accounts.state.locked": {"ko": "잠김", "en": "locked"},
    "accounts.until": {"ko": "{moment}까지", "en": "until {moment}"},
    "accounts.state.must_change": {"ko": "비밀번호를 바꿔야 함", "en": "must change the password"},
    "accounts.way.password": {"ko": "비밀번호", "en": "password"},
    "accounts.way.oidc": {"ko": "통합 인증", "en": "single sign-on"},
    "accounts.way.none": {"ko": "아직 없음", "en": "not yet"},
    "accounts.no_unit": {"ko": "부서 없음", "en": "No department"},
    "accounts.change": {"ko": "계정 고치기", "en": "Change an account"},
    "accounts.choose": {"ko": "고칠 계정", "en": "Account to change"},
    "accounts.choose.nothing": {"ko": "계정을 고르세요", "en": "Choose an account"},
    "accounts.active": {"ko": "이 계정을 씀", "en": "The account is in use"},
    "accounts.active.help": {
        "ko": "역할, 부서, 사용 여부를 바꾸면 이 사람은 모든 브라우저에서 바로 로그아웃됩니다. 계정은 지우지 않고 닫습니다.",
        "en": "A new role or department, or closing the account, signs the person out of every browser at once. Accounts are closed, never deleted.",
    },
    "accounts.own": {
        "ko": "자기 계정의 역할은 바꿀 수 없고, 자기 계정은 닫을 수 없습니다.",
        "en": "You cannot change the role of your own account, nor close it.",
    },
    "accounts.save": {"ko": "고치기", "en": "Change"},
    "accounts.password": {"ko": "새 비밀번호 만들기", "en": "Make a new password"},
    "accounts.unlock": {"ko": "잠금 풀기", "en": "Unlock"},
    "accounts.end": {"ko": "모든 브라우저에서 로그아웃", "en": "Sign out everywhere"},
    "accounts.add": {"ko": "계정 더하기", "en": "Add an account"},
    "accounts.add.note": {
        "ko": "비밀번호는 자동으로 만들어 한 번만 보여 드립니다. 받은 사람은 처음 로그인할 때 바꾸어야 합니다.",
        "en": "A password is made and shown once. Its owner must change it at the first sign-in.",
    },
    "accounts.add.do": {"ko": "더하기", "en": "Add"},
    "accounts.done.changed": {"ko": "'{login}' 계정을 고쳤습니다.", "en": "The account '{login}' is changed."},
    "accounts.done.ended": {
        "ko": "'{login}' 계정을 브라우저 {count}개에서 로그아웃했습니다.",
        "en": "'{login}' is signed out of {count} browsers.",
    },
    "accounts.done.unlocked": {"ko": "'{login}' 계정의 잠금을 풀었습니다.", "en": "'{login}' is unlocked."},
    "accounts.shown": {
        "ko": "'{login}' 계정의 비밀번호입니다. 지금 한 번만 보이니 본인에게 안전하게 전하세요.",
        "en": "The password of '{login}'. It is shown this once: hand it to its owner safely.",
    },
    "accounts.too_fast": {
        "ko": "다른 사람이 먼저 고쳐 아무것도 바꾸지 않았습니다. 지금 내용을 보고 다시 고치세요.",
        "en": "Somebody else was faster, so nothing was changed. See how it is now, then change it.",
    },
}

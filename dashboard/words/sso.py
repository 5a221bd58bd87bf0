"""What is said on the way to the body's identity provider and back."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

SSO: Final[dict[str, dict[Language, str]]] = {
    "signin.sso": {"ko": "{name:으로/로} 로그인", "en": "Sign in with {name}"},
    "sso.title": {"ko": "로그인하지 못했습니다", "en": "You are not signed in"},
    "sso.back": {"ko": "로그인 화면으로", "en": "Back to the sign-in page"},
    "sso.expired": {
        "ko": "로그인을 시작한 지 10분이 지났거나 다른 브라우저에서 시작한 로그인입니다. 로그인 화면에서 다시 시작하세요.",
        "en": "This sign-in began more than 10 minutes ago, or in another browser. Begin again on the sign-in page.",
    },
    "sso.too_many": {
        "ko": "이 주소에서 로그인에 여러 번 실패했습니다. 15분 뒤에 다시 하세요.",
        "en": "Signing in failed too often from this address. Try again in 15 minutes.",
    },
    "sso.denied": {
        "ko": "{name}에서 로그인을 취소했습니다. 들어오려면 다시 시작해 동의하세요.",
        "en": "The sign-in was cancelled at {name}. To come in, begin again and agree there.",
    },
    "sso.away": {
        "ko": "{name:과/와} 연결할 수 없습니다. 잠시 뒤에 다시 하고, 되풀이되면 시스템 관리자에게 알려 주세요.",
        "en": "{name} cannot be reached. Try again in a moment; if it happens again, tell your administrator.",
    },
    "sso.untrue": {
        "ko": "{name}의 답을 확인할 수 없어 들이지 않았습니다. 다시 시작하고, 되풀이되면 시스템 관리자에게 알려 주세요.",
        "en": "The answer of {name} could not be verified, so nobody was let in. Begin again; if it happens again, tell your administrator.",
    },
    "sso.no_role": {
        "ko": "{name}에는 이 시스템에서 쓸 역할이 없습니다. 시스템 관리자에게 역할을 신청하세요.",
        "en": "{name} gives you no role in this system. Ask your administrator for one.",
    },
    "sso.unknown": {
        "ko": "{name:으로/로} 확인되었지만 이 시스템에 계정이 없습니다. 시스템 관리자에게 계정을 신청하세요.",
        "en": "{name} knows you, but you have no account in this system. Ask your administrator for one.",
    },
    "sso.closed": {
        "ko": "이 계정은 닫혀 있습니다. 다시 써야 하면 시스템 관리자에게 문의하세요.",
        "en": "This account is closed. Ask your administrator if you need it again.",
    },
    "sso.no_unit": {
        "ko": "{name}에 부서가 없거나 여러 개라 들일 수 없습니다. 인사 정보를 확인하고 시스템 관리자에게 문의하세요.",
        "en": "{name} gives you no department, or several, so you cannot be let in. Check your personnel data and ask your administrator.",
    },
    "sso.login_taken": {
        "ko": "{name}에서 온 아이디로는 계정을 만들 수 없습니다. 같은 아이디의 계정이 있을 수 있으니 시스템 관리자에게 이어 달라고 하세요.",
        "en": "No account can be made with the login that {name} gives. Somebody may have it already; ask your administrator to link it.",
    },
    "sso.last_administrator": {
        "ko": "마지막 시스템 관리자의 역할을 {name}의 정보로 바꿀 수 없습니다. 다른 관리자를 먼저 두고 다시 로그인하세요.",
        "en": "{name} would take the last administrator's role away, which cannot be. Add another administrator, then sign in again.",
    },
    "sso.left": {"ko": "로그아웃했습니다", "en": "You are signed out"},
    "sso.leaving": {
        "ko": "이 시스템에서 로그아웃했습니다. 이제 {name}에서도 로그아웃하는 화면으로 갑니다.",
        "en": "You are signed out of this system. Next comes the page that signs you out of {name} too.",
    },
    "sso.leave": {"ko": "{name}에서 로그아웃", "en": "Sign out of {name}"},
}

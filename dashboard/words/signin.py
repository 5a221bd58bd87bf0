"""What the gate says: signing in, the reader's account, and what is not there."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

SIGNIN: Final[dict[str, dict[Language, str]]] = {
    "signin.title": {"ko": "로그인", "en": "Sign in"},
    "signin.login": {"ko": "아이디", "en": "Login"},
    "signin.password": {"ko": "비밀번호", "en": "Password"},
    "signin.do": {"ko": "로그인", "en": "Sign in"},
    "signin.wrong": {
        "ko": "아이디나 비밀번호가 맞지 않습니다. 여러 번 틀린 계정은 잠시 잠기며, 그동안은 맞는 비밀번호도 받지 않습니다.",
        "en": "The login or the password is not right. After several wrong passwords an account is locked for a while, and even the right one is not taken then.",
    },
    "signin.too_many": {
        "ko": "이 주소에서 로그인에 여러 번 실패했습니다. 15분 뒤에 다시 하세요.",
        "en": "Signing in failed too often from this address. Try again in 15 minutes.",
    },
    "signin.busy": {
        "ko": "로그인하려는 사람이 많습니다. 잠시 뒤에 다시 하세요.",
        "en": "Many people are signing in. Try again in a moment.",
    },
    "signin.idle": {
        "ko": "{minutes}분 동안 쓰지 않아 로그아웃되었습니다. 다시 로그인하면 보던 화면으로 돌아갑니다.",
        "en": "You were signed out after {minutes} minutes without use. Sign in again to return to where you were.",
    },
    "signin.limit": {
        "ko": "로그인한 지 {hours}시간이 지나 로그아웃되었습니다. 다시 로그인하면 보던 화면으로 돌아갑니다.",
        "en": "You were signed out because {hours} hours have passed since you signed in. Sign in again to return to where you were.",
    },
    "signin.ended": {
        "ko": "이 로그인은 끝났습니다. 다시 로그인하세요.",
        "en": "This session has ended. Sign in again.",
    },
    "signin.out": {"ko": "로그아웃했습니다.", "en": "You are signed out."},
    "signin.shown": {"ko": "합성 예시 계정", "en": "Accounts of the synthetic example"},
    "signin.shown.what": {
        "ko": "지어낸 도시의 결과를 역할마다 볼 수 있습니다. 이 계정들은 이 기계에서 여는 시연에만 있습니다.",
        "en": "See the results of an invented city in every role. These accounts exist only in the demonstration on this machine.",
    },
    "signin.shown.role": {"ko": "역할", "en": "Role"},
    "signin.shown.use": {"ko": "{name} 계정으로 로그인", "en": "Sign in as {name}"},
    "account.title": {"ko": "내 계정", "en": "My account"},
    "account.name": {"ko": "이름", "en": "Name"},
    "account.role": {"ko": "역할", "en": "Role"},
    "account.unit": {"ko": "부서 코드", "en": "Department code"},
    "account.opened": {"ko": "로그인한 때", "en": "Signed in at"},
    "account.from": {"ko": "로그인한 곳", "en": "Signed in from"},
    "account.back": {"ko": "평가 화면으로", "en": "Back to the dashboard"},
    "account.change": {"ko": "비밀번호 바꾸기", "en": "Change the password"},
    "account.out": {"ko": "로그아웃", "en": "Sign out"},
    "account.out.everywhere": {"ko": "모든 기기에서 로그아웃", "en": "Sign out everywhere"},
    "account.out.everywhere.what": {
        "ko": "모든 기기에서 로그아웃하면 이 계정을 쓰던 다른 브라우저에서도 곧바로 로그아웃됩니다.",
        "en": "Signing out everywhere also signs out every other browser that uses this account, at once.",
    },
    "password.title": {"ko": "비밀번호 바꾸기", "en": "Change the password"},
    "password.must": {
        "ko": "처음 받은 비밀번호입니다. 계속하려면 새 비밀번호를 정하세요.",
        "en": "This is the password you were given. Choose your own to go on.",
    },
    "password.old": {"ko": "지금 비밀번호", "en": "Present password"},
    "password.new": {"ko": "새 비밀번호", "en": "New password"},
    "password.again": {"ko": "새 비밀번호 다시", "en": "New password again"},
    "password.rule": {
        "ko": "{shortest}자 이상. 여러 낱말을 이은 문장이 외우기 쉽고 안전합니다.",
        "en": "At least {shortest} characters. A sentence of several words is easy to remember and safe.",
    },
    "password.everywhere": {
        "ko": "바꾸면 다른 기기에서는 로그아웃됩니다.",
        "en": "Changing it signs you out everywhere else.",
    },
    "password.do": {"ko": "바꾸기", "en": "Change"},
    "gate.not_found": {"ko": "그런 화면이 없습니다", "en": "There is no such page"},
    "gate.not_found.what": {
        "ko": "주소를 확인하거나 첫 화면으로 가세요.",
        "en": "Check the address, or go to the first page.",
    },
    "gate.home": {"ko": "첫 화면으로", "en": "To the first page"},
    "gate.no_script": {
        "ko": "이 화면은 자바스크립트로 그립니다. 브라우저에서 자바스크립트를 켜고 다시 여세요.",
        "en": "This page is drawn by JavaScript. Switch it on in the browser and load the page again.",
    },
    "reader.account": {"ko": "내 계정", "en": "My account"},
    "reader.out": {"ko": "로그아웃", "en": "Sign out"},
}

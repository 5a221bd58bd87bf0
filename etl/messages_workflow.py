"""What is said about accounts, the database and the settings of an installation."""

from __future__ import annotations

from typing import Final

WORKFLOW_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "setting_refused": {
        "ko": "환경 변수의 값을 쓸 수 없습니다({why}). 운영 설명서의 설정 표를 보고 고치세요.",
        "en": "the environment variable's value cannot be used ({why}). See the table of settings in the operations guide.",
    },
    "database_away": {
        "ko": "데이터베이스를 열 수 없습니다({why}). 주소(JIPYO_DATABASE_URL), 서버, 폴더의 권한을 확인하세요.",
        "en": "the database cannot be opened ({why}). Check its address (JIPYO_DATABASE_URL), the server and the folder's "
        "permissions.",
    },
    "not_permitted": {
        "ko": "지금 이 일을 할 권한이 없습니다. 권한 설명서에서 누가 언제 할 수 있는지 확인하고 그 담당자에게 요청하세요.",
        "en": "you may not do this now. The page on permissions says who may, and when; ask them.",
    },
    "account_login_unusable": {
        "ko": "'{login}'은 아이디로 쓸 수 없습니다. 보이는 글자로 1자 이상 100자 이하로 정하세요.",
        "en": "'{login}' cannot be a login. Take 1 to 100 visible characters.",
    },
    "account_login_taken": {
        "ko": "아이디 '{login}'은 이미 있습니다. 다른 아이디를 정하거나 jipyo account list로 확인하세요.",
        "en": "the login '{login}' is taken. Choose another, or look with jipyo account list.",
    },
    "account_needs_unit": {
        "ko": "'{login}': 부서 담당자 계정에는 부서가 있어야 합니다. 부서 코드를 함께 적으세요.",
        "en": "'{login}': the account of a department's member needs a department. Give the department's code.",
    },
    "password_length": {
        "ko": "비밀번호는 {shortest}자 이상 {longest}자 이하여야 합니다.",
        "en": "a password has {shortest} to {longest} characters.",
    },
    "password_is_login": {
        "ko": "비밀번호가 아이디와 같습니다. 다른 비밀번호를 정하세요.",
        "en": "the password equals the login. Choose another.",
    },
    "password_wrong": {
        "ko": "지금 비밀번호가 맞지 않습니다. 여러 번 틀리면 계정이 잠시 잠깁니다.",
        "en": "the present password is wrong. After several wrong ones the account is locked for a while.",
    },
    "password_unchanged": {
        "ko": "새 비밀번호가 지금 것과 같습니다. 다른 비밀번호를 정하세요.",
        "en": "the new password equals the present one. Choose another.",
    },
    "passwords_differ": {
        "ko": "두 번 적은 새 비밀번호가 서로 다릅니다. 다시 적으세요.",
        "en": "the two new passwords differ. Type them again.",
    },
    "address_unusable": {
        "ko": "이 주소로 열 수 없습니다({why}). 다른 프로그램이 쓰고 있으면 끝내거나, --port로 다른 포트를 고르세요.",
        "en": "cannot listen here ({why}). Stop what uses the port, or choose another with --port.",
    },
    "demonstration_in_public": {
        "ko": "시연은 비밀번호를 보여 주므로 이 기계(127.0.0.1)에서만 열 수 있습니다. --demonstration 없이 열거나 --host를 빼세요.",
        "en": "a demonstration shows its passwords, so it is served on this machine (127.0.0.1) only. Leave out "
        "--demonstration, or --host.",
    },
    "demonstration_on_real_accounts": {
        "ko": "이 데이터베이스에는 시연용이 아닌 계정이 있습니다. --state로 빈 폴더를 정해 시연을 여세요.",
        "en": "this database has accounts that are not the demonstration's. Give the demonstration an empty folder with "
        "--state.",
    },
    "configuration_missing": {
        "ko": "이 폴더에 화면 서버의 설정(.streamlit/config.toml)이 없습니다. 저장소의 맨 위 폴더에서 다시 시작하세요.",
        "en": "the settings of the dashboard's server (.streamlit/config.toml) are not in this folder. Start it in the top "
        "folder of the checkout.",
    },
    "account_text_unusable": {
        "ko": "'{login}': 이름과 부서 코드는 보이는 글자로 100자 이하여야 합니다.",
        "en": "'{login}': a name and a department's code have at most 100 visible characters.",
    },
    "account_identity_unusable": {
        "ko": "인증기관(issuer)은 https://로 시작하는 주소여야 하고, 인증기관과 사용자 식별자(subject)는 200자 이하여야 합니다. 인증기관이 주는 그대로 적으세요.",
        "en": "an issuer is an address that begins with https://; issuer and subject have at most 200 characters. Write them as the identity provider gives them.",
    },
    "account_identity_taken": {
        "ko": "그 사용자 식별자(subject)는 이미 '{login}' 계정의 것입니다. 그 계정을 쓰거나 식별자를 확인하세요.",
        "en": "that subject already belongs to the account '{login}'. Use that account, or check the subject.",
    },
    "account_unknown": {
        "ko": "아이디 '{login}'의 계정이 없습니다. jipyo account list로 확인하세요.",
        "en": "there is no account with the login '{login}'. Look with jipyo account list.",
    },
    "account_changed_since": {
        "ko": "'{login}': 보고 있는 동안 이 계정이 바뀌어 아무것도 고치지 않았습니다. 지금 내용을 보고 다시 고치세요.",
        "en": "'{login}': this account has changed since you looked, so nothing was done. See how it is now, then change it.",
    },
    "account_own": {
        "ko": "'{login}': 자기 계정의 역할을 바꾸거나 자기 계정을 닫을 수 없습니다. 다른 관리자에게 부탁하세요.",
        "en": "'{login}': nobody changes the role of their own account or closes it. Ask another administrator.",
    },
    "account_last_administrator": {
        "ko": "'{login}'은 쓸 수 있는 마지막 관리자 계정이라 닫거나 역할을 바꿀 수 없습니다. 먼저 다른 관리자를 두세요.",
        "en": "'{login}' is the last administrator in use and can neither be closed nor become something else. Add another first.",
    },
    "accounts_not_yours": {
        "ko": "계정은 관리자만 고칠 수 있습니다. 이 시도는 기록되었습니다. 필요하면 관리자에게 문의하세요.",
        "en": "only administrators change accounts. The attempt was logged. Ask an administrator.",
    },
    "account_arguments": {
        "ko": "비밀번호 파일(--password-file)과 통합 인증(--sso) 가운데 하나만 쓰고, --active와 --inactive도 하나만 쓰세요.",
        "en": "use either --password-file or --sso, and either --active or --inactive.",
    },
    "account_no_terminal": {
        "ko": "비밀번호를 물어볼 터미널이 없습니다. 파일에 적어 --password-file로 알려 주세요.",
        "en": "there is no terminal to ask for the password on. Write it into a file and name it with --password-file.",
    },
    "password_not_repeated": {
        "ko": "두 번 적은 비밀번호가 다릅니다. 다시 실행해 같은 비밀번호를 두 번 적으세요.",
        "en": "the two passwords differ. Run the command again and type the same one twice.",
    },
    "password_file_open": {
        "ko": "비밀번호 파일을 다른 사람이 읽을 수 있습니다. chmod 600으로 본인만 읽게 하고, 샜을 수 있으니 다른 비밀번호를 정하세요.",
        "en": "others can read this file of a password. Run chmod 600 on it, and take another password: this one may be known.",
    },
    "password_file_unusable": {
        "ko": "이 파일에서 비밀번호를 읽을 수 없습니다. UTF-8로 된 한 줄에 비밀번호만 적으세요.",
        "en": "no password can be read from this file. Write the password alone, on one line, in UTF-8.",
    },
    "sso_setting_missing": {
        "ko": "통합 인증(JIPYO_OIDC_ISSUER)을 쓰려면 이 환경 변수도 있어야 합니다. 운영 설명서의 통합 인증 절을 보고 정하세요.",
        "en": "single sign-on (JIPYO_OIDC_ISSUER) needs this variable too. Set it; see single sign-on in the operations guide.",
    },
    "sso_not_https": {
        "ko": "'{address}'은(는) https 주소가 아닙니다. 이 기계(127.0.0.1)가 아니면 https로 시작하는 주소만 쓸 수 있습니다.",
        "en": "'{address}' is no https address. Only an address on this machine (127.0.0.1) may do without TLS.",
    },
    "sso_two_secrets": {
        "ko": "비밀 값과 비밀 값의 파일을 함께 정했습니다. 둘 가운데 하나만 남기세요.",
        "en": "both the secret and a file of it are set. Leave one of them out.",
    },
    "sso_file_unusable": {
        "ko": "이 파일을 읽을 수 없습니다({why}). 경로와 권한을 확인하세요.",
        "en": "this file cannot be read ({why}). Check its path and permissions.",
    },
}

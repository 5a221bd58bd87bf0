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
}

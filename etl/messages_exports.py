"""What can be wrong with an option's word and with taking results out, in Korean and English."""

from __future__ import annotations

from typing import Final

EXPORT_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "option_not_one_of": {
        "ko": "'{said}'은(는) 쓸 수 없는 말입니다. 쓸 수 있는 것: {known}.",
        "en": "'{said}' is not known here. Choose one of: {known}.",
    },
    "export_is_there": {
        "ko": "같은 이름의 파일이 있습니다. 다른 이름을 쓰거나 --replace를 붙이세요.",
        "en": "there is a file of this name. Choose another one, or add --replace.",
    },
    "export_is_a_folder": {
        "ko": "폴더입니다. 만들 파일의 이름까지 적으세요(예: {example}).",
        "en": "this is a folder. Name the file to write as well, such as {example}.",
    },
    "export_other_ending": {
        "ko": "{kind} 파일의 이름은 {ending}로 끝나야 합니다. 예: {example}",
        "en": "a file of the format {kind} has a name that ends with {ending}, such as {example}.",
    },
    "export_no_folder": {
        "ko": "파일을 만들 폴더가 없습니다. 폴더를 먼저 만들거나 경로를 고치세요.",
        "en": "the folder to write into is not there. Make it first, or mend the path.",
    },
    "export_disk_full": {
        "ko": "디스크에 빈 공간이 없어 쓰지 못했습니다. 만들다 만 파일은 지웠습니다. 공간을 비우고 다시 하세요.",
        "en": "the disk is full. What was begun has been removed. Free some space and try again.",
    },
    "export_not_allowed": {
        "ko": "이곳에 쓸 권한이 없습니다. 다른 폴더를 쓰거나 권한을 받으세요.",
        "en": "nothing may be written here. Choose another folder, or ask for permission.",
    },
    "export_needs_a_reason": {
        "ko": "사람에 관한 기록(가명번호)이 들어 있습니다: {kinds}. 내보내는 사유를 --reason으로 적으세요.",
        "en": "this holds records about people (as pseudonyms): {kinds}. Say with --reason why it is taken out.",
    },
    "export_each_is_pdf": {
        "ko": "부서마다 파일 하나는 PDF 성적표와 통지서에만 있습니다. --format pdf로 다시 하세요.",
        "en": "a file a department there is of PDF scorecards and notices only. Try again with --format pdf.",
    },
    "export_one_document": {
        "ko": "파일 하나에는 문서가 하나입니다. --only에 하나만 적으세요: {known}.",
        "en": "a file holds one document. Say one of them with --only: {known}.",
    },
    "export_report_is_whole": {
        "ko": "결과보고서는 모든 부서에 관한 것입니다. 부서의 것은 --only에 적어 받으세요: {known}.",
        "en": "the report is about every department. Of one there are, with --only: {known}.",
    },
    "export_unknown_part": {
        "ko": "'{part}'(이)라는 부분이 없습니다. 쓸 수 있는 것: {known}.",
        "en": "there is no part '{part}'. There are: {known}.",
    },
    "export_under_way": {
        "ko": "먼저 시작한 내보내기가 아직 끝나지 않았습니다. 끝나기를 기다리거나 그만둔 뒤에 다시 하세요.",
        "en": "your earlier export is still being made. Wait for it, or stop it, and try again.",
    },
    "exports_busy": {
        "ko": "지금 다른 사람의 파일 {most}개를 만들고 있습니다. 잠시 뒤에 다시 하세요.",
        "en": "{most} files are being made for other people right now. Try again in a moment.",
    },
    "export_login_needed": {
        "ko": "이 컴퓨터에는 계정이 있습니다. --login에 아이디를 적으면 비밀번호를 묻고 권한을 확인합니다.",
        "en": "there are accounts on this machine. Say yours with --login; the password is asked for.",
    },
    "export_no_accounts": {
        "ko": "이 컴퓨터에는 로그인할 계정이 없습니다. --login 없이 다시 하세요.",
        "en": "there are no accounts to sign in to on this machine. Try again without --login.",
    },
    "export_names_not_allowed": {
        "ko": "사람의 이름을 내보낼 권한이 없습니다. --register 없이 하면 가명번호로 나갑니다.",
        "en": "names of people are not yours to take. Without --register, pseudonyms stand in their place.",
    },
    "export_names_for_evidence": {
        "ko": "이름은 증빙목록(--format evidence)에만 넣을 수 있습니다. --register를 빼세요.",
        "en": "names go into evidence sheets alone (--format evidence). Leave --register out.",
    },
    "export_register_columns": {
        "ko": "인사 명부의 열을 알 수 없습니다. --person에 사람을 가리키는 열(예: 사번)을, --name에 이름의 열을 적으세요.",
        "en": "which columns? Say with --person what identifies people (such as employee_no), and with --name the names' column.",
    },
    "terminal_sign_in_wrong": {
        "ko": "아이디나 비밀번호가 맞지 않습니다. 다섯 번 틀리면 잠시 잠깁니다.",
        "en": "the login or the password is wrong. After five failures an account is locked for a while.",
    },
    "terminal_too_many": {
        "ko": "여기에서 너무 여러 번 틀렸습니다. 15분쯤 뒤에 다시 하세요.",
        "en": "too many failures from here. Try again in about 15 minutes.",
    },
    "terminal_password_to_change": {
        "ko": "비밀번호를 먼저 바꾸어야 합니다. 화면에 로그인해 바꾼 뒤 다시 하세요.",
        "en": "the password must be changed first. Sign in to the dashboard, change it, and try again.",
    },
    "export_no_font": {
        "ko": "글꼴 파일(PretendardGOV)이 없거나 상해서 그림이나 문서를 그릴 수 없습니다. 설치를 다시 하세요.",
        "en": "the fonts (PretendardGOV) are missing or damaged, so nothing can be drawn. Install again.",
    },
    "export_no_charts": {
        "ko": "이 공개본에는 고른 부분({parts})에 그릴 그림이 없습니다. 다른 부분을 고르세요.",
        "en": "this release has nothing to draw in what was chosen ({parts}). Choose another part.",
    },
    "export_without_records": {
        "ko": "수치표를 채점한 공개본이라 그 뒤의 기록이 없습니다. 기록을 평가한 공개본으로 하세요.",
        "en": "this release scored a table of metrics: there are no records behind it. Take one that has records.",
    },
    "export_package_is_whole": {
        "ko": "꾸러미는 언제나 전체입니다. --only나 --unit 없이 다시 하세요.",
        "en": "a package is always whole. Try again without --only or --unit.",
    },
}

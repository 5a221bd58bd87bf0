"""What can be wrong with any TOML document a person writes, in Korean and English."""

from __future__ import annotations

from typing import Final

DOCUMENT_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "document_not_utf8": {
        "ko": "UTF-8이 아닌 글자가 있어 읽을 수 없습니다. 파일을 UTF-8로 다시 저장하세요.",
        "en": "There are characters that are not UTF-8, so the file cannot be read. Save it again as UTF-8.",
    },
    "document_not_toml": {
        "ko": "TOML 문법에 맞지 않습니다({problem}). 이 줄의 따옴표, 괄호, 등호를 확인하세요.",
        "en": "This is not valid TOML ({problem}). Check the quotes, brackets and equals signs on this line.",
    },
    "document_unknown_key": {
        "ko": "'{key}'라는 항목은 여기에 쓸 수 없습니다. 쓸 수 있는 항목: {nearest}. 이름을 고치거나 지우세요.",
        "en": 'There is no key "{key}" here, so it would change nothing. Meant is perhaps: {nearest}. Correct or remove it.',
    },
    "document_key_missing": {
        "ko": "'{key}' 항목이 없습니다. 꼭 필요한 항목이니 추가하세요.",
        "en": 'The key "{key}" is missing, and it is needed here. Add it.',
    },
    "document_value_not_allowed": {
        "ko": "'{value}' 값은 쓸 수 없습니다. 다음 중 하나를 쓰세요: {allowed}.",
        "en": '"{value}" cannot stand here. Write one of: {allowed}.',
    },
    "document_value_out_of_range": {
        "ko": "{value} 값은 허용 범위({limit})를 벗어났습니다. 범위 안의 값으로 고치세요.",
        "en": "{value} is outside what is allowed here ({limit}). Write a value within it.",
    },
    "document_value_refused": {
        "ko": "'{value}' 값은 여기에 쓸 수 없는 형식입니다. 빈칸 없는 식별자나 설명서에 있는 형식으로 고치세요.",
        "en": '"{value}" does not have the form that is needed here. Write an identifier without blanks, or the form the reference shows.',
    },
    "document_number_needed": {
        "ko": "'{value}'은(는) 숫자가 아닙니다. 따옴표 없이 숫자로 쓰세요.",
        "en": '"{value}" is not a number. Write a number, without quotes.',
    },
    "document_integer_needed": {
        "ko": "'{value}'은(는) 정수가 아닙니다. 소수점과 따옴표 없이 정수로 쓰세요.",
        "en": '"{value}" is not a whole number. Write one, without decimals or quotes.',
    },
    "document_boolean_needed": {
        "ko": "'{value}'은(는) 참·거짓 값이 아닙니다. true 또는 false로 쓰세요.",
        "en": '"{value}" is neither true nor false. Write one of the two, without quotes.',
    },
    "document_string_needed": {
        "ko": "'{value}'은(는) 문자열이 아닙니다. 따옴표로 묶어 쓰세요.",
        "en": '"{value}" is not a text. Write it in quotes.',
    },
    "document_date_needed": {
        "ko": "'{value}'은(는) 날짜가 아닙니다. 따옴표 없이 2021-01-31처럼 쓰세요.",
        "en": '"{value}" is not a day. Write it as 2021-01-31, without quotes.',
    },
    "document_array_needed": {
        "ko": "'{value}'은(는) 목록이 아닙니다. 대괄호 목록이나 [[...]] 표로 쓰세요.",
        "en": '"{value}" is not a list. Write it in square brackets, or as [[...]] tables.',
    },
    "document_table_needed": {
        "ko": "'{value}'은(는) 표가 아닙니다. 중괄호 표나 [...] 표로 쓰세요.",
        "en": '"{value}" is not a table. Write it in braces, or as a [...] table.',
    },
}

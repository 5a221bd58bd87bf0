"""What can be wrong with any TOML document a person writes, in Korean and English."""

from __future__ import annotations

from typing import Final

DOCUMENT_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "document_not_utf8": {
        "ko": "UTF-8이 아닌 글자가 있어 읽을 수 없습니다. 파일을 UTF-8로 다시 저장하세요.",
        "en": "There are characters that are not UTF-8, so the file cannot be read. Save it again as UTF-8.",
    },
    "document_not_toml": {
        "ko": "TOML 문법에 맞지 않습니다. 읽는 프로그램은 '{problem}'(이)라고 합니다. 이 줄의 따옴표, 괄호, 등호를 확인하세요.",
        "en": "This is not valid TOML ({problem}). Check the quotes, brackets and equals signs on this line.",
    },
    "document_too_deep": {
        "ko": "괄호가 너무 깊이 겹쳤거나 수가 너무 깁니다. 괄호를 풀거나 수를 줄이세요.",
        "en": "Brackets stand in brackets too deeply, or a number is too long. Make it flatter or shorter.",
    },
    "toml_no_statement": {
        "ko": "항목도 표 이름도 아닌 글이 있습니다. '이름 = 값'이나 [표]로 쓰고, 설명이면 앞에 #을 붙이세요.",
        "en": "This is neither a key with its value nor a table. Write name = value or [table], or begin a remark with #.",
    },
    "toml_more_on_the_line": {
        "ko": "값 뒤에 다른 글이 있습니다. 한 줄에 항목 하나만 쓰고, 글인 값은 통째로 따옴표로 묶으세요.",
        "en": "Something stands behind the value. Write one key a line, and a text wholly in quotes.",
    },
    "toml_no_equals_sign": {
        "ko": "이름 뒤에 등호(=)가 없습니다. '이름 = 값'으로 쓰세요. 빈칸이나 한글이 든 이름은 따옴표로 묶으세요.",
        "en": "No equals sign follows the name. Write name = value; a name with blanks needs quotes.",
    },
    "toml_name_refused": {
        "ko": "이름으로 쓸 수 없는 글자가 있습니다. 빈칸이나 한글이 든 이름은 따옴표로 묶으세요.",
        "en": "A name cannot have this sign. Put a name with blanks or letters other than A to Z in quotes.",
    },
    "toml_heading_not_closed": {
        "ko": "표 이름 뒤에 닫는 괄호 {sign} 기호가 없습니다. 이름 바로 뒤에 쓰세요.",
        "en": "The name of the table is not closed by {sign}. Write it right after the name.",
    },
    "toml_table_twice": {
        "ko": "'{key}' 표는 앞에서 이미 적었거나 다 쓴 표 안에 있습니다. 하나로 합치거나, 여러 개인 것이면 모두 [[{key}]]로 쓰세요.",
        "en": 'The table "{key}" is there already, or within one that is finished. Make them one, or write each as [[{key}]] where there are several.',
    },
    "toml_table_finished": {
        "ko": "'{key}'에는 더 쓸 수 없습니다. 앞에서 이미 다 쓴 표나 목록입니다. 그곳에 쓰세요.",
        "en": 'Nothing can be added to "{key}", which is finished further up. Write it there.',
    },
    "toml_key_twice": {
        "ko": "같은 이름의 항목이 두 번 있습니다. 하나를 지우거나 이름을 고치세요.",
        "en": "A key of this name is there already. Remove one of the two, or rename it.",
    },
    "toml_list_not_closed": {
        "ko": "대괄호 목록이 닫히지 않았거나 값 사이에 쉼표가 빠졌습니다. 쉼표와 닫는 대괄호를 확인하세요.",
        "en": "The list in square brackets is not closed, or a comma between values is missing. Check both.",
    },
    "toml_inline_table_not_closed": {
        "ko": "중괄호 표가 닫히지 않았거나 항목 사이에 쉼표가 빠졌습니다. 한 줄 안에 쓰고 쉼표와 닫는 중괄호를 확인하세요.",
        "en": "The table in braces is not closed, or a comma is missing. Keep it on one line; check commas and braces.",
    },
    "toml_text_not_closed": {
        "ko": "따옴표로 연 글이 닫히지 않았습니다. 같은 줄에 닫는 따옴표를 쓰세요.",
        "en": "A text that begins with a quote is not closed. Write the closing quote on the same line.",
    },
    "toml_text_open_to_the_end": {
        "ko": "따옴표로 연 글이 파일 끝까지 닫히지 않았습니다. 짝이 없는 따옴표를 앞에서 찾아 닫으세요.",
        "en": "A text that begins with a quote is not closed up to the end of the file. Find the quote that lacks its other one.",
    },
    "toml_sign_refused": {
        "ko": "눈에 보이지 않는 글자 {sign}은(는) 쓸 수 없습니다. 이 자리를 지우고 다시 쓰세요.",
        "en": "The unseen sign {sign} cannot stand here. Delete this place and write it again.",
    },
    "toml_backslash": {
        "ko": "글 안의 역슬래시(\\) 뒤에 쓸 수 없는 글자가 있습니다. 역슬래시를 두 번 쓰거나 글을 작은따옴표로 묶으세요.",
        "en": "A backslash in the text is followed by a sign that it cannot have. Double it, or put the text in single quotes.",
    },
    "toml_escape_refused": {
        "ko": "글자를 번호로 적은 곳(\\u, \\U)이 올바르지 않습니다. 16진수 4자리나 8자리로 쓰거나 글자를 그대로 쓰세요.",
        "en": "A sign written by its number (\\u, \\U) is none. Write 4 or 8 hexadecimal digits, or the sign itself.",
    },
    "toml_date_refused": {
        "ko": "달력에 없는 날짜나 시각입니다. 2021-01-31처럼 쓰세요.",
        "en": "There is no such day or time. Write it as 2021-01-31.",
    },
    "toml_value_refused": {
        "ko": "값으로 읽을 수 없습니다. 글은 따옴표로 묶고, 수는 쉼표 없이, 참·거짓은 true나 false로 쓰세요.",
        "en": "This cannot be read as a value. Put a text in quotes; write a number without separators, and true or false.",
    },
    "document_unknown_key": {
        "ko": "'{key}'라는 항목은 여기에 쓸 수 없습니다.⟨ 쓸 수 있는 항목: {nearest}.⟩ 이름을 고치거나 지우세요.",
        "en": 'There is no key "{key}" here, so it would change nothing.⟨ Meant is perhaps: {nearest}.⟩ Correct or remove it.',
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

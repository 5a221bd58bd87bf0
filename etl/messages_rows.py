"""What can be wrong with received rows, and why a name suggests a department, in Korean and English."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, dict[str, str]]] = {
    "missing": {
        "ko": "{column} 칸이 비어 있습니다.",
        "en": "{column} is empty.",
    },
    "too_short": {
        "ko": "{column} 칸의 '{text}'이(가) 너무 짧습니다.",
        "en": "{column} is '{text}', which is too short.",
    },
    "too_long": {
        "ko": "{column} 칸의 글이 너무 깁니다.",
        "en": "{column} is too long.",
    },
    "forbidden_characters": {
        "ko": "{column} 칸의 '{text}'에 쓸 수 없는 글자(빈칸, 줄바꿈 등)가 있거나 형식이 다릅니다.",
        "en": "{column} is '{text}', which holds characters that do not belong there (such as blanks or line breaks).",
    },
    "not_an_integer": {
        "ko": "{column} 칸의 '{text}'은(는) 정수가 아닙니다.",
        "en": "{column} is '{text}', which is not a whole number.",
    },
    "not_a_number": {
        "ko": "{column} 칸의 '{text}'은(는) 수가 아니거나 소수점 아래가 여섯 자리를 넘습니다.",
        "en": "{column} is '{text}', which is not a number of at most six decimals.",
    },
    "not_a_date": {
        "ko": "{column} 칸의 '{text}'은(는) 날짜(예: 2021-03-02)가 아닙니다.",
        "en": "{column} is '{text}', which is not a date such as 2021-03-02.",
    },
    "not_one_of": {
        "ko": "{column} 칸의 '{text}'은(는) 정해진 값이 아닙니다.",
        "en": "{column} is '{text}', which is not one of the values it may have.",
    },
    "out_of_range": {
        "ko": "{column} 칸의 {text}은(는) 허용 범위를 벗어납니다.",
        "en": "{column} is {text}, which is out of range.",
    },
    "days_out_of_order": {
        "ko": "{column} 칸의 {text}이(가) 시작한 날보다 빠릅니다.",
        "en": "{column} is {text}, before the day it should follow.",
    },
    "needed_here": {
        "ko": "이 행에는 {column} 칸이 있어야 합니다.",
        "en": "{column} is needed in this row.",
    },
    "one_of_two_needed": {
        "ko": "{column} 칸이나 그와 짝이 되는 칸 가운데 하나는 있어야 합니다.",
        "en": "{column}, or the column that may stand for it, must be filled.",
    },
    "unknown_reference": {
        "ko": "{column} 칸의 '{text}'이(가) 가리키는 기록이 없거나 반려되었습니다. 그 기록의 행을 먼저 확인하세요.",
        "en": "{column} is '{text}', and there is no such record, or its row was rejected: look at that row first.",
    },
    "unknown_name": {
        "ko": "{column} 칸의 '{text}'이(가) 어느 부서인지 정해지지 않았습니다. jipyo alias로 정해 주세요.",
        "en": "{column} is '{text}', and nobody has decided which department that is. Decide with jipyo alias.",
    },
    "sent_twice": {
        "ko": "같은 행이 앞에 있습니다({text}). 한 번만 셉니다.",
        "en": "the same row stands further up ({text}). It counts once.",
    },
    "contradicts_another_row": {
        "ko": "같은 키({text})의 다른 행과 내용이 다릅니다. 어느 것이 맞는지 정하기 전에는 모두 세지 않습니다.",
        "en": "another row has the same key ({text}) and other contents. None counts until somebody decides which is right.",
    },
    "shares_do_not_add_up": {
        "ko": "지분({text})의 합이 1이 아니어서 쓰지 않습니다."
        " 고치기 전에는 공동 분석은 주관 부서가 전부를 갖고, 없어진 부서의 기록은 어느 부서로도 가지 않습니다.",
        "en": "the shares (here {text}) do not add up to 1 and none is used."
        " Until they do, a joint analysis is its lead department's alone, and a former department's records are nobody's.",
    },
    "wrong_number_of_cells": {
        "ko": "칸의 수가 열 이름의 수와 다릅니다: {text}",
        "en": "the row has another number of cells than the header: {text}",
    },
}
"""What was wrong with a rejected row; the row number and the file stand before the sentence."""

SUGGESTED: Final[dict[str, dict[str, str]]] = {
    "same_name": {"ko": "같은 이름의 부서가 여럿임", "en": "several departments bear this name"},
    "without_head": {"ko": "앞의 '{removed}'을(를) 빼면 같음", "en": "the same after removing '{removed}'"},
    "same_but_for": {"ko": "'{different}'만 다름", "en": "the same but for '{different}'"},
    "cut_off": {"ko": "앞의 {length}자가 같음", "en": "begins with the same {length} characters"},
    "similar": {"ko": "비슷함 {score}", "en": "similar {score}"},
    "until": {"ko": "{until}까지의 이름", "en": "a name until {until}"},
}
"""Why a department is suggested for a name; part of a line, not a sentence."""

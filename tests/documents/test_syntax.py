"""A text that is no TOML: what is wrong and where, in either language, for all that the library finds."""

from __future__ import annotations

import re
import tomllib

import pytest

from etl.documents.reading import read_toml
from etl.documents.syntax import syntax_fault
from etl.errors import Fault, UnreadableInput
from etl.messages import MESSAGES, place
from tests.commands.english import english_in

BROKEN = [
    ("a = 1\n가 = 2\n", "toml_no_statement", "2번째 줄, 1번째 글자", {}),
    ("평가\n", "toml_no_statement", "1번째 줄, 1번째 글자", {}),
    ("a = 1 b = 2\n", "toml_more_on_the_line", "1번째 줄, 7번째 글자", {}),
    ("a = 1,000\n", "toml_more_on_the_line", "1번째 줄, 6번째 글자", {}),
    ("a 1\n", "toml_no_equals_sign", "1번째 줄, 3번째 글자", {}),
    ("[가]\n", "toml_name_refused", "1번째 줄, 2번째 글자", {}),
    ("a.가 = 1\n", "toml_name_refused", "1번째 줄, 3번째 글자", {}),
    ("\n[score\n", "toml_heading_not_closed", "2번째 줄, 7번째 글자", {"sign": "]"}),
    ("[[score]\n", "toml_heading_not_closed", "1번째 줄, 8번째 글자", {"sign": "]]"}),
    ("[a.b]\n[a.b]\n", "toml_table_twice", "2번째 줄, 5번째 글자", {"key": "a.b"}),
    ("['it\"s']\n['it\"s']\n", "toml_table_twice", "2번째 줄, 8번째 글자", {"key": 'it"s'}),
    ("a = { b = 1 }\na.c = 2\n", "toml_table_finished", "2번째 줄, 8번째 글자", {"key": "a"}),
    ("[a]\nb.c = 1\n[a.b]\n", "toml_table_twice", "3번째 줄, 5번째 글자", {"key": "a.b"}),
    ("a = []\n[[a]]\n", "toml_table_finished", "2번째 줄, 4번째 글자", {"key": "a"}),
    ("a = 1\na = 2\n", "toml_key_twice", "2번째 줄, 6번째 글자", {}),
    ("a = { b = 1, b = 2 }\n", "toml_key_twice", "1번째 줄, 19번째 글자", {}),
    ("a = [1 2]\n", "toml_list_not_closed", "1번째 줄, 8번째 글자", {}),
    ("a = [1,\n", "toml_value_refused", "2번째 줄", {}),
    ("a = { b = 1\n", "toml_inline_table_not_closed", "1번째 줄, 12번째 글자", {}),
    ('a = "b\n', "toml_text_not_closed", "1번째 줄, 7번째 글자", {}),
    ("a = 'b\nc = 'd'\n", "toml_text_not_closed", "1번째 줄, 7번째 글자", {}),
    ("a = 'b\n", "toml_text_open_to_the_end", "2번째 줄", {}),
    ('a = "b', "toml_text_open_to_the_end", "1번째 줄", {}),
    ("a = 'b", "toml_text_open_to_the_end", "1번째 줄", {}),
    ("a = '''b\n", "toml_text_open_to_the_end", "2번째 줄", {}),
    ('a = """b\n', "toml_text_open_to_the_end", "2번째 줄", {}),
    ('a = "\x01"\n', "toml_sign_refused", "1번째 줄, 6번째 글자", {"sign": r"'\x01'"}),
    ("# \x7f\n", "toml_sign_refused", "1번째 줄, 3번째 글자", {"sign": r"'\x7f'"}),
    ('a = "C:\\data"\n', "toml_backslash", "1번째 줄, 10번째 글자", {}),
    ('a = "\\uZZZZ"\n', "toml_escape_refused", "1번째 줄, 8번째 글자", {}),
    ('a = "\\ud800"\n', "toml_escape_refused", "1번째 줄, 12번째 글자", {}),
    ("a = 2021-02-30\n", "toml_date_refused", "1번째 줄, 5번째 글자", {}),
    ("a = 참\n", "toml_value_refused", "1번째 줄, 5번째 글자", {}),
    ("a = " + "[" * 5000, "document_too_deep", "", {}),
    ("a = 1e99999999999999999999\n", "document_too_deep", "", {}),
]
"""A text, the code of its fault, where a Korean reader is told to look, and the facts."""


@pytest.mark.parametrize(("text", "code", "place_", "facts"), BROKEN)
def test_what_is_wrong_is_told_with_line_and_column_in_either_language(
    text: str, code: str, place_: str, facts: dict[str, str]
) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        read_toml(text.encode(), "규칙.toml", UnreadableInput)
    (fault,) = refusal.value.faults
    assert (fault.code, dict(fault.facts)) == (code, facts)
    assert fault.text("ko").startswith(f"규칙.toml, {place_}: " if place_ else "규칙.toml: ")
    assert not english_in(fault.text("ko"))
    assert not re.search("[가-힣]", fault.text("en").removeprefix("규칙"))


def test_every_sentence_about_toml_is_in_the_table() -> None:
    assert {code for code in MESSAGES if code.startswith("toml_")} == {code for _, code, _, _ in BROKEN} - {
        "document_too_deep"
    }


def test_what_the_library_says_that_nobody_translated_is_quoted() -> None:
    fault = syntax_fault(tomllib.TOMLDecodeError("Something new (at line 2, column 7)"), "a.toml", "")
    assert fault == Fault("document_not_toml", "a.toml, line 2, column 7", {"problem": "Something new"})
    assert "'Something new'" in fault.text("ko")
    assert "Something new" in fault.text("en")


PLACES = [
    ("rules.toml, line 4, score", "rules.toml, 4번째 줄, score"),
    ("scores.csv, row 12 (U02), score", "scores.csv, 12행 (U02), score"),
    ("in line 4.csv, row 2", "in line 4.csv, 2행"),
    ("rules.toml", "rules.toml"),
    ("rules.toml, line up", "rules.toml, line up"),
    ("", ""),
]


@pytest.mark.parametrize(("where", "korean"), PLACES)
def test_where_a_fault_is_is_told_in_the_language_of_the_reader(where: str, korean: str) -> None:
    assert (place(where, "en"), place(where, "ko")) == (where, korean)

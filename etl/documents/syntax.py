"""What is wrong with a text that is no TOML: what the library says of it, as a fault in both languages."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from etl.errors import Fault

_AT: Final = re.compile(r" ?\(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)")

_SAID: Final = {
    "Invalid statement": "toml_no_statement",
    "Expected newline or end of document after a statement": "toml_more_on_the_line",
    "Expected '=' after a key in a key/value pair": "toml_no_equals_sign",
    "Invalid initial character for a key part": "toml_name_refused",
    r"Expected '(?P<sign>\]\]?)' at the end of (?:a table|an array) declaration": "toml_heading_not_closed",
    r"Cannot declare (?P<key>\(.*\)) twice": "toml_table_twice",
    r"Cannot (?:mutate immutable|redefine) namespace (?P<key>\(.*\))": "toml_table_finished",
    "Cannot overwrite a value": "toml_key_twice",
    "Duplicate inline table key .*": "toml_key_twice",
    "Unclosed array": "toml_list_not_closed",
    "Unclosed inline table": "toml_inline_table_not_closed",
    "Unterminated string": "toml_text_open_to_the_end",
    r"(?:Illegal|Found invalid) character '\\n'": "toml_text_not_closed",
    r"Expected [\"'].+[\"']": "toml_text_open_to_the_end",
    "(?:Illegal|Found invalid) character (?P<sign>.+)": "toml_sign_refused",
    r"Unescaped '\\' in a string": "toml_backslash",
    "Invalid hex value": "toml_escape_refused",
    "Escaped character is not a Unicode scalar value": "toml_escape_refused",
    "Invalid date or datetime": "toml_date_refused",
    "Invalid value": "toml_value_refused",
}
"""What the library says of a text, as a pattern, and the code of the fault that says it in both languages."""

_PART_OF_A_KEY: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def syntax_fault(error: tomllib.TOMLDecodeError, label: str, text: str) -> Fault:
    """What is wrong, with its line and, where it is not the end of the text, its column.

    Args:
        error: the library's.
        label: what faults call the document.
        text: the document.
    """
    told = str(error)
    at = _AT.search(told)
    what = _AT.sub("", told)
    where = f"{label}, line {at[1]}, column {at[2]}" if at and at[1] else f"{label}, line {text.count(chr(10)) + 1}"
    for pattern, code in _SAID.items():
        if said := re.fullmatch(pattern, what, re.DOTALL):
            return Fault(code, where, {name: _shown(name, fact) for name, fact in said.groupdict().items()})
    return Fault("document_not_toml", where, {"problem": what})


def _shown(name: str, fact: str) -> str:
    """A key as it is written, `score.grades`; the library shows it as a tuple."""
    return ".".join(part or other for part, other in _PART_OF_A_KEY.findall(fact)) if name == "key" else fact

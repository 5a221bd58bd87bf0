"""Finding the line of a key in TOML as people write it, and as nobody should."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.lines import KeyPath, key_lines, line_of

HOSTILE = '''# [not.a.table]
top = 1
"quoted key" = "a # no comment"
'literal "key"' = 'x = 1'
"tab\\tkey" = 2
dotted . "in parts" . end = true

[table]
text = """
[[not]]
x = 1 \\
"""
after = 1
literal = \'\'\'
key = 'it''s'
\'\'\'
quotes = """a "quoted" text with two at the end"""""
array = [
    1, # one
    [2,
     3],
    { inner = 4, deep = { er = [5,
        6] } },
]
last = 2021-01-01T00:00:00Z

[[many]]
id = "one" # [table]
[[many]]

id = "two"
[many.sub]
key = 1
[[many.sub.list]]
x = 1
[[many.sub.list]]
x = 2
[[many]]
id = "three"
  [ table . spaced ]
  key={a=1,b.c=2}
'''

EXPECTED: list[tuple[KeyPath, int]] = [
    (("top",), 2),
    (("quoted key",), 3),
    (('literal "key"',), 4),
    (("tab\tkey",), 5),
    (("dotted", "in parts", "end"), 6),
    (("table",), 8),
    (("table", "text"), 9),
    (("table", "after"), 13),
    (("table", "literal"), 14),
    (("table", "quotes"), 17),
    (("table", "array"), 18),
    (("table", "array", 0), 19),
    (("table", "array", 1), 20),
    (("table", "array", 1, 1), 21),
    (("table", "array", 2, "inner"), 22),
    (("table", "array", 2, "deep", "er"), 22),
    (("table", "array", 2, "deep", "er", 1), 23),
    (("table", "last"), 25),
    (("many", 0), 27),
    (("many", 0, "id"), 28),
    (("many", 1), 29),
    (("many", 1, "id"), 31),
    (("many", 1, "sub", "key"), 33),
    (("many", 1, "sub", "list", 0, "x"), 35),
    (("many", 1, "sub", "list", 1, "x"), 37),
    (("many", 2, "id"), 39),
    (("table", "spaced"), 40),
    (("table", "spaced", "key", "b", "c"), 41),
]


@pytest.mark.parametrize(("path", "line"), EXPECTED, ids=str)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_key_is_found_on_its_line(path: KeyPath, line: int, newline: str) -> None:
    assert key_lines(HOSTILE.replace("\n", newline))[path] == line


def paths(value: Any, here: KeyPath = ()) -> set[KeyPath]:
    found = {here}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found |= paths(inner, (*here, key))
    return found


def test_every_key_that_the_reader_sees_has_a_line_and_no_other() -> None:
    assert set(key_lines(HOSTILE)) == paths(tomllib.loads(HOSTILE)) - {()}


names = st.sampled_from(["a", "b-c", '"d e"', "'f'", "1"])
values = st.recursive(
    st.sampled_from(["1", "1.5", "true", '"x]}"', "'#'", '"""\n[x]\n"""', "2021-01-01", "[]", "{}"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ",\n  ".join(items) + "]")
        | st.dictionaries(st.sampled_from("pqr"), inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(names, values, max_size=4), st.lists(st.dictionaries(names, values, max_size=3), max_size=3))
def test_generated_documents_have_a_line_for_every_key(table: dict[str, str], many: list[dict[str, str]]) -> None:
    lines = ["[one]", *(f"{key} = {value}" for key, value in table.items())]
    for item in many:
        lines += ["[[many]]", *(f"{key} = {value}  # [x]" for key, value in item.items())]
    text = "\n".join(lines)
    assert set(key_lines(text)) == paths(tomllib.loads(text)) - {()}


def test_a_key_that_is_not_written_is_told_by_the_table_around_it() -> None:
    lines = key_lines(HOSTILE)
    assert line_of(lines, ("many", 1, "weight")) == 29
    assert line_of(lines, ("nowhere", "at", "all")) == 1

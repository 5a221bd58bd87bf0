"""What the kinds of record, their columns and their choices are called, in Korean and English."""

from __future__ import annotations

import ast
import inspect
import tomllib
import types
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin

from etl.contracts import fields
from etl.contracts.rows import InOrder, NeededWhen, OneGiven, RowRule

WORDS: Final = Path(__file__).with_name("words.toml")
"""The one place of these words; the records reference, proposals and templates read it."""


@cache
def record_words() -> dict[str, Any]:
    """The whole of the words."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def heading(kind: str, column: str, language: Literal["ko", "en"]) -> str:
    """What a column is called in a language; `heading` for `column` is what the kind itself is called."""
    korean, english = record_words()[kind][column]
    return str(korean if language == "ko" else english)


def choice_in_korean(choice: str) -> str:
    """What one of the values that a column is limited to means."""
    return str(record_words()["choices"][choice])


def kinds_of_cell() -> dict[str, tuple[Any, str]]:
    """Name of each kind of cell -> its type, and what `fields.py` says right below it."""
    body = ast.parse(inspect.getsource(fields)).body
    told = {}
    for assignment, following in pairwise(body):
        if isinstance(assignment, ast.Assign) and isinstance(following, ast.Expr):
            (target,) = assignment.targets
            name = target.id if isinstance(target, ast.Name) else ""
            told[name] = (getattr(fields, name), str(ast.literal_eval(following.value)))
    return told


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The values a column is limited to; none for any other column."""
    bare = bare_type(annotation)
    return get_args(bare) if get_origin(bare) is Literal else ()


def bare_type(annotation: Any) -> Any:
    """The type of a column without the None that makes it optional."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(option for option in get_args(annotation) if option is not type(None))
    return annotation


def rule_in_words(rule: RowRule, headings: Mapping[str, list[str]]) -> tuple[str, str]:
    """A rule between columns of one row, in Korean and English."""
    match rule:
        case InOrder():
            first, second = headings[rule.first], headings[rule.second]
            return (
                f"{second[0]}(`{rule.second}`)은 {first[0]}(`{rule.first}`)보다 빠를 수 없습니다.",
                f"`{rule.second}` is not before `{rule.first}`.",
            )
        case NeededWhen():
            values = ", ".join(f"`{value}`" for value in rule.values)
            return (
                f"`{rule.other}` 값이 {values}이면 {headings[rule.column][0]}(`{rule.column}`) 칸을 채워야 합니다.",
                f"`{rule.column}` is needed where `{rule.other}` is {values.replace(', ', ' or ')}.",
            )
        case OneGiven():
            first, second = headings[rule.first], headings[rule.second]
            return (
                f"{first[0]}(`{rule.first}`)과 {second[0]}(`{rule.second}`) 가운데 하나는 채워야 합니다.",
                f"`{rule.first}` or `{rule.second}` must be filled.",
            )

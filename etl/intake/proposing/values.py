"""What the cells of a column look like: days and in which form, numbers and how written, codes, words."""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from etl.contracts import fields
from etl.contracts.fields import CODE, DAY, DECIMAL, Grammar, Refers
from etl.contracts.records import RECORDS

FieldType = Literal["day", "number", "choice", "code", "reference", "words", "person"]

_DOTTED: Final = r"(\d{4}|'?\d{2})[.] ?\d{1,2}[.] ?\d{1,2}[.]?"
_WORDED: Final = r"(\d{4}|'?\d{2})년 ?\d{1,2}월 ?\d{1,2}일"
_FORMS: Final = (
    ("iso", r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"),
    ("korean", rf"({_DOTTED}|{_WORDED})( ?\([일월화수목금토](요일)?\))?"),
    ("%Y/%m/%d", r"\d{4}/\d{1,2}/\d{1,2}"),
    ("%Y-%m-%d", r"\d{4}-\d{1,2}-\d{1,2}"),
    ("%y/%m/%d", r"\d{2}/\d{1,2}/\d{1,2}"),
    ("%y-%m-%d", r"\d{2}-\d{1,2}-\d{1,2}"),
    ("%Y.%m.%d %H:%M", r"\d{4}\.\d{1,2}\.\d{1,2} \d{1,2}:\d{2}"),
    ("%Y/%m/%d %H:%M", r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}"),
    ("%d-%b-%Y", r"\d{1,2}-[A-Za-z]{3}-\d{4}"),
    ("%d %b %Y", r"\d{1,2} [A-Za-z]{3} \d{4}"),
    ("%B %d, %Y", r"[A-Za-z]+ \d{1,2}, \d{4}"),
)
"""Forms of days that can mean one day only, as `dates` in sources.toml takes them, and what they look like."""
_TOGETHER: Final = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_EITHER_WAY: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_MONTHS: Final = (("iso", r"\d{4}-\d{2}"), ("korean", r"\d{4}[.] ?\d{1,2}[.]?|(\d{4}|'?\d{2})년 ?\d{1,2}월"))
"""Forms of months without a day."""
_SERIAL: Final = re.compile(r"[34]\d{4}")
_WRITTEN_NUMBER: Final = re.compile(
    r"[-+△▲(]?(\d{1,3}(,\d{3})+|\d+)([.]\d+)?\)? ?(%|명|건|개|원|회|시간|점|일|천|만|억)?"
)
_EMPTY: Final = ("", "-")

DAY_FIRST, MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"


@dataclass(frozen=True, slots=True)
class Days:
    """What a column of days is written in.

    Attributes:
        forms: what `dates` would have to say; empty where every cell is YYYY-MM-DD already.
        fitting: how many of the filled cells are days in one of the forms.
        filled: how many are filled.
        either_way: a cell that may be day and month or month and day, where nothing tells which.
        months: the form and one cell of those that name a month without a day.
    """

    forms: tuple[str, ...]
    fitting: int
    filled: int
    either_way: str | None = None
    months: tuple[str, str] | None = None


@cache
def field_type(kind: str, column: str) -> FieldType:
    """What a column of a contract takes."""
    base, marks = _bare_type(kind, column)
    grammars = [mark for mark in marks if isinstance(mark, Grammar)]
    match base:
        case _ if get_origin(base) is Literal:
            return "choice"
        case _ if base in (int, Decimal) or any(mark.pattern == DECIMAL for mark in grammars):
            return "number"
        case _ if base is date or any(mark.pattern == DAY for mark in grammars):
            return "day"
        case _ if any(isinstance(mark, fields.Personal) for mark in marks):
            return "person"
        case _ if any(isinstance(mark, Refers) for mark in marks):
            return "reference"
        case _ if any(getattr(mark, "pattern", None) == CODE for mark in marks):
            return "code"
        case _:
            return "words"


def choices(kind: str, column: str) -> tuple[str, ...]:
    """The values a column is limited to."""
    base, _ = _bare_type(kind, column)
    return tuple(map(str, get_args(base))) if get_origin(base) is Literal else ()


def is_one_line(kind: str, column: str) -> bool:
    """Whether a column of words takes no line breaks."""
    _, marks = _bare_type(kind, column)
    return any(getattr(mark, "pattern", None) == fields.ONE_LINE for mark in marks)


def _bare_type(kind: str, column: str) -> tuple[Any, list[Any]]:
    hint: Any = get_type_hints(RECORDS[kind], include_extras=True)[column]
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(option for option in get_args(hint) if option is not type(None))
    marks: list[Any] = []
    while hasattr(hint, "__metadata__"):
        marks += hint.__metadata__
        hint = hint.__origin__
    return hint, marks


def filled(cells: Iterable[str]) -> list[str]:
    """The cells that say something; a lone dash does not."""
    return [cell for cell in cells if cell not in _EMPTY]


def days_in(cells: Sequence[str]) -> Days:
    """How the days of a column are written."""
    said = filled(cells)
    found = [(_form_of(cell), cell) for cell in said]
    used = dict.fromkeys(form for form, _ in found if form is not None)
    doubtful = [match for cell in said if (match := _EITHER_WAY.fullmatch(cell))]
    either_way = None
    if doubtful:
        order = _order(doubtful)
        if order is None:
            either_way = doubtful[0][0]
        else:
            signs = dict.fromkeys(match[2] for match in doubtful)
            used |= dict.fromkeys(order.replace("/", sign) for sign in signs)
    months = next(((form, cell) for cell in said for form, look in _MONTHS if re.fullmatch(look, cell, re.ASCII)), None)
    fitting = sum(form is not None for form, _ in found) + len(doubtful)
    forms = tuple(used)
    return Days(() if _are_full(said) else forms, fitting, len(said), either_way, months)


def _form_of(cell: str) -> str | None:
    cell = unicodedata.normalize("NFKC", cell)
    if _TOGETHER.fullmatch(cell):
        return "%Y%m%d"
    return next((form for form, pattern in _FORMS if re.fullmatch(pattern, cell, re.ASCII)), None)


def _are_full(cells: Iterable[str]) -> bool:
    """Whether every day already has the form that contracts take: two digits of month and day."""
    return all(re.fullmatch(DAY, cell) for cell in cells)


def _order(doubtful: Sequence[re.Match[str]]) -> str | None:
    """Which of two numbers is the day, where one that no month has tells; None where nothing does, or both."""
    first, second = any(int(one[1]) > 12 for one in doubtful), any(int(one[3]) > 12 for one in doubtful)
    if first == second:
        return None
    return DAY_FIRST if first else MONTH_FIRST


def are_serials(cells: Sequence[str]) -> bool:
    """Whether all filled cells are days as a spreadsheet counts them."""
    said = filled(cells)
    return bool(said) and all(_SERIAL.fullmatch(cell) for cell in said)


def share_of_numbers(cells: Sequence[str]) -> float:
    """The share of filled cells that are numbers, however written; 1 for a column without any."""
    said = filled(cells)
    return sum(map(is_written_number, said)) / len(said) if said else 1


def is_written_number(cell: str) -> bool:
    """Whether a cell is a number as people write them: separators, signs, units, full width."""
    return bool(_WRITTEN_NUMBER.fullmatch(unicodedata.normalize("NFKC", cell)))


def are_plain_numbers(cells: Iterable[str]) -> bool:
    """Whether every cell is a number that a contract takes as it is, or empty."""
    return all(not cell or re.fullmatch(DECIMAL, cell) for cell in cells)


def look_like_codes(cells: Sequence[str]) -> bool:
    """Whether filled cells are codes rather than names: no blanks, no Hangul or a digit beside it."""
    said = filled(cells)
    return bool(said) and all(re.fullmatch(r"[A-Za-z0-9_.\-]+|[^\s]*\d[^\s]*", cell) for cell in said)


def fit(kind: str, column: str, cells: Sequence[str]) -> float:
    """How well cells fit a column of a contract, from 0 to 1; an empty column fits halfway."""
    said = filled(cells)
    if not said:
        return 0.5
    match field_type(kind, column):
        case "day":
            days = days_in(cells)
            return 1 if are_serials(cells) or days.months or days.either_way else days.fitting / days.filled
        case "number":
            return share_of_numbers(cells)
        case "person":
            return sum(bool(re.fullmatch(fields.PSEUDONYM, cell)) for cell in said) / len(said)
        case "code":
            return sum(bool(re.fullmatch(CODE, cell)) for cell in said) / len(said)
        case _:
            return 0.4 if share_of_numbers(cells) == 1 and field_type(kind, column) == "words" else 1

r"""The kinds of value a cell may hold: one ASCII grammar a kind, shared by pydantic and the compiled check.

A cell arrives as text. Each kind below says which texts it takes *before* anything is converted, because DuckDB and
Python convert differently: DuckDB takes 1.5 and 0x1F for integers, Python takes full-width digits and 1_000. The same
pattern therefore stands in front of both, and `etl.intake.checks` compiles it to SQL as it is written here.
Patterns use character classes only (no `\d`, `\w`, `.` or look-around): they mean the same in Rust, RE2 and Python.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

INTEGER: Final = "^-?[0-9]{1,15}$"
DECIMAL: Final = "^-?[0-9]{1,12}([.][0-9]{1,6})?$"
DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_UNSEEN: Final = "\\x7f-\\x9f\u2028-\u202e\u2066-\u2069"
"""Control characters above ASCII, separators of lines and paragraphs, and changes of the direction of writing.

The last ones stand here as themselves: Rust, RE2 and Python each have an escape of their own for them.
"""

ONE_LINE: Final = f"^[^\\x00-\\x1f{_UNSEEN}]*$"
LINES: Final = f"^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f{_UNSEEN}]*$"
_BLANKS: Final = "\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
"""Blanks above ASCII, and signs that take no room: two codes that look alike would be two codes."""

CODE: Final = f"^[^\\x00-\\x20{_UNSEEN}{_BLANKS}]+$"
PSEUDONYM: Final = "^p[0-9a-f]{32}$"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The texts a kind of cell takes, and the fault to report for any other.

    Args:
        pattern: the whole cell must match it.
        fault: code of the fault (`etl.messages`).
    """

    pattern: str
    fault: str

    def read(self, text: object) -> str:
        """The text unchanged when it follows the grammar.

        Raises:
            PydanticCustomError: it does not; `fault` is the error's type.
        """
        if not isinstance(text, str) or re.fullmatch(self.pattern, text) is None:
            raise PydanticCustomError(self.fault, "does not follow the grammar")
        return text


@dataclass(frozen=True, slots=True)
class Personal:
    """Marks a column about a person: its text is never repeated in a reject, a message or a release."""


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a column that names a record of another kind, by that contract's first key column.

    Args:
        kind: the contract referred to.
    """

    kind: str


_INTEGER = Grammar(INTEGER, "not_an_integer")
_DECIMAL = Grammar(DECIMAL, "not_a_number")
_DAY = Grammar(DAY, "not_a_date")


def _to_integer(text: object) -> int:
    return int(_INTEGER.read(text))


def _to_decimal(text: object) -> Decimal:
    return Decimal(_DECIMAL.read(text))


def _to_day(text: object) -> date:
    try:
        return date.fromisoformat(_DAY.read(text))
    except ValueError:
        raise PydanticCustomError("not_a_date", "no such day") from None


Code = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=CODE)]
"""An identifier kept as text (leading zeros stay): 1 to 200 characters, no blank, nothing unseen."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=ONE_LINE)]
"""One line of words: 1 to 500 characters, no control character, nothing that changes the direction of writing."""

Note = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=LINES)]
"""Words that may run over several lines: 1 to 4,000 characters, of the control characters only tabs and line breaks."""

Pseudonym = Annotated[str, StringConstraints(pattern=PSEUDONYM), Personal()]
"""A person, as a keyed pseudonym: p and 32 hexadecimal digits."""

Integer = Annotated[int, BeforeValidator(_to_integer), _INTEGER]
"""A whole number of up to 15 digits."""

Number = Annotated[Decimal, BeforeValidator(_to_decimal), _DECIMAL]
"""A decimal number: up to 12 digits before the point and 6 after it, so that sums of shares stay exact."""

Day = Annotated[date, BeforeValidator(_to_day), _DAY]
"""A day as YYYY-MM-DD."""

Count = Annotated[Integer, Field(ge=0)]
"""A whole number, zero or more."""

Share = Annotated[Number, Field(gt=0, le=1)]
"""A part of a whole: more than 0, at most 1."""

Quantity = Annotated[Number, Field(ge=0)]
"""A decimal number, zero or more."""

Positive = Annotated[Number, Field(gt=0)]
"""A decimal number greater than zero."""

Rating = Annotated[Integer, Field(ge=1, le=5)]
"""A rating of one to five."""

Mark = Annotated[Number, Field(ge=0, le=100)]
"""A panel's mark: 0 to 100."""

Year = Annotated[Integer, Field(ge=1900, le=2200)]
"""The year of an evaluation."""

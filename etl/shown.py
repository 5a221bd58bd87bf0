"""Numbers and dates as people read them. Rounded half up for the eye only; the exact value stands beside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from etl.errors import Language
from etl.scoring.decimals import plain, rounded

NOTHING: Final = "–"
"""What stands where there is no value."""

MINUS: Final = "−"
_MONTHS: Final = ("January February March April May June July August September October November December").split()


def number(value: Decimal | int | None, places: int = 2, *, fixed: bool = False) -> str:
    """A number with thousands separators and at most so many decimals; with exactly so many if `fixed`."""
    if value is None:
        return NOTHING
    short = rounded(Decimal(value), places) or Decimal(0)  # what rounds to zero has lost its minus
    shown = f"{short:,.{places}f}" if fixed else f"{Decimal(plain(short)):,f}"
    return shown.replace("-", MINUS)


def signed(value: Decimal | int | None, places: int = 2, *, fixed: bool = False) -> str:
    """A difference: +9, −3, ±0."""
    return sign(value) + number(value, places, fixed=fixed)


def sign(value: Decimal | int | None) -> str:
    """What stands before a difference that is not below zero; a number writes its own minus."""
    if value is None or value < 0:
        return ""
    return "+" if value else "±"


def percent(value: Decimal | None, places: int = 0) -> str:
    """A percentage, such as 62 %."""
    return NOTHING if value is None else f"{number(value, places)} %"


def exactly(value: Decimal | None) -> str:
    """The published number itself, every digit of it."""
    return NOTHING if value is None else plain(value)


def day(value: date | None, language: Language) -> str:
    """2021. 12. 31. in Korean, 31 December 2021 in English."""
    if value is None:
        return NOTHING
    if language == "ko":
        return f"{value.year}. {value.month}. {value.day}."
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

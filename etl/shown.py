"""Numbers and dates as people read and write them. Rounded half up for the eye only; the exact value stands beside."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Final

from etl.errors import Language
from etl.scoring.decimals import plain, rounded

NOTHING: Final = "–"
"""What stands where there is no value."""

MINUS: Final = "−"

SEOUL: Final = timezone(timedelta(hours=9), "KST")
"""Korea has had no summer time since 1988, so nine hours are always right and no table of zones is needed."""

_WEEKDAYS: Final[dict[Language, tuple[str, ...]]] = {
    "ko": tuple("월화수목금토일"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_DAY: Final = re.compile(r"([0-9]{4})[-./]\s*([0-9]{1,2})[-./]\s*([0-9]{1,2})\.?")
_DAY_IN_ENGLISH: Final = re.compile("([0-9]{1,2}) ([A-Za-z]+) ([0-9]{4})")
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


def grouped(value: Decimal) -> str:
    """The number itself, every digit of it, with thousands separators: what somebody adds up to compare."""
    return f"{Decimal(plain(value)):,f}"


def day(value: date | None, language: Language) -> str:
    """2021. 12. 31. in Korean, 31 December 2021 in English."""
    if value is None:
        return NOTHING
    if language == "ko":
        return f"{value.year}. {value.month}. {value.day}."
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def day_told(value: date) -> dict[Language, str]:
    """A day as a fact of a sentence that is told in either language."""
    return {"ko": day(value, "ko"), "en": day(value, "en")}


def day_typed(text: str) -> date | None:
    """A day as people write one: 2026. 11. 27., 2026-11-27, 27 November 2026; None for anything else."""
    written, said = _DAY.fullmatch(text.strip()), _DAY_IN_ENGLISH.fullmatch(text.strip())
    try:
        if said:
            return date(int(said[3]), _MONTHS.index(said[2].capitalize()) + 1, int(said[1]))
        return date(*map(int, written.groups())) if written else None
    except ValueError:
        return None


def due(value: date, language: Language) -> str:
    """A last day: 2026. 11. 27.(금) in Korean, Friday 27 November 2026 in English."""
    name = _WEEKDAYS[language][value.weekday()]
    return f"{day(value, language)}({name})" if language == "ko" else f"{name} {day(value, language)}"


def minute(at: datetime | None, language: Language) -> str:
    """A day and time in Korea: 2021. 12. 31. 09:05; whoever writes it says elsewhere that the time is Korea's."""
    if at is None:
        return NOTHING
    local = at.astimezone(SEOUL)
    return f"{day(local.date(), language)} {local:%H:%M}"

"""Numbers with their units, as the rulebook writes them in Korean and as English says them."""

from __future__ import annotations

import re
from typing import Final

from etl.errors import Language
from etl.insight.definitions import define

UNITS_IN_ENGLISH: Final[dict[str, str]] = {
    "건": "",
    "회": "times",
    "명": "people",
    "점": "points",
    "초": "seconds",
    "분": "minutes",
    "시간": "hours",
    "일": "days",
    "개월": "months",
    "개 부서": "departments",
    "개": "",
    "개소": "sites",
    "원": "won",
}
"""Units a rulebook or a record gives in Korean only, where no metric says them in English."""

ONE_IN_ENGLISH: Final[dict[str, str]] = {
    "analyses": "analysis",
    "answers": "answer",
    "attendances": "attendance",
    "awards": "award",
    "cases": "case",
    "completions": "completion",
    "datasets": "dataset",
    "days": "day",
    "departments": "department",
    "downloads": "download",
    "hours": "hour",
    "minutes": "minute",
    "months": "month",
    "people": "person",
    "pilots": "pilot",
    "places": "place",
    "points": "point",
    "policies": "policy",
    "reuses": "reuse",
    "seconds": "second",
    "sessions": "session",
    "sites": "site",
    "tasks": "task",
    "times": "time",
    "users": "user",
}

_HANGUL: Final = re.compile("[가-힣]")


def unit_word(unit: str, metric: str | None, language: Language) -> str:
    """The unit of a value, as the rulebook writes it; in English the metric's own where it means the same."""
    if language == "ko" or not _HANGUL.search(unit):
        return unit
    units = define(metric).units if metric is not None else {"ko": "", "en": ""}
    return units["en"] if units["ko"] == unit else UNITS_IN_ENGLISH.get(unit, unit)


def amount_text(shown: str, unit: str, language: Language) -> str:
    """A number with its unit: 22건 and 62 % in Korean, 22 analyses in English."""
    if not unit:
        return shown
    if language == "en" and shown == "1":
        unit = ONE_IN_ENGLISH.get(unit, unit)
    return f"{shown} {unit}" if language == "en" or not _HANGUL.match(unit) else f"{shown}{unit}"

"""Texts as people and programs write them, to the one form the contracts know; each function gives SQL of a cell.

A text that is in none of the forms asked for stays as it is, so that the contract refuses it and the reject shows what
was received. Nothing is guessed and nothing passes through a float.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from etl.engine import text

MonthMeans = Literal["first_day", "last_day"]
"""The day that a month without a day stands for."""

NAMED_FORMS: Final = ("iso", "korean", "serial")

_WIDE: Final = str.maketrans(
    {
        **{chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)},
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u00a0\u3000", " "),
        **dict.fromkeys("\u2018\u2019", "'"),
        "\uffe6": "\u20a9",
    }
)
"""Full-width signs, the many minus signs and blanks, to their plain ones."""

_SCALES: Final = {
    "천": 3,
    "만": 4,
    "십만": 5,
    "백만": 6,
    "천만": 7,
    "억": 8,
    "십억": 9,
    "백억": 10,
    "천억": 11,
    "조": 12,
}
"""Zeros that a Korean word after a number stands for."""
_COUNTERS: Final = "명 인 건 개 개소 곳 대 종 점 권 부 편 팀 회 시간 원 가구 세대".split()
"""What is counted, said after a number."""

_NUMBER: Final = r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
_SCALE: Final = "|".join(sorted(_SCALES, key=len, reverse=True))
_AFTER: Final = f" ?(?:%|(?:{_SCALE})?(?: ?(?:{'|'.join(_COUNTERS)}))?)"
_WRITTEN: Final = rf"(?:[-+△▲] ?)?₩? ?{_NUMBER}{_AFTER}|\(₩? ?{_NUMBER}{_AFTER}\)"
_PLAIN_NUMBER: Final = r"-?[0-9]+(?:\.[0-9]+)?"
_MOST_DIGITS: Final = 18

_DATE_PARTS: Final = re.compile("%%|%-?[YymdjHIMS]|%[bBp]|[^%]")
_DATE_FORM: Final = re.compile(f"(?:{_DATE_PARTS.pattern})*")
_TIME: Final = r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_YEAR, _MONTH, _DAY = r"([0-9]{4}|'?[0-9]{2})", "([0-9]{1,2})", "([0-9]{1,2})"
_WEEKDAYS: Final = "일월화수목금토"
_WEEKDAY: Final = rf"(?: ?\(([{_WEEKDAYS}])(?:요일)?\))?"
_DAYS: Final = {
    "iso": (f"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){_TIME}",),
    "korean": (rf"{_YEAR}\. ?{_MONTH}\. ?{_DAY}\.?{_WEEKDAY}", f"{_YEAR}년 ?{_MONTH}월 ?{_DAY}일{_WEEKDAY}"),
}
"""Patterns of year, month and day of the forms with names, and of the day of the week where one may follow."""
_MONTHS: Final = {
    "iso": ("([0-9]{4})-([0-9]{2})",),
    "korean": (rf"([0-9]{{4}})\. ?{_MONTH}\.?", f"{_YEAR}년 ?{_MONTH}월"),
}
_LAST_SERIAL: Final = 2_958_465
"""31 December 9999."""
_FIRST_SERIAL_AFTER_FEBRUARY: Final = 61
"""The 1900 system has a 29 February 1900, serial 60, which never was: days before it are one nearer to their origin."""


def on_one_line(cell: str) -> str:
    """SQL: a text whose line breaks and tabs, with the blanks around them, are one blank each."""
    breaks = text(r"[ ]*[\t\n\v\f\r\x{85}\x{2028}\x{2029}][\s\x{85}\x{2028}\x{2029}]*")
    return f"trim(regexp_replace({cell}, {breaks}, ' ', 'g'))"


def written_number(cell: str) -> str:
    """SQL: the digits of a number as people write it; a lone minus is an empty cell.

    It may have thousands separators, full-width digits, a percent sign (12.5% is 12.5), the won sign, a counter (명,
    건, 시간 …), a sign before it (-, △, ▲) or parentheses where it is negative, and one word that multiplies it exactly
    (천, 만, 억 …).
    """
    plain = _plain(cell)
    digits = f"replace(regexp_extract({plain}, '[0-9][0-9.,]*'), ',', '')"
    sign = f"CASE WHEN regexp_matches({plain}, '^[-△▲(]') THEN '-' ELSE '' END"
    written = f"regexp_full_match({plain}, {text(_WRITTEN)})"
    return (
        f"CASE WHEN regexp_full_match({cell}, {text(_PLAIN_NUMBER)}) THEN {cell}"
        f" WHEN {plain} = '-' THEN ''"
        f" WHEN {written} AND NOT regexp_matches({plain}, {text(_SCALE)}) THEN {sign} || {digits}"
        f" WHEN {written} THEN COALESCE({sign} || {_scaled(digits, plain)}, {cell}) ELSE {cell} END"
    )


def _scaled(digits: str, plain: str) -> str:
    """SQL: digits multiplied by the word after them, without superfluous zeros; NULL where they are too many."""
    word = f"regexp_extract({plain}, {text(_SCALE)})"
    zeros = " ".join(f"WHEN {text(scale)} THEN 1{'0' * count}" for scale, count in _SCALES.items())
    factor = f"CAST(CASE {word} {zeros} END AS DECIMAL(13, 0))"
    # Eighteen digits before the point and six behind it, times thirteen, are the 37 that a DECIMAL holds exactly.
    fits = f"regexp_full_match({digits}, '[0-9]{{1,{_MOST_DIGITS}}}([.][0-9]{{1,6}})?')"
    product = f"CAST(TRY_CAST({digits} AS DECIMAL(24, 6)) * {factor} AS VARCHAR)"
    return f"CASE WHEN {fits} THEN regexp_replace({product}, '[.]?0*$', '') END"


def day(cell: str, forms: Sequence[str], month_means: MonthMeans | None) -> str:
    """SQL: the day of a cell as YYYY-MM-DD in the first form that fits, otherwise the cell.

    Args:
        cell: SQL of the text.
        forms: `iso`, `korean`, `serial` or a form of strptime.
        month_means: the day of a month that is written without one; None leaves such a text as it is.
    """
    readings = [reading for form in forms for reading in _readings(cell, form, month_means)]
    return f"COALESCE({', '.join(readings)}, {cell})" if readings else cell


def is_date_form(form: str, month_means: MonthMeans | None) -> bool:
    """Whether a form tells a day: it has a name, or a year and a day in it; a month will do where its day is told."""
    if form in NAMED_FORMS:
        return True
    if _DATE_FORM.fullmatch(form) is None or not re.search("%-?[Yy]", form):
        return False
    return _tells_the_day(form) or (month_means is not None and _tells_the_month(form))


def is_month_form(form: str) -> bool:
    """Whether months without a day are read in a form."""
    return form in _MONTHS or (not _tells_the_day(form) and _tells_the_month(form))


def _tells_the_day(form: str) -> bool:
    return re.search("%-?[jd]", form) is not None


def _tells_the_month(form: str) -> bool:
    return re.search("%-?m|%[bB]", form) is not None


def _readings(cell: str, form: str, month_means: MonthMeans | None) -> list[str]:
    """SQL of the day in one form, NULL where the cell is not in it: days first, then months."""
    if form == "serial":
        return [_serial_day(_plain(cell))]
    if form not in NAMED_FORMS:
        means = None if _tells_the_day(form) else month_means
        return [_day_of(_strptime_date(cell, form), means)]
    plain = _plain(cell)
    days = [_day_of(_written_date(plain, pattern, has_day=True), None) for pattern in _DAYS[form]]
    months = [_day_of(_written_date(plain, pattern, has_day=False), month_means) for pattern in _MONTHS[form]]
    return days + (months if month_means is not None else [])


def _day_of(moment: str, month_means: MonthMeans | None) -> str:
    """SQL: a date as YYYY-MM-DD; of a month its last day where that is meant."""
    found = f"last_day({moment})" if month_means == "last_day" else moment
    return f"strftime({found}, '%Y-%m-%d')"


def _strptime_date(cell: str, form: str) -> str:
    """SQL of the date in a form of strptime. DuckDB alone would read `epoch` as a day, and 21 as the year 21."""
    pattern = "".join(_digits(part) for part in _DATE_PARTS.findall(form))
    return f"CASE WHEN regexp_full_match({cell}, {text(pattern)}) THEN try_strptime({cell}, {text(form)}) END"


def _digits(part: str) -> str:
    """The pattern of one part of a form: a field's digits, or the sign itself."""
    if not part.startswith("%") or part == "%%":
        return re.escape(part[-1])
    most = {"Y": "4", "y": "2", "j": "1,3"}.get(part[-1], "1,2")
    return "[A-Za-z]+" if part[-1] in "bBp" else f"[0-9]{{{most}}}"


def _written_date(plain: str, pattern: str, has_day: bool) -> str:
    """SQL of the date with year, month and day in the groups of a pattern; a year of two digits is of this century."""
    year = f"right('20' || ltrim(regexp_extract({plain}, {text(pattern)}, 1), ''''), 4)"
    month = f"lpad(regexp_extract({plain}, {text(pattern)}, 2), 2, '0')"
    of_month = f"lpad(regexp_extract({plain}, {text(pattern)}, 3), 2, '0')" if has_day else "'01'"
    date = f"TRY_CAST({year} || '-' || {month} || '-' || {of_month} AS DATE)"
    fits = f"regexp_full_match({plain}, {text(pattern)}) AND {year} > '0000'"
    if _WEEKDAY in pattern:
        # A weekday that is not the day's own says that one of the two is wrong, and not which.
        weekday = f"regexp_extract({plain}, {text(pattern)}, 4)"
        fits += f" AND {weekday} IN ('', substr({text(_WEEKDAYS)}, CAST(dayofweek({date}) AS INTEGER) + 1, 1))"
    return f"CASE WHEN {fits} THEN {date} END"


def _serial_day(plain: str) -> str:
    """SQL of the day of a spreadsheet's serial number in the 1900 system; a part of a day is its time."""
    serial = f"TRY_CAST(regexp_extract({plain}, '^[0-9]+') AS INTEGER)"
    origin = f"CASE WHEN {serial} < {_FIRST_SERIAL_AFTER_FEBRUARY} THEN DATE '1899-12-31' ELSE DATE '1899-12-30' END"
    is_serial = f"regexp_full_match({plain}, '[1-9][0-9]{{0,6}}([.][0-9]+)?') AND {serial} <> 60"
    return f"CASE WHEN {is_serial} AND {serial} <= {_LAST_SERIAL} THEN strftime({origin} + {serial}, '%Y-%m-%d') END"


def _plain(cell: str) -> str:
    """SQL: a text with plain digits, signs and blanks, without outer blanks."""
    wide = "".join(map(chr, _WIDE))
    narrow = "".join(str(_WIDE[code]) for code in _WIDE)
    return f"trim(translate({cell}, {text(wide)}, {text(narrow)}))"

"""Empty spreadsheets to fill in, one for each kind of record, which load back without a mapping.

Row 1 holds the headings in the body's language, row 2 the contract's own column names, and records begin in row 3. A
second sheet explains every column. Everything in them comes from the contracts and their words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, get_type_hints
from unicodedata import east_asian_width

import xlsxwriter
from annotated_types import Ge, Gt, Le, Lt

from etl.contracts.records import RECORDS
from etl.contracts.words import (
    bare_type,
    choice_in_korean,
    choices_of,
    heading,
    kinds_of_cell,
    record_words,
    rule_in_words,
)
from etl.documents.flaws import nearest
from etl.errors import Fault, Language, UsageError
from etl.intake.proposing.entries import example
from etl.intake.proposing.values import field_type

_FIRST_RECORD: Final = 2
_LAST_ROW: Final = 1_048_575
_MADE_ON: Final = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date in every template, so that the same contract gives the same bytes."""
_FIRST_DAY_OF_SHEETS: Final = date(1900, 3, 1)
"""Before it, spreadsheets count a day that never was."""
_A4: Final = 9
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "guide": "안내",
        "column": "열",
        "heading": "열 이름",
        "need": "필수",
        "cell": "칸에 적을 것",
        "example": "보기",
        "key": "키(필수)",
        "required": "필수",
        "optional": "선택",
        "start": "'{kind}' 시트의 3행부터 한 행에 한 기록씩 적으세요. 1행과 2행은 고치지 마세요."
        " 파일 이름을 {kind}.xlsx로 두면 sources.toml 없이 읽습니다.",
        "rules": "열 사이의 규칙",
        "refers": "{kind}에 있는 코드",
    },
    "en": {
        "guide": "Guide",
        "column": "column",
        "heading": "heading",
        "need": "needed",
        "cell": "what the cell takes",
        "example": "example",
        "key": "key (required)",
        "required": "required",
        "optional": "optional",
        "start": "Fill in the sheet '{kind}' from row 3 on, one record a row. Leave rows 1 and 2 as they are."
        " Named {kind}.xlsx, the file is read without a sources.toml.",
        "rules": "rules between columns",
        "refers": "a code that stands in {kind}",
    },
}


@dataclass(frozen=True, slots=True)
class Described:
    """One column of a template, in one language."""

    column: str
    heading: str
    need: str
    cell: str
    example: str
    choices: tuple[str, ...]

    @property
    def note(self) -> str:
        """What stands behind the heading."""
        return f"{self.heading} ({self.column})\n{self.need}\n{self.cell}\n→ {self.example}"


def template(kind: str, language: Language, rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """A template of a kind of record as XLSX; the same arguments give the same bytes.

    Args:
        kind: the kind of record.
        language: of headings, notes and guide.
        rows: records to fill in, as text cells by column.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in RECORDS:
        raise UsageError(Fault("proposal_unknown_kind", "", {"kind": kind, "nearest": nearest(kind, RECORDS)}))
    written = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, settings) as book:
        book.set_properties({"title": heading(kind, "heading", language), "created": _MADE_ON})
        _Sheet(book, kind, language).write(rows)
        _write_guide(book, kind, language)
    return written.getvalue()


def write_template(kind: str, target: Path, language: Language) -> None:
    """Write the template of a kind; a file that is there is not replaced.

    Raises:
        UsageError: there is no such kind, or the file is there already.
    """
    made = template(kind, language)
    try:
        with target.open("xb") as stream:
            stream.write(made)
    except FileExistsError:
        raise UsageError(Fault("template_is_there", str(target))) from None


def described(kind: str, language: Language) -> list[Described]:
    """Every column of a kind, in words."""
    hints = get_type_hints(RECORDS[kind], include_extras=True)
    return [_described(kind, column, hints[column], language) for column in RECORDS[kind].model_fields]


def _described(kind: str, column: str, hint: Any, language: Language) -> Described:
    words, contract = _WORDS[language], RECORDS[kind]
    need = (
        "key" if column in contract.key else "required" if contract.model_fields[column].is_required() else "optional"
    )
    return Described(
        column=column,
        heading=heading(kind, column, language),
        need=words[need],
        cell=_cell_in_words(hint, language),
        example=example(kind, column),
        choices=tuple(map(str, choices_of(hint))),
    )


def _cell_in_words(hint: Any, language: Language) -> str:
    choices = choices_of(hint)
    if choices:
        return ", ".join(_choice_in_words(str(choice), language) for choice in choices)
    bare = bare_type(hint)
    refers = next((mark.kind for mark in getattr(bare, "__metadata__", ()) if hasattr(mark, "kind")), None)
    if refers is not None:
        return _WORDS[language]["refers"].format(kind=f"{refers}({heading(refers, 'heading', language)})")
    name, english = next((name, told) for name, (cell, told) in kinds_of_cell().items() if cell == bare)
    return str(record_words()["cells"][name]) if language == "ko" else " ".join(english.split())


def _choice_in_words(choice: str, language: Language) -> str:
    return f"{choice} = {choice_in_korean(choice)}" if language == "ko" else choice


# The sheet to fill in -----------------------------------------------------------------------------------------------


class _Sheet:
    """The sheet of records."""

    def __init__(self, book: Any, kind: str, language: Language) -> None:
        self.kind = kind
        self.columns = described(kind, language)
        self.sheet = book.add_worksheet(kind)
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EAF1FB"}
        )
        self.needed = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#D3E3F8"}
        )
        self.code = book.add_format({"font_size": 8, "font_color": "#666666"})
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.number = book.add_format({"num_format": "General"})

    def write(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Headings, notes, checks of what is typed, print set-up, and the records."""
        for at, column in enumerate(self.columns):
            is_needed = RECORDS[self.kind].model_fields[column.column].is_required()
            self.sheet.write_string(0, at, column.heading, self.needed if is_needed else self.heading)
            self.sheet.write_string(1, at, column.column, self.code)
            self.sheet.write_comment(0, at, column.note, {"x_scale": 2, "y_scale": 1.5, "author": "Jipyo"})
            self.sheet.set_column(at, at, _width(column), self._format(column.column))
            check = _typed_check(self.kind, column)
            if check is not None:
                self.sheet.data_validation(_FIRST_RECORD, at, _LAST_ROW, at, check)
        for number, row in enumerate(rows, start=_FIRST_RECORD):
            for at, column in enumerate(self.columns):
                self._fill(number, at, column.column, row.get(column.column, ""))
        self.sheet.freeze_panes(_FIRST_RECORD, len(RECORDS[self.kind].key))
        self.sheet.repeat_rows(0, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&L&A&R&P / &N")

    def _format(self, column: str) -> Any:
        return {"day": self.day, "number": self.number}.get(field_type(self.kind, column), self.text)

    def _fill(self, row: int, at: int, column: str, cell: str) -> None:
        """A cell as somebody would type it: a day as a day, a number as one unless a spreadsheet would round it."""
        if not cell:
            return
        match field_type(self.kind, column):
            case "day" if date.fromisoformat(cell) >= _FIRST_DAY_OF_SHEETS:
                self.sheet.write_datetime(
                    row, at, datetime.combine(date.fromisoformat(cell), datetime.min.time()), self.day
                )
            case "number" if Decimal(repr(float(cell))) == Decimal(cell):
                self.sheet.write_number(row, at, float(cell))
            case _:
                self.sheet.write_string(row, at, cell, self.text)


def _width(column: Described) -> int:
    longest = max(map(_shown_width, (column.heading, column.column, column.example)))
    return min(max(longest + 2, 10), 40)


def _shown_width(text: str) -> int:
    """Characters of a text on the screen: Hangul and Hanja take two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _typed_check(kind: str, column: Described) -> dict[str, Any] | None:
    """What a spreadsheet refuses while somebody types; the contract checks all of it again."""
    if column.choices:
        return {"validate": "list", "source": list(column.choices)}
    match field_type(kind, column.column):
        case "day":
            return {"validate": "date", "criteria": ">=", "value": _FIRST_DAY_OF_SHEETS}
        case "number":
            return _number_check(kind, column.column)
        case _:
            return None


def _number_check(kind: str, column: str) -> dict[str, Any]:
    """The bounds of a column of numbers, as its contract has them."""
    bounds = dict(_bounds(kind, column))
    whole = "integer" if _is_whole(kind, column) else "decimal"
    low, high = bounds.get("low"), bounds.get("high")
    if low is not None and high is not None:
        return {"validate": whole, "criteria": "between", "minimum": low, "maximum": high}
    if low is not None:
        return {"validate": whole, "criteria": ">=", "value": low}
    return {"validate": whole, "criteria": "between", "minimum": -999_999_999_999, "maximum": 999_999_999_999}


def _bounds(kind: str, column: str) -> Iterator[tuple[str, float]]:
    for mark in _marks(kind, column):
        match mark:
            case Ge(ge=bound) | Gt(gt=bound):
                yield "low", float(str(bound))
            case Le(le=bound) | Lt(lt=bound):
                yield "high", float(str(bound))


def _is_whole(kind: str, column: str) -> bool:
    bare: Any = bare_type(get_type_hints(RECORDS[kind], include_extras=True)[column])
    while hasattr(bare, "__origin__"):
        bare = bare.__origin__
    return bare is int


def _marks(kind: str, column: str) -> Iterator[Any]:
    """Every mark on a column's type, those inside its field definitions too."""
    bare: Any = bare_type(get_type_hints(RECORDS[kind], include_extras=True)[column])
    for mark in getattr(bare, "__metadata__", ()):
        yield from getattr(mark, "metadata", (mark,))


# The guide ----------------------------------------------------------------------------------------------------------


def _write_guide(book: Any, kind: str, language: Language) -> None:
    words = _WORDS[language]
    sheet = book.add_worksheet(words["guide"])
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, f"{heading(kind, 'heading', language)} ({kind})", bold)
    sheet.write_string(1, 0, words["start"].format(kind=kind))
    for at, (head, width) in enumerate(
        zip(("column", "heading", "need", "cell", "example"), (20, 24, 12, 80, 24), strict=True)
    ):
        sheet.write_string(3, at, words[head], bold)
        sheet.set_column(at, at, width)
    row = 3
    for row, column in enumerate(described(kind, language), start=4):
        for at, text in enumerate((column.column, column.heading, column.need, column.cell, column.example)):
            sheet.write_string(row, at, text, wrapped)
    rules = [rule_in_words(rule, record_words()[kind]) for rule in RECORDS[kind].rules]
    if rules:
        sheet.write_string(row + 2, 0, words["rules"], bold)
        for number, (korean, english) in enumerate(rules, start=row + 3):
            sheet.write_string(number, 0, korean if language == "ko" else english)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)

"""A workbook of tables that print well: headings frozen and repeated, exact numbers, text that cannot become a formula.

A spreadsheet holds a number in 15 significant digits. A number with more stands rounded to these 15, and its exact text
stands in a column of its own at the right end of the table.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name, xl_range

from etl.errors import Language
from etl.exports.carried import Carried
from etl.exports.harmless import looks_like_formula
from etl.exports.tables import Control
from etl.scoring.decimals import plain, total

HEAD_ROW: Final = 4
"""The row of headings, counted from 0; the first record stands below it on every sheet."""
MOST_ROWS: Final = 1_048_576
DIGITS: Final = 15
_FITTING: Final = Context(prec=DIGITS, rounding=ROUND_HALF_UP)
_PLACES_OF_LONG: Final = 4
_NAME_UNITS: Final = 31
_UNSHEETLIKE: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_RESERVED: Final = {"history"}
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it, spreadsheets count a day that never was."""
_A4: Final = 9
_UNTOLD: Final = datetime(2000, 1, 1, tzinfo=UTC)
_FONT: Final = {"font_name": "맑은 고딕", "font_size": 10, "valign": "vcenter"}
_LINE: Final[dict[str, object]] = {"bottom": 1, "bottom_color": "#D9D9D9"}
_LIVE_COLOUR: Final = "#1F5FA8"
_WIDEST: Final = 60
_LINE_HEIGHT: Final = 15
_MARGIN: Final = 3
"""What a column is wider than its longest text."""
_MEASURED: Final = 400
"""How many rows are looked at for the width of a column."""

_EXACT: Final[dict[Language, str]] = {"ko": "{head} (정확한 값)", "en": "{head} (exact)"}
_PAGE: Final[dict[Language, str]] = {"ko": "&P / &N쪽", "en": "&P / &N"}


@dataclass(frozen=True, slots=True)
class Live:
    """A formula that the spreadsheet computes.

    Attributes:
        formula: with `{row}` for the number of its own row.
        shown: what stands there until it is computed.
    """

    formula: str
    shown: Decimal | str


Cell = str | int | Decimal | date | Live | None
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        head: its heading.
        note: what a comment on the heading says.
        has_bars: whether numbers are shown as bars too.
        is_controlled: whether its sum travels with the sheet.
        places: decimals to show; None shows as many as there are.
    """

    head: str
    note: str = ""
    has_bars: bool = False
    is_controlled: bool = False
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written.

    Attributes:
        name: of the sheet, as `Book.named` gave it.
        title: in large letters above the table.
        lead: up to two lines between title and table.
        key_columns: how many columns stay when a reader scrolls to the right.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    lead: Sequence[str] = ()
    key_columns: int = 2


@dataclass
class Told:
    """What the notes tell of a workbook: formula-like texts, numbers with more digits than a spreadsheet has."""

    formula_like: int = 0
    long_numbers: int = 0
    controls: dict[str, Control] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)


class _KeptOpen(io.BytesIO):
    """Stays open for the archive that a full disk left half written: it is closed when nobody looks any more."""

    def close(self) -> None:
        """Nothing; its memory is given back with the object."""


class Book:
    """A workbook being written.

    Args:
        carried: the release and what the export says of itself.
        language: of headings and notes.
        work: a folder for what is made on the way.
    """

    def __init__(self, carried: Carried, language: Language, work: Path) -> None:
        self.carried, self.language, self.told, self._made = carried, language, Told(), _KeptOpen()
        settings: dict[str, object] = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(work),
            "constant_memory": True,  # a row is put aside as soon as the next begins: they are written in order
        }
        self._book = xlsxwriter.Workbook(self._made, settings)
        made = carried.taken.at if carried.taken else _UNTOLD
        self._book.set_properties(
            {
                "title": " · ".join((*carried.marks(language), carried.title(language))),
                "subject": carried.reading.manifest.name,
                "author": carried.taken.by if carried.taken else "",
                "comments": carried.reading.manifest.release_id,
                "created": made.astimezone(UTC).replace(tzinfo=None),
            }
        )
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def content(self) -> memoryview:
        """The workbook, finished.

        Raises:
            OSError: what is made on the way cannot be written.
        """
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from None
        return self._made.getbuffer()

    def named(self, said: str) -> str:
        """A legal name that no other sheet has, as near to what is said as may be."""
        base = _UNSHEETLIKE.sub(" ", said).strip("' ") or "–"
        if base.lower() in _RESERVED:
            base += "_"
        name, number = _cut(base, _NAME_UNITS), 1
        while name.lower() in self._names:
            number += 1
            tail = f" ({number})"
            name = _cut(base, _NAME_UNITS - len(tail)) + tail
        self._names.add(name.lower())
        return name

    def format(self, **properties: object) -> Any:
        """A format; equal ones are one."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **properties})
        return self._formats[key]

    def bare_sheet(self, name: str) -> Any:
        """An empty sheet, set up for A4."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        sheet.hide_gridlines(2)
        sheet.fit_to_pages(1, 0)
        marks = " · ".join(self.carried.marks(self.language)).replace("&", "&&")
        sheet.set_header(f"&C&B&14&KC00000{marks}" if marks else "")
        release = self.carried.reading.manifest.name
        sheet.set_footer(f"&L&8 {release}&C&8 &A&R&8 {_PAGE[self.language]}")
        return sheet

    def table(self, said: Sheet, kept: Any = None) -> None:
        """Write a table, on several sheets where one cannot hold its rows.

        Args:
            said: the table.
            kept: an empty sheet that was made for it before others; a new one unless it is given.
        """
        most = MOST_ROWS - HEAD_ROW - 1
        parts = [said.rows[start : start + most] for start in range(0, len(said.rows), most)] or [()]
        for number, rows in enumerate(parts):
            name = said.name if number == 0 else self.named(said.name)
            sheet = kept if kept is not None and number == 0 else self.bare_sheet(name)
            _TableWriter(self, sheet, said, rows).write()
            self.told.titles[name] = said.title
            self.told.controls[name] = _control(said.columns, rows)

    def text(self, sheet: Any, row: int, at: int, text: str, **properties: object) -> None:
        """A text cell; one that looks like a formula is marked as text for good."""
        if looks_like_formula(text):
            self.told.formula_like += 1
            properties["quote_prefix"] = True
        sheet.write_string(row, at, text, self.format(**properties))


@dataclass(frozen=True, slots=True)
class _Forms:
    """The formats of a table's cells; those of numbers by column."""

    text: Any
    long_text: Any
    blank: Any
    day: Any
    numbers: Sequence[Any]
    live: Sequence[Any]
    live_text: Any

    @classmethod
    def of(cls, book: Book, shown: Sequence[str]) -> _Forms:
        """The formats for columns whose numbers are shown so."""
        return cls(
            text=book.format(**_LINE, num_format="@", indent=1),
            long_text=book.format(**_LINE, num_format="@", indent=1, text_wrap=True),
            blank=book.format(**_LINE),
            day=book.format(**_LINE, num_format="yyyy. m. d." if book.language == "ko" else "yyyy-mm-dd"),
            numbers=[book.format(**_LINE, num_format=form) for form in shown],
            live=[book.format(**_LINE, num_format=form, font_color=_LIVE_COLOUR) for form in shown],
            live_text=book.format(**_LINE, font_color=_LIVE_COLOUR, indent=1),
        )


class _TableWriter:
    """One sheet of a table."""

    def __init__(self, book: Book, sheet: Any, said: Sheet, rows: Sequence[Row]) -> None:
        self._book, self._sheet, self._said, self._rows = book, sheet, said, rows
        self._long = [at for at in range(len(said.columns)) if any(is_long(row[at]) for row in rows)]
        exact = _EXACT[book.language]
        self._heads = [column.head for column in said.columns]
        self._heads += [exact.format(head=said.columns[at].head) for at in self._long]
        shown = [number_format((row[at] for row in rows), said.columns[at].places) for at in range(len(said.columns))]
        self._forms = _Forms.of(book, shown)

    def write(self) -> None:
        """Title, headings, records, and how it scrolls, filters and prints."""
        self._write_top()
        for number, row in enumerate(self._rows, start=HEAD_ROW + 1):
            lines = max((_lines(cell) for cell in row), default=1)
            if lines > 1:
                self._sheet.set_row(number, _LINE_HEIGHT * lines)
            for at, cell in enumerate(row):
                self._write_cell(number, at, cell)
            for beside, at in enumerate(self._long, start=len(row)):
                self._write_exact(number, beside, row[at])
        self._write_bars()
        last = HEAD_ROW + max(len(self._rows), 1)
        self._sheet.autofilter(HEAD_ROW, 0, last, len(self._heads) - 1)
        self._sheet.freeze_panes(HEAD_ROW + 1, min(self._said.key_columns, len(self._heads)))
        self._sheet.repeat_rows(HEAD_ROW)
        self._sheet.print_area(0, 0, last, len(self._said.columns) - 1)

    def _write_top(self) -> None:
        book, sheet, carried = self._book, self._sheet, self._book.carried
        marks = carried.marks(book.language)
        sheet.set_row(0, 28)
        book.text(sheet, 0, 0, " · ".join((*marks[:1], self._said.title)), bold=True, font_size=16, **_loud(marks))
        facts = [*marks, carried.title(book.language), carried.reading.manifest.name]
        book.text(sheet, 1, 0, " · ".join(facts), font_color="#555555")
        for number, line in enumerate(self._said.lead[: HEAD_ROW - 2], start=2):
            book.text(sheet, number, 0, line, font_color="#555555")
        head = {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#DCE6F2", "border": 1}
        sheet.set_row(HEAD_ROW, 34)
        for at, text in enumerate(self._heads):
            book.text(sheet, HEAD_ROW, at, text, **head, border_color="#8EA9C8")
            sheet.set_column(at, at, self._width(at))
        for at, column in enumerate(self._said.columns):
            if column.note:
                size = {"x_scale": 2.6, "y_scale": 1 + column.note.count("\n") * 0.25, "author": "Jipyo"}
                sheet.write_comment(HEAD_ROW, at, column.note, {**size, "font_size": 9})

    def _write_cell(self, row: int, at: int, cell: Cell) -> None:
        forms = self._forms
        match cell:
            case Live():
                is_text = isinstance(cell.shown, str)
                shown = cell.shown if is_text else float(cell.shown)
                form = forms.live_text if is_text else forms.live[at]
                self._sheet.write_formula(row, at, "=" + cell.formula.replace("{row}", str(row + 1)), form, shown)
            case int() | Decimal():
                self._book.told.long_numbers += is_long(cell)
                self._sheet.write_number(row, at, _FITTING.plus(Decimal(plain(Decimal(cell)))), forms.numbers[at])
            case date() if cell >= _FIRST_DAY:
                self._sheet.write_datetime(row, at, datetime.combine(cell, datetime.min.time()), forms.day)
            case None:
                self._sheet.write_blank(row, at, None, forms.blank)
            case str() if not looks_like_formula(cell):
                self._sheet.write_string(row, at, cell, forms.long_text if _lines(cell) > 1 else forms.text)
            case _:
                self._book.text(self._sheet, row, at, str(cell), **_LINE, num_format="@", indent=1)

    def _write_exact(self, row: int, at: int, cell: Cell) -> None:
        exact = plain(cell) if isinstance(cell, Decimal) and is_long(cell) else ""
        self._book.text(self._sheet, row, at, exact, num_format="@", font_color="#555555", font_size=9)

    def _write_bars(self) -> None:
        for at, column in enumerate(self._said.columns):
            if column.has_bars and self._rows:
                place = xl_range(HEAD_ROW + 1, at, HEAD_ROW + len(self._rows), at)
                bar = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
                self._sheet.conditional_format(place, bar)

    def _width(self, at: int) -> float:
        """Wide enough for the longest of the first cells; headings may break into two lines."""
        longest: float = max((shown_width(part) for part in self._heads[at].split()), default=0)
        longest = max(longest, shown_width(self._heads[at]) * 0.65)
        if at < len(self._said.columns):
            longest = max([longest, *(_cell_width(row[at]) for row in self._rows[:_MEASURED])])
        else:
            longest = 38
        return min(longest + _MARGIN, _WIDEST)


def _loud(marks: Sequence[str]) -> dict[str, object]:
    return {"font_color": "#C00000"} if marks else {}


def _control(columns: Sequence[Column], rows: Sequence[Row]) -> Control:
    at = next((at for at, column in enumerate(columns) if column.is_controlled), None)
    if at is None:
        return Control(len(rows), None, None)
    amounts = [Decimal(cell) for row in rows if isinstance(cell := row[at], int | Decimal)]
    return Control(len(rows), columns[at].head, total(amounts))


def number_format(cells: Iterator[Cell], places: int | None) -> str:
    """How a column of numbers is shown: with as many decimals as its numbers have, four where they have no end."""
    if places is None:
        shown = [cell.shown if isinstance(cell, Live) else cell for cell in cells]
        known = [cell for cell in shown if isinstance(cell, int | Decimal)]
        short = max((_places(Decimal(cell)) for cell in known if not is_long(cell)), default=0)
        places = max(short, _PLACES_OF_LONG) if any(is_long(cell) for cell in known) else short
    return f"#,##0.{'0' * places}" if places else "#,##0"


def is_long(cell: Cell) -> bool:
    """Whether a number has more digits than a spreadsheet holds."""
    if not isinstance(cell, int | Decimal):
        return False
    return len(plain(abs(Decimal(cell))).replace(".", "").strip("0")) > DIGITS


def _places(number: Decimal) -> int:
    return len(plain(number).partition(".")[2])


def _cell_width(cell: Cell) -> int:
    match cell:
        case Live():
            return 8
        case int() | Decimal():
            return min(shown_width(f"{cell:,}"), 14)
        case None:
            return 0
        case _:
            return shown_width(str(cell))


def _lines(cell: Cell) -> int:
    """How many lines a text takes in the widest column."""
    return -(-shown_width(cell) // (_WIDEST - _MARGIN)) if isinstance(cell, str) and cell else 1


def shown_width(text: str) -> int:
    """Characters of a text on the screen: Hangul and Hanja take two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(name: str, units: int) -> str:
    """The name in at most so many UTF-16 units, as spreadsheets count, with no quote or blank at its end."""
    while len(name.encode("utf-16-le")) // 2 > units:
        name = name[:-1]
    return name.rstrip("' ")


def letter(at: int) -> str:
    """The letters of a column."""
    return str(xl_col_to_name(at))


def reference(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"

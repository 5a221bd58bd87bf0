"""The page that goes with an archive of tables: where it comes from, what is in it, what a receiver can count again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from etl.errors import Language
from etl.exports.carried import Carried
from etl.exports.tables import Control, Table
from etl.shown import grouped

ABOUT: Final = "README.txt"
COLUMNS: Final = "columns.csv"
BOM: Final = "\ufeff"
_HEADS: Final[dict[Language, tuple[str, str]]] = {
    "ko": ("들어 있는 표와 검산할 합계", "알아 둘 것"),
    "en": ("Tables, and totals to check them by", "Notes"),
}


def about_page(
    carried: Carried,
    controls: Mapping[Table, Control],
    suffix: str,
    notes: Mapping[Language, Sequence[str]],
    first: Language = "ko",
) -> bytes:
    """The page in both languages, as text that any editor opens.

    Args:
        carried: what the export carries.
        controls: what went into each table.
        suffix: of the files.
        notes: what a reader must know, in each language.
        first: the language that stands first.
    """
    languages: tuple[Language, ...] = ("ko", "en") if first == "ko" else ("en", "ko")
    pages = [
        page_text(carried, _contents(controls, suffix, language), notes[language], language) for language in languages
    ]
    return BOM.encode() + b"".join(page.removeprefix(BOM.encode()) for page in pages)


def page_text(
    carried: Carried,
    contents: Sequence[str],
    notes: Sequence[str],
    language: Language,
    before: tuple[str, Sequence[str]] | None = None,
) -> bytes:
    """The page in one language.

    Args:
        carried: what the export carries.
        contents: what is in it, with what can be counted again, a line each.
        notes: what a reader must know.
        language: of the page.
        before: a heading and lines of what is in it that is no table.
    """
    return (BOM + "\r\n".join(_page(carried, contents, notes, language, before)) + "\r\n").encode("utf-8")


def _contents(controls: Mapping[Table, Control], suffix: str, language: Language) -> list[str]:
    return [
        f"{table.name}{suffix} ({table.word(language)}): {control_text(table, control, language)}"
        for table, control in controls.items()
    ]


def _page(
    carried: Carried,
    contents: Sequence[str],
    notes: Sequence[str],
    language: Language,
    before: tuple[str, Sequence[str]] | None,
) -> Iterator[str]:
    tables, remarks = _HEADS[language]
    yield from (f"*** {mark} ***" for mark in carried.marks(language))
    yield from (f"{label}: {value}" for label, value in carried.facts(language))
    if before is not None:
        heading, lines = before
        yield from ("", f"[{heading}]", *lines)
    yield from ("", f"[{tables}]")
    yield from contents
    yield from ("", f"[{remarks}]")
    yield from (f"- {note}" for note in notes)
    yield ""


def control_text(table: Table, control: Control, language: Language) -> str:
    """How many rows a table has and what its controlled column adds up to."""
    rows = f"{control.rows:,}행" if language == "ko" else f"{control.rows:,} rows"
    if control.column is None:
        return rows
    word = table.column_word(control.column, language)
    added = grouped(control.total or Decimal(0))
    return f"{rows}, {word} 합계 {added}" if language == "ko" else f"{rows}, {word} adds up to {added}"


def columns_page(tables: Iterable[Table]) -> bytes:
    """What every column of every table is called, as CSV."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(("table", "column", "ko", "en"))
    for table in tables:
        for column in table.columns:
            writer.writerow((table.name, column, table.column_word(column, "ko"), table.column_word(column, "en")))
    return (BOM + buffer.getvalue()).encode("utf-8")

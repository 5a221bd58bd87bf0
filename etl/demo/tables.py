"""Rows of a received file, and small ways to write their cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """One received file before it is bytes.

    Args:
        file: its name.
        headings: the first line.
        rows: one tuple of cells a line, as many as headings.
        encoding: how it is stored.
        delimiter: between cells.
    """

    file: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = "utf-8-sig"
    delimiter: str = ","


def dotted(day: date | None) -> str:
    """A day as Korean offices write it: 2021. 03. 02."""
    return "" if day is None else f"{day.year}. {day.month:02d}. {day.day:02d}."


def plain(day: date | None) -> str:
    """A day as YYYY-MM-DD, or an empty cell."""
    return "" if day is None else day.isoformat()


def tenths(hundredths: int) -> str:
    """A share in hundredths as decimal text without trailing zeros: 60 is 0.6, 100 is 1."""
    return "1" if hundredths == 100 else f"0.{hundredths:02d}".rstrip("0")

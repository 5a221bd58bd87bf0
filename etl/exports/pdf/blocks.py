"""The blocks a report is made of, as the template sets them: headings, points, tables, figures, drawings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
Cell = str | dict[str, float]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        head: its heading.
        width: in millimetres; 0 takes what is left.
        align: `left`, `right` or `center`.
        is_strong: whether its texts are bold.
    """

    head: str
    width: float = 0
    align: str = "left"
    is_strong: bool = False


def columns_of(heads: Sequence[str], widths: Sequence[float], aligns: Sequence[str], strong: int) -> list[Column]:
    """The columns of a table, of which one, by its position, is bold."""
    parts = enumerate(zip(heads, widths, aligns, strict=True))
    return [Column(head, width, align, is_strong=at == strong) for at, (head, width, align) in parts]


def chapter(title: str, blocks: Iterable[Block]) -> dict[str, Any]:
    """A part of the report that begins on a new page."""
    return {"title": title, "blocks": list(blocks)}


def heading(text: str, level: int = 2) -> Block:
    """A heading below that of the chapter."""
    return {"kind": "heading", "text": text, "level": level}


def points(texts: Iterable[str]) -> Block:
    """One line or more, each with a mark."""
    return {"kind": "points", "texts": list(texts)}


def note(text: str) -> Block:
    """A remark in small letters."""
    return {"kind": "note", "text": text}


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Block:
    """A table; it goes on over pages, each with its head. Without rows nothing is set.

    A cell is a text, or a drawing: `{"share", "mark"}` a bar out of a whole with a mark, `{"from", "to", "at"}` a range
    with a point in it, `{"delta"}` a bar to the left or right of the middle; all as shares of the width.
    """
    return {
        "kind": "table",
        "heads": [column.head for column in columns],
        "widths": [column.width for column in columns],
        "aligns": [column.align for column in columns],
        "strong": [at for at, column in enumerate(columns) if column.is_strong],
        "rows": [list(row) for row in rows],
    }


def figures(rows: Iterable[Sequence[str]]) -> Block:
    """Label, figure, what stands beside it; up to four in a row."""
    return {"kind": "figures", "rows": [list(row) for row in rows]}


def strip(drawn: dict[str, Any] | None) -> Block:
    """The scores of a group on a line; nothing where there is none."""
    return {"kind": "strip", "strip": drawn}


def facts(pairs: Iterable[Sequence[str]]) -> Block:
    """Labels and values."""
    return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}


def trend(title: str, years: Iterable[dict[str, Any]], alt: str) -> Block:
    """A figure year by year: `year`, `text`, `share` of the highest, `target` likewise or None."""
    return {"kind": "trend", "title": title, "years": list(years), "alt": alt}


def department(name: str, beside: str, why: Iterable[str], steps: Iterable[str]) -> Block:
    """A department with what holds it back and what would take it on."""
    return {"kind": "department", "name": name, "beside": beside, "why": list(why), "steps": list(steps)}


def together(blocks: Iterable[Block]) -> Block:
    """Blocks that stay on one page."""
    return {"kind": "together", "blocks": list(blocks)}

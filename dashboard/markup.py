"""HTML in which text is never markup: every string is escaped here, and only here.

Real tables and links, because a grid drawn on a canvas can be read neither by a screen reader nor by the browser's
search, and opens its links in new windows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Final, Literal, NewType
from unicodedata import east_asian_width

from etl.shown import exactly

Html = NewType("Html", str)
"""Text that is safe to put into a page as it is."""

_LARGE_LETTERS: Final = 8
"""Columns of a word that stands in the narrowest figure of a page's head in large letters."""
_NUMBER: Final = re.compile(r"-?[0-9]+([.][0-9]+)?")
Align = Literal["text", "number", "long", "wide", "tight"]


def safe(text: object) -> Html:
    """Any text, so that it shows as it is written."""
    return Html(escape(str(text), quote=True))


def join(parts: Iterable[Html], between: str = "") -> Html:
    """Pieces of HTML one after the other; `between` is text."""
    return Html(safe(between).join(parts))


def tag(name: str, content: Html, css: str = "", **attributes: str) -> Html:
    """An element. Attribute names may end in an underscore, as `for_` does."""
    pairs = {"class": css, **attributes}
    written = "".join(f' {key.rstrip("_")}="{escape(value, quote=True)}"' for key, value in pairs.items() if value)
    return Html(f"<{name}{written}>{content}</{name}>")


def paragraph(text: str, css: str = "") -> Html:
    """A paragraph of plain text."""
    return tag("p", safe(text), css)


def small(text: str) -> Html:
    """A remark under what stands in a cell; nothing of nothing."""
    return tag("span", safe(text), "jp-small") if text else Html("")


def bullets(sentences: Iterable[str]) -> Html:
    """Sentences as a list."""
    return tag("ul", join(tag("li", safe(sentence)) for sentence in sentences), "jp-sentences")


def link(text: str, href: str, css: str = "", description: str = "") -> Html:
    """A link to another page of the dashboard, opened in the same window."""
    return tag("a", safe(text), css, href=href, target="_self", title=description)


def exact(shown: str, value: Decimal | None) -> Html:
    """A number as shown, with the published digits at hand where they are more.

    Args:
        shown: the number as text; a unit may stand around it.
        value: the published number; None where there is none.
    """
    told = _NUMBER.search(shown.replace(",", "").replace("−", "-"))
    is_whole = value is None or (told is not None and Decimal(told.group()) == value)
    title = "" if is_whole else exactly(value)
    return tag("span", safe(shown), "jp-exact" if title else "jp-whole", title=title)


def bar(share_pct: Decimal, text: Html) -> Html:
    """A number over a bar that starts at zero; the share is cut to 0 to 100 percent."""
    width = min(max(share_pct, Decimal(0)), Decimal(100))
    fill = Html(f'<span class="jp-bar-fill" style="width:{width:.2f}%"></span>')
    return tag("span", Html(fill + tag("span", text, "jp-bar-text")), "jp-bar")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; a long one may break anywhere, a wide one keeps room for sentences, a tight one none.

    Attributes:
        means: leads to what its title means, where that is no everyday word.
    """

    title: str
    align: Align = "text"
    means: Html = Html("")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; `css` says how it differs from its neighbours."""

    cells: Sequence[Html]
    css: str = ""


def table(
    caption: str, columns: Sequence[Column], lines: Iterable[Line], heads: int = 0, *, stacks: bool = False
) -> Html:
    """A table that scrolls sideways where there is no room, by keyboard too.

    Args:
        caption: what it shows, for those who do not see it.
        columns: with their titles.
        lines: the rows.
        heads: position of the column that names its row; it stays in view.
        stacks: whether on a phone the cells after the third stand below the others, over the whole width.
    """
    head = join(tag("th", Html(safe(column.title) + column.means), _css(column), scope="col") for column in columns)
    body = join(_row(columns, line, heads) for line in lines)
    inner = tag("caption", safe(caption)) + tag("thead", tag("tr", head)) + tag("tbody", body)
    named = {"role": "region", "aria-label": caption, "tabindex": "0"}
    css = "jp-table jp-stacks" if stacks else "jp-table"
    return tag("div", tag("table", Html(inner), css), "jp-table-frame", **named)


def _row(columns: Sequence[Column], line: Line, heads: int) -> Html:
    pairs = enumerate(zip(columns, line.cells, strict=True))
    written = (
        tag("th", cell, _css(column), scope="row") if at == heads else tag("td", cell, _css(column))
        for at, (column, cell) in pairs
    )
    return tag("tr", join(written), line.css)


def _css(column: Column) -> str:
    return "" if column.align == "text" else f"jp-{column.align}"


_MARKDOWN_SIGNS: Final = frozenset("\\`*_{}[]()<>#+-.!|~$:@&=")


def no_markdown(text: str) -> str:
    """Text for a label that would otherwise be read as Markdown: every sign that means something there is escaped."""
    return "".join(f"\\{sign}" if sign in _MARKDOWN_SIGNS else sign for sign in " ".join(text.split()))


def columns_of(text: str) -> int:
    """How wide a text is, in columns: Hangul takes two."""
    return sum(_columns(text))


def _columns(text: str) -> list[int]:
    return [2 if east_asian_width(letter) in "WF" else 1 for letter in text]


def shortened(text: str, columns: int) -> str:
    """A text that fits a label: cut with an ellipsis at so many columns, of which Hangul takes two."""
    plain = " ".join(text.split())
    widths = _columns(plain)
    if sum(widths) <= columns:
        return plain
    fits = next(at for at in range(len(plain)) if sum(widths[: at + 1]) > columns - 1)
    return plain[:fits].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the head of a page, with what to compare it with.

    Attributes:
        term: what the glossary calls it, as a key; empty where its name says enough.
        href: where its value leads; empty where it leads nowhere.
    """

    name: str
    value: str
    beside: str
    term: str = ""
    href: str = ""


def facts_row(facts: Iterable[Fact], means: Callable[[str], Html] = lambda _term: Html("")) -> Html:
    """The figures at the head of a page.

    Args:
        facts: the figures.
        means: leads to what a term means, by its key in the glossary.
    """
    return tag("div", join(_fact(fact, means(fact.term) if fact.term else Html("")) for fact in facts), "jp-facts")


def _fact(fact: Fact, means: Html) -> Html:
    beside = paragraph(fact.beside) if fact.beside else Html("")
    name = tag("p", Html(safe(fact.name) + means), "jp-fact-name")
    value = link(fact.value, fact.href) if fact.href else safe(fact.value)
    # A word that does not fit would break within itself: a longer one is written smaller.
    looks = "jp-fact-value jp-fact-long" if _longest_word(fact.value) > _LARGE_LETTERS else "jp-fact-value"
    return tag("div", join([name, tag("p", value, looks), beside]), "jp-fact")


def _longest_word(text: str) -> int:
    """How wide the longest word is, in columns."""
    return max(map(columns_of, text.split()), default=0)

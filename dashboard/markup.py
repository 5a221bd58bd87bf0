"""HTML in which text is never markup: every string is escaped here, and only here.

Real tables and links, because a grid drawn on a canvas can be read neither by a screen reader nor by the browser's
search, and opens its links in new windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Final, Literal, NewType

from dashboard.formats import exactly

Html = NewType("Html", str)
"""Text that is safe to put into a page as it is."""

NOTHING: Final = Html("")
Cell = str | Html
Align = Literal["text", "number"]


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


def bullets(sentences: Iterable[str]) -> Html:
    """Sentences as a list."""
    return tag("ul", join(tag("li", safe(sentence)) for sentence in sentences), "jp-sentences")


def link(text: str, href: str, css: str = "", description: str = "") -> Html:
    """A link to another page of the dashboard, opened in the same window."""
    return tag("a", safe(text), css, href=href, target="_self", title=description)


def exact(shown: str, value: Decimal | None) -> Html:
    """A number as shown, with the published digits at hand where they are more."""
    full = exactly(value)
    title = full if value is not None and full != shown.replace(",", "").replace("−", "-") else ""
    return tag("span", safe(shown), "jp-exact" if title else "", title=title)


def bar(share_pct: Decimal, text: Html) -> Html:
    """A number over a bar that starts at zero; the share is cut to 0 to 100 percent."""
    width = min(max(share_pct, Decimal(0)), Decimal(100))
    fill = Html(f'<span class="jp-bar-fill" style="width:{width:.2f}%"></span>')
    return tag("span", Html(fill + tag("span", text, "jp-bar-text")), "jp-bar")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. The first one of a table heads its rows."""

    title: str
    align: Align = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; `css` says how it differs from its neighbours."""

    cells: Sequence[Html]
    css: str = ""


def table(caption: str, columns: Sequence[Column], lines: Iterable[Line], css: str = "") -> Html:
    """A table with a caption for those who do not see it, header cells and right-aligned numbers."""
    head = join(tag("th", safe(column.title), _css(column), scope="col") for column in columns)
    body = join(_row(columns, line) for line in lines)
    inner = tag("caption", safe(caption)) + tag("thead", tag("tr", head)) + tag("tbody", body)
    return tag("div", tag("table", Html(inner), f"jp-table {css}".strip()), "jp-table-frame", tabindex="0")


def _row(columns: Sequence[Column], line: Line) -> Html:
    first, *rest = zip(columns, line.cells, strict=True)
    head = tag("th", first[1], _css(first[0]), scope="row")
    return tag("tr", Html(head + join(tag("td", cell, _css(column)) for column, cell in rest)), line.css)


def _css(column: Column) -> str:
    return "jp-number" if column.align == "number" else ""


_MARKDOWN_SIGNS: Final = frozenset("\\`*_{}[]()<>#+-.!|~$:@&=")


def no_markdown(text: str) -> str:
    """Text for a label that would otherwise be read as Markdown: every sign that means something there is escaped."""
    return "".join(f"\\{sign}" if sign in _MARKDOWN_SIGNS else sign for sign in " ".join(text.split()))


def shortened(text: str, letters: int = 24) -> str:
    """A text that fits a label: cut at so many letters with an ellipsis."""
    plain = " ".join(text.split())
    return plain if len(plain) <= letters else plain[: letters - 1].rstrip() + "…"

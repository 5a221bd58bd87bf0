"""Small pictures within a table, drawn of HTML: stacked bars with their legend, and columns of years.

Each says in words what it shows, to those who hear the page and in its tooltip; stretches are told apart by their
numbers, not by their colours alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from dashboard.markup import Html, join, safe, tag

_SHADES: Final = 6
"""So many stretches differ in colour; the next begin again."""
_ROOM_FOR_A_NUMBER: Final = Decimal(7)
"""A stretch of fewer percent is too short for its number."""


def stacked(shares_pct: Sequence[Decimal], spoken: str) -> Html:
    """Stretches one after the other from zero, each of a share of the whole width.

    Args:
        shares_pct: in percent of the width; what is below zero takes no room, what is beyond the end is cut.
        spoken: what the bar says.
    """
    stretches, left = [], Decimal(100)
    for at, share in enumerate(shares_pct):
        width = min(max(share, Decimal(0)), left)
        left -= width
        if width:
            number = safe(at + 1) if width >= _ROOM_FOR_A_NUMBER else Html("")
            stretches.append(tag("span", number, _shade(at), style=f"width:{width:.2f}%"))
    return _picture("jp-stack", join(stretches), spoken)


def legend(names: Sequence[str]) -> Html:
    """What the stretches of a stacked bar are called, by number."""
    items = (
        tag("li", Html(tag("span", safe(at + 1), f"jp-stack-key {_shade(at)}") + safe(name)))
        for at, name in enumerate(names)
    )
    return tag("ul", join(items), "jp-legend")


def columns(heights_pct: Sequence[Decimal], spoken: str) -> Html:
    """A column a year from zero, of a share of the whole height; the last one, which is meant, is the darkest.

    Args:
        heights_pct: in percent of the height, the earliest year first; cut to 0 to 100.
        spoken: what the columns say.
    """
    bars = (
        tag("span", Html(""), style=f"height:{min(max(height, Decimal(0)), Decimal(100)):.0f}%")
        for height in heights_pct
    )
    return _picture("jp-years", join(bars), spoken)


def _picture(css: str, inside: Html, spoken: str) -> Html:
    return tag("span", inside, css, role="img", title=spoken, **{"aria-label": spoken})


def _shade(at: int) -> str:
    return f"jp-shade-{at % _SHADES + 1}"

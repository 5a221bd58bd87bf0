"""What all figures share: no dragging, no zoom, rows by number, texts that are never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.markup import columns_of, shortened
from dashboard.theme import Palette

CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""How plotly behaves: no English toolbar, no zoom."""

_ROW: Final = 40
_LABEL: Final = 32
_ROW_LABEL: Final = 27
_LATIN_ROW_LABEL: Final = 31
"""The longest labels, in columns: Hangul takes two. Latin letters need more of them and less room each."""

BELOW: Final = 58
"""Pixels for the marks of an axis and its name below them."""
AXIS: Final = "axis"
"""What the label is called that names an axis."""
_WIDE: Final = re.compile("[A-Zmw%@]")
_AT_ENDS: Final = 0.04
"""Room for a whole mark at an end of an axis, in parts of its length."""
_BESIDE: Final = 18
"""Pixels between the names of rows and what is drawn."""


def blank_figure(palette: Palette, height: int, margin: dict[str, int]) -> go.Figure:
    """A figure that nobody can drag or zoom, with nothing in it; its axes are named in the colour of text.

    Its margins are what they are said to be: where plotly finds them by itself it draws everything twice.
    """
    font = {"color": palette.text}
    axis = {
        "fixedrange": True,
        "automargin": False,
        "zeroline": False,
        # 20,000 and not 20k, a sign of no Korean table.
        "exponentformat": "none",
        "separatethousands": True,
        "tickfont": font,
        "title": {"font": font},
    }
    # All at once: plotly takes a hundred times as long to change a figure as to make it.
    return go.Figure(
        layout={
            "height": height,
            "margin": margin,
            "showlegend": False,
            "legend": {"font": font},
            "dragmode": False,
            "hovermode": "closest",
            "separators": ".,",
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def height_for(rows: int, row: int = _ROW) -> int:
    """The height of so many rows, in pixels."""
    return max(rows, 1) * row + 56


def start_at_zero(
    figure: go.Figure, values: Sequence[Decimal], before: float = _AT_ENDS, beyond: float = _AT_ENDS
) -> None:
    """An axis from zero, or from the lowest value below it, with room for whole marks at both ends.

    Args:
        figure: whose axis it is.
        values: that stand on it.
        before: room below the lowest value, in parts of the axis: more where a label stands there.
        beyond: room above the highest.
    """
    floats = [0.0, *(float(value) for value in values)]
    lowest, highest = min(floats), max(floats)
    length = (highest - lowest) or 1.0
    figure.update_xaxes(range=[lowest - before * length, highest + beyond * length])


def name_rows(figure: go.Figure, names: Sequence[str]) -> None:
    """Rows by number, so that two of the same name stay two; the first on top, the names in a margin that fits them."""
    labels = [shortened(name, _LATIN_ROW_LABEL if columns_of(name) == len(name) else _ROW_LABEL) for name in names]
    widest = max(map(pixels_of, labels), default=0)
    figure.update_layout(margin={"l": max(figure.layout.margin.l, widest + _BESIDE)})
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[escaped(label) for label in labels],
        showgrid=True,
        ticklabelstandoff=6,
    )


def strokes(figure: go.Figure, lines: Sequence[tuple[tuple[float, float], tuple[float, float]]], **line: Any) -> None:
    """Short lines from one place to another, all in one trace: plotly takes its time for each."""
    gap = float("nan")
    figure.add_scatter(
        x=[x for start, end in lines for x in (start[0], end[0], gap)][:-1],
        y=[y for start, end in lines for y in (start[1], end[1], gap)][:-1],
        mode="lines",
        line=line,
        hoverinfo="skip",
        showlegend=False,
    )


def pixels_of(text: str) -> int:
    """How wide a text is at the size of marks, in the widest font pages are shown in, at most."""
    wide = columns_of(text) - len(text)
    capitals = len(_WIDE.findall(text))
    return ceil(11.4 * wide + 7 * (len(text) - wide) + 4 * capitals)


def note(x: float, row: int, text: str, colour: str, **where: Any) -> dict[str, Any]:
    """A label beside a mark."""
    font = {"size": 12, "color": colour}
    return {"x": x, "y": row, "showarrow": False, "text": label_of(text), "font": font, **where}


def name_axis(figure: go.Figure, text: str) -> None:
    """What the axis below counts, at its right end: in its middle a long name is cut where little room is left to draw.

    Args:
        figure: with ``BELOW`` as its margin there.
        text: the name and unit, no markup.
    """
    font = {"size": 12, "color": figure.layout.xaxis.title.font.color}
    where = {"xref": "paper", "x": 1, "xanchor": "right", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -32}
    say(figure, [{"name": AXIS, "text": escaped(text), "showarrow": False, "font": font, **where}])


def say(figure: go.Figure, notes: Iterable[dict[str, Any]]) -> None:
    """Labels added to a figure, all at once; `update_layout` would compare each with what is there."""
    figure.layout.annotations = [*figure.layout.annotations, *notes]


def as_float(value: Decimal | None) -> float:
    """A number for a picture; what is not known is not drawn."""
    return float("nan") if value is None else float(value)


def label_of(text: str, columns: int = _LABEL) -> str:
    """A text that fits beside a mark, and is no markup."""
    return escaped(shortened(text, columns))


def escaped(text: str) -> str:
    """Plotly reads a little HTML in its texts; a name must not become markup there."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""What all figures share: no dragging, no zoom, rows by number, texts that are never markup."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.markup import shortened

CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""How plotly behaves: no English toolbar, no zoom."""

_ROW: Final = 40
_LABEL: Final = 32
_ROW_LABEL: Final = 27
"""The longest labels, in columns: Hangul takes two."""


def blank_figure(height: int, margin: dict[str, int]) -> go.Figure:
    """A figure that nobody can drag or zoom, with nothing in it."""
    figure = go.Figure()
    figure.update_layout(
        height=height, margin=margin, showlegend=False, dragmode=False, hovermode="closest", separators=".,"
    )
    figure.update_xaxes(fixedrange=True, automargin=True, zeroline=False)
    figure.update_yaxes(fixedrange=True, automargin=True, zeroline=False)
    return figure


def height_for(rows: int, row: int = _ROW) -> int:
    """The height of so many rows, in pixels."""
    return max(rows, 1) * row + 56


def start_at_zero(figure: go.Figure, values: Sequence[Decimal]) -> None:
    """An axis from zero, or from the lowest value below it, with room for whole marks at both ends."""
    floats = [0.0, *(float(value) for value in values)]
    lowest, highest = min(floats), max(floats)
    room = 0.04 * ((highest - lowest) or 1.0)
    figure.update_xaxes(range=[lowest - room, highest + room])


def name_rows(figure: go.Figure, names: Sequence[str]) -> None:
    """Rows by number, so that two of the same name stay two; the first on top."""
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[label_of(name, _ROW_LABEL) for name in names],
        showgrid=True,
        ticklabelstandoff=6,
    )


def say(figure: go.Figure, x: float, row: int, text: str, colour: str, **where: Any) -> None:
    """A label beside a mark."""
    font = {"size": 12, "color": colour}
    figure.add_annotation(x=x, y=row, showarrow=False, text=label_of(text), font=font, **where)


def as_float(value: Decimal | None) -> float:
    """A number for a picture; what is not known is not drawn."""
    return float("nan") if value is None else float(value)


def label_of(text: str, columns: int = _LABEL) -> str:
    """A text that fits beside a mark, and is no markup."""
    return escaped(shortened(text, columns))


def escaped(text: str) -> str:
    """Plotly reads a little HTML in its texts; a name must not become markup there."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""The way from a peer group's median to a department's score: a step a row, each where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.drawing import (
    BELOW,
    as_float,
    blank_figure,
    height_for,
    label_of,
    name_axis,
    name_rows,
    note,
    say,
    start_at_zero,
    strokes,
)
from dashboard.frames.unit_bridge import BridgeFrame, BridgeRow
from dashboard.theme import Palette

_AT_END: Final = 0.04
_FOR_POINTS: Final = 0.12
"""Parts of the axis that points such as −26.32 need beside the end of their step."""


def bridge_figure(frame: BridgeFrame, palette: Palette) -> go.Figure:
    """Steps up and down as lines that end in a triangle of their direction, with the points in words beside them."""
    figure = blank_figure(
        palette, height=height_for(len(frame.rows), row=34), margin={"l": 4, "r": 48, "t": 8, "b": BELOW}
    )
    # From where each step ends down to the next one, so that the eye keeps the place.
    ends = [as_float(row.after) for row in frame.rows]
    strokes(figure, [((x, at), (x, at + 1)) for at, x in enumerate(ends[:-1])], color=palette.faint, width=1)
    for look in _Look:
        _steps(figure, [(at, row) for at, row in enumerate(frame.rows) if _look(row) is look], look, palette)
    say(figure, (note(ends[at], at, row.text, palette.text, **_beside(row)) for at, row in enumerate(frame.rows)))
    name_axis(figure, frame.axis)
    values = [end for row in frame.rows for end in (row.before, row.after)]
    start_at_zero(figure, values, before=_room_before(frame.rows))
    name_rows(figure, [row.name for row in frame.rows])
    return figure


def _room_before(rows: Sequence[BridgeRow]) -> float:
    """Room for the points of a step that falls to the lowest end of the axis: they would stand on the row's name."""
    lowest = min(0.0, *(as_float(end) for row in rows for end in (row.before, row.after)))
    length = max(as_float(end) for row in rows for end in (row.before, row.after)) - lowest
    falls = [as_float(row.after) for row in rows if _look(row) is _Look.FALLS]
    return _FOR_POINTS if any(end - lowest < _FOR_POINTS * length for end in falls) else _AT_END


class _Look(Enum):
    """What a row is: a score it begins or ends with, or a step."""

    SCORE = "diamond"
    RISES = "triangle-right"
    FALLS = "triangle-left"


def _look(row: BridgeRow) -> _Look:
    if row.amount is None:
        return _Look.SCORE
    return _Look.RISES if row.amount > 0 else _Look.FALLS


def _beside(row: BridgeRow) -> dict[str, Any]:
    """Where the points of a row stand: beyond the end of its step."""
    return {"xanchor": "right", "xshift": -11} if _look(row) is _Look.FALLS else {"xanchor": "left", "xshift": 11}


def _steps(figure: go.Figure, rows: Sequence[tuple[int, BridgeRow]], look: _Look, palette: Palette) -> None:
    """Rows of one look in one trace: plotly takes its time for each."""
    colour = {_Look.SCORE: palette.grey, _Look.RISES: palette.primary, _Look.FALLS: palette.accent}[look]
    gap = float("nan")
    figure.add_scatter(
        x=[x for _, row in rows for x in (as_float(row.before), as_float(row.after), gap)],
        y=[y for at, _ in rows for y in (at, at, gap)],
        mode="lines+markers",
        line={"color": colour, "width": 5},
        marker={"symbol": look.value, "size": [0, 13, 0] * len(rows), "opacity": 1, "color": colour},
        text=[f"{label_of(row.name, 80)} {row.text}" for _, row in rows for _ in range(3)],
        customdata=[row.indicator or "" for _, row in rows for _ in range(3)],
        hovertemplate="%{text}<extra></extra>",
    )

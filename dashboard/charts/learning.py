"""The training programme and the diagnosis drawn: dots on lines, plan beside result. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.drawing import (
    BELOW,
    as_float,
    blank_figure,
    height_for,
    name_axis,
    name_rows,
    start_at_zero,
    strokes,
)
from dashboard.frames.diagnosis import LevelsFrame
from dashboard.frames.training import PlanFrame
from dashboard.theme import Palette
from etl.shown import number

_MARGIN: Final = {"l": 4, "r": 16, "t": 32, "b": BELOW}
_LEGEND: Final = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False}


def plan_figure(frame: PlanFrame, palette: Palette) -> go.Figure:
    """Each part of the programme: a line as long as the places planned, the target on it, what was filled and done."""
    figure = blank_figure(palette, height=height_for(len(frame.rows)) + 24, margin=dict(_MARGIN))
    planned = [(at, row.seats_planned) for at, row in enumerate(frame.rows) if row.seats_planned]
    strokes(figure, [((0, at), (seats, at)) for at, seats in planned], color=palette.faint, width=4)
    _mark(figure, frame.seats_word, [row.seats_planned for row in frame.rows], _tick(palette.grey, 14))
    _mark(figure, frame.target_word, [row.target for row in frame.rows], _tick(palette.accent, 26))
    _mark(figure, frame.filled_word, [row.filled or None for row in frame.rows], _circle(palette.grey, 13))
    _mark(figure, frame.completed_word, [row.completed or None for row in frame.rows], _circle(palette.primary, 11))
    figure.update_layout(showlegend=True, legend=dict(_LEGEND))
    name_axis(figure, frame.axis)
    drawn = [value for row in frame.rows for value in (row.seats_planned, row.target, row.filled) if value is not None]
    start_at_zero(figure, [Decimal(value) for value in drawn])
    name_rows(figure, [row.name for row in frame.rows])
    return figure


def levels_figure(frame: LevelsFrame, palette: Palette) -> go.Figure:
    """Levels from 0 to 100 by competency, one mark for each group; a level that is not shown has no mark."""
    looks = {
        "primary": {"symbol": "circle", "size": 13, "color": palette.primary},
        "accent": {"symbol": "diamond", "size": 11, "color": palette.accent},
        "grey": {"symbol": "circle", "size": 11, "color": palette.grey},
    }
    figure = blank_figure(palette, height=height_for(len(frame.competencies)) + 24, margin=dict(_MARGIN))
    for marks in frame.marks:
        _mark(figure, marks.name, marks.levels, looks[marks.look])
    figure.update_layout(showlegend=True, legend=dict(_LEGEND))
    figure.update_xaxes(range=[-2, 102])
    name_axis(figure, frame.axis)
    name_rows(figure, frame.competencies)
    return figure


def _mark(figure: go.Figure, name: str, values: Sequence[Decimal | int | None], marker: dict[str, Any]) -> None:
    known = [(at, Decimal(value)) for at, value in enumerate(values) if value is not None]
    if not known:
        return
    figure.add_scatter(
        x=[as_float(value) for _, value in known],
        y=[at for at, _ in known],
        mode="markers",
        name=name,
        marker=marker,
        text=[f"{name} {number(value, 1)}" for _, value in known],
        hovertemplate="%{text}<extra></extra>",
    )


def _tick(colour: str, size: int) -> dict[str, Any]:
    return {"symbol": "line-ns", "size": size, "color": colour, "line": {"width": 3, "color": colour}}


def _circle(colour: str, size: int) -> dict[str, Any]:
    return {"symbol": "circle", "size": size, "color": colour}

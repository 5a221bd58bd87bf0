"""A survey on a 5-point scale, drawn: a frame and a palette in, a plotly figure out. Pure, and knows no screen."""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.drawing import BELOW, blank_figure, label_of, name_axis
from dashboard.frames.pilots import SurveyFrame
from dashboard.theme import Palette
from etl.insight.pilots import SCORES

_ROW: Final = 66
_LABEL: Final = 54
_LARGEST: Final = 34
"""The diameter of the largest dot in pixels."""


def survey_figure(frame: SurveyFrame, palette: Palette) -> go.Figure:
    """A line for every question: a dot for each score, its area by the number of people, and the mean across it."""
    rows = frame.shown
    most = max((count for row in rows for count in row.counts), default=1) or 1
    figure = blank_figure(palette, height=max(len(rows), 1) * _ROW + 76, margin={"l": 8, "r": 8, "t": 20, "b": BELOW})
    for at, row in enumerate(rows):
        figure.add_scatter(
            x=list(SCORES),
            y=[at] * len(SCORES),
            mode="markers+text",
            marker={
                "size": [_LARGEST * (count / most) ** 0.5 for count in row.counts],
                "color": palette.primary,
                "opacity": 0.6,
                "line": {"width": 0},
            },
            text=[str(count) if count else "" for count in row.counts],
            textfont={"color": palette.text, "size": 11},
            customdata=list(row.hovers),
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
        _say_question(figure, at, row.text, palette)
    known = [(at, float(row.mean)) for at, row in enumerate(rows) if row.mean is not None]
    figure.add_scatter(
        x=[mean for _, mean in known],
        y=[at for at, _ in known],
        mode="markers",
        marker={"symbol": "line-ns", "size": 34, "line": {"width": 3, "color": palette.accent}},
        hoverinfo="skip",
    )
    figure.update_xaxes(range=[0.7, 5.3], tickvals=list(SCORES))
    name_axis(figure, frame.axis)
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.7], tickvals=list(range(len(rows))), showticklabels=False, showgrid=True
    )
    return figure


def _say_question(figure: go.Figure, at: int, text: str, palette: Palette) -> None:
    """The question above its line."""
    where: dict[str, Any] = {"xref": "paper", "x": 0, "xanchor": "left", "y": at, "yshift": 27}
    font = {"size": 12, "color": palette.text}
    figure.add_annotation(text=label_of(text, _LABEL), showarrow=False, font=font, **where)

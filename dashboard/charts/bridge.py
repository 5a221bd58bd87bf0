"""The way from a peer group's median to a department's score: a step a row, each where the one before it ended."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.drawing import as_float, blank_figure, height_for, name_rows, say, start_at_zero
from dashboard.frames.unit_bridge import BridgeFrame
from dashboard.theme import Palette


def bridge_figure(frame: BridgeFrame, palette: Palette) -> go.Figure:
    """Steps up and down as lines that end in a triangle of their direction, with the points in words beside them."""
    figure = blank_figure(height=height_for(len(frame.rows), row=34), margin={"l": 4, "r": 16, "t": 8, "b": 40})
    for at, row in enumerate(frame.rows[:-1]):
        # From where this step ends down to the next one, so that the eye keeps the place.
        figure.add_scatter(
            x=[as_float(row.after)] * 2,
            y=[at, at + 1],
            mode="lines",
            line={"color": palette.faint, "width": 1},
            hoverinfo="skip",
        )
    for at, row in enumerate(frame.rows):
        rises = row.amount is None or row.amount > 0
        colour = palette.grey if row.amount is None else palette.primary if rises else palette.accent
        symbol = "diamond" if row.amount is None else "triangle-right" if rises else "triangle-left"
        figure.add_scatter(
            x=[as_float(row.before), as_float(row.after)],
            y=[at, at],
            mode="lines+markers",
            line={"color": colour, "width": 5},
            marker={"symbol": symbol, "size": [0, 13], "color": colour},
            hoverinfo="skip",
        )
        say(
            figure, as_float(row.after), at, row.text, palette.text,
            xanchor="left" if rises else "right", xshift=11 if rises else -11,
        )  # fmt: skip
    figure.update_xaxes(title={"text": frame.axis})
    ends = [end for row in frame.rows for end in (row.before, row.after)]
    # Room for the labels at either end.
    start_at_zero(figure, [*ends, max(ends) * 11 / 10])
    name_rows(figure, [row.name for row in frame.rows])
    return figure

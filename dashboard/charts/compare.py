"""Departments side by side, drawn: the chosen ones by colour, shape and name, the others grey. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.drawing import (
    BELOW,
    as_float,
    blank_figure,
    escaped,
    height_for,
    label_of,
    name_axis,
    name_rows,
    note,
    pixels_of,
    say,
)
from dashboard.frames.compare import BumpFrame, StripsFrame
from dashboard.markup import shortened
from dashboard.theme import Palette
from etl.insight.side_by_side import YearPlace

_SHAPES: Final = ("circle", "diamond", "square", "triangle-up", "cross", "star")
_GLYPHS: Final = ("●", "◆", "■", "▲", "✚", "★")
"""The shapes as letters, to stand before a name at the end of its line."""
_NAME: Final = 16
"""The longest names at the ends of lines, in columns: a phone keeps room for the lines."""
_LETTERS: Final = 16
"""Pixels from one name to the next below it, at least."""
_DASHES: Final = ("solid", "solid", "solid", "dash", "dash", "dash")
_BETWEEN: Final = 0.24
"""Of the height of a row: how far apart equal marks stand."""
_LEGEND: Final = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False}


def looks(palette: Palette, count: int) -> list[dict[str, Any]]:
    """How the chosen departments look: no two alike in shape, so that colour is never alone."""
    colours = (palette.primary, palette.accent, palette.text)
    return [
        {"colour": colours[at % len(colours)], "shape": _SHAPES[at % len(_SHAPES)], "dash": _DASHES[at % len(_DASHES)]}
        for at in range(count)
    ]


def bump_figure(frame: BumpFrame, palette: Palette) -> go.Figure:
    """Places year by year, the first on top; the chosen ones with name and place at the end of their lines."""
    labels = [
        f"{_GLYPHS[at % len(_GLYPHS)]} {shortened(name, _NAME)} {end}"
        for at, ((name, _), end) in enumerate(zip(frame.chosen, frame.ends, strict=True))
    ]
    room = max(map(pixels_of, labels), default=0) + 20
    height = max(280, min(frame.last * 22 + 80, 640))
    figure = blank_figure(palette, height=height, margin={"l": 64, "r": room, "t": 24, "b": 32})
    for own in frame.others:
        figure.add_scatter(
            x=[one.year for one in own],
            y=[one.place for one in own],
            mode="lines",
            line={"color": palette.faint, "width": 1},
            opacity=0.6,
            hoverinfo="skip",
            showlegend=False,
        )
    for unit_id, (name, own), look in zip(frame.codes, frame.chosen, looks(palette, len(frame.chosen)), strict=True):
        figure.add_scatter(
            x=[one.year for one in own],
            y=[one.place for one in own],
            mode="lines+markers",
            name=label_of(name),
            line={"color": look["colour"], "width": 3, "dash": look["dash"]},
            marker={"symbol": look["shape"], "size": 12, "color": look["colour"]},
            text=[f"{label_of(name, 80)} {one.year}: {one.place} / {one.units}" for one in own],
            customdata=[unit_id] * len(own),
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    place_height = (height - 24 - 32) / (frame.last + 0.2)
    last = [own[-1] for _, own in frame.chosen]
    say(
        figure,
        (
            {**note(one.year, one.place, "", palette.text), "text": escaped(label), **_beside(down)}
            for one, label, down in zip(last, labels, _moved_down(last, place_height), strict=True)
        ),
    )
    # Said, not found: plotly would make room for the names within the drawing as well.
    aside = 0.03 * (frame.years[-1] - frame.years[0]) if frame.years else 0
    ends = [frame.years[0] - aside, frame.years[-1] + aside] if frame.years else [0, 1]
    figure.update_xaxes(tickmode="array", tickvals=list(frame.years), tickformat="d", showgrid=False, range=ends)
    figure.update_yaxes(range=[frame.last + 0.6, 0.4], title={"text": escaped(frame.axis)}, tickmode="array")
    figure.update_yaxes(tickvals=[1, *range(5, frame.last + 1, 5)])
    return figure


def _beside(down: float) -> dict[str, Any]:
    """Right of the end of a line, so many pixels below it."""
    return {"xanchor": "left", "xshift": 10, "yshift": -down}


def _moved_down(last: Sequence[YearPlace], place_height: float) -> list[float]:
    """How far below its line each name stands, in pixels, so that none covers another of the same year."""
    moved, edges = [0.0] * len(last), dict[int, float]()
    for at in sorted(range(len(last)), key=lambda at: last[at].place):
        own = last[at].place * place_height
        stands = max(own, edges.get(last[at].year, -_LETTERS) + _LETTERS)
        edges[last[at].year] = stands
        moved[at] = stands - own
    return moved


def strips_figure(frame: StripsFrame, palette: Palette) -> go.Figure:
    """A line for every indicator: all departments grey, the larger the more share a place; medians as bars."""
    figure = blank_figure(
        palette, height=height_for(len(frame.rows), row=46) + 40, margin={"l": 4, "r": 16, "t": 56, "b": BELOW}
    )
    dots = [(share, at, units) for at, row in enumerate(frame.rows) for share, units in row.others.items()]
    figure.add_scatter(
        x=[as_float(share) for share, _, _ in dots],
        y=[at for _, at, _ in dots],
        mode="markers",
        name=frame.others_word,
        marker={"size": [7 * units**0.5 for _, _, units in dots], "color": palette.grey, "opacity": 0.4},
        cliponaxis=False,
        text=[said for row in frame.rows for said in row.said],
        customdata=[frame.rows[at].indicator for _, at, _ in dots],
        hovertemplate="%{text}<extra></extra>",
    )
    indicators = [row.indicator for row in frame.rows]
    _mark(
        figure,
        frame.median_word,
        dict(zip(indicators, [row.median for row in frame.rows], strict=True)),
        {"symbol": "line-ns", "size": 22, "line": {"width": 3, "color": palette.grey}},
    )
    for at, (name, look) in enumerate(zip(frame.names, looks(palette, len(frame.names)), strict=True)):
        marker = {"symbol": look["shape"], "size": 13, "color": look["colour"], "line": _edge(palette)}
        shares = dict(zip(indicators, [row.chosen[at] for row in frame.rows], strict=True))
        _mark(figure, label_of(name), shares, marker, _aside(frame, at))
    figure.update_layout(showlegend=True, legend=dict(_LEGEND))
    highest = max([100.0, *(as_float(share) for share, _, _ in dots)])
    figure.update_xaxes(range=[-3, highest + 3])
    name_axis(figure, frame.axis)
    name_rows(figure, [row.name for row in frame.rows])
    empty = [(at, row.nothing) for at, row in enumerate(frame.rows) if row.nothing]
    say(figure, (note(0, at, nothing, palette.text, xanchor="left") for at, nothing in empty))
    return figure


def _aside(frame: StripsFrame, at: int) -> list[float]:
    """How far a chosen department's mark stands above or below its line, so that equal ones do not cover each other."""
    moved = []
    for row in frame.rows:
        equal = [one for one, share in enumerate(row.chosen) if share == row.chosen[at]]
        moved.append(_BETWEEN * (equal.index(at) - (len(equal) - 1) / 2))
    return moved


def _edge(palette: Palette) -> dict[str, Any]:
    return {"width": 1, "color": palette.ground}


def _mark(
    figure: go.Figure,
    name: str,
    values: Mapping[str, Decimal | None],
    marker: dict[str, Any],
    aside: Sequence[float] | None = None,
) -> None:
    known = [(at, as_float(value)) for at, value in enumerate(values.values()) if value is not None]
    indicators = list(values)
    figure.add_scatter(
        x=[value for _, value in known],
        y=[at + (aside[at] if aside else 0) for at, _ in known],
        mode="markers",
        name=name,
        marker=marker,
        text=[f"{name} {value:g} %" for _, value in known],
        customdata=[indicators[at] for at, _ in known],
        hovertemplate="%{text}<extra></extra>",
    )

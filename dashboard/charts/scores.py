"""Scores, ranks and headlines drawn: dots rather than bars, the unit on the axis, labels beside the marks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor
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
    say,
    start_at_zero,
    strokes,
)
from dashboard.frames.department import PartsFrame
from dashboard.frames.indicator import SpreadFrame
from dashboard.frames.overview import DrawnDot, GroupRow, Movers, TrendFrame, drawn_dots
from dashboard.markup import columns_of
from dashboard.theme import Palette
from etl.insight.headlines import TrendPoint
from etl.shown import number, signed

_CENTRED: Final = 16
"""Columns of the longest name that has room on both sides of the rightmost dot."""
_BESIDE_LAST: Final = 0.1
"""Room for half of such a name beyond the highest score, in parts of the axis."""
_LANE: Final = 0.5
"""How far left of a logarithmic axis zero stands, in powers of ten."""
_YEARS_NAMED: Final = 3
"""So many years have room for their names below a trend; of more the first and the last are named."""


def trend_figure(frame: TrendFrame, palette: Palette) -> go.Figure:
    """A headline year by year, from zero, the target of a year as a short line; the last value is labelled."""
    known = [point for point in frame.points if point.value is not None]
    targets = [point for point in frame.points if point.target is not None]
    years = [str(point.year) for point in known]
    figure = blank_figure(palette, height=150, margin={"l": 20, "r": 20, "t": 24, "b": 28})
    figure.add_scatter(
        x=[str(point.year) for point in targets],
        y=[as_float(point.target) for point in targets],
        mode="markers",
        marker={"symbol": "line-ew", "size": 18, "line": {"width": 3, "color": palette.accent}},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=years,
        y=[as_float(point.value) for point in known],
        mode="lines+markers+text",
        line={"color": palette.primary, "width": 2},
        marker={"size": 7, "color": palette.primary},
        text=[number(point.value) for point in known],
        textposition=[_away_from_target(point) for point in known],
        textfont={"color": palette.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    highest = max(
        [as_float(point.value) for point in known] + [as_float(point.target) for point in targets], default=1.0
    )
    every = [str(point.year) for point in frame.points if point in known or point in targets]
    named = every if len(every) <= _YEARS_NAMED else [every[0], every[-1]]
    figure.update_xaxes(
        type="category", categoryorder="category ascending", showgrid=False, tickangle=0, tickvals=named, ticktext=named
    )
    figure.update_yaxes(range=[-0.15 * (highest or 1.0), 1.15 * (highest or 1.0)], visible=False)
    return figure


def _away_from_target(point: TrendPoint) -> str:
    """The label stands below its dot where the mark of the target stands above it."""
    below = point.value is not None and point.target is not None and point.target >= point.value
    return "bottom center" if below else "top center"


def groups_figure(rows: Sequence[GroupRow], axis: str, palette: Palette) -> go.Figure:
    """The scores of every peer group as dots on its own line, its median as a bar, its first department by name."""
    figure = blank_figure(palette, height=height_for(len(rows), row=56), margin={"l": 4, "r": 44, "t": 8, "b": BELOW})
    dots = [(at, dot) for at, row in enumerate(rows) for dot in drawn_dots(row.dots)]
    figure.add_scatter(
        x=[as_float(dot.score) for _, dot in dots],
        y=[at for at, _ in dots],
        mode="markers",
        marker={"size": [_size_of(dot) for _, dot in dots], "color": palette.primary, "opacity": 0.55},
        text=[_said_of(dot) for _, dot in dots],
        customdata=[[one.unit_id for one in dot.dots] for _, dot in dots],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[as_float(row.median) for row in rows],
        y=list(range(len(rows))),
        mode="markers",
        marker={"symbol": "line-ns", "size": 26, "line": {"width": 4, "color": palette.accent}},
        hoverinfo="skip",
    )
    first = [(at, row.dots[0]) for at, row in enumerate(rows) if row.dots and row.dots[0].name]
    say(figure, (note(as_float(dot.score), at, dot.name, palette.text, **_above(dot.name)) for at, dot in first))
    name_axis(figure, axis)
    start_at_zero(figure, [dot.score for _, dot in dots], beyond=_BESIDE_LAST)
    name_rows(figure, [row.label for row in rows])
    return figure


def _above(name: str) -> dict[str, Any]:
    """Where the first department's name stands: over its dot; a long one ends there, the dot being the rightmost."""
    if columns_of(name) > _CENTRED:
        return {"yshift": 15, "xanchor": "right", "xshift": 12}
    return {"yshift": 15, "xanchor": "center"}


def _size_of(dot: DrawnDot) -> float:
    """The diameter of a dot, whose area grows a little with the number of departments, in pixels."""
    return float(min(10 * len(dot.dots) ** 0.25, 24.0))


def _said_of(dot: DrawnDot) -> str:
    """A department and its score, or how many departments there are between which scores."""
    if len(dot.dots) == 1:
        return f"{label_of(dot.dots[0].name, 80)} {number(dot.score)}".strip()
    return f"{number(dot.lowest)}–{number(dot.score)} ({len(dot.dots)})"


def movers_figure(frame: Movers, axis: str, palette: Palette) -> go.Figure:
    """Last year's score and this year's as two dots on a line, the change beside the later one."""
    rows = range(len(frame.rows))
    figure = blank_figure(
        palette, height=height_for(len(frame.rows), row=34), margin={"l": 4, "r": 44, "t": 8, "b": BELOW}
    )
    moves = [((as_float(row.before), at), (as_float(row.now), at)) for at, row in enumerate(frame.rows)]
    strokes(figure, moves, color=palette.faint, width=3)
    for values, colour, year in (
        ([row.before for row in frame.rows], palette.grey, frame.before_year),
        ([row.now for row in frame.rows], palette.primary, frame.year),
    ):
        figure.add_scatter(
            x=[as_float(value) for value in values],
            y=list(rows),
            mode="markers",
            marker={"size": 11, "color": colour},
            text=[f"{year}: {number(value)}" for value in values],
            customdata=[row.unit_id for row in frame.rows],
            hovertemplate="%{text}<extra></extra>",
        )
    say(
        figure,
        (
            note(as_float(row.now), at, signed(row.change, 1, fixed=True), palette.text, **_after(row.change))
            for at, row in enumerate(frame.rows)
        ),
    )
    # Room for the change beside the dots at either end, a part of the whole: a score may be out of 1 or of 1,000.
    scores = [0.0, *(as_float(score) for row in frame.rows for score in (row.before, row.now))]
    room = (max(scores) - min(scores) or 1.0) * 0.16
    figure.update_xaxes(range=[min(scores) - room, max(scores) + room * 4 / 3])
    name_axis(figure, axis)
    figure.update_xaxes(tickvals=_round_steps(max(scores)))
    name_rows(figure, [row.name for row in frame.rows])
    return figure


def _after(change: Decimal) -> dict[str, Any]:
    """Where a change stands: beyond the later of two dots."""
    return {"xanchor": "left", "xshift": 9} if change > 0 else {"xanchor": "right", "xshift": -9}


def _round_steps(highest: float) -> list[float]:
    """Ticks from zero to beyond the highest value, six at most: a score has no place below zero to label."""
    if highest <= 0:
        return [0.0]
    least = Decimal(highest) / 5
    power = Decimal(10) ** least.adjusted()
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= least)
    return [float(step * at) for at in range(ceil(Decimal(highest) / step) + 1)]


def parts_figure(frame: PartsFrame, palette: Palette) -> go.Figure:
    """What each indicator of a department earned, on a line as long as it could, with the group's median."""
    figure = blank_figure(
        palette, height=height_for(len(frame.rows)) + 24, margin={"l": 4, "r": 16, "t": 32, "b": BELOW}
    )
    possible = [(as_float(row.possible), at) for at, row in enumerate(frame.rows) if row.possible]
    strokes(figure, [((0, at), (most, at)) for most, at in possible], color=palette.faint, width=4)
    figure.add_scatter(
        x=[most for most, _ in possible],
        y=[at for _, at in possible],
        mode="markers",
        marker={"symbol": "line-ns", "size": 12, "line": {"width": 2, "color": palette.grey}},
        hoverinfo="skip",
        showlegend=False,
    )
    # Where there are no points to draw, the reason stands at the end of the line.
    reasons = [(at, row.value) for at, row in enumerate(frame.rows) if not row.possible and row.earned is None]
    say(figure, (note(1, at, reason, palette.text, xref="paper", xanchor="right") for at, reason in reasons))
    for word, symbol, size, colour, values in (
        (frame.median, "diamond", 11, palette.accent, [row.median for row in frame.rows]),
        (frame.this, "circle", 13, palette.primary, [row.earned for row in frame.rows]),
    ):
        known = [(at, value) for at, value in enumerate(values) if value is not None]
        figure.add_scatter(
            x=[as_float(value) for _, value in known],
            y=[at for at, _ in known],
            mode="markers",
            name=word,
            showlegend=bool(word),
            marker={"symbol": symbol, "size": size, "color": colour},
            text=[f"{word} {number(value)}" for _, value in known],
            customdata=[frame.rows[at].node for at, _ in known],
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False}
    )
    name_axis(figure, frame.axis)
    start_at_zero(
        figure, [value for row in frame.rows for value in (row.possible, row.earned, row.median) if value is not None]
    )
    name_rows(figure, [row.name for row in frame.rows])
    return figure


def spread_figure(frame: SpreadFrame, palette: Palette) -> go.Figure:
    """The values of all departments on a line for each peer group, with targets and edges of the rules.

    Zero has no place on a logarithmic axis: it stands at the left, in a lane of its own.
    """
    groups = list(frame.groups)
    figure = blank_figure(
        palette, height=height_for(len(groups), row=52) + 16, margin={"l": 4, "r": 16, "t": 36, "b": BELOW}
    )
    for at, (value, label) in enumerate(_drawable(frame.marks, frame)):
        figure.add_vline(x=as_float(value), line={"color": palette.accent, "width": 2, "dash": "dot"})
        # Neighbouring labels stand at two heights, so that close edges stay readable.
        figure.add_annotation(
            x=_place(value, frame), y=1, yref="paper", yanchor="bottom", yshift=(at % 2) * 14, showarrow=False,
            text=escaped(label), font={"color": palette.text, "size": 12},
        )  # fmt: skip
    for at, dots in enumerate(frame.groups.values()):
        figure.add_scatter(
            x=[_along(dot.value, frame) for dot in dots],
            y=[at] * len(dots),
            mode="markers",
            marker={"size": [_size(dot.units) for dot in dots], "color": palette.grey, "opacity": 0.6},
            cliponaxis=False,
            text=[label_of(dot.hover, 160) for dot in dots],
            customdata=[list(dot.unit_ids) for dot in dots],
            hovertemplate="%{text}<extra></extra>",
        )
    own = [(at, frame.group_targets[group]) for at, group in enumerate(groups) if group in frame.group_targets]
    figure.add_scatter(
        x=[as_float(target) for _, target in own],
        y=[at for at, _ in own],
        mode="markers",
        marker={"symbol": "line-ns", "size": 30, "line": {"width": 3, "color": palette.accent}},
        text=[f"{frame.target_word} {number(target)}" for _, target in own],
        hovertemplate="%{text}<extra></extra>",
    )
    _draw_chosen(figure, frame, groups, palette)
    name_axis(figure, frame.axis)
    if frame.logarithmic:
        figure.update_xaxes(type="log", dtick=1, tickformat=",d")
        _draw_zero_lane(figure, frame, palette)
    else:
        drawn = [dot.value for dots in frame.groups.values() for dot in dots]
        start_at_zero(figure, [*drawn, *(value for value, _ in frame.marks), *frame.group_targets.values()])
    name_rows(figure, frame.labels)
    return figure


def _draw_chosen(figure: go.Figure, frame: SpreadFrame, groups: Sequence[str], palette: Palette) -> None:
    if frame.chosen is None:
        return
    group, value, unit = frame.chosen
    at = groups.index(group)
    figure.add_scatter(
        x=[_along(value, frame)],
        y=[at],
        mode="markers",
        marker={"size": 14, "color": palette.primary, "line": {"width": 2, "color": palette.ground}},
        text=[label_of(unit, 80)],
        hovertemplate="%{text}<extra></extra>",
    )
    highest = max(dot.value for dots in frame.groups.values() for dot in dots)
    # Beside the middle of its dot: a target that is just reached has its line there.
    towards: dict[str, Any] = (
        {"xanchor": "left", "xshift": 4} if value * 2 < highest else {"xanchor": "right", "xshift": -4}
    )
    say(figure, [note(_place(value, frame), at, unit, palette.text, yshift=17, **towards)])


def _size(units: int) -> float:
    """The diameter of a dot whose area grows with the number of departments, in pixels."""
    return float(8 * units**0.5)


def _drawable(marks: Sequence[tuple[Decimal, str]], frame: SpreadFrame) -> list[tuple[Decimal, str]]:
    return sorted((value, label) for value, label in marks if not frame.logarithmic or value > 0)


def _place(value: Decimal, frame: SpreadFrame) -> float:
    """Where a line or label stands on the axis; on a logarithmic one plotly wants the exponent."""
    if not frame.logarithmic:
        return float(value)
    return float(value.log10()) if value > 0 else _decades(frame)[0] - _LANE


def _along(value: Decimal, frame: SpreadFrame) -> float:
    """Where a dot stands on the axis: at its value, or in the lane of zero."""
    return as_float(value) if value > 0 or not frame.logarithmic else float(10 ** _place(value, frame))


def _decades(frame: SpreadFrame) -> range:
    """The powers of ten of a logarithmic axis that begins below all it has to show, and ends above."""
    values = [dot.value for dots in frame.groups.values() for dot in dots]
    values += [*(value for value, _ in frame.marks), *frame.group_targets.values()]
    places = [value.log10() for value in values if value > 0] or [Decimal(0)]
    return range(floor(min(places)), ceil(max(places)) + 1)


def _draw_zero_lane(figure: go.Figure, frame: SpreadFrame, palette: Palette) -> None:
    """The name of the lane of zero and the line that sets it apart; nothing where no value is zero."""
    if all(dot.value > 0 for dots in frame.groups.values() for dot in dots):
        return
    decades = _decades(frame)
    lane = 10 ** (decades[0] - _LANE)
    figure.add_vline(x=10 ** (decades[0] - _LANE / 2), line={"color": palette.grey, "width": 1})
    figure.update_xaxes(
        tickvals=[lane, *(10.0**decade for decade in decades)],
        ticktext=["0", *(number(Decimal(10) ** decade) for decade in decades)],
    )

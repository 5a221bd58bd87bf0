"""The flow from data to policy, drawn: a frame and a palette in, a plotly figure out. Pure, and knows no screen.

Plotly's own Sankey trace lets ribbons cross that need not, writes labels over them, and can be dragged. So the ribbons
are drawn here as paths: the order of groups is the frame's, and names stand outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.drawing import escaped, label_of
from dashboard.frames.chain import FlowFrame, FlowLink, FlowNode
from dashboard.theme import Palette
from etl.shown import number

HEIGHT: Final = 400
"""Of the drawing without its margins, in pixels."""

_GAP: Final = 30
_WIDTH: Final = 0.014
_PLACES: Final = (0.0, 0.5, 1.0 - _WIDTH)
"""Where the columns begin, in parts of the drawing's width; a group is so wide."""

_MARGIN: Final = {"l": 164, "r": 144, "t": 52, "b": 8}
_RIBBON: Final = 0.3
_STRONG: Final = 0.5
_PALE: Final = 0.12
_FRAME: Final = 4
"""Pixels between the chosen group and the frame around it."""

_PLAIN: Final[dict[str, Any]] = {"line": {"width": 0}}
_PRESSED: Final = 20
"""Pixels across what takes a press on a group; a group has as many, one below the other, as it is high."""


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a group stands: its upper edge from the top, and its height, in pixels."""

    top: float
    height: float


@dataclass(frozen=True, slots=True)
class _Ribbon:
    """One ribbon: its outline, its middle, the column it comes from, and what it says."""

    path: str
    middle: tuple[float, float]
    column: int
    said: str


def flow_figure(frame: FlowFrame, palette: Palette, chosen: str | None = None) -> go.Figure:
    """Datasets on the left, analyses in the middle, policies on the right; a ribbon is as high as there are uses.

    Args:
        frame: what it shows.
        palette: its colours.
        chosen: code of the group whose records are shown: it is framed, its name bold, and what does not touch it pale.
    """
    colours = (palette.accent, palette.primary, palette.grey)
    scale = _scale(frame.nodes)
    boxes = _boxes(frame.nodes, scale)
    leaves = _stacked(frame.links, boxes, scale, lambda link: (link.source, link.target))
    # From analyses above, directly from datasets below: those come along beneath the analyses.
    enters = _stacked(
        frame.links, boxes, scale, lambda link: (link.target, -frame.nodes[link.source].column, link.source)
    )
    ribbons = [
        _ribbon(frame, link, (start, end), link.uses * scale)
        for link, start, end in zip(frame.links, leaves, enters, strict=True)
    ]
    groups = list(zip(frame.nodes, boxes, strict=True))
    figure = go.Figure()
    figure.add_scatter(
        x=[ribbon.middle[0] for ribbon in ribbons],
        y=[ribbon.middle[1] for ribbon in ribbons],
        mode="markers",
        marker={"size": 18, "opacity": 0},
        text=[ribbon.said for ribbon in ribbons],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(**_pressed(groups))
    figure.update_layout(
        height=HEIGHT + _MARGIN["t"] + _MARGIN["b"],
        margin=_MARGIN,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        shapes=[
            *({**_PLAIN, "type": "path", "path": one.path, "fillcolor": colours[one.column], "opacity": strength}
              for one, strength in zip(ribbons, _strengths(frame, chosen), strict=True)),
            *(_box_shape(node, box, colours[node.column]) for node, box in groups),
            *(_frame_around(node, box, palette) for node, box in groups if node.code == chosen),
        ],
        annotations=[
            *(_heading(name, place, palette) for name, place in zip(frame.columns, _PLACES, strict=True)),
            *(_group_label(node, box, palette, is_chosen=node.code == chosen) for node, box in groups),
        ],
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(range=[HEIGHT, 0], visible=False, fixedrange=True)
    return figure


def _pressed(groups: Sequence[tuple[FlowNode, _Box]]) -> dict[str, Any]:
    """Marks nobody sees, which take the press on a group: shapes take none."""
    marks = [
        (node, box.top + box.height * (2 * at + 1) / (2 * many))
        for node, box in groups
        for many in [max(1, round(box.height / _PRESSED))]
        for at in range(many)
    ]
    return {
        "x": [_PLACES[node.column] + _WIDTH / 2 for node, _ in marks],
        "y": [middle for _, middle in marks],
        "mode": "markers",
        "marker": {"size": _PRESSED, "opacity": 0},
        "customdata": [node.code for node, _ in marks],
        "text": [escaped(node.said) for node, _ in marks],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _box_shape(node: FlowNode, box: _Box, colour: str) -> dict[str, Any]:
    x0 = _PLACES[node.column]
    corners = {"x0": x0, "x1": x0 + _WIDTH, "y0": box.top, "y1": box.top + box.height}
    return {**_PLAIN, "type": "rect", "fillcolor": colour, **corners}


def _strengths(frame: FlowFrame, chosen: str | None) -> list[float]:
    """How strong each ribbon is: those of the chosen group stand out."""
    if chosen is None:
        return [_RIBBON] * len(frame.links)
    touching = (chosen in (frame.nodes[link.source].code, frame.nodes[link.target].code) for link in frame.links)
    return [_STRONG if touches else _PALE for touches in touching]


def _frame_around(node: FlowNode, box: _Box, palette: Palette) -> dict[str, Any]:
    """A frame at some distance from the chosen group, as wide on every side on a wide screen."""
    x0, apart = _PLACES[node.column], _FRAME
    corners = {
        "x0": x0 - _WIDTH * 0.4,
        "x1": x0 + _WIDTH * 1.4,
        "y0": box.top - apart,
        "y1": box.top + box.height + apart,
    }
    return {"type": "rect", "line": {"width": 2, "color": palette.text}, **corners}


def _heading(name: str, place: float, palette: Palette) -> dict[str, Any]:
    where = {"x": place + _WIDTH / 2, "y": 0, "yshift": 36}
    return {"text": f"<b>{escaped(name)}</b>", **_text(palette), **where}


def _group_label(node: FlowNode, box: _Box, palette: Palette, *, is_chosen: bool) -> dict[str, Any]:
    """Outside the drawing; in the middle column above the group."""
    middle = box.top + box.height / 2
    where: tuple[dict[str, Any], ...] = (
        {"x": 0, "y": middle, "xanchor": "right", "xshift": -10},
        {"x": _PLACES[1] + _WIDTH / 2, "y": box.top, "xanchor": "center", "yanchor": "bottom", "yshift": 2},
        {"x": 1, "y": middle, "xanchor": "left", "xshift": 10},
    )
    label = label_of(node.label, 24)
    return {"text": f"<b>{label}</b>" if is_chosen else label, **_text(palette), **where[node.column]}


def _text(palette: Palette) -> dict[str, Any]:
    return {"showarrow": False, "font": {"size": 13, "color": palette.text}}


def _scale(nodes: Sequence[FlowNode]) -> float:
    """Pixels for one use, so that the fullest column fits."""
    columns = _columns(nodes)
    return min((HEIGHT - _GAP * (len(uses) - 1)) / sum(uses) for uses in columns if uses)


def _boxes(nodes: Sequence[FlowNode], scale: float) -> list[_Box]:
    """Every column from the top, in the order of the nodes."""
    tops = [0.0] * len(_PLACES)
    boxes = []
    for node in nodes:
        boxes.append(_Box(tops[node.column], node.uses * scale))
        tops[node.column] += node.uses * scale + _GAP
    return boxes


def _columns(nodes: Sequence[FlowNode]) -> list[list[int]]:
    return [[node.uses for node in nodes if node.column == column] for column in range(len(_PLACES))]


def _stacked(
    links: Sequence[FlowLink], boxes: Sequence[_Box], scale: float, order: Callable[[FlowLink], tuple[int, ...]]
) -> list[float]:
    """Where each ribbon touches the group that comes first in its order: ribbons lie below each other."""
    tops: list[float] = [0.0] * len(links)
    filled: dict[int, float] = {}
    for at in sorted(range(len(links)), key=lambda at: order(links[at])):
        group = order(links[at])[0]
        tops[at] = boxes[group].top + filled.get(group, 0.0)
        filled[group] = filled.get(group, 0.0) + links[at].uses * scale
    return tops


def _ribbon(frame: FlowFrame, link: FlowLink, tops: tuple[float, float], height: float) -> _Ribbon:
    source, target = frame.nodes[link.source], frame.nodes[link.target]
    (y0, y1), (x0, x1) = tops, (_PLACES[source.column] + _WIDTH, _PLACES[target.column])
    middle = (x0 + x1) / 2
    path = (
        f"M {x0},{y0} C {middle},{y0} {middle},{y1} {x1},{y1}"
        f" L {x1},{y1 + height} C {middle},{y1 + height} {middle},{y0 + height} {x0},{y0 + height} Z"
    )
    said = escaped(f"{source.name} → {target.name}: {number(link.uses)}")
    return _Ribbon(path, (middle, (y0 + y1 + height) / 2), source.column, said)

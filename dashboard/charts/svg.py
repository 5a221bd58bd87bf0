"""A figure as SVG, drawn without a browser: the marks, axes, shapes and labels that figures of this dashboard use.

Source: plotly's figure reference for what each part of a figure means; SVG 1.1 for what is written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import plotly.graph_objects as go

from dashboard.markup import columns_of
from dashboard.theme import Palette

FONT: Final = "Pretendard GOV"
WIDTH: Final = 960
_SIZE: Final = 12
_COLUMN: Final = 0.56
"""The width of a column of text, in parts of its size: Hangul takes two."""
_NUMBER: Final = re.compile(r"-?[0-9.]+(?:e-?[0-9]+)?,-?[0-9.]+(?:e-?[0-9]+)?")
_WORD: Final = re.compile(r"\S{1,60}")
"""What a line is broken between; a longer word is broken too."""
_TITLE_WORD: Final = re.compile(r"\S{1,44}")
_WIDE: Final = re.compile("[A-Zmw%@]")
"""Letters that are wider than a column, in a title by up to eight tenths of one."""
_BOLD: Final = re.compile(r"</?b>")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""
_ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}
_TITLE: Final = 20.0
"""The size of a title."""
_TITLE_STEP: Final = 27.0
_STAMP: Final = "#c00000"
"""The red in which every export writes 잠정."""
_STAMP_ROOM: Final = 12.0
"""Pixels around a mark within its frame, and between two."""
_TICKS: Final = 6
_TICKED: Final = 24
"""Pixels that the marks of an axis need below it."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where marks are drawn, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what it is told, and where its ends are in pixels.

    Attributes:
        said: as the figure's layout says it.
        low: what stands at the first end; of a logarithmic axis its exponent.
        high: what stands at the last end.
        first: pixel of the first end.
        last: pixel of the last end.
        names: of an axis of names, in their order.
    """

    said: Mapping[str, Any]
    low: float
    high: float
    first: float
    last: float
    names: tuple[str, ...] = ()

    @property
    def is_log(self) -> bool:
        """Whether equal steps multiply."""
        return self.said.get("type") == "log"

    def at(self, value: Any) -> float:
        """The pixel of a value of a trace or a shape."""
        if isinstance(value, str):
            return self.place(self.names.index(value))
        return self.place(math.log10(value) if self.is_log else float(value))

    def place(self, number: float) -> float:
        """The pixel of a number on the axis itself: of a logarithmic one, an exponent."""
        return self.first + (number - self.low) / (self.high - self.low or 1.0) * (self.last - self.first)

    def ticks(self) -> list[tuple[float, str]]:
        """The pixels and texts of its marks."""
        if self.names:
            return [(self.place(at), name) for at, name in enumerate(self.names)]
        if self.said.get("tickvals") is not None:
            values = list(self.said["tickvals"])
            texts = list(self.said.get("ticktext") or map(_number, values))
            return [(self.at(value), text) for value, text in zip(values, texts, strict=True)]
        low, high = sorted((self.low, self.high))
        if self.is_log:
            return [(self.place(power), _number(10**power)) for power in range(math.ceil(low), math.floor(high) + 1)]
        step = _step((high - low) / _TICKS)
        first = math.ceil(low / step - 1e-9)
        return [(self.place(at * step), _number(at * step)) for at in range(first, math.floor(high / step + 1e-9) + 1)]


def marks_in(figure: go.Figure) -> int:
    """How many marks a figure has that somebody can count again: dots, bars, stretches of a flow."""
    told: dict[str, Any] = figure.to_plotly_json()
    shapes = sum(shape["type"] != "line" for shape in told["layout"].get("shapes", ()))
    marked: int = shapes + sum(
        _is_known(up) and _is_known(trace["x"][at])
        for trace in told["data"]
        if "markers" in trace.get("mode", "") and trace.get("marker", {}).get("opacity", 1)
        for at, up in enumerate(trace["y"])
        if _one(trace["marker"].get("size", 6), at)
    )
    return marked


def as_svg(
    figure: go.Figure,
    palette: Palette,
    title: str,
    below: Sequence[str],
    description: str = "",
    marks: Sequence[str] = (),
) -> str:
    """A figure as an SVG document of its own.

    Args:
        figure: of `dashboard.charts`.
        palette: for ground, text and guide lines.
        title: above the drawing.
        below: lines under it: source, release, state.
        description: what it shows, for those who do not see it.
        marks: what must be seen at once, in large letters beside the title: 잠정, 합성 예시.
    """
    told: dict[str, Any] = figure.to_plotly_json()
    layout, traces = told["layout"], told["data"]
    stamps = list(_stamps(marks))
    room = WIDTH - 32 - (WIDTH - 16 - stamps[-1][0] + 16 if stamps else 0.0)
    titles = list(_broken(title, _TITLE_WORD, _title_width, room))
    lines = [line for text in below for line in _broken(text)]
    head, foot = 52.0 + _TITLE_STEP * (len(titles) - 1), 20.0 + 18.0 * len(lines)
    height = head + float(layout["height"]) + _room_below(layout) + foot
    box = _box(layout, head)
    x, y = _axes(layout, traces, box)
    parts = [
        _rect(0, 0, WIDTH, height, palette.ground),
        *(
            _text(16, 32 + _TITLE_STEP * at, line, palette.text, size=_TITLE, weight=700)
            for at, line in enumerate(titles)
        ),
        *(mark for at, stamp in stamps for mark in _stamped(at, stamp)),
        *_grid(x, y, box, palette),
        *(mark for shape in layout.get("shapes", ()) for mark in _shape(shape, x, y, box)),
        *(mark for trace in traces for mark in _trace(trace, x, y)),
        *(_annotation(note, x, y, box, palette) for note in layout.get("annotations", ())),
        *_legend(layout, traces, box, palette),
        *(_text(16, height - foot + 18 * at + 20, line, palette.grey) for at, line in enumerate(lines)),
    ]
    described = f"<desc>{_said(description)}</desc>" if description else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{_pixel(height)}"'
        f' viewBox="0 0 {WIDTH} {_pixel(height)}" role="img" font-family="{FONT}, sans-serif">'
        f"<title>{_said(title)}</title>{described}\n" + "\n".join(parts) + "\n</svg>\n"
    )


# Where things stand --------------------------------------------------------------------------------------------------


def _box(layout: Mapping[str, Any], head: float) -> Box:
    """The drawing without its margins; a row's name stands in a margin that fits it."""
    margin, y = layout["margin"], layout.get("yaxis", {})
    names = y.get("ticktext") or () if y.get("visible", True) and y.get("showticklabels", True) else ()
    left = max([margin["l"], *(_width(_plain(name)) + 14 for name in names)])
    return Box(left + 16, head + margin["t"], WIDTH - margin["r"] - 16, head + layout["height"] - margin["b"])


def _room_below(layout: Mapping[str, Any]) -> float:
    """What the figure's own margin lacks for the marks of its axis."""
    x = layout.get("xaxis", {})
    if not x.get("visible", True):
        return 0.0
    return float(max(_TICKED - layout["margin"]["b"], 0))


def _broken(
    text: str,
    parts: re.Pattern[str] = _WORD,
    width: Callable[[str], float] | None = None,
    room: float = WIDTH - 32.0,
) -> Iterator[str]:
    """A text in lines that fit into so many pixels."""
    line, end, measured = "", 0, width or _width
    for word in parts.finditer(text):
        # What is longer than a line is broken without a blank.
        longer = f"{line}{' ' if line and word.start() > end else ''}{word[0]}"
        if line and measured(longer) > room:
            yield line
            longer = word[0]
        line, end = longer, word.end()
    yield line


def _axes(layout: Mapping[str, Any], traces: Sequence[Mapping[str, Any]], box: Box) -> tuple[Axis, Axis]:
    x, y = layout.get("xaxis", {}), layout.get("yaxis", {})
    names: tuple[str, ...] = ()
    if x.get("type") == "category":
        names = tuple(sorted({str(name) for trace in traces for name in trace["x"]}))
    across = (-0.5, len(names) - 0.5) if names else _range(x, [value for trace in traces for value in trace["x"]])
    up = _range(y, [value for trace in traces for value in trace["y"]])
    return Axis(x, *across, box.left, box.right, names), Axis(y, *up, box.bottom, box.top)


def _range(said: Mapping[str, Any], values: Sequence[Any]) -> tuple[float, float]:
    """The ends of an axis: as said, else a little beyond what is drawn."""
    if said.get("range") is not None:
        return float(said["range"][0]), float(said["range"][1])
    is_log = said.get("type") == "log"
    known = [math.log10(value) if is_log else float(value) for value in values if math.isfinite(value)]
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = 0.06 * ((high - low) or 1.0)
    return low - room, high + room


def _step(about: float) -> float:
    """The round step nearest above: 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(about or 1.0))
    return float(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= about))


def _stamps(marks: Sequence[str]) -> Iterator[tuple[float, str]]:
    """Where what must be seen at once begins, from the right edge to the left, the first mark outermost."""
    right = WIDTH - 16.0
    for mark in marks:
        right -= _title_width(mark) + 2 * _STAMP_ROOM
        yield right, mark
        right -= _STAMP_ROOM


def _stamped(left: float, mark: str) -> Iterator[str]:
    """A mark in large letters in a frame."""
    width = _title_width(mark) + 2 * _STAMP_ROOM
    where = f'x="{_pixel(left)}" y="9" width="{_pixel(width)}" height="32" rx="3"'
    yield f'<rect {where} fill="none" stroke="{_STAMP}" stroke-width="2"/>'
    yield _text(left + width / 2, 32, mark, _STAMP, size=_TITLE, anchor="center", weight=700)


# What is drawn -------------------------------------------------------------------------------------------------------


def _grid(x: Axis, y: Axis, box: Box, palette: Palette) -> Iterator[str]:
    if x.said.get("visible", True):
        for pixel, text in x.ticks():
            if x.said.get("showgrid", True):
                yield _line(pixel, box.top, pixel, box.bottom, palette.faint, 0.5)
            yield _text(pixel, box.bottom + 18, _plain(text), palette.text, anchor="center")
    if y.said.get("visible", True):
        for pixel, text in y.ticks():
            if y.said.get("showgrid", True):
                yield _line(box.left, pixel, box.right, pixel, palette.faint, 0.5)
            if y.said.get("showticklabels", True):
                yield _text(box.left - 10, pixel + 4, _plain(text), palette.text, anchor="right")


def _trace(trace: Mapping[str, Any], x: Axis, y: Axis) -> Iterator[str]:
    drawn = [at for at, up in enumerate(trace["y"]) if _is_known(up) and _is_known(trace["x"][at])]
    places = [(x.at(trace["x"][at]), y.at(trace["y"][at])) for at in drawn]
    mode, opacity = trace.get("mode", ""), trace.get("marker", {}).get("opacity", 1)
    if "lines" in mode:
        for stretch in _stretches(drawn, places):
            points = " ".join(f"{_pixel(across)},{_pixel(up)}" for across, up in stretch)
            yield f'<polyline points="{points}" fill="none" {_stroke(trace.get("line", {}))}/>'
    for at, (across, up) in zip(drawn, places, strict=True):
        if "markers" in mode and opacity:
            yield _mark(trace.get("marker", {}), at, across, up)
        if "text" in mode:
            yield _beside_mark(trace, at, across, up)


def _stretches(drawn: Sequence[int], places: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """The places of a line, broken where one in between is not known."""
    stretch: list[tuple[float, float]] = []
    for at, place in enumerate(places):
        if at and drawn[at] != drawn[at - 1] + 1:
            yield stretch
            stretch = []
        stretch.append(place)
    if stretch:
        yield stretch


def _mark(marker: Mapping[str, Any], at: int, x: float, y: float) -> str:
    size, symbol = float(_one(marker.get("size", 6), at)), _one(marker.get("symbol", "circle"), at)
    line, half = marker.get("line", {}), size / 2
    if not size:
        return ""
    match symbol:
        case "line-ns" if line.get("width"):
            return _line(x, y - half, x, y + half, line["color"], line["width"])
        case "line-ew" if line.get("width"):
            return _line(x - half, y, x + half, y, line["color"], line["width"])
        case "triangle-left" | "triangle-right":
            ahead = half if symbol == "triangle-right" else -half
            points = " ".join(
                f"{_pixel(across)},{_pixel(up)}"
                for across, up in ((x + ahead, y), (x - ahead, y - half), (x - ahead, y + half))
            )
            return f"<polygon points={quoteattr(points)} {_fill(marker)}/>"
        case "diamond":
            wide = half * 1.3
            points = " ".join(
                f"{_pixel(across)},{_pixel(up)}"
                for across, up in ((x, y - wide), (x + wide, y), (x, y + wide), (x - wide, y))
            )
            return f"<polygon points={quoteattr(points)} {_fill(marker)}/>"
        case _:
            around = _stroke(line) if line.get("width") else ""
            return f'<circle cx="{_pixel(x)}" cy="{_pixel(y)}" r="{_pixel(half)}" {_fill(marker)} {around}/>'


def _beside_mark(trace: Mapping[str, Any], at: int, x: float, y: float) -> str:
    font = trace.get("textfont", {})
    size, where = font.get("size", _SIZE), _one(trace.get("textposition", "middle center"), at)
    lift = {"top": -9.0, "bottom": size + 8.0}.get(where.partition(" ")[0], size * 0.35)
    return _text(x, y + lift, _plain(_one(trace["text"], at)), font["color"], size=size, anchor="center")


def _shape(shape: Mapping[str, Any], x: Axis, y: Axis, box: Box) -> Iterator[str]:
    colour, opacity = shape.get("fillcolor", "none"), shape.get("opacity", 1)
    match shape["type"]:
        case "line":
            across = x.at(shape["x0"])
            yield _line(across, box.top, across, box.bottom, shape["line"]["color"], shape["line"]["width"], "2,3")
        case "rect":
            left, right = sorted((x.at(shape["x0"]), x.at(shape["x1"])))
            top, bottom = sorted((y.at(shape["y0"]), y.at(shape["y1"])))
            yield _rect(left, top, right - left, bottom - top, colour)
        case "path":
            mapped = _NUMBER.sub(lambda found: _mapped(found[0], x, y), shape["path"])
            yield f'<path d={quoteattr(mapped)} fill="{colour}" fill-opacity="{opacity}"/>'


def _mapped(pair: str, x: Axis, y: Axis) -> str:
    across, _, up = pair.partition(",")
    return f"{_pixel(x.at(float(across)))},{_pixel(y.at(float(up)))}"


def _annotation(note: Mapping[str, Any], x: Axis, y: Axis, box: Box, palette: Palette) -> str:
    font = note.get("font", {})
    across = box.left + note["x"] * (box.right - box.left) if note.get("xref") == "paper" else x.place(note["x"])
    up = box.bottom - note["y"] * (box.bottom - box.top) if note.get("yref") == "paper" else y.place(note["y"])
    size, said = font.get("size", _SIZE), note["text"]
    drop = {"bottom": -4.0, "top": size}.get(note.get("yanchor", "middle"), size * 0.35)
    written = _text(
        across + note.get("xshift", 0),
        up - note.get("yshift", 0) + drop,
        _plain(said),
        font.get("color", "currentColor"),
        size=size,
        anchor=note.get("xanchor", "center"),
        weight=700 if said.startswith("<b>") else 400,
    )
    return _on_ground(written, palette.ground)


def _legend(
    layout: Mapping[str, Any], traces: Sequence[Mapping[str, Any]], box: Box, palette: Palette
) -> Iterator[str]:
    if not layout.get("showlegend"):
        return
    across, up = box.left + 6, box.top - 14
    for trace in traces:
        if trace.get("name") and trace.get("showlegend", True):
            marker = {**trace["marker"], "size": min(float(_one(trace["marker"].get("size", 8), 0)), 12.0)}
            yield _mark(marker, 0, across, up)
            yield _text(across + 12, up + 4, _plain(trace["name"]), palette.text)
            across += 12 + _width(_plain(trace["name"])) + 26


# SVG -----------------------------------------------------------------------------------------------------------------


def _text(
    x: float, y: float, text: str, colour: str, *, size: float = _SIZE, anchor: str = "left", weight: int = 400
) -> str:
    return (
        f'<text x="{_pixel(x)}" y="{_pixel(y)}" fill="{colour}" font-size="{_pixel(size)}" font-weight="{weight}"'
        f' text-anchor="{_ANCHORS.get(anchor, "middle")}">{_said(text)}</text>'
    )


def _on_ground(text: str, ground: str) -> str:
    """A text with the colour of the ground around its letters, so that no line goes through them."""
    around = f'stroke="{ground}" stroke-width="5" stroke-linejoin="round" paint-order="stroke"'
    return text.replace("<text ", f"<text {around} ", 1)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ends = f'x1="{_pixel(x0)}" y1="{_pixel(y0)}" x2="{_pixel(x1)}" y2="{_pixel(y1)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    where = f'x="{_pixel(x)}" y="{_pixel(y)}" width="{_pixel(width)}" height="{_pixel(height)}"'
    return f'<rect {where} fill="{colour}"/>'


def _fill(marker: Mapping[str, Any]) -> str:
    return f'fill="{marker["color"]}" fill-opacity="{marker.get("opacity", 1)}"'


def _stroke(line: Mapping[str, Any]) -> str:
    return f'stroke="{line["color"]}" stroke-width="{line["width"]}"'


def _said(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", text))


def _plain(text: object) -> str:
    """A text as plotly would show it: its own markup is bold alone, everything else was escaped before."""
    return unescape(_BOLD.sub("", str(text)))


def _is_known(value: Any) -> bool:
    """Whether a mark has a place: figures have no number where nothing is known."""
    return isinstance(value, str) or math.isfinite(value)


def _one(said: Any, at: int) -> Any:
    """What is said for one mark, where it is said for each; else for all."""
    return said if isinstance(said, str | int | float) else said[at]


def _pixel(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _number(value: float) -> str:
    shown = f"{value:,.10f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown.replace("-", "−")


def _width(text: str) -> float:
    """About how many pixels a text takes."""
    return columns_of(text) * _COLUMN * _SIZE


def _title_width(text: str) -> float:
    """How many pixels a text takes in bold letters of a title's size, at most."""
    return (columns_of(text) + 0.8 * len(_WIDE.findall(text))) * _COLUMN * _TITLE

"""The flow from data to policy draws what its frame says, and no name becomes markup."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.chain import HEIGHT, flow_figure
from dashboard.frames.chain import FlowFrame, FlowLink, FlowNode
from dashboard.theme import PALETTES

LIGHT = PALETTES["light"]
HOSTILE = '<img src=x onerror="alert(1)"> & <b>굵게</b>'


@st.composite
def frames(draw: st.DrawFn) -> FlowFrame:
    """Any flow between three columns, as a frame says it."""
    sizes = [draw(st.integers(1, 4)) for _ in range(3)]
    columns = [column for column, size in enumerate(sizes) for _ in range(size)]
    pairs = [(a, b) for a in range(len(columns)) for b in range(len(columns)) if columns[a] < columns[b]]
    uses = {pair: draw(st.integers(1, 40)) for pair in draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))}
    links = tuple(FlowLink(a, b, count) for (a, b), count in sorted(uses.items()))
    out = [sum(link.uses for link in links if link.source == at) for at in range(len(columns))]
    into = [sum(link.uses for link in links if link.target == at) for at in range(len(columns))]
    kept = [at for at in range(len(columns)) if out[at] or into[at]]
    place = {at: position for position, at in enumerate(kept)}
    nodes = tuple(
        FlowNode(f"dataset:{at}", f"묶음 {at}", HOSTILE, columns[at], max(out[at], into[at]), HOSTILE) for at in kept
    )
    moved = tuple(FlowLink(place[link.source], place[link.target], link.uses) for link in links)
    return FlowFrame((HOSTILE, "분석", "정책"), nodes, moved, "요약")


def heights_of(path: str) -> tuple[float, float, float, float]:
    """Upper and lower edge of a ribbon at its left and at its right end."""
    points = [tuple(map(float, point.split(","))) for point in re.findall(r"[-\d.e]+,[-\d.e]+", path)]
    return points[0][1], points[-1][1], points[3][1], points[4][1]


@given(frames())
@settings(max_examples=30)
def test_ribbons_lie_within_their_groups_and_as_high_as_their_uses(frame: FlowFrame) -> None:
    figure = flow_figure(frame, LIGHT)
    ribbons = [heights_of(shape.path) for shape in figure.layout.shapes if shape.type == "path"]
    boxes = [(shape.y0, shape.y1) for shape in figure.layout.shapes if shape.type == "rect"]
    assert len(ribbons) == len(frame.links)
    assert len(boxes) == len(frame.nodes)
    scale = (boxes[0][1] - boxes[0][0]) / frame.nodes[0].uses
    for link, (left_top, left_end, right_top, right_end) in zip(frame.links, ribbons, strict=True):
        assert left_end - left_top == pytest.approx(link.uses * scale)
        assert right_end - right_top == pytest.approx(link.uses * scale)
        for (top, end), group in (((left_top, left_end), link.source), ((right_top, right_end), link.target)):
            assert boxes[group][0] - 1e-6 <= top
            assert end <= boxes[group][1] + 1e-6
    assert all(-1e-6 <= top < end <= HEIGHT + 1e-6 for top, end in boxes)


@given(frames())
@settings(max_examples=30)
def test_every_group_takes_a_press_where_it_stands_and_nowhere_else(frame: FlowFrame) -> None:
    figure = flow_figure(frame, LIGHT)
    boxes = {
        node.code: shape
        for node, shape in zip(
            frame.nodes, (shape for shape in figure.layout.shapes if shape.type == "rect"), strict=True
        )
    }
    (pressed,) = (trace for trace in figure.data if trace.customdata is not None)
    assert set(pressed.customdata) == set(boxes)
    for code, x, y in zip(pressed.customdata, pressed.x, pressed.y, strict=True):
        assert boxes[code].x0 < x < boxes[code].x1
        assert boxes[code].y0 < y < boxes[code].y1


@given(frames(), st.data())
@settings(max_examples=30)
def test_the_chosen_group_is_framed_and_bold_and_its_ribbons_stand_out(frame: FlowFrame, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(frame.nodes) - 1))
    plain, marked = flow_figure(frame, LIGHT), flow_figure(frame, LIGHT, frame.nodes[at].code)
    boxes = [shape for shape in marked.layout.shapes if shape.type == "rect"]
    assert len(boxes) == len(frame.nodes) + 1
    around, box = boxes[-1], boxes[at]
    assert around.x0 < box.x0 < box.x1 < around.x1
    assert around.y0 < box.y0 < box.y1 < around.y1
    assert around.line.color == LIGHT.text
    bold = [note.text.startswith("<b>") for note in marked.layout.annotations[-len(frame.nodes) :]]
    assert [place for place, is_bold in enumerate(bold) if is_bold] == [at]
    strengths = [shape.opacity for shape in marked.layout.shapes if shape.type == "path"]
    (usual,) = {shape.opacity for shape in plain.layout.shapes if shape.type == "path"}
    for link, strength in zip(frame.links, strengths, strict=True):
        assert (strength > usual) is (at in (link.source, link.target))


def test_no_name_becomes_markup_in_the_picture() -> None:
    nodes = (
        FlowNode("dataset:a", HOSTILE, HOSTILE, 0, 1, HOSTILE),
        FlowNode("analysis:b", HOSTILE, HOSTILE, 1, 1, HOSTILE),
    )
    figure = flow_figure(FlowFrame((HOSTILE,) * 3, nodes, (FlowLink(0, 1, 1),), HOSTILE), LIGHT, "dataset:a")
    written = json.dumps(figure.to_plotly_json(), ensure_ascii=False, default=str)
    assert "&lt;img" in written
    assert "<img" not in written

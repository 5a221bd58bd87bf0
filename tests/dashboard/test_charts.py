"""Figures draw what their frame says, and no name becomes markup."""

from __future__ import annotations

import json
from decimal import Decimal
from html import unescape
from math import isnan
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.drawing import AXIS, blank_figure, strokes
from dashboard.charts.scores import groups_figure, movers_figure, parts_figure, spread_figure, trend_figure
from dashboard.charts.svg import as_svg
from dashboard.frames.department import PartRow, PartsFrame
from dashboard.frames.indicator import SpreadFrame, ValueDot
from dashboard.frames.overview import GroupRow, MoverRow, Movers, ScoreDot, TrendFrame
from dashboard.theme import PALETTES
from etl.insight.headlines import TrendPoint

LIGHT = PALETTES["light"]
HOSTILE = '<img src=x onerror="alert(1)"> & <b>굵게</b>'
scores = st.decimals(min_value=0, max_value=100, places=2)


def trend(*points: tuple[int, int | None, int | None]) -> TrendFrame:
    made = tuple(
        TrendPoint(year, None if value is None else Decimal(value), None if target is None else Decimal(target))
        for year, value, target in points
    )
    return TrendFrame("신규 개방", "건", made, "요약")


def group(name: str, *dots: tuple[str, str]) -> GroupRow:
    made = tuple(ScoreDot(Decimal(score), unit, "0010030") for score, unit in dots)
    middle = made[len(made) // 2].score if made else None
    return GroupRow(name, name, len(made), middle, None, None, (), (), made)


def part(name: str, earned: str | None, possible: str | None, median: str | None = "1", value: str = "") -> PartRow:
    numbers = [None if text is None else Decimal(text) for text in (earned, possible, median)]
    return PartRow("node", name, 0, False, value, None, "", numbers[0], numbers[1], "", False, numbers[2], None, "")


def parts(*rows: PartRow) -> PartsFrame:
    return PartsFrame(rows, "점수(점)", "이 부서", "만점", "평가군 중앙값", "요약")


def spread(**changed: Any) -> SpreadFrame:
    usual: dict[str, Any] = {
        "axis": "신규 개방 (건)",
        "logarithmic": False,
        "groups": {"지원": (ValueDot(Decimal(3), 2, "3건"), ValueDot(Decimal(0), 4, "0건")), "사업": ()},
        "labels": ("지원 (6개, 적음)", "사업 (0개, 적음)"),
        "marks": (),
        "group_targets": {},
        "target_word": "목표",
        "chosen": None,
        "summary": "요약",
    }
    return SpreadFrame(**(usual | changed))


FIGURES: dict[str, go.Figure] = {
    "trend": trend_figure(trend((2020, 362, 350), (2021, 600, 500)), LIGHT),
    "groups": groups_figure([group(HOSTILE, ("88.15", HOSTILE), ("3", "나"))], "점수(점)", LIGHT),
    "movers": movers_figure(
        Movers((MoverRow("1", HOSTILE, "지원", Decimal(20), Decimal(60), Decimal(40), ""),), 2020, 2021, "", ""),
        "점수(점)",
        LIGHT,
    ),
    "parts": parts_figure(parts(part(HOSTILE, "5", "25"), part("나", None, "0", None, HOSTILE)), LIGHT),
    "spread": spread_figure(
        spread(
            groups={HOSTILE: (ValueDot(Decimal(3), 2, HOSTILE),)},
            labels=(HOSTILE,),
            chosen=(HOSTILE, Decimal(3), HOSTILE),
        ),
        LIGHT,
    ),
}


def texts(node: Any) -> list[str]:
    """Every text anywhere in a figure."""
    if isinstance(node, dict):
        return [text for value in node.values() for text in texts(value)]
    if isinstance(node, list | tuple):
        return [text for value in node for text in texts(value)]
    return [node] if isinstance(node, str) else []


def labels(figure: go.Figure) -> list[Any]:
    """What stands beside marks: every label but the one that names the axis."""
    return [note for note in figure.layout.annotations if note.name != AXIS]


def named(figure: go.Figure) -> str:
    """What the figure says its axis counts."""
    (name,) = (note.text for note in figure.layout.annotations if note.name == AXIS)
    return str(name)


def dots(figure: go.Figure) -> list[tuple[float, float]]:
    return [
        (x, y)
        for trace in figure.data
        if trace.mode == "markers"
        for x, y in zip(trace.x or (), trace.y or (), strict=True)
    ]


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_no_name_becomes_markup(name: str) -> None:
    said = texts(json.loads(FIGURES[name].to_json()))
    own = [text.replace("<extra></extra>", "") for text in said]
    assert not [text for text in own if "<" in text]


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_figure_is_made_of_dots_and_lines_and_catches_no_finger(name: str) -> None:
    figure = FIGURES[name]
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange is True
    assert figure.layout.yaxis.fixedrange is True


@pytest.mark.parametrize(("name", "axis"), [("groups", "점수(점)"), ("movers", "점수(점)"), ("parts", "점수(점)")])
def test_the_axis_says_the_unit(name: str, axis: str) -> None:
    assert named(FIGURES[name]) == axis


def test_the_name_of_an_axis_grows_to_the_left_and_is_no_markup() -> None:
    figure = spread_figure(spread(axis=f"{HOSTILE} (건)"), LIGHT)
    (name,) = (note for note in figure.layout.annotations if note.name == AXIS)
    assert (name.x, name.xref, name.xanchor) == (1, "paper", "right")
    assert unescape(name.text) == f"{HOSTILE} (건)"
    assert "<" not in name.text


def test_the_same_frame_gives_the_same_figure() -> None:
    rows = [group("지원", ("50", "가"), ("40", "나"))]
    assert groups_figure(rows, "점수", LIGHT).to_json() == groups_figure(rows, "점수", LIGHT).to_json()


def test_a_trend_starts_at_zero_and_skips_years_without_a_value() -> None:
    figure = trend_figure(trend((2019, None, 250), (2020, 362, 350), (2021, 600, None)), LIGHT)
    targets, values = figure.data
    assert list(values.x) == ["2020", "2021"]
    assert list(values.y) == [362, 600]
    assert list(values.text) == ["362", "600"]
    assert list(targets.x) == ["2019", "2020"]
    low, high = figure.layout.yaxis.range
    assert low < 0
    assert high > 600


def test_of_many_years_the_first_and_the_last_are_named_and_none_is_turned() -> None:
    few = trend_figure(trend((2019, None, 5), (2020, 1, 2), (2021, 2, 2)), LIGHT)
    many = trend_figure(trend(*((year, year - 2000, None) for year in range(2016, 2022))), LIGHT)
    assert list(few.layout.xaxis.ticktext) == ["2019", "2020", "2021"]
    assert list(many.layout.xaxis.ticktext) == ["2016", "2021"]
    assert many.layout.xaxis.tickangle == 0


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_figure_is_drawn_once_with_room_for_the_longest_name(name: str) -> None:
    layout = FIGURES[name].layout
    assert layout.xaxis.automargin is layout.yaxis.automargin is False
    for label in layout.yaxis.ticktext or ():
        assert layout.margin.l >= 7 * len(unescape(label)) + 18


def test_strokes_stand_apart_in_one_trace_and_in_the_file_too() -> None:
    figure = blank_figure(LIGHT, 100, {"l": 4, "r": 4, "t": 4, "b": 4})
    strokes(figure, [((0, 0), (1, 0)), ((5, 1), (7, 1))], color="#000000", width=2)
    (trace,) = figure.data
    assert [x for x in trace.x if not isnan(x)] == [0, 1, 5, 7]
    assert as_svg(figure, LIGHT, "제목", ()).count("<polyline") == 2


def test_the_label_of_a_year_keeps_out_of_the_way_of_its_target() -> None:
    figure = trend_figure(trend((2020, 5, 6), (2021, 14, 12)), LIGHT)
    assert list(figure.data[1].textposition) == ["bottom center", "top center"]


@given(st.lists(st.lists(scores, min_size=1, max_size=5), min_size=1, max_size=5))
def test_every_department_of_every_group_is_a_dot_on_its_own_line(groups: list[list[Decimal]]) -> None:
    rows = [group(f"평가군 {at}", *((str(score), "부서") for score in own)) for at, own in enumerate(groups)]
    figure = groups_figure(rows, "점수", LIGHT)
    drawn = dots(figure)
    expected = [(float(score), at) for at, own in enumerate(groups) for score in own]
    medians = [(float(row.median), at) for at, row in enumerate(rows) if row.median is not None]
    assert sorted(drawn) == sorted(expected + medians)
    low, high = figure.layout.xaxis.range
    assert all(low < x < high for x, _ in drawn)


def test_two_rows_of_the_same_name_stay_two() -> None:
    figure = groups_figure([group("동명과", ("50", "가")), group("동명과", ("40", "나"))], "점수", LIGHT)
    assert list(figure.layout.yaxis.ticktext) == ["동명과", "동명과"]
    assert list(figure.layout.yaxis.tickvals) == [0, 1]
    assert list(figure.layout.yaxis.range) == [1.5, -0.5]


def test_a_mover_stands_between_last_year_and_this_year() -> None:
    line, before, now = FIGURES["movers"].data
    assert list(line.x) == [20, 60]
    assert (list(before.x), list(now.x)) == ([20], [60])
    assert [note.text for note in labels(FIGURES["movers"])] == ["+40.0"]


def test_a_part_without_points_says_why_instead_of_a_dot() -> None:
    figure = parts_figure(parts(part("가", "5", "25"), part("나", None, "0", None, "해당없음")), LIGHT)
    this = next(trace for trace in figure.data if trace.name == "이 부서")
    assert (list(this.x), list(this.y)) == ([5], [0])
    (note,) = labels(figure)
    assert (note.text, note.y) == ("해당없음", 1)


def test_targets_and_edges_are_drawn_with_their_words() -> None:
    marks = ((Decimal(40), "9점"), (Decimal(20), "3점"))
    figure = spread_figure(spread(marks=marks, group_targets={"지원": Decimal(4)}), LIGHT)
    assert [shape.x0 for shape in figure.layout.shapes] == [20, 40]
    assert [note.text for note in labels(figure)] == ["3점", "9점"]
    assert (4.0, 0) in dots(figure)


def test_a_dot_grows_with_the_departments_it_stands_for() -> None:
    figure = spread_figure(spread(), LIGHT)
    one, four = figure.data[0].marker.size
    assert four**2 / one**2 == pytest.approx(2)


def test_zero_has_a_lane_of_its_own_left_of_a_logarithmic_axis() -> None:
    frame = spread(
        logarithmic=True, marks=((Decimal(10), "0점"), (Decimal(0), "없음")), chosen=("지원", Decimal(0), "가")
    )
    figure = spread_figure(frame, LIGHT)
    lane = 10**-0.5
    assert figure.layout.xaxis.type == "log"
    assert [x for x, _ in dots(figure)] == pytest.approx([3, lane, lane])
    assert list(figure.data[-1].x) == [pytest.approx(lane)]
    assert list(figure.layout.xaxis.tickvals) == [pytest.approx(lane), 1, 10]
    assert list(figure.layout.xaxis.ticktext) == ["0", "1", "10"]
    assert [note.text for note in labels(figure)] == ["0점", "가"]
    assert [note.x for note in labels(figure)] == [1.0, -0.5]


def test_a_logarithmic_axis_without_zeros_has_no_lane_for_them() -> None:
    groups = {"지원": (ValueDot(Decimal("0.02"), 2, "0.02건"), ValueDot(Decimal(300), 1, "300건"))}
    figure = spread_figure(spread(logarithmic=True, groups=groups, labels=("지원",)), LIGHT)
    assert dots(figure) == [(0.02, 0), (300.0, 0)]
    assert figure.layout.xaxis.tickvals is None
    assert len(figure.layout.shapes) == 0


def test_where_all_is_zero_a_logarithmic_axis_has_its_lane_still() -> None:
    groups = {"지원": (ValueDot(Decimal(0), 2, "0건"),)}
    figure = spread_figure(spread(logarithmic=True, groups=groups, labels=("지원",)), LIGHT)
    assert list(figure.layout.xaxis.ticktext) == ["0", "1"]


def test_the_chosen_department_is_named_beside_its_dot() -> None:
    figure = spread_figure(spread(chosen=("지원", Decimal(3), "교통정책과")), LIGHT)
    assert [note.text for note in labels(figure)] == ["교통정책과"]
    assert figure.data[-1].marker.color == LIGHT.primary


def test_large_numbers_stand_in_full_at_an_axis() -> None:
    layout = blank_figure(LIGHT, 100, {}).layout
    for axis in (layout.xaxis, layout.yaxis):
        assert (axis.exponentformat, axis.separatethousands) == ("none", True)


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [("0.9", [0, 0.2, 0.4, 0.6, 0.8, 1]), ("60", [0, 20, 40, 60]), ("88", [0, 20, 40, 60, 80, 100]), ("0", [0])],
)
def test_movers_fill_their_axis_whatever_a_score_is_out_of(highest: str, ticks: list[float]) -> None:
    end = Decimal(highest)
    row = MoverRow("1", "가", "지원", end / 2, end, end / 2, "")
    figure = movers_figure(Movers((row,), 2020, 2021, "", ""), "점수(점)", LIGHT)
    low, high = figure.layout.xaxis.range
    assert list(figure.layout.xaxis.tickvals) == ticks
    assert float(end) / (high - low) > 0.7 or end == 0
    assert low < 0 < float(end) < high or end == 0

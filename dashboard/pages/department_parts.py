"""The parts of a score, as a picture and in figures: on a department's page, and on the overview of a body as one."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.scores import parts_figure
from dashboard.following import clickable_chart, to_indicators
from dashboard.frames.department import PartRow, part_rows, parts_frame, parts_sentences, sum_sentence
from dashboard.markup import Column, Html, Line, bullets, exact, link, paragraph, safe, small, table
from dashboard.shell import heading, show
from dashboard.view import View
from etl.insight.standing import adds_up

DEEP = ("", "jp-deep", "jp-deeper")


def parts_table(view: View, unit: str, rows: Sequence[PartRow]) -> Html:
    """Areas and indicators in figures; an indicator's name leads to its records."""
    words = view.words
    columns = [
        Column(words("department.indicator")),
        Column(words("department.value"), "number"),
        Column(words("department.earned"), "number", view.means("points")),
        Column(words("department.possible"), "number", view.means("weight"))
        if adds_up(view.source.reading.rulebook)
        else Column(words("department.full"), "number"),
    ]
    if view.reading.body is None:
        columns.append(Column(words("department.median"), "number", view.means("median")))
    columns.append(Column(words("department.gap" if view.reading.body is None else "body.gap"), "number"))
    lines = [
        Line(cells_of(view, unit, row), "jp-area" if row.is_area else DEEP[min(row.depth, len(DEEP) - 1)])
        for row in rows
    ]
    return table(words("department.parts"), columns, lines)


def cells_of(view: View, unit: str, row: PartRow) -> list[Html]:
    """One area or indicator; a body evaluated as one is set against full marks, as there is no median."""
    there = view.address.to(unit=unit, indicator=row.node).href("indicator")
    cells = [
        safe(row.name) if row.is_area else link(row.name, there),
        Html(exact(row.value, row.value_exact) + small(row.target)),
        exact(view.source.points(row.earned), row.earned),
        safe(row.possible_text),
    ]
    if view.reading.body is None:
        cells.append(exact(view.source.points(row.median), row.median))
    return [*cells, exact(row.gap_text, row.gap)]


def parts(view: View, unit: str) -> None:
    """What the score is made of."""
    words = view.words
    heading(words("department.parts"))
    show(bullets(view.remember(f"parts sentences {unit}", lambda: parts_sentences(view.source, unit))))
    frame = view.remember(f"parts frame {unit}", lambda: parts_frame(view.source, unit))
    figure = view.draw(f"parts {unit}", lambda palette: parts_figure(frame, palette))
    clickable_chart(view, figure, "parts", frame.summary, to_indicators(view, unit))
    show(paragraph(words("chart.to_indicator"), "jp-note"))
    rows = view.remember(f"part rows {unit}", lambda: part_rows(view.source, unit))
    show(parts_table(view, unit, rows), paragraph(sum_sentence(view.source, unit), "jp-note"))

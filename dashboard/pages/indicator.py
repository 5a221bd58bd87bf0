"""지표: what is measured and how it becomes points, everybody's values, and the records behind one department's."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.scores import spread_figure
from dashboard.following import clickable_chart, to_departments
from dashboard.frames.indicator import (
    MarkRow,
    UnitValueRow,
    body_sentences,
    figure_sentences,
    in_score_text,
    mark_rows,
    marks_sentence,
    metric_parts,
    spread_frame,
    unit_value_rows,
)
from dashboard.frames.rules import RuleTable, rule_facts, rule_table
from dashboard.markup import Column, Html, Line, bullets, exact, join, link, paragraph, safe, small, table, tag
from dashboard.once import waivers_in
from dashboard.reader import may_appeal, note_people_seen
from dashboard.records import show_records, to_appeal
from dashboard.shell import beside, head, heading, name_tab, open_page, pick, show, state, turn
from dashboard.tables import sheet_of
from dashboard.view import View
from etl.insight.decisions import panel_marks
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_points import Panel


def definition(view: View, indicator: Indicator) -> None:
    """What the rulebook says, with its tables."""
    heading(view.words("indicator.definition"))
    facts = rule_facts(view.source, indicator)
    show(tag("dl", join(Html(tag("dt", safe(what)) + tag("dd", safe(said))) for what, said in facts), "jp-rules"))
    rules = rule_table(view.source, indicator)
    if rules is not None:
        show(rules_markup(view, rules))


def rules_markup(view: View, rules: RuleTable) -> Html:
    """A table of the rulebook."""
    columns = [Column(rules.columns[0]), Column(rules.columns[1], "number")]
    lines = [Line([safe(left), safe(right)]) for left, right in rules.rows]
    with_title = tag("h3", safe(view.words("indicator.rules_table")), "jp-subheading")
    return Html(with_title + tag("div", table(view.words("indicator.rules_table"), columns, lines), "jp-narrow"))


def everybody(view: View, indicator: Indicator, unit: str | None) -> None:
    """All departments' values and points."""
    words = view.words
    heading(words("indicator.units"))
    frame = view.remember(f"spread {indicator.id} {unit}", lambda: spread_frame(view.source, indicator, unit))
    body = view.remember(f"body of {indicator.id}", lambda: body_sentences(view.source, indicator))
    said = [*body, frame.summary, words("indicator.units.legend")]
    if frame.marks or frame.group_targets:
        said.append(words("indicator.units.marks"))
    if frame.chosen is not None:
        said.append(words("indicator.units.chosen", unit=frame.chosen[2]))
    show(paragraph(" ".join(said), "jp-note"))
    figure = view.draw(f"spread {indicator.id} {unit}", lambda palette: spread_figure(frame, palette))
    clickable_chart(view, figure, "spread", frame.summary, to_departments(view))
    show(paragraph(words("overview.click"), "jp-note jp-hint"))
    rows = view.remember(f"unit values {indicator.id}", lambda: unit_value_rows(view.source, indicator))
    sheet = sheet_of(len(rows), view.address.page)
    shown = rows[sheet.begin : sheet.end]
    beside(words, "units-table", view.keep("units", lambda: units_table(view, indicator, unit, shown)))
    turn(sheet.pages, sheet.page)


def units_table(view: View, indicator: Indicator, unit: str | None, rows: Sequence[UnitValueRow]) -> Html:
    """Value, target and points of departments; a name shows its records here."""
    words = view.words
    columns = [
        Column(words("indicator.unit")),
        Column(words("indicator.group")),
        Column(words("indicator.value"), "number"),
        Column(words("indicator.target"), "number", view.means("target")),
        Column(words("indicator.points"), "number", view.means("points")),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=row.unit_id, indicator=indicator.id, page=None).href("indicator")),
                safe(row.group),
                exact(row.value, row.value_exact),
                safe(row.target),
                Html(exact(row.points, row.points_exact) + small(in_score_text(view.source, indicator, row.unit_id))),
            ],
            "jp-chosen" if row.unit_id == unit else "",
        )
        for row in rows
    ]
    return table(words("indicator.units"), columns, lines)


# The records behind one department's figure --------------------------------------------------------------------------


def ask_for_unit(view: View) -> None:
    """Where no department is chosen."""
    heading(view.words("indicator.records"))
    show(paragraph(view.words("indicator.records.no_unit"), "jp-note"))
    pick_unit(view, None)


def figure_of_unit(view: View, indicator: Indicator, unit: str) -> None:
    """One department's value and what stands behind it."""
    words = view.words
    heading(words("indicator.number", unit=view.source.units[unit]))
    pick_unit(view, unit)
    theirs = view.reading.has_records and unit in view.source.record_units
    approved = waivers_in(view.reading).get(unit, []) if theirs else []
    show(bullets(figure_sentences(view.source, indicator, unit, approved)))
    heading(words("indicator.records"))
    is_open = may_appeal(view.person, view.source.year, unit)
    if is_open:
        show(tag("p", link(words("indicator.records.appeal.indicator"), to_appeal(view, indicator.id))))
    if not view.reading.has_records:
        show(paragraph(words("indicator.records.none_behind"), "jp-note"))
    elif isinstance(indicator.points, Panel):
        marks(view, indicator, unit)
    else:
        records(view, indicator, unit, is_open=is_open)


def pick_unit(view: View, unit: str | None) -> None:
    """The choice of the department, where the reader has one."""
    words, units = view.words, view.source.units
    if list(units) != [unit]:
        pick(words("indicator.choose_unit"), "unit", units, unit, words("indicator.no_unit"))


def records(view: View, indicator: Indicator, unit: str, *, is_open: bool) -> None:
    """The records of every metric the indicator looks at, leading to an appeal where the reader may file one."""
    parts = metric_parts(view.source, indicator, unit)
    if not parts:
        show(paragraph(view.words("indicator.records.no_metric"), "jp-note"))
    for part in parts:
        name = view.words("indicator.records.metric", metric=part.name, value=part.value)
        show(tag("h3", safe(f"{name} ({part.role})"), "jp-subheading"))
        show_records(view, part, unit, indicator.id if is_open else None)


def marks(view: View, indicator: Indicator, unit: str) -> None:
    """A panel's marks; that they were looked at is kept, for they name the assessors."""
    if unit not in view.source.record_units:
        show(paragraph(view.words("indicator.records.hidden"), "jp-note"))
        return
    lines = view.read(f"marks {indicator.id} {unit}", lambda reading: panel_marks(reading, indicator.id, unit))
    show(paragraph(marks_sentence(view.source, lines), "jp-note"))
    if lines:
        note_people_seen(view.reading.folder.name, indicator.id, unit)
        show(marks_table(view, mark_rows(view.source, lines)))


def marks_table(view: View, rows: Sequence[MarkRow]) -> Html:
    """The marks, with those left out."""
    words = view.words
    columns = [
        Column(words("indicator.panel.assessor")),
        Column(words("indicator.panel.mark"), "number"),
        Column(words("indicator.panel.use")),
        Column(words("indicator.panel.day")),
        Column(words("indicator.records.origin")),
    ]
    lines = [Line([safe(cell) for cell in (row.assessor, row.mark, row.use, row.day, row.origin)]) for row in rows]
    return table(words("indicator.records"), columns, lines)


def choice(view: View, indicator: Indicator | None) -> None:
    """The choice of the indicator."""
    names = {key: view.source.nodes[key] for key in view.source.indicators}
    label = view.words("indicator.choose")
    pick(label, "indicator", names, indicator.id if indicator else None, label)


def page() -> None:
    """The page from top to bottom."""
    view = open_page("indicator")
    words, known = view.words, view.source.indicators
    said = view.address.indicator
    indicator = known.get(said) if said is not None else next(iter(known.values()))
    if indicator is None:
        head(view, words("page.indicator"), words("indicator.question"))
        state("no_indicator", said or "", words)
        choice(view, None)
        return
    head(view, view.source.nodes[indicator.id], words("indicator.question"))
    trouble = view.trouble_with_unit()
    body = view.reading.body if view.reading.body in view.source.units else None
    unit = None if trouble is not None else view.address.unit or body
    if unit is not None:
        back = words("indicator.back", unit=view.source.units[unit])
        show(tag("p", link(back, view.address.to(indicator=None).href("department")), "jp-note"))
    name_tab(view, "indicator", view.source.nodes[indicator.id])
    if said is None:
        show(paragraph(words("indicator.nothing_chosen"), "jp-note"))
    choice(view, indicator)
    if trouble is not None:
        state(trouble, view.address.unit or "", words)
    if unit is not None:
        figure_of_unit(view, indicator, unit)
    definition(view, indicator)
    if view.reading.body is not None:
        return
    everybody(view, indicator, unit)
    if unit is None:
        ask_for_unit(view)


page()

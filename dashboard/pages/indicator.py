"""지표: what is measured and how it becomes points, everybody's values, and the records behind one department's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.charts import spread_figure
from dashboard.formats import number
from dashboard.frames.indicator import (
    Behind,
    MarkRow,
    MetricPart,
    RecordRow,
    RecordsFrame,
    figure_sentences,
    mark_rows,
    marks_sentence,
    metric_parts,
    records_frame,
    spread_frame,
    unit_value_rows,
)
from dashboard.frames.rules import RuleTable, rule_facts, rule_table
from dashboard.markup import (
    Column,
    Html,
    Line,
    bullets,
    exact,
    join,
    link,
    no_markdown,
    paragraph,
    safe,
    small,
    table,
    tag,
)
from dashboard.shell import beside, chart, head, heading, open_page, pick, show, state
from dashboard.view import View
from etl.engine import EngineError
from etl.insight.decisions import department_names, panel_marks, waivers
from etl.insight.evidence import open_evidence
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_points import Panel

RECORDS_A_PAGE = 20


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
    said = [frame.summary, words("indicator.units.legend")]
    if frame.marks or frame.group_targets:
        said.append(words("indicator.units.marks"))
    if frame.chosen is not None:
        said.append(words("indicator.units.chosen", unit=frame.chosen[2]))
    show(paragraph(" ".join(said), "jp-note"))
    figure = view.draw(f"spread {indicator.id} {unit}", lambda palette: spread_figure(frame, palette))
    chart(figure, "spread", frame.summary)
    beside(words, "units-table", units_table(view, indicator, unit))


def units_table(view: View, indicator: Indicator, unit: str | None) -> Html:
    """Value, target and points of every department; its name shows its records here."""
    words = view.words
    columns = [
        Column(words("indicator.unit")),
        Column(words("indicator.group")),
        Column(words("indicator.value"), "number"),
        Column(words("indicator.target"), "number"),
        Column(words("indicator.points"), "number"),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=row.unit_id, indicator=indicator.id).href("indicator")),
                safe(row.group),
                exact(row.value, row.value_exact),
                safe(row.target),
                exact(row.points, row.points_exact),
            ],
            "jp-chosen" if row.unit_id == unit else "",
        )
        for row in view.remember(f"unit values {indicator.id}", lambda: unit_value_rows(view.source, indicator))
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
    approved = view.remember(f"waivers {unit}", lambda: waivers(view.reading, unit)) if view.reading.has_records else []
    show(bullets(figure_sentences(view.source, indicator, unit, approved)))
    heading(words("indicator.records"))
    if not view.reading.has_records:
        show(paragraph(words("indicator.records.none_behind"), "jp-note"))
    elif isinstance(indicator.points, Panel):
        marks(view, indicator, unit)
    else:
        records(view, indicator, unit)


def pick_unit(view: View, unit: str | None) -> None:
    """The choice of the department."""
    words = view.words
    pick(words("indicator.choose_unit"), "unit", view.source.units, unit, words("indicator.no_unit"))


def records(view: View, indicator: Indicator, unit: str) -> None:
    """The records of every metric the indicator looks at."""
    parts = metric_parts(view.source, indicator, unit)
    if not parts:
        show(paragraph(view.words("indicator.records.no_metric"), "jp-note"))
    for part in parts:
        name = view.words("indicator.records.metric", metric=part.name, value=part.value)
        show(tag("h3", safe(f"{name} ({part.role})"), "jp-subheading"))
        try:
            frame = view.remember(f"records {part.metric} {unit}", partial(behind, view, part, unit))
        except (EngineError, OSError, ValueError, KeyError):
            said = view.words("indicator.records.unreadable", release=view.reading.folder.name)
            show(paragraph(said, "jp-caution"))
            continue
        show(bullets(frame.sentences))
        list_records(view, part, frame)


def behind(view: View, part: MetricPart, unit: str) -> RecordsFrame:
    """The records of one metric, read from the release."""
    names = view.remember("department names", lambda: department_names(view.reading))
    with open_evidence(view.reading) as book:
        evidence = book.of(part.metric, unit)
        read = Behind(evidence, book.files, names, book.corrected(part.metric, evidence))
    return records_frame(view.source, part, read)


def list_records(view: View, part: MetricPart, frame: RecordsFrame) -> None:
    """Those that count, or those that do not, a page at a time."""
    words = view.words
    counts = {"counted": len(frame.counted), "not_counted": len(frame.not_counted)}
    if not any(counts.values()):
        return
    labels = {which: words(f"indicator.records.{which}", count=number(count)) for which, count in counts.items()}
    # The choice belongs to this figure, not to the address: it starts over with another department.
    key = f"records-{part.metric}-{view.address.unit}"
    which = st.segmented_control(
        no_markdown(f"{words('indicator.records.show')} · {part.name}"),
        list(labels),
        format_func=labels.__getitem__,
        default="counted" if frame.counted else "not_counted",
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    rows = frame.counted if which == "counted" else frame.not_counted
    if not rows:
        show(paragraph(words(f"indicator.records.none_{which}"), "jp-note"))
        return
    pages = -(-len(rows) // RECORDS_A_PAGE)
    page_no = st.pagination(pages, key=f"{key}-{which}") if pages > 1 else 1
    first = (page_no - 1) * RECORDS_A_PAGE
    shown = rows[first : first + RECORDS_A_PAGE]
    if pages > 1:
        place = words("indicator.records.page", total=number(len(rows)), first=first + 1, last=first + len(shown))
        show(paragraph(place, "jp-note"))
    show(records_table(view, frame, shown, labels[which or "counted"]))


def records_table(view: View, frame: RecordsFrame, rows: Sequence[RecordRow], caption: str) -> Html:
    """Records with title, amount, reason and the received file and row; columns without anything are left out."""
    words = view.words
    columns = [Column(words("indicator.records.record"))]
    columns += [Column(words("indicator.records.title"), "long")] if frame.has_titles else []
    columns += [Column(words("indicator.records.amount"), "number")]
    columns += [Column(words("indicator.records.share"))] if frame.has_shares else []
    reasons = any(row.reason for row in rows)
    columns += [Column(words("indicator.records.reason"))] if reasons else []
    columns += [Column(words("indicator.records.origin"))]
    lines = []
    for row in rows:
        cells = [safe(row.record_id)]
        cells += [safe(row.title)] if frame.has_titles else []
        cells += [exact(row.amount, row.amount_exact)]
        cells += [safe(row.share)] if frame.has_shares else []
        cells += [safe(row.reason)] if reasons else []
        cells += [Html(safe(row.origin) + small(row.corrected))]
        lines.append(Line(cells))
    return table(caption, columns, lines)


def marks(view: View, indicator: Indicator, unit: str) -> None:
    """A panel's marks."""
    lines = view.remember(f"marks {indicator.id} {unit}", lambda: panel_marks(view.reading, indicator.id, unit))
    show(paragraph(marks_sentence(view.source, lines), "jp-note"))
    if lines:
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
    unit = None if trouble is not None else view.address.unit
    if unit is not None:
        back = words("indicator.back", unit=view.source.units[unit])
        show(tag("p", link(back, view.address.to(indicator=None).href("department")), "jp-note"))
    choice(view, indicator)
    if trouble is not None:
        state(trouble, view.address.unit or "", words)
    if unit is not None:
        figure_of_unit(view, indicator, unit)
    definition(view, indicator)
    everybody(view, indicator, unit)
    if unit is None:
        ask_for_unit(view)


page()

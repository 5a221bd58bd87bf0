"""부서: one department's score, its parts against the peer group's median, bonus and penalty with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.scores import parts_figure
from dashboard.following import clickable_chart, to_indicators
from dashboard.frames.department import (
    PartRow,
    department_facts,
    department_sentences,
    ledger_rows,
    ledger_sentences,
    part_rows,
    parts_frame,
    parts_sentences,
    sum_sentence,
    waiver_sentences,
)
from dashboard.frames.fed_rules import fed_parts
from dashboard.markup import Column, Html, Line, bullets, exact, facts_row, join, link, paragraph, safe, table, tag
from dashboard.once import ledgers_in, waivers_in
from dashboard.pages.department_ahead import ahead, bridge_section, people_section, records_section, years_section
from dashboard.pages.department_sure import sure_section
from dashboard.records import show_records
from dashboard.shell import head, heading, name_tab, open_page, pick, show, state
from dashboard.view import View
from etl.insight.decisions import LedgerLine, Waiver
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
        Column(words("department.median"), "number", view.means("median")),
        Column(words("department.gap"), "number"),
    ]
    lines = [
        Line(
            [
                safe(row.name)
                if row.is_area
                else link(row.name, view.address.to(unit=unit, indicator=row.node).href("indicator")),
                exact(row.value, row.value_exact),
                exact(view.source.points(row.earned), row.earned),
                safe(row.possible_text),
                exact(view.source.points(row.median), row.median),
                exact(row.gap_text, row.gap),
            ],
            "jp-area" if row.is_area else DEEP[min(row.depth, len(DEEP) - 1)],
        )
        for row in rows
    ]
    return table(words("department.parts"), columns, lines)


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


def decisions(view: View, unit: str) -> None:
    """Bonus, penalty and what does not apply, with the reasons."""
    words = view.words
    entries: list[LedgerLine] = []
    approved: list[Waiver] = []
    theirs = unit in view.source.record_units
    if view.reading.has_records and theirs:
        entries = ledgers_in(view.reading).get(unit, [])
        approved = waivers_in(view.reading).get(unit, [])
    heading(words("department.ledger"))
    show(*(paragraph(said, "jp-note") for said in ledger_sentences(view.source, unit, entries)))
    if not theirs:
        show(paragraph(words("department.ledger.hidden"), "jp-note"))
    if entries:
        show(ledger_table(view, entries))
    for fed in fed_parts(view.source, unit):
        show(tag("h3", safe(fed.name), "jp-subheading"), bullets(fed.sentences))
        if view.reading.has_records:
            show_records(view, fed.part, unit)
    if approved:
        heading(words("department.waivers"))
        show(bullets(waiver_sentences(view.source, approved)))


def ledger_table(view: View, entries: Sequence[LedgerLine]) -> Html:
    """The entries with reason, document and where they were received."""
    words = view.words
    columns = [
        Column(words("department.ledger.kind")),
        Column(words("department.ledger.rule")),
        Column(words("department.ledger.points"), "number"),
        Column(words("department.ledger.reason"), "long"),
        Column(words("department.ledger.day")),
        Column(words("department.ledger.document")),
        Column(words("department.ledger.origin")),
    ]
    lines = [
        Line([safe(cell) for cell in (row.kind, row.rule, row.points, row.reason, row.day, row.document, row.origin)])
        for row in ledger_rows(view.source, entries)
    ]
    return table(words("department.ledger"), columns, lines)


def choice(view: View, unit: str | None) -> None:
    """The choice of the department, where the reader has one."""
    units = view.source.units
    if list(units) != [unit]:
        pick(view.words("department.choose"), "unit", units, unit, view.words("indicator.no_unit"))


def page() -> None:
    """The page from top to bottom."""
    view = open_page("department")
    words = view.words
    trouble = view.trouble_with_unit()
    unit = view.address.unit or view.own_unit or next(iter(view.source.units), None)
    if trouble is not None or unit is None:
        head(view, words("page.department"), words("department.question"))
        state(trouble or "nobody", view.address.unit or "", words)
        choice(view, None)
        return
    row = view.reading.units[unit]
    head(view, row.name, words("department.question"))
    back = link(words("department.back"), view.address.to(unit=None, indicator=None).href("ranking"))
    about = [view.source.group_name(unit), row.parent or "", words("department.code", code=unit)]
    show(tag("p", join([back, *(safe(part) for part in about if part)], " · "), "jp-note"))
    name_tab(view, "department", row.name)
    if view.address.unit is None and view.own_unit is None:
        show(paragraph(words("department.nobody_chosen"), "jp-note"))
    choice(view, unit)
    show(facts_row(view.remember(f"facts {unit}", lambda: department_facts(view.source, unit)), view.means))
    said = view.remember(f"department sentences {unit}", lambda: department_sentences(view.source, unit))
    show(bullets(said))
    sure_section(view, unit)
    bridge_section(view, unit)
    ahead(view, unit)
    parts(view, unit)
    records_section(view, unit)
    decisions(view, unit)
    years_section(view, unit)
    people_section(view, unit)


page()

"""부서: one department's score, its parts against the peer group's median, bonus and penalty with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.frames.department import (
    department_facts,
    department_sentences,
    ledger_rows,
    ledger_sentences,
    waiver_sentences,
)
from dashboard.frames.fed_rules import fed_parts
from dashboard.markup import Column, Html, Line, bullets, facts_row, join, link, paragraph, safe, table, tag
from dashboard.once import ledgers_in, waivers_in
from dashboard.pages.department_ahead import ahead, bridge_section, people_section, records_section, years_section
from dashboard.pages.department_parts import parts
from dashboard.pages.department_sure import sure_section
from dashboard.records import show_records
from dashboard.shell import head, heading, name_tab, open_page, pick, show, state
from dashboard.view import View
from etl.insight.decisions import LedgerLine, Waiver


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
        who = "department.ledger.hidden" if view.reading.body is None else "body.ledger.hidden"
        show(paragraph(words(who), "jp-note"))
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


def about(view: View, unit: str) -> list[Html]:
    """The way back, and what the department is; the body as a whole came from the overview, and is all there is."""
    words, row, address = view.words, view.reading.units[unit], view.address.to(unit=None, indicator=None)
    if view.reading.body is not None:
        return [link(words("body.back"), address.href("overview"))]
    known = [view.source.group_name(unit), row.parent or "", words("department.code", code=unit)]
    return [link(words("department.back"), address.href("ranking")), *(safe(part) for part in known if part)]


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
    of_body = view.reading.body is not None
    head(view, view.reading.units[unit].name, words("body.question" if of_body else "department.question"))
    show(tag("p", join(about(view, unit), " · "), "jp-note"))
    name_tab(view, "department", view.reading.units[unit].name)
    if view.address.unit is None and view.own_unit is None and not of_body:
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

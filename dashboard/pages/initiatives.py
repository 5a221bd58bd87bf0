"""디지털 사업: the services and places departments run, with sites and users by year."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.scores import trend_figure
from dashboard.frames.initiatives import InitiativeRow, in_scope, initiative_facts, initiative_rows
from dashboard.frames.overview import TrendFrame
from dashboard.markup import Column, Html, Line, facts_row, paragraph, safe, small, table, tag
from dashboard.once import names_in
from dashboard.shell import beside, chart, head, heading, open_page, pick, show, unit_asked_for
from dashboard.view import View
from etl.engine import EngineError
from etl.insight.initiatives import initiatives

CARDS_IN_A_ROW = 3


def cards(view: View, rows: Sequence[InitiativeRow]) -> None:
    """Every initiative with its two small charts."""
    words = view.words
    heading(words("initiatives.each"))
    show(paragraph(words("initiatives.each.legend"), "jp-note"))
    for start in range(0, len(rows), CARDS_IN_A_ROW):
        in_a_row = rows[start : start + CARDS_IN_A_ROW]
        for column, row in zip(st.columns(CARDS_IN_A_ROW, border=True), in_a_row, strict=False):
            with column:
                show(tag("p", safe(row.title), "jp-subheading"), paragraph(row.unit, "jp-note"))
                for part, what, frame in (
                    ("sites", words("initiatives.sites"), row.sites),
                    ("users", words("initiatives.users"), row.users),
                ):
                    show(paragraph(what, "jp-fact-name"))
                    trend(view, f"{part}-{row.initiative_id}", frame)
    beside(words, "initiatives-table", years_table(view, rows))


def trend(view: View, key: str, frame: TrendFrame) -> None:
    """One figure year by year, if anybody reported it."""
    if any(point.value is not None for point in frame.points):
        chart(view.draw(f"initiative {key}", lambda palette: trend_figure(frame, palette)), key, frame.summary)
    else:
        show(paragraph(frame.summary, "jp-note"))


def years_table(view: View, rows: Sequence[InitiativeRow]) -> Html:
    """Sites and users of every initiative in every year."""
    words = view.words
    columns = [
        Column(words("initiatives.name")),
        Column(words("initiatives.year"), "number"),
        Column(words("initiatives.sites"), "number"),
        Column(words("initiatives.users"), "number"),
    ]
    lines = [
        Line([safe(row.title), safe(year.year), safe(year.sites), safe(year.users)])
        for row in rows
        for year in row.years
    ]
    return table(words("initiatives.each"), columns, lines)


def list_table(view: View, rows: Sequence[InitiativeRow]) -> Html:
    """Every initiative with its latest figures and where it was received."""
    words = view.words
    columns = [
        Column(words("initiatives.name")),
        Column(words("initiatives.unit")),
        Column(words("initiatives.service")),
        Column(words("initiatives.runs_from")),
        Column(words("initiatives.standing")),
        Column(words("initiatives.year"), "number"),
        Column(words("initiatives.sites"), "number"),
        Column(words("initiatives.users"), "number"),
        Column(words("initiatives.document")),
        Column(words("initiatives.origin")),
    ]
    lines = [
        Line(
            [
                Html(safe(row.title) + small(row.initiative_id)),
                *map(safe, (row.unit, row.service, row.span, row.standing)),
                *map(safe, (row.latest.year, row.latest.sites, row.latest.users)),
                *map(safe, (row.document_no, row.origin)),
            ]
        )
        for row in rows
    ]
    return table(words("initiatives.list"), columns, lines)


def page() -> None:
    """The page from top to bottom."""
    view = open_page("initiatives")
    words = view.words
    head(view, words("initiatives.title"), words("initiatives.question"))
    if not view.reading.has_records:
        show(paragraph(words("initiatives.no_records"), "jp-note"))
        return
    try:
        found = view.read("initiatives", initiatives)
        names = names_in(view.reading)
    except (EngineError, OSError, ValueError, KeyError):
        show(paragraph(words("initiatives.unreadable", release=view.reading.folder.name), "jp-caution"))
        return
    unit = unit_asked_for(view, records=True)
    pick(words("initiatives.choose_unit"), "unit", view.source.record_units, unit, words("initiatives.whole_body"))
    seen = in_scope(view.source, found, unit)
    if not seen:
        show(paragraph(words("initiatives.none"), "jp-note"))
        return
    rows = view.remember(f"initiative rows {unit}", lambda: initiative_rows(view.source, seen, names))
    show(facts_row(initiative_facts(view.source, seen), view.means))
    cards(view, rows)
    heading(words("initiatives.list"))
    show(list_table(view, rows))


page()

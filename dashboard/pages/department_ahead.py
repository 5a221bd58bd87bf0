"""Of a department's page: what to do next, the records behind its score, its years, its people in aggregate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dashboard.address import PAGES
from dashboard.charts.bridge import bridge_figure
from dashboard.following import clickable_chart, to_indicators
from dashboard.frames.diagnosis import own_sentence
from dashboard.frames.training import own_sentences
from dashboard.frames.unit_ahead import (
    ProspectRow,
    ToldRow,
    YearRow,
    grade_sentences,
    is_over,
    prospect_rows,
    told_rows,
    told_sentence,
    year_rows,
)
from dashboard.frames.unit_bridge import BridgeFrame, bridge_frame
from dashboard.markup import Column, Html, Line, bullets, exact, join, link, paragraph, safe, small, table, tag
from dashboard.once import diagnoses_in, participation_in, programme_of, reasons_in, years_of_programmes
from dashboard.pages.department_now import todo
from dashboard.reader import may_appeal
from dashboard.shell import beside, heading, show
from dashboard.view import View
from etl.insight.told_records import told_metrics

BESIDES = ("compare", "what_if")
"""Pages that go on from here, where the dashboard has them."""


def bridge_section(view: View, unit: str) -> None:
    """From the group's median to the score; nothing where there is no such way."""
    words = view.words
    frame = view.remember(f"bridge {unit}", lambda: bridge_frame(view.source, unit))
    if frame is not None:
        heading(words("bridge.title"))
        show(paragraph(f"{frame.summary} {words('bridge.legend')}", "jp-note"))
        figure = view.draw(f"bridge {unit}", lambda palette: bridge_figure(frame, palette))
        clickable_chart(view, figure, "bridge", frame.summary, to_indicators(view, unit))
        show(paragraph(words("chart.to_indicator"), "jp-note"))
        beside(words, "bridge-table", bridge_table(view, unit, frame))


def bridge_table(view: View, unit: str, frame: BridgeFrame) -> Html:
    """The steps in figures; an indicator's name leads to its records."""
    columns = [Column(view.words("bridge.step")), Column(view.words("bridge.points"), "number")]
    columns.append(Column(view.words("bridge.after"), "number"))
    lines = [
        Line(
            [
                safe(row.name)
                if row.indicator is None
                else link(row.name, view.address.to(unit=unit, indicator=row.indicator).href("indicator")),
                exact(row.text, row.amount or row.after),
                exact(view.source.score(row.after), row.after),
            ]
        )
        for row in frame.rows
    ]
    return table(view.words("bridge.title"), columns, lines)


def ahead(view: View, unit: str) -> None:
    """What to do next: now, about this result; then the next grade, what more would earn, and where to go."""
    words, source = view.words, view.source
    heading(words("ahead.title"))
    grade = view.remember(f"grade {unit}", lambda: grade_sentences(source, unit))
    show(tag("ul", join(tag("li", one) for one in [*todo(view, unit), *map(safe, grade)]), "jp-sentences"))
    rows = view.remember(f"prospects {unit}", lambda: prospect_rows(source, unit))
    if rows:
        show(*next_records(view), paragraph(words("ahead.note"), "jp-note"), prospects_table(view, unit, rows))
    elif view.reading.rulebook.lower_leads:
        show(paragraph(words("ahead.lowest"), "jp-note"))
    elif source.reading.scores[unit].score is None:
        show(paragraph(words("ahead.unscored"), "jp-note"))
    ways = ways_on(view, unit)
    if ways:
        show(tag("p", join(ways, " · ")))


def next_records(view: View) -> list[Html]:
    """The heading of what more would earn: once the days of the records are over, that it is for the next ones."""
    words = view.words
    if not is_over(view.source, datetime.now(UTC)):
        return [tag("h3", safe(words("ahead.next")), "jp-subheading")]
    note = words("ahead.next.over.note", day=words.day(view.reading.rulebook.evaluation.period.end))
    return [tag("h3", safe(words("ahead.next.over")), "jp-subheading"), paragraph(note, "jp-note")]


def prospects_table(view: View, unit: str, rows: Sequence[ProspectRow]) -> Html:
    """What more of each indicator would earn: first what to do and what it gives, as a telephone shows no more."""
    words = view.words
    columns = [
        Column(words("department.indicator")),
        Column(words("ahead.takes")),
        Column(words("ahead.gain"), "number"),
        Column(words("ahead.now"), "number"),
        Column(words("ahead.then"), "number"),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=unit, indicator=row.indicator).href("indicator")),
                Html(exact(words("ahead.more", more=row.more), row.more_exact) + small(row.metric)),
                exact(row.gain, row.gain_exact),
                safe(row.now),
                safe(row.then),
            ]
        )
        for row in rows
    ]
    return table(words("ahead.title"), columns, lines)


def ways_on(view: View, unit: str) -> list[Html]:
    """Links to pages that go on from this one; that no appeal can be filed, where it is the reader's to file."""
    words, address = view.words, view.address.to(unit=unit, page=None)
    ways = [link(words(f"page.{page}"), address.href(page)) for page in PAGES if page in BESIDES]
    if view.person.unit_id == unit and not may_appeal(view.person, view.source.year, unit):
        ways.append(safe(words("ahead.appeal.closed")))
    return ways


def records_section(view: View, unit: str) -> None:
    """How many records count, how many do not, and why; the indicator's page lists them."""
    words = view.words
    if not view.reading.has_records or unit not in view.source.record_units:
        return
    told = told_metrics(view.reading, unit, reasons_in(view.reading))
    heading(words("ahead.records"))
    show(paragraph(told_sentence(view.source, told), "jp-note"))
    if told:
        show(told_table(view, unit, told_rows(view.source, told)))


def told_table(view: View, unit: str, rows: Sequence[ToldRow]) -> Html:
    """The metrics, each leading to its records."""
    words = view.words
    columns = [
        Column(words("ahead.metric")),
        Column(words("ahead.counted"), "number"),
        Column(words("ahead.not_counted"), "number"),
        Column(words("ahead.why_not"), "long"),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=unit, indicator=row.indicator).href("indicator")),
                safe(row.counted),
                safe(row.not_counted),
                safe(row.reasons),
            ]
        )
        for row in rows
    ]
    return table(words("ahead.records"), columns, lines)


def years_section(view: View, unit: str) -> None:
    """The department through the years."""
    words = view.words
    rows = view.remember(f"years {unit}", lambda: year_rows(view.source, unit))
    heading(words("ahead.years"))
    of_body = view.reading.body is not None
    if len(rows) == 1:
        show(paragraph(words("body.years.one" if of_body else "ahead.years.one"), "jp-note"))
        return
    note = words("body.years" if of_body else "ahead.years.note")
    show(paragraph(f"{note} {view.source.skipped}".rstrip(), "jp-note"), years_table(view, rows))


def years_table(view: View, rows: Sequence[YearRow]) -> Html:
    """Score, place and grade of every year; a body evaluated as one has no place."""
    words, has_places = view.words, view.reading.body is None
    columns = [
        Column(words("ahead.year"), "tight"),
        Column(words("department.score"), "number"),
        *([Column(words("ahead.place"))] if has_places else []),
        Column(words("department.grade")),
    ]
    lines = [Line(cells_of_year(row, has_places=has_places)) for row in rows]
    return table(words("ahead.years"), columns, lines)


def cells_of_year(row: YearRow, *, has_places: bool) -> list[Html]:
    """One year."""
    places = [safe(row.place)] if has_places else []
    return [safe(row.year), exact(row.score, row.score_exact), *places, safe(row.grade)]


def people_section(view: View, unit: str) -> None:
    """Training and diagnosis of the department's people, in aggregate; its own page says more."""
    if not view.reading.has_records:
        return
    said = [*_trained(view, unit), *_diagnosed(view, unit)]
    if said:
        heading(view.words("ahead.people"))
        more = link(view.words("ahead.people.more"), view.address.to(unit=unit, page=None).href("training"))
        show(bullets(said), tag("p", more))


def _trained(view: View, unit: str) -> list[str]:
    year = view.source.records_year
    if year not in years_of_programmes(view.reading):
        return []
    programme = programme_of(view.reading, year)
    return own_sentences(view.source, programme, unit)


def _diagnosed(view: View, unit: str) -> list[str]:
    known = diagnoses_in(view.reading)
    if not known:
        return []
    latest = known[-1]
    parts = participation_in(view.reading, latest)
    return [f"{latest.campaign.title}: {own_sentence(view.source, parts, unit)}"]

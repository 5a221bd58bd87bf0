"""시범사업: what was tried, who used it and what they said, what it changed, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.charts.survey import survey_figure
from dashboard.frames.pilots import (
    PilotRow,
    SurveyFrame,
    pilot_details,
    pilot_facts,
    pilot_rows,
    pilots_in_scope,
    record_of,
    survey_frame,
    users_frame,
)
from dashboard.markup import Column, Html, Line, bullets, exact, facts_row, join, link, paragraph, safe, table, tag
from dashboard.once import names_in
from dashboard.shell import beside, chart, head, heading, open_page, pick, show, state
from dashboard.view import View
from etl.insight.pilots import PilotStanding, pilot_totals, pilots


def pilots_table(view: View, rows: Sequence[PilotRow], chosen: str) -> Html:
    """Every pilot; its name shows it below."""
    words = view.words
    columns = [
        Column(words("pilots.title"), "long"),
        Column(words("pilots.lead")),
        Column(words("pilots.term"), "tight"),
        Column(words("pilots.users"), "number"),
        Column(words("pilots.mean"), "number"),
        Column(words("pilots.effect"), "number"),
        Column(words("pilots.decision")),
    ]
    lines = [
        Line(
            [
                link(row.title, view.address.to(record=row.record).href("pilots")),
                safe(row.lead),
                safe(row.term),
                safe(row.users),
                exact(row.mean, row.mean_exact),
                safe(row.effect),
                safe(row.decision),
            ],
            "jp-chosen" if row.record == chosen else "",
        )
        for row in rows
    ]
    return table(words("pilots.list"), columns, lines)


def one_pilot(view: View, pilot: PilotStanding, names: Mapping[str, str]) -> None:
    """The details of a pilot, its departments and its survey."""
    words = view.words
    heading(pilot.title)
    details = pilot_details(view.source, pilot, names)
    show(tag("dl", join(Html(tag("dt", safe(what)) + tag("dd", safe(said))) for what, said in details), "jp-rules"))
    heading(words("pilots.survey"))
    survey = survey_frame(view.source, pilot)
    show(bullets(survey.sentences))
    if survey.shown:
        key = f"survey {pilot.pilot_id}"
        chart(view.draw(key, lambda palette: survey_figure(survey, palette)), "survey", survey.summary)
    if survey.rows:
        beside(words, "survey-table", survey_table(view, survey))
    heading(words("pilots.units"))
    users = users_frame(view.source, pilot, names)
    if users.rows:
        columns = [Column(words("pilots.unit")), Column(words("pilots.users"), "number")]
        lines = [Line([safe(name), safe(count)]) for _, name, count in users.rows]
        show(tag("div", table(words("pilots.units"), columns, lines), "jp-narrow"))
    show(paragraph(users.others or ("" if users.rows else words("pilots.units.none")), "jp-note"))


def survey_table(view: View, survey: SurveyFrame) -> Html:
    """The questions in figures."""
    words = view.words
    columns = [
        Column(words("pilots.survey.question"), "wide"),
        *(Column(score, "number") for score in survey.scores),
        Column(words("pilots.survey.respondents"), "number"),
        Column(words("pilots.survey.mean"), "number"),
    ]
    lines = [
        Line(
            [
                safe(row.text),
                *(safe(count) for count in row.counts or ("",) * len(survey.scores)),
                safe(row.respondents),
                exact(row.mean_text, row.mean),
            ]
        )
        for row in survey.rows
    ]
    return table(words("pilots.survey"), columns, lines)


def page() -> None:
    """The page from top to bottom."""
    view = open_page("pilots")
    words = view.words
    head(view, words("page.pilots"), words("pilots.question"))
    if not view.reading.has_records:
        show(paragraph(words("pilots.no_records"), "jp-note"))
        return
    known = pilots_in_scope(view.source, view.read("pilots", pilots))
    if not known:
        show(paragraph(words("pilots.none"), "jp-note"))
        return
    names = names_in(view.reading)
    totals = view.read("pilot totals", pilot_totals)
    by_record = {record_of(one): one for one in known}
    chosen = by_record.get(view.address.record or "", known[0])
    if view.address.record is not None and view.address.record not in by_record:
        state("no_record", view.address.record, words)
    show(facts_row(pilot_facts(view.source, totals), view.means))
    heading(words("pilots.list"))
    show(paragraph(words("pilots.list.note", year=view.source.records_year), "jp-note"))
    show(pilots_table(view, pilot_rows(view.source, known, names), record_of(chosen)))
    titles = {record: one.title for record, one in by_record.items()}
    pick(words("pilots.choose"), "record", titles, record_of(chosen), words("pilots.choose"))
    one_pilot(view, chosen, names)


page()

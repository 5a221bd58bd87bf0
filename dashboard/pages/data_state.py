"""How the records stand: the received files, how recent each kind is, and what each department has sent."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.frames.data import (
    file_rows,
    kind_name,
    kind_rows,
    sent_kinds,
    sent_rows,
    state_facts,
    state_sentences,
    years_of,
)
from dashboard.markup import Column, Html, Line, bullets, facts_row, paragraph, safe, small, table, tag
from dashboard.pages.data_work import Desk, page_of, survey_of
from dashboard.shell import choose, heading, show
from dashboard.words import Words
from etl.intake.survey import Survey
from etl.shown import number

LISTED = ("every", "nothing", "incomplete")


def how_it_stands(desk: Desk) -> None:
    """The state of the folder at a glance."""
    address, words = desk.address, desk.words
    survey = survey_of(desk.folder, words)
    if survey is None:
        return
    about = address.about if address.about in years_of(survey) else ""
    show(facts_row(state_facts(survey, words)), bullets(state_sentences(survey, about, words)))
    if survey.unmentioned:
        said = words("data.unmentioned", files=", ".join(survey.unmentioned))
        show(paragraph(said, "jp-caution"))
    if survey.notices:
        show(bullets(notice.text(words.language) for notice in survey.notices))
    if survey.files:
        sent(survey, address, about, words)
        heading(words("data.files"))
        show(files_table(survey, words))
        heading(words("data.kinds"))
        show(paragraph(words("data.kinds.note"), "jp-note"), kinds_table(survey, words))


def sent(survey: Survey, address: Address, about: str, words: Words) -> None:
    """What each department has sent, those who sent nothing first."""
    heading(words("data.sent"))
    show(paragraph(words("data.sent.note"), "jp-note"))
    years = {"": words("data.every"), **{year: year for year in years_of(survey)}}
    choose(words("data.about"), "about", years, about)
    listed = address.sent if address.sent in LISTED else "every"
    choose(words("data.sent.filter"), "sent", {one: words(f"data.sent.{one}") for one in LISTED}, listed)
    rows = sent_rows(survey, about, listed)
    if not rows:
        show(paragraph(words("data.sent.nobody"), "jp-note"))
        return
    kinds = sent_kinds(survey)
    columns = [Column(words("data.department")), Column(words("data.sent.kinds"), "number")]
    columns += [Column(kind_name(kind, words), "number") for kind in kinds]
    lines = []
    for row in page_of(rows, f"sent-{about}-{listed}", words):
        until = row.department.until
        note = small(words("data.until", day=words.day(until))) if until else Html("")
        cells = [Html(safe(row.department.name) + note), safe(f"{row.kinds}/{len(kinds)}")]
        cells += [safe(number(count)) if count else safe(words("data.sent.none")) for count in row.counts]
        lines.append(Line(cells, "" if row.records else "jp-chosen"))
    show(table(words("data.sent"), columns, lines))


def files_table(survey: Survey, words: Words) -> Html:
    """Every received file and where its rows went."""
    columns = [Column(words("data.file"), "long"), Column(words("data.kind"), "tight")]
    columns += [Column(words(f"data.{part}"), "number") for part in ("rows", "staged", "rejected", "held", "set_aside")]
    columns += [
        Column(words("data.encoding"), "tight"),
        Column(words("data.size"), "number"),
        Column(words("data.arrived"), "tight"),
        Column(words("data.digest"), "tight"),
    ]
    lines = [
        Line(
            [
                safe(row.file),
                safe(row.kind),
                *(safe(count) for count in row.counts[:-1]),
                Html(safe(row.counts[-1]) + small(row.mended)),
                safe(row.encoding),
                safe(row.size),
                safe(row.arrived),
                tag("span", safe(row.digest), "jp-whole", title=row.digest_whole),
            ]
        )
        for row in file_rows(survey, words)
    ]
    return table(words("data.files"), columns, lines)


def kinds_table(survey: Survey, words: Words) -> Html:
    """Every kind of record with its latest day."""
    columns = [
        Column(words("data.kind")),
        Column(words("data.records"), "number"),
        Column(words("data.latest"), "tight"),
        Column(words("data.arrived"), "tight"),
        Column(words("data.fed_by"), "number"),
    ]
    lines = [
        Line([safe(row.kind), safe(row.records), safe(row.latest), safe(row.arrived), safe(row.files)])
        for row in kind_rows(survey, words)
    ]
    return table(words("data.kinds"), columns, lines)

"""우수사례·수상: a library of cases with who took them over, awards with what they feed, and what would earn twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.frames.double_credit import double_frames, double_sentence
from dashboard.frames.practices import (
    CaseRow,
    award_rows,
    award_sentence,
    case_details,
    case_rows,
    cases_as_seen,
    cases_in_scope,
    library_sentence,
    practice_facts,
    record_of,
)
from dashboard.markup import Column, Html, Line, bullets, facts_row, join, link, paragraph, safe, table, tag
from dashboard.once import names_in
from dashboard.shell import head, heading, open_page, search, show, state
from dashboard.view import View
from etl.insight.double_credit import double_credits
from etl.insight.practices import PracticeCase, award_lines, cases_with, practice_cases, practice_totals


def library(view: View, names: Mapping[str, str]) -> None:
    """The cases that hold what is searched for, and the one chosen."""
    words = view.words
    cases = cases_as_seen(view.source, cases_in_scope(view.source, view.read("practices", practice_cases)), names)
    heading(words("practices.library"))
    if not cases:
        show(paragraph(words("practices.none"), "jp-note"))
        return
    text = view.address.find or ""
    search(words("practices.find"), "find", text)
    found = cases_with(cases, text)
    show(paragraph(library_sentence(view.source, cases, found, text), "jp-note"))
    if not found:
        return
    by_record = {record_of(case): case for case in found}
    if view.address.record is not None and view.address.record not in by_record:
        state("no_record", view.address.record, words)
    chosen = by_record.get(view.address.record or "", found[0])
    show(cases_table(view, case_rows(view.source, found, names), record_of(chosen)))
    one_case(view, chosen, names)


def cases_table(view: View, rows: Sequence[CaseRow], chosen: str) -> Html:
    """The cases; a title shows its case below."""
    words = view.words
    columns = [
        Column(words("practices.title"), "wide"),
        Column(words("practices.owner"), "long"),
        Column(words("practices.day"), "tight"),
        Column(words("practices.reuses"), "number"),
    ]
    lines = [
        Line(
            [
                link(row.title, view.address.to(record=row.record).href("practices")),
                safe(row.owner),
                safe(row.day),
                safe(row.reuses),
            ],
            "jp-chosen" if row.record == chosen else "",
        )
        for row in rows
    ]
    return table(words("practices.library"), columns, lines)


def one_case(view: View, case: PracticeCase, names: Mapping[str, str]) -> None:
    """A case from its problem to those who took it over."""
    show(tag("h3", safe(case.title), "jp-subheading"))
    pairs = (
        Html(tag("dt", safe(what)) + tag("dd", join(paragraph(line) for line in said.split("\n"))))
        for what, said in case_details(view.source, case, names)
    )
    show(tag("dl", join(pairs), "jp-rules"))


def awards(view: View, names: Mapping[str, str]) -> None:
    """The awards, and whether each counts towards a bonus."""
    words = view.words
    heading(words("awards.heading"))
    show(paragraph(award_sentence(view.source), "jp-note"))
    rows = award_rows(view.source, view.read("awards", award_lines), names)
    if not rows:
        show(paragraph(words("awards.none"), "jp-note"))
        return
    columns = [
        Column(words("awards.title"), "long"),
        Column(words("awards.unit")),
        Column(words("awards.giver")),
        Column(words("awards.day"), "tight"),
        Column(words("awards.for"), "long"),
        Column(words("awards.use")),
        Column(words("practices.origin")),
    ]
    lines = [
        Line(
            [safe(cell) for cell in (row.title, row.unit, row.giver, row.day, row.record, row.use, row.origin)],
            "jp-chosen" if row.counts else "",
        )
        for row in rows
    ]
    show(table(words("awards.heading"), columns, lines))


def double_credit(view: View, names: Mapping[str, str]) -> None:
    """Achievements that might earn twice, each with its records and what to decide."""
    words = view.words
    found = view.read("double credits", double_credits)
    heading(words("double.heading"))
    show(paragraph(double_sentence(view.source, found), "jp-note"))
    columns = [
        Column(words("double.record"), "wide"),
        Column(words("double.use"), "long"),
        Column(words("double.document")),
        Column(words("practices.origin")),
    ]
    for frame in double_frames(view.source, found, names):
        lines = [Line([safe(cell) for cell in (row.record, row.use, row.document, row.origin)]) for row in frame.rows]
        show(
            tag("h3", safe(frame.name), "jp-subheading"),
            bullets(frame.sentences),
            table(frame.name, columns, lines),
        )


def page() -> None:
    """The page from top to bottom."""
    view = open_page("practices")
    words = view.words
    head(view, words("page.practices"), words("practices.question"))
    if not view.reading.has_records:
        show(paragraph(words("practices.no_records"), "jp-note"))
        return
    names = names_in(view.reading)
    totals = view.read("practice totals", practice_totals)
    show(facts_row(practice_facts(view.source, totals), view.means))
    library(view, names)
    awards(view, names)
    double_credit(view, names)


page()

"""요약: what the numbers say, headlines with their trends, peer groups, movers, and who needs help.

Of a body that is evaluated as one unit: what the numbers say, headlines, and the parts of its score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.address import PageName
from dashboard.charts.scores import groups_figure, movers_figure, trend_figure
from dashboard.following import clickable_chart, to_departments
from dashboard.frames.overview import (
    BehindRow,
    GroupRow,
    HeadlineCard,
    Movers,
    TrendFrame,
    behind_rows,
    group_rows,
    groups_summary,
    headline_cards,
    movers_frame,
)
from dashboard.frames.overview_says import Saying, overview_sayings
from dashboard.guidance import term
from dashboard.markup import Column, Html, Line, exact, join, link, paragraph, safe, table, tag
from dashboard.pages.department_parts import parts
from dashboard.shell import beside, chart, head, heading, open_page, show
from dashboard.view import View
from dashboard.words import Words
from etl.shown import number

CARDS_IN_A_ROW = 4
PAGE_OF: Final[Mapping[str, PageName]] = {
    "training": "training",
    "diagnosis": "training",
    "initiative": "initiatives",
    "pilots": "pilots",
    "practices": "practices",
    "awards": "practices",
}
"""How the names of metrics begin -> the page that tells of what they count."""


def sayings(found: Sequence[Saying]) -> Html:
    """The three questions with their answers."""
    return tag(
        "dl", join(Html(tag("dt", safe(one.question)) + tag("dd", safe(one.answer))) for one in found), "jp-says"
    )


def card(view: View, one: HeadlineCard) -> Html:
    """One headline figure with target, change and ratio; its name leads to the indicator that counts the same."""
    words, name, css = view.words, safe(one.name), "jp-fact jp-fact-plain"
    page = PAGE_OF.get(one.metric.partition("_")[0]) if one.indicator is None else "indicator"
    if page is not None:
        name, css = link(one.name, view.address.to(unit=None, indicator=one.indicator).href(page)), f"{css} jp-leads"
    name = Html(name + term(words_of_metric(view, one), view.address, words))
    value = tag("p", Html(exact(one.value, one.exact) + tag("small", safe(one.unit))), "jp-fact-value")
    lines = [tag("p", name, "jp-fact-name"), value]
    if one.target:
        reached = words("overview.reached" if one.reached else "overview.not_reached")
        mark = tag("span", safe(reached), "jp-fact-mark")
        lines.append(tag("p", join([safe(one.target), mark], " · ")))
        lines.append(tag("p", exact(one.attainment, one.attainment_exact)))
    if one.ratio:
        precisely = words("overview.exact", exact=f"{number(one.ratio_exact, 6)} %")
        lines.append(tag("p", join([safe(one.ratio), tag("span", safe(f"({precisely})"), "jp-whole")], " ")))
    lines.append(paragraph(one.change))
    return tag("div", join(lines), css)


def words_of_metric(view: View, one: HeadlineCard) -> str:
    """What the glossary calls that which a headline counts."""
    return view.words.metric(one.metric) if one.indicator is None else view.source.nodes[one.indicator]


def headlines(view: View) -> None:
    """The four figures, each with its trend; a body evaluated as one has its score to look at where there are none."""
    words = view.words
    cards = view.remember("headline cards", lambda: headline_cards(view.source))
    if not cards and view.reading.body is not None:
        return
    heading(words("overview.headlines"))
    if not cards:
        show(paragraph(words("overview.no_headlines"), "jp-note"))
        return
    for start in range(0, len(cards), CARDS_IN_A_ROW):
        row = cards[start : start + CARDS_IN_A_ROW]
        for column, one in zip(st.columns(CARDS_IN_A_ROW, border=True), row, strict=False):
            with column:
                show(card(view, one))
                trend(view, one.trend)
    show(paragraph(words("overview.trend.legend"), "jp-note"))
    beside(words, "trends-table", trends_table([one.trend for one in cards], words))


def trend(view: View, frame: TrendFrame) -> None:
    """One headline year by year."""
    if len(frame.points) > 1:
        figure = view.draw(f"trend {frame.name}", lambda palette: trend_figure(frame, palette))
        chart(figure, f"trend-{frame.name}", frame.summary)


def trends_table(trends: Sequence[TrendFrame], words: Words) -> Html:
    """All trends in one table."""
    columns = [
        Column(words("overview.trend")),
        Column(words("overview.year"), "number"),
        Column(words("overview.value"), "number"),
        Column(words("overview.target_column"), "number"),
    ]
    lines = [
        Line([safe(frame.name), safe(point.year), exact(number(point.value), point.value), safe(number(point.target))])
        for frame in trends
        for point in frame.points
    ]
    return table(words("overview.trend"), columns, lines)


def groups(view: View) -> None:
    """Where the peer groups stand."""
    words = view.words
    heading(words("overview.groups" if len(view.source.groups) > 1 else "overview.scores"))
    rows = view.remember("group rows", lambda: group_rows(view.source))
    summary = groups_summary(view.source, rows)
    show(paragraph(summary, "jp-note"))
    if not rows:
        return
    everybody = link(words("overview.everybody"), view.address.to(page=None).href("ranking"))
    if not any(row.dots for row in rows):
        show(groups_table(view, rows), tag("p", everybody, "jp-note"))
        return
    axis = words("overview.score_axis")
    figure = view.draw("groups", lambda palette: groups_figure(rows, axis, palette))
    side_by_side(view, figure, "groups", summary, groups_table(view, rows))
    show(tag("p", Html(tag("span", safe(words("overview.click") + " "), "jp-hint") + everybody), "jp-note"))


def side_by_side(view: View, figure: Figure, key: str, alt: str, figures: Html) -> None:
    """A chart whose dots lead to departments, and its table."""
    left, right = st.columns([3, 4], gap="medium")
    with left:
        clickable_chart(view, figure, key, alt, to_departments(view))
    with right:
        show(figures)


def groups_table(view: View, rows: Sequence[GroupRow]) -> Html:
    """The peer groups in figures."""
    words = view.words
    columns = [
        Column(words("overview.group"), means=view.means("peer_group")),
        Column(words("overview.units"), "number"),
        Column(words("overview.median"), "number", view.means("median")),
        Column(words("overview.highest"), "number"),
        Column(words("overview.lowest"), "number"),
        Column(words("overview.leader")),
    ]
    lines = [
        Line(
            [
                safe(row.name),
                safe(number(row.units)),
                *(exact(view.source.score(value), value) for value in (row.median, row.highest, row.lowest)),
                join(
                    (
                        link(name, view.address.to(unit=unit_id).href("department"))
                        for name, unit_id in zip(row.leaders, row.leader_ids, strict=True)
                    ),
                    ", ",
                ),
            ]
        )
        for row in rows
    ]
    return table(words("overview.groups"), columns, lines)


def movers(view: View) -> None:
    """Who moved most against last year."""
    words = view.words
    heading(words("overview.movers", before=view.source.before_year))
    frame = view.remember("movers", lambda: movers_frame(view.source))
    if frame is None:
        show(paragraph(words("overview.movers.none"), "jp-note"))
        return
    show(paragraph(frame.summary, "jp-note"))
    if frame.caution:
        show(paragraph(frame.caution, "jp-caution"))
    if frame.rows:
        axis = words("overview.score_axis")
        figure = view.draw("movers", lambda palette: movers_figure(frame, axis, palette))
        side_by_side(view, figure, "movers", frame.summary, movers_table(view, frame))


def movers_table(view: View, frame: Movers) -> Html:
    """The movers in figures, each leading to its department."""
    words, score = view.words, view.source.score
    columns = [
        Column(words("overview.unit")),
        Column(words("overview.before", before=frame.before_year), "number"),
        Column(words("overview.now"), "number"),
        Column(words("overview.score_change"), "number"),
        Column(words("overview.places"), "number"),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=row.unit_id).href("department")),
                exact(score(row.before), row.before),
                exact(score(row.now), row.now),
                exact(view.source.score_change(row.change), row.change),
                safe(f"{row.group} {row.ranks}"),
            ],
            "jp-leads",
        )
        for row in frame.rows
    ]
    return table(words("overview.movers", before=frame.before_year), columns, lines)


def behind(view: View) -> None:
    """Who needs help most, and at what."""
    words, rules = view.words, view.reading.rulebook
    rows = view.remember("behind", lambda: behind_rows(view.source))
    if rows or rules.outranks:
        heading(words("overview.behind"))
    if rules.outranks:
        show(paragraph(words("overview.behind.outranked"), "jp-note"))
    if rows:
        note = words("overview.behind.note.lowest" if rules.lower_leads else "overview.behind.note")
        show(paragraph(note, "jp-note"), behind_table(view, rows))


def behind_table(view: View, rows: Sequence[BehindRow]) -> Html:
    """The departments furthest behind their group, each with the indicator that says why."""
    words = view.words
    why = "overview.behind.why.lowest" if view.reading.rulebook.lower_leads else "overview.behind.why"
    columns = [
        Column(words("overview.unit")),
        Column(words("overview.group"), "tight"),
        Column(words("overview.now"), "number"),
        Column(words("overview.behind.gap"), "number"),
        Column(words(why)),
    ]
    return table(words("overview.behind"), columns, (Line(behind_cells(view, row), "jp-leads") for row in rows))


def behind_cells(view: View, row: BehindRow) -> list[Html]:
    """One department; the indicator leads to its records there."""
    address, why = view.address.to(unit=row.unit_id), safe(row.indicator_name)
    if row.indicator is not None:
        named = link(row.indicator_name, address.to(indicator=row.indicator).href("indicator"))
        why = join([named, exact(row.indicator_gap_text, row.indicator_gap)], " ")
    return [
        link(row.name, address.href("department")),
        safe(row.group),
        exact(view.source.score(row.score), row.score),
        exact(row.gap_text, row.gap),
        why,
    ]


def body_as_one(view: View, body: str) -> None:
    """What the score of a body evaluated as one is made of, and the way to its own page; for whoever may see it."""
    if view.source.scope.may_see(body):
        parts(view, body)
        more = link(
            view.words("body.more", body=view.source.units[body]), view.address.to(unit=body).href("department")
        )
        show(tag("p", more))


def page() -> None:
    """The page from top to bottom."""
    view = open_page("overview")
    words, body = view.words, view.reading.body
    head(view, words("overview.title"), words("overview.question" if body is None else "body.overview.question"))
    show(sayings(view.remember("overview sayings", lambda: overview_sayings(view.source))))
    headlines(view)
    if body is not None:
        body_as_one(view, body)
        return
    behind(view)
    groups(view)
    movers(view)


page()

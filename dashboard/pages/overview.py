"""요약: headlines against target and last year, trends, peer groups, movers, and what the numbers say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.charts.scores import groups_figure, movers_figure, trend_figure
from dashboard.formats import number
from dashboard.frames.overview import (
    GroupRow,
    HeadlineCard,
    Movers,
    TrendFrame,
    group_rows,
    groups_summary,
    headline_cards,
    movers_frame,
    overview_sentences,
)
from dashboard.markup import Column, Html, Line, bullets, exact, join, link, paragraph, safe, table, tag
from dashboard.shell import beside, chart, head, heading, open_page, show
from dashboard.view import View
from dashboard.words import Words

CARDS_IN_A_ROW = 4


def card(one: HeadlineCard, words: Words) -> Html:
    """One headline figure with target, change and ratio."""
    value = tag("p", Html(exact(one.value, one.exact) + tag("small", safe(one.unit))), "jp-fact-value")
    lines = [tag("p", safe(one.name), "jp-fact-name"), value]
    if one.target:
        reached = words("overview.reached" if one.reached else "overview.not_reached")
        mark = tag("span", safe(reached), "jp-fact-mark")
        lines.append(tag("p", join([safe(one.target), mark, exact(one.attainment, one.attainment_exact)], " · ")))
    if one.ratio:
        precisely = words("overview.exact", exact=f"{number(one.ratio_exact, 6)} %")
        lines.append(tag("p", join([safe(one.ratio), tag("span", safe(f"({precisely})"), "jp-whole")], " ")))
    lines.append(paragraph(one.change))
    return tag("div", join(lines), "jp-fact jp-fact-plain")


def headlines(view: View) -> None:
    """The four figures, each with its trend."""
    words = view.words
    heading(words("overview.headlines"))
    cards = view.remember("headline cards", lambda: headline_cards(view.source))
    if not cards:
        show(paragraph(words("overview.no_headlines"), "jp-note"))
        return
    for start in range(0, len(cards), CARDS_IN_A_ROW):
        row = cards[start : start + CARDS_IN_A_ROW]
        for column, one in zip(st.columns(CARDS_IN_A_ROW, border=True), row, strict=False):
            with column:
                show(card(one, words))
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
    if rows:
        axis = words("overview.score_axis")
        figure = view.draw("groups", lambda palette: groups_figure(rows, axis, palette))
        side_by_side(figure, "groups", summary, groups_table(view, rows))


def side_by_side(figure: Figure, key: str, alt: str, figures: Html) -> None:
    """A chart and its table."""
    left, right = st.columns([3, 4], gap="medium")
    with left:
        chart(figure, key, alt)
    with right:
        show(figures)


def groups_table(view: View, rows: Sequence[GroupRow]) -> Html:
    """The peer groups in figures."""
    words = view.words
    titles = ("units", "median", "highest", "lowest")
    columns = [
        Column(words("overview.group")),
        *(Column(words(f"overview.{title}"), "number") for title in titles),
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
    heading(words("overview.movers"))
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
        side_by_side(figure, "movers", frame.summary, movers_table(view, frame))


def movers_table(view: View, frame: Movers) -> Html:
    """The movers in figures, each leading to its department."""
    words, score = view.words, view.source.score
    columns = [
        Column(words("overview.unit")),
        Column(words("overview.before"), "number"),
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
            ]
        )
        for row in frame.rows
    ]
    return table(words("overview.movers"), columns, lines)


def page() -> None:
    """The page from top to bottom."""
    view = open_page("overview")
    words = view.words
    head(view, words("overview.title"), words("overview.question"))
    headlines(view)
    heading(words("overview.says"))
    show(bullets(view.remember("overview sentences", lambda: overview_sentences(view.source))))
    groups(view)
    movers(view)


page()

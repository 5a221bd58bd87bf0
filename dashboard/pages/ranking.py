"""순위: departments in their places, by peer group, name or change; a name leads to the department.

Where the body as a whole is evaluated nobody is ranked, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from dashboard.frames.body import body_result
from dashboard.frames.ranking import (
    ORDERS,
    Listing,
    Order,
    RankingRow,
    UnrankedRow,
    area_names,
    areas_text,
    listed_units,
    ranking_rows,
    ranking_sentences,
    unranked_rows,
    years_text,
)
from dashboard.frames.robustness import PlaceRange
from dashboard.marks import columns as columns_of_years
from dashboard.marks import legend, stacked
from dashboard.markup import Column, Html, Line, bar, bullets, exact, join, link, paragraph, safe, small, table, tag
from dashboard.shell import beside, choose, head, heading, open_page, search, show, state, turn
from dashboard.sureness import ranges_of
from dashboard.tables import Sheet, sheet_of
from dashboard.view import View
from etl.shown import NOTHING, number, signed

EVERY_GROUP = ""


def asked_for(view: View) -> Listing:
    """What the address asks for, and the controls that change it."""
    words, group = view.words, view.known("group", view.source.groups)
    if view.address.group is not None and group is None:
        state("no_group", view.address.group, words)
    listing = Listing(group, view.address.find or "", cast("Order", view.known("sort", ORDERS) or ORDERS[0]))
    first, (left, middle, right) = {"page": None}, st.columns([5, 3, 3])
    if len(view.source.groups) > 1:
        options = {EVERY_GROUP: words("group.everybody"), **view.source.groups}
        with left:
            choose(words("ranking.filter"), "group", options, group or EVERY_GROUP, also=first)
    if view.source.compares_units:
        orders = {str(order): words(f"ranking.sort.{order}") for order in ORDERS}
        with middle:
            choose(words("ranking.sort"), "sort", orders, listing.order, also=first)
        with right:
            search(words("ranking.find"), "find", listing.find, also=first)
    return listing


def ranked(view: View, listing: Listing) -> None:
    """The table of ranks, a page at a time."""
    words, source = view.words, view.source
    # Kept, not remembered: what is looked for may be anything.
    units = view.keep("listed", lambda: listed_units(source, listing))
    if not units:
        if listing.find:  # otherwise the sentences above say that nobody is ranked
            show(paragraph(words("ranking.nobody_found"), "jp-note"))
        return
    sheet = sheet_of(len(units), view.address.page)
    made: dict[str, RankingRow] = view.remember("rows of the ranking", dict)
    rows = ranking_rows(source, units[sheet.begin : sheet.end], made)
    areas = area_names(source)
    if ranges_of(view):
        show(paragraph(words("ranking.range.note" if listing.group else "ranking.range.note.all"), "jp-note"))
    if areas:
        show(paragraph(words("ranking.areas.note"), "jp-note"), legend(areas))
    if len(rows) < len(units):
        show(paragraph(place_in_all(view, sheet), "jp-note"))
    show(view.keep("ranking", lambda: ranking_table(view, rows, listing.group)))
    turn(sheet.pages, sheet.page)
    if areas:
        beside(words, "areas-table", view.keep("areas", lambda: areas_table(view, rows, areas)))


def place_in_all(view: View, sheet: Sheet) -> str:
    """Which of the rows are shown."""
    return view.words("table.place", total=number(sheet.total), first=number(sheet.begin + 1), last=number(sheet.end))


def ranking_table(view: View, rows: Sequence[RankingRow], group: str | None) -> Html:
    """The table of ranks; within one peer group the place there comes first."""
    words, ranges = view.words, ranges_of(view, overall=group is None)
    cells = [cells_of(view, row, group, ranges.get(row.unit_id)) for row in rows]
    columns = {
        "rank": Column(words("ranking.rank" if group is None else "ranking.group_rank"), "number", view.means("rank")),
        "range": Column(words("ranking.range"), "tight", view.means("rank_range")),
        "unit": Column(words("ranking.unit")),
        "score": Column(words("ranking.score"), "number", view.means("composite_score")),
        "areas": Column(words("ranking.areas"), means=view.means("points")),
        "grade": Column(words("ranking.grade"), "tight", view.means("grade")),
        "group": Column(words("ranking.group"), "tight", view.means("peer_group")),
        "change": Column(words("ranking.change", before=view.source.before_year), "number"),
        "years": Column(words("ranking.years"), "tight"),
        "ledger": Column(words("ranking.ledger"), "number", view.means("bonus_and_penalty")),
    }
    kept = [key for key in columns if any(own.get(key) for own in cells)]
    lines = (Line([own.get(key, safe(NOTHING)) for key in kept], "jp-leads") for own in cells)
    return table(words("ranking.caption"), [columns[key] for key in kept], lines, heads=kept.index("unit"))


def cells_of(view: View, row: RankingRow, group: str | None, places: PlaceRange | None) -> dict[str, Html]:
    """One department; what it has nothing to say of is left out, and a column without anything with it."""
    score, words = exact(row.score_text, row.score), view.words
    named = link(row.name, view.address.to(unit=row.unit_id, page=None).href("department"))
    own = {
        "rank": safe(row.rank),
        "unit": Html(named + join(small(text) for text in (row.note, *row.flags))),
        "score": score if row.areas or row.share_pct is None else bar(row.share_pct, score),
        "grade": Html(safe(row.grade) + small(row.grade_note)),
    }
    if row.change is not None:
        own["change"] = exact(view.source.score_change(row.change), row.change)
    elif row.is_new:
        own["change"] = safe(words("ranking.new"))
    if places is not None:
        own["range"] = safe(places.text)
    if row.areas:
        own["areas"] = stacked([area.share_pct for area in row.areas], areas_text(view.source, row))
    if group is None:
        own["group"] = Html(safe(row.group) + small(row.group_rank))
    else:
        own |= {"rank": Html(safe(row.group_rank) + small(words("ranking.overall", place=row.rank)))}
    if len(row.years) > 1:
        own["years"] = columns_of_years([year.share_pct for year in row.years], years_text(view.source, row))
    if row.bonus or row.penalty:
        own["ledger"] = join((safe(signed(part)) for part in (row.bonus, -row.penalty) if part), " ")
    return own


def areas_table(view: View, rows: Sequence[RankingRow], areas: Sequence[str]) -> Html:
    """The stretches of the bars in figures."""
    words = view.words
    columns = [Column(words("ranking.unit")), *(Column(area, "number") for area in areas)]
    columns += [
        Column(words("ranking.ledger"), "number", view.means("bonus_and_penalty")),
        Column(words("ranking.score"), "number"),
    ]
    lines = (
        Line(
            [
                safe(row.name),
                *(exact(area.text, area.earned) for area in row.areas),
                safe(signed(row.bonus - row.penalty)),
                exact(row.score_text, row.score),
            ]
        )
        for row in rows
    )
    return table(words("ranking.areas"), columns, lines, heads=0)


def unranked_table(view: View, rows: Sequence[UnrankedRow]) -> Html:
    """The departments without a rank, with the reason."""
    words = view.words
    columns = [
        Column(words("ranking.unit")),
        Column(words("ranking.group")),
        Column(words("ranking.score"), "number"),
        Column(words("ranking.why")),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=row.unit_id, page=None).href("department")),
                safe(row.group),
                safe(row.score_text),
                safe(row.why),
            ]
        )
        for row in rows
    ]
    return table(words("ranking.unranked"), columns, lines)


def nobody_is_ranked(view: View, body: str) -> None:
    """That the body as a whole is evaluated, with its result and the way to its page."""
    words = view.words
    head(view, words("page.ranking"), words("body.ranking.question"))
    show(paragraph(" ".join([words("body.ranking"), *body_result(view.source, body)])))
    if view.source.scope.may_see(body):
        more = words("body.more", body=view.source.units[body])
        show(tag("p", link(more, view.address.to(unit=body, page=None).href("department"))))


def page() -> None:
    """The page from top to bottom."""
    view = open_page("ranking")
    words = view.words
    if view.reading.body is not None:
        nobody_is_ranked(view, view.reading.body)
        return
    head(view, words("ranking.title"), words("ranking.question"))
    listing = asked_for(view)
    show(bullets(ranking_sentences(view.source, listing.group)))
    ranked(view, listing)
    unranked = unranked_rows(view.source, listing.group)
    if unranked:
        heading(words("ranking.unranked"))
        show(paragraph(words("ranking.unranked.summary", units=number(len(unranked))), "jp-note"))
        show(unranked_table(view, unranked))


page()

"""비교: two to six departments side by side, or one department's years, with places over the years in a picture.

Of a body that is evaluated as one unit: its years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard.charts.compare import bump_figure, strips_figure
from dashboard.choices import lasting
from dashboard.following import Way, clickable_chart, linked, to_departments, to_indicators
from dashboard.frames.compare import (
    MOST,
    SideFrame,
    address_sentences,
    bump_frame,
    bump_table,
    chosen_units,
    proposed_units,
    strips_frame,
    strips_table,
    units_frame,
    years_frame,
)
from dashboard.markup import Column, Html, Line, bullets, join, link, paragraph, safe, table, tag
from dashboard.shell import beside, choose, head, heading, open_page, show, state, turn_to
from dashboard.view import DRAWN_IN, View

UNITS, YEARS = "units", "years"


def about_the_address(view: View, chosen: Sequence[str]) -> None:
    """Whether those shown are those the address names, and what of it is left out."""
    words = view.words
    if view.address.beside and not chosen:
        show(paragraph(words("compare.unknown"), "jp-caution"))
    elif not chosen:
        show(paragraph(words("compare.proposed"), "jp-note"))
    for sentence in address_sentences(view.source, view.address.beside):
        show(paragraph(sentence, "jp-caution"))


def choice(view: View, chosen: Sequence[str]) -> None:
    """Another department to put beside them, and a way to take each away."""
    words = view.words
    others = {unit_id: name for unit_id, name in view.source.units.items() if unit_id not in chosen}
    if len(chosen) < MOST and others:
        key = f"compare-add-{len(chosen)}-{chosen[-1] if chosen else ''}"
        st.selectbox(
            words("compare.add", most=MOST),
            list(others),
            index=None,
            format_func=others.__getitem__,
            key=lasting(key, others, others.__getitem__),
            placeholder=words("compare.add.nothing"),
            on_change=add,
            args=(key, tuple(chosen)),
        )
    if len(chosen) > 1:
        ways = [
            link(words("compare.without", unit=view.source.units[unit_id]), without(view, chosen, unit_id))
            for unit_id in chosen
        ]
        show(tag("div", join(ways, " "), "jp-links"))


def add(key: str, chosen: Sequence[str]) -> None:
    """Write one more department into the address."""
    if st.session_state[key]:
        turn_to(beside=",".join([*chosen, st.session_state[key]]))


def without(view: View, chosen: Sequence[str], unit_id: str) -> str:
    """The address without one department."""
    left = [other for other in chosen if other != unit_id]
    return view.address.to(beside=",".join(left)).href("compare")


def side_table(view: View, caption: str, frame: SideFrame) -> Html:
    """Figures side by side; an indicator's name leads to its page."""
    columns = [Column(view.words("compare.what")), *(Column(name, "number") for name in frame.columns)]
    lines = [
        Line(
            [
                Html(safe(row.name) + (view.means(row.term) if row.term else Html("")))
                if row.indicator is None
                else link(row.name, view.address.to(indicator=row.indicator, unit=None, beside=None).href("indicator")),
                *map(safe, row.cells),
            ]
        )
        for row in frame.rows
    ]
    return table(caption, columns, lines)


def small_table(
    heads: Sequence[Column], caption: str, ways: Iterable[Way | None], rows: Sequence[tuple[str, Sequence[str]]]
) -> Html:
    """What a chart shows, in figures; the names lead where its marks do."""
    lines = [
        Line([linked(way) if way else safe(name), *map(safe, cells)])
        for way, (name, cells) in zip(ways, rows, strict=True)
    ]
    return table(caption, heads, lines)


def pictures(view: View, units: Sequence[str]) -> None:
    """Places over the years, and every indicator."""
    words, source = view.words, view.source
    heading(words("compare.bump"))
    bump = view.keep("places", lambda: bump_frame(source, units))
    show(paragraph(bump.summary, "jp-note"))
    if len(bump.years) > 1:
        figure = view.keep("drawn places", lambda: bump_figure(bump, DRAWN_IN))
        clickable_chart(view, figure, "bump", bump.summary, to_departments(view))
    else:
        show(paragraph(words("compare.bump.one_year"), "jp-note"))
    if bump.chosen:
        heads = [Column(words("compare.unit"), means=view.means("rank"))]
        heads += [Column(str(year), "number") for year in bump.years]
        ways, rows = map(to_departments(view), bump.codes), bump_table(source, bump)
        beside(words, "bump-table", small_table(heads, bump.axis, ways, rows))
    heading(words("compare.strips"))
    strips = view.keep("strips", lambda: strips_frame(source, units))
    show(*(paragraph(said, "jp-note") for said in (strips.summary, strips.left_out) if said))
    if not strips.rows:
        return
    figure = view.keep("drawn strips", lambda: strips_figure(strips, DRAWN_IN))
    clickable_chart(view, figure, "strips", strips.summary, to_indicators(view))
    heads = [Column(words("compare.what")), *(Column(name, "number") for name in strips.names)]
    heads.append(Column(strips.median_word, "number", view.means("median")))
    ways, rows = map(to_indicators(view), (row.indicator for row in strips.rows)), strips_table(strips)
    beside(words, "strips-table", small_table(heads, strips.axis, ways, rows))


def page() -> None:
    """The page from top to bottom."""
    view = open_page("compare")
    words, source = view.words, view.source
    if source.reading.body is not None:
        body_through_the_years(view, source.reading.body)
        return
    head(view, words("compare.title"), words("compare.question"))
    said = chosen_units(source, view.address.beside)
    units = said or view.remember(f"proposed {view.own_unit}", lambda: proposed_units(source, view.own_unit))
    if not units:
        state("nobody", "", words)
        return
    about_the_address(view, said)
    if not source.compares_units:
        show(paragraph(words("compare.own_only"), "jp-note"))
    by = YEARS if view.address.by == YEARS or len(source.units) == 1 else UNITS
    if len(units) == 1 and by == UNITS:
        show(paragraph(words("compare.one"), "jp-note"))
    if len(source.units) > 1:
        choose(words("compare.by"), "by", {UNITS: words("compare.by.units"), YEARS: words("compare.by.years")}, by)
    choice(view, units)
    if by == YEARS:
        for unit_id in units:
            side(view, source.units[unit_id], years_of(view, unit_id))
    else:
        frame = view.keep("side by side", lambda: units_frame(source, units))
        side(view, words("compare.side"), frame)
    pictures(view, units)


def body_through_the_years(view: View, body: str) -> None:
    """That a body evaluated as one has nothing beside it, and its years; nothing where the reader may not see it."""
    words, source = view.words, view.source
    head(view, words("compare.title"), words("body.compare.question"))
    if not source.scope.may_see(body):
        state("nobody", "", words)
        return
    show(paragraph(words("body.compare"), "jp-note"))
    side(view, source.units[body], years_of(view, body))


def years_of(view: View, unit_id: str) -> SideFrame:
    """One department's years."""
    return view.remember(f"side years {unit_id}", lambda: years_frame(view.source, unit_id))


def side(view: View, title: str, frame: SideFrame) -> None:
    """One table with what is to be read in it."""
    heading(title)
    if frame.sentences:
        show(bullets(frame.sentences))
    show(side_table(view, title, frame))


page()

"""데이터→정책: what became of the data, how far policies came, where the chain ends, and the walk along it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.address import Address
from dashboard.charts.chain import flow_figure
from dashboard.following import Way, WayOf, clickable_chart
from dashboard.frames.chain import (
    KINDS,
    FlowFrame,
    FlowNode,
    RecordList,
    chain_facts,
    flow_frame,
    gap_sentences,
    group_list,
    key_of,
    ladder_rows,
    may_see,
    record_list,
    walk_frame,
    walk_sentence,
    walkable,
)
from dashboard.markup import Column, Html, Line, bar, bullets, facts_row, join, link, paragraph, safe, small, table, tag
from dashboard.once import names_in
from dashboard.shell import beside, choose, head, heading, open_page, pick, show, state, unit_asked_for
from dashboard.view import DRAWN_IN, View
from etl.engine import EngineError
from etl.insight.chain import Chain, Graph, Key, gaps, read_graph
from etl.shown import number

RECORDS_A_PAGE = 20
ALL_YEARS = "all"
ENDS = {("rests_on", "dataset"), ("led_to", "policy")}
DEEP = ("", "jp-deep", "jp-deeper")


def chosen_chain(view: View, graph: Graph, unit: str | None) -> Chain:
    """The chain of the year evaluated or of all years, of the body or of a department."""
    period = view.reading.rulebook.evaluation.period
    whole = view.address.span == ALL_YEARS
    chain = graph.over_all_years() if whole else graph.within(period.start, period.end)
    return chain if unit is None else chain.of_unit(unit)


def choices(view: View, unit: str | None) -> None:
    """The department and the years looked at."""
    words = view.words
    pick(words("chain.choose_unit"), "unit", view.source.record_units, unit, words("chain.whole_body"))
    spans = {"": words("chain.span.year", year=view.source.records_year), ALL_YEARS: words("chain.span.all")}
    choose(words("chain.span"), "span", spans, ALL_YEARS if view.address.span == ALL_YEARS else "")


# The picture ---------------------------------------------------------------------------------------------------------


def flow(view: View, chain: Chain, names: Mapping[str, str], what: str) -> None:
    """The Sankey picture, the table that stands in for it where the screen is narrow, and the records of a group."""
    words = view.words
    heading(words("chain.flow"))
    frame = view.remember(f"flow {what}", lambda: flow_frame(view.source, chain))
    show(paragraph(frame.summary, "jp-note"))
    if not frame.links:
        return
    nodes = {node.code: node.name for node in frame.nodes}
    chosen = view.known("part", nodes)
    figure = drawn(view, frame, chosen, what)
    with st.container(key="wide-only"):
        # A key of its own for every choice: what was pressed in the picture before is not pressed again.
        key = f"flow-{list(nodes).index(chosen)}" if chosen else "flow"
        clickable_chart(view, figure, key, frame.summary, to_groups(view, nodes, chosen))
        show(paragraph(words("chain.flow.legend"), "jp-note"), paragraph(words("chain.flow.click"), "jp-note"))
        beside(words, "flow-table", flow_table(view, frame))
    narrow = Html(paragraph(words("chain.flow.narrow"), "jp-note") + flow_table(view, frame))
    show(tag("div", narrow, "jp-narrow-only"))
    if chosen:
        group(view, chain, names, (chosen, nodes[chosen]), what)


def drawn(view: View, frame: FlowFrame, chosen: str | None, what: str) -> Figure:
    """The picture, drawn once for everybody; with a group marked, once for who looks at its records."""
    if chosen is None:
        return view.draw(f"flow {what}", lambda palette: flow_figure(frame, palette))
    return view.keep("marked flow", lambda: flow_figure(frame, DRAWN_IN, chosen))


def to_groups(view: View, nodes: Mapping[str, str], chosen: str | None) -> WayOf:
    """Marks carry codes of groups; the one whose records are shown already leads nowhere."""
    return lambda code: Way(nodes[code], "chain", at_group(view, code)) if code in nodes and code != chosen else None


def at_group(view: View, code: str | None) -> Address:
    """The page with the records of a group."""
    return view.address.to(part=code, record=None, kind=None)


def group(view: View, chain: Chain, names: Mapping[str, str], node: tuple[str, str], what: str) -> None:
    """The records of one group of the picture: those that used or were used."""
    code, name = node
    listed = view.remember(f"group {code} {what}", lambda: group_list(view.source, chain, code, names))
    title = view.words("chain.flow.group", group=name, count=number(listed.total))
    # The picture fills the window: what a press brought is scrolled to and read out (`dashboard.gate.in_browser`).
    show(tag("h3", safe(title), "jp-subheading jp-arrived", tabindex="-1", **{"data-jp-arrived": code}))
    page_of_records(view, listed, f"group-{code}-{what}", title)
    show(tag("p", link(view.words("chain.flow.close"), at_group(view, None).href("chain")), "jp-note"))


def flow_table(view: View, frame: FlowFrame) -> Html:
    """Every ribbon in figures."""
    words = view.words
    columns = [
        Column(words("chain.flow.from")),
        Column(words("chain.flow.to")),
        Column(words("chain.flow.uses"), "number"),
    ]

    def linked(node: FlowNode) -> Html:
        return link(node.name, at_group(view, node.code).href("chain"))

    lines = [
        Line([linked(frame.nodes[one.source]), linked(frame.nodes[one.target]), safe(number(one.uses))])
        for one in frame.links
    ]
    return table(words("chain.flow"), columns, lines)


def rungs(view: View, chain: Chain) -> None:
    """How far the policies with evidence came."""
    words = view.words
    heading(words("chain.ladder"))
    show(paragraph(words("chain.ladder.what"), "jp-note"))
    rows = ladder_rows(view.source, chain)
    if not rows:
        show(paragraph(words("chain.ladder.none"), "jp-note"))
        return
    columns = [
        Column(words("chain.ladder.stage")),
        Column(words("chain.ladder.here"), "number"),
        Column(words("chain.ladder.reached"), "number"),
    ]
    lines = [Line([safe(row.name), safe(row.here), bar(row.share_pct, safe(row.reached))]) for row in rows]
    show(tag("div", table(words("chain.ladder"), columns, lines), "jp-narrow"))


# Where it ends -------------------------------------------------------------------------------------------------------


def ends(view: View, chain: Chain, names: Mapping[str, str], what: str) -> None:
    """Policies without evidence, analyses without a policy, datasets nobody used."""
    heading(view.words("chain.gaps"))
    show(bullets(view.remember(f"gaps told {what}", lambda: gap_sentences(view.source, chain))))
    found = view.remember(f"gaps {what}", lambda: gaps(chain))
    for part, records in (
        ("policies", found.unproven_policies),
        ("analyses", found.unfollowed_analyses),
        ("datasets", found.unused_datasets),
    ):
        listed = view.remember(f"gap {part} {what}", partial(record_list, view.source, records, names))
        with st.expander(view.words(f"chain.gap.{part}", count=number(listed.total)), key=f"gap-{part}"):
            page_of_records(view, listed, f"gap-{part}-{what}", view.words("chain.gaps"))


def page_of_records(view: View, listed: RecordList, key: str, caption: str) -> None:
    """Records a page at a time."""
    words, lines = view.words, listed.lines
    pages = -(-len(lines) // RECORDS_A_PAGE)
    page_no = st.pagination(pages, key=key) if pages > 1 else 1
    first = (page_no - 1) * RECORDS_A_PAGE
    shown = lines[first : first + RECORDS_A_PAGE]
    if pages > 1:
        place = words("chain.page", total=number(len(lines)), first=first + 1, last=first + len(shown))
        show(paragraph(place, "jp-note"))
    if shown:
        show(records_table(view, RecordList(shown, 0), caption))
    hidden(view, listed)


def hidden(view: View, listed: RecordList) -> None:
    """How many records are not named."""
    if listed.hidden:
        show(paragraph(view.words("chain.hidden", count=number(listed.hidden)), "jp-note"))


def records_table(view: View, listed: RecordList, caption: str) -> Html:
    """Records with where they were received; a title leads to the walk from its record."""
    words = view.words
    columns = [
        Column(words("chain.kind")),
        Column(words("chain.unit")),
        Column(words("chain.day"), "tight"),
        Column(words("chain.standing")),
        Column(words("chain.origin")),
    ]
    lines = [
        Line(
            [
                Html(
                    link(line.title, view.address.to(record=line.address).href("chain"))
                    + small(words("chain.kind.with_id", kind=line.kind, record_id=line.record_id))
                ),
                safe(line.unit),
                safe(line.day),
                safe(line.standing),
                safe(line.origin),
            ],
            DEEP[min(line.depth, len(DEEP) - 1)],
        )
        for line in listed.lines
    ]
    return table(caption, columns, lines)


# The walk ------------------------------------------------------------------------------------------------------------


def walk(view: View, graph: Graph, key: Key, names: Mapping[str, str]) -> None:
    """One record, what it rests on and what it led to."""
    words = view.words
    frame = view.remember(f"walk {key}", lambda: walk_frame(view.source, graph, key, names))
    back = link(words("chain.walk.back"), view.address.to(record=None, kind=None).href("chain"))
    show(tag("h2", safe(frame.title), "jp-heading"), tag("p", back, "jp-note"))
    facts = (Html(tag("dt", safe(what)) + tag("dd", safe(said))) for what, said in frame.facts)
    show(tag("dl", join(facts), "jp-rules"), bullets([walk_sentence(view.source, frame)]))
    for part, listed in (("rests_on", frame.rests_on), ("led_to", frame.led_to)):
        show(tag("h3", safe(words(f"chain.{part}")), "jp-subheading"))
        if listed.lines:
            show(records_table(view, listed, words(f"chain.{part}")))
        elif not listed.hidden:
            said = "end" if (part, key[0]) in ENDS else "none"
            show(paragraph(words(f"chain.{part}.{said}"), "jp-note"))
        hidden(view, listed)


def choose_record(view: View, graph: Graph, key: Key | None, unit: str | None) -> None:
    """The choice of the record to walk from."""
    words = view.words
    heading(words("chain.walk"))
    show(paragraph(words("chain.walk.what"), "jp-note"))
    kind = view.known("kind", KINDS) or (KINDS[0] if key is None else key[0])
    kinds: dict[str, str] = {known: words(f"chain.kind.{known}") for known in KINDS}
    choose(words("chain.walk.choose_kind"), "kind", kinds, kind, also={"record": None})
    of_kind = next(known for known in KINDS if known == kind)
    options = view.remember(f"walkable {kind} {unit}", lambda: walkable(view.source, graph, of_kind, unit))
    if not options:
        show(paragraph(words("chain.walk.none"), "jp-note"))
        return
    current = view.address.record if view.address.record in options else None
    pick(words("chain.walk.choose"), "record", options, current, words("chain.walk.choose"))


# The page ------------------------------------------------------------------------------------------------------------


def picture(view: View, graph: Graph, names: Mapping[str, str], unit: str | None) -> None:
    """The body's or the department's chain from top to bottom."""
    what = f"{view.address.span == ALL_YEARS} {unit}"
    choices(view, unit)
    chain = view.remember(f"chain {what}", lambda: chosen_chain(view, graph, unit))
    if not chain.own and not chain.drawn:
        show(paragraph(view.words("chain.nothing"), "jp-note"))
        return
    show(view.keep("facts", lambda: facts_row(chain_facts(view.source, chain), view.means)))
    flow(view, chain, names, what)
    rungs(view, chain)
    ends(view, chain, names, what)


def page() -> None:
    """The page from top to bottom."""
    view = open_page("chain")
    words = view.words
    head(view, words("chain.title"), words("chain.question"))
    if not view.reading.has_records:
        show(paragraph(words("chain.no_records"), "jp-note"))
        return
    try:
        graph = view.read("graph", read_graph)
        names = names_in(view.reading)
    except (EngineError, OSError, ValueError, KeyError):
        show(paragraph(words("chain.unreadable", release=view.reading.folder.name), "jp-caution"))
        return
    unit = unit_asked_for(view, records=True)
    key = key_of(view.address.record, graph)
    if key is not None and not may_see(view.source, graph.records[key]):
        key = None  # what is not theirs is told apart in nothing from what is not there
    if key is not None:
        walk(view, graph, key, names)
    else:
        if view.address.record is not None:
            state("no_record", view.address.record, words)
        picture(view, graph, names, unit)
    choose_record(view, graph, key, unit)


page()

"""만약에: weights, targets or one's own figures moved, and the places that would follow, beside the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from dashboard.access import Action, can
from dashboard.frames.what_if import (
    RuleChange,
    SupposedRow,
    WayRow,
    body_supposed,
    knob_label,
    own_sentences,
    rule_changes,
    supposed_rows,
    supposed_sentences,
    way_rows,
)
from dashboard.markup import Column, Html, Line, bullets, exact, link, no_markdown, paragraph, safe, table, tag
from dashboard.once import inputs_in
from dashboard.pages.steps_rules import take
from dashboard.shell import FILES, choose, head, heading, open_page, show, state, turn_to
from dashboard.view import View
from etl.insight.reading import Reading
from etl.insight.rulebook_text import text_of_changed
from etl.insight.what_if import (
    Knob,
    Moved,
    Moves,
    compared,
    moved_rulebook,
    moves_from,
    own_knobs,
    rule_knobs,
    unmoved,
    ways_up,
    weighs_nothing,
    weights_under,
    what_if,
)
from etl.release.seal import RULEBOOK
from etl.scoring.rulebook import Rulebook
from etl.shown import number

EVERY_GROUP = ""
MOST_ROWS = 200
"""So many departments a table shows; those that move most stand first."""


# Knobs ---------------------------------------------------------------------------------------------------------------


def slider(view: View, knob: Knob, moves: Moves, weights: Mapping[str, Decimal]) -> None:
    """One knob; the address says where it stands."""
    key, now = f"what-if-{knob.key}", float(moves.to.get(knob.key, knob.value))
    if st.session_state.get(key) != now:
        st.session_state[key] = now
    st.slider(
        no_markdown(knob_label(view.source, knob, moves, weights)),
        min_value=float(knob.low),
        max_value=float(knob.high),
        step=float(knob.step),
        format=f"%.{len(f'{knob.step:f}'.partition('.')[2])}f",
        key=key,
        on_change=move,
        args=(knob, key, moves),
    )


def move(knob: Knob, key: str, moves: Moves) -> None:
    """Write where a knob was moved to into the address."""
    to = Decimal(str(round(st.session_state[key], 4)))
    turn_to(moves=moves.moved(knob, min(max(to, knob.low), knob.high)).text or None)


def sliders(view: View, knobs: Sequence[Knob], moves: Moves, weights: Mapping[str, Decimal]) -> None:
    """Knobs side by side; `weights` are those other than stated, by node."""
    for start in range(0, len(knobs), 3):
        for column, knob in zip(st.columns(3, gap="medium"), knobs[start : start + 3], strict=False):
            with column:
                slider(view, knob, moves, weights)


def back(view: View, moves: Moves) -> None:
    """The way back to what is published, and what of the address was not understood."""
    if moves.ignored:
        show(paragraph(view.words("what_if.ignored", count=moves.ignored), "jp-note"))
    if moves.to:
        address = view.address.to(moves=None).href("what_if")
        show(tag("p", link(view.words("what_if.back"), address, "jp-button"), "jp-note"))


# The rules moved -----------------------------------------------------------------------------------------------------


def rules_moved(view: View) -> None:
    """Weights and targets, and everybody's places."""
    words, rulebook = view.words, view.reading.rulebook
    knobs = view.read("what-if knobs", lambda reading: rule_knobs(reading.rulebook))
    if not knobs:
        show(paragraph(words("what_if.no_knobs"), "jp-note"))
        return
    moves = moves_from(view.address.moves, knobs)
    weights = view.keep("weights then", lambda: weights_under(rulebook, moves))
    areas = {area.id for area in rulebook.areas}
    heading(words("what_if.weights"))
    show(paragraph(words("what_if.weights.what"), "jp-note"))
    top = [knob for knob in knobs.values() if knob.kind == "weight" and (knob.node in areas or not areas)]
    sliders(view, top, moves, weights)
    below = [knob for knob in knobs.values() if knob.kind == "weight" and knob not in top]
    targets = [knob for knob in knobs.values() if knob.kind == "target"]
    for key, more in (("what_if.weights.below", below), ("what_if.targets", targets)):
        if more:
            with st.expander(
                words(key), key=key.replace(".", "-"), expanded=any(knob.key in moves.to for knob in more)
            ):
                sliders(view, more, moves, weights)
    back(view, moves)
    if weighs_nothing(rulebook, moves):
        show(paragraph(words("what_if.weighs_nothing"), "jp-caution"))
    if view.reading.body is None:
        places(view, moves)
    else:
        body_moved(view, moves, view.reading.body)
    if moves.to:
        new_rules(view, moves)


def places(view: View, moves: Moves) -> None:
    """Who would stand where."""
    words = view.words
    heading(words("what_if.places"))
    group = view.known("group", view.source.groups)
    if view.address.group is not None and group is None:
        state("no_group", view.address.group, words)
    if len(view.source.groups) > 1:
        options = {EVERY_GROUP: words("group.everybody"), **view.source.groups}
        choose(words("ranking.filter"), "group", options, group or EVERY_GROUP)
    unit, moved = view.known("unit", view.source.units), supposed(view, moves)
    show(bullets(supposed_sentences(view.source, moved, group, unit) if moves.to else [words("what_if.move_one")]))
    rows = view.keep("supposed rows", lambda: supposed_rows(view.source, moved, group, unit))
    first = [row for row in rows if row.is_moved or row.is_asked]
    others = [row for row in rows if not row.is_moved and not row.is_asked]
    if first:
        show(view.keep("those who move", lambda: places_table(view, first[:MOST_ROWS], group)))
    if others:
        with st.expander(words("what_if.others", units=number(len(others))), key="what-if-others"):
            show(view.keep("the others", lambda: places_table(view, others[:MOST_ROWS], group)))
    if max(len(first), len(others)) > MOST_ROWS:
        show(paragraph(words("what_if.cut", shown=number(MOST_ROWS)), "jp-note"))


def body_moved(view: View, moves: Moves, body: str) -> None:
    """What score and grade a body evaluated as one would have: it has no place among others."""
    words = view.words
    heading(words("body.what_if"))
    own = next(one for one in supposed(view, moves) if one.unit_id == body)
    show(bullets(body_supposed(view.source, own) if moves.to else [words("body.what_if.move_one")]))


def supposed(view: View, moves: Moves, unit: str | None = None) -> list[Moved]:
    """Everybody under the moves; kept for this reader alone, as there is no end to what can be supposed."""
    if not moves.to:
        return view.read("what if nothing", unmoved)
    inputs = inputs_in(view.reading)
    return view.keep("supposed", lambda: compared(view.reading, what_if(view.reading, inputs, moves, unit)))


def places_table(view: View, rows: Sequence[SupposedRow], group: str | None) -> Html:
    """Published and supposed side by side; how far each moves is said in words.

    Args:
        view: of the page.
        rows: the departments.
        group: the peer group the places are in; None is all departments.
    """
    words = view.words
    which = words("ranking.rank" if group is None else "ranking.group_rank")
    columns = [
        Column(words("ranking.unit")),
        Column(words("ranking.group"), "tight", view.means("peer_group")),
        Column(words("what_if.place_now", which=which), "number", view.means("rank")),
        Column(words("what_if.place_then", which=which), "number", view.means("supposed")),
        Column(words("what_if.shift"), "tight"),
        Column(words("what_if.score_now"), "number", view.means("composite_score")),
        Column(words("what_if.score_then"), "number"),
        Column(words("what_if.change"), "number"),
        Column(words("what_if.grade_now"), "tight", view.means("grade")),
        Column(words("what_if.grade_then"), "tight"),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=row.unit_id, moves=None).href("department")),
                safe(row.group),
                safe(row.place_before),
                safe(row.place),
                safe(row.shift),
                safe(row.score_before),
                safe(row.score),
                safe(row.change),
                safe(row.grade_before),
                safe(row.grade),
            ],
            "jp-area" if row.is_asked else "",
        )
        for row in rows
    ]
    return table(words("what_if.caption"), columns, lines)


def new_rules(view: View, moves: Moves) -> None:
    """What the rulebook would have to say, as a text to take to the page where rules are proposed."""
    words = view.words
    after = view.keep("supposed rules", lambda: moved_rulebook(view.reading.rulebook, moves))
    changes = view.keep("changes of rules", lambda: rule_changes(view.source, after))
    if not changes:
        return
    heading(words("what_if.rules"))
    show(changes_table(view, changes))
    text = view.keep("text of rules", lambda: text_of_rules(view.reading, after))
    if text is None:
        show(paragraph(words("what_if.rules.by_hand"), "jp-note"))
        return
    if can(view.person, Action.PROPOSE_RULEBOOK, state=view.standing.state):
        show(paragraph(words("what_if.rules.propose"), "jp-note"))
        if st.button(words("what_if.rules.take"), key="what-if-take"):
            take(text.encode())
            st.switch_page(FILES["steps"], query_params=view.address.to(moves=None).query)
    with st.expander(words("what_if.rules.text"), key="what-if-rules"):
        show(tag("pre", tag("code", safe(text)), "jp-rules-text", tabindex="0"))


def text_of_rules(reading: Reading, after: Rulebook) -> str | None:
    """The release's rulebook as it was written, with the numbers of another one; None where that cannot be done."""
    return text_of_changed((reading.folder / RULEBOOK).read_text(encoding="utf-8"), reading.rulebook, after)


def changes_table(view: View, rows: Sequence[RuleChange]) -> Html:
    """The numbers of the rulebook that are others."""
    words = view.words
    columns = [
        Column(words("what_if.rules.what")),
        Column(words("what_if.rules.before"), "number"),
        Column(words("what_if.rules.after"), "number"),
    ]
    lines = [
        Line([safe(row.what), exact(row.before, row.before_exact), exact(row.after, row.after_exact)]) for row in rows
    ]
    return table(words("what_if.rules"), columns, lines)


# One's own figures moved ---------------------------------------------------------------------------------------------


def own_moved(view: View, unit: str) -> None:
    """A department's own figures, its score and about its place, and what gives most."""
    words = view.words
    knobs: Mapping[str, Knob] = view.read(f"what-if own {unit}", lambda reading: own_knobs(reading, unit))
    moves = moves_from(view.address.moves, knobs)
    heading(words("what_if.own", unit=view.source.units[unit]))
    show(paragraph(words("what_if.own.what"), "jp-note"))
    sliders(view, list(knobs.values()), moves, {})
    back(view, moves)
    heading(words("what_if.own.result"))
    own = next(one for one in supposed(view, moves, unit) if one.unit_id == unit)
    show(bullets(own_sentences(view.source, own, moves)))
    heading(words("what_if.ways"))
    inputs = inputs_in(view.reading)
    ways = way_rows(view.source, view.read(f"ways up {unit}", lambda reading: ways_up(reading, inputs, unit)))
    none = "ahead.lowest" if view.reading.rulebook.lower_leads else "what_if.ways.none"
    show(paragraph(words("what_if.ways.what" if ways else none), "jp-note"))
    if ways:
        show(ways_table(view, ways))


def ways_table(view: View, rows: Sequence[WayRow]) -> Html:
    """The smallest steps that pay, the most for a step first."""
    words = view.words
    columns = [
        Column(words("what_if.ways.indicator")),
        Column(words("what_if.ways.more"), "number"),
        Column(words("what_if.ways.gain"), "number", view.means("points")),
        Column(words("what_if.score_then"), "number", view.means("supposed")),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(moves=row.moves).href("what_if")),
                safe(row.more),
                safe(row.gain),
                safe(row.score),
            ]
        )
        for row in rows
    ]
    return table(words("what_if.ways"), columns, lines)


def page() -> None:
    """The page from top to bottom: a department moves its own figures, those who see everybody move the rules."""
    view = open_page("what_if")
    words = view.words
    head(
        view,
        words("what_if.title"),
        words("what_if.question" if view.reading.body is None else "body.what_if.question"),
    )
    show(paragraph(words("what_if.not_a_score"), "jp-caution"))
    if view.reading.rulebook.outranks:
        state("outranks", "", words)
    elif view.own_unit is not None:
        own_moved(view, view.own_unit)
    elif view.source.compares_units:
        rules_moved(view)
    else:
        state("nobody", "", words)


page()

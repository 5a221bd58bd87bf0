"""Of a department's page: how sure its place is, how far the next ones are, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.frames.turning_points import (
    TurnLine,
    group_of_turn,
    margin_sentence,
    may_compare,
    place_name,
    turn_lines,
)
from dashboard.markup import Html, join, link, safe, tag
from dashboard.once import inputs_in, moved_places_in
from dashboard.shell import show
from dashboard.sureness import ranges_of
from dashboard.view import View
from etl.insight.turning_points import Margins, Turns, margins, turns


def sure_section(view: View, unit: str) -> None:
    """The place among all and in the peer group, each with what is known of it; nothing where there is no place."""
    words, reading = view.words, view.reading
    if unit not in reading.ranks or reading.rulebook.outranks or reading.body is not None:
        return
    show(tag("h2", Html(safe(words("sure.title")) + view.means("rank_range")), "jp-heading"))
    compared = may_compare(view.source)
    note = safe(words("sure.note" if compared else "sure.later"))
    show(tag("p", Html(note + view.means("turning_point")) if compared else note, "jp-note"))
    for overall in (True, False) if len(view.source.groups) > 1 else (True,):
        name = tag("h3", safe(place_name(view.source, unit, overall=overall)), "jp-subheading")
        show(name, tag("ul", join(tag("li", line) for line in _said(view, unit, overall=overall)), "jp-sentences"))


def _said(view: View, unit: str, *, overall: bool) -> list[Html]:
    sure = [safe(ranges_of(view, overall=overall)[unit].sentence)]
    if not may_compare(view.source):
        return sure
    which = "of all" if overall else "in group"
    margin = view.read(f"margins {which} {unit}", lambda reading: margins(reading, unit, overall=overall))
    if margin is None:
        return sure
    far = view.remember(f"margin {which} {unit}", lambda: margin_sentence(view.source, unit, margin, overall=overall))
    lines = view.remember(f"turn lines {which} {unit}", lambda: _turns(view, unit, margin, overall=overall))
    return [safe(far), *sure, *(_line(view, unit, line, overall=overall) for line in lines)]


def _turns(view: View, unit: str, margin: Margins, *, overall: bool) -> Sequence[TurnLine]:
    reading = view.reading
    found: Turns | None = turns(reading, inputs_in(reading), moved_places_in(reading), unit, overall=overall)
    return [] if found is None else turn_lines(view.source, unit, margin, found, overall=overall)


def _line(view: View, unit: str, line: TurnLine, *, overall: bool) -> Html:
    """A sentence, and where the reader may move rules, the way to the supposition it speaks of."""
    if not line.moves or view.own_unit is not None:
        return safe(line.text)
    group = group_of_turn(view.source, unit, overall=overall)
    there = view.address.to(unit=unit, indicator=None, page=None, group=group, moves=line.moves).href("what_if")
    return join([safe(line.text), link(line.link, there)], " ")

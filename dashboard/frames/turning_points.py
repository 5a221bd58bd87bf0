"""How sure a department's place is and what would change it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.frames.ranking import place
from dashboard.frames.source import Source
from etl.insight.standing import group_of
from etl.insight.turning_points import Margins, Neighbours, Turn, Turns
from etl.shown import number


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A sentence about what changes a place; where a supposition does, the words of a link to it and its moves."""

    text: str
    link: str = ""
    moves: str = ""


def may_compare(source: Source) -> bool:
    """Whether the reader may know how far others are, and whether places follow from scores at all."""
    return source.compares_units and not source.reading.rulebook.outranks


def place_name(source: Source, unit_id: str, *, overall: bool) -> str:
    """Which place is told of: among all, or in the peer group by its name."""
    if overall:
        return source.words("department.rank")
    return source.words("department.group_rank", group=source.group_name(unit_id))


def margin_sentence(source: Source, unit_id: str, found: Margins, *, overall: bool) -> str:
    """The points between a department and the places next to its own.

    Args:
        source: of a reader who may see every department.
        unit_id: the department.
        found: its margins.
        overall: among all departments, not in the peer group.
    """
    rank = source.reading.ranks[unit_id]
    ties = rank.tied_with if overall else source.group_ties[unit_id]
    facts = {
        "which": place_name(source, unit_id, overall=overall),
        "place": place(source, found.place, shared=ties > 0),
        "units": found.units,
        **_facts(source, "above", found.above),
        **_facts(source, "below", found.below),
    }
    sides = [side for side, there in (("above", found.above), ("below", found.below)) if there is not None]
    beside = ".".join(sides) or "alone"
    is_turned = sides and source.reading.rulebook.lower_leads
    return source.words(f"sure.margin.lowest.{beside}" if is_turned else f"sure.margin.{beside}", **facts)


def _facts(source: Source, side: str, there: Neighbours | None) -> dict[str, str]:
    if there is None:
        return {}
    names = source.list_of((source.units[unit_id] for unit_id in there.unit_ids), most=2)
    at = place(source, there.place, shared=len(there.unit_ids) > 1)
    return {side: source.words("sure.neighbour", place=at, units=names), f"{side}_gap": source.score(there.gap)}


def turn_lines(source: Source, unit_id: str, margins: Margins, found: Turns, *, overall: bool) -> list[TurnLine]:
    """The smallest moves of one weight that change a place; that there is none, where no weight does it.

    Args:
        source: of a reader who may see every department.
        unit_id: the department.
        margins: its margins: nobody rises above the first place.
        found: its turns.
        overall: among all departments, not in the peer group.
    """
    which, words = place_name(source, unit_id, overall=overall), source.words
    if margins.above is None and margins.below is None:
        return []
    if found.better is None and found.worse is None:
        return [TurnLine(words("sure.turn.none", which=which, place=margins.place))]
    wanted = (("better", found.better, margins.above), ("worse", found.worse, margins.below))
    return list(_lines(source, which, wanted))


def _lines(
    source: Source, which: str, wanted: tuple[tuple[str, Turn | None, Neighbours | None], ...]
) -> Iterator[TurnLine]:
    for key, turn, there in wanted:
        if turn is not None:
            yield _turn(source, which, turn)
        elif there is not None:
            yield TurnLine(source.words(f"sure.turn.none.{key}", which=which))


def _turn(source: Source, which: str, turn: Turn) -> TurnLine:
    words, node, to = source.words, source.nodes[turn.knob.node], number(turn.to)
    key = "sure.turn.up" if turn.to > turn.knob.value else "sure.turn.down"
    said = words(key, which=which, node=node, before=number(turn.knob.value), to=to, place=turn.place)
    return TurnLine(said, words("sure.turn.show", node=node, to=to), turn.moves.text)


def group_of_turn(source: Source, unit_id: str, *, overall: bool) -> str | None:
    """The peer group whose places a supposition is then looked at in; None is all departments."""
    return None if overall else group_of(source.reading, unit_id)

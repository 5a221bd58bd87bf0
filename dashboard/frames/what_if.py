"""A supposition beside what is published: who would stand where, and what of the rules it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.ranking import place
from dashboard.frames.rules import band_text, rule_table
from dashboard.frames.source import Source
from etl.documents.lines import KeyPath
from etl.insight.definitions import define
from etl.insight.rulebook_text import changed_numbers
from etl.insight.standing import difference, group_of
from etl.insight.what_if import Knob, Moved, Moves, Shift, Way
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator
from etl.scoring.rulebook_points import Attainment, TargetByBand
from etl.shown import NOTHING, number, signed


def knob_label(source: Source, knob: Knob, moves: Moves, weights: Mapping[str, Decimal]) -> str:
    """What a knob moves, with what it is now and, where that is not where it stands, what it then counts.

    Args:
        source: the release as the reader sees it.
        knob: the knob.
        moves: what is moved.
        weights: node -> the weight it then has, of the nodes whose weight is another.
    """
    words, node = source.words, source.nodes[knob.node]
    now = number(knob.value, 4)
    if knob.kind == "weight":
        stands, then = moves.to.get(knob.key, knob.value), weights.get(knob.node, knob.value)
        key = "what_if.knob.weight" if then == stands else "what_if.knob.weight_then"
        return words(key, node=node, now=now, then=number(then))
    indicator = source.indicators[knob.node]
    if knob.kind == "value":
        metric = knob.key.removeprefix("v:")
        return words(
            "what_if.knob.value", metric=words.metric(metric), now=words.amount(now, _metric_unit(source, knob))
        )
    return words("what_if.knob.target", node=node, whom=_whom(source, indicator, knob.part), now=now)


def _metric_unit(source: Source, knob: Knob) -> str:
    """What a metric is counted in; where it is a part of a quotient, that is not the unit of the indicator."""
    metric, indicator = knob.key.removeprefix("v:"), source.indicators[knob.node]
    if indicator.denominator is None:
        return source.words.unit(indicator.unit, metric)
    return define(metric).units[source.words.language]


def _whom(source: Source, indicator: Indicator, part: str) -> str:
    """For whom a target holds: a peer group, departments of a size, or everybody."""
    target = indicator.points.target if isinstance(indicator.points, Attainment) else None
    if isinstance(target, TargetByBand):
        band = target.bands[int(part)]
        size = source.words.metric(target.metric)
        return source.words(
            "what_if.size", metric=size, band=band_text(source, (band.start, band.end), target.includes, "")
        )
    return source.groups.get(part, source.words("group.everybody"))


# Everybody -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SupposedRow:
    """One department now and supposed, as text.

    Attributes:
        is_moved: whether its place is another.
        is_asked: whether it is the department the address names.
    """

    unit_id: str
    name: str
    group: str
    place_before: str
    place: str
    shift: str
    score_before: str
    score: str
    change: str
    grade_before: str
    grade: str
    is_moved: bool
    is_asked: bool


def supposed_rows(
    source: Source, moved: Sequence[Moved], group: str | None, unit: str | None = None
) -> list[SupposedRow]:
    """The departments in scope, those that move most first, then by their place now.

    Args:
        source: whose table it is.
        moved: every department.
        group: the peer group whose departments and places are told; None tells of all, with overall places.
        unit: a department that comes before all others, moved or not.
    """
    listed = sorted(_listed(source, moved, group), key=lambda one: _first_who_move(_shift(one, group), one.unit_id))
    rows = [_supposed(source, one, _shift(one, group), one.unit_id == unit) for one in listed]
    return sorted(rows, key=lambda row: not row.is_asked)


def _listed(source: Source, moved: Iterable[Moved], group: str | None) -> list[Moved]:
    """Those in scope, of one peer group or of all."""
    return [
        one for one in moved if one.unit_id in source.units and group in (None, group_of(source.reading, one.unit_id))
    ]


def _shift(one: Moved, group: str | None) -> Shift:
    """The places that are told: overall ones where all departments are, as in the ranking."""
    return one.overall if group is None else one.in_group


def _first_who_move(shift: Shift, unit_id: str) -> tuple[int, bool, int, str]:
    return -abs(shift.places), shift.before is None, shift.before or 0, unit_id


def _supposed(source: Source, one: Moved, shift: Shift, is_asked: bool) -> SupposedRow:
    change = difference(one.score, one.score_before)
    return SupposedRow(
        unit_id=one.unit_id,
        name=source.units[one.unit_id],
        group=source.group_name(one.unit_id),
        place_before=_place(source, shift.before),
        place=_place(source, shift.after),
        shift=_how_far(source, shift.places),
        score_before=source.score(one.score_before),
        score=source.score(one.score),
        change=NOTHING if not change else source.score_change(change),
        grade_before=source.grade_name(one.grade_before) or NOTHING,
        grade=source.grade_name(one.grade) or NOTHING,
        is_moved=shift.after != shift.before,
        is_asked=is_asked,
    )


def _place(source: Source, rank: int | None) -> str:
    return NOTHING if rank is None else place(source, rank, shared=False)


def _how_far(source: Source, places: int) -> str:
    """How far it moves, with a word and not with an arrow or a colour alone."""
    if not places:
        return NOTHING
    return source.words("what_if.up" if places > 0 else "what_if.down", places=abs(places))


def supposed_sentences(source: Source, moved: Sequence[Moved], group: str | None, unit: str | None = None) -> list[str]:
    """What the supposition comes to: the department asked for, how many move, how many change grade, who moves most.

    Args:
        source: the release as the reader sees it.
        moved: every department.
        group: the peer group whose departments and places are told; None tells of all, with overall places.
        unit: a department that is told of first.
    """
    words, rows = source.words, _listed(source, moved, group)
    which = words("ranking.rank" if group is None else "ranking.group_rank")
    movers = [one for one in rows if _shift(one, group).after != _shift(one, group).before]
    asked = [_asked(source, one, _shift(one, group), which) for one in rows if one.unit_id == unit]
    if not movers:
        scores = sum(one.score != one.score_before for one in rows)
        key = "what_if.nobody_moves" if scores else "what_if.nothing_changes"
        return [*asked, words(key, units=scores, which=which)]
    grades = sum(one.grade != one.grade_before for one in rows)
    return [
        *asked,
        words("what_if.moved", units=len(movers), which=which),
        words("what_if.grades", units=grades) if grades else words("what_if.no_grades"),
        *_furthest(source, movers, group),
    ]


def _asked(source: Source, one: Moved, shift: Shift, which: str) -> str:
    """The place of one department now and supposed."""
    name = source.units[one.unit_id]
    if shift.before is None or shift.after is None:
        return source.words("what_if.asked.no_place", unit=name)
    key = "what_if.asked.same" if shift.before == shift.after else "what_if.asked"
    return source.words(key, unit=name, which=which, before=shift.before, after=shift.after)


def _furthest(source: Source, movers: Sequence[Moved], group: str | None) -> Iterator[str]:
    """Who rises most and who falls most, where somebody does; of several that one who stands first now."""
    which = source.words("ranking.rank" if group is None else "ranking.group_rank")
    for key, sign in (("what_if.risen", 1), ("what_if.fallen", -1)):
        one = min(movers, key=lambda one: (-sign * _shift(one, group).places, _shift(one, group).before or 0))
        shift = _shift(one, group)
        if sign * shift.places > 0:
            facts = {"unit": source.units[one.unit_id], "which": which, "before": shift.before, "after": shift.after}
            yield source.words(key, **facts)


# What it changes of the rules ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One number of the rulebook, as text, and what it is to the last digit."""

    what: str
    before: str
    after: str
    before_exact: Decimal
    after_exact: Decimal


def rule_changes(source: Source, after: Rulebook) -> list[RuleChange]:
    """The numbers of the rulebook that are others, in its order.

    The weight of an indicator that is alone in its area is that of the area, and is told once.
    """
    return [
        RuleChange(_named(source, path), number(before), number(now), before, now)
        for path, before, now in changed_numbers(source.reading.rulebook, after)
        if not _is_told_by_area(source.reading.rulebook, path)
    ]


def _is_told_by_area(rulebook: Rulebook, path: KeyPath) -> bool:
    if path[0] != "indicators" or path[-1] != "weight":
        return False
    indicator = rulebook.indicators[int(path[1])]
    area = rulebook.nodes[indicator.area]
    return len(rulebook.parts[indicator.area]) == 1 and isinstance(area, Area) and area.weight == indicator.weight


def _named(source: Source, path: KeyPath) -> str:
    """Such as: 데이터 교육 이수율 배점."""
    rulebook = source.reading.rulebook
    parts: Sequence[Area | Indicator] = rulebook.areas if path[0] == "areas" else rulebook.indicators
    part = parts[int(path[1])]
    if path[-1] == "weight":
        return source.words("what_if.change.weight", node=source.nodes[part.id])
    if "target" not in path:
        return source.words("what_if.change.points", node=source.nodes[part.id], row=_row(source, part.id, path))
    whom = str(path[-2] if path[-1] == "target" and len(path) > 4 else path[-1])
    indicator = source.indicators[part.id]
    return source.words("what_if.change.target", node=source.nodes[part.id], whom=_whom(source, indicator, whom))


def _row(source: Source, node: str, path: KeyPath) -> str:
    """The row of an indicator's table that a number stands in, as the indicator's page says it: 60 % 이상."""
    indicator = source.indicators[node]
    at = next((step for step in path[2:] if isinstance(step, int)), None)
    rules = rule_table(source, indicator)
    return source.words("department.state.missing") if at is None or rules is None else rules.rows[at][0]


# One department ------------------------------------------------------------------------------------------------------


def own_sentences(source: Source, one: Moved, moves: Moves) -> list[str]:
    """A department's own score now and supposed, and where that would stand in its group.

    Args:
        source: the release as the department sees it.
        one: the department.
        moves: what it has moved; where that is nothing, its place is the published one, which it knows.
    """
    if one.score is None or one.score_before is None:
        return [source.words("what_if.own.no_score")]
    return [_own_score(source, one.score_before, one.score), _standing(source, one, one.score, moves)]


def _own_score(source: Source, before: Decimal, after: Decimal) -> str:
    """A score now and supposed."""
    change, now = after - before, source.score(before)
    if not change:
        return source.words("what_if.own.same", before=now)
    return source.words("what_if.own.score", before=now, after=source.score(after), change=source.score_change(change))


def body_supposed(source: Source, one: Moved) -> list[str]:
    """Score and grade now and supposed, of a body evaluated as one.

    Args:
        source: the release as the reader sees it.
        one: the body.
    """
    words = source.words
    if one.score is None or one.score_before is None:
        return [words("body.what_if.no_score")]
    said = [_own_score(source, one.score_before, one.score)]
    before, after = (source.grade_name(grade) or NOTHING for grade in (one.grade_before, one.grade))
    if source.reading.rulebook.grades is not None:
        key = "body.what_if.same_grade" if before == after else "body.what_if.grade"
        said.append(words(key, before=before, after=after))
    return said


def _standing(source: Source, one: Moved, score: Decimal, moves: Moves) -> str:
    """The place in the group: exact for those who see the group, else about, among scores rounded to a coarse step.

    How scores that are close or equal would be parted tells of others; where nothing is moved it was told already.
    """
    words, reading = source.words, source.reading
    group, shift = group_of(reading, one.unit_id), one.in_group
    if shift.before is None and not moves.to:
        return words("what_if.own.no_place")
    if (source.compares_units or not moves.to) and shift.after is not None:
        if shift.after == shift.before:
            return words("what_if.own.same_place", after=shift.after)
        return words("what_if.own.place", before=shift.before or NOTHING, after=shift.after)
    scores = {
        unit_id: known
        for unit_id, row in reading.scores.items()
        if unit_id in reading.ranks and group_of(reading, unit_id) == group and (known := row.score) is not None
    }
    others = source.unnamed(scores)
    if not others:
        return words("what_if.own.too_few")
    better = sum(other > score if reading.rulebook.ranking.best == "highest" else other < score for other in others)
    return words("what_if.own.about", place=better + 1, units=len(others) + 1)


@dataclass(frozen=True, slots=True)
class WayRow:
    """One thing a department could do more of, as text; `moves` leads to the supposition."""

    name: str
    more: str
    gain: str
    score: str
    moves: str


def way_rows(source: Source, ways: Sequence[Way]) -> list[WayRow]:
    """The ways to a better score, the most for a step first."""
    return [
        WayRow(
            name=source.nodes[way.knob.node],
            more=source.words.amount(number(way.more), _way_unit(source, way.knob)),
            gain=signed(way.gain, 2, fixed=True),
            score=source.score(way.score),
            moves=Moves({way.knob.key: way.to}).text,
        )
        for way in ways
    ]


def _way_unit(source: Source, knob: Knob) -> str:
    return define(knob.key.removeprefix("v:")).units[source.words.language]

"""A supposition beside what is published: who would stand where, and what of the rules it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.ranking import place
from dashboard.frames.source import Source
from etl.documents.lines import KeyPath
from etl.insight.definitions import define
from etl.insight.rulebook_text import changed_numbers
from etl.insight.standing import difference, group_of
from etl.insight.what_if import Knob, Moved, Way
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator
from etl.scoring.rulebook_points import Attainment, TargetByBand
from etl.shown import NOTHING, number, signed


def knob_label(source: Source, knob: Knob) -> str:
    """What a knob moves, with what it is now."""
    words, node = source.words, source.nodes[knob.node]
    now = number(knob.value, 4)
    if knob.kind == "weight":
        return words("what_if.knob.weight", node=node, now=now)
    indicator = source.indicators[knob.node]
    if knob.kind == "value":
        metric = knob.key.removeprefix("v:")
        return words(
            "what_if.knob.value", metric=words.metric(metric), now=words.amount(now, _metric_unit(source, knob))
        )
    return words("what_if.knob.target", node=node, whom=_whom(source, indicator, knob.part), now=now)


def _metric_unit(source: Source, knob: Knob) -> str:
    indicator = source.indicators[knob.node]
    return source.words.unit(indicator.unit, knob.key.removeprefix("v:")) if indicator.denominator is None else ""


def _whom(source: Source, indicator: Indicator, part: str) -> str:
    """For whom a target holds: a peer group, departments of a size, or everybody."""
    target = indicator.points.target if isinstance(indicator.points, Attainment) else None
    if isinstance(target, TargetByBand):
        band = target.bands[int(part)]
        size = source.words.metric(target.metric)
        low, high = number(band.start), number(band.end)
        return source.words("what_if.size", metric=size, low=low, high=high)
    return source.groups.get(part, source.words("group.everybody"))


# Everybody -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SupposedRow:
    """One department now and supposed, as text; `is_moved` says whether its place is another."""

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


def supposed_rows(source: Source, moved: Sequence[Moved], group: str | None) -> list[SupposedRow]:
    """The departments in scope, of one peer group or of all, those that move most first."""
    return [
        _supposed(source, one)
        for one in moved
        if one.unit_id in source.units and group in (None, group_of(source.reading, one.unit_id))
    ]


def _supposed(source: Source, one: Moved) -> SupposedRow:
    change = difference(one.score, one.score_before)
    return SupposedRow(
        unit_id=one.unit_id,
        name=source.units[one.unit_id],
        group=source.group_name(one.unit_id),
        place_before=_place(source, one.rank_before),
        place=_place(source, one.rank),
        shift=_shift(source, one.places),
        score_before=source.score(one.score_before),
        score=source.score(one.score),
        change=NOTHING if not change else source.score_change(change),
        grade_before=source.grade_name(one.grade_before) or NOTHING,
        grade=source.grade_name(one.grade) or NOTHING,
        is_moved=one.rank != one.rank_before,
    )


def _place(source: Source, rank: int | None) -> str:
    return NOTHING if rank is None else place(source, rank, shared=False)


def _shift(source: Source, places: int) -> str:
    """How far it moves, with a word and not with an arrow or a colour alone."""
    if not places:
        return NOTHING
    return source.words("what_if.up" if places > 0 else "what_if.down", places=abs(places))


def supposed_sentences(source: Source, moved: Sequence[Moved], group: str | None) -> list[str]:
    """What the supposition comes to: how many move, how many change grade, who moves most."""
    words = source.words
    rows = [
        one for one in moved if one.unit_id in source.units and group in (None, group_of(source.reading, one.unit_id))
    ]
    others = [one for one in rows if one.rank != one.rank_before]
    if not others:
        scores = sum(one.score != one.score_before for one in rows)
        return [words("what_if.nobody_moves", units=scores) if scores else words("what_if.nothing_changes")]
    sentences = [words("what_if.moved", units=len(others))]
    grades = sum(one.grade != one.grade_before for one in rows)
    sentences.append(words("what_if.grades", units=grades) if grades else words("what_if.no_grades"))
    risen = max(others, key=lambda one: one.places)
    fallen = min(others, key=lambda one: one.places)
    for key, one in (("what_if.risen", risen), ("what_if.fallen", fallen)):
        if (one.places > 0) == (key == "what_if.risen") and one.places:
            sentences.append(words(key, unit=source.units[one.unit_id], before=one.rank_before, after=one.rank))
    return sentences


# What it changes of the rules ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One number of the rulebook, as text."""

    what: str
    before: str
    after: str


def rule_changes(source: Source, after: Rulebook) -> list[RuleChange]:
    """Every number of the rulebook that is another one, in its order."""
    return [
        RuleChange(_named(source, path), number(before, 4), number(now, 4))
        for path, before, now in changed_numbers(source.reading.rulebook, after)
    ]


def _named(source: Source, path: KeyPath) -> str:
    """Such as: 데이터 교육 이수율, 배점."""
    rulebook = source.reading.rulebook
    parts: Sequence[Area | Indicator] = rulebook.areas if path[0] == "areas" else rulebook.indicators
    part = parts[int(path[1])]
    if path[-1] == "weight":
        return source.words("what_if.change.weight", node=source.nodes[part.id])
    if "target" not in path:
        row = next((int(step) + 1 for step in path[2:] if isinstance(step, int)), 0)
        return source.words("what_if.change.points", node=source.nodes[part.id], row=row or "")
    whom = str(path[-2] if path[-1] == "target" and len(path) > 4 else path[-1])
    indicator = source.indicators[part.id]
    return source.words("what_if.change.target", node=source.nodes[part.id], whom=_whom(source, indicator, whom))


# One department ------------------------------------------------------------------------------------------------------


def own_sentences(source: Source, one: Moved) -> list[str]:
    """A department's own score now and supposed, and about where that would stand in its group."""
    words = source.words
    if one.score is None or one.score_before is None:
        return [words("what_if.own.no_score")]
    change = one.score - one.score_before
    before, after = source.score(one.score_before), source.score(one.score)
    said = (
        words("what_if.own.score", before=before, after=after, change=source.score_change(change))
        if change
        else words("what_if.own.same", before=before)
    )
    return [said, _standing(source, one, one.score)]


def _standing(source: Source, one: Moved, score: Decimal) -> str:
    """The place in the group: exact for those who see the group, else about, among scores rounded to a coarse step."""
    words, reading = source.words, source.reading
    group = group_of(reading, one.unit_id)
    if source.compares_units and one.rank is not None:
        if one.rank == one.rank_before:
            return words("what_if.own.same_place", after=one.rank)
        return words("what_if.own.place", before=one.rank_before or NOTHING, after=one.rank)
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
            moves=f"{way.knob.key}={way.knob.value + way.more}",
        )
        for way in ways
    ]


def _way_unit(source: Source, knob: Knob) -> str:
    return define(knob.key.removeprefix("v:")).units[source.words.language]

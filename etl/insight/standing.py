"""Where departments stand: against last year, their peer group and each other, indicator by indicator.

Everything here follows from published tables. Differences and medians are exact decimals; percentages are rounded half
up, once, to the places given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from etl.contracts.published import IndicatorRow, ScoreRow, State
from etl.insight.full_marks import full_mark
from etl.insight.reading import Reading
from etl.measures import Evidence
from etl.scoring.decimals import HUNDRED, KEPT_DIGITS, ONE, ZERO, kept, precise, rounded, total
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator, Node
from etl.scoring.rulebook_terms import EVERYBODY

# Departments against last year ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One department against the year before.

    Attributes:
        score_change: points gained; below zero lost.
        places: places gained in the peer group; None where it is new, not ranked, or in another group.
    """

    unit_id: str
    score_before: Decimal
    score: Decimal
    score_change: Decimal
    group_rank_before: int | None
    group_rank: int | None
    places: int | None


def unit_changes(reading: Reading, before: Reading | None) -> dict[str, UnitChange]:
    """Unit -> its change, for departments that have a score in both years under the same code."""
    if before is None:
        return {}
    changes = {}
    for unit_id, row in reading.scores.items():
        last = before.scores.get(unit_id)
        if last is None or last.score is None or row.score is None:
            continue
        rank, rank_before = reading.ranks.get(unit_id), before.ranks.get(unit_id)
        comparable = rank is not None and rank_before is not None and rank.peer_group == rank_before.peer_group
        changes[unit_id] = UnitChange(
            unit_id=unit_id,
            score_before=last.score,
            score=row.score,
            score_change=gained(row.score, last.score),
            group_rank_before=rank_before.group_rank if rank_before else None,
            group_rank=rank.group_rank if rank else None,
            places=rank_before.group_rank - rank.group_rank if comparable and rank and rank_before else None,
        )
    return changes


def movers(changes: Iterable[UnitChange], count: int) -> tuple[list[UnitChange], list[UnitChange]]:
    """The departments that gained most points and those that lost most, at most `count` each, the biggest first."""
    ordered = sorted(changes, key=lambda change: (-change.score_change, change.unit_id))
    risen = [change for change in ordered if change.score_change > 0][:count]
    fallen = [change for change in reversed(ordered) if change.score_change < 0][:count]
    return risen, fallen


def directions(changes: Iterable[UnitChange]) -> tuple[int, int]:
    """How many departments gained points and how many lost some."""
    signs = Counter((change.score_change > 0) - (change.score_change < 0) for change in changes)
    return signs[1], signs[-1]


def same_rules(reading: Reading, before: Reading) -> bool:
    """Whether both releases weigh the same indicators alike and turn values into points alike."""
    return _what_scores(reading.rulebook) == _what_scores(before.rulebook)


def _what_scores(rulebook: Rulebook) -> tuple[object, ...]:
    indicators = [
        indicator.model_dump(include={"id", "area", "points", "weight", "value_rounding", "missing"})
        for indicator in rulebook.indicators
    ]
    areas = [area.model_dump(exclude={"name"}) for area in rulebook.areas]
    return (indicators, areas, rulebook.score.model_dump())


# Peer groups ---------------------------------------------------------------------------------------------------------

SMALL_GROUP: Final = 10
"""One department moves the median of a group of fewer than these a long way: such groups are marked."""


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """The scores of one peer group's ranked departments; without any, the figures are None and the lists empty.

    Attributes:
        peer_group: None is all departments together.
        shared: how many share their place with another one.
        leaders: the departments in the first place of their group.
    """

    peer_group: str | None
    units: int
    shared: int
    median: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None
    leaders: tuple[str, ...]


def group_standings(reading: Reading) -> list[GroupStanding]:
    """Every peer group, in the rulebook's order; one group of everybody where the rulebook has none."""
    return [group_standing(reading, group) for group in group_ids(reading)]


def group_ids(reading: Reading) -> list[str]:
    """The peer groups departments are ranked in."""
    return [group.id for group in reading.rulebook.peer_groups] or [EVERYBODY]


def group_of(reading: Reading, unit_id: str) -> str:
    """The peer group a department is ranked in."""
    return reading.rulebook.group_of(reading.units[unit_id].peer_group)


def group_standing(reading: Reading, group: str | None) -> GroupStanding:
    """One peer group, or all ranked departments together; the leaders are then those of every group."""
    ranks = [row for row in reading.ranks.values() if group in (None, row.peer_group)]
    known = {row.unit_id: reading.scores[row.unit_id].score for row in ranks}
    scores = sorted(score for score in known.values() if score is not None)
    places = Counter(row.rank if group is None else row.group_rank for row in ranks)
    return GroupStanding(
        peer_group=group,
        units=len(ranks),
        shared=sum(units for units in places.values() if units > 1),
        median=median(scores),
        highest=scores[-1] if scores else None,
        lowest=scores[0] if scores else None,
        leaders=tuple(sorted(row.unit_id for row in ranks if row.group_rank == 1)),
    )


def shared_score(reading: Reading, unit_ids: Iterable[str]) -> Decimal | None:
    """The score that departments have in common; None where they differ, or where one has none."""
    scores = {reading.scores[unit_id].score for unit_id in unit_ids}
    return scores.pop() if len(scores) == 1 else None


def ties_are_of_scores(reading: Reading, group: str | None) -> bool:
    """Whether the departments that share a place also have the same score, in a peer group or among all."""
    places: dict[int, list[str]] = {}
    for row in reading.ranks.values():
        if group in (None, row.peer_group):
            places.setdefault(row.rank if group is None else row.group_rank, []).append(row.unit_id)
    return all(shared_score(reading, units) is not None for units in places.values() if len(units) > 1)


def has_scores(reading: Reading) -> bool:
    """Whether any ranked department has a score; comparing pairs may rank without."""
    return any(reading.scores[unit_id].score is not None for unit_id in reading.ranks)


def tied_in_group(reading: Reading) -> dict[str, int]:
    """Ranked unit -> how many others of its peer group share its place there."""
    places = Counter((row.peer_group, row.group_rank) for row in reading.ranks.values())
    return {row.unit_id: places[row.peer_group, row.group_rank] - 1 for row in reading.ranks.values()}


# The parts of a score ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One area or indicator as a part of a department's score.

    Attributes:
        depth: 0 at the root.
        earned: where scores are sums of points, what it adds to the score; elsewhere its own points.
        possible: where scores are sums of points, the most it could add; elsewhere None.
        full: what `earned` is out of: `possible`, or elsewhere its own full mark; None where it has none.
        weight: as the rulebook states it; where points are not added up it only weighs, and is no mark.
        stated: where scores are sums of points, the most it could add had no weights moved to it; elsewhere None.
        moved: whether weights of absent parts changed what it can add.
    """

    node: str
    parent: str | None
    depth: int
    is_area: bool
    state: State
    earned: Decimal | None
    possible: Decimal | None
    full: Decimal | None
    weight: Decimal
    stated: Decimal | None
    moved: bool


def adds_up(rulebook: Rulebook) -> bool:
    """Whether a score is the plain sum of what its indicators earn, so that each has a part in it."""
    return all(_is_plain_sum(node) for node in rulebook.nodes.values())


def _is_plain_sum(node: Node) -> bool:
    plain_area = not isinstance(node, Area) or (node.full is None and node.cap is None and node.floor is None)
    unrounded = not isinstance(node, Area) or node.rounding.mode == "none"
    unscaled = node.scale == 1 and node.offset == 0 and node.transform == "none"
    return node.aggregation == "sum_of_points" and plain_area and unrounded and unscaled


@precise
def score_parts(reading: Reading, unit_id: str) -> list[ScorePart]:
    """The tree of a department's score, parents before their parts, in the rulebook's order.

    Formula: a part's share of the score is its contribution x the product, over the areas above it, of the area's
    effective weight / the sum of its parts' weights.
    """
    parts: list[ScorePart] = []
    factor = ONE if adds_up(reading.rulebook) else None
    _walk(reading, unit_id, None, factor, factor, 0, parts)
    return parts


def score_part(reading: Reading, unit_id: str, node: str) -> ScorePart:
    """One area or indicator as a part of a department's score."""
    return next(part for part in score_parts(reading, unit_id) if part.node == node)


def _walk(
    reading: Reading,
    unit_id: str,
    parent: str | None,
    factor: Decimal | None,
    unmoved: Decimal | None,
    depth: int,
    parts: list[ScorePart],
) -> None:
    """The parts of one area.

    Args:
        reading: the release.
        unit_id: the department.
        parent: the area; None at the root.
        factor: what one of its points is worth in the score; None where scores are no sums of points.
        unmoved: likewise, had no weights moved.
        depth: of the parts.
        parts: to add them to.
    """
    group = group_of(reading, unit_id)
    for node in reading.rulebook.parts.get(parent, ()):
        row = reading.contributions[unit_id, node.id]
        effective = row.weight if row.effective_weight is None else row.effective_weight
        possible = None if factor is None else kept(effective * factor)
        earned = row.points if factor is None or row.contribution is None else kept(row.contribution * factor)
        stated = None if unmoved is None else kept(row.weight * unmoved)
        moved = possible is not None and row.state != "not_applicable" and possible not in (stated, ZERO)
        full = full_mark(reading.rulebook, node, group) if possible is None else possible
        is_area = isinstance(node, Area)
        parts.append(
            ScorePart(node.id, parent, depth, is_area, row.state, earned, possible, full, row.weight, stated, moved)
        )
        if is_area:
            below = total(reading.contributions[unit_id, part.id].weight for part in reading.rulebook.parts[node.id])
            inner = None if factor is None or below == 0 else factor * effective / below
            before = None if unmoved is None or below == 0 else unmoved * row.weight / below
            _walk(reading, unit_id, node.id, inner, before, depth + 1, parts)


def part_medians(reading: Reading) -> dict[tuple[str, str], Decimal]:
    """(peer group, node) -> the median of what the group's departments earned there; absent parts are left out."""
    return medians_of(part_earners(reading))


def medians_of(earners: Mapping[tuple[str, str], Mapping[str, Decimal]]) -> dict[tuple[str, str], Decimal]:
    """(peer group, node) -> the median of what `part_earners` found there."""
    found = ((key, median(earned.values())) for key, earned in earners.items())
    return {key: middle for key, middle in found if middle is not None}


def part_earners(reading: Reading) -> dict[tuple[str, str], dict[str, Decimal]]:
    """(peer group, node) -> unit -> what the group's departments earned there; absent parts are left out."""
    earned: dict[tuple[str, str], dict[str, Decimal]] = {}
    for unit_id in reading.units:
        group = group_of(reading, unit_id)
        for part in score_parts(reading, unit_id):
            if part.earned is not None:
                earned.setdefault((group, part.node), {})[unit_id] = part.earned
    return earned


# Plain figures -------------------------------------------------------------------------------------------------------


def difference(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    """What was gained; None where either is unknown."""
    return None if value is None or before is None else gained(value, before)


@precise
def gained(value: Decimal, before: Decimal) -> Decimal:
    """The value less what it was."""
    return kept(value - before)


@precise
def sum_holds(score: ScoreRow) -> bool:
    """Whether a score is its base + bonus - penalty, which no floor or cap has cut; not where there is none.

    Base and total were each kept to their published digits, so that they may differ in the last one.
    """
    if score.base is None or score.total is None:
        return False
    last = max(score.base.adjusted(), score.total.adjusted()) - KEPT_DIGITS + 1
    return abs(score.base + score.bonus - score.penalty - score.total) <= ONE.scaleb(last)


@precise
def median(values: Iterable[Decimal]) -> Decimal | None:
    """The middle value, or the mean of the two in the middle; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else kept((ordered[middle - 1] + ordered[middle]) / 2)


def counts_by_value(values: Mapping[str, Decimal]) -> dict[Decimal, tuple[str, ...]]:
    """Value -> the departments that have it, both in order."""
    found: dict[Decimal, list[str]] = {}
    for unit_id in sorted(values):
        found.setdefault(values[unit_id], []).append(unit_id)
    return {value: tuple(found[value]) for value in sorted(found)}


# Indicators ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ValueStanding:
    """The values of one indicator over all departments.

    Attributes:
        units: departments with a value.
        full: those with full points, None where the rules state no full points; zero: those with none.
    """

    units: int
    median: Decimal | None
    full: int | None
    zero: int


def value_standing(reading: Reading, indicator: Indicator) -> ValueStanding:
    """How the values of an indicator are spread."""
    rows = [row for row in reading.indicators.values() if row.indicator == indicator.id and row.value is not None]
    marks = [mark_of(reading, indicator, row.unit_id) for row in rows]
    return ValueStanding(
        units=len(rows),
        median=median(row.value for row in rows if row.value is not None),
        full=None if None in marks else sum(row.points == mark for row, mark in zip(rows, marks, strict=True)),
        zero=sum(row.points == 0 for row in rows),
    )


def mark_of(reading: Reading, indicator: Indicator, unit_id: str) -> Decimal | None:
    """The points a department has for a full result; None where the rules state none."""
    return full_mark(reading.rulebook, indicator, group_of(reading, unit_id))


def full_points(reading: Reading, indicator: Indicator, row: IndicatorRow) -> Decimal:
    """What a points method multiplies its share with for a department; `mark_of` says what points are out of."""
    if reading.rulebook.nodes[indicator.area].aggregation == "sum_of_points":
        return row.weight
    return ONE if indicator.full is None else indicator.full


@precise
def recounted(evidence: Iterable[Evidence]) -> Decimal | None:
    """What the records come to, added up again; None where there are some and every amount is unknown."""
    amounts = [one.amount for one in evidence]
    known = [amount for amount in amounts if amount is not None]
    return total(known) if known or not amounts else None


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """How much of an indicator's points all departments together earned.

    Attributes:
        units: departments it gave points to.
        earned_pct: points earned / full points x 100, one decimal; None where points have no upper end.
        missed: full points - points earned, of all together; None likewise.
    """

    indicator: Indicator
    units: int
    earned_pct: Decimal | None
    missed: Decimal | None


@precise
def indicator_standings(reading: Reading) -> list[IndicatorStanding]:
    """Every indicator, in the rulebook's order."""
    by_indicator: dict[str, list[IndicatorRow]] = {}
    for row in reading.indicators.values():
        if row.points is not None:
            by_indicator.setdefault(row.indicator, []).append(row)
    return [
        _indicator_standing(reading, indicator, by_indicator.get(indicator.id, []))
        for indicator in reading.rulebook.indicators
    ]


def _indicator_standing(reading: Reading, indicator: Indicator, rows: Sequence[IndicatorRow]) -> IndicatorStanding:
    full = [mark for row in rows if (mark := mark_of(reading, indicator, row.unit_id)) is not None]
    points = [ZERO if row.points is None else row.points for row in rows]
    bounded = len(full) == len(points) and all(ZERO <= own <= most for own, most in zip(points, full, strict=True))
    earned, most = total(points), total(full)
    if not bounded or most <= 0:
        return IndicatorStanding(indicator, len(rows), None, None)
    return IndicatorStanding(indicator, len(rows), rounded(earned * HUNDRED / most, 1), kept(most - earned))

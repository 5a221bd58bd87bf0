"""Grades from places and scores: cut-offs, quotas with their rules for ties and small groups, and vetoes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.scoring.decimals import HUNDRED, ONE, ZERO, precise, rounded
from etl.scoring.ranking import Contender, Place, by_peer_group, rank_units
from etl.scoring.rulebook_grades import Grades
from etl.scoring.rulebook_terms import holds


def grade_units(
    rules: Grades, contenders: Sequence[Contender], overall: Mapping[str, Place], scores: Mapping[str, Decimal]
) -> dict[str, str]:
    """The grade of every ranked unit, before vetoes.

    Args:
        rules: the rulebook's grades.
        contenders: the ranked units.
        overall: their places among all.
        scores: unit_id -> the score cut-offs look at; not needed for quotas.
    """
    if rules.method == "cutoff":
        return _by_cutoff(rules, contenders, scores)
    everybody = by_quota(rules, overall)
    if rules.over == "all":
        return (
            everybody
            if len(contenders) >= rules.smallest_group
            else _in_small_group(rules, contenders, everybody, scores)
        )
    grades: dict[str, str] = {}
    for members in by_peer_group(contenders).values():
        if len(members) >= rules.smallest_group:
            grades |= by_quota(rules, rank_units(members))
        else:
            grades |= _in_small_group(rules, members, everybody, scores)
    return grades


def _by_cutoff(rules: Grades, contenders: Sequence[Contender], scores: Mapping[str, Decimal]) -> dict[str, str]:
    return {unit.unit_id: _grade_for(rules, unit.peer_group, scores[unit.unit_id]) for unit in contenders}


def _grade_for(rules: Grades, peer_group: str, score: Decimal) -> str:
    return next(grade.id for grade in rules.grades if holds(*grade.limits_for(peer_group), rules.includes, score))


def by_quota(rules: Grades, places: Mapping[str, Place]) -> dict[str, str]:
    """The grade that owns a unit's place; of equals, all get the grade of their first place (up) or last (down)."""
    ends = quota_ends(rules, len(places))
    grades: dict[str, str] = {}
    for unit_id, place in places.items():
        position = place.rank if rules.edge == "up" else place.rank + place.tied_with
        grades[unit_id] = next(grade.id for grade, end in zip(rules.grades, ends, strict=True) if position <= end)
    return grades


@precise
def quota_ends(rules: Grades, units: int) -> list[int]:
    """The last place of every grade, best first, among so many units; the last grade ends with the last place.

    Formula: largest_remainder: every grade gets the whole part of share x units / 100, what is left goes one by one to
    the largest remainders, of equal ones to the better grade. floor, half_up: the cumulated shares x units / 100, cut
    or rounded.
    """
    shares = [grade.share if grade.share is not None else ZERO for grade in rules.grades]
    if rules.sizes == "largest_remainder":
        sizes = _largest_remainders([share * units / HUNDRED for share in shares], units)
        return [sum(sizes[: position + 1]) for position in range(len(sizes))]
    cumulated = [sum(shares[: position + 1], ZERO) * units / HUNDRED for position in range(len(shares))]
    ends = [int(rounded(places, 0, rules.sizes)) for places in cumulated]
    return [*ends[:-1], units]


def _largest_remainders(parts: Sequence[Decimal], units: int) -> list[int]:
    sizes = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda position: (-(parts[position] % ONE), position))
    for position in by_remainder[: units - sum(sizes)]:
        sizes[position] += 1
    return sizes


def _in_small_group(
    rules: Grades, members: Sequence[Contender], everybody: Mapping[str, str], scores: Mapping[str, Decimal]
) -> dict[str, str]:
    if rules.small_groups == "cutoffs":
        return _by_cutoff(rules, members, scores)
    if rules.small_groups == "overall":
        return {unit.unit_id: everybody[unit.unit_id] for unit in members}
    grades = by_quota(rules, rank_units(members))
    best, next_best = rules.grades[0].id, rules.grades[min(1, len(rules.grades) - 1)].id
    return {unit_id: next_best if grade == best else grade for unit_id, grade in grades.items()}


def after_veto(grade: str, highest: Sequence[str], best_first: Sequence[str]) -> str:
    """The grade a unit keeps where findings allow at most certain grades.

    Args:
        grade: what it would get.
        highest: the highest grade each finding allows.
        best_first: all grades.
    """
    return max((grade, *highest), key=best_first.index)


def best_first(rules: Grades, *, highest_is_best: bool) -> list[str]:
    """The grades from the best: as written under a quota; under cut-offs by the scores they stand for."""
    names = [grade.id for grade in rules.grades]
    runs_down = rules.grades[0].end is None
    if rules.method == "quota" or runs_down == highest_is_best:
        return names
    return names[::-1]

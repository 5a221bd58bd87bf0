"""Places and grades of many simulated scorings at once; the rules are those of `etl.scoring.ranking` and `.grades`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from etl.insight.many_rulebooks import Floats, rounded_as
from etl.insight.reading import Reading
from etl.scoring.decimals import ZERO
from etl.scoring.grades import quota_ends
from etl.scoring.rulebook_grades import Grades, TieBreaker
from etl.scoring.rulebook_terms import Rounding

Ints = npt.NDArray[np.int64]

_DECIMALS: Final = 10
_SAME: Final = 1e-10
_SAME_PART: Final = 1e-13
"""What differs by less than the first, or than this part of the largest score, is equal: floats know no better."""


@dataclass(frozen=True, slots=True)
class Order:
    """How departments are put in order.

    Attributes:
        basis: whether ranks look at the rounded or the unrounded score.
        rounding: of the score.
        sign: 1 where the highest score is the best, -1 where the lowest is.
        chain: where each department stands among equals, 0 first.
        step: what differs by less is equal.
    """

    basis: str
    rounding: Rounding
    sign: int
    chain: Ints
    step: float

    def keys(self, totals: Floats) -> Ints:
        """A whole number for every department in every version: the smaller, the better; equals have the same one."""
        scores = rounded_as(totals, self.rounding) if self.basis == "rounded" else totals
        steps = np.nan_to_num(np.rint(scores * (-self.sign / self.step)), nan=_LAST).astype(np.int64)
        return steps * (int(self.chain.max(initial=0)) + 1) + self.chain


_LAST: Final = 1e14
"""The steps of a department without a score: more than any other takes."""


def order_of(reading: Reading, unit_ids: Sequence[str]) -> Order:
    """How the rulebook puts these departments in order."""
    ranking = reading.rulebook.ranking
    totals = (reading.scores[unit_id].total for unit_id in unit_ids)
    largest = max((abs(float(total)) for total in totals if total is not None), default=0.0)
    return Order(
        basis=ranking.basis,
        rounding=reading.rulebook.score.rounding,
        sign=1 if ranking.best == "highest" else -1,
        chain=chain_of(reading, unit_ids),
        step=max(_SAME, largest * _SAME_PART),
    )


def chain_of(reading: Reading, unit_ids: Sequence[str]) -> Ints:
    """Where each department stands among equals, 0 first, as far as the rulebook's chain decides by what was published.

    The links of the chain are published points and values, not drawn ones: they part equals and nobody else.
    """
    links = reading.rulebook.ranking.ties
    compared = [tuple(_compared(reading, unit_id, link) for link in links) for unit_id in unit_ids]
    place = {key: at for at, key in enumerate(sorted(set(compared)))}
    return np.array([place[key] for key in compared], dtype=np.int64)


def _compared(reading: Reading, unit_id: str, link: TieBreaker) -> tuple[bool, Decimal]:
    if link.by == "value":
        indicator = next(one for one in reading.rulebook.indicators if one.id == link.node)
        value, best = reading.indicators[unit_id, link.node].value, indicator.better == "higher"
    else:
        value, best = reading.contributions[unit_id, link.node].points, reading.rulebook.ranking.best == "highest"
    return (value is None, ZERO if value is None else -value if best else value)


def ranks_of(keys: Ints) -> Ints:
    """The place of every department in every version: 1 is the best, equals share the lower number.

    Args:
        keys: versions x departments, the smaller the better.
    """
    units = np.argsort(keys, axis=1)
    ordered = np.take_along_axis(keys, units, axis=1)
    is_next = np.ones(keys.shape, dtype=bool)
    is_next[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    places = np.maximum.accumulate(np.where(is_next, np.arange(1, keys.shape[1] + 1), 0), axis=1)
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, units, places, axis=1)
    return ranks


@dataclass(frozen=True, slots=True)
class Placed:
    """Many simulated scorings of all ranked departments; every table is versions x departments.

    Attributes:
        peer_groups: of each department.
        totals: before they are rounded.
        overall: the places among all.
        in_group: the places in the peer groups.
    """

    peer_groups: npt.NDArray[np.str_]
    totals: Floats
    overall: Ints
    in_group: Ints


def grades_of(reading: Reading, rules: Grades, placed: Placed) -> Ints:
    """The grade of every department in every version, as its position in the rulebook's list; vetoes left aside."""
    positions = np.empty_like(placed.overall)
    for group in sorted(set(placed.peer_groups.tolist())):
        own = placed.peer_groups == group
        positions[:, own] = _grades_in(reading, rules, placed, own, group)
    return positions


def _grades_in(reading: Reading, rules: Grades, placed: Placed, own: npt.NDArray[np.bool_], group: str) -> Ints:
    field = placed.overall if rules.over == "all" else placed.in_group[:, own]
    is_small = field.shape[1] < rules.smallest_group
    if rules.method == "cutoff" or (is_small and rules.small_groups == "cutoffs"):
        return _by_cutoff(reading, rules, placed.totals[:, own], group)
    if is_small and rules.small_groups == "overall":
        return _by_quota(rules, placed.overall)[:, own]
    positions = _by_quota(rules, field)[:, own] if rules.over == "all" else _by_quota(rules, field)
    if is_small:
        positions = np.maximum(positions, min(1, len(rules.grades) - 1))
    return positions


def _by_cutoff(reading: Reading, rules: Grades, totals: Floats, group: str) -> Ints:
    """The stretch each score lies in; the stretches run upwards or downwards and cover every number once."""
    scores = rounded_as(totals, reading.rulebook.score.rounding) if rules.basis == "rounded" else totals
    scores = np.round(scores, _DECIMALS)
    positions = np.zeros(scores.shape, dtype=np.int64)
    for position, grade in enumerate(rules.grades):
        low, high = (None if end is None else float(end) for end in grade.limits_for(group))
        upper = rules.includes == "upper"
        above = True if low is None else (scores > low if upper else scores >= low)
        below = True if high is None else (scores <= high if upper else scores < high)
        positions = np.where(np.logical_and(above, below), position, positions)
    return positions


def _by_quota(rules: Grades, ranks: Ints) -> Ints:
    """The grade that owns each place; of equals, all have the grade of their first place (up) or last (down)."""
    ends = np.array(quota_ends(rules, ranks.shape[1]))
    return np.searchsorted(ends, ranks if rules.edge == "up" else _last_places(ranks))


def _last_places(ranks: Ints) -> Ints:
    """The last of the places that equals share."""
    ordered = np.sort(ranks, axis=1)
    return np.array([np.searchsorted(row, own, side="right") for row, own in zip(ordered, ranks, strict=True)])

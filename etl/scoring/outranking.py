"""Ranking without compensation: Condorcet's pairwise votes and the order that agrees with most of them.

Every indicator votes, with its weight, for the better unit of every pair, and half for each where they are equal. The
best order is the one whose pairs gather most votes (Kemeny, Young and Levenglick). Weights are scaled to whole numbers,
so that equal orders are seen as equal.

Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), non-compensatory multi-criteria approach
(tables 35 to 37).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Final

from etl.errors import Fault, RulebookError
from etl.scoring.decimals import kept, precise
from etl.scoring.measure import Measured
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_terms import EVERYBODY

MOST_UNITS: Final = 12
"""The exact order looks at every subset of the units; beyond twelve that takes too long to be honest about."""

MOST_ORDERS: Final = 1000
"""How many best orders are written out; `orders_found` counts all of them."""


@dataclass(frozen=True, slots=True)
class Outranking:
    """What the pairwise votes and the best orders say.

    Args:
        units: unit_ids, sorted.
        votes: (unit, other) -> share of the weight for which the unit is better, half where they are equal.
        best_score: the votes a best order gathers.
        orders: the best orders, each from the first place to the last, sorted; at most 1,000.
        orders_found: how many best orders there are.
        best_place: unit -> the best place it has in any best order.
    """

    units: tuple[str, ...]
    votes: Mapping[tuple[str, str], Decimal]
    best_score: Decimal
    orders: tuple[tuple[str, ...], ...]
    orders_found: int
    best_place: Mapping[str, int]


def outranking_of(
    rulebook: Rulebook, unit_ids: Sequence[str], measured: Mapping[str, Mapping[str, Measured]]
) -> Outranking:
    """The best orders of the units that have a value under every indicator, compared by these values.

    An indicator votes with its weight times that of the areas above it, each as a share of the weights beside it.

    Raises:
        RulebookError: more units than can be ordered exactly.
    """
    indicators = sorted(rulebook.indicators, key=lambda indicator: indicator.id)
    weights = vote_weights(rulebook)
    compared: dict[str, list[Decimal]] = {}
    for unit_id in unit_ids:
        if not why_not_compared(unit_id, measured):
            compared[unit_id] = [_turned(indicator, measured[indicator.id][unit_id]) for indicator in indicators]
    if len(compared) > MOST_UNITS:
        raise RulebookError(Fault("score_too_many_to_outrank", "", {"units": len(compared), "most": MOST_UNITS}))
    return outrank(compared, [weights[indicator.id] for indicator in indicators])


def why_not_compared(unit_id: str, measured: Mapping[str, Mapping[str, Measured]]) -> list[str]:
    """The indicators under which a unit has no value to compare."""
    return [f"{rows[unit_id].state}:{name}" for name, rows in measured.items() if rows[unit_id].value is None]


def _turned(indicator: Indicator, row: Measured) -> Decimal:
    value = Decimal(0) if row.value is None else row.value
    return -value if indicator.better == "lower" else value


def vote_weights(rulebook: Rulebook) -> dict[str, Fraction]:
    """Indicator -> its share of all votes: the product of the shares down from the root."""
    shares: dict[str, Fraction] = {}
    below: list[tuple[str | None, Fraction]] = [(None, Fraction(1))]
    while below:
        parent, share = below.pop()
        parts = rulebook.parts[parent]
        weights = [Fraction(rulebook.weight_of(part, EVERYBODY)) for part in parts]
        for part, weight in zip(parts, weights, strict=True):
            own = share * weight / sum(weights)
            if isinstance(part, Indicator):
                shares[part.id] = own
            else:
                below.append((part.id, own))
    return shares


@precise
def outrank(values: Mapping[str, Sequence[Decimal]], weights: Sequence[Fraction]) -> Outranking:
    """The best orders of some units.

    Formula: e_jk = sum of the weights of indicators on which j is better than k + half of those on which they are
    equal; the score of an order is the sum of e_jk over all pairs with j before k. Found exactly, by dynamic
    programming over the sets of units that can fill the first places.

    Args:
        values: unit -> its values, one per indicator, turned so that more is better; at most twelve units.
        weights: one per indicator; they add up to one.
    """
    units = tuple(sorted(values))
    scale = 2 * lcm(*(weight.denominator for weight in weights))
    votes = [
        [_votes(values[one], values[other], weights, scale) if one != other else 0 for other in units] for one in units
    ]
    search = _Search(votes)
    orders = search.best_orders()
    return Outranking(
        units=units,
        votes={
            (one, other): kept(Decimal(votes[j][k]) / scale)
            for j, one in enumerate(units)
            for k, other in enumerate(units)
            if j != k
        },
        best_score=kept(Decimal(search.best) / scale),
        orders=tuple(sorted(tuple(units[at] for at in order) for order in orders)),
        orders_found=search.ways_behind[0],
        best_place={unit: search.best_place(at) for at, unit in enumerate(units)},
    )


@precise
def order_score(order: Sequence[str], votes: Mapping[tuple[str, str], Decimal]) -> Decimal:
    """The votes an order gathers: the sum of e_jk over all pairs with j before k."""
    pairs = ((one, other) for at, one in enumerate(order) for other in order[at + 1 :])
    return sum((votes[pair] for pair in pairs), Decimal(0))


def _votes(one: Sequence[Decimal], other: Sequence[Decimal], weights: Sequence[Fraction], scale: int) -> int:
    won = Fraction(0)
    for mine, theirs, weight in zip(one, other, weights, strict=True):
        won += weight if mine > theirs else weight / 2 if mine == theirs else 0
    return int(won * scale)


class _Search:
    """The best score behind every set of units that fills the first places; sets are bits of a whole number."""

    def __init__(self, votes: Sequence[Sequence[int]]) -> None:
        self.votes = votes
        self.units = len(votes)
        self.everybody = (1 << self.units) - 1
        self.best_behind = [0] * (self.everybody + 1)
        self.best_before = [0] * (self.everybody + 1)
        self.ways_behind = [1] * (self.everybody + 1)
        for placed in range(self.everybody - 1, -1, -1):
            results = {unit: self._with_next(placed, unit) for unit in self._left(placed)}
            self.best_behind[placed] = max(results.values())
            self.ways_behind[placed] = sum(
                self.ways_behind[placed | 1 << unit]
                for unit, result in results.items()
                if result == self.best_behind[placed]
            )
        for placed in range(1, self.everybody + 1):
            last = (unit for unit in range(self.units) if placed >> unit & 1)
            self.best_before[placed] = max(
                self.best_before[placed ^ 1 << unit] + self._gain(placed ^ 1 << unit, unit) for unit in last
            )

    @property
    def best(self) -> int:
        """The votes a best order gathers."""
        return self.best_behind[0]

    def _left(self, placed: int) -> list[int]:
        return [unit for unit in range(self.units) if not placed >> unit & 1]

    def _gain(self, placed: int, unit: int) -> int:
        """The votes a unit gathers against all that come after it."""
        return sum(self.votes[unit][other] for other in self._left(placed | 1 << unit))

    def _with_next(self, placed: int, unit: int) -> int:
        return self._gain(placed, unit) + self.best_behind[placed | 1 << unit]

    def best_place(self, unit: int) -> int:
        """The first place a unit has in any best order."""
        return min(
            placed.bit_count() + 1
            for placed in range(self.everybody + 1)
            if not placed >> unit & 1 and self.best_before[placed] + self._with_next(placed, unit) == self.best
        )

    def best_orders(self) -> list[tuple[int, ...]]:
        """The best orders, the first thousand of them in the order of the units."""
        orders: list[tuple[int, ...]] = []
        self._collect(0, (), orders)
        return orders

    def _collect(self, placed: int, order: tuple[int, ...], orders: list[tuple[int, ...]]) -> None:
        if placed == self.everybody:
            orders.append(order)
            return
        for unit in self._left(placed):
            if len(orders) < MOST_ORDERS and self._with_next(placed, unit) == self.best_behind[placed]:
                self._collect(placed | 1 << unit, (*order, unit), orders)

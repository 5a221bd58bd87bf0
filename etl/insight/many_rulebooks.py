"""The scores of one peer group under many versions of the rulebook's weights at once, in floats: for simulations only.

What the release published of every indicator stays: the share of a full result it earned, whether it was missing or not
applicable, what the missing rule made of it, who is ranked, bonus and penalty. What changes is the weights. The way up
the tree is that of `etl.scoring.tree`: weights of absent parts go to the others, areas are cut and rounded as they say.

Every sum is taken part by part in the rulebook's order, never by a library of linear algebra, so that the number of
threads changes no digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from etl.insight.reading import Reading
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Aggregation, Area, Indicator, Node, Transform
from etl.scoring.rulebook_terms import Rounding
from etl.scoring.tree import full_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Pair = tuple[Floats, Floats]
"""The points of a part, and its weight."""

WEIGHTED: Final[frozenset[Aggregation]] = frozenset(
    {"sum_of_points", "weighted_sum", "arithmetic", "geometric", "harmonic"}
)
"""The ways to aggregate in which weights say how much a part matters.

In a product they are exponents of a formula, a ratio has none, and a minimum or maximum does not look at them.
"""

_NOISE: Final = 9
"""Decimals a float is good for here: what is a half so far is a half."""


@dataclass(frozen=True, slots=True)
class Members:
    """The ranked departments of one peer group as they were published.

    Attributes:
        unit_ids: sorted.
        peer_group: whose weights hold for them.
        points: indicator -> what each earned; not a number where there is nothing.
        full: indicator -> the points of a full result.
        absent: area -> which departments have no result there.
        ledger: bonus less penalty of each.
    """

    unit_ids: tuple[str, ...]
    peer_group: str
    points: Mapping[str, Floats]
    full: Mapping[str, float]
    absent: Mapping[str, Bools]
    ledger: Floats


def members_of(reading: Reading, peer_group: str) -> Members:
    """The ranked departments of a peer group."""
    rulebook = reading.rulebook
    unit_ids = tuple(sorted(row.unit_id for row in reading.ranks.values() if row.peer_group == peer_group))
    return Members(
        unit_ids=unit_ids,
        peer_group=peer_group,
        points={
            indicator.id: np.array([_float(reading.indicators[unit_id, indicator.id].points) for unit_id in unit_ids])
            for indicator in rulebook.indicators
        },
        full={indicator.id: float(_full(reading, indicator, peer_group)) for indicator in rulebook.indicators},
        absent={
            area.id: np.array([reading.contributions[unit_id, area.id].points is None for unit_id in unit_ids], bool)
            for area in rulebook.areas
        },
        ledger=np.array([float(row.bonus - row.penalty) for row in (reading.scores[unit] for unit in unit_ids)]),
    )


def _float(value: Decimal | None) -> float:
    return np.nan if value is None else float(value)


def _full(reading: Reading, indicator: Indicator, peer_group: str) -> Decimal:
    if reading.rulebook.nodes[indicator.area].aggregation == "sum_of_points":
        return reading.rulebook.weight_of(indicator, peer_group)
    return Decimal(1) if indicator.full is None else indicator.full


@dataclass(frozen=True, slots=True)
class Versions:
    """Many versions of a rulebook.

    Attributes:
        count: how many.
        factors: node -> what its weight is multiplied by in each version, before the weights beside it are brought
            back to their sum; a node that is not named keeps its weight.
        without: an indicator that is left out.
        swap: another way to aggregate, wherever weights say how much a part matters; None is the rulebook's own.
    """

    count: int
    factors: Mapping[str, Floats]
    without: str | None = None
    swap: Aggregation | None = None


def totals_of(reading: Reading, members: Members, versions: Versions) -> Floats:
    """The total of every department under every version, bonus and penalty included, before it is rounded.

    Returns:
        versions x departments; not a number where nothing is left to score.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return Tree(reading.rulebook, members, versions).totals()


class Tree:
    """One way up the tree for all versions and departments; a column is versions x departments, or departments.

    What it begins with (points, full points, weights, what is absent) may be told otherwise.
    """

    def __init__(self, rulebook: Rulebook, members: Members, versions: Versions) -> None:
        self._rulebook, self._members, self._versions = rulebook, members, versions

    def totals(self) -> Floats:
        """Versions x departments, cut as the rulebook says and not rounded."""
        shape = (self._versions.count, len(self._members.unit_ids))
        return np.broadcast_to(_cut(self._rulebook.score, self._fold(None) + self._members.ledger), shape)

    def _fold(self, parent: str | None) -> Floats:
        node = self._rulebook.nodes[parent]
        parts = self._rulebook.parts[parent]
        columns = [self._column(part) for part in parts]
        fulls = [self._full(part) for part in parts]
        aggregation = node.aggregation
        if self._versions.swap is not None and aggregation in WEIGHTED:
            return self._swapped(node, parent, columns, fulls)
        return finished(node, _combined(aggregation, columns, self._weights(parent), fulls))

    def _swapped(
        self, node: Node, parent: str | None, columns: Sequence[Floats], fulls: Sequence[float | Floats]
    ) -> Floats:
        """Another mean of the same parts, on the scale the node has anyway."""
        weights = self._weights(parent)
        swap = self._versions.swap or node.aggregation
        if node.aggregation != "sum_of_points":
            return finished(node, _combined(swap, columns, weights, fulls))
        shares = [_divided(column, full) for column, full in zip(columns, fulls, strict=True)]
        return finished(node, _summed(weights) * _combined(swap, shares, weights, fulls))

    def _column(self, part: Area | Indicator) -> Floats:
        if isinstance(part, Indicator):
            return self._points(part)
        settled = rounded_as(_cut(part, self._fold(part.id)), part.rounding)
        return np.where(self._absent(part), np.nan, settled)

    def _points(self, indicator: Indicator) -> Floats:
        points = self._members.points[indicator.id]
        return np.full_like(points, np.nan) if indicator.id == self._versions.without else points

    def _absent(self, area: Area) -> Bools:
        return self._members.absent[area.id]

    def _full(self, part: Area | Indicator) -> float | Floats:
        if isinstance(part, Indicator):
            return self._members.full[part.id]
        return float(full_of(self._rulebook, part, self._members.peer_group))

    def _weights(self, parent: str | None) -> list[Floats]:
        """The weights of the parts, one column a part: versions x 1, adding up to what the rulebook's add up to."""
        parts = self._rulebook.parts[parent]
        stated = [float(self._rulebook.weight_of(part, self._members.peer_group)) for part in parts]
        one = np.ones((1, 1))
        factors = [self._versions.factors.get(part.id) for part in parts]
        if all(factor is None for factor in factors) or self._rulebook.nodes[parent].aggregation not in WEIGHTED:
            return [weight * one for weight in stated]
        drawn = [
            weight * (one if factor is None else factor[:, np.newaxis])
            for weight, factor in zip(stated, factors, strict=True)
        ]
        whole = _summed(drawn)
        back = np.divide(sum(stated), whole, out=np.ones_like(whole), where=whole > 0)
        return [weight * back for weight in drawn]


def _summed(columns: Sequence[Floats]) -> Floats:
    whole = np.zeros((1, 1))
    for column in columns:
        whole = whole + column
    return whole


def _summed_products(pairs: Sequence[tuple[npt.NDArray[Any], Floats]]) -> Floats:
    """The sum of column x weight, in the order of the parts."""
    shapes = (one.shape for pair in pairs for one in pair)
    whole = np.zeros(np.broadcast_shapes((1, 1), *shapes))
    for column, weight in pairs:
        whole += column * weight
    return whole


def _divided(column: Floats, full: float | Floats) -> Floats:
    if isinstance(full, float):
        return column / full if full else np.zeros_like(column)
    return np.where(full == 0, 0.0, column / full)


def _combined(
    aggregation: Aggregation, columns: Sequence[Floats], weights: Sequence[Floats], fulls: Sequence[float | Floats]
) -> Floats:
    """The parts as one number, as `etl.scoring.aggregate.combine` says; not a number where no part is present."""
    if aggregation == "ratio":
        return columns[0] / columns[1]
    counted = [
        (column, weight, full)
        for column, weight, full in zip(columns, weights, fulls, strict=True)
        if bool((weight > 0).any())
    ]
    if aggregation in ("minimum", "maximum"):
        return _extreme(aggregation, [column for column, _, _ in counted])
    stated = _summed([weight for _, weight, _ in counted])
    present = _present(counted, stated)
    moved = np.divide(stated, present, out=np.full_like(present, np.nan), where=present > 0)
    if aggregation == "sum_of_points":
        return _added([(_divided(column, full), weight) for column, weight, full in counted]) * moved
    pairs = [(column, weight) for column, weight, _ in counted]
    if aggregation == "weighted_sum":
        return _added(pairs) * moved
    if aggregation == "product":
        return _product(pairs, moved)
    return _MEANS[aggregation](pairs, present)


def _present(counted: Sequence[tuple[Floats, Floats, float | Floats]], stated: Floats) -> Floats:
    """The sum of the weights of parts that are present."""
    there = [(~np.isnan(column), weight) for column, weight, _ in counted]
    return stated if all(mask.all() for mask, _ in there) else _summed_products(there)


def _added(pairs: Sequence[Pair]) -> Floats:
    """The sum of points x weight over the parts that are present."""
    return _summed_products([(np.where(np.isnan(column), 0.0, column), weight) for column, weight in pairs])


def _arithmetic(pairs: Sequence[Pair], present: Floats) -> Floats:
    return _over(_added(pairs), present)


def _geometric(pairs: Sequence[Pair], present: Floats) -> Floats:
    logarithms = [(np.log(np.maximum(column, 0.0)), weight) for column, weight in pairs]
    return np.where(_has_negative(pairs), np.nan, np.exp(_over(_added(logarithms), present)))


def _harmonic(pairs: Sequence[Pair], present: Floats) -> Floats:
    inverse = [(1.0 / np.maximum(column, 0.0), weight) for column, weight in pairs]
    return np.where(_has_negative(pairs), np.nan, _over(present, _added(inverse)))


def _has_negative(pairs: Sequence[Pair]) -> npt.NDArray[np.bool_]:
    found = np.zeros((1, 1), dtype=bool)
    for column, _ in pairs:
        found = found | (column < 0)
    return found


def _over(above: Floats, below: Floats) -> Floats:
    return above / np.where(below == 0, np.nan, below)


def _product(pairs: Sequence[Pair], moved: Floats) -> Floats:
    product = np.ones((1, 1))
    for column, weight in pairs:
        product = product * np.where(np.isnan(column), 1.0, np.power(column, weight * moved))
    return product


def _extreme(aggregation: Aggregation, columns: Sequence[Floats]) -> Floats:
    extreme = columns[0]
    for column in columns[1:]:
        extreme = np.fmin(extreme, column) if aggregation == "minimum" else np.fmax(extreme, column)
    return extreme


_MEANS: Final[Mapping[str, Callable[[Sequence[Pair], Floats], Floats]]] = {
    "arithmetic": _arithmetic,
    "geometric": _geometric,
    "harmonic": _harmonic,
}


def finished(node: Node, combined: Floats) -> Floats:
    """Scaled, shifted and transformed as the node says."""
    return _TRANSFORMS[node.transform](float(node.scale) * combined + float(node.offset))


_TRANSFORMS: Final[Mapping[Transform, Callable[[Floats], Floats]]] = {
    "none": lambda column: column,
    "ln": np.log,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "exp": np.exp,
}


def _cut(node: Node, column: Floats) -> Floats:
    low = None if node.floor is None else float(node.floor)
    high = None if node.cap is None else float(node.cap)
    return column if low is None and high is None else np.clip(column, low, high)


def rounded_as(column: Floats, rounding: Rounding) -> Floats:
    """To the places a rulebook says; what is a half but for the noise of floats is rounded as a half."""
    if rounding.mode == "none":
        return column
    unit = 10.0**rounding.places
    scaled = np.round(column * unit, _NOISE - min(rounding.places, _NOISE))
    return _MODES[rounding.mode](scaled) / unit


_MODES: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "half_up": lambda column: np.copysign(np.floor(np.abs(column) + 0.5), column),
    "half_even": np.rint,
    "floor": np.floor,
    "ceiling": np.ceil,
}

"""From the parts of a node to the node: weights that move, and the ways to aggregate.

A part that is *absent* (not applicable, or missing under the rule `reweight`, or an area of which nothing is left)
gives its weight to the other parts of the same node, in proportion to theirs. A part that *blocks* (missing under
`not_ranked`) keeps its weight and leaves the node, and everything above it, without a result.

Coverage is the share of the weight that was measured: 1 for a measured indicator, 0 for a missing one whatever its
rule, the weighted mean of the parts for an area; what is not applicable is left out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, Overflow
from typing import Final

from etl.contracts.published import State
from etl.scoring.decimals import ONE, ZERO, power, precise
from etl.scoring.points import transformed
from etl.scoring.rulebook_parts import Aggregation, Node


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator or area as the node above it sees it.

    Args:
        node: its id.
        weight: its own weight, before any moves.
        full: the points of a full result; under a sum of points, points count as points / full x weight.
        points: its result; None where there is none.
        coverage: the share of its weight that was measured, 0 to 1.
        blocked_by: why its unit cannot be scored, one text per reason; empty where it can.
    """

    node: str
    weight: Decimal
    full: Decimal
    state: State
    points: Decimal | None
    coverage: Decimal
    blocked_by: tuple[str, ...] = ()

    @property
    def absent(self) -> bool:
        """Whether its weight goes to the others."""
        return self.points is None and not self.blocked_by


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What a node made of its parts.

    Args:
        effective_weights: one per part, in order; they add up to what the parts' own weights add up to.
        contributions: what each part adds to the node, or None where the node is no sum of its parts.
    """

    state: State
    points: Decimal | None
    coverage: Decimal
    effective_weights: tuple[Decimal, ...]
    contributions: tuple[Decimal | None, ...]
    blocked_by: tuple[str, ...] = field(default=())


@precise
def aggregate(name: str, node: Node, parts: Sequence[Part]) -> Aggregate:
    """The result of one node for one unit; outranking orders units and gives none.

    Args:
        name: the node's id, for the reason why it could not be computed.
        node: how its parts become one number.
        parts: in the order of the rulebook.
    """
    weights = effective_weights(parts)
    coverage = _coverage(parts)
    blocked_by = tuple(reason for part in parts for reason in part.blocked_by)
    state = _state(parts)
    present = [(part, weight) for part, weight in zip(parts, weights, strict=True) if not part.absent]
    if blocked_by or not present or node.aggregation == "outranking":
        return Aggregate(state, None, coverage, weights, (None,) * len(parts), blocked_by)
    points = _computed(node, present)
    if points is None:
        return Aggregate(state, None, coverage, weights, (None,) * len(parts), (f"not_computable:{name}",))
    return Aggregate(state, points, coverage, weights, _contributions(node, parts, weights))


def effective_weights(parts: Sequence[Part]) -> tuple[Decimal, ...]:
    """The weights after those of absent parts went to the others, in proportion; all zero where every part is absent.

    Formula: w x sum of all weights / sum of the weights of present parts.
    """
    stated = sum((part.weight for part in parts), ZERO)
    present = sum((part.weight for part in parts if not part.absent), ZERO)
    if present == stated:
        return tuple(ZERO if part.absent else part.weight for part in parts)
    if present == 0:
        return (ZERO,) * len(parts)
    return tuple(ZERO if part.absent else part.weight * stated / present for part in parts)


def _coverage(parts: Sequence[Part]) -> Decimal:
    applicable = [part for part in parts if part.state != "not_applicable"]
    weight = sum((part.weight for part in applicable), ZERO)
    if weight == 0:
        return ZERO
    return sum((part.weight * part.coverage for part in applicable), ZERO) / weight


def _state(parts: Sequence[Part]) -> State:
    states = {part.state for part in parts}
    if "measured" in states:
        return "measured"
    return "not_applicable" if states == {"not_applicable"} else "missing"


def combine(aggregation: Aggregation, present: Sequence[tuple[Part, Decimal]]) -> Decimal | None:
    """The parts as one number; None where they have none (see each formula).

    Formula, x the points and w the effective weights of the parts that are present:
        sum_of_points: sum of x / full x w.
        weighted_sum: sum of w x.
        arithmetic: sum of w x / sum of w.
        geometric: exp(sum of w ln x / sum of w); zero where an x is zero; none where one is negative.
        harmonic: sum of w / sum of (w / x); zero where an x is zero; none where one is negative.
        product: product of x^w; none where x is negative and w is not 1.
        ratio: the first part / the second; none where the second is zero or either is absent.
        minimum, maximum: of x, whatever the weights.
    Parts of weight zero count in none of them but ratio.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), weighting and aggregation (additive and
    geometric); the others are plain definitions.
    """
    if aggregation == "ratio":
        return _ratio([_points(part) for part, _ in present])
    counted = [(part, weight) for part, weight in present if weight > 0]
    if not counted:
        return ZERO if aggregation in ("sum_of_points", "weighted_sum") else None
    if aggregation == "sum_of_points":
        return sum((_share_of_full(part) * weight for part, weight in counted), ZERO)
    pairs = [(_points(part), weight) for part, weight in counted]
    if aggregation == "weighted_sum":
        return sum((points * weight for points, weight in pairs), ZERO)
    if aggregation in ("minimum", "maximum"):
        column = [points for points, _ in pairs]
        return min(column) if aggregation == "minimum" else max(column)
    if aggregation == "product":
        return _product(pairs)
    return _mean(aggregation, pairs)


def _points(part: Part) -> Decimal:
    return ZERO if part.points is None else part.points


def _share_of_full(part: Part) -> Decimal:
    return ZERO if part.full == 0 else _points(part) / part.full


def _ratio(column: Sequence[Decimal]) -> Decimal | None:
    if len(column) != _RATIO_PARTS or column[1] == 0:
        return None
    return column[0] / column[1]


_RATIO_PARTS: Final = 2


def _product(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    product = ONE
    for points, weight in pairs:
        if points < 0 and weight != 1:
            return None
        product *= points if weight == 1 else power(points, weight)
    return product


def _mean(aggregation: Aggregation, pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    weights = sum((weight for _, weight in pairs), ZERO)
    if aggregation == "arithmetic":
        return sum((points * weight for points, weight in pairs), ZERO) / weights
    if any(points < 0 for points, _ in pairs):
        return None
    if any(points == 0 for points, _ in pairs):
        return ZERO
    if aggregation == "geometric":
        return _geometric_mean(pairs, weights)
    return weights / sum((weight / points for points, weight in pairs), ZERO) if aggregation == "harmonic" else None


def _geometric_mean(pairs: Sequence[tuple[Decimal, Decimal]], weights: Decimal) -> Decimal:
    """The mean of positive numbers; equal weights need one logarithm, of the product, and not one for each."""
    if all(weight == pairs[0][1] for _, weight in pairs):
        product = ONE
        for points, _ in pairs:
            product *= points
        return (product.ln() / len(pairs)).exp()
    return (sum((points.ln() * weight for points, weight in pairs), ZERO) / weights).exp()


def _computed(node: Node, present: Sequence[tuple[Part, Decimal]]) -> Decimal | None:
    try:
        return _finished(node, combine(node.aggregation, present))
    except Overflow:  # a product or power beyond a million digits
        return None


def _finished(node: Node, combined: Decimal | None) -> Decimal | None:
    """The aggregate scaled, shifted and transformed as the node's rulebook entry says."""
    return None if combined is None else transformed(node.scale * combined + node.offset, node.transform)


def cut(node: Node, points: Decimal) -> Decimal:
    """A result cut to the node's floor and cap; for the root that happens to the total."""
    if node.floor is not None:
        points = max(node.floor, points)
    return points if node.cap is None else min(node.cap, points)


def _contributions(node: Node, parts: Sequence[Part], weights: Sequence[Decimal]) -> tuple[Decimal | None, ...]:
    """What each part adds to the node before it is cut and rounded; None where the node is no sum of its parts."""
    if node.transform != "none" or node.aggregation not in ("sum_of_points", "weighted_sum", "arithmetic"):
        return (None,) * len(parts)
    divisor = sum(weights, ZERO) if node.aggregation == "arithmetic" else ONE
    return tuple(
        None if part.points is None else node.scale * _added(node.aggregation, part, weight) / (divisor or ONE)
        for part, weight in zip(parts, weights, strict=True)
    )


def _added(aggregation: Aggregation, part: Part, weight: Decimal) -> Decimal:
    return (_share_of_full(part) if aggregation == "sum_of_points" else _points(part)) * weight

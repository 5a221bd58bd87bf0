"""One unit's way up the tree of areas, from its indicators' points to the base of its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.contracts.published import ContributionRow
from etl.scoring.aggregate import Aggregate, Part, aggregate, cut
from etl.scoring.decimals import ONE, ZERO, kept, precise, rounded
from etl.scoring.measure import Measured
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator


@dataclass(frozen=True, slots=True)
class Climb:
    """What a unit's tree came to.

    Args:
        root: the result of the root.
        rows: one per area and indicator.
    """

    root: Aggregate
    rows: tuple[ContributionRow, ...]

    @property
    def points(self) -> dict[str, Decimal | None]:
        """Node -> its points."""
        return {row.node: row.points for row in self.rows}


@precise
def climb(rulebook: Rulebook, unit_id: str, peer_group: str, measured: Mapping[str, Measured]) -> Climb:
    """The results of every node for one unit.

    Args:
        rulebook: the tree.
        unit_id: which unit.
        peer_group: the group whose weights hold for it.
        measured: indicator -> the unit's points.
    """
    rows: list[ContributionRow] = []
    root = _fold(rulebook, unit_id, None, peer_group, measured, rows)
    return Climb(root, tuple(rows))


def _fold(
    rulebook: Rulebook,
    unit_id: str,
    parent: str | None,
    peer_group: str,
    measured: Mapping[str, Measured],
    rows: list[ContributionRow],
) -> Aggregate:
    parts = [
        _leaf(rulebook, node, peer_group, measured[node.id])
        if isinstance(node, Indicator)
        else _branch(rulebook, node, peer_group, _fold(rulebook, unit_id, node.id, peer_group, measured, rows))
        for node in rulebook.parts[parent]
    ]
    result = aggregate(parent or "score", rulebook.nodes[parent], parts)
    for part, weight, contribution in zip(parts, result.effective_weights, result.contributions, strict=True):
        rows.append(
            ContributionRow(
                unit_id=unit_id,
                node=part.node,
                parent=parent,
                state=part.state,
                points=None if part.points is None else kept(part.points),
                weight=part.weight,
                effective_weight=part.weight if weight is part.weight else kept(weight),
                contribution=None if contribution is None else kept(contribution),
            )
        )
    return result


def _leaf(rulebook: Rulebook, indicator: Indicator, peer_group: str, row: Measured) -> Part:
    return Part(
        node=indicator.id,
        weight=rulebook.weight_of(indicator, peer_group),
        full=row.full,
        state=row.state,
        points=row.points,
        coverage=ONE if row.state == "measured" else ZERO,
        blocked_by=(f"missing:{indicator.id}",) if row.blocks else (),
    )


def _branch(rulebook: Rulebook, area: Area, peer_group: str, result: Aggregate) -> Part:
    part = Part(
        node=area.id,
        weight=rulebook.weight_of(area, peer_group),
        full=full_of(rulebook, area, peer_group),
        state=result.state,
        points=None if result.points is None else _settled(area, result.points),
        coverage=result.coverage,
        blocked_by=result.blocked_by,
    )
    too_little = result.state != "not_applicable" and kept(result.coverage) < area.minimum_coverage
    return replace(part, state="missing", points=None) if too_little else part


def _settled(area: Area, points: Decimal) -> Decimal:
    return rounded(cut(area, points), area.rounding.places, area.rounding.mode)


def full_of(rulebook: Rulebook, area: Area, peer_group: str) -> Decimal:
    """The result of an area that earned everything: the sum of its parts' weights under a sum of points, or else 1."""
    if area.full is not None:
        return area.full
    if area.aggregation != "sum_of_points":
        return ONE
    weights = sum((rulebook.weight_of(part, peer_group) for part in rulebook.parts[area.id]), ZERO)
    return area.scale * weights + area.offset

"""A rulebook with other weights, in which every sum that it asks for still holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from etl.insight.many_rulebooks import WEIGHTED
from etl.scoring.decimals import ZERO, precise, rounded, total
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator, StatedPoints
from etl.scoring.rulebook_points import Bands, Categorical, PointsMethod

_PLACES: Final = 4
"""Weights that make room are rounded to so many places; the largest of them takes what is left."""

Part = Area | Indicator


def weights_that_move(rulebook: Rulebook) -> Iterator[tuple[Part, Decimal, Decimal]]:
    """Every part whose weight can be moved, with the weight and what the weights beside it add up to."""
    for parent, parts in rulebook.parts.items():
        if len(parts) > 1 and rulebook.nodes[parent].aggregation in WEIGHTED and _are_plain(rulebook, parts):
            whole = total(_plain(part) for part in parts)
            yield from ((part, _plain(part), whole) for part in parts)


def _are_plain(rulebook: Rulebook, parts: Sequence[Part]) -> bool:
    """Whether these and all parts below have one weight that stands in the rulebook, the same for every peer group."""
    return all(
        isinstance(part.weight, Decimal)
        and (isinstance(part, Indicator) or _are_plain(rulebook, rulebook.parts.get(part.id, ())))
        for part in parts
    )


def _plain(part: Part) -> Decimal:
    return part.weight if isinstance(part.weight, Decimal) else ZERO


@precise
def reweighed(rulebook: Rulebook, weights: Mapping[str, Decimal]) -> Rulebook:
    """The rulebook with some weights moved.

    Formula: the weights beside moved ones are multiplied alike, so that all keep their sum; where the moved ones leave
    no room, they share the sum in proportion. Below a sum of points an area's parts add up to its weight: they are
    multiplied as it is. Points that tables state are multiplied as the weight of their indicator.

    Args:
        rulebook: the rules.
        weights: node -> weight, of parts of `weights_that_move`, as a part of what the weights beside it add up to in
            the rulebook as it is.
    """
    changed = weights_after(rulebook, weights)
    return rulebook.model_copy(
        update={
            "areas": tuple(
                area.model_copy(update={"weight": changed.get(area.id, area.weight)}) for area in rulebook.areas
            ),
            "indicators": tuple(
                one if changed.get(one.id, one.weight) == one.weight else _reweighed(one, changed[one.id])
                for one in rulebook.indicators
            ),
        }
    )


@precise
def weights_after(rulebook: Rulebook, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Node -> the weight it has once some are moved, as `reweighed` moves them; those that stay may be missing."""
    changed: dict[str, Decimal] = {}
    _share_out(rulebook, None, None, weights, changed)
    return changed


def _share_out(
    rulebook: Rulebook,
    parent: str | None,
    whole: Decimal | None,
    asked: Mapping[str, Decimal],
    changed: dict[str, Decimal],
) -> None:
    """New weights for the parts of a node and all below; `whole` is what they add up to, None what they did."""
    parts = rulebook.parts.get(parent, ())
    if _are_plain(rulebook, parts):
        stated = {part.id: _plain(part) for part in parts}
        sum_before = total(stated.values())
        now = sum_before if whole is None else whole
        moved = {node: _short(asked[node] * now / sum_before) for node in stated if node in asked and sum_before}
        if moved or now != sum_before:
            changed.update(_shared(stated, moved, now))
    for part in parts:
        if isinstance(part, Area):
            _share_out(rulebook, part.id, _sum_below(rulebook, part, changed.get(part.id)), asked, changed)


def _sum_below(rulebook: Rulebook, area: Area, weight: Decimal | None) -> Decimal | None:
    """What the weights below an area add up to under its new weight; None where that does not change."""
    above = rulebook.nodes[area.parent].aggregation
    follows = above == area.aggregation == "sum_of_points" and area.total is None
    return weight if follows else None


def _shared(stated: Mapping[str, Decimal], moved: Mapping[str, Decimal], whole: Decimal) -> dict[str, Decimal]:
    """The sum shared out: what was moved has what it was moved to, the others what is left, in proportion."""
    left = whole - total(moved.values())
    others = {node: weight for node, weight in stated.items() if node not in moved}
    if left < 0 or total(others.values()) == 0:
        share = moved if total(moved.values()) > 0 else stated
        return dict.fromkeys(stated, ZERO) | _rounded(_scaled(share, whole), whole)
    return {**moved, **_rounded(_scaled(others, left), left)}


def _scaled(weights: Mapping[str, Decimal], whole: Decimal) -> dict[str, Decimal]:
    added = total(weights.values())
    return {node: weight * whole / added for node, weight in weights.items()}


def _rounded(weights: Mapping[str, Decimal], whole: Decimal) -> dict[str, Decimal]:
    """Rounded to a few places; the largest takes the rest, so that the sum is exact."""
    short = {node: _short(weight) for node, weight in weights.items()}
    largest = max(short, key=lambda node: (weights[node], node))
    short[largest] += whole - total(short.values())
    return short


def _reweighed(indicator: Indicator, weight: Decimal) -> Indicator:
    before = _plain(indicator)
    if before == 0:
        return indicator.model_copy(update={"weight": weight})
    factor = weight / before
    missing = indicator.missing
    if isinstance(missing, StatedPoints):
        missing = StatedPoints(points=_short(missing.points * factor))
    return indicator.model_copy(
        update={"weight": weight, "points": _stated_anew(indicator.points, factor), "missing": missing}
    )


def _stated_anew(method: PointsMethod, factor: Decimal) -> PointsMethod:
    if isinstance(method, Bands):
        bands = tuple(
            band if band.points is None else band.model_copy(update={"points": _short(band.points * factor)})
            for band in method.bands
        )
        return method.model_copy(update={"bands": bands})
    if isinstance(method, Categorical):
        rows = tuple(
            row if row.points is None else row.model_copy(update={"points": _short(row.points * factor)})
            for row in method.categories
        )
        return method.model_copy(update={"categories": rows})
    return method


def _short(number: Decimal) -> Decimal:
    return rounded(number, _PLACES).normalize()

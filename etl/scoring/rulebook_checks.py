"""What must hold between the parts of a rulebook: references, weights, the tree, dates, grades."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from etl.documents.flaws import Flaw, nearest
from etl.documents.lines import KeyPath
from etl.scoring.decimals import ZERO, plain, total
from etl.scoring.rulebook_draft import Draft
from etl.scoring.rulebook_grades import LedgerRule
from etl.scoring.rulebook_parts import Area, Headline, Indicator, Node, Span
from etl.scoring.rulebook_points import Attainment, most_stated
from etl.scoring.rulebook_terms import EVERYBODY, amount_for, flaws_of_amount

Placed = tuple[KeyPath, Area | Indicator]

RATIO_PARTS: Final = 2


def flaws_of_draft(draft: Draft, known_metrics: Collection[str] | None) -> Iterator[Flaw]:
    """Everything wrong between the parts that could be read.

    Args:
        draft: the parts.
        known_metrics: the metrics that exist; None takes any name.
    """
    yield from _duplicates(draft)
    yield from _unknown_references(draft)
    yield from _cycles(draft)
    yield from _amounts(draft)
    yield from _nodes(draft)
    yield from _outranking(draft)
    yield from _dates(draft)
    yield from _periods(draft)
    yield from _body(draft)
    yield from _grades(draft)
    if known_metrics is not None:
        yield from _unknown_metrics(draft, known_metrics)


def _duplicates(draft: Draft) -> Iterator[Flaw]:
    for arrays in (
        ("peer_groups",),
        ("areas", "indicators"),
        ("bonus",),
        ("penalty",),
        ("vetoes",),
        ("headlines",),
        ("refusals",),
    ):
        seen: set[str] = set()
        for array in arrays:
            for position, name in draft.ids.get(array, []):
                if name in seen:
                    yield Flaw((array, position, "id"), "rulebook_duplicate", {"name": name})
                seen.add(name)


def _unknown_references(draft: Draft) -> Iterator[Flaw]:
    areas = draft.known("areas")
    for position, area in draft.areas.items():
        if area.parent is not None and area.parent not in areas:
            facts = {"name": area.parent, "nearest": nearest(area.parent, areas)}
            yield Flaw(("areas", position, "parent"), "rulebook_unknown_area", facts)
    for position, indicator in draft.indicators.items():
        if indicator.area is not None and indicator.area not in areas:
            facts = {"name": indicator.area, "nearest": nearest(indicator.area, areas)}
            yield Flaw(("indicators", position, "area"), "rulebook_unknown_area", facts)
    nodes = areas + draft.known("indicators")
    for position, link in enumerate(draft.ranking.ties if draft.ranking else ()):
        path: KeyPath = ("ranking", "ties", position)
        if link.node not in nodes:
            facts = {"name": link.node, "nearest": nearest(link.node, nodes)}
            yield Flaw(path, "rulebook_unknown_node", facts)
        elif link.by == "value" and link.node in areas:
            yield Flaw(path, "rulebook_area_has_no_value", {"name": link.node})


def _cycles(draft: Draft) -> Iterator[Flaw]:
    parents = {area.id: area.parent for area in draft.areas.values()}
    for position, area in draft.areas.items():
        seen = [area.id]
        above = area.parent
        while above is not None and above not in seen:
            seen.append(above)
            above = parents.get(above)
        if above == area.id:
            yield Flaw(("areas", position, "parent"), "rulebook_area_cycle", {"path": " -> ".join([*seen, area.id])})


def _amounts(draft: Draft) -> Iterator[Flaw]:
    groups = draft.known("peer_groups")
    amounts: list[tuple[KeyPath, Decimal | Mapping[str, Decimal]]] = []
    for path, part in _placed(draft):
        if part.weight is not None:
            amounts.append(((*path, "weight"), part.weight))
        if isinstance(part, Indicator) and isinstance(part.points, Attainment) and isinstance(part.points.target, dict):
            amounts.append(((*path, "points", "target"), part.points.target))
    for position, grade in enumerate(draft.grades.grades if draft.grades else ()):
        for key, end in (("from", grade.start), ("to", grade.end)):
            if end is not None:
                amounts.append((("grades", "grades", position, key), end))
    for path, amount in amounts:
        for flaw in flaws_of_amount(amount, groups):
            yield flaw.under(*path)


def _placed(draft: Draft) -> list[Placed]:
    areas: list[Placed] = [(("areas", position), area) for position, area in draft.areas.items()]
    return areas + [(("indicators", position), indicator) for position, indicator in draft.indicators.items()]


def _nodes(draft: Draft) -> Iterator[Flaw]:
    below: dict[str | None, list[Placed]] = {}
    for path, part in _placed(draft):
        below.setdefault(part.area if isinstance(part, Indicator) else part.parent, []).append((path, part))
    nodes: list[tuple[KeyPath, str | None, Node]] = [] if draft.score is None else [(("score",), None, draft.score)]
    nodes += [(("areas", position), area.id, area) for position, area in draft.areas.items()]
    for path, name, node in nodes:
        if name in draft.unread_below:
            continue
        if not below.get(name):
            yield Flaw(path, "rulebook_nothing_below", {"name": name or "score"})
            continue
        yield from _flaws_of_node(path, node, below[name], draft)


def _flaws_of_node(path: KeyPath, node: Node, parts: Sequence[Placed], draft: Draft) -> Iterator[Flaw]:
    if node.aggregation == "outranking" and isinstance(node, Area):
        yield Flaw((*path, "aggregation"), "rulebook_outranking_below_root")
    if node.aggregation == "ratio" and len(parts) != RATIO_PARTS:
        yield Flaw((*path, "aggregation"), "rulebook_ratio_needs_two", {"parts": len(parts)})
    yield from _flaws_of_weights(path, node, parts, draft)
    if node.aggregation == "sum_of_points":
        yield from _flaws_of_points(parts)


def _flaws_of_weights(path: KeyPath, node: Node, parts: Sequence[Placed], draft: Draft) -> Iterator[Flaw]:
    in_points = node.aggregation == "sum_of_points"
    unweighted = [part_path for part_path, part in parts if part.weight is None]
    if unweighted and (in_points or len(unweighted) < len(parts)):
        for part_path in unweighted:
            yield Flaw(part_path, "document_key_missing", {"key": "weight"})
        return
    if unweighted:
        return
    weightless = [(part_path, amount) for part_path, part in parts for amount in _amounts_of(part) if amount < 0]
    for part_path, amount in weightless:
        yield Flaw((*part_path, "weight"), "document_value_out_of_range", {"value": plain(amount), "limit": ">= 0"})
    told: set[Decimal] = set()
    for group in draft.known("peer_groups") or [EVERYBODY]:
        if any(isinstance(part.weight, dict) and group not in part.weight for _, part in parts):
            continue
        added = total(amount_for(part.weight or ZERO, group) for _, part in parts)
        stated = _stated_sum(node, group, draft)
        if added in told or (added == stated if stated is not None else added != 0):
            continue
        told.add(added)
        says = "> 0" if stated is None else plain(stated)
        facts = {"sum": plain(added), "stated": says, "weights": _listed_weights(parts, group), "group": group}
        yield Flaw(path, "rulebook_weights_do_not_add_up", facts)


def _amounts_of(part: Area | Indicator) -> Collection[Decimal]:
    if part.weight is None:
        return ()
    return part.weight.values() if isinstance(part.weight, dict) else (part.weight,)


def _listed_weights(parts: Sequence[Placed], group: str) -> str:
    return " + ".join(f"{part.id} {plain(amount_for(part.weight or ZERO, group))}" for _, part in parts)


def _stated_sum(node: Node, group: str, draft: Draft) -> Decimal | None:
    """What the weights below a node must add up to; None where nothing is said.

    Under a sum of points that is the total, or else the area's own weight where it stands in a sum of points itself.
    """
    if node.weights == "as_given":
        return None
    if node.aggregation != "sum_of_points":
        return node.weights_sum
    if node.total is not None or not isinstance(node, Area) or node.weight is None:
        return node.total
    above: Node | None = draft.score
    if node.parent is not None:
        above = next((area for area in draft.areas.values() if area.id == node.parent), None)
    in_points = above is not None and above.aggregation == "sum_of_points"
    return amount_for(node.weight, group) if in_points else None


def _flaws_of_points(parts: Sequence[Placed]) -> Iterator[Flaw]:
    for path, part in parts:
        if not isinstance(part, Indicator):
            continue
        if part.full is not None:
            yield Flaw((*path, "full"), "rulebook_full_is_the_weight")
        most = most_stated(part.points)
        least_weight = min(_amounts_of(part), default=None)
        if most is not None and least_weight is not None and most[1] > least_weight:
            facts = {"points": plain(most[1]), "weight": plain(least_weight)}
            yield Flaw((*path, "points", *most[0]), "rulebook_points_above_weight", facts)


def _outranking(draft: Draft) -> Iterator[Flaw]:
    by_score = draft.score is None or draft.score.aggregation != "outranking"
    if by_score and (draft.ranking is None or draft.ranking.method != "outranking"):
        return
    for path, part in _placed(draft):
        if isinstance(part.weight, dict):
            yield Flaw((*path, "weight"), "rulebook_outranking_by_group")


def _dates(draft: Draft) -> Iterator[Flaw]:
    for position, indicator in draft.indicators.items():
        effective = indicator.effective
        if effective is None:
            continue
        path: KeyPath = ("indicators", position, "effective")
        start, end = effective.start, effective.end
        if start is not None and end is not None and end < start:
            yield Flaw((*path, "to"), "rulebook_days_out_of_order", {"start": start, "end": end})
        elif draft.evaluation is not None:
            period = indicator.period or draft.evaluation.period
            if (start is not None and start > period.end) or (end is not None and end < period.start):
                facts = {"start": start or "…", "end": end or "…", "from": period.start, "to": period.end}
                yield Flaw(path, "rulebook_not_in_force", facts)


def _periods(draft: Draft) -> Iterator[Flaw]:
    """A metric is measured once: indicators that look at the same one look at the same days."""
    if draft.evaluation is None:
        return
    told: dict[str, Span] = {}
    for position, indicator in draft.indicators.items():
        period = indicator.period or draft.evaluation.period
        for _, metric in indicator.metrics():
            first = told.setdefault(metric, period)
            if first != period:
                facts = {"metric": metric, "first": f"{first.start}~{first.end}", "own": f"{period.start}~{period.end}"}
                yield Flaw(("indicators", position, "period"), "rulebook_metric_in_two_periods", facts)


def _body(draft: Draft) -> Iterator[Flaw]:
    if draft.evaluation is not None and draft.evaluation.body is not None and draft.known("peer_groups"):
        yield Flaw(("evaluation", "body"), "rulebook_body_has_groups")


def _grades(draft: Draft) -> Iterator[Flaw]:
    if draft.grades is not None:
        for flaw in draft.grades.flaws_in(draft.known("peer_groups") or [EVERYBODY]):
            yield flaw.under("grades")
    grades = [grade.id for grade in draft.grades.grades] if draft.grades else []
    for position, veto in draft.vetoes.items():
        if veto.highest_grade not in grades:
            facts = {"name": veto.highest_grade, "nearest": nearest(veto.highest_grade, grades)}
            yield Flaw(("vetoes", position, "highest_grade"), "rulebook_unknown_grade", facts)


def _unknown_metrics(draft: Draft, known: Collection[str]) -> Iterator[Flaw]:
    arrays: dict[str, Mapping[int, Indicator | LedgerRule | Headline]] = {
        "indicators": {**draft.indicators},
        "bonus": {**draft.bonus},
        "penalty": {**draft.penalty},
        "headlines": {**draft.headlines},
    }
    for array, parts in arrays.items():
        for position, part in parts.items():
            for path, name in part.metrics():
                if name not in known:
                    facts = {"name": name, "nearest": nearest(name, known)}
                    yield Flaw((array, position, *path), "rulebook_unknown_metric", facts)

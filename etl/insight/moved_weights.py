"""Every place under every single move of a weight, in floats: to look for what is then scored exactly.

Weights move as `etl.insight.reweighing` moves them, in exact decimals. Points are earned anew under each weight and
rounded as the rulebook says, for all moves of one weight and all departments at once; how much of a full result each
department reached depends on no weight and is measured once. Coverage follows the weights, and with it who is ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from etl.insight.many_places import order_of, ranks_of
from etl.insight.many_rulebooks import Bools, Floats, Members, Tree, Versions, finished, rounded_as
from etl.insight.reading import Reading
from etl.insight.reweighing import weights_after
from etl.insight.standing import group_ids, group_of
from etl.insight.what_if import Knob, rule_knobs
from etl.scoring.decimals import ONE
from etl.scoring.inputs import Inputs
from etl.scoring.measure import Measured, measure
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator, StatedPoints
from etl.scoring.rulebook_points import states_points
from etl.scoring.rulebook_terms import Rounding

MOST_PLACES: Final = 200
"""So many places of a slider are looked at; where it has more, every so-manieth."""

_UNROUNDED: Final = Rounding(mode="none")
_STATED: Final = Rounding(places=4)
"""Points that tables state are kept to so many places when they move, as `reweighing` keeps them."""
_NEXT_TO_NOTHING: Final = 1e-12
_NOBODY: Final = np.zeros((1, 1), dtype=bool)


Places = npt.NDArray[np.int32]
"""Half of what numpy counts in: there are moves times departments of them."""


@dataclass(frozen=True, slots=True)
class MovedPlaces:
    """The place of every department under every single move of a weight.

    Attributes:
        moves: (knob, what it is moved to), the smallest move first.
        columns: department -> its column, ranked or not: who lacks what weighs nothing after a move is ranked then.
        overall: moves x departments, the places among all; 0 where a department is not ranked.
        in_group: likewise, in the peer groups.
    """

    moves: Sequence[tuple[Knob, Decimal]]
    columns: Mapping[str, int]
    overall: Places
    in_group: Places


def moved_places(reading: Reading, inputs: Inputs) -> MovedPlaces:
    """Every place under every move of one weight, in steps of its slider, of a release that ranks by scores.

    Args:
        reading: the release.
        inputs: of `etl.insight.what_if.inputs_of`.
    """
    field = _Field(reading, inputs)
    knobs = [knob for knob in rule_knobs(reading.rulebook).values() if knob.kind == "weight"]
    moves = [(knob, to) for knob in knobs for to in places_of(knob)]
    found = [field.places(knob, places_of(knob)) for knob in knobs]
    width = len(field.unit_ids)
    overall, in_group = (
        np.concatenate([pair[at] for pair in found]) if found else np.empty((0, width), np.int32) for at in (0, 1)
    )
    order = sorted(range(len(moves)), key=lambda at: (abs(moves[at][1] - moves[at][0].value), at))
    columns = {unit_id: at for at, unit_id in enumerate(field.unit_ids)}
    return MovedPlaces([moves[at] for at in order], columns, overall[order], in_group[order])


def places_of(knob: Knob) -> list[Decimal]:
    """Where a slider can be moved to, lowest first: at most about two hundred places, without that where it stands."""
    steps = int((knob.high - knob.low) / knob.step)
    stride = -(-steps // MOST_PLACES) or 1
    places = (knob.low + knob.step * at for at in range(0, steps + 1, stride))
    return [place for place in places if place != knob.value]


class _Field:
    """All departments, and what each reached of every indicator."""

    def __init__(self, reading: Reading, inputs: Inputs) -> None:
        self._reading = reading
        self.unit_ids = list(reading.scores)
        self._peer_groups = np.array([group_of(reading, unit_id) for unit_id in self.unit_ids], dtype=str)
        self._order = order_of(reading, self.unit_ids)
        rows = _measured_unweighed(reading.rulebook, inputs)
        groups = [""] if _weigh_alike(reading.rulebook) else group_ids(reading)
        self._parties = [_Party(reading, rows, group, self._of_group(group)) for group in groups]

    def _of_group(self, group: str) -> list[str]:
        return [unit_id for unit_id in self.unit_ids if group in ("", group_of(self._reading, unit_id))]

    def places(self, knob: Knob, to: Sequence[Decimal]) -> tuple[Places, Places]:
        """Overall places and those in the peer group: moves x departments; 0 where a department is not ranked."""
        rulebook = self._reading.rulebook
        changed = _weights_by_move(rulebook, knob, to)
        totals = np.empty((len(to), len(self.unit_ids)))
        column_of = {unit_id: at for at, unit_id in enumerate(self.unit_ids)}
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for party in self._parties:
                if party.members.unit_ids:
                    own = [column_of[unit_id] for unit_id in party.members.unit_ids]
                    totals[:, own] = _MovedTree(rulebook, party, changed, len(to)).ranked_totals()
        keys = self._order.keys(totals)
        in_group = np.empty_like(keys)
        for group in sorted(set(self._peer_groups.tolist())):
            mine = self._peer_groups == group
            in_group[:, mine] = ranks_of(keys[:, mine])
        is_ranked = ~np.isnan(totals)
        return (ranks_of(keys) * is_ranked).astype(np.int32), (in_group * is_ranked).astype(np.int32)


def _weights_by_move(rulebook: Rulebook, knob: Knob, to: Sequence[Decimal]) -> dict[str, Floats]:
    """Node -> its weight in every move, moves x 1; nodes whose weight stays in all of them are not among them."""
    after = [weights_after(rulebook, {knob.node: place}) for place in to]
    plain = {part.id: part.weight for parts in rulebook.parts.values() for part in parts}
    stated = {node: weight for node, weight in plain.items() if isinstance(weight, Decimal)}
    nodes = sorted({node for row in after for node in row})
    return {node: np.array([[float(row[node] if node in row else stated[node])] for row in after]) for node in nodes}


def _weigh_alike(rulebook: Rulebook) -> bool:
    """Whether no weight differs by peer group, so that all departments can be weighed together."""
    return not any(isinstance(part.weight, dict) for parts in rulebook.parts.values() for part in parts)


def _measured_unweighed(rulebook: Rulebook, inputs: Inputs) -> dict[str, dict[str, Measured]]:
    """Indicator -> department -> what it reached: of one point, or the points its table states; nothing is rounded."""
    units = tuple(sorted(inputs.units, key=lambda unit: unit.unit_id))
    bare = {"weight": ONE, "rounding": _UNROUNDED}
    return {one.id: measure(rulebook, one.model_copy(update=bare), units, inputs) for one in rulebook.indicators}


class _Party:
    """Departments that are weighed together.

    Attributes:
        members: as they were published, but for the points, which are what each reached.
        stated: indicator -> who has points that the rulebook states for what is missing.
        measured: indicator -> who has a value.
        applies: indicator -> to whom it applies.
        blocked: indicator -> who has no score for want of it, as long as it weighs anything.
    """

    def __init__(
        self, reading: Reading, rows: Mapping[str, Mapping[str, Measured]], group: str, unit_ids: Sequence[str]
    ) -> None:
        self.stated: dict[str, Bools] = {}
        self.measured: dict[str, Bools] = {}
        self.applies: dict[str, Bools] = {}
        self.blocked: dict[str, Bools] = {}
        points: dict[str, Floats] = {}
        for indicator in reading.rulebook.indicators:
            own = [rows[indicator.id][unit_id] for unit_id in unit_ids]
            points[indicator.id] = np.array([np.nan if row.points is None else float(row.points) for row in own])
            self.measured[indicator.id] = np.array([row.state == "measured" for row in own], bool)
            self.applies[indicator.id] = np.array([row.state != "not_applicable" for row in own], bool)
            self.blocked[indicator.id] = np.array([row.blocks for row in own], bool)
            stated = isinstance(reading.rulebook.missing_rule(indicator), StatedPoints)
            self.stated[indicator.id] = np.array([stated and row.state == "missing" for row in own], bool)
        scores = [reading.scores[unit_id] for unit_id in unit_ids]
        ledger = np.array([float(row.bonus - row.penalty) for row in scores])
        self.members = Members(tuple(unit_ids), group, points, {}, {}, ledger)


class _MovedTree(Tree):
    """The way up the tree under other weights, which stand as they are in each version."""

    def __init__(self, rulebook: Rulebook, party: _Party, changed: Mapping[str, Floats], count: int) -> None:
        super().__init__(rulebook, party.members, Versions(count, {}))
        self._party, self._changed = party, changed
        self._there: dict[str | None, Bools] = {}
        self._counted: dict[str | None, Bools] = {}

    def ranked_totals(self) -> Floats:
        """The totals; not a number where too little of the weight was measured for a rank, or what blocks lacks."""
        covered, _ = self._coverage(None)
        short = covered < float(self._rulebook.score.minimum_coverage) - _NEXT_TO_NOTHING
        for indicator in self._rulebook.indicators:
            short = short | (self._party.blocked[indicator.id] & (self._weight(indicator) > 0))
        return np.where(short, np.nan, self.totals())

    def _fold(self, parent: str | None) -> Floats:
        """What is there and weighs nothing adds up to nothing, which is not the same as no result."""
        folded, node = super()._fold(parent), self._rulebook.nodes[parent]
        if node.aggregation not in ("sum_of_points", "weighted_sum"):
            return folded
        weighs_nothing = self._there[parent] & ~self._counted[parent]
        return np.where(weighs_nothing, finished(node, np.zeros((1, 1))), folded)

    def _weight(self, part: Area | Indicator) -> Floats:
        stated = float(self._rulebook.weight_of(part, self._members.peer_group))
        return self._changed.get(part.id, np.full((1, 1), stated))

    def _weights(self, parent: str | None) -> list[Floats]:
        return [self._weight(part) for part in self._rulebook.parts[parent]]

    def _full(self, part: Area | Indicator) -> float | Floats:
        if isinstance(part, Indicator):
            return self._weight(part) if self._is_in_points(part) else _one_or(part.full)
        if part.full is not None or part.aggregation != "sum_of_points":
            return _one_or(part.full)
        whole = sum(self._weights(part.id), np.zeros((1, 1)))
        return float(part.scale) * whole + float(part.offset)

    def _is_in_points(self, indicator: Indicator) -> bool:
        return self._rulebook.nodes[indicator.area].aggregation == "sum_of_points"

    def _column(self, part: Area | Indicator) -> Floats:
        """What weighs nothing counts in nothing."""
        column = super()._column(part)
        parent = part.area if isinstance(part, Indicator) else part.parent
        if self._rulebook.nodes[parent].aggregation == "ratio":
            return column
        there, weighs = ~np.isnan(column), self._weight(part) > 0
        self._there[parent] = there | self._there.get(parent, _NOBODY)
        self._counted[parent] = (there & weighs) | self._counted.get(parent, _NOBODY)
        return np.where(weighs, column, np.nan)

    def _points(self, indicator: Indicator) -> Floats:
        reached, stated = self._members.points[indicator.id], self._party.stated[indicator.id]
        anew = rounded_as(self._earned(indicator, reached), indicator.rounding)
        return np.where(stated, self._stated_anew(indicator, reached), anew) if stated.any() else anew

    def _earned(self, indicator: Indicator, reached: Floats) -> Floats:
        if not states_points(indicator.points):
            return reached * self._full(indicator)
        return reached if indicator.points.method == "raw" else self._stated_anew(indicator, reached)

    def _stated_anew(self, indicator: Indicator, points: Floats) -> Floats:
        """Points of a table, multiplied as the weight is."""
        before = float(self._rulebook.weight_of(indicator, self._members.peer_group))
        if indicator.id not in self._changed or before == 0:
            return points
        return rounded_as(points * (self._changed[indicator.id] / before), _STATED)

    def _absent(self, area: Area) -> Bools:
        covered, applies = self._coverage(area.id)
        return applies & (covered < float(area.minimum_coverage) - _NEXT_TO_NOTHING)

    def _coverage(self, node: str | None) -> tuple[Floats, Bools]:
        """The share of a node's weight that was measured, and to whom anything of it applies."""
        weighed = covered = np.zeros((1, 1))
        applies = np.zeros(len(self._members.unit_ids), bool)
        for part in self._rulebook.parts[node]:
            if isinstance(part, Indicator):
                share, own = self._party.measured[part.id].astype(float), self._party.applies[part.id]
            else:
                share, own = self._coverage(part.id)
            weight = np.where(own, self._weight(part), 0.0)
            weighed, covered, applies = weighed + weight, covered + weight * share, applies | own
        return np.divide(covered, weighed, out=np.zeros_like(covered), where=weighed > 0), applies


def _one_or(full: Decimal | None) -> float:
    return 1.0 if full is None else float(full)

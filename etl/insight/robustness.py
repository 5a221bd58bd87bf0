"""How sure a rank is: what becomes of it when weights are a little different, or an indicator is left out.

Weights are judgements. So they are drawn many times around those of the rulebook, every part of the score is weighed
anew, and the places that come out are counted. Each weight is multiplied by a number drawn evenly between 1 - spread
and 1 + spread, and the weights beside each other (the areas, and the indicators of an area) are brought back to their
sum. Besides, every indicator is left out once, its weight going to the others as the rulebook moves weights, and the
means are taken another way. None of this is a score: it is simulated in floats, and told as ranges and shares alone.

Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 7, uncertainty and sensitivity analysis;
Saisana, Saltelli and Tarantola, Uncertainty and sensitivity analysis techniques as tools for the quality assessment of
composite indicators, Journal of the Royal Statistical Society A 168 (2005), 307-323.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np

from etl.contracts.published import RankRow
from etl.errors import Fault, UsageError
from etl.insight.many_places import Ints, Placed, grades_of, order_of, ranks_of
from etl.insight.many_rulebooks import WEIGHTED, Floats, Members, Versions, members_of, totals_of
from etl.insight.reading import Reading
from etl.insight.standing import group_ids
from etl.scoring.grades import best_first
from etl.scoring.rulebook_grades import Grades
from etl.scoring.rulebook_parts import Aggregation

DRAWS: Final = 1000
SEED: Final = 2008
SPREAD: Final = 0.25
"""Weights vary by up to a quarter of themselves."""

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
"""Between the first and the last of these shares of the draws lies the range of a rank."""

MOST_DRAWS: Final = 100_000
_CHUNK: Final = 100
"""So many draws are scored together: more would not be faster, and need more memory."""

_OTHER_MEANS: Final[tuple[Aggregation, ...]] = ("arithmetic", "geometric", "harmonic")


@dataclass(frozen=True, slots=True)
class RankRange:
    """One department's place over all draws, among some departments.

    Attributes:
        published: the place it has.
        low: the place it has or betters in 5 % of the draws.
        median: likewise in half of them.
        high: likewise in 95 %.
        share_at_published: the share of the draws in which it has its published place, 0 to 1.
        mean_shift: how many places it is away from that on average.
    """

    published: int
    low: int
    median: int
    high: int
    share_at_published: float
    mean_shift: float


@dataclass(frozen=True, slots=True)
class UnitSureness:
    """How sure one department's place is.

    Attributes:
        in_group: its places in its peer group.
        overall: its places among all ranked departments.
        grades: grade -> the share of the draws in which it gets it, in the rulebook's order; vetoes hold.
    """

    unit_id: str
    peer_group: str
    in_group: RankRange
    overall: RankRange
    grades: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Changed:
    """What becomes of the ranks when something is done otherwise.

    Attributes:
        what: an indicator that is left out, or another way to take means.
        spearman: the correlation of the ranks with the published ones (1 is the same order); None where one of them has
            no order at all.
        mean_shift: by how many places departments move in their peer group, on average.
        moved: how many departments have another place in their peer group.
        group_ranks: department -> its place in its peer group then.
    """

    what: str
    spearman: float | None
    mean_shift: float
    moved: int
    group_ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Robustness:
    """How sure the ranks of a release are.

    Attributes:
        draws: how often weights were drawn.
        seed: of the draws; the same seed gives the same result on every machine.
        spread: by which part of itself a weight varies at most.
        units: department -> how sure its place is; ranked departments only.
        without: what becomes of the ranks without each indicator, that with the largest shift first.
        means: what becomes of them where means are taken another way; none where nothing is a weighted mean.
    """

    draws: int
    seed: int
    spread: float
    units: Mapping[str, UnitSureness]
    without: tuple[Changed, ...]
    means: tuple[Changed, ...]

    @property
    def mean_shift(self) -> float:
        """By how many places departments move in their peer group, on average over draws and departments."""
        shifts = [unit.in_group.mean_shift for unit in self.units.values()]
        return sum(shifts) / len(shifts) if shifts else 0.0


def robustness(reading: Reading, draws: int = DRAWS, seed: int = SEED, spread: float = SPREAD) -> Robustness:
    """How sure the ranks of a release are.

    Args:
        reading: the release.
        draws: how often weights are drawn, 1 to 100,000.
        seed: any whole number of zero or more.
        spread: by which part of itself a weight varies at most, 0 to less than 1.

    Raises:
        UsageError: the release ranks by outranking, where no score is weighed, or the numbers cannot be meant.
    """
    _refuse(reading, draws, seed, spread)
    field = _Field(reading)
    drawn = _drawn_factors(reading, draws, seed, spread)
    counted = _Counted(field, draws)
    for start in range(0, draws, _CHUNK):
        chunk = {node: column[start : start + _CHUNK] for node, column in drawn.items()}
        counted.add(field.placed(Versions(min(_CHUNK, draws - start), chunk)))
    without = [
        field.changed(indicator.id, Versions(1, {}, without=indicator.id)) for indicator in reading.rulebook.indicators
    ]
    return Robustness(
        draws=draws,
        seed=seed,
        spread=spread,
        units=counted.units(),
        without=tuple(sorted(without, key=lambda change: (-change.mean_shift, change.what))),
        means=tuple(field.changed(mean, Versions(1, {}, swap=mean)) for mean in _other_means(reading, field)),
    )


def undisturbed(reading: Reading) -> Mapping[str, float]:
    """Department -> its total with no weight changed: the published one, but for the noise of floats."""
    field = _Field(reading)
    return dict(zip(field.unit_ids, field.placed(Versions(1, {})).totals[0].tolist(), strict=True))


def _refuse(reading: Reading, draws: int, seed: int, spread: float) -> None:
    if reading.rulebook.outranks:
        raise UsageError(Fault("robustness_outranks", reading.manifest.name))
    if not 1 <= draws <= MOST_DRAWS:
        raise UsageError(Fault("robustness_draws", "", {"draws": draws, "most": MOST_DRAWS}))
    if seed < 0:
        raise UsageError(Fault("robustness_seed", "", {"seed": seed}))
    if not 0 <= spread < 1:
        raise UsageError(Fault("robustness_spread", "", {"spread": spread}))


def _drawn_factors(reading: Reading, draws: int, seed: int, spread: float) -> dict[str, Floats]:
    """Node -> what its weight is multiplied by in each draw, in the order of the nodes' ids.

    A node of which the rulebook says more or leaves something out does not change what the others draw before it: one
    row a draw, so that the first thousand of ten thousand draws are the thousand draws of the same seed.
    """
    nodes = sorted(
        part.id
        for parent, parts in reading.rulebook.parts.items()
        if reading.rulebook.nodes[parent].aggregation in WEIGHTED and len(parts) > 1
        for part in parts
    )
    random = np.random.Generator(np.random.PCG64(seed))
    factors = random.uniform(1 - spread, 1 + spread, size=(draws, len(nodes)))
    return {node: factors[:, at] for at, node in enumerate(nodes)}


def _other_means(reading: Reading, field: _Field) -> Iterator[Aggregation]:
    """The ways to take a mean that are not the rulebook's own, where any mean is taken and no points are negative."""
    used = {node.aggregation for node in reading.rulebook.nodes.values()} & WEIGHTED
    own = {"arithmetic" if way in ("sum_of_points", "weighted_sum") else way for way in used}
    negative = any(bool((column < 0).any()) for group in field.groups for column in group.points.values())
    for mean in _OTHER_MEANS:
        if used and own != {mean} and not (negative and mean != "arithmetic"):
            yield mean


class _Field:
    """All ranked departments of a release, group after group."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        found = [members_of(reading, group) for group in group_ids(reading)]
        self.groups: list[Members] = [group for group in found if group.unit_ids]
        self.unit_ids = [unit_id for group in self.groups for unit_id in group.unit_ids]
        self.peer_groups = np.array([group.peer_group for group in self.groups for _ in group.unit_ids], dtype=str)
        self._order = order_of(reading, self.unit_ids)
        ranks = [reading.ranks[unit_id] for unit_id in self.unit_ids]
        self.group_ranks = np.array([row.group_rank for row in ranks], dtype=np.int64)
        self.overall = np.array([row.rank for row in ranks], dtype=np.int64)

    def placed(self, versions: Versions) -> Placed:
        """Totals and places of all departments under all versions."""
        columns = [totals_of(self.reading, group, versions) for group in self.groups]
        totals = np.concatenate(columns, axis=1) if columns else np.empty((versions.count, 0))
        keys = self._order.keys(totals)
        overall = ranks_of(keys)
        in_group = overall if len(self.groups) == 1 else np.empty_like(overall)
        for group in self.groups if len(self.groups) > 1 else ():
            own = self.peer_groups == group.peer_group
            in_group[:, own] = ranks_of(keys[:, own])
        return Placed(self.peer_groups, totals, overall, in_group)

    def changed(self, what: str, versions: Versions) -> Changed:
        """What becomes of the ranks under one other version."""
        placed = self.placed(versions)
        shifts = np.abs(placed.in_group[0] - self.group_ranks)
        return Changed(
            what=what,
            spearman=spearman_of(placed.overall[0], self.overall),
            mean_shift=float(shifts.mean()) if len(shifts) else 0.0,
            moved=int((shifts > 0).sum()),
            group_ranks=dict(zip(self.unit_ids, placed.in_group[0].tolist(), strict=True)),
        )


def spearman_of(ranks: Ints, others: Ints) -> float | None:
    """The correlation of ranks in which equals share the middle of their places; exactly 1 of equal orders."""
    one, other = _middles(ranks), _middles(others)
    if len(one) < 2 or not one.std() or not other.std():
        return None
    if np.array_equal(one, other):
        return 1.0
    found = float(((one - one.mean()) * (other - other.mean())).mean() / (one.std() * other.std()))
    return max(found, -1.0)


def _middles(ranks: Ints) -> Floats:
    _, inverse, counts = np.unique(ranks, return_inverse=True, return_counts=True)
    return ranks + (counts[inverse] - 1) / 2


class _Counted:
    """The places of every department in every draw, and how often it got each grade."""

    def __init__(self, field: _Field, draws: int) -> None:
        self._field = field
        self._overall = _PlaceCount(field.overall, draws)
        self._in_group = _PlaceCount(field.group_ranks, draws)
        rules = field.reading.rulebook.grades
        self._grades = None if rules is None else _GradeCount(field, rules)

    def add(self, placed: Placed) -> None:
        """Count some draws."""
        self._overall.add(placed.overall)
        self._in_group.add(placed.in_group)
        if self._grades is not None:
            self._grades.add(placed)

    def units(self) -> dict[str, UnitSureness]:
        """Department -> how sure its place is."""
        field = self._field
        in_group, overall = self._in_group.ranges(), self._overall.ranges()
        return {
            unit_id: UnitSureness(
                unit_id=unit_id,
                peer_group=str(field.peer_groups[at]),
                in_group=in_group[at],
                overall=overall[at],
                grades={} if self._grades is None else self._grades.shares(at),
            )
            for at, unit_id in enumerate(field.unit_ids)
        }


class _PlaceCount:
    """The places of departments in every draw: departments x draws, in as few bytes as they need."""

    def __init__(self, published: Ints, draws: int) -> None:
        self._published, self._added = published, 0
        self._places = np.empty((len(published), draws), dtype=np.uint16 if len(published) < 2**16 else np.uint32)
        self._at_published = np.zeros(len(published), dtype=np.int64)
        self._shifts = np.zeros(len(published), dtype=np.int64)

    def add(self, ranks: Ints) -> None:
        """Count some draws."""
        shifts = np.abs(ranks - self._published)
        self._at_published += (shifts == 0).sum(axis=0)
        self._shifts += shifts.sum(axis=0)
        self._places[:, self._added : self._added + len(ranks)] = ranks.T
        self._added += len(ranks)

    def ranges(self) -> list[RankRange]:
        """One range a department; all draws must have been counted."""
        draws = self._added
        self._places.sort(axis=1, kind="stable")
        low, median, high = (self._places[:, ceil(share * draws) - 1].tolist() for share in (LOW, MIDDLE, HIGH))
        at_published, shifts = (self._at_published / draws).tolist(), (self._shifts / draws).tolist()
        columns = zip(self._published.tolist(), low, median, high, at_published, shifts, strict=True)
        return [RankRange(*column) for column in columns]


class _GradeCount:
    """How often every department got each grade, the best grade first."""

    def __init__(self, field: _Field, rules: Grades) -> None:
        self._reading, self._rules, self._draws = field.reading, rules, 0
        self._names = best_first(rules, highest_is_best=field.reading.rulebook.ranking.best == "highest")
        self._from_best = np.array([self._names.index(grade.id) for grade in rules.grades])
        self._counts = np.zeros((len(self._names), len(field.unit_ids)), dtype=np.int64)
        ranks = (field.reading.ranks[unit_id] for unit_id in field.unit_ids)
        self._best_left = np.array([self._left_by_veto(row) for row in ranks], dtype=np.int64)

    def _left_by_veto(self, row: RankRow) -> int:
        """The best grade that a veto left a department, counted from the best; 0 where none took effect."""
        limited = row.grade is not None and row.grade != row.grade_before_veto
        return self._names.index(row.grade) if limited and row.grade else 0

    def add(self, placed: Placed) -> None:
        """Count some draws."""
        got = np.maximum(self._from_best[grades_of(self._reading, self._rules, placed)], self._best_left)
        self._draws += len(got)
        for at in range(len(self._names)):
            self._counts[at] += (got == at).sum(axis=0)

    def shares(self, unit: int) -> dict[str, float]:
        """Grade -> the share of the draws in which the department of that column got it."""
        return {name: float(self._counts[at, unit] / self._draws) for at, name in enumerate(self._names)}

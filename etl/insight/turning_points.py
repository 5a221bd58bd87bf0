"""What would change a department's place: how far the next ones are, and the smallest move of one weight that does it.

The moves are looked for among all single moves of a weight at once (`etl.insight.moved_weights`, in floats) and then
scored exactly, by the real rules, among those who stand near; what is told is what the exact scores say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

import numpy as np

from etl.contracts.published import RankRow
from etl.insight.moved_weights import MovedPlaces, Places
from etl.insight.reading import Reading
from etl.insight.standing import difference, group_of
from etl.insight.what_if import Knob, Moves, moved_rulebook
from etl.scoring.inputs import Inputs
from etl.scoring.measure import Relative
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_points import Bands
from etl.scoring.score import score

# The margins ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The departments in the next place above or below.

    Attributes:
        place: which.
        unit_ids: who has it, sorted.
        gap: points between; zero where the rulebook's chain parts equals.
    """

    place: int
    unit_ids: tuple[str, ...]
    gap: Decimal


@dataclass(frozen=True, slots=True)
class Margins:
    """How far a department is from the next ones; None where there is nobody above or below.

    Attributes:
        place: its own.
        units: how many are ranked with it.
    """

    place: int
    units: int
    above: Neighbours | None
    below: Neighbours | None


def margins(reading: Reading, unit_id: str, *, overall: bool) -> Margins | None:
    """The distance to the next places above and below, as published; None where the department is not ranked.

    Args:
        reading: the release.
        unit_id: the department.
        overall: among all departments, not in the peer group.
    """
    own = reading.ranks.get(unit_id)
    if own is None:
        return None
    rivals = [row for row in reading.ranks.values() if overall or row.peer_group == own.peer_group]
    place = _place(own, overall=overall)
    places = {_place(row, overall=overall) for row in rivals}
    above = max((one for one in places if one < place), default=None)
    below = min((one for one in places if one > place), default=None)
    found = [_neighbours(reading, unit_id, rivals, at, overall=overall) for at in (above, below)]
    return Margins(place, len(rivals), *found)


def _place(row: RankRow, *, overall: bool) -> int:
    return row.rank if overall else row.group_rank


def _neighbours(
    reading: Reading, unit_id: str, rivals: Sequence[RankRow], place: int | None, *, overall: bool
) -> Neighbours | None:
    if place is None:
        return None
    there = tuple(sorted(row.unit_id for row in rivals if _place(row, overall=overall) == place))
    gap = difference(reading.scores[there[0]].score, reading.scores[unit_id].score)
    return None if gap is None else Neighbours(place, there, abs(gap))


# The moves that change a place ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """The smallest move of one weight at which a place becomes another.

    Attributes:
        knob: the weight.
        to: what it is moved to.
        place: the place then.
    """

    knob: Knob
    to: Decimal
    place: int

    @property
    def moves(self) -> Moves:
        """The supposition it is."""
        return Moves({self.knob.key: self.to})


@dataclass(frozen=True, slots=True)
class Turns:
    """The moves that change one place, each the smallest of its kind; None where no weight does it by itself."""

    better: Turn | None
    worse: Turn | None


_NEAR: Final = 10
"""Who stands further away than so many places, by floats, does not change sides for a digit at the end."""

_MOST_TRIED: Final = 5
"""So many moves that floats propose are scored exactly before it is said that there is none."""


def turns(reading: Reading, inputs: Inputs, moved: MovedPlaces, unit_id: str, *, overall: bool) -> Turns | None:
    """The smallest moves of one weight, in points of weight, after which the place is better, and worse.

    Args:
        reading: the release, which ranks by scores.
        inputs: of `etl.insight.what_if.inputs_of`.
        moved: of `etl.insight.moved_weights.moved_places`.
        unit_id: the department.
        overall: among all departments, not in the peer group.

    Returns:
        None where the department is not ranked or no weight can be moved.
    """
    own = reading.ranks.get(unit_id)
    if own is None or not moved.moves:
        return None
    place = _place(own, overall=overall)
    places: Places = (moved.overall if overall else moved.in_group)[:, moved.columns[unit_id]]
    look = _Look(reading, inputs, moved, unit_id, overall)
    return Turns(
        better=look.first(np.flatnonzero((places > 0) & (places < place)).tolist(), lambda now: now < place),
        worse=look.first(np.flatnonzero(places > place).tolist(), lambda now: now > place),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    reading: Reading
    inputs: Inputs
    moved: MovedPlaces
    unit_id: str
    overall: bool

    def first(self, proposed: Sequence[int], is_turned: Callable[[int], bool]) -> Turn | None:
        """The first of the moves that holds exactly, drawn as near as its slider lets it."""
        for at in proposed[:_MOST_TRIED]:
            knob, to = self.moved.moves[at]
            place = self._exact(knob, to, at)
            if place is not None and is_turned(place):
                return self._nearest(Turn(knob, to, place), at, is_turned)
        return None

    def _nearest(self, turn: Turn, at: int, is_turned: Callable[[int], bool]) -> Turn:
        """Where only every so-manieth place of a slider was looked at: the turn among those before it."""
        sides = (to for knob, to in self.moved.moves if knob == turn.knob and _is_between(knob.value, to, turn.to))
        still = max(sides, key=lambda to: abs(to - turn.knob.value), default=turn.knob.value)
        step = turn.knob.step if turn.to > still else -turn.knob.step
        while abs(turn.to - still) > turn.knob.step:
            halfway = still + step * (int((turn.to - still) / step) // 2)
            place = self._exact(turn.knob, halfway, at)
            if place is not None and is_turned(place):
                turn = replace(turn, to=halfway, place=place)
            else:
                still = halfway
        return turn

    def _exact(self, knob: Knob, to: Decimal, at: int) -> int | None:
        """The place by exact scores; those far away by floats stay where they are, those without one may get one."""
        rulebook = moved_rulebook(self.reading.rulebook, Moves({knob.key: to}))
        if _compares_units(rulebook):
            own = self._scored(rulebook, self.inputs)
            return None if own is None else _place(own, overall=self.overall)
        rivals = self._rivals(at)
        here = rivals[self.unit_id]
        near = {unit_id for unit_id, place in rivals.items() if not place or abs(place - here) <= _NEAR}
        own = self._scored(rulebook, _only(self.inputs, near))
        return None if own is None else own.rank + sum(0 < place < here - _NEAR for place in rivals.values())

    def _scored(self, rulebook: Rulebook, inputs: Inputs) -> RankRow | None:
        return next((row for row in score(rulebook, inputs).ranks if row.unit_id == self.unit_id), None)

    def _rivals(self, at: int) -> Mapping[str, int]:
        """Department -> its place by floats after a move, of all or of the peer group; 0 where it is not ranked."""
        places = (self.moved.overall if self.overall else self.moved.in_group)[at].tolist()
        own = group_of(self.reading, self.unit_id)
        return {
            unit_id: places[column]
            for unit_id, column in self.moved.columns.items()
            if self.overall or group_of(self.reading, unit_id) == own
        }


def _is_between(value: Decimal, to: Decimal, end: Decimal) -> bool:
    return value < to < end or end < to < value


def _compares_units(rulebook: Rulebook) -> bool:
    """Whether what one department earns depends on others."""
    return any(
        isinstance(one.points, Relative)
        or (isinstance(one.points, Bands) and one.points.of == "percentile")
        or rulebook.missing_rule(one) in ("worst", "mean")
        for one in rulebook.indicators
    )


def _only(inputs: Inputs, unit_ids: Collection[str]) -> Inputs:
    """What was measured of some departments."""
    return Inputs(
        units=tuple(unit for unit in inputs.units if unit.unit_id in unit_ids),
        values={key: value for key, value in inputs.values.items() if key[0] in unit_ids},
        not_applicable=frozenset(key for key in inputs.not_applicable if key[0] in unit_ids),
        marks={key: marks for key, marks in inputs.marks.items() if key[0] in unit_ids},
        entries=tuple(entry for entry in inputs.entries if entry.unit_id in unit_ids),
    )

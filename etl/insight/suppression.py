"""Which cells of a table about people may be shown, so that nobody learns anything about fewer than five of them.

A cell is a group of people with a figure that adds up over people: a count, a sum, a mean whose count is known. Cells
overlap: a body is its peer groups, a group its departments, and either is its kinds of staff. Hiding the small cells
alone does not hide them: a total less its other parts is the part that was left out. So a cell is shown only where
everything shown together leaves no group of fewer than `least` people whose figure follows from it. Cells that are
hidden for the sake of others are complementary suppression.

What follows is decided exactly. The people fall into atoms that no cell divides. The figure of a group of atoms follows
from what is shown if, and only if, the group is a linear combination of the cells shown: if every way to change the
atoms that leaves all cells as they are leaves the group as it is too. Counts of people are taken for known, so that
hiding a mean never rests on hiding its count.

Source: Hundepool et al., Statistical Disclosure Control (2012), chapter 4: primary and secondary cell suppression.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

Atom = TypeVar("Atom", bound=Hashable)
Name = TypeVar("Name", bound=Hashable)

FEWEST_SHOWN: Final = 5
"""A group of fewer people than these is never shown (personal data: small cells)."""

_PRIME: Final = 2**61 - 1
"""Everything is counted modulo this prime, without fractions.

What follows over the rationals follows there as well, unless the prime divides a denominator: of groups that lie one
within the other every denominator is one. A chance agreement (one in 2^61) hides a cell too many, never one too few.
"""


def shown_cells(
    people: Mapping[Atom, int], cells: Sequence[tuple[Name, frozenset[Atom]]], least: int = FEWEST_SHOWN
) -> frozenset[Name]:
    """The cells that may be shown.

    Args:
        people: how many people each atom has; nobody is in two atoms.
        cells: (name, its atoms), the most important first: where one of two must go, the later one does.
        least: people a group must have for its figure to be known.

    Returns:
        The names of the cells that may be shown together. Cells of fewer people, and of none, are not among them.
    """
    numbers = {atom: number for number, atom in enumerate(atom for atom, count in people.items() if count > 0)}
    groups = [(name, frozenset(numbers[atom] for atom in atoms if atom in numbers)) for name, atoms in cells]
    table = _Table([people[atom] for atom in numbers], least)
    return frozenset(table.admitted([(name, group) for name, group in groups if table.people_in(group) >= least]))


class _Table:
    """What is shown so far: equations in reduced form, no two with the same leading atom.

    Args:
        people: of each atom, by its number.
        least: people a group must have for its figure to be known.
    """

    def __init__(self, people: Sequence[int], least: int) -> None:
        self._people, self._least = people, least
        self._rows: dict[int, dict[int, int]] = {}
        self._changes = [_by_chance(atom) for atom in range(len(people))]

    def people_in(self, group: Iterable[int]) -> int:
        """How many people a group of atoms has."""
        return sum(self._people[atom] for atom in group)

    def admitted(self, cells: Sequence[tuple[Name, frozenset[int]]]) -> list[Name]:
        """The cells one after the other, each that is safe beside those before it; from here on they are shown.

        What is safe stays safe when less is shown: trying many at once admits the same cells as one by one.
        """
        before = {lead: dict(row) for lead, row in self._rows.items()}
        for _, group in cells:
            self._show(group)
        if not self._gives_somebody_away():
            return [name for name, _ in cells]
        self._rows = before
        if len(cells) == 1:
            return []
        half = len(cells) // 2
        return self.admitted(cells[:half]) + self.admitted(cells[half:])

    def _show(self, group: frozenset[int]) -> None:
        """One more equation: reduced by those there are, and they by it."""
        row = dict.fromkeys(group, 1)
        for lead in [atom for atom in group if atom in self._rows]:
            _subtract(row, row[lead], self._rows[lead])
        if not row:
            return
        lead = min(row)
        inverse = pow(row[lead], -1, _PRIME)
        row = {atom: factor * inverse % _PRIME for atom, factor in row.items()}
        for other in self._rows.values():
            if lead in other:
                _subtract(other, other[lead], row)
        self._rows[lead] = row

    def _gives_somebody_away(self) -> bool:
        """Whether the figure of some group of too few people follows from what is shown.

        One change by chance, among all that leave every cell as it is, moves each group that does not follow; so the
        groups that follow are those it leaves as they are. They are looked for among the atoms of too few people: the
        parts of a group from either half of the atoms must move it by opposite amounts.
        """
        moved = self._one_change()
        small = [(count, moved[atom]) for atom, count in enumerate(self._people) if count < self._least]
        left, right = (_movements(half, self._least) for half in (small[::2], small[1::2]))
        return (
            0 in left
            or 0 in right
            or any(count + right.get(-moves % _PRIME, self._least) < self._least for moves, count in left.items())
        )

    def _one_change(self) -> list[int]:
        """How much each atom changes: by chance where it is free, else as its equation demands."""
        moved = list(self._changes)
        for lead, row in self._rows.items():
            moved[lead] = -sum(factor * moved[atom] for atom, factor in row.items() if atom != lead) % _PRIME
        return moved


def _by_chance(atom: int) -> int:
    """A number that has nothing to do with any other atom's, the same on every machine."""
    return int.from_bytes(hashlib.sha256(str(atom).encode()).digest(), "big") % _PRIME


def _subtract(row: dict[int, int], factor: int, other: Mapping[int, int]) -> None:
    """Take so many times another equation from one, in place."""
    for atom, part in other.items():
        left = (row.get(atom, 0) - factor * part) % _PRIME
        if left:
            row[atom] = left
        else:
            row.pop(atom, None)


def _movements(atoms: Iterable[tuple[int, int]], least: int) -> dict[int, int]:
    """How far each group of the atoms moves that has fewer than `least` people -> its people, the fewest for each.

    Args:
        atoms: (people, how far it moves).
        least: the first number of people that is too many.
    """
    groups = {0: 0}
    reached: dict[int, int] = {}
    for people, moves in atoms:
        for before, count in list(groups.items()) + list(reached.items()):
            if count + people < least:
                far = (before + moves) % _PRIME
                reached[far] = min(count + people, reached.get(far, least))
    return reached

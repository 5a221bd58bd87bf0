"""Nothing about fewer than five people follows from the cells shown, solved as a system of linear equations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.insight.suppression import FEWEST_SHOWN, shown_cells

Atom = tuple[str, str, str]
"""Peer group, department, kind of staff."""
Cells = list[tuple[str, frozenset[Atom]]]
KINDS = ("ordinary", "analyst")


def table(people: Mapping[Atom, int]) -> Cells:
    """Every margin of a body: itself, its groups and departments, each also by kind of staff."""
    cells: Cells = []
    for depth in range(3):
        for place in sorted({atom[:depth] for atom in people}):
            inside = frozenset(atom for atom in people if atom[:depth] == place)
            name = "/".join(("body", *place))
            cells.append((name, inside))
            cells += [(f"{name}:{kind}", frozenset(a for a in inside if a[2] == kind)) for kind in KINDS]
    return cells


class Known:
    """What follows from some sums: exact elimination over the rationals, done once."""

    def __init__(self, shown: Sequence[frozenset[Atom]], atoms: Sequence[Atom]) -> None:
        self._atoms = atoms
        self._pivots: list[tuple[int, list[Fraction]]] = []
        for cell in shown:
            row = self._rest(cell)
            column = next((at for at, value in enumerate(row) if value), None)
            if column is not None:
                self._pivots.append((column, row))

    def gives(self, wanted: frozenset[Atom]) -> bool:
        """Whether the sum over some atoms follows."""
        return not any(self._rest(wanted))

    def _rest(self, group: frozenset[Atom]) -> list[Fraction]:
        row = [Fraction(int(atom in group)) for atom in self._atoms]
        for column, pivot in self._pivots:
            factor = row[column] / pivot[column]
            if factor:
                row = [value - factor * other for value, other in zip(row, pivot, strict=True)]
        return row


def small_groups(people: Mapping[Atom, int]) -> Iterator[frozenset[Atom]]:
    """Every group of atoms with one to four people."""
    small = [atom for atom, count in people.items() if 0 < count < FEWEST_SHOWN]
    for size in range(1, FEWEST_SHOWN):
        for group in combinations(small, size):
            if sum(people[atom] for atom in group) < FEWEST_SHOWN:
                yield frozenset(group)


def check(people: Mapping[Atom, int]) -> frozenset[str]:
    """What is shown, after every small group was looked for in what follows from it."""
    cells = table(people)
    names = shown_cells(people, cells)
    atoms = [atom for atom, count in people.items() if count > 0]
    shown = [cell for name, cell in cells if name in names]
    known = Known(shown, atoms)
    for group in small_groups(people):
        assert not known.gives(group), sorted(group)
    return names


counts = st.one_of(st.integers(0, 6), st.sampled_from([1, 2, 4, 5, 12, 40]))
bodies = st.lists(
    st.lists(st.tuples(counts, st.sampled_from([0, 0, 1, 1, 2, 3, 5, 9])), min_size=1, max_size=4),
    min_size=1,
    max_size=3,
).map(
    lambda groups: {
        (f"g{g}", f"d{g}{d}", kind): count
        for g, departments in enumerate(groups)
        for d, pair in enumerate(departments)
        for kind, count in zip(KINDS, pair, strict=True)
    }
)


@given(bodies)
@settings(max_examples=60)
def test_no_group_of_fewer_than_five_people_follows_from_what_is_shown(people: dict[Atom, int]) -> None:
    check(people)


@given(bodies)
@settings(max_examples=40)
def test_every_hidden_cell_with_enough_people_would_give_somebody_away(people: dict[Atom, int]) -> None:
    """Nothing is hidden without need: shown beside the cells before it, it tells about fewer than five people."""
    cells = table(people)
    names = shown_cells(people, cells)
    atoms = [atom for atom, count in people.items() if count > 0]
    before: list[frozenset[Atom]] = []
    for name, cell in cells:
        if name in names:
            before.append(cell)
        elif sum(people[atom] for atom in cell) >= FEWEST_SHOWN:
            known = Known([*before, cell], atoms)
            assert any(known.gives(group) for group in small_groups(people)), name


@given(bodies)
@settings(max_examples=40)
def test_a_hidden_count_is_not_the_only_one_that_fits(people: dict[Atom, int]) -> None:
    """Counts are hidden like sums: other counts, none of them below zero, give the same cells."""
    cells = table(people)
    names = shown_cells(people, cells)
    atoms = [atom for atom, count in people.items() if count > 0]
    known = Known([cell for name, cell in cells if name in names], atoms)
    for name, cell in cells:
        count = sum(people[atom] for atom in cell)
        if name not in names and 0 < count < FEWEST_SHOWN:
            # Every atom has somebody, so a step small enough in a direction that moves the cell stays above zero.
            assert not known.gives(cell & set(atoms)), name


def one_group(*departments: tuple[int, int]) -> dict[Atom, int]:
    return {
        ("g", f"d{number}", kind): count
        for number, pair in enumerate(departments)
        for kind, count in zip(KINDS, pair, strict=True)
    }


CASES = [
    pytest.param(one_group((9, 0), (3, 0), (6, 0)), {"body/g/d0"}, id="one small department takes the next with it"),
    pytest.param(one_group((9, 0), (2, 0), (2, 0)), set(), id="two small ones with four people take the third"),
    pytest.param(one_group((9, 0), (2, 0), (3, 0)), {"body/g/d0"}, id="two small ones with five people do not"),
    pytest.param(one_group((9, 0), (7, 0)), {"body/g/d0", "body/g/d1"}, id="without small cells all is shown"),
    pytest.param(one_group((9, 0), (5, 0), (4, 0)), {"body/g/d0"}, id="four people are too few, five are enough"),
    pytest.param(one_group((9, 0), (0, 0), (7, 0)), {"body/g/d0", "body/g/d2"}, id="a department nobody answered from"),
    pytest.param(one_group((9, 3), (9, 0)), {"body/g/d0", "body/g/d1"}, id="a few analysts hide their kind, not all"),
]


@pytest.mark.parametrize(("people", "departments"), CASES)
def test_departments_that_are_shown(people: dict[Atom, int], departments: set[str]) -> None:
    names = check(people)
    assert {name for name in names if name.count("/") == 2 and ":" not in name} == departments
    assert "body" in names


def test_a_body_of_fewer_than_five_people_shows_nothing() -> None:
    assert check(one_group((2, 1), (1, 0))) == frozenset()


def test_where_all_analysts_are_in_one_department_the_two_tables_do_not_give_it_away() -> None:
    """Department less analysts of the group would be two ordinary people."""
    names = check(one_group((2, 6), (30, 0)))
    assert not {"body/g/d0", "body:analyst"} <= names


def test_the_more_important_cell_stays() -> None:
    people = one_group((6, 0), (3, 0), (8, 0))
    cells = table(people)
    first = [cell for cell in cells if cell[0] == "body/g/d0"]
    assert "body/g/d2" in shown_cells(people, [*cells[:6], *reversed(cells[6:])])
    assert "body/g/d0" in shown_cells(people, [*first, *cells])


def test_a_hundred_departments_are_decided_in_a_moment() -> None:
    people = {
        (f"g{d % 5}", f"d{d}", kind): count
        for d in range(100)
        for kind, count in zip(KINDS, (d % 23, d % 3), strict=True)
    }
    cells = [cell for cell in table(people) if cell[0].count("/") < 2 or ":" not in cell[0]]
    names = shown_cells(people, cells)
    assert sum(name.count("/") == 2 for name in names) > 60

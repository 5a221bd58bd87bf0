"""A distribution shows where values lie and gives none of them away."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.insight.spread import coarse

VALUES = st.lists(
    st.decimals(min_value=0, max_value=100, places=4, allow_nan=False, allow_infinity=False), min_size=1, max_size=40
)


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([], []),
        (["77.7131"], ["78"]),
        (["77.7131", "77.7131"], ["78", "78"]),
        (["0", "3", "12"], ["0", "3", "12"]),
        (["12.4", "77.7131", "98.2"], ["10", "80", "100"]),
        (["0.112", "0.87"], ["0.1", "0.85"]),
        (["150", "83912"], ["0", "85000"]),
    ],
)
def test_values_stand_at_round_marks(values: list[str], marks: list[str]) -> None:
    assert coarse(map(Decimal, values)) == [Decimal(mark) for mark in marks]


@given(VALUES)
def test_every_value_has_one_mark_near_it_and_there_are_few_marks(values: list[Decimal]) -> None:
    marks = coarse(values)
    assert len(marks) == len(values)
    assert marks == sorted(marks)
    assert len(set(marks)) <= 22
    span = max(values) - min(values)
    for value, mark in zip(sorted(values), marks, strict=True):
        assert abs(value - mark) <= max(span / 8, Decimal("0.5"))


@given(VALUES)
def test_the_order_of_the_values_changes_nothing(values: list[Decimal]) -> None:
    assert coarse(values) == coarse(reversed(values))

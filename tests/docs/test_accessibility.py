"""Every testable point of KWCAG 2.2 is in the table, with tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ROWS = [
    line.strip("|\n ").split(" | ")
    for line in (PROJECT / "docs" / "accessibility.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]
GUIDELINES = {
    "1.1": 1,
    "1.2": 1,
    "1.3": 3,
    "1.4": 4,
    "2.1": 4,
    "2.2": 2,
    "2.3": 1,
    "2.4": 4,
    "2.5": 4,
    "3.1": 1,
    "3.2": 2,
    "3.3": 4,
    "4.1": 1,
    "4.2": 1,
}
"""Guideline -> how many points it has, 33 in all."""


def test_every_point_is_in_the_table_once_and_in_order() -> None:
    points = [f"{guideline}.{at}" for guideline, many in GUIDELINES.items() for at in range(1, many + 1)]
    assert len(points) == 33
    assert [row[0].split()[0] for row in ROWS] == points
    assert all(len(row) == 3 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].split()[0])
def test_the_tests_of_a_point_exist(row: list[str]) -> None:
    named = re.findall("`([^`]+)`", row[2])
    assert named
    for one in named:
        path, _, test = one.partition("::")
        assert not test or f"def {test}(" in (PROJECT / path).read_text(encoding="utf-8"), one
        assert (PROJECT / path).is_file()

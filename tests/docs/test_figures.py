"""Every published figure names what reproduces it and the test that holds it, and both are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ROWS = [
    line.split(" | ")
    for line in (PROJECT / "docs" / "figures.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| 기관 · body")
]
NAMED = re.compile("`([^`]+)`")


def named_tests(row: list[str]) -> list[str]:
    return NAMED.findall(row[3])


def test_the_table_has_rows_of_four_cells() -> None:
    assert len(ROWS) > 20
    assert all(len(row) == 4 for row in ROWS)
    assert len({tuple(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:40])
def test_the_test_of_a_figure_exists(row: list[str]) -> None:
    folder = ""
    assert named_tests(row)
    for named in named_tests(row):
        path, _, test = named.partition("::")
        # A file beside the one before it may be named without its folder.
        folder, path = (str(Path(path).parent), path) if "/" in path else (folder, f"{folder}/{path}")
        content = (PROJECT / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in content


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:40])
def test_what_reproduces_a_figure_exists(row: list[str]) -> None:
    for named in NAMED.findall(row[2]):
        places = [PROJECT / named, PROJECT / "data" / "demo" / named, PROJECT / "data" / "rulebooks" / named]
        found = list(PROJECT.glob(named)) if "*" in named else [place for place in places if place.exists()]
        assert found, named

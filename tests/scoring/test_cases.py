"""Worked examples that an auditor can read, in tests/cases, run through the real rulebooks."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.scoring.rulebook import parse_rulebook
from etl.scoring.score import score
from tests.scoring.build import inputs, leaves

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.toml"))


def test_there_are_worked_examples() -> None:
    assert CASES


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_example_comes_out_as_written(path: Path, project: Path) -> None:
    case: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    rulebook = parse_rulebook((project / case["rulebook"]).read_bytes(), case["rulebook"], None)
    name = case["indicator"]
    group = rulebook.peer_groups[0].id
    given = inputs(
        {unit["id"]: unit["figures"] for unit in case["units"]},
        groups={unit["id"]: group for unit in case["units"]},
        not_applicable={(unit["id"], name) for unit in case["units"] if unit.get("not_applicable")},
    )
    rows = leaves(score(rulebook, given), name)
    for unit in case["units"]:
        expected = {"value": None, "points": None, "target": rows[unit["id"]].target, **unit["expected"]}
        got = {key: getattr(rows[unit["id"]], key) for key in expected}
        assert got == expected, unit["why"]

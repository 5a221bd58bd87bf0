"""Worked examples that an auditor can read, in tests/cases, run through the real rulebooks.

A file names a rulebook and, most often, one of its indicators; each of its units has figures and what is expected of
the indicator. Without an indicator, what is expected is the unit's score: base, bonus, penalty, score, coverage, grade.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.scoring.inputs import Entry, Inputs
from etl.scoring.rulebook import Rulebook, parse_rulebook
from etl.scoring.score import Scored, score
from tests.scoring.build import inputs, leaves, ranks, scores

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.toml"))
Case = dict[str, Any]


def test_there_are_worked_examples() -> None:
    assert CASES


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_example_comes_out_as_written(path: Path, project: Path) -> None:
    case: Case = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    rulebook = parse_rulebook((project / case["rulebook"]).read_bytes(), case["rulebook"], None)
    scored = score(rulebook, given(case, rulebook))
    for unit in case["units"]:
        row = found(case, scored, unit["id"])
        expected = {**defaults(case, row), **unit["expected"]}
        assert {key: row[key] for key in expected} == expected, unit["why"]


def given(case: Case, rulebook: Rulebook) -> Inputs:
    """The figures, requests and ledger entries of a case."""
    group = rulebook.peer_groups[0].id if rulebook.peer_groups else ""
    return inputs(
        {unit["id"]: unit["figures"] for unit in case["units"]},
        groups={unit["id"]: group for unit in case["units"]},
        not_applicable={(unit["id"], case["indicator"]) for unit in case["units"] if unit.get("not_applicable")},
        entries=[
            Entry(f"{unit['id']}-{number}", unit["id"], entry["kind"], entry["rule"], Decimal(entry.get("points", 0)))
            for unit in case["units"]
            for number, entry in enumerate(unit.get("entries", ()))
        ],
    )


def found(case: Case, scored: Scored, unit_id: str) -> Case:
    """What came out for one unit: its row of the indicator, or of its score with its grade."""
    if "indicator" in case:
        return dict(leaves(scored, case["indicator"])[unit_id])
    placed = ranks(scored).get(unit_id)
    return {**dict(scores(scored)[unit_id]), "grade": placed.grade if placed else None}


def defaults(case: Case, row: Case) -> Case:
    """What a case about an indicator need not say: no value, no points, whatever target."""
    return {"value": None, "points": None, "target": row["target"]} if "indicator" in case else {}

"""Evaluations for the page of the steps, in the child process: the year's draft, and what a change of rules does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dashboard.desk.jobs import WORK
from etl.evaluate import evaluate
from etl.insight.reading import open_release
from etl.insight.two_releases import as_text, what_differs

RULEBOOK: Final = "rulebook.toml"
"""What faults call the rules."""


def evaluate_year(request: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Evaluate the folder of records under a rulebook into the folder of releases.

    Args:
        request: `records` and `releases`, folders; `rulebook`, its text.
        folder: of the job.

    Returns:
        The release's name, and how many rows count nowhere: rejected and held.
    """
    outcome = evaluate(Path(request["records"]), _rulebook(folder, request["rulebook"]), Path(request["releases"]))
    return {"release": outcome.release.name, "rejected": outcome.rejected_rows, "held": outcome.held_rows}


def compare_rules(request: Mapping[str, Any], folder: Path) -> str:
    """What other rules change for whom: the same records evaluated under both, department by department.

    Args:
        request: `records`, a folder; `before` and `after`, the texts of two rulebooks.
        folder: of the job; both releases stay in it and go with it.

    Returns:
        The differences as `etl.insight.two_releases.as_text` writes them.
    """
    before, after = (
        evaluate(Path(request["records"]), _rulebook(folder, request[which]), folder / WORK / which).release
        for which in ("before", "after")
    )
    return as_text(what_differs(open_release(before), open_release(after)))


def _rulebook(folder: Path, text: str) -> Path:
    path = folder / RULEBOOK
    path.write_bytes(text.encode("utf-8"))
    return path

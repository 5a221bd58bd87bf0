"""A release of one department and one indicator, for what does not care what was evaluated."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from etl.given import score_table

RULES: Final = """[evaluation]
id = "x"
title = "X"
year = 2021
[score]
aggregation = "arithmetic"
[[indicators]]
id = "m"
name = "M"
numerator = "m"
weight = 1
points = { method = "raw" }
"""


def scored(folder: Path, value: str = "1") -> Path:
    """A release in `folder/releases`, another one for another value."""
    folder.mkdir(parents=True)
    (folder / "m.csv").write_text(f"unit_id,metric,value\nA,m,{value}\n")
    (folder / "r.toml").write_text(RULES)
    return score_table(folder / "m.csv", folder / "r.toml", folder / "releases").release

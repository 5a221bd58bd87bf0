"""A small release in which ten departments are ranked, and an indicator is applicable to few of them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from etl.given import score_table
from etl.insight.reading import Reading, open_release

TWO: Final = {"U0": 10, "U1": 17}
SIX: Final = {**TWO, "U2": 18, "U3": 19, "U4": 20, "U5": 21}


def few_earners(folder: Path, few: Mapping[str, int] = TWO) -> Reading:
    """The release: everybody has a value of `all`, and only some one of `few`, of which least is earned.

    Args:
        folder: an empty one.
        few: department -> its value of that indicator; it is not applicable to the others.
    """
    with (folder / "metrics.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("unit_id", "metric", "value", "state"))
        for number in range(10):
            unit_id = f"U{number}"
            writer.writerow((unit_id, "all", 98 - number, "measured"))
            known = few.get(unit_id)
            writer.writerow((unit_id, "few", known, "not_applicable" if known is None else "measured"))
    rules = '[evaluation]\nid = "few"\ntitle = "소수 평가"\nyear = 2021\n'
    rules += '[score]\naggregation = "sum_of_points"\ntotal = 100\n'
    for name, weight, target in (("all", 60, 100), ("few", 40, 40)):
        rules += f'[[indicators]]\nid = "{name}"\nname = "{name} 지표"\nnumerator = "{name}"\nweight = {weight}\n'
        rules += f'points = {{ method = "attainment", target = {target} }}\n'
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return open_release(score_table(folder / "metrics.csv", folder / "rules.toml", folder / "releases").release)

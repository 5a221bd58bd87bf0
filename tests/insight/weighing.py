"""Small releases whose scores are no sums of points: the weights of their indicators only weigh."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.given import score_table
from etl.insight.reading import Reading, open_release


def weighed(
    folder: Path, figures: Mapping[str, Sequence[object]], methods: Mapping[str, str], aggregation: str = "arithmetic"
) -> Reading:
    """The release of a table of figures.

    Args:
        folder: an empty one.
        figures: department -> its figures, in the order of the indicators.
        methods: indicator -> what the rulebook says of its points, and whatever else it says of it.
        aggregation: of the score.
    """
    with (folder / "metrics.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [(unit, name, value) for unit, own in figures.items() for name, value in zip(methods, own, strict=True)]
        csv.writer(stream).writerows([("unit_id", "metric", "value"), *rows])
    rules = f'[evaluation]\nid = "weighed"\ntitle = "가중 평가"\nyear = 2021\n[score]\naggregation = "{aggregation}"\n'
    rules += 'weights = "as_given"\n'
    for name, said in methods.items():
        rules += f'[[indicators]]\nid = "{name}"\nname = "{name} 지표"\nnumerator = "{name}"\nweight = 0.2\n{said}\n'
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return open_release(score_table(folder / "metrics.csv", folder / "rules.toml", folder / "releases").release)


RAW = 'points = { method = "raw" }'
RAW_OF_100 = 'points = { method = "raw" }\nfull = 100'
PLACED = 'points = { method = "min_max" }'


def mixed(folder: Path) -> Reading:
    """Three departments: points without an upper end, points of a hundred, points of one."""
    figures = {"가": (91, 40, 2), "나": (13, 100, 5), "다": (0, 60, 8)}
    return weighed(folder, figures, {"open": RAW, "stated": RAW_OF_100, "placed": PLACED})

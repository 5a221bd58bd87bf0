"""Small releases of scored tables: any names, any way to aggregate, any rounding."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from etl.exports.carried import Taken
from etl.given import score_table
from etl.insight.reading import Reading, open_release

TAKEN: Final = Taken("홍 '길동'", datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "=심의 자료")

HOSTILE: Final = (
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2-3",
    "@SUM(A1:A9)",
    "＝1+1",
    'O\'Brien "quoted" / 슬래시\\',
    "가" * 100,
    "地方自治團體 데이터課",
    "👩‍👩‍👧 데이터과",
    "007",
    "1e5",
    "TRUE",
    "#N/A",
    "<b>&amp;</b>",
)

AGGREGATIONS: Final = (
    "sum_of_points",
    "weighted_sum",
    "arithmetic",
    "geometric",
    "harmonic",
    "product",
    "minimum",
    "maximum",
)
ROUNDINGS: Final = ("half_up", "half_even", "floor", "ceiling", "none")


def scored(
    folder: Path,
    units: Mapping[str, str],
    aggregation: str = "sum_of_points",
    mode: str = "half_up",
    name: str = "첫째",
    said: str = "",
) -> Reading:
    """The release of a table with three metrics, one of them missing for every seventh department.

    `said` are further lines of the evaluation's own table.
    The root adds up one area and an indicator of its own; the area aggregates two indicators as said.
    """
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("unit_id", "name"))
        writer.writerows(units.items())
    with (folder / "metrics.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("unit_id", "metric", "value"))
        for number, unit_id in enumerate(units):
            writer.writerow((unit_id, "first", number * 7 % 23))
            writer.writerow((unit_id, "second", "" if number % 7 == 6 else number * 5 % 31 + 1))
            writer.writerow((unit_id, "third", f"{number * 3 % 41}.{number % 10}5"))
    (folder / "rules.toml").write_text(rules(aggregation, mode, name, said), encoding="utf-8")
    done = score_table(folder / "metrics.csv", folder / "rules.toml", folder / "releases", folder / "units.csv")
    return open_release(done.release)


def rules(aggregation: str, mode: str, name: str, said: str = "") -> str:
    """The rulebook of `scored`."""
    weights = (3, 7) if aggregation == "sum_of_points" else ("0.3", "0.7")
    root = '[score]\naggregation = "sum_of_points"\ntotal = 20\nmissing = "reweight"\nfloor = 0\ncap = 19\n'
    if mode != "none":
        root += f'rounding = {{ places = 2, mode = "{mode}" }}\n'
    area = f'[[areas]]\nid = "area"\nname = "영역"\naggregation = "{aggregation}"\nweight = 10\n'
    area += "" if aggregation == "sum_of_points" else "cap = 1\n"
    parts = [
        indicator("first", name, weights[0], "area"),
        indicator("second", "둘째", weights[1], "area"),
        indicator("third", "셋째", 10, None),
    ]
    head = '[evaluation]\nid = "given"\ntitle = "수치표 평가"\nyear = 2021\n' + said
    return "\n".join([head, root, area, *parts])


def indicator(metric: str, name: str, weight: object, area: str | None) -> str:
    """One indicator against a target that no value reaches in round figures."""
    below = f'area = "{area}"\n' if area else ""
    return (
        f"[[indicators]]\nid = \"{metric}\"\nname = '''{name}'''\nnumerator = \"{metric}\"\nweight = {weight}\n{below}"
        'points = { method = "attainment", target = 37 }\n'
    )

"""Small releases in which one department cannot be mistaken for another, and everything a page sends out."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from etl.given import score_table
from tests.golden.evaluation import RECORDS, evaluate_golden

CODE, NAME, SCORE = "CANARY-7", "가나리아7부서", "77.7131"
"""Of the department nobody may confuse with another."""
CODE_BESIDE, NAME_BESIDE, SCORE_BESIDE = "CANARY-8", "다다리아8부서", "88.0193"
"""Of another one, whose code stands in no address: a page repeats what its address says."""
TITLE: Final = "가나리아기록"
"""What its records are called."""
TITLES: Final = {
    "datasets": ("정류장 목록", "버스 이용량"),
    "awards": ("데이터 활용 우수상",),
    "initiatives": ("공공와이파이",),
}
"""Titles of its own records, by kind, that become that."""
READER: Final = "U03"
"""The department of the member who reads."""

RULEBOOK: Final = """
[evaluation]
id = "canaries"
title = { ko = "카나리아 평가 (합성 예시)", en = "Canaries (synthetic example)" }
year = 2021
example = true

[[peer_groups]]
id = "line"
name = { ko = "사업", en = "Line" }

[score]
aggregation = "sum_of_points"
total = 100
rounding = { places = 4, mode = "half_up" }
missing = "zero"

[[indicators]]
id = "analyses_completed"
name = { ko = "분석", en = "Analyses" }
numerator = "analyses_completed"
unit = "건"
weight = 100
points = { method = "goalposts", worst = 0, best = 100 }
source = { document = "시험" }
"""
UNITS: Final = (
    (READER, "민원과", "41.5"), (CODE, NAME, SCORE), ("U11", "나무과", "12.25"), ("U12", "바다과", "33.5"),
    ("U13", "하늘과", "55.125"), ("U14", "구름과", "61.75"), ("U15", "바람과", "91.5"),
    (CODE_BESIDE, NAME_BESIDE, SCORE_BESIDE),
)  # fmt: skip


def scored(folder: Path, tables: Path) -> Path:
    """A release of eight departments of one peer group, one value each, that is its score."""
    (tables / "rulebook.toml").write_text(RULEBOOK, encoding="utf-8")
    _write(
        tables / "units.csv", [("unit_id", "name", "peer_group"), *((unit, name, "line") for unit, name, _ in UNITS)]
    )
    rows = [(unit, "analyses_completed", value) for unit, _, value in UNITS]
    _write(tables / "metrics.csv", [("unit_id", "metric", "value"), *rows])
    return score_table(tables / "metrics.csv", tables / "rulebook.toml", folder, tables / "units.csv").release


def recorded(folder: Path, tables: Path) -> Path:
    """A release with records of every kind, those of one department unmistakable."""
    records = Path(shutil.copytree(RECORDS, tables / "records"))
    for path in records.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("데이터과", NAME).replace("U02", CODE)
        text = text.replace("도시계획과", NAME_BESIDE).replace("U08", CODE_BESIDE)
        for title in TITLES.get(path.stem, ()):
            text = text.replace(title, TITLE)
        path.write_text(text, encoding="utf-8")
    return evaluate_golden(folder, records).release


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def sent(app: AppTest) -> bytes:
    """Every byte of every element a page sent: texts, figures, options, links."""
    return b"\n".join(_protos(app.main)) + b"\n".join(_protos(app.sidebar))


def _protos(node: Block | Element) -> Iterator[bytes]:
    if node.proto is not None:
        yield node.proto.SerializeToString()
    if isinstance(node, Block):
        for child in node.children.values():
            yield from _protos(child)

"""The indicator that lost most points is one, whoever asks: on the overview, in print and in a Hangul document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard.access import Scope
from dashboard.frames.overview_says import overview_sayings
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.exports.carried import carry
from etl.exports.hangul.report import _summary
from etl.exports.hangul.told import Told as Hangul
from etl.exports.pdf.report_summary import summary
from etl.exports.pdf.told import Told
from etl.given import score_table
from etl.insight.losses import earned_least, earned_most, losses
from etl.insight.reading import Reading, open_release

RULES = """
[evaluation]
id = "lost"
title = "lost"
year = 2021

[score]
aggregation = "sum_of_points"
total = 20
missing = "zero"
"""
WEIGHTS = {"a": ("가지표", 3), "b": ("나지표", 7), "c": ("다지표", 7), "d": ("라지표", 3)}


def scored(folder: Path, values: Mapping[str, Mapping[str, int]], rules: str = RULES) -> Reading:
    for name, (korean, weight) in WEIGHTS.items():
        rules += f'\n[[indicators]]\nid = "{name}"\nname = "{korean}"\nnumerator = "{name}"\nweight = {weight}\n'
        rules += 'points = { method = "attainment", target = 10 }\n'
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    rows = "".join(f"{unit},{name},{own[name]}\n" for unit, own in values.items() for name in WEIGHTS)
    (folder / "metrics.csv").write_text(f"unit_id,metric,value\n{rows}", encoding="utf-8")
    return open_release(score_table(folder / "metrics.csv", folder / "rules.toml", folder / "out").release)


@pytest.fixture
def nothing_earned(tmp_path: Path) -> Reading:
    """Three indicators at 0 %, of which the second and the third cost most."""
    return scored(tmp_path, {unit: {"a": 0, "b": 0, "c": 0, "d": 5} for unit in ("U1", "U2")})


def test_of_several_at_nothing_the_one_that_cost_most_is_named_and_then_the_first(nothing_earned: Reading) -> None:
    least, most = earned_least(nothing_earned), earned_most(nothing_earned)
    assert least is not None
    assert most is not None
    assert (least.indicator.id, least.earned_pct, least.missed) == ("b", 0, 14)
    assert (most.indicator.id, most.earned_pct) == ("d", 50)


def test_screen_print_and_hangul_document_name_the_same(nothing_earned: Reading) -> None:
    source, carried = Source(nothing_earned, (), Scope.everything(), Words("ko")), carry(nothing_earned, None)
    said = [
        overview_sayings(source)[-1].answer,
        " ".join(summary(Told(carried, "ko"))["sentences"]),
        " ".join(_summary(Hangul(carried, "ko"))),
    ]
    assert all("나지표" in one and "가지표" not in one and "다지표" not in one for one in said)


def test_a_unit_lost_most_where_most_points_are_missing(tmp_path: Path) -> None:
    reading = scored(tmp_path, {"U1": {"a": 0, "b": 5, "c": 10, "d": 4}, "U2": {"a": 10, "b": 10, "c": 10, "d": 10}})
    lost = [(one.part.node, str(one.points)) for one in losses(reading, "U1")]
    assert [node for node, _ in lost] == ["b", "a", "d"]
    assert losses(reading, "U2") == []


def test_nothing_is_lost_where_the_lowest_score_is_the_best(tmp_path: Path) -> None:
    rules = RULES + '\n[ranking]\nbest = "lowest"\n'
    reading = scored(tmp_path, {unit: {"a": 0, "b": 0, "c": 0, "d": 5} for unit in ("U1", "U2")}, rules)
    assert losses(reading, "U1") == []
    assert earned_least(reading) is None

"""Where nobody has a score, pages say that, and not that too few would be told of or that nobody was found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.access import Scope
from dashboard.frames.compare import proposed_units
from dashboard.frames.department import parts_sentences
from dashboard.frames.ranking import ranking_sentences
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.given import score_table
from etl.insight.reading import open_release

OUTRANKED = """
[evaluation]
id = "outranked"
title = "outranked"
year = 2021

[score]
aggregation = "outranking"
missing = "mean"
weights = "as_given"

[[indicators]]
id = "a"
name = "가지표"
numerator = "a"
weight = 1
points = { method = "raw" }
"""


@pytest.fixture(scope="module")
def unscored(tmp_path_factory: pytest.TempPathFactory) -> Source:
    folder = tmp_path_factory.mktemp("outranked")
    (folder / "rules.toml").write_text(OUTRANKED, encoding="utf-8")
    rows = "".join(f"U{at},a,{at}\n" for at in range(6))
    (folder / "metrics.csv").write_text(f"unit_id,metric,value\n{rows}", encoding="utf-8")
    release = score_table(folder / "metrics.csv", folder / "rules.toml", folder / "out").release
    return Source(open_release(release), (), Scope.everything(), Words("ko"))


def test_ranks_without_scores_have_no_median_and_that_is_the_reason_told(unscored: Source) -> None:
    assert len(unscored.reading.ranks) == 6
    assert ranking_sentences(unscored, None)[0].endswith("점수를 내지 않는 규칙이라 점수의 중앙값이 없습니다.")
    assert "점수가 있는 부서가 없어 중앙값이 없습니다" in parts_sentences(unscored, "U1")[0]
    assert not unscored.keeps_median(None)


def test_departments_are_set_side_by_side_though_nobody_is_ranked(unscored: Source) -> None:
    nobody = replace(unscored, reading=replace(unscored.reading, ranks={}))
    assert proposed_units(nobody, None) == tuple(unscored.units)[:3]

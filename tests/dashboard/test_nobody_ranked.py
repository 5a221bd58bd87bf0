"""Where nobody has a score, pages say that, and not that too few would be told of or that nobody was found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dashboard.access import Scope
from dashboard.frames.compare import proposed_units
from dashboard.frames.department import parts_sentences
from dashboard.frames.overview_says import _what_moved
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


UNMEASURED = """
[evaluation]
id = "unmeasured"
title = "unmeasured"
year = 2021

[score]
aggregation = "sum_of_points"
total = 10
missing = "not_ranked"

[[indicators]]
id = "a"
name = "가지표"
numerator = "a"
weight = 10
points = { method = "attainment", target = 4 }
"""


def scored(folder: Path, rulebook: str, values: Mapping[str, str]) -> Source:
    (folder / "rules.toml").write_text(rulebook, encoding="utf-8")
    rows = "".join(f"{unit},a,{value}\n" for unit, value in values.items())
    (folder / "metrics.csv").write_text(f"unit_id,metric,value,state\n{rows}", encoding="utf-8")
    release = score_table(folder / "metrics.csv", folder / "rules.toml", folder / "out").release
    return Source(open_release(release), (), Scope.everything(), Words("ko"))


def test_ranks_without_scores_have_no_median_and_that_is_the_reason_told(tmp_path: Path) -> None:
    source = scored(tmp_path, OUTRANKED, {f"U{at}": f"{at},measured" for at in range(6)})
    assert len(source.reading.ranks) == 6
    assert ranking_sentences(source, None)[0].endswith("점수가 없어 중앙값도 없습니다.")
    assert "점수가 있는 부서가 없어 중앙값이 없습니다" in parts_sentences(source, "U1")[0]
    assert not source.keeps_median(None)


def test_departments_are_set_side_by_side_though_nobody_is_ranked(tmp_path: Path) -> None:
    source = scored(tmp_path, UNMEASURED, {f"U{at}": ",missing" for at in range(4)})
    assert not source.reading.ranks
    assert proposed_units(source, None) == ("U0", "U1", "U2")


def test_years_without_scores_have_no_movers_and_nothing_counted_as_none(tmp_path: Path) -> None:
    readings = []
    for year in (2020, 2021):
        (tmp_path / f"{year}").mkdir()
        rules = UNMEASURED.replace("2021", f"{year}")
        readings.append(scored(tmp_path / f"{year}", rules, {f"U{at}": ",missing" for at in range(4)}).reading)
    source = Source(readings[1], (readings[0],), Scope.everything(), Words("ko"))
    assert list(_what_moved(source)) == ["두 해 모두 점수가 있는 부서 가운데 움직인 부서가 없습니다."]

"""A department's earlier years are told as the rules of those years had them."""

from __future__ import annotations

from pathlib import Path

from dashboard.access import Scope
from dashboard.frames.source import Source
from dashboard.frames.unit_ahead import year_rows
from dashboard.words import Words
from etl.given import score_table
from etl.insight.reading import Reading, open_release

RULES = """
[evaluation]
id = "small-{year}"
title = "small"
year = {year}
{groups}
[score]
aggregation = "sum_of_points"
total = 10
missing = "zero"
rounding = {{ places = {places}, mode = "half_up" }}

[[indicators]]
id = "a"
name = "가지표"
numerator = "a"
weight = 10
points = {{ method = "attainment", target = 4 }}
{grades}
"""
GROUPS = '[[peer_groups]]\nid = "support"\nname = "지원부서"\n'
GRADES = (
    '[grades]\nmethod = "cutoff"\ngrades = [{ id = "S", name = "탁월", from = 5 }, { id = "B", name = "보통", to = 5 }]'
)


def released(folder: Path, year: int, **said: object) -> Reading:
    folder.mkdir()
    rules = RULES.format(year=year, **said)
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    (folder / "units.csv").write_text(
        "unit_id,name,peer_group\nU1,가람과,support\nU2,나루과,support\n", encoding="utf-8"
    )
    (folder / "metrics.csv").write_text("unit_id,metric,value\nU1,a,3\nU2,a,1\n", encoding="utf-8")
    metrics, rulebook, units = (folder / name for name in ("metrics.csv", "rules.toml", "units.csv"))
    return open_release(score_table(metrics, rulebook, folder / "out", units).release)


def test_groups_and_grades_of_earlier_years_are_called_as_they_were(tmp_path: Path) -> None:
    before = released(tmp_path / "2020", 2020, groups=GROUPS, grades=GRADES, places=1)
    now = released(tmp_path / "2021", 2021, groups="", grades="", places=3)
    later, earlier = year_rows(Source(now, (before,), Scope.everything(), Words("ko")), "U1")
    assert (earlier.score, earlier.place, earlier.grade) == ("7.5", "지원부서 2개 부서 가운데 1위", "S (탁월)")
    assert (later.score, later.place, later.grade) == ("7.500", "전체 2개 부서 가운데 1위", "–")

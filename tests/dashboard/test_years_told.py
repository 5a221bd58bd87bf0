"""A department's earlier years are told as the rules of those years had them."""

from __future__ import annotations

from pathlib import Path

from dashboard.access import Scope
from dashboard.frames.compare import bump_frame, bump_table, years_frame
from dashboard.frames.source import Source
from dashboard.frames.unit_ahead import year_rows
from dashboard.words import Words
from etl.exports.carried import carry
from etl.exports.pdf.scorecards import card_text
from etl.exports.pdf.told import Told
from etl.given import score_table
from etl.insight.reading import Reading, open_release
from etl.release.folder import publish

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


def released(folder: Path, year: int, last: int = 1, **said: object) -> Reading:
    """A release of three departments, whose last has so much."""
    folder.mkdir()
    rules = RULES.format(year=year, **said)
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    (folder / "units.csv").write_text(
        "unit_id,name,peer_group\nU1,가람과,support\nU2,나루과,support\nU3,다솜과,support\n", encoding="utf-8"
    )
    values = f"unit_id,metric,value\nU1,a,3\nU2,a,1\nU3,a,{last}\n"
    (folder / "metrics.csv").write_text(values, encoding="utf-8")
    metrics, rulebook, units = (folder / name for name in ("metrics.csv", "rules.toml", "units.csv"))
    return open_release(score_table(metrics, rulebook, folder.parent / "releases", units).release)


def test_groups_and_grades_of_earlier_years_are_called_as_they_were(tmp_path: Path) -> None:
    before = released(tmp_path / "2020", 2020, groups=GROUPS, grades=GRADES, places=1)
    now = released(tmp_path / "2021", 2021, groups="", grades="", places=3)
    later, earlier = year_rows(Source(now, (before,), Scope.everything(), Words("ko")), "U1")
    assert (earlier.score, earlier.place, earlier.grade) == ("7.5", "지원부서 3개 부서 가운데 1위", "S (탁월)")
    assert (later.score, later.place, later.grade) == ("7.500", "전체 3개 부서 가운데 1위", "–")
    frame = years_frame(Source(now, (before,), Scope.everything(), Words("ko")), "U1")
    said = {row.name: row.cells for row in frame.rows}
    assert said["평가군"] == ("지원부서", "전체")
    assert said["점수(점)"] == ("7.5", "7.500")
    assert said["등급"] == ("S (탁월)", "–")


def test_a_place_that_others_have_too_is_told_as_shared_in_every_year(tmp_path: Path) -> None:
    before = released(tmp_path / "2020", 2020, groups=GROUPS, grades=GRADES, places=1, last=3)
    publish(before.folder)
    now = released(tmp_path / "2021", 2021, groups=GROUPS, grades=GRADES, places=1)
    source = Source(now, (before,), Scope.everything(), Words("ko"))
    assert [row.place for row in year_rows(source, "U1")] == [
        "지원부서 3개 부서 가운데 1위",
        "지원부서 3개 부서 가운데 공동 1위",
    ]
    (places,) = (row.cells for row in years_frame(source, "U1").rows if row.name == "평가군 순위")
    assert places == ("공동 1위 / 3개 부서", "1위 / 3개 부서")
    frame = bump_frame(source, ["U2", "U3"])
    assert frame.ends == ("공동 2위", "공동 2위")
    assert bump_table(source, frame) == [
        ("나루과", ("3위 / 3개 부서", "공동 2위 / 3개 부서")),
        ("다솜과", ("공동 1위 / 3개 부서", "공동 2위 / 3개 부서")),
    ]
    years = card_text(Told(carry(now, None), "ko"), "U3")["years"]
    assert [row[2] for row in years] == ["공동 2위 / 3", "공동 1위 / 3"]

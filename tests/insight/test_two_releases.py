"""Two releases side by side: exactly the departments whose score, rank or grade differs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.given import score_table
from etl.insight.reading import Reading, open_release
from etl.insight.two_releases import Result, as_text, from_text, what_differs

RULES = """
[evaluation]
id = "small"
title = "시험 규칙"
year = 2021
[score]
aggregation = "weighted_sum"
weights = "as_given"
[[indicators]]
id = "m"
name = "M"
numerator = "m"
weight = 1
points = { method = "raw" }
"""


def release(folder: Path, values: dict[str, str]) -> Reading:
    folder.mkdir()
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    rows = "".join(f"{unit},m,{value}\n" for unit, value in values.items())
    (folder / "m.csv").write_text(f"unit_id,metric,value\n{rows}", encoding="utf-8")
    return open_release(score_table(folder / "m.csv", folder / "rules.toml", folder / "out").release)


def test_the_same_results_differ_in_nothing(tmp_path: Path) -> None:
    one, other = (release(tmp_path / name, {"A": "3", "B": "2"}) for name in "xy")
    assert what_differs(one, other) == []


def test_a_changed_score_is_told_with_every_rank_it_moves_the_biggest_change_first(tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"A": "3", "B": "2", "C": "1", "D": "0"})
    after = release(tmp_path / "after", {"A": "3", "B": "2", "C": "2.5", "D": "0"})
    told = what_differs(before, after)
    assert [(one.unit_id, one.before.group_rank, one.after.group_rank) for one in told] == [("C", 3, 2), ("B", 2, 3)]
    assert [one.score_change for one in told] == [Decimal("1.5"), Decimal(0)]
    assert from_text(as_text(told)) == told


@pytest.mark.parametrize("is_new", [True, False])
def test_a_department_that_comes_or_goes_has_nothing_on_the_other_side(tmp_path: Path, is_new: bool) -> None:
    smaller = release(tmp_path / "smaller", {"A": "3"})
    larger = release(tmp_path / "larger", {"A": "3", "B": "2"})
    (told,) = what_differs(smaller, larger) if is_new else what_differs(larger, smaller)
    there, gone = (told.after, told.before) if is_new else (told.before, told.after)
    assert told.unit_id == "B"
    assert gone == Result()
    assert there.score == Decimal(2)
    assert told.score_change is None

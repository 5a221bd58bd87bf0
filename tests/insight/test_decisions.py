"""Bonus, penalty, waivers and marks are those the score was made of, with where they were received."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.decisions import ledger_lines, panel_marks, waivers
from etl.insight.definitions import define
from etl.insight.reading import Reading, open_release
from etl.measures import known_metrics

SPLIT = {
    "departments.csv": "unit_id,name,parent,peer_group,valid_from,valid_to\n"
    "A01,가과,,line,2014-01-01,2025-06-30\nB01,나과,,line,2025-07-01,\nB02,다과,,line,2025-07-01,\n",
    "successions.csv": "from_unit,to_unit,took_effect_on,share\nA01,B01,2025-07-01,0.5\nA01,B02,2025-07-01,0.5\n",
    "ledger.csv": "entry_id,unit_id,entry_kind,rule,points,occurred_on,reason,document_no\n"
    "E1,A01,bonus,stated,9,2025-03-01,우수 사례,문서-1\nE2,A01,bonus,free,3,2025-03-01,그 밖,문서-2\n",
}
SPLIT_RULES = """
reorganisation = "successor"

[evaluation]
id = "split"
title = { ko = "시험", en = "Test" }
year = 2025

[[peer_groups]]
id = "line"
name = { ko = "사업", en = "Line" }

[score]
aggregation = "sum_of_points"
total = 100
missing = "zero"

[[indicators]]
id = "datasets"
name = { ko = "개방", en = "Opened" }
numerator = "datasets_opened"
unit = "건"
direction = "higher"
weight = 100
points = { method = "attainment", target = 10 }

[[bonus]]
id = "stated"
name = { ko = "모범", en = "Good" }
points = 2

[[bonus]]
id = "free"
name = { ko = "그 밖", en = "Other" }
"""

BONUS, PENALTY, VETO, WAIVED = "0010030", "0120030", "0050030", "0010020"


@pytest.fixture(scope="module")
def reading(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("releases")
    return open_release(evaluate(project / "data/demo", project / "data/rulebooks/demo-2021.toml", folder).release)


@pytest.mark.parametrize("unit_id", [BONUS, PENALTY, VETO, WAIVED])
def test_the_entries_of_a_department_come_to_its_bonus_and_penalty(reading: Reading, unit_id: str) -> None:
    lines = ledger_lines(reading, unit_id)
    score = reading.scores[unit_id]
    for kind, counted in (("bonus", score.bonus), ("penalty", score.penalty)):
        assert sum((line.points for line in lines if line.kind == kind), Decimal(0)) == counted


def test_entries_of_other_years_are_left_out_and_every_entry_has_its_row(reading: Reading) -> None:
    lines = ledger_lines(reading, BONUS)
    assert {line.occurred_on.year for line in lines} == {2021}
    assert [line.occurred_on for line in lines] == sorted(line.occurred_on for line in lines)
    for line in lines:
        assert line.origin.file == "가감점.csv"
        assert line.origin.row is not None


def test_a_rule_that_states_its_points_overrides_those_of_the_entry(reading: Reading) -> None:
    stated = {rule.id: rule.points for rule in reading.rulebook.penalty}
    assert stated["refused_recommendation"] == 1
    every = [line for unit_id in ("0120050", "0080020") for line in ledger_lines(reading, unit_id)]
    assert {line.points for line in every if line.rule == "refused_recommendation"} == {Decimal(1)}


def test_a_veto_is_among_the_entries_of_its_department(reading: Reading) -> None:
    assert [line.rule for line in ledger_lines(reading, VETO) if line.kind == "veto"] == ["integrity_case"]


def test_waivers_are_exactly_the_indicators_that_do_not_apply(reading: Reading) -> None:
    for unit_id in (WAIVED, BONUS, "0010010"):
        away = {
            row.indicator
            for (unit, _), row in reading.indicators.items()
            if unit == unit_id and row.state == "not_applicable"
        }
        found = waivers(reading, unit_id)
        assert {waiver.indicator for waiver in found} == away
        assert all(waiver.reason and waiver.origin.file == "해당없음.csv" for waiver in found)


def test_the_marks_that_are_not_trimmed_give_the_published_value(reading: Reading) -> None:
    for unit_id in (BONUS, WAIVED, VETO):
        lines = panel_marks(reading, "data_leadership", unit_id)
        kept = [line.mark for line in lines if not line.trimmed]
        value = reading.indicators[unit_id, "data_leadership"].value
        assert value is not None
        assert abs(sum(kept, Decimal(0)) / len(kept) - value) < Decimal("1e-20")
        assert len(lines) - len(kept) == (2 if len(lines) >= 5 else 0)


@pytest.mark.parametrize("metric", sorted(known_metrics()))
def test_every_metric_has_a_name_and_a_unit_in_both_languages(metric: str) -> None:
    definition = define(metric)
    for said in (definition.names, definition.units):
        assert any("가" <= letter <= "힣" for letter in said["ko"])
        assert said["en"].isascii()
        assert said["en"]
    assert definition.names["en"] != metric


def test_a_metric_somebody_brought_goes_by_its_own_name() -> None:
    assert define("gnipc").names == {"ko": "gnipc", "en": "gnipc"}


def test_a_successors_entry_is_its_share_also_where_the_rule_states_the_points(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    for name, text in SPLIT.items():
        (records / name).write_text(text, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(SPLIT_RULES, encoding="utf-8")
    split = open_release(evaluate(records, tmp_path / "rules.toml", tmp_path / "releases").release)
    for unit_id in ("B01", "B02"):
        lines = {line.entry_id: line.points for line in ledger_lines(split, unit_id)}
        assert lines == {"E1": 1, "E2": Decimal("1.5")}
        assert sum(lines.values()) == split.scores[unit_id].bonus

"""Inputs and a rulebook that do not belong together are refused, all reasons at once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from etl.errors import RulebookError
from etl.scoring.inputs import Entry, Unit
from etl.scoring.score import score
from tests.scoring.build import column, indicator, inputs, rules, scores

GROUP = '[[peer_groups]]\nid = "line"\nname = "line"\n'


def test_everything_without_a_place_in_the_rulebook_is_named() -> None:
    given = inputs(
        {"x": {"m": 1}, "y": {"m": 2}},
        groups={"x": "line", "y": "lane"},
        not_applicable={("x", "n")},
        marks={("x", "o"): [3]},
        entries=[Entry("e1", "x", "bonus", "award", Decimal(1)), Entry("e2", "x", "veto", "case", Decimal(0))],
    )
    given = replace(given, units=(*given.units, Unit("x", "x", "line")))
    with pytest.raises(RulebookError) as caught:
        score(rules(indicator("m"), more=GROUP), given)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        ("score_duplicate_unit", "x"),
        ("score_unknown_peer_group", "y"),
        ("score_unknown_indicator", "x"),
        ("score_unknown_indicator", "x"),
        ("score_unknown_entry_rule", "e1"),
        ("score_unknown_entry_rule", "e2"),
    ]


def test_without_peer_groups_everybody_is_in_one() -> None:
    scored = score(rules(indicator("m")), inputs({"x": {"m": 1}, "y": {"m": 2}}, groups={"x": "a", "y": "b"}))
    assert {row.peer_group for row in scored.ranks} == {"all"}


def test_figures_of_units_that_are_not_evaluated_count_in_the_headlines_only() -> None:
    headline = (
        '[[headlines]]\nid = "h"\nname = "h"\nmetric = "m"\n'
        '[[headlines]]\nid = "u"\nname = "u"\nmetric = "m"\ncount = "units"\ntarget = 3\n'
    )
    given = column("m", a=1, b=0, c=4)
    scored = score(rules(indicator("m"), more=headline), replace(given, units=given.units[:2]))
    assert set(scores(scored)) == {"a", "b"}
    assert [(row.value, row.attainment_pct) for row in scored.headlines] == [(5, None), (2, Decimal("66.67"))]


def test_nobody_to_evaluate_is_an_empty_result() -> None:
    scored = score(rules(indicator("m", '{ method = "z_score" }')), inputs({}))
    assert (scored.indicators, scored.scores, scored.ranks) == ([], [], [])

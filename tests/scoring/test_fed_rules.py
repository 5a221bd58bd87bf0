"""Bonus and penalty rules that a metric feeds: points for what is measured, capped, and no entries beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import RulebookError
from etl.scoring.inputs import Entry
from etl.scoring.rulebook import Rulebook, parse_rulebook
from etl.scoring.score import score
from tests.scoring.build import HEAD, Figure, column, indicator, inputs, read, rules, scores

D = Decimal

FED = """
[ledger]
bonus_cap = 5
[[bonus]]
id = "award"
name = "award"
metric = "awards"
points = 1.5
cap = 3
[[bonus]]
id = "case"
name = "case"
[[penalty]]
id = "refused"
name = "refused"
metric = "refusals"
points = 1
cap = 2
"""
amounts = st.decimals(min_value=D(-5), max_value=D(50), places=3)


def fed(**keys: str) -> Rulebook:
    """The rules above over one indicator m; keys change the award's."""
    more = FED
    for key, value in keys.items():
        more = more.replace(key, value)
    return rules(indicator("m"), more=more)


@pytest.mark.parametrize(
    ("figures", "entries", "bonus", "penalty"),
    [
        pytest.param({"awards": 1}, [], "1.5", "0", id="one award"),
        pytest.param({"awards": "0.6"}, [], "0.9", "0", id="a share of an award"),
        pytest.param({"awards": 4}, [], "3", "0", id="the cap of the rule"),
        pytest.param({"awards": 0}, [], "0", "0", id="none"),
        pytest.param({"awards": None}, [], "0", "0", id="missing gives nothing"),
        pytest.param({}, [], "0", "0", id="never measured"),
        pytest.param({"awards": -2, "refusals": -1}, [], "0", "0", id="below zero takes nothing off"),
        pytest.param({"awards": 1}, ["1"], "2.5", "0", id="beside the entries of another rule"),
        pytest.param({"awards": 9}, ["4"], "5", "0", id="the cap of the ledger"),
        pytest.param({"refusals": 1}, [], "0", "1", id="a penalty"),
        pytest.param({"awards": 1, "refusals": 7}, [], "1.5", "2", id="a capped penalty"),
    ],
)
def test_a_rule_gives_points_for_every_unit_of_its_metric(
    figures: dict[str, str | None], entries: list[str], bonus: str, penalty: str
) -> None:
    ledger = [Entry(f"e{n}", "a", "bonus", "case", D(points)) for n, points in enumerate(entries)]
    row = scores(score(fed(), inputs({"a": {"m": 50, **figures}}, entries=ledger)))["a"]
    assert (row.base, row.bonus, row.penalty) == (D(50), D(bonus), D(penalty))
    assert row.total == D(50) + D(bonus) - D(penalty)


def test_a_veto_holds_beside_a_rule_that_a_metric_feeds() -> None:
    grades = """
    [grades]
    method = "quota"
    grades = [{ id = "S", name = "S", share = 50 }, { id = "A", name = "A", share = 50 }]
    [[vetoes]]
    id = "case"
    name = "case"
    highest_grade = "A"
    """
    given_inputs = inputs({"a": {"m": 2, "awards": 1}, "b": {"m": 1}}, entries=[Entry("e1", "a", "veto", "case", D(0))])
    scored = score(rules(indicator("m"), more=FED + grades), given_inputs)
    (row,) = [row for row in scored.ranks if row.unit_id == "a"]
    assert (row.grade_before_veto, row.grade) == ("S", "A")
    assert scores(scored)["a"].bonus == D("1.5")


def test_an_entry_under_a_rule_that_a_metric_feeds_is_refused() -> None:
    entries = [
        Entry("e2", "x", "penalty", "refused", D(1)),
        Entry("e1", "x", "bonus", "award", D(1)),
        Entry("e3", "x", "bonus", "case", D(1)),
    ]
    with pytest.raises(RulebookError) as caught:
        score(fed(), inputs({"x": {"m": 1}}, entries=entries))
    assert [(fault.code, fault.where, fault.facts["metric"]) for fault in caught.value.faults] == [
        ("score_entry_under_fed_rule", "e1", "awards"),
        ("score_entry_under_fed_rule", "e2", "refusals"),
    ]


def test_the_metric_of_a_rule_is_measured_although_no_indicator_looks_at_it() -> None:
    assert fed().metrics == ("awards", "m", "refusals")


@pytest.mark.parametrize(
    ("replaced", "by", "code", "where"),
    [
        ("points = 1.5\n", "", "document_key_missing", "bonus.1"),
        ('"awards"', '"award"', "rulebook_unknown_metric", "bonus.1.metric"),
        ('"refusals"', '"refusal"', "rulebook_unknown_metric", "penalty.1.metric"),
        ('metric = "awards"', "metric = 3", "document_string_needed", "bonus.1.metric"),
        ("points = 1.5", "points = -1", "document_value_out_of_range", "bonus.1.points"),
    ],
)
def test_a_rule_that_names_a_metric_says_which_and_what_it_is_worth(
    replaced: str, by: str, code: str, where: str
) -> None:
    assert FED.count(replaced) == 1
    text = HEAD + '[score]\naggregation = "arithmetic"\n' + indicator("m") + FED.replace(replaced, by)
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(text.encode(), "rules.toml", ["m", "awards", "refusals"])
    (fault,) = caught.value.faults
    assert (fault.code, fault.where.rpartition(", ")[2]) == (code, where)


@given(awards=amounts, more=st.decimals(min_value=0, max_value=20, places=3), refusals=amounts)
def test_more_awards_never_lower_the_score_and_more_refusals_never_raise_it(
    awards: Decimal, more: Decimal, refusals: Decimal
) -> None:
    figures: dict[str, dict[str, Figure | None]] = {
        "before": {"m": 10, "awards": awards, "refusals": refusals},
        "awarded": {"m": 10, "awards": awards + more, "refusals": refusals},
        "refused": {"m": 10, "awards": awards, "refusals": refusals + more},
    }
    total = {unit: row.total or D(0) for unit, row in scores(score(fed(), inputs(figures))).items()}
    assert total["refused"] <= total["before"] <= total["awarded"]


@given(awards=amounts, refusals=amounts, entries=st.lists(st.decimals(min_value=0, max_value=9, places=1), max_size=4))
def test_no_cap_is_ever_passed_and_the_base_is_left_alone(
    awards: Decimal, refusals: Decimal, entries: list[Decimal]
) -> None:
    ledger = [Entry(f"e{n}", "a", "bonus", "case", points) for n, points in enumerate(entries)]
    row = scores(score(fed(), inputs({"a": {"m": 10, "awards": awards, "refusals": refusals}}, entries=ledger)))["a"]
    assert row.base == 10
    assert 0 <= row.bonus <= 5
    assert row.bonus - min(sum(entries, D(0)), D(5)) <= 3
    assert 0 <= row.penalty <= 2


@given(awards=amounts)
def test_a_metric_gives_what_as_many_entries_would(awards: Decimal) -> None:
    listed = 'bonus_cap = 5\n[[bonus]]\nid = "award"\nname = "award"\ncap = 3\n'
    by_entry = read(HEAD + '[score]\naggregation = "arithmetic"\n' + indicator("m") + "[ledger]\n" + listed)
    entry = Entry("e", "a", "bonus", "award", max(awards, D(0)) * D("1.5"))
    one = scores(score(by_entry, inputs({"a": {"m": 1}}, entries=[entry])))["a"]
    other = scores(score(fed(), inputs({"a": {"m": 1, "awards": awards}})))["a"]
    assert one == other


def test_figures_of_a_table_feed_a_rule_too() -> None:
    assert scores(score(fed(), column("awards", a=1)))["a"].bonus == D("1.5")

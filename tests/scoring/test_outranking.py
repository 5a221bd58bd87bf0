"""The order that gathers most pairwise votes, compared with a search through all orders."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import RulebookError
from etl.scoring.outranking import MOST_ORDERS, order_score, outrank
from etl.scoring.score import score
from tests.scoring.build import indicator, inputs, ranks, rules, scores

WEIGHTS = [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]

small_tables = st.dictionaries(
    st.sampled_from("abcde"),
    st.lists(st.integers(0, 3).map(Decimal), min_size=3, max_size=3),
    min_size=1,
)


@given(small_tables)
def test_the_best_orders_are_those_a_search_through_all_orders_finds(values: dict[str, list[Decimal]]) -> None:
    result = outrank(values, WEIGHTS)
    by_order = {order: order_score(order, result.votes) for order in permutations(sorted(values))}
    best = max(by_order.values())
    orders = sorted(order for order, votes in by_order.items() if abs(votes - best) < Decimal("1e-25"))
    assert list(result.orders) == orders
    assert result.orders_found == len(orders)
    assert dict(result.best_place) == {unit: min(order.index(unit) + 1 for order in orders) for unit in values}


def test_a_dozen_equal_units_have_very_many_best_orders_and_all_share_the_first_place() -> None:
    result = outrank({f"unit-{n:02}": [Decimal(1)] * 3 for n in range(12)}, WEIGHTS)
    assert result.orders_found == 479_001_600
    assert len(result.orders) == MOST_ORDERS
    assert set(result.best_place.values()) == {1}


OUTRANKING = 'aggregation = "outranking"\nweights = "as_given"'
TWO = (indicator("a", weight="2"), indicator("b", weight="1", direction='"lower"'))


def test_units_are_ranked_by_their_best_place_and_have_no_score() -> None:
    scored = score(
        rules(*TWO, score=OUTRANKING), inputs({"x": {"a": 1, "b": 1}, "y": {"a": 2, "b": 5}, "z": {"a": 3, "b": 9}})
    )
    assert {name: row.rank for name, row in ranks(scored).items()} == {"z": 1, "y": 2, "x": 3}
    assert all(row.score is None and row.ranked for row in scored.scores)


def test_a_unit_without_a_value_cannot_be_compared_and_says_so() -> None:
    scored = score(rules(*TWO, score=OUTRANKING), inputs({"x": {"a": 1, "b": 1}, "y": {"a": 2}}))
    assert scores(scored)["y"].not_ranked_because == "missing:b"
    assert list(ranks(scored)) == ["x"]


def test_ranks_can_come_from_outranking_while_scores_are_computed_beside() -> None:
    rulebook = rules(indicator("a"), indicator("b"), more='[ranking]\nmethod = "outranking"\n')
    scored = score(rulebook, inputs({"x": {"a": 100, "b": 1}, "y": {"a": 2, "b": 2}, "z": {"a": 3, "b": 3}}))
    assert scores(scored)["x"].score == Decimal("50.5")
    assert ranks(scored)["z"].rank == 1


def test_more_units_than_can_be_ordered_exactly_are_refused() -> None:
    with pytest.raises(RulebookError, match="at most 12 units, and there are 13"):
        score(rules(*TWO, score=OUTRANKING), inputs({f"u{n}": {"a": n, "b": n} for n in range(13)}))

"""Places, ties, grades, quotas and vetoes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.scoring.inputs import Entry
from etl.scoring.rulebook import Rulebook
from etl.scoring.score import Scored, score
from tests.scoring.build import column, indicator, inputs, points, ranks, rules, scores

D = Decimal


def places(scored: Scored) -> dict[str, int]:
    return {name: row.rank for name, row in ranks(scored).items()}


def test_equals_share_the_place_and_the_next_place_counts_them_all() -> None:
    scored = score(rules(indicator("m")), column("m", a=5, b=5, c=4, d=9))
    assert places(scored) == {"d": 1, "a": 2, "b": 2, "c": 4}
    assert {name: row.tied_with for name, row in ranks(scored).items()} == {"a": 1, "b": 1, "c": 0, "d": 0}


def test_a_tenth_and_two_tenths_tie_with_three_tenths() -> None:
    rulebook = rules(indicator("m"), indicator("n"), score='aggregation = "weighted_sum"\nweights = "as_given"')
    scored = score(rulebook, inputs({"x": {"m": "0.1", "n": "0.2"}, "y": {"m": "0.3", "n": "0"}}))
    assert places(scored) == {"x": 1, "y": 1}


def test_three_thirds_tie_with_a_whole_even_unrounded() -> None:
    rulebook = rules(
        indicator("m", denominator='"three"'),
        indicator("n", denominator='"three"'),
        indicator("o", denominator='"three"'),
        score='aggregation = "weighted_sum"\nweights = "as_given"',
        more='[ranking]\nbasis = "unrounded"\n',
    )
    figures = {"x": {"m": 1, "n": 1, "o": 1, "three": 3}, "y": {"m": 3, "n": 0, "o": 0, "three": 3}}
    scored = score(rulebook, inputs(figures))
    assert scores(scored)["x"].total == scores(scored)["y"].total == 1
    assert places(scored) == {"x": 1, "y": 1}


@pytest.mark.parametrize(("basis", "expected"), [("rounded", {"a": 1, "b": 1}), ("unrounded", {"a": 2, "b": 1})])
def test_ranks_stand_on_the_score_the_rulebook_names(basis: str, expected: dict[str, int]) -> None:
    rulebook = rules(
        indicator("m"),
        score='aggregation = "arithmetic"\nrounding = { places = 2 }',
        more=f'[ranking]\nbasis = "{basis}"\n',
    )
    assert places(score(rulebook, column("m", a="1.231", b="1.234"))) == expected


def test_the_lowest_score_can_be_the_best() -> None:
    rulebook = rules(indicator("m"), more='[ranking]\nbest = "lowest"\n')
    assert places(score(rulebook, column("m", a=1, b=2, c=1))) == {"a": 1, "c": 1, "b": 3}


CHAIN = """
[ranking]
ties = ["m", { node = "n", by = "value" }]
"""


def chained() -> Rulebook:
    return rules(
        indicator("m", weight="1"),
        indicator("n", '{ method = "goalposts", worst = 10, best = 0 }', weight="0"),
        indicator("o", weight="1"),
        score='aggregation = "arithmetic"\nweights_sum = 2',
        more=CHAIN,
    )


def test_the_chain_decides_and_the_link_that_decided_is_written_down() -> None:
    figures = {
        "a": {"m": 3, "n": 1, "o": 1},
        "b": {"m": 2, "n": 1, "o": 2},
        "c": {"m": 2, "n": 4, "o": 2},
        "d": {"m": 2, "n": 4, "o": 2},
        "e": {"m": 9, "n": 9, "o": 9},
    }
    scored = score(chained(), inputs(figures))
    assert places(scored) == {"e": 1, "a": 2, "b": 3, "c": 4, "d": 4}
    decided = {name: row.tie_broken_by for name, row in ranks(scored).items()}
    assert decided == {"e": None, "a": "m", "b": "n", "c": "n", "d": "n"}


def test_a_unit_without_anything_to_compare_comes_last_in_a_tie() -> None:
    rulebook = rules(
        indicator("m"), indicator("n", missing='"reweight"'), more='[ranking]\nties = [{ node = "n", by = "value" }]\n'
    )
    scored = score(rulebook, inputs({"a": {"m": 4}, "b": {"m": 4, "n": 4}}))
    assert places(scored) == {"b": 1, "a": 2}


GROUPS = """
[[peer_groups]]
id = "line"
name = { ko = "사업", en = "Line" }
[[peer_groups]]
id = "town"
name = { ko = "읍면동", en = "Towns" }
"""


def test_places_are_counted_overall_and_in_the_peer_group() -> None:
    figures = {"a": {"m": 9}, "b": {"m": 7}, "c": {"m": 8}, "d": {"m": 7}}
    groups = {"a": "line", "b": "line", "c": "town", "d": "town"}
    got = ranks(score(rules(indicator("m"), more=GROUPS), inputs(figures, groups=groups)))
    assert {name: (row.rank, row.group_rank, row.group_units) for name, row in got.items()} == {
        "a": (1, 1, 2),
        "b": (3, 2, 2),
        "c": (2, 1, 2),
        "d": (3, 2, 2),
    }


CUTOFFS = """
[grades]
method = "cutoff"
%s
grades = [
    { id = "good", name = "good", from = 80 },
    { id = "fair", name = "fair", from = 60, to = 80 },
    { id = "weak", name = "weak", to = 60 },
]
"""


@pytest.mark.parametrize(
    ("value", "options", "grade"),
    [
        ("80", "", "good"),
        ("79.96", "", "good"),
        ("79.96", 'basis = "unrounded"', "fair"),
        ("80", 'includes = "upper"', "fair"),
        ("60", "", "fair"),
        ("59.9", "", "weak"),
    ],
)
def test_a_cut_off_looks_at_the_score_the_rulebook_names(value: str, options: str, grade: str) -> None:
    rulebook = rules(
        indicator("m"), score='aggregation = "arithmetic"\nrounding = { places = 1 }', more=CUTOFFS % options
    )
    assert ranks(score(rulebook, column("m", a=value)))["a"].grade == grade


def test_cut_offs_may_differ_between_peer_groups() -> None:
    grades = """
[grades]
method = "cutoff"
grades = [
    { id = "weak", name = "weak", to = { line = 60, town = 40 } },
    { id = "good", name = "good", from = { line = 60, town = 40 } },
]
"""
    rulebook = rules(indicator("m"), more=GROUPS + grades)
    scored = score(rulebook, inputs({"a": {"m": 50}, "b": {"m": 50}}, groups={"a": "line", "b": "town"}))
    assert {name: row.grade for name, row in ranks(scored).items()} == {"a": "weak", "b": "good"}


QUOTAS = """
[grades]
method = "quota"
%s
grades = [
    { id = "S", name = "S", share = 20, from = 90 },
    { id = "A", name = "A", share = 30, from = 70, to = 90 },
    { id = "B", name = "B", share = 40, from = 50, to = 70 },
    { id = "C", name = "C", share = 10, to = 50 },
]
"""


def graded(values: list[int], options: str) -> str:
    """The grades in order of place, as one word."""
    rulebook = rules(indicator("m"), more=QUOTAS % options)
    scored = score(rulebook, column("m", **{f"u{n:02}": value for n, value in enumerate(values)}))
    return "".join(row.grade or "-" for row in sorted(scored.ranks, key=lambda row: (row.rank, row.unit_id)))


@pytest.mark.parametrize(
    ("units", "options", "grades"),
    [
        (10, "", "SSAAABBBBC"),
        (5, "", "SAABB"),
        (7, "", "SAABBBC"),
        (7, 'sizes = "floor"', "SAABBBC"),
        (6, 'sizes = "floor"', "SAABBC"),
        (6, 'sizes = "half_up"', "SAABBC"),
        (3, 'sizes = "half_up"', "SAB"),
        (4, 'sizes = "floor"', "AABC"),
        (1, 'sizes = "floor"', "C"),
        (1, "", "B"),
        (3, "smallest_group = 4", "AAB"),
        (3, 'smallest_group = 4\nsmall_groups = "cutoffs"', "CCC"),
        (4, "smallest_group = 4", "SABB"),
    ],
)
def test_quotas_become_places_as_the_rulebook_says(units: int, options: str, grades: str) -> None:
    assert graded(list(range(units, 0, -1)), options) == grades


@pytest.mark.parametrize(("edge", "grades"), [("up", "SSSAABBBBC"), ("down", "SAAAABBBBC")])
def test_equals_at_an_edge_all_get_the_grade_the_rulebook_says(edge: str, grades: str) -> None:
    assert graded([10, 9, 9, 7, 6, 5, 4, 3, 2, 1], f'edge = "{edge}"') == grades


def test_a_small_group_can_be_graded_by_its_places_among_all() -> None:
    rulebook = rules(
        indicator("m"), more=GROUPS + QUOTAS % 'smallest_group = 4\nsmall_groups = "overall"\nover = "peer_group"'
    )
    figures = {f"u{n}": {"m": 100 - n} for n in range(10)}
    groups = {name: "town" if name in ("u0", "u9") else "line" for name in figures}
    got = ranks(score(rulebook, inputs(figures, groups=groups)))
    assert (got["u0"].grade, got["u9"].grade) == ("S", "C")
    assert got["u1"].grade == "S"


VETO = """
[[vetoes]]
id = "case"
name = "case"
highest_grade = "%s"
"""


@pytest.mark.parametrize(
    ("grades", "best", "highest", "value", "before", "after"),
    [
        (CUTOFFS % "", "highest", "fair", 90, "good", "fair"),
        (CUTOFFS % "", "highest", "fair", 10, "weak", "weak"),
        (CUTOFFS % "", "lowest", "fair", 10, "weak", "fair"),
        (QUOTAS % "", "highest", "C", 10, "B", "C"),
    ],
)
def test_a_veto_leaves_at_most_a_certain_grade_and_shows_the_one_before(
    grades: str, best: str, highest: str, value: int, before: str, after: str
) -> None:
    rulebook = rules(indicator("m"), more=f'[ranking]\nbest = "{best}"\n' + grades + VETO % highest)
    veto = Entry("e1", "a", "veto", "case", D(0))
    row = ranks(score(rulebook, inputs({"a": {"m": value}}, entries=[veto])))["a"]
    assert (row.grade_before_veto, row.grade) == (before, after)


LEDGER = """
[ledger]
bonus_cap = 5
penalty_cap = 2
[[bonus]]
id = "award"
name = "award"
cap = 3
[[bonus]]
id = "case"
name = "case"
[[penalty]]
id = "late"
name = "late"
points = 0.5
"""


@pytest.mark.parametrize(
    ("entries", "bonus", "penalty", "total"),
    [
        ([], "0", "0", "50"),
        ([("bonus", "award", "2")], "2", "0", "52"),
        ([("bonus", "award", "2"), ("bonus", "award", "2")], "3", "0", "53"),
        ([("bonus", "award", "9"), ("bonus", "case", "4")], "5", "0", "55"),
        ([("penalty", "late", "9")], "0", "0.5", "49.5"),
        ([("penalty", "late", "1")] * 7, "0", "2", "48"),
        ([("bonus", "case", "1"), ("penalty", "late", "0")], "1", "0.5", "50.5"),
    ],
)
def test_bonus_and_penalty_stand_beside_the_score_and_are_capped(
    entries: list[tuple[str, str, str]], bonus: str, penalty: str, total: str
) -> None:
    ledger = [Entry(f"e{n}", "a", kind, rule, D(given)) for n, (kind, rule, given) in enumerate(entries)]  # type: ignore[arg-type]
    row = scores(score(rules(indicator("m"), more=LEDGER), inputs({"a": {"m": 50}}, entries=ledger)))["a"]
    assert (row.base, row.bonus, row.penalty, row.total) == (D(50), D(bonus), D(penalty), D(total))


def test_a_bonus_or_penalty_of_a_split_unit_is_divided_whoever_states_its_points() -> None:
    entries = [
        Entry("e1", "a", "penalty", "late", D(9), share=D("0.6")),
        Entry("e1", "b", "penalty", "late", D(9), share=D("0.4")),
        Entry("e2", "a", "bonus", "case", D(2), share=D("0.6")),
        Entry("e2", "b", "bonus", "case", D(2), share=D("0.4")),
    ]
    rows = scores(score(rules(indicator("m"), more=LEDGER), inputs({"a": {"m": 50}, "b": {"m": 50}}, entries=entries)))
    assert [(rows[unit].bonus, rows[unit].penalty) for unit in "ab"] == [(D("1.2"), D("0.3")), (D("0.8"), D("0.2"))]


def test_the_total_is_cut_to_the_floor_and_cap_of_the_score() -> None:
    rulebook = rules(indicator("m"), score='aggregation = "arithmetic"\nfloor = 0\ncap = 100', more=LEDGER)
    entries = [Entry("e1", "a", "bonus", "case", D(4)), Entry("e2", "b", "penalty", "late", D(1))]
    scored = score(rulebook, inputs({"a": {"m": 98}, "b": {"m": 0}}, entries=entries))
    assert (scores(scored)["a"].total, scores(scored)["b"].total) == (100, 0)
    assert (scores(scored)["a"].base, scores(scored)["b"].base) == (98, 0)


def test_points_are_rounded_half_up_where_the_rulebook_says() -> None:
    rulebook = rules(indicator("m", rounding="{ places = 1 }"))
    assert points(score(rulebook, column("m", a="0.25", b="0.35", c="-0.25")), "m") == {
        "a": D("0.3"),
        "b": D("0.4"),
        "c": D("-0.3"),
    }

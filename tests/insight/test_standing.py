"""Changes, medians, parts of a score and ties: exact, and the same whatever the order."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.contracts.published import RankRow, ScoreRow
from etl.evaluate import evaluate
from etl.insight.headlines import headline_standings, headline_trend
from etl.insight.reading import Reading, open_release
from etl.insight.standing import (
    UnitChange,
    adds_up,
    counts_by_value,
    difference,
    directions,
    group_standing,
    group_standings,
    indicator_standings,
    median,
    median_beside,
    movers,
    part_medians,
    recounted,
    same_rules,
    score_parts,
    sum_holds,
    tied_in_group,
    unit_changes,
    value_standing,
)
from etl.measures import Evidence
from etl.release.seal import Manifest
from etl.scoring.rulebook import parse_rulebook
from tests.insight.test_robustness import scored as scored_table
from tests.insight.test_robustness import table_of
from tests.scoring.build import HEAD, indicator

decimals = st.decimals(min_value=-100, max_value=100, places=4)


@pytest.fixture(scope="module")
def readings(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Reading]:
    folder = tmp_path_factory.mktemp("releases")
    return {
        year: open_release(
            evaluate(project / "data/demo", project / f"data/rulebooks/demo-{year}.toml", folder).release
        )
        for year in (2020, 2021)
    }


# Plain figures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "middle"),
    [([], None), (["3"], "3"), (["1", "2"], "1.5"), (["9", "1", "5"], "5"), (["0.1", "0.2", "0.3", "0.4"], "0.25")],
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle(values: list[str], middle: str | None) -> None:
    assert median(Decimal(value) for value in values) == (None if middle is None else Decimal(middle))


@given(st.lists(decimals, min_size=1), st.randoms(use_true_random=False))
def test_the_median_does_not_depend_on_the_order_and_has_half_on_either_side(
    values: list[Decimal], random: object
) -> None:
    middle = median(values)
    assert middle is not None
    assert middle == median(reversed(values))
    assert sum(value < middle for value in values) * 2 <= len(values)
    assert sum(value > middle for value in values) * 2 <= len(values)


def test_a_difference_with_something_unknown_is_unknown() -> None:
    assert difference(Decimal("0.3"), Decimal("0.1")) == Decimal("0.2")
    assert difference(None, Decimal(1)) is None
    assert difference(Decimal(1), None) is None


def test_a_difference_of_numbers_of_many_digits_is_theirs_to_the_last() -> None:
    long = Decimal("16.42666666666666666666666666666667")
    assert difference(long, Decimal(3)) == Decimal("13.42666666666666666666666666666667")


@pytest.mark.parametrize(
    ("base", "bonus", "penalty", "total", "holds"),
    [
        ("85.15", "3", "0", "88.15", True),
        ("16.42666666666666666666666666666667", "0", "0", "16.42666666666666666666666666666667", True),
        # Of 34 digits the total has one decimal more than the base, whose last one was rounded.
        ("12.33333333333333333333333333333333", "0", "5", "7.333333333333333333333333333333333", True),
        ("9.666666666666666666666666666666667", "1", "0", "10.66666666666666666666666666666667", True),
        ("98", "5", "0", "100", False),
        ("2", "0", "5", "0", False),
        ("0.0000000000000000000000000000000001", "0", "1", "0", False),
        (None, "0", "0", None, False),
    ],
)
def test_a_score_is_its_sum_unless_the_rules_cut_it(
    base: str | None, bonus: str, penalty: str, total: str | None, *, holds: bool
) -> None:
    first, last = (None if said is None else Decimal(said) for said in (base, total))
    row = ScoreRow(
        unit_id="U", base=first, bonus=Decimal(bonus), penalty=Decimal(penalty), total=last, score=last,
        coverage=Decimal(1), ranked=True, not_ranked_because=None,
    )  # fmt: skip
    assert sum_holds(row) == holds


def test_every_score_of_the_demonstration_is_its_sum_or_was_cut_at_zero(readings: dict[int, Reading]) -> None:
    for reading in readings.values():
        whole = [row for row in reading.scores.values() if row.total is not None and row.total > 0]
        assert len(whole) > 70
        assert [row.unit_id for row in whole if not sum_holds(row)] == []


def test_departments_are_counted_by_value_in_order() -> None:
    values = {"b": Decimal(1), "a": Decimal("1.0"), "c": Decimal(0)}
    assert counts_by_value(values) == {Decimal(0): ("c",), Decimal(1): ("a", "b")}


def evidence(amount: str | None) -> Evidence:
    return Evidence("r", "1", Decimal(1), None if amount is None else Decimal(amount), None, None, None, None)


@pytest.mark.parametrize(
    ("amounts", "whole"), [([], "0"), (["0.5", "0.25"], "0.75"), (["1", None], "1"), ([None, None], None)]
)
def test_records_are_added_up_again_and_unknown_amounts_are_not_zero(
    amounts: list[str | None], whole: str | None
) -> None:
    assert recounted(evidence(amount) for amount in amounts) == (None if whole is None else Decimal(whole))


# Changes -------------------------------------------------------------------------------------------------------------


def change(unit_id: str, by: str) -> UnitChange:
    return UnitChange(unit_id, Decimal(0), Decimal(by), Decimal(by), None, None, None)


def test_movers_are_those_who_gained_and_lost_most_and_nobody_who_stayed() -> None:
    changes = [change("a", "1"), change("b", "-3"), change("c", "0"), change("d", "5"), change("e", "-1")]
    risen, fallen = movers(changes, 2)
    assert [one.unit_id for one in risen] == ["d", "a"]
    assert [one.unit_id for one in fallen] == ["b", "e"]
    assert directions(changes) == (2, 2)


@given(st.dictionaries(st.text(min_size=1, max_size=3), decimals), st.integers(0, 5))
def test_movers_do_not_depend_on_the_order(by_unit: dict[str, Decimal], count: int) -> None:
    changes = [UnitChange(unit_id, Decimal(0), by, by, None, None, None) for unit_id, by in by_unit.items()]
    assert movers(changes, count) == movers(changes[::-1], count)


def test_a_change_is_this_years_score_less_last_years(readings: dict[int, Reading]) -> None:
    now, before = readings[2021], readings[2020]
    changes = unit_changes(now, before)
    assert set(changes) == set(now.scores) & set(before.scores)
    for unit_id, found in changes.items():
        this, last = now.scores[unit_id].score, before.scores[unit_id].score
        assert this is not None
        assert last is not None
        assert found.score_change == this - last
        if found.places is not None:
            assert found.places == before.ranks[unit_id].group_rank - now.ranks[unit_id].group_rank
    assert unit_changes(now, None) == {}


def test_a_place_is_not_compared_across_peer_groups(readings: dict[int, Reading]) -> None:
    now, before = readings[2021], readings[2020]
    moved = [
        unit_id
        for unit_id in unit_changes(now, before)
        if unit_id in now.ranks
        and unit_id in before.ranks
        and now.ranks[unit_id].peer_group != before.ranks[unit_id].peer_group
    ]
    assert all(unit_changes(now, before)[unit_id].places is None for unit_id in moved)


def test_rules_are_the_same_only_if_weights_and_targets_are(project: Path, readings: dict[int, Reading]) -> None:
    assert not same_rules(readings[2021], readings[2020])
    written = (project / "data/rulebooks/demo-2021.toml").read_bytes()
    renamed = written.replace(b'id = "demo-2021"', b'id = "demo-2021b"')
    assert renamed != written
    other = Reading(Path(), Manifest({}), parse_rulebook(renamed, "renamed", None), {})
    assert same_rules(readings[2021], other)


# Peer groups ---------------------------------------------------------------------------------------------------------


def ranked(unit_id: str, group: str, rank: int, group_rank: int) -> RankRow:
    return RankRow(
        unit_id=unit_id, peer_group=group, rank=rank, ranked_units=9, group_rank=group_rank, group_units=9,
        tied_with=0, tie_broken_by=None, grade=None, grade_before_veto=None,
    )  # fmt: skip


def scored(unit_id: str, score: str) -> ScoreRow:
    return ScoreRow(
        unit_id=unit_id, base=Decimal(score), bonus=Decimal(0), penalty=Decimal(0), total=Decimal(score),
        score=Decimal(score), coverage=Decimal(1), ranked=True, not_ranked_because=None,
    )  # fmt: skip


@pytest.fixture
def small(readings: dict[int, Reading]) -> Reading:
    """Four departments: two share the second place overall, one of them in another group."""
    reading = Reading(Path(), Manifest({}), readings[2021].rulebook, {})
    rows = [("a", "line", 1, 1, "9"), ("b", "line", 2, 2, "5"), ("c", "town", 2, 1, "5"), ("d", "line", 4, 3, "1")]
    reading.__dict__["ranks"] = {unit: ranked(unit, group, rank, own) for unit, group, rank, own, _ in rows}
    reading.__dict__["scores"] = {unit: scored(unit, score) for unit, *_, score in rows}
    return reading


def test_a_place_shared_overall_is_shared_in_the_group_only_with_its_members(small: Reading) -> None:
    assert tied_in_group(small) == {"a": 0, "b": 0, "c": 0, "d": 0}
    assert group_standing(small, None).shared == 2
    assert group_standing(small, "line").shared == 0


def test_a_group_has_its_own_median_ends_and_first(small: Reading) -> None:
    line = group_standing(small, "line")
    assert (line.units, line.median, line.highest, line.lowest, line.leaders) == (3, 5, 9, 1, ("a",))
    nobody = group_standing(small, "office")
    assert (nobody.units, nobody.median, nobody.highest, nobody.leaders) == (0, None, None, ())


def test_the_groups_are_those_of_the_rulebook_and_hold_every_ranked_department(readings: dict[int, Reading]) -> None:
    standings = group_standings(readings[2021])
    assert [standing.peer_group for standing in standings] == ["support", "line", "office", "town", "agency"]
    assert sum(standing.units for standing in standings) == len(readings[2021].ranks) == 83


# The parts of a score ------------------------------------------------------------------------------------------------


def test_what_the_indicators_earned_adds_up_to_every_score(readings: dict[int, Reading]) -> None:
    for reading in readings.values():
        for unit_id, row in reading.scores.items():
            parts = [part for part in score_parts(reading, unit_id) if not part.is_area]
            earned = sum((part.earned for part in parts if part.earned is not None), Decimal(0))
            possible = sum((part.possible for part in parts if part.possible is not None), Decimal(0))
            assert row.base is not None
            assert abs(earned - row.base) < Decimal("1e-25")
            assert abs(possible - 100) < Decimal("1e-25")


def test_a_part_is_marked_as_moved_only_where_its_weight_is_another(readings: dict[int, Reading]) -> None:
    for unit_id in readings[2021].units:
        for part in score_parts(readings[2021], unit_id):
            assert part.possible is not None
            assert part.stated == part.weight
            if part.moved:
                assert part.possible > part.weight
            elif part.earned is not None:
                assert part.possible == part.weight


def test_weights_within_an_area_of_its_own_total_are_not_told_as_moved(tmp_path: Path) -> None:
    areas = "".join(
        f'[[areas]]\nid = "{area}"\nname = "{area}"\nweight = {weight}\naggregation = "sum_of_points"\ntotal = 100\n'
        for area, weight in (("x", 60), ("y", 40))
    )
    rules = f'{HEAD}[score]\naggregation = "sum_of_points"\ntotal = 100\nmissing = "reweight"\n{areas}'
    for name, area, weight in (("a", "x", "70"), ("b", "x", "30"), ("c", "y", "100")):
        rules += indicator(name, '{ method = "attainment", target = 10 }', area=f'"{area}"', weight=weight)
    figures = {"전부": {"a": "10", "b": "8", "c": "5"}, "없음": {"a": "10", "b": "", "c": "5"}}
    reading = scored_table(tmp_path, rules, table_of(figures))
    whole, lacking = ({part.node: part for part in score_parts(reading, unit)} for unit in figures)
    assert [whole[node].possible for node in "abc"] == [42, 18, 40]
    assert not any(part.moved for part in whole.values())
    assert {node: (part.stated, part.possible) for node, part in lacking.items() if part.moved} == {"a": (42, 60)}


def test_the_median_of_a_part_is_that_of_the_departments_that_have_it(readings: dict[int, Reading]) -> None:
    reading = readings[2021]
    medians = part_medians(reading)
    earned = points_in(reading, "support", "datasets_opened")
    assert len(earned) < 17, "one of them has an approved waiver"
    assert medians["support", "datasets_opened"] == median(earned)


def points_in(reading: Reading, group: str, indicator: str) -> list[Decimal]:
    """What `indicators.csv` says the departments of a peer group earned there."""
    found = (
        reading.indicators[unit_id, indicator] for unit_id, unit in reading.units.items() if unit.peer_group == group
    )
    return [row.points for row in found if row.points is not None]


def test_whoever_is_below_the_median_by_the_points_is_so_where_weights_moved_too(readings: dict[int, Reading]) -> None:
    reading, moved = readings[2021], 0
    medians = part_medians(reading)
    for unit_id, unit in reading.units.items():
        for part in score_parts(reading, unit_id):
            row = reading.indicators.get((unit_id, part.node))
            if row is None or row.points is None or part.earned is None:
                continue
            middle, beside = (
                median(points_in(reading, unit.peer_group, part.node)),
                median_beside(part, medians, unit.peer_group),
            )
            assert middle is not None
            assert beside is not None
            assert (row.points > middle, row.points < middle) == (part.earned > beside, part.earned < beside)
            moved += part.moved
    assert moved > 10


def test_only_a_plain_sum_of_points_adds_up(project: Path) -> None:
    books = {
        path.stem: path
        for folder in ("data/rulebooks", "tests/rulebooks")
        for path in (project / folder).glob("*.toml")
    }
    found = {name: adds_up(parse_rulebook(path.read_bytes(), path.name, None)) for name, path in books.items()}
    assert found["demo-2021"]
    assert not found["hdi"]
    assert not found["tai_geometric"]


# The whole body ------------------------------------------------------------------------------------------------------


def test_headlines_are_compared_with_the_same_headline_of_last_year(readings: dict[int, Reading]) -> None:
    standings = headline_standings(readings[2021], readings[2020])
    assert [(one.row.value, one.before, one.change, one.reached) for one in standings] == [
        (22, 13, 9, True), (14, 8, 6, True), (600, 362, 238, True), (1515, 426, 1089, True),
    ]  # fmt: skip
    assert all(one.before is None and one.change is None for one in headline_standings(readings[2021], None))


def test_a_sum_is_followed_through_the_records_and_a_count_of_departments_through_the_releases(
    readings: dict[int, Reading],
) -> None:
    now, before = readings[2021], readings[2020]
    analyses, using, *_ = now.rulebook.headlines
    assert [point.year for point in headline_trend(now, [before], analyses)] == [2017, 2018, 2019, 2020, 2021]
    assert [(point.year, point.value) for point in headline_trend(now, [before], using)] == [(2020, 8), (2021, 14)]
    # A release of a later year says nothing about this one.
    assert [point.year for point in headline_trend(before, [now], using)] == [2020]


def test_an_indicator_says_how_much_of_its_points_was_earned(readings: dict[int, Reading]) -> None:
    reading = readings[2021]
    for standing in indicator_standings(reading):
        rows = [row for row in reading.indicators.values() if row.indicator == standing.indicator.id]
        given_points = [row for row in rows if row.points is not None]
        assert standing.units == len(given_points)
        earned = sum((row.points or Decimal(0) for row in given_points), Decimal(0))
        share = earned * 100 / sum((row.weight for row in given_points), Decimal(0))
        assert standing.earned_pct is not None
        assert abs(standing.earned_pct - share) <= Decimal("0.05")


def test_the_values_of_an_indicator_are_counted_as_they_are_spread(readings: dict[int, Reading]) -> None:
    reading = readings[2021]
    (uptake,) = [indicator for indicator in reading.rulebook.indicators if indicator.id == "training_uptake"]
    standing = value_standing(reading, uptake)
    rows = [row for row in reading.indicators.values() if row.indicator == "training_uptake" and row.value is not None]
    assert standing.units == len(rows)
    assert standing.full == sum(row.value >= 60 for row in rows if row.value is not None)
    assert standing.zero == sum(row.value < 20 for row in rows if row.value is not None)

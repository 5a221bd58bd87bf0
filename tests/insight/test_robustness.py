"""Ranges of ranks: undisturbed they are the published ones; drawn weights score as a rulebook with them does."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import UsageError
from etl.given import score_table
from etl.insight.many_places import ranks_of
from etl.insight.many_rulebooks import Versions, members_of, totals_of
from etl.insight.reading import Reading, open_release
from etl.insight.robustness import Robustness, robustness, spearman_of, undisturbed
from tests.scoring.build import HEAD, indicator

AGGREGATIONS = ("sum_of_points", "weighted_sum", "arithmetic", "geometric", "harmonic", "minimum", "maximum", "product")


@pytest.fixture(scope="module")
def sure(city: Reading) -> Robustness:
    return robustness(city, draws=200)


def scored(folder: Path, rules: str, figures: str, units: str | None = None) -> Reading:
    """A release of a small table."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    (folder / "metrics.csv").write_text(figures, encoding="utf-8")
    if units is not None:
        (folder / "units.csv").write_text(units, encoding="utf-8")
    named = folder / "units.csv" if units is not None else None
    return open_release(score_table(folder / "metrics.csv", folder / "rules.toml", folder / "out", named).release)


def table_of(figures: dict[str, dict[str, str]]) -> str:
    lines = [f"{unit},{metric},{value}" for unit, own in figures.items() for metric, value in own.items()]
    return "\n".join(["unit_id,metric,value", *lines]) + "\n"


def test_undisturbed_weights_give_the_published_totals(city: Reading) -> None:
    totals = undisturbed(city)
    assert set(totals) == set(city.ranks)
    for unit_id, total in totals.items():
        published = city.scores[unit_id].total
        assert published is not None
        assert total == pytest.approx(float(published), abs=1e-9)


def test_weights_that_do_not_vary_give_the_published_ranks_and_grades_in_every_draw(city: Reading) -> None:
    for unit_id, unit in robustness(city, draws=3, spread=0).units.items():
        row = city.ranks[unit_id]
        assert (unit.in_group.low, unit.in_group.median, unit.in_group.high) == (row.group_rank,) * 3
        assert (unit.overall.low, unit.overall.median, unit.overall.high) == (row.rank,) * 3
        assert unit.in_group.share_at_published == unit.overall.share_at_published == 1
        assert unit.in_group.mean_shift == unit.overall.mean_shift == 0
        assert unit.grades[str(row.grade)] == 1


def test_the_published_index_of_193_countries_stands_undisturbed(project: Path, tmp_path: Path) -> None:
    inputs = project.parent / "shared/validation/hdi_2022/inputs.csv"
    if not inputs.is_file():
        pytest.skip("the published tables (../shared/validation) are not on this machine")
    with inputs.open(encoding="utf-8", newline="") as file:
        countries = {row["iso3"]: {m: row[m] for m in ("le", "eys", "mys", "gnipc")} for row in csv.DictReader(file)}
    reading = scored(tmp_path, (project / "tests/rulebooks/hdi.toml").read_text(encoding="utf-8"), table_of(countries))
    for unit_id, total in undisturbed(reading).items():
        assert total == pytest.approx(float(reading.scores[unit_id].total or 0), abs=1e-9)
    still = robustness(reading, draws=2, spread=0)
    assert {unit.overall.median for unit in still.units.values()} == {row.rank for row in reading.ranks.values()}
    assert all(unit.overall.low == reading.ranks[unit_id].rank for unit_id, unit in still.units.items())
    assert all(unit.grades[str(reading.ranks[unit_id].grade)] == 1 for unit_id, unit in still.units.items())
    moved = robustness(reading, draws=200)
    assert all(1 <= unit.overall.low <= unit.overall.high <= len(countries) for unit in moved.units.values())


def test_the_same_seed_gives_the_same_ranges_and_another_seed_others(city: Reading, sure: Robustness) -> None:
    assert robustness(city, draws=200) == sure
    assert robustness(city, draws=200, seed=0) == robustness(city, draws=200, seed=0)
    assert robustness(city, draws=200, seed=0).units != sure.units


def test_the_number_of_threads_changes_no_digit(city: Reading, sure: Robustness) -> None:
    program = (
        "import sys; from pathlib import Path; from etl.insight.reading import open_release;"
        "from etl.insight.robustness import robustness;"
        "print(repr(robustness(open_release(Path(sys.argv[1])), 200)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(city.folder)],
            env={
                **os.environ,
                "OPENBLAS_NUM_THREADS": threads,
                "OMP_NUM_THREADS": threads,
                "PYTHONPATH": str(Path.cwd()),
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for threads in ("1", "2")
    }
    assert said == {repr(sure)}


def test_ranges_hold_the_median_and_shares_add_up(city: Reading, sure: Robustness) -> None:
    sizes = {row.peer_group: row.group_units for row in city.ranks.values()}
    for unit in sure.units.values():
        assert 1 <= unit.in_group.low <= unit.in_group.median <= unit.in_group.high <= sizes[unit.peer_group]
        assert sum(unit.grades.values()) == pytest.approx(1)
        assert 0 <= unit.in_group.share_at_published <= 1
    assert any(unit.in_group.low < unit.in_group.high for unit in sure.units.values())


def test_a_wider_spread_moves_ranks_more(city: Reading) -> None:
    shifts = [robustness(city, draws=100, spread=spread).mean_shift for spread in (0.0, 0.1, 0.25, 0.9)]
    assert shifts == sorted(shifts)
    assert shifts[0] == 0 < shifts[1] < shifts[3]


def test_every_indicator_is_left_out_once_the_largest_change_first(city: Reading, sure: Robustness) -> None:
    assert {change.what for change in sure.without} == {one.id for one in city.rulebook.indicators}
    assert [change.mean_shift for change in sure.without] == sorted(
        (change.mean_shift for change in sure.without), reverse=True
    )
    for change in sure.without:
        assert change.spearman is not None
        assert 0 < change.spearman < 1
        moved = sum(rank != city.ranks[unit_id].group_rank for unit_id, rank in change.group_ranks.items())
        assert change.moved == moved > 0


THREE = {"u1": {"a": "10", "b": "1"}, "u2": {"a": "9", "b": "2"}, "u3": {"a": "1", "b": "9"}}


def test_the_chain_of_ties_and_the_way_ranks_look_at_the_score_hold_in_every_draw(tmp_path: Path) -> None:
    rules = (
        HEAD
        + '[score]\naggregation = "arithmetic"\nrounding = { places = 0 }\n'
        + indicator("a", weight="0.5")
        + indicator("b", weight="0.5")
        + '[ranking]\nbasis = "rounded"\nties = ["b"]\n'
    )
    figures = {"u1": {"a": "4", "b": "4"}, "u2": {"a": "3", "b": "5"}, "u3": {"a": "5", "b": "3"}}
    units = robustness(scored(tmp_path, rules, table_of(figures)), draws=50, spread=0.1).units
    assert {unit_id: unit.overall.median for unit_id, unit in units.items()} == {"u2": 1, "u1": 2, "u3": 3}
    assert all(unit.overall.share_at_published == 1 for unit in units.values())


def test_a_weight_that_decides_is_seen_in_the_range(tmp_path: Path) -> None:
    rules = HEAD + '[score]\naggregation = "arithmetic"\n' + indicator("a", weight="0.5") + indicator("b", weight="0.5")
    figures = {"u1": {"a": "6", "b": "4"}, "u2": {"a": "4", "b": "6.01"}, "u3": {"a": "0", "b": "0"}}
    units = robustness(scored(tmp_path, rules, table_of(figures)), draws=400).units
    assert (units["u1"].overall.low, units["u1"].overall.high) == (1, 2)
    assert 0.4 < units["u1"].overall.share_at_published < 0.6
    assert units["u3"].overall.share_at_published == 1


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_drawn_weights_score_as_a_rulebook_with_these_weights_does(
    aggregation: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    weights = data.draw(st.lists(st.integers(1, 9).map(Decimal), min_size=3, max_size=3))
    factors = data.draw(st.lists(st.integers(5, 15).map(lambda tenths: Decimal(tenths) / 10), min_size=3, max_size=3))
    value = st.integers(0, 20).map(str) | st.just("")
    figures = {f"u{n}": {name: data.draw(value) for name in "abcd"} for n in range(6)}
    folder = tmp_path_factory.mktemp("drawn")

    def rules(own: list[Decimal]) -> str:
        own = [Decimal(1)] * 3 if aggregation == "product" else own
        node = f'aggregation = "{aggregation}"\nmissing = "reweight"\nweights = "as_given"\n'
        return (
            f"{HEAD}\n[score]\n{node}total = {sum(own)}\n"
            f'[[areas]]\nid = "x"\nname = "x"\naggregation = "arithmetic"\nweight = {own[0]}\n'
            + "".join(
                indicator(name, '{ method = "goalposts", worst = 0, best = 20 }', weight=weight, area=area)
                for name, weight, area in (
                    ("a", str(own[1]), ""),
                    ("b", str(own[2]), ""),
                    ("c", "0.5", '"x"'),
                    ("d", "0.5", '"x"'),
                )
            )
        )

    drawn = [weight * factor for weight, factor in zip(weights, factors, strict=True)]
    back = sum(weights, Decimal()) / sum(drawn, Decimal())
    before = scored(folder / "before", rules(weights), table_of(figures))
    after = scored(folder / "after", rules([weight * back for weight in drawn]), table_of(figures))
    (group,) = {row.peer_group for row in before.ranks.values()} or {""}
    members = members_of(before, group)
    changed = {name: np.array([float(factor)]) for name, factor in zip("xab", factors, strict=True)}
    totals = totals_of(before, members, Versions(1, changed))[0]
    for unit_id, total in zip(members.unit_ids, totals.tolist(), strict=True):
        expected = after.scores[unit_id].total
        assert expected is not None
        assert total == pytest.approx(float(expected), abs=1e-9, rel=1e-9)


GRADES = [
    ('method = "quota"\nedge = "up"', ""),
    ('method = "quota"\nedge = "down"\nsizes = "floor"', ""),
    ('method = "quota"\nover = "all"\nsizes = "half_up"', ""),
    ('method = "quota"\nover = "all"\nsmallest_group = 99\nsmall_groups = "no_top_grade"', ""),
    ('method = "quota"\nsmallest_group = 5\nsmall_groups = "overall"', ""),
    ('method = "quota"\nsmallest_group = 5\nsmall_groups = "cutoffs"', "cut"),
    ('method = "cutoff"\nincludes = "upper"', "cut"),
    ('method = "cutoff"\nbasis = "unrounded"', "cut"),
]


@pytest.mark.parametrize(("rule", "kind"), GRADES)
@settings(max_examples=6, deadline=None)
@given(values=st.lists(st.integers(0, 12), min_size=9, max_size=9))
def test_grades_of_many_are_the_grades_of_one(
    rule: str, kind: str, values: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    cuts = ["from = 9", "from = 4, to = 9", "to = 4"] if kind else [""] * 3
    shares = ["share = 30", "share = 40", "share = 30"] if "quota" in rule else [""] * 3
    grades = ", ".join(
        "{ " + ", ".join(part for part in (f'id = "{name}", name = "{name}"', share, cut) if part) + " }"
        for name, share, cut in zip("SAB", shares, cuts, strict=True)
    )
    groups = "".join(f'[[peer_groups]]\nid = "{name}"\nname = "{name}"\n' for name in ("line", "town"))
    rules = (
        f'{HEAD}{groups}[score]\naggregation = "arithmetic"\nrounding = {{ places = 0 }}\n'
        f"[grades]\n{rule}\ngrades = [{grades}]\n" + indicator("a")
    )
    names = [f"u{n}" for n in range(9)]
    units = "unit_id,name,peer_group\n" + "".join(f"{n},{n},{'line' if n < 'u3' else 'town'}\n" for n in names)
    figures = table_of({name: {"a": str(value)} for name, value in zip(names, values, strict=True)})
    reading = scored(tmp_path_factory.mktemp("graded"), rules, figures, units)
    for unit_id, unit in robustness(reading, draws=2).units.items():
        assert unit.grades == {name: float(name == reading.ranks[unit_id].grade) for name in "SAB"}


@pytest.mark.parametrize(
    ("draws", "seed", "spread", "code"),
    [(0, 1, 0.1, "robustness_draws"), (1, -1, 0.1, "robustness_seed"), (1, 1, 1.0, "robustness_spread")],
)
def test_numbers_that_cannot_be_meant_are_refused_in_words(
    city: Reading, draws: int, seed: int, spread: float, code: str
) -> None:
    with pytest.raises(UsageError) as refused:
        robustness(city, draws, seed, spread)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_rulebook_that_ranks_in_pairs_has_no_score_to_weigh_anew(tmp_path: Path) -> None:
    rules = HEAD + '[score]\naggregation = "outranking"\n[ranking]\nmethod = "outranking"\n'
    rules += indicator("a", weight="0.5") + indicator("b", weight="0.5")
    with pytest.raises(UsageError, match="pairs"):
        robustness(scored(tmp_path, rules, table_of(THREE)))


def test_geometric_means_are_one_of_the_other_ways_and_find_who_has_nothing_somewhere(tmp_path: Path) -> None:
    rules = HEAD + '[score]\naggregation = "arithmetic"\n' + indicator("a", weight="0.5") + indicator("b", weight="0.5")
    found = robustness(scored(tmp_path, rules, table_of({**THREE, "u4": {"a": "99", "b": "0"}})), draws=1)
    ways = {change.what: change.group_ranks for change in found.means}
    assert set(ways) == {"geometric", "harmonic"}
    assert ways["geometric"]["u4"] == 4
    assert found.units["u4"].overall.published == 1


def test_ranks_are_one_one_three() -> None:
    keys = np.array([[5, 1, 1, 9], [2, 2, 2, 2]], dtype=np.int64)
    assert ranks_of(keys).tolist() == [[3, 1, 1, 4], [1, 1, 1, 1]]


@pytest.mark.parametrize("count", range(2, 60))
def test_equal_orders_correlate_wholly_to_the_last_digit(count: int) -> None:
    ranks = np.arange(1, count + 1)
    assert spearman_of(ranks, ranks.copy()) == 1
    assert -1 <= (spearman_of(ranks, ranks[::-1]) or 0) <= -1 + 1e-9

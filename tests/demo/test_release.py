"""The demonstration evaluated under the shipped rulebooks: the first screen's figures, and a result one can believe."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

from etl.evaluate import Outcome, evaluate

Table = list[dict[str, str]]
Read = Callable[[int, str], Table]

HEADLINES = {
    2019: {"analyses_completed": "9", "units_using_data": "5", "datasets_opened": "231", "training_attendances": "312"},
    2020: {
        "analyses_completed": "13",
        "units_using_data": "8",
        "datasets_opened": "362",
        "training_attendances": "426",
    },
    2021: {
        "analyses_completed": "22",
        "units_using_data": "14",
        "datasets_opened": "600",
        "training_attendances": "1515",
    },
}
YEARS = list(HEADLINES)


@pytest.fixture(scope="session")
def evaluated(demo: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Outcome]:
    releases = tmp_path_factory.mktemp("releases")
    done: dict[int, Outcome] = {}

    def of_year(year: int) -> Outcome:
        if year not in done:
            done[year] = evaluate(demo, project / "data" / "rulebooks" / f"demo-{year}.toml", releases)
        return done[year]

    return of_year


@pytest.fixture
def read(evaluated: Callable[[int], Outcome]) -> Read:
    def table(year: int, name: str) -> Table:
        with (evaluated(year).release / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return table


@pytest.mark.parametrize("year", YEARS)
def test_every_row_is_taken_and_every_name_is_known(evaluated: Callable[[int], Outcome], year: int) -> None:
    assert evaluated(year).rejected_rows == 0
    assert evaluated(year).unknown_names == ()


@pytest.mark.parametrize("year", YEARS)
def test_the_headlines_are_the_published_figures(read: Read, year: int) -> None:
    assert {row["headline"]: row["value"] for row in read(year, "headlines")} == HEADLINES[year]


def test_training_is_shown_against_its_target_and_the_staff(read: Read) -> None:
    training = next(row for row in read(2021, "headlines") if row["headline"] == "training_attendances")
    assert (training["target"], training["attainment_pct"], training["ratio_pct"]) == ("1200", "126.25", "61.99")


def test_the_history_of_four_years_comes_to_1027_attendances(read: Read) -> None:
    attendances = {
        int(row["year"]): Decimal(row["value"])
        for row in read(2021, "history")
        if row["metric"] == "training_attendances"
    }
    assert attendances.pop(2021) == 1515
    assert sum(attendances.values()) == 1027
    assert sorted(attendances) == [2017, 2018, 2019, 2020]


@pytest.mark.parametrize("year", YEARS)
def test_scores_spread_and_nobody_reaches_a_hundred(read: Read, year: int) -> None:
    scores = sorted(Decimal(row["score"]) for row in read(year, "scores") if row["score"])
    assert scores[0] < 10
    assert 70 < scores[-1] < 100
    assert 20 < scores[len(scores) // 2] < 60


@pytest.mark.parametrize("year", YEARS)
def test_every_department_is_listed(read: Read, year: int) -> None:
    units = {row["unit_id"] for row in read(year, "units")}
    assert {row["unit_id"] for row in read(year, "scores")} == units


@pytest.mark.parametrize("year", [2020, 2021])
def test_every_grade_of_the_quota_is_given(read: Read, year: int) -> None:
    assert {row["grade"] for row in read(year, "ranks")} == {"S", "A", "B", "C"}


def test_a_veto_takes_the_top_grade_from_one_department(read: Read) -> None:
    lowered = [row for row in read(2021, "ranks") if row["grade"] != row["grade_before_veto"]]
    assert [(row["grade_before_veto"], row["grade"]) for row in lowered] == [("S", "A")]


def test_bonus_and_penalty_show_beside_the_base(read: Read) -> None:
    scores = read(2021, "scores")
    assert sum(Decimal(row["bonus"]) > 0 for row in scores) >= 4
    assert sum(Decimal(row["penalty"]) > 0 for row in scores) >= 4
    with localcontext(prec=60):
        for row in scores:
            total = Decimal(row["base"]) + Decimal(row["bonus"]) - Decimal(row["penalty"])
            assert abs(Decimal(row["total"]) - max(Decimal(0), total)) < Decimal("1e-30")


def test_measured_missing_and_not_applicable_all_occur(read: Read) -> None:
    assert {row["state"] for row in read(2021, "indicators")} == {"measured", "missing", "not_applicable"}


def test_equal_scores_occur(read: Read) -> None:
    scores = [row["score"] for row in read(2021, "scores")]
    assert len(set(scores)) < len(scores)


def test_most_departments_do_better_in_2021_than_two_years_before(read: Read) -> None:
    before = {row["unit_id"]: Decimal(row["score"]) for row in read(2019, "scores")}
    now = {row["unit_id"]: Decimal(row["score"]) for row in read(2021, "scores")}
    in_both = before.keys() & now.keys()
    assert sum(now[unit] > before[unit] for unit in in_both) > 0.6 * len(in_both)

"""The city's totals are those of the published case, to the last digit, measured by the real intake and metrics."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.demo import write_demo
from etl.engine import Engine
from tests.demo.measured_city import City, staged_city

TOTALS = [
    ("analyses_completed", {2019: 9, 2020: 13, 2021: 22}),
    ("datasets_opened", {2019: 231, 2020: 362, 2021: 600}),
    ("datasets_collected", {2018: 18, 2019: 34, 2020: 59, 2021: 99}),
    ("training_sessions", {2017: 2, 2018: 2, 2019: 3, 2020: 4, 2021: 15}),
    ("training_attendances", {2017: 118, 2018: 171, 2019: 312, 2020: 426, 2021: 1515}),
    ("training_people", {2019: 290, 2020: 388, 2021: 1231}),
    ("headcount_authorised", {2021: 2444}),
]


@pytest.mark.parametrize(
    ("metric", "year", "total"), [(metric, year, total) for metric, years in TOTALS for year, total in years.items()]
)
def test_the_citys_total_is_the_published_one(city: City, metric: str, year: int, total: int) -> None:
    assert city.total(metric, year) == total


def test_fourteen_departments_use_data_in_policy(city: City) -> None:
    using = {unit for unit, value in city.measure("policies_using_data", 2021).items() if value > 0}
    assert len(using) == 14


SITES = [
    ("스마트워크센터", {2019: 2, 2020: 3, 2021: 5}),
    ("스마트경로당", {2019: 5, 2020: 28, 2021: 65}),
]


@pytest.mark.parametrize(
    ("service", "year", "sites"), [(service, year, sites) for service, known in SITES for year, sites in known.items()]
)
def test_the_sites_of_an_initiative_are_the_published_ones(city: City, service: str, year: int, sites: int) -> None:
    unit = city.column(f"SELECT unit_id FROM staged_initiatives WHERE service = '{service}'")[0]
    assert city.measure("initiative_sites", year)[unit] == sites


def test_the_analyses_of_the_year_use_datasets_of_both_kinds(city: City) -> None:
    used = city.column(
        "SELECT COUNT(DISTINCT analysis_id) FROM staged_analysis_sources NATURAL JOIN staged_analyses"
        " WHERE status = 'completed' AND year(completed_on) = 2021"
    )[0]
    assert used >= 22
    collected = city.column(
        "SELECT COUNT(*) FROM staged_analysis_sources NATURAL JOIN staged_datasets WHERE opened_on IS NULL"
    )[0]
    assert collected > 0


def test_the_rungs_of_the_ladder_hold_each_other(city: City) -> None:
    rungs = ("policies_evidenced", "policies_planned", "policies_budgeted", "policies_effective")
    totals = [city.total(rung, 2021) for rung in rungs]
    assert totals == sorted(totals, reverse=True)
    assert len(set(totals)) == len(rungs)
    assert totals[0] == city.total("policies_using_data", 2021)


def test_the_years_before_come_to_eleven_courses_and_1027_attendances(city: City) -> None:
    earlier = range(2017, 2021)
    assert sum(city.total("training_sessions", year) for year in earlier) == 11
    assert sum(city.total("training_attendances", year) for year in earlier) == 1027


def test_attendances_are_62_percent_of_the_staff(city: City) -> None:
    ratio = 100 * city.total("training_attendances", 2021) / city.total("headcount_authorised", 2021)
    assert ratio.quantize(Decimal("0.01")) == Decimal("61.99")


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_no_department_trains_more_people_than_it_has(city: City, year: int) -> None:
    staff = city.measure("headcount_authorised", year)
    trained = city.measure("training_people", year)
    assert [unit for unit, people in trained.items() if people > staff[unit]] == []


@pytest.mark.parametrize("metric", ["analyses_completed", "policies_using_data", "datasets_opened", "training_people"])
def test_every_year_is_better_than_the_one_before(city: City, metric: str) -> None:
    totals = [city.total(metric, year) for year in (2019, 2020, 2021)]
    assert totals == sorted(totals)
    assert totals[2] > Decimal("1.5") * totals[1]


@pytest.mark.parametrize("seed", [1, 10, 77])
def test_every_seed_gives_the_same_totals_and_no_reject(seed: int, tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", seed)
    with Engine() as engine:
        city = staged_city(tmp_path / "demo", tmp_path / "job", engine)
        assert sum(loaded.rejected for loaded in city.staged.loaded) == 0
        assert city.total("analyses_completed", 2021) == 22
        assert city.total("datasets_opened", 2021) == 600
        assert city.total("training_attendances", 2021) == 1515
        assert sum(value > 0 for value in city.measure("policies_using_data", 2021).values()) == 14

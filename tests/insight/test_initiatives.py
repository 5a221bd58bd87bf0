"""Initiatives with their sites and users by year, as received and as the metrics count them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from etl.engine import Engine
from etl.insight.initiatives import Initiative, InitiativeYear, initiatives, totals_by_year
from etl.insight.reading import Reading
from etl.release.seal import RECORDS
from etl.results import open_measures


@pytest.fixture(scope="module")
def found(city: Reading) -> list[Initiative]:
    return initiatives(city)


@pytest.mark.parametrize(
    ("service", "sites"),
    [("스마트워크센터", {2019: 2, 2020: 3, 2021: 5}), ("스마트경로당", {2019: 5, 2020: 28, 2021: 65})],
)
def test_the_sites_grow_to_the_published_numbers(found: list[Initiative], service: str, sites: dict[int, int]) -> None:
    (one,) = [initiative for initiative in found if initiative.service == service]
    assert {year.year: year.sites for year in one.years} == sites
    assert one.lacks is None
    assert one.origin.file == "디지털사업.csv"


def test_executive_meetings_are_held_at_a_distance_and_have_users(found: list[Initiative]) -> None:
    (meetings,) = [initiative for initiative in found if "원격 간부회의" in initiative.title]
    assert [year.year for year in meetings.years] == [2020, 2021]
    assert all(year.users for year in meetings.years)


def test_an_initiative_that_ended_is_kept_with_the_reason(found: list[Initiative]) -> None:
    ended = [initiative for initiative in found if initiative.ended_on is not None]
    assert [initiative.lacks for initiative in ended] == ["ended"]


def test_the_totals_of_the_year_are_what_the_metrics_count(city: Reading, found: list[Initiative]) -> None:
    this = totals_by_year([one for one in found if one.lacks is None])[-1]
    with Engine() as engine:
        measures = open_measures(city.rulebook, city.folder / RECORDS, engine)
        period = date(2021, 1, 1), date(2021, 12, 31)
        sites, _ = measures.total("initiative_sites", *period)
        users, _ = measures.total("initiative_users", *period)
    assert (this.year, this.sites, this.users) == (2021, sites, users)


def test_users_nobody_counted_are_left_out_of_a_total_and_none_at_all_is_unknown(found: list[Initiative]) -> None:
    one = found[0]
    counted = replace(one, years=(InitiativeYear(2020, 2, None), InitiativeYear(2021, 3, 10)))
    uncounted = replace(one, years=(InitiativeYear(2020, 1, None), InitiativeYear(2021, 4, None)))
    refused = replace(counted, lacks="refused")
    assert totals_by_year([counted, uncounted, refused]) == [InitiativeYear(2020, 3, None), InitiativeYear(2021, 7, 10)]
    assert totals_by_year([]) == []

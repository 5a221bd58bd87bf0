"""The training programme of the demonstration, plan against result, and the published figures it follows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from etl.insight.reading import Reading
from etl.insight.training import BYS, By, Programme, Tally, programme_years, training_programme

OfYear = Callable[[int], Programme]


@pytest.fixture(scope="module")
def of_year(city: Reading) -> OfYear:
    made: dict[int, Programme] = {}

    def programme(year: int) -> Programme:
        if year not in made:
            made[year] = training_programme(city, year)
        return made[year]

    return programme


def parts(programme: Programme, by: By) -> dict[str | None, Tally]:
    return {tally.part: tally for tally in programme.by[by]}


def test_fifteen_sessions_with_1515_completions_against_a_target_of_1200(of_year: OfYear) -> None:
    total = of_year(2021).total
    assert (total.sessions, total.completed, total.target) == (15, 1515, 1200)
    assert total.target_pct == Decimal("126.3")


def test_the_four_years_before_had_11_sessions_and_1027_completions(of_year: OfYear) -> None:
    earlier = of_year(2021).earlier
    assert earlier is not None
    assert (earlier.first_year, earlier.last_year) == (2017, 2020)
    assert (earlier.sessions, earlier.completed) == (11, 1027)


def test_the_job_training_has_400_places_in_two_rounds_four_fields_and_nine_courses(of_year: OfYear) -> None:
    lines = [line for line in of_year(2022).rounds if line.field in FIELDS_OF_2022]
    job = parts(of_year(2022), "programme")["2022 직무교육"]
    assert (job.seats_planned, job.rounds, len({line.course_id for line in lines})) == (400, 18, 9)
    assert {line.field for line in lines} == FIELDS_OF_2022
    by_round = {number: [line for line in lines if line.round == number] for number in (1, 2)}
    assert {number: sum(one.tally.seats_planned or 0 for one in own) for number, own in by_round.items()} == {
        1: 200,
        2: 200,
    }
    first = [day for line in by_round[1] for day in (line.starts_on, line.ends_on)]
    assert (min(first).isoformat(), max(first).isoformat()) == ("2022-03-10", "2022-03-31")
    assert {line.starts_on.month for line in by_round[2]} == {7}
    assert all(line.held for line in by_round[1])
    assert not any(line.held for line in by_round[2])


FIELDS_OF_2022 = {"업무 자동화", "데이터 분석", "콘텐츠 제작", "인공지능 활용"}


def test_the_outside_course_of_2020_took_three_days_and_had_thirty_places(of_year: OfYear) -> None:
    (line,) = [line for line in of_year(2020).rounds if line.mode == "external"]
    assert (line.starts_on.isoformat(), line.ends_on.isoformat()) == ("2020-07-15", "2020-07-17")
    assert (line.tally.seats_planned, line.tally.seats_offered, line.tally.completed) == (30, 30, 9)


def test_a_round_not_held_and_a_session_outside_the_plan_are_told_apart(of_year: OfYear) -> None:
    lines = of_year(2021).rounds
    (missed,) = [line for line in lines if not line.held]
    assert (missed.title, missed.round, missed.tally.seats_offered) == ("빅데이터 분석 기획 과정", 2, None)
    (extra,) = [line for line in lines if not line.tally.rounds]
    assert (extra.course_id, extra.tally.seats_planned, extra.tally.completed) == (None, None, 19)
    assert [line.starts_on for line in lines] == sorted(line.starts_on for line in lines)


@pytest.mark.parametrize("year", [2020, 2021, 2022])
@pytest.mark.parametrize("by", BYS)
def test_the_parts_come_to_the_whole_except_for_people(of_year: OfYear, year: int, by: By) -> None:
    programme = of_year(year)
    for name in (
        "rounds",
        "rounds_held",
        "seats_planned",
        "target",
        "sessions",
        "seats_offered",
        "filled",
        "completed",
    ):
        told = [getattr(tally, name) for tally in programme.by[by] if getattr(tally, name) is not None]
        assert sum(told) == getattr(programme.total, name), name
    assert sum((tally.hours for tally in programme.by[by]), Decimal(0)) == programme.total.hours
    assert sum(tally.people for tally in programme.by[by]) >= programme.total.people


def test_the_whole_is_what_the_metrics_measure(of_year: OfYear, city: Reading) -> None:
    programme = of_year(2021)
    headline = {row.headline: row.value for row in city.headlines}["training_attendances"]
    people = sum((row.value or 0 for (_, metric), row in city.metrics.items() if metric == "training_people"), 0)
    assert (programme.total.completed, programme.total.people) == (headline, people)


def test_whom_it_did_not_reach_is_staff_less_distinct_people(of_year: OfYear) -> None:
    programme = of_year(2021)
    assert programme.headcount is not None
    assert programme.not_reached == programme.headcount - 1231
    for reach in programme.reach.values():
        assert reach.headcount is not None
        assert reach.not_reached == max(reach.headcount - reach.people, 0)
        assert reach.people <= reach.completed <= reach.filled


def test_staff_that_nobody_reported_is_not_taken_for_zero(of_year: OfYear, city: Reading) -> None:
    """Departments founded in 2021 have no headcount of 2020."""
    programme = training_programme(city, 2016)
    assert programme.headcount is None
    assert programme.not_reached is None
    assert {reach.not_reached for reach in programme.reach.values()} == {None}
    assert programme.total.sessions == 0
    assert programme.earlier is None


def test_the_years_are_those_of_rounds_and_courses(city: Reading) -> None:
    assert programme_years(city) == [2017, 2018, 2019, 2020, 2021, 2022]


def test_a_share_of_places_that_are_not_all_known_is_not_told() -> None:
    known = Tally("x", 1, 1, 10, None, 2, 20, 0, 15, 12, 12, Decimal(36))
    assert (known.filled_pct, known.target_pct) == (75, None)
    unknown = Tally("x", 1, 1, 10, 0, 2, 20, 1, 15, 12, 12, Decimal(36))
    assert (unknown.filled_pct, unknown.target_pct) == (None, None)

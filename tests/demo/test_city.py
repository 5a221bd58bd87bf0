"""What a body meets in practice is in the synthetic city: reorganisation, transfers, undecided records, gaming."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.demo.measured_city import City

EVENTS = "0030040"
DECIDED_TWICE = """
SELECT first.record_id FROM staged_recognition AS first JOIN staged_recognition AS second
ON first.record_kind = second.record_kind AND first.record_id = second.record_id
WHERE first.decided_on < second.decided_on AND first.record_kind = 'analyses'
AND first.decision = '{first}' AND second.decision = '{second}'
"""
LATEST_DECISIONS = """
SELECT record_kind, record_id, arg_max(decision, decided_on) AS decision FROM staged_recognition GROUP BY ALL
"""


def test_every_row_is_staged_or_was_not_asked_for(city: City) -> None:
    assert {loaded.file: loaded.rejected for loaded in city.staged.loaded if loaded.rejected} == {}
    set_aside = {loaded.file: loaded.set_aside for loaded in city.staged.loaded if loaded.set_aside}
    assert list(set_aside) == ["교육이수.csv"]
    assert city.staged.unknown_names == ()


def test_about_eighty_departments_of_4_to_120_people_in_five_peer_groups(city: City) -> None:
    staff = city.measure("headcount_authorised", 2021)
    assert 78 <= len(staff) <= 85
    assert staff.keys() == city.units(2021)
    assert min(staff.values()) == 4
    assert max(staff.values()) == 120
    groups = city.rows("SELECT peer_group, COUNT(DISTINCT unit_id) FROM staged_departments GROUP BY ALL")
    assert {group for group, _ in groups} == {"support", "line", "office", "town", "agency"}
    assert min(count for _, count in groups) >= 5


def test_the_staff_of_a_closed_department_is_not_counted_on(city: City) -> None:
    closed = city.column("SELECT unit_id FROM staged_departments WHERE valid_to = '2021-06-30'")
    assert len(closed) == 3
    assert city.rows(f"SELECT 1 FROM staged_headcount WHERE unit_id = '{closed[0]}' AND as_of = '2021-06-30'")
    assert city.total("headcount_authorised", 2021) == 2444


@pytest.mark.parametrize("kind", ["analyses", "policies", "datasets", "attendance"])
@pytest.mark.parametrize("year", [2020, 2021])
def test_departments_closed_in_2021_have_records_of_every_kind_until_then(city: City, kind: str, year: int) -> None:
    day = {"analyses": "completed_on", "policies": "used_on", "datasets": "opened_on", "attendance": "completed_on"}[
        kind
    ]
    closed = "SELECT unit_id FROM staged_departments WHERE valid_to = '2021-06-30'"
    days = city.column(f"SELECT {day} FROM staged_{kind} WHERE unit_id IN ({closed}) AND year({day}) = {year}")
    assert year == 2020 or days
    assert all(day.isoformat() <= "2021-06-30" for day in days)


def test_successors_have_records_of_their_own_from_july(city: City) -> None:
    heirs = "SELECT to_unit FROM staged_successions"
    opened = city.column(f"SELECT COALESCE(collected_on, opened_on) FROM staged_datasets WHERE unit_id IN ({heirs})")
    trained = city.column(
        f"SELECT completed_on FROM staged_attendance WHERE unit_id IN ({heirs}) AND outcome = 'completed'"
    )
    assert opened
    assert trained
    assert min(opened + trained).isoformat() >= "2021-07-01"


def test_a_split_gives_fractions_that_add_up_again(city: City) -> None:
    policies = city.measure("policies_using_data", 2021)
    assert policies["0080050"] % 1 != 0
    assert policies["0080050"] * 4 == policies["0080060"] * 6
    assert city.total("policies_using_data", 2021) % 1 == 0


def test_a_merged_department_takes_over_a_policy_of_the_spring(city: City) -> None:
    assert city.measure("policies_using_data", 2021)["0070050"] >= 1
    assert city.column("SELECT COUNT(*) FROM staged_policies WHERE unit_id = '0070050'") == [0]


def test_one_department_is_renamed_within_the_year_and_keeps_its_code(city: City) -> None:
    renamed = city.rows(
        "SELECT unit_id, list(name ORDER BY valid_from), max(valid_from) FROM staged_departments"
        " GROUP BY unit_id HAVING COUNT(*) > 1"
    )
    assert len(renamed) == 1
    code, names, since = renamed[0]
    assert len(set(names)) == 2
    assert since.isoformat() == "2021-03-02"
    sides = city.column(
        "SELECT DISTINCT opened_on < '2021-03-02' FROM staged_datasets"
        f" WHERE unit_id = '{code}' AND year(opened_on) = 2021"
    )
    assert sorted(sides) == [False, True]


def test_every_record_is_of_a_department_that_exists_on_its_day(city: City) -> None:
    days = {
        "headcount": "as_of",
        "analyses": "COALESCE(completed_on, started_on)",
        "policies": "used_on",
        "datasets": "COALESCE(collected_on, opened_on)",
        "initiatives": "started_on",
        "training_sessions": "starts_on",
        "attendance": "COALESCE(completed_on, started_on)",
        "not_applicable": "requested_on",
        "ledger": "occurred_on",
        "pilots": "starts_on",
        "practices": "registered_on",
        "awards": "awarded_on",
        "panel_marks": "given_on",
    }
    for kind, day in days.items():
        strays = city.rows(
            f"SELECT r.unit_id, {day} FROM staged_{kind} AS r WHERE NOT EXISTS (SELECT 1 FROM staged_departments AS d"
            f" WHERE d.unit_id = r.unit_id AND {day} BETWEEN d.valid_from AND COALESCE(d.valid_to, DATE '9999-12-31'))"
        )
        assert strays == [], kind


def test_people_who_move_attend_in_both_departments_and_count_once(city: City) -> None:
    movers = city.rows(
        "SELECT person FROM staged_attendance WHERE outcome = 'completed' AND year(completed_on) = 2021"
        " AND unit_id NOT IN (SELECT from_unit FROM staged_successions UNION SELECT to_unit FROM staged_successions)"
        " GROUP BY person HAVING COUNT(DISTINCT unit_id) > 1"
    )
    assert len(movers) >= 5
    courses = "SELECT session_id FROM staged_training_sessions WHERE kind_of_session = 'course'"
    people = city.column(
        "SELECT COUNT(DISTINCT person) FROM staged_attendance WHERE outcome = 'completed' AND year(completed_on) = 2021"
        f" AND session_id IN ({courses})"
    )
    assert [city.total("training_people", 2021)] == people


def test_somebody_attends_the_same_course_twice(city: City) -> None:
    twice = city.rows(
        "SELECT person FROM staged_attendance NATURAL JOIN (SELECT session_id, split_part(title, '(', 1) AS course"
        " FROM staged_training_sessions WHERE year(ends_on) = 2021) WHERE outcome = 'completed'"
        " GROUP BY person, course HAVING COUNT(*) > 1"
    )
    assert twice


def test_briefings_conferences_and_unfinished_courses_are_attended_and_do_not_count(city: City) -> None:
    rows = city.rows(
        "SELECT kind_of_session, outcome, COUNT(*) FROM staged_attendance NATURAL JOIN"
        " (SELECT session_id, kind_of_session FROM staged_training_sessions WHERE year(ends_on) = 2021) GROUP BY ALL"
    )
    attended = {(kind, outcome): count for kind, outcome, count in rows}
    assert attended.pop(("course", "completed")) == 1515
    assert attended.keys() == {("course", "not_completed"), ("briefing", "completed"), ("conference", "completed")}


@pytest.mark.parametrize(("first", "second"), [("refused", "recognised"), ("recognised", "refused")])
def test_a_later_decision_reverses_an_earlier_one(city: City, first: str, second: str) -> None:
    assert city.rows(DECIDED_TWICE.format(first=first, second=second))


@pytest.mark.parametrize("kind", ["analyses", "policies"])
def test_records_wait_at_every_stage_of_recognition(city: City, kind: str) -> None:
    day = {"analyses": "completed_on", "policies": "used_on"}[kind]
    key = {"analyses": "analysis_id", "policies": "policy_id"}[kind]
    stages = city.column(
        f"SELECT DISTINCT COALESCE(d.decision, 'none') FROM staged_{kind} AS r LEFT JOIN ({LATEST_DECISIONS}) AS d"
        f" ON d.record_kind = '{kind}' AND d.record_id = r.{key} WHERE year(r.{day}) = 2021"
    )
    assert set(stages) == {"none", "submitted", "to_complete", "recognised", "refused"}


def test_joint_analyses_are_shared_between_two_and_three_departments(city: City) -> None:
    partners = city.column("SELECT COUNT(*) FROM staged_analysis_shares GROUP BY analysis_id")
    assert set(partners) == {2, 3}
    assert any(value % 1 for value in city.measure("analyses_completed", 2021).values())


def test_a_recognised_policy_that_rests_on_nothing_recognised_does_not_count(city: City) -> None:
    recognised = city.column(
        f"SELECT COUNT(*) FROM ({LATEST_DECISIONS}) JOIN staged_policies ON record_id = policy_id"
        " WHERE record_kind = 'policies' AND decision = 'recognised' AND year(used_on) = 2021 AND stage IS NOT NULL"
    )[0]
    assert recognised > city.total("policies_using_data", 2021)


def test_refused_datasets_do_not_count(city: City) -> None:
    opened = city.column("SELECT COUNT(*) FROM staged_datasets WHERE year(opened_on) = 2021")[0]
    refused = city.column(
        "SELECT COUNT(*) FROM staged_recognition WHERE record_kind = 'datasets' AND year(decided_on) = 2021"
    )
    assert refused[0] > 0
    assert opened > 600


def test_one_department_opens_its_whole_year_in_the_last_days_of_december(city: City) -> None:
    dumps = city.rows(
        "SELECT unit_id, COUNT(*) FROM staged_datasets WHERE year(opened_on) = 2021"
        " GROUP BY unit_id HAVING COUNT(*) >= 20 AND min(opened_on) >= '2021-12-25'"
    )
    assert dumps == [("0120050", 26)]


def test_one_department_splits_a_table_into_a_dataset_for_every_town(city: City) -> None:
    splits = city.rows(
        "SELECT unit_id, COUNT(*) FROM staged_datasets WHERE year(opened_on) = 2021"
        " GROUP BY unit_id, opened_on, split_part(title, '(', 1) HAVING COUNT(*) >= 10"
    )
    assert splits == [("0080020", 21)]


def test_some_departments_have_nothing_but_a_place_in_the_roster(city: City) -> None:
    metrics = ["analyses_completed", "policies_using_data", "datasets_opened", "datasets_held", "training_people"]
    busy = {unit for metric in metrics for unit in city.measure(metric, 2021)}
    idle = city.units(2021) - busy
    assert len(idle) >= 3
    assert EVENTS in idle
    assert city.rows(f"SELECT 1 FROM staged_panel_marks WHERE unit_id = '{EVENTS}'") == []
    assert city.measure("headcount_authorised", 2021)[EVENTS] > 0


def test_not_applicable_is_approved_refused_and_pending_and_never_contradicted(city: City) -> None:
    assert set(city.column("SELECT DISTINCT decision FROM staged_not_applicable WHERE year = 2021")) == {
        "approved",
        "refused",
        "requested",
    }
    approved = city.rows("SELECT year, unit_id, indicator FROM staged_not_applicable WHERE decision = 'approved'")
    assert {year for year, _, _ in approved} == {2019, 2020, 2021}
    for year, unit, metric in approved:
        assert city.measure(metric, year).get(unit, Decimal(0)) == 0


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_five_assessors_mark_every_department_that_is_heard(city: City, year: int) -> None:
    marks = dict(city.rows(f"SELECT unit_id, COUNT(*) FROM staged_panel_marks WHERE year = {year} GROUP BY ALL"))
    assert set(marks.values()) == {5}
    assert marks.keys() == city.units(year) - {EVENTS}


def test_ledgers_of_three_years_hold_bonus_penalty_and_a_veto(city: City) -> None:
    kinds = city.rows("SELECT DISTINCT year(occurred_on), entry_kind FROM staged_ledger")
    assert {(year, kind) for year in (2019, 2020, 2021) for kind in ("bonus", "penalty")} <= set(kinds)
    assert (2021, "veto") in kinds


def test_downloads_never_fall(city: City) -> None:
    falling = city.rows(
        "SELECT dataset_id FROM (SELECT dataset_id,"
        " downloads - lag(downloads) OVER (PARTITION BY dataset_id ORDER BY as_of) AS more"
        " FROM staged_dataset_usage) WHERE more < 0"
    )
    assert falling == []


def test_most_datasets_are_in_a_format_machines_read(city: City) -> None:
    formats = dict(city.rows("SELECT format, COUNT(*) FROM staged_datasets GROUP BY ALL"))
    assert formats["CSV"] * 2 > sum(formats.values())
    assert {"XLSX", "HWP", "PDF"} <= formats.keys()

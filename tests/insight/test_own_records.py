"""The records a department may speak about are its own, named by title and day, each once."""

from __future__ import annotations

from etl.contracts.records import RECORDS
from etl.insight.evidence import open_evidence
from etl.insight.own_records import kinds_behind, records_behind, records_of
from etl.insight.reading import Reading
from etl.intake.recognitions import KINDS

LEADER = "0010030"


def test_the_records_behind_an_indicator_are_the_candidates_of_its_metrics_each_once(city: Reading) -> None:
    for indicator in city.rulebook.indicators:
        found = records_behind(city, indicator, LEADER)
        assert len({(one.kind, one.record_id) for one in found}) == len(found)
        assert {one.kind for one in found} <= set(kinds_behind(indicator))
        with open_evidence(city) as book:
            every = {one.record_id for _, metric in indicator.metrics() for one in book.of(metric, LEADER)}
        assert {one.record_id for one in found} == every


def test_attendance_goes_by_the_title_of_its_course_and_the_day_it_was_completed(city: Reading) -> None:
    uptake = next(one for one in city.rulebook.indicators if one.id == "training_uptake")
    attended = [one for one in records_behind(city, uptake, LEADER) if one.kind == "attendance"]
    assert len(attended) > 20
    assert all(one.title for one in attended)
    assert all(one.day for one in attended if one.reason != "not_completed")


def test_records_to_decide_on_are_of_their_kinds_and_joint_work_is_everybodys(city: Reading) -> None:
    found = {(one.kind, one.record_id) for one in records_of(city, KINDS, LEADER)}
    assert {kind for kind, _ in found} <= set(KINDS)
    assert ("analyses", "2021-013") in found, "half of it is the department's, whoever leads"
    assert ("analyses", "2021-001") not in found


def test_the_day_people_know_a_record_by_is_a_day_of_its_contract() -> None:
    known = {kind: contract.known_by for kind, contract in RECORDS.items() if contract.known_by is not None}
    assert known["attendance"] == "completed_on"
    assert all(column in RECORDS[kind].model_fields for kind, column in known.items())

"""Pilots, good practice and awards of the demonstration, and what one achievement may not earn twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.evaluate import evaluate
from etl.insight.double_credit import DoubleCredit, double_credits
from etl.insight.evidence import open_evidence
from etl.insight.explain import as_json, as_text, explain
from etl.insight.pilots import FEWEST_SHOWN, SCORES, PilotStanding, effect, pilots, question
from etl.insight.practices import AwardLine, PracticeCase, award_lines, cases_with, practice_cases
from etl.insight.reading import Reading, open_release

ASSISTANT = "시범-2021-01"
D = Decimal


def release_of(year: int, project: Path, folder: Path) -> Reading:
    rulebook = project / f"data/rulebooks/demo-{year}.toml"
    return open_release(evaluate(project / "data/demo", rulebook, folder).release)


@pytest.fixture(scope="module")
def reading(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return release_of(2021, project, tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="module")
def before(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return release_of(2020, project, tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="module")
def known(reading: Reading) -> dict[str, PilotStanding]:
    return {pilot.pilot_id: pilot for pilot in pilots(reading)}


# Pilots --------------------------------------------------------------------------------------------------------------


def test_the_document_assistant_was_tried_surveyed_measured_and_then_decided_on(
    known: dict[str, PilotStanding],
) -> None:
    pilot = known[ASSISTANT]
    assert len(pilot.units) == 6
    assert pilot.users == sum(users or 0 for users in pilot.units.values()) == 91
    assert [one.respondents for one in pilot.questions] == [74, 74, 73, 74, 74]
    assert pilot.effect is not None
    assert (pilot.effect.before, pilot.effect.after, pilot.effect.change) == (94, 61, -33)
    assert pilot.effect.change_pct == D("-35.1")
    assert pilot.decision == "adopt"
    assert pilot.ends_on is not None
    assert pilot.decided_on is not None
    assert pilot.starts_on < pilot.ends_on < pilot.decided_on


def test_pilots_are_adopted_extended_stopped_and_still_open(known: dict[str, PilotStanding]) -> None:
    assert {pilot.decision for pilot in known.values()} == {"adopt", "extend", "stop", None}
    assert all(pilot.origin.file == "시범사업.csv" and pilot.origin.row for pilot in known.values())


def test_a_mean_is_that_of_the_answers_that_are_shown(known: dict[str, PilotStanding]) -> None:
    for pilot in known.values():
        shown = [one for one in pilot.questions if not one.is_hidden]
        given_answers = [
            score for one in shown for score, count in zip(SCORES, one.counts, strict=True) for _ in range(count)
        ]
        assert len(given_answers) == pilot.answers
        assert pilot.mean is not None
        assert abs(pilot.mean - D(sum(given_answers)) / len(given_answers)) < D("1e-20")


def test_the_satisfaction_metrics_come_to_the_same_mean(reading: Reading, known: dict[str, PilotStanding]) -> None:
    with open_evidence(reading) as book:
        points = sum(amount or 0 for _, _, amount, _ in book.everywhere("pilot_survey_points"))
        answers = sum(amount or 0 for _, _, amount, _ in book.everywhere("pilot_survey_answers"))
    of_2021 = [pilot for pilot in known.values() if pilot.ends_on is None or pilot.ends_on.year >= 2021]
    assert answers == sum(pilot.answers for pilot in of_2021)
    assert points == sum(
        score * count
        for pilot in of_2021
        for one in pilot.questions
        for score, count in zip(SCORES, one.counts, strict=False)
    )


def test_a_pilot_that_begins_after_the_period_is_not_there_yet(before: Reading) -> None:
    assert [pilot.pilot_id for pilot in pilots(before)] == ["시범-2020-01"]


@given(counts=st.dictionaries(st.sampled_from(SCORES), st.integers(0, 6)))
def test_a_question_shows_all_or_nothing(counts: dict[int, int]) -> None:
    asked = question("1", "?", counts)
    respondents = sum(counts.values())
    assert asked.is_hidden == (respondents < FEWEST_SHOWN)
    if asked.is_hidden:
        assert (asked.respondents, asked.mean, asked.counts) == (None, None, ())
    else:
        assert asked.respondents == respondents == sum(asked.counts)
        assert asked.mean is not None
        assert min(counts) <= asked.mean <= max(counts)


@pytest.mark.parametrize(
    ("before_it", "after_it", "change", "percent"),
    [
        ("94", "61", "-33", "-35.1"),
        ("7.4", "2.9", "-4.5", "-60.8"),
        ("-10", "-5", "5", "50"),
        ("0", "3", "3", None),
        ("6.5", None, None, None),
        (None, "3", None, None),
    ],
)
def test_an_effect_is_after_less_before(
    before_it: str | None, after_it: str | None, change: str | None, percent: str | None
) -> None:
    figures = [None if text is None else D(text) for text in (before_it, after_it, change, percent)]
    found = effect("시간", "분", figures[0], figures[1])
    assert (found.change, found.change_pct) == (figures[2], figures[3])


# Good practice -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cases(reading: Reading) -> list[PracticeCase]:
    return practice_cases(reading)


def test_a_course_of_three_days_in_2020_brought_the_cases_of_four_other_bodies(cases: list[PracticeCase]) -> None:
    """Three bodies shared theirs, and one that had been awarded in an evaluation of 2018."""
    brought = [case for case in cases if case.body is not None]
    assert len({case.body for case in brought}) == 4
    assert all("(예시)" in (case.body or "") for case in brought)
    assert {case.registered_on for case in brought} == {date(2020, 7, 22)}
    assert all("2020년 7월 15~17일" in case.result for case in brought)
    assert sum("2018년" in case.title and "수상" in case.title for case in brought) == 1
    assert all(case.reuses for case in brought)


def test_every_case_says_problem_data_method_and_result_and_where_it_stood(cases: list[PracticeCase]) -> None:
    for case in cases:
        assert all((case.problem, case.data_used, case.method, case.result))
        assert case.origin.file == "우수사례.csv"
        assert case.origin.row is not None
    assert any(reuse.unit_id is None for case in cases for reuse in case.reuses)
    assert any(case.awards for case in cases)


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("마을버스 교통카드", {"이웃군(예시)"}),
        ("교통카드  마을버스", {"이웃군(예시)"}),
        ("들녘군", {"들녘군(예시)"}),
        ("마을버스 직매장", set()),
    ],
)
def test_a_search_finds_cases_that_hold_every_word(cases: list[PracticeCase], words: str, bodies: set[str]) -> None:
    assert {case.body for case in cases_with(cases, words)} == bodies


def test_an_empty_search_finds_everything(cases: list[PracticeCase]) -> None:
    assert cases_with(cases, "  ") == cases


# Awards --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def awards(reading: Reading) -> list[AwardLine]:
    return award_lines(reading)


def test_awards_of_four_years_come_with_what_they_are_for(awards: list[AwardLine]) -> None:
    assert {award.awarded_on.year for award in awards} == {2018, 2019, 2020, 2021}
    kinds = {award.record[0] for award in awards if award.record is not None}
    assert kinds == {"analyses", "practices", "pilots"}
    assert all(award.record[2] for award in awards if award.record is not None)


def test_an_award_feeds_the_bonus_or_says_why_not(reading: Reading, awards: list[AwardLine]) -> None:
    assert {award.reason for award in awards} == {
        *(None, "outside_period", "no_document"),
        *("counted_as_performance", "credited_in_ledger"),
    }
    counted = {award.unit_id for award in awards if award.reason is None}
    assert counted
    assert all(reading.scores[unit_id].bonus >= 1 for unit_id in counted)


def test_where_no_rule_is_fed_by_awards_they_feed_nothing(before: Reading) -> None:
    assert {(award.rule, award.reason) for award in award_lines(before)} == {(None, None)}


def test_an_explanation_shows_the_awards_behind_a_bonus_counted_and_not(
    reading: Reading, awards: list[AwardLine]
) -> None:
    held_back = next(award for award in awards if award.reason == "credited_in_ledger")
    explained = explain(reading, held_back.unit_id)
    (fed,) = as_json(explained)["fed"]
    assert (fed["kind"], fed["rule"], fed["cap"]) == ("bonus", "award", "3")
    assert held_back.award_id in {record["record_id"] for record in fed["not_counted"]}
    assert "이미 가점" in as_text(explained, "ko")
    assert held_back.award_id in as_text(explained, "en")
    paid = next(award for award in awards if award.reason is None)
    (fed,) = as_json(explain(reading, paid.unit_id))["fed"]
    assert fed["points"] == "1"
    (record,) = fed["counted"]
    assert (record["record_id"], record["title"], record["file"]) == (paid.award_id, paid.title, "수상.csv")
    assert record["row"] == paid.origin.row


# Double credit -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def doubles(reading: Reading) -> list[DoubleCredit]:
    return double_credits(reading)


def kinds_of(found: DoubleCredit) -> set[str]:
    return {claim.kind for claim in found.claims}


def test_an_award_that_was_entered_by_hand_too_is_found_and_has_to_be_decided_on(
    reading: Reading, doubles: list[DoubleCredit]
) -> None:
    (found,) = [found for found in doubles if found.is_open]
    assert doubles[0] == found
    assert kinds_of(found) == {"awards", "ledger"}
    assert found.links == ("same_day_and_words",)
    assert reading.scores[found.claims[0].unit_id].bonus == 2


def test_what_a_metric_holds_back_is_found_too_and_only_one_of_it_earns(doubles: list[DoubleCredit]) -> None:
    settled = {frozenset(kinds_of(found)): found for found in doubles if not found.is_open}
    assert set(settled) == {
        frozenset({"awards", "ledger"}),
        frozenset({"awards", "ledger", "practices"}),
        frozenset({"awards", "analyses"}),
    }
    for found in settled.values():
        assert sum(claim.earns_now for claim in found.claims) == 1
        assert sum(claim.held_back is not None for claim in found.claims) == 1
    assert "same_document" in settled[frozenset({"awards", "ledger"})].links
    assert settled[frozenset({"awards", "analyses"})].links == ("award_for_record",)


def test_every_record_of_a_finding_says_where_it_was_received(doubles: list[DoubleCredit]) -> None:
    assert all(claim.origin.file and claim.origin.row for found in doubles for claim in found.claims)


def test_everything_a_metric_held_back_is_in_a_finding(doubles: list[DoubleCredit], awards: list[AwardLine]) -> None:
    held_back = {award.award_id for award in awards if award.reason in ("counted_as_performance", "credited_in_ledger")}
    assert held_back == {claim.record_id for found in doubles for claim in found.claims if claim.held_back is not None}


def test_an_explanation_tells_of_the_findings_of_its_department(reading: Reading, doubles: list[DoubleCredit]) -> None:
    found = doubles[0]
    explained = explain(reading, found.claims[0].unit_id)
    (told,) = as_json(explained)["double_credit"]
    assert told["open"] is True
    assert {(record["kind"], record["file"]) for record in told["records"]} == {
        ("awards", "수상.csv"),
        ("ledger", "가감점.csv"),
    }
    assert "이중 반영, 정해야 함: " in as_text(explained, "ko")
    assert "earns twice, to be decided: " in as_text(explained, "en")
    assert as_json(explain(reading, "0040010"))["double_credit"] == []


def test_without_a_rule_for_awards_the_entry_alone_earns_and_nothing_is_double(before: Reading) -> None:
    assert double_credits(before) == []

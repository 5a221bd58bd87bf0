"""Levels of competency: exact, hidden where they tell about too few people, and courses for the weakest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.insight.diagnosis import (
    BODY,
    Answers,
    Diagnosed,
    Level,
    Whose,
    changes,
    diagnoses,
    levels_of,
    participation,
    taken_part,
    weakest,
)
from etl.insight.reading import Reading
from etl.insight.records import open_records
from etl.insight.suggested_courses import courses_after, suggestions
from tests.insight.test_suppression import Known

PEOPLE = """
SELECT q.campaign_id, a.unit_id, a.staff, COUNT(DISTINCT a.person)
FROM diagnosis_answers AS a INNER JOIN diagnosis_questions AS q ON a.question_id = q.question_id
WHERE q.competency = $competency GROUP BY ALL
"""
SMART_CITY, IDLE = "0010030", "0030040"


@pytest.fixture(scope="module")
def known(city: Reading) -> list[Diagnosed]:
    return diagnoses(city)


def answered(unit_id: str, staff: str, people: int, total: int) -> Answers:
    """Two answers a person."""
    assert staff in ("ordinary", "analyst")
    return Answers(unit_id, "analyst" if staff == "analyst" else "ordinary", people, 2 * people, Decimal(total))


UNITS = {"A": "line", "B": "line", "C": "town"}


def by_whose(levels: Sequence[Level]) -> dict[Whose, Level]:
    return {level.whose: level for level in levels}


def test_a_level_is_the_mean_of_answers_in_percent_of_the_highest_score() -> None:
    answers = [answered("A", "ordinary", 6, 36), answered("A", "analyst", 6, 54), answered("C", "ordinary", 8, 16)]
    levels = by_whose(levels_of("분석", answers, UNITS, Decimal(5)))
    assert levels[Whose("unit", "A")].level == 75
    assert levels[Whose("group", "line", "analyst")].level == 90
    assert levels[BODY].level == 53
    assert levels[BODY].people == 20


def test_a_level_of_fewer_than_five_people_is_hidden_and_its_number_with_it() -> None:
    answers = [answered("A", "ordinary", 9, 50), answered("B", "ordinary", 4, 20), answered("C", "ordinary", 9, 50)]
    levels = by_whose(levels_of("분석", answers, UNITS, Decimal(5)))
    assert levels[Whose("unit", "B")] == Level("분석", Whose("unit", "B"), None, None)
    # Group less A would be B: A goes too.
    assert levels[Whose("unit", "A")].level is None
    assert levels[Whose("unit", "C")].level is not None


tables = st.dictionaries(
    st.tuples(st.sampled_from("ABCDEF"), st.sampled_from(["ordinary", "analyst"])),
    st.integers(1, 12),
    min_size=1,
)


@given(tables)
@settings(max_examples=60)
def test_no_department_of_fewer_than_five_follows_from_the_levels_shown(
    table: Mapping[tuple[str, str], int],
) -> None:
    """Every shown level is an equation in the sums of departments by kind of staff, whose numbers are known."""
    units = dict(zip("ABCDEF", ["line", "line", "line", "town", "town", "office"], strict=True))
    answers = [answered(unit, staff, people, 3 * people) for (unit, staff), people in table.items()]
    atoms = [(units[unit], unit, staff) for unit, staff in table]
    shown = [
        frozenset(atom for atom in atoms if belongs(atom, level.whose))
        for level in levels_of("분석", answers, units, Decimal(5))
        if level.level is not None
    ]
    follows = Known(shown, atoms)
    for unit in {unit for unit, _ in table}:
        own = frozenset(atom for atom in atoms if atom[1] == unit)
        if sum(table[atom[1], atom[2]] for atom in own) < 5:
            assert not follows.gives(own)


def belongs(atom: tuple[str, str, str], whose: Whose) -> bool:
    group, unit, staff = atom
    place = {"body": None, "group": group, "unit": unit}[whose.place]
    return place == whose.id and whose.staff in (None, staff)


# The demonstration ---------------------------------------------------------------------------------------------------


def test_two_diagnoses_ask_ordinary_staff_and_analysts_apart(known: list[Diagnosed]) -> None:
    assert [one.campaign.starts_on.isoformat() for one in known] == ["2020-08-10", "2021-08-09"]
    for one in known:
        assert one.competencies == ("기획", "수집", "분석", "활용", "보호")
        assert one.out_of_range == 0
        protection = {whose.staff for (competency, whose) in one.levels if competency == "보호" and whose != BODY}
        assert protection <= {None, "analyst"}
        body = one.levels["기획", BODY]
        assert body.people == one.people


def test_some_departments_are_hidden_and_some_sent_nobody(known: list[Diagnosed], city: Reading) -> None:
    latest = known[-1]
    levels = {unit_id: latest.levels.get(("기획", Whose("unit", unit_id))) for unit_id in city.units}
    assert sum(level is None for level in levels.values()) >= 5
    hidden = [level for level in levels.values() if level is not None and level.level is None]
    assert len(hidden) >= 5
    assert {level.people for level in hidden} == {None}
    assert all(level.people >= 5 for level in latest.levels.values() if level.people is not None)


@pytest.mark.parametrize("competency", ["기획", "보호"])
def test_no_few_people_of_the_demonstration_follow_from_what_it_shows(
    known: list[Diagnosed], city: Reading, competency: str
) -> None:
    with open_records(city) as records:
        found = records.rows(PEOPLE, {"competency": competency})
    for one in known:
        table = {
            (one.units[unit], unit, staff): people
            for campaign, unit, staff, people in found
            if campaign == one.campaign.campaign_id
        }
        own = [level for (about, _), level in one.levels.items() if about == competency and level.level is not None]
        follows = Known([frozenset(atom for atom in table if belongs(atom, level.whose)) for level in own], list(table))
        few = [frozenset({atom}) for atom, people in table.items() if people < 5]
        pairs = [frozenset(pair) for pair in combinations(table, 2) if pair[0][:2] == pair[1][:2]]
        few += [pair for pair in pairs if sum(table[atom] for atom in pair) < 5]
        assert few
        assert not [group for group in few if follows.gives(group)]


def test_the_diagnosis_after_the_evaluated_year_is_not_shown(known: list[Diagnosed], city: Reading) -> None:
    evaluation = city.rulebook.evaluation
    until_2020 = evaluation.model_copy(
        update={"period": evaluation.period.model_copy(update={"end": date(2020, 12, 31)})}
    )
    earlier = replace(city, rulebook=city.rulebook.model_copy(update={"evaluation": until_2020}))
    assert [one.campaign for one in diagnoses(earlier)] == [known[0].campaign]


def test_participation_is_what_is_scored(known: list[Diagnosed], city: Reading) -> None:
    parts = {one.unit_id: one for one in participation(city, known[-1])}
    assert parts.keys() == city.units.keys()
    for unit_id, one in parts.items():
        row = city.indicators[unit_id, "diagnosis_participation"]
        assert one.people == city.metrics[unit_id, "diagnosis_people"].value
        assert row.value is not None
        assert abs(row.value - (one.share_pct or 0)) <= Decimal("0.005")
    assert sum(one.people for one in parts.values()) == known[-1].people
    assert parts[IDLE].people == 0


def test_without_a_headcount_there_is_no_share() -> None:
    assert taken_part("A", Decimal(3), None).share_pct is None
    assert taken_part("A", Decimal(3), Decimal(0)).share_pct is None
    assert taken_part("A", Decimal(1), Decimal(3)).share_pct == Decimal("33.33")


def test_a_change_is_told_only_where_both_levels_are_shown(known: list[Diagnosed]) -> None:
    before, after = known
    for unit_id in after.units:
        for change in changes(before, after, Whose("unit", unit_id)):
            both = [level for level in (change.before, change.after) if level is not None and level.level is not None]
            assert (change.change is not None) == (len(both) == 2)
    body = changes(before, after, BODY)
    assert all(change.change is not None and change.change > 0 for change in body)


# Suggestions ---------------------------------------------------------------------------------------------------------


def with_levels(one: Diagnosed, *levels: int | None) -> Diagnosed:
    whose = Whose("unit", "A")
    shown = {
        (competency, whose): Level(competency, whose, 9, Decimal(level))
        for competency, level in zip(one.competencies, levels, strict=True)
        if level is not None
    }
    return replace(one, levels=shown)


WEAKEST = [
    ((70, 60, 50, 80, None), ["분석", "수집"]),
    ((70, 50, 50, 50, 90), ["수집", "분석", "활용"]),
    ((60, 60, 60, 60, 60), []),
    ((70, 60, None, None, None), ["수집"]),
    ((70, None, None, None, None), []),
    ((None, None, None, None, None), []),
    ((0, 60, 70, 80, 90), ["기획", "수집"]),
]


@pytest.mark.parametrize(("levels", "expected"), WEAKEST)
def test_the_weakest_are_the_lowest_that_are_shown(
    known: list[Diagnosed], levels: tuple[int | None, ...], expected: list[str]
) -> None:
    assert [level.competency for level in weakest(with_levels(known[-1], *levels), Whose("unit", "A"))] == expected


def test_the_bodys_weakest_are_of_what_everybody_was_asked_about_and_may_be_shown(known: list[Diagnosed]) -> None:
    one = known[-1]
    levels = {
        (competency, BODY): Level(competency, BODY, people, None if level is None else Decimal(level))
        for competency, people, level in zip(
            one.competencies,
            (one.people, one.people, one.people, one.people, 9),
            (70, 60, None, 80, 10),
            strict=True,
        )
    }
    found = weakest(replace(one, levels=levels), BODY)
    assert [level.competency for level in found] == [one.competencies[1], one.competencies[0]]
    hidden = {key: replace(level, level=None) for key, level in levels.items()}
    assert weakest(replace(one, levels=hidden), BODY) == []


def test_suggested_courses_teach_the_competency_and_begin_after_the_diagnosis(
    known: list[Diagnosed], city: Reading
) -> None:
    ended = known[-1].campaign.ends_on
    courses = courses_after(city, ended)
    found = suggestions(weakest(known[-1], Whose("unit", SMART_CITY)), courses)
    assert found
    for suggestion in found:
        assert suggestion.courses
        assert {course.competency for course in suggestion.courses} == {suggestion.weak.competency}
        days = [course.starts_on for course in suggestion.courses]
        assert days == sorted(days)
        assert min(days) > ended
        assert len({course.course_id for course in suggestion.courses}) == len(days)


def test_a_competency_nobody_teaches_has_no_course(known: list[Diagnosed]) -> None:
    (first, _) = suggestions(weakest(with_levels(known[-1], 70, 60, 50, 80, None), Whose("unit", "A")), [])
    assert first.courses == ()

"""The diagnosis of competency: who took part, and how strong the body, its groups and departments are, in aggregate.

A level is the mean of the answers in percent of the highest score. It is told for no group of fewer than five people,
nor where it could be worked out from what is told (`etl.insight.suppression`). Nothing here is ordered by level except
the competencies of one and the same department: departments are never ranked by results.

A person counts once in a diagnosis, with all answers, in the department and as the kind of staff of the last answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from etl.insight.reading import Reading
from etl.insight.records import SealedRecords, open_records
from etl.insight.standing import difference
from etl.insight.suppression import shown_cells
from etl.scoring.decimals import HUNDRED, ZERO, kept, precise, rounded

Staff = Literal["ordinary", "analyst"]
KINDS_OF_STAFF: Final[tuple[Staff, ...]] = ("ordinary", "analyst")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose level it is: the body's, a peer group's or a department's; of one kind of staff or of everybody."""

    place: Literal["body", "group", "unit"]
    id: str | None = None
    staff: Staff | None = None


BODY: Final = Whose("body")


@dataclass(frozen=True, slots=True)
class Level:
    """How strong a group of people is in one competency.

    Attributes:
        people: how many answered; None where the level is hidden.
        level: 0 to 100; None where it is hidden because it tells, or gives away, something about too few people.
    """

    competency: str
    whose: Whose
    people: int | None
    level: Decimal | None


@dataclass(frozen=True, slots=True)
class Campaign:
    """One diagnosis as it was announced. `highest` is the highest score of an answer."""

    campaign_id: str
    title: str
    starts_on: date
    ends_on: date
    highest: Decimal
    document_no: str | None


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """One diagnosis and its results.

    Attributes:
        people: how many answered.
        out_of_range: answers above the highest score; they count nowhere.
        competencies: in the order of the questions.
        levels: (competency, whose) -> level, of every group anybody answered in.
        units: department as recorded -> its peer group then.
    """

    campaign: Campaign
    people: int
    out_of_range: int
    competencies: tuple[str, ...]
    levels: Mapping[tuple[str, Whose], Level]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the people of one department and kind of staff answered on one competency."""

    unit_id: str
    staff: Staff
    people: int
    answers: int
    total: Decimal


_CAMPAIGNS: Final = """
SELECT campaign_id, title, starts_on, ends_on, highest_score, document_no
FROM diagnosis_campaigns
WHERE starts_on <= $until
ORDER BY starts_on, campaign_id
"""

_ANSWERS: Final = """
WITH answered AS (
    SELECT q.competency, q.question_id, a.person, a.unit_id, a.staff, a.answered_on, a.score
    FROM diagnosis_answers AS a
    INNER JOIN diagnosis_questions AS q ON a.question_id = q.question_id
    INNER JOIN diagnosis_campaigns AS c ON q.campaign_id = c.campaign_id
    WHERE c.campaign_id = $campaign AND a.score <= c.highest_score
),

people AS (
    SELECT
        person,
        ARG_MAX(unit_id, ROW(answered_on, question_id)) AS unit_id,
        ARG_MAX(staff, ROW(answered_on, question_id)) AS staff
    FROM answered
    GROUP BY person
)

SELECT a.competency, p.unit_id, p.staff, COUNT(DISTINCT a.person), COUNT(*), SUM(a.score)
FROM answered AS a
INNER JOIN people AS p ON a.person = p.person
GROUP BY a.competency, p.unit_id, p.staff
ORDER BY ALL
"""

_COUNTS: Final = """
SELECT COUNT(DISTINCT a.person) FILTER (a.score <= c.highest_score), COUNT(*) FILTER (a.score > c.highest_score)
FROM diagnosis_answers AS a
INNER JOIN diagnosis_questions AS q ON a.question_id = q.question_id
INNER JOIN diagnosis_campaigns AS c ON q.campaign_id = c.campaign_id
WHERE c.campaign_id = $campaign
"""

_COMPETENCIES: Final = """
SELECT competency
FROM diagnosis_questions
WHERE campaign_id = $campaign
GROUP BY competency
ORDER BY MIN(question_id), competency
"""

_GROUPS: Final = """
SELECT unit_id, ARG_MAX(peer_group, ROW(valid_from <= $day, valid_from))
FROM departments
GROUP BY unit_id
"""
"""The peer group that a department had on a day, or its last one."""


def diagnoses(reading: Reading) -> list[Diagnosed]:
    """Every diagnosis that began before the end of the evaluated period, the earliest first.

    Args:
        reading: a release that has records.
    """
    with open_records(reading) as records:
        found = records.rows(_CAMPAIGNS, {"until": reading.rulebook.evaluation.period.end})
        return [_diagnosed(reading, records, Campaign(*row)) for row in found]


def _diagnosed(reading: Reading, records: SealedRecords, about: Campaign) -> Diagnosed:
    campaign = {"campaign": about.campaign_id}
    answers: defaultdict[str, list[Answers]] = defaultdict(list)
    for competency, *found in records.rows(_ANSWERS, campaign):
        answers[competency].append(Answers(*found))
    known = dict(records.rows(_GROUPS, {"day": about.ends_on}))
    units = {own.unit_id: reading.rulebook.group_of(known[own.unit_id]) for part in answers.values() for own in part}
    ((people, out_of_range),) = records.rows(_COUNTS, campaign)
    competencies = [competency for (competency,) in records.rows(_COMPETENCIES, campaign) if competency in answers]
    levels = [
        level
        for competency in competencies
        for level in levels_of(competency, answers[competency], units, about.highest)
    ]
    return Diagnosed(
        campaign=about,
        people=people,
        out_of_range=out_of_range,
        competencies=tuple(competencies),
        levels={(level.competency, level.whose): level for level in levels},
        units=units,
    )


# Levels --------------------------------------------------------------------------------------------------------------


@precise
def levels_of(competency: str, answers: Sequence[Answers], units: Mapping[str, str], highest: Decimal) -> list[Level]:
    """The levels of every group of people in one competency; those that may not be shown without their figures.

    Formula: sum of the scores / (number of answers x highest score) x 100.

    Args:
        competency: the competency.
        answers: by department and kind of staff, each pair at most once.
        units: department -> its peer group.
        highest: score of an answer, above zero.
    """
    members = _members(answers, units)
    shown = _shown(tuple((own.unit_id, own.staff, own.people) for own in answers), tuple(sorted(units.items())))
    found = []
    for whose, own in members.items():
        if whose not in shown:
            found.append(Level(competency, whose, None, None))
            continue
        scores, count = sum((one.total for one in own), ZERO), sum(one.answers for one in own)
        level = kept(scores * HUNDRED / (count * highest))
        found.append(Level(competency, whose, sum(one.people for one in own), level))
    return found


def _members(answers: Sequence[Answers], units: Mapping[str, str]) -> dict[Whose, list[Answers]]:
    """Whose -> the answers it is made of: the body, its peer groups, either by kind of staff, and its departments."""
    members: defaultdict[Whose, list[Answers]] = defaultdict(list)
    for own in answers:
        group = units[own.unit_id]
        for whose in (
            BODY,
            Whose("body", None, own.staff),
            Whose("group", group),
            Whose("group", group, own.staff),
            Whose("unit", own.unit_id),
        ):
            members[whose].append(own)
    return dict(members)


@lru_cache(maxsize=64)
def _shown(people: tuple[tuple[str, Staff, int], ...], units: tuple[tuple[str, str], ...]) -> frozenset[Whose]:
    """Whose level may be shown; the same for every competency that the same people answered."""
    counts = {(unit_id, staff): count for unit_id, staff, count in people}
    answers = [Answers(unit_id, staff, count, 0, ZERO) for unit_id, staff, count in people]
    members = _members(answers, dict(units))
    cells = [
        (whose, frozenset((one.unit_id, one.staff) for one in own))
        for whose, own in sorted(members.items(), key=lambda cell: _importance(*cell))
    ]
    return shown_cells(counts, cells)


def _importance(whose: Whose, own: Iterable[Answers]) -> tuple[int, bool, int, str, str]:
    """The body before its groups, those before departments, all staff before a kind of it, many people before few."""
    places = ("body", "group", "unit")
    people = sum(one.people for one in own)
    return (places.index(whose.place), whose.staff is not None, -people, whose.id or "", whose.staff or "")


def asked_of_all(diagnosed: Diagnosed) -> list[Level]:
    """The body's levels that may be shown, of the competencies that everybody who took part was asked about."""
    body = (diagnosed.levels.get((competency, BODY)) for competency in diagnosed.competencies)
    return [own for own in body if own is not None and own.level is not None and own.people == diagnosed.people]


def weakest(diagnosed: Diagnosed, whose: Whose, most: int = 2) -> list[Level]:
    """The competencies of a group of people that may be shown and have its lowest levels, the lowest first.

    What only a part of the body was asked about says nothing of the body, and is none of its weaknesses.

    Args:
        diagnosed: the diagnosis.
        whose: the body, a peer group or a department.
        most: how many; more only where the last of them has equals. None where all are equal, or fewer than two known.
    """
    if whose == BODY:
        own: list[Level | None] = [*asked_of_all(diagnosed)]
    else:
        own = [diagnosed.levels.get((competency, whose)) for competency in diagnosed.competencies]
    known = sorted((level.level, at) for at, level in enumerate(own) if level is not None and level.level is not None)
    if len(known) < 2:
        return []
    edge = known[min(most, len(known) - 1) - 1][0]
    lowest = [own[at] for value, at in known if value <= edge]
    return [level for level in lowest if level is not None] if len(lowest) < len(known) else []


# Before and after ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """The level of one group in one competency in two diagnoses; `change` is None where either is hidden or absent."""

    competency: str
    whose: Whose
    before: Level | None
    after: Level | None
    change: Decimal | None


def changes(before: Diagnosed, after: Diagnosed, whose: Whose) -> list[Change]:
    """What became of a group's levels from one diagnosis to the next, by competency of the later one."""
    found = []
    for competency in after.competencies:
        was, now = before.levels.get((competency, whose)), after.levels.get((competency, whose))
        gained = difference(now.level if now else None, was.level if was else None)
        found.append(Change(competency, whose, was, now, gained))
    return found


# Participation -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Participation:
    """How many people of a department answered a diagnosis.

    Attributes:
        headcount: authorised; None where nobody reported it.
        share_pct: people / headcount x 100, two decimals; None without a headcount above zero.
    """

    unit_id: str
    people: Decimal
    headcount: Decimal | None
    share_pct: Decimal | None


def participation(reading: Reading, diagnosed: Diagnosed) -> list[Participation]:
    """Every evaluated department's participation in a diagnosis, by code, against the headcount at the end of its year.

    Args:
        reading: a release that has records.
        diagnosed: one of its diagnoses.
    """
    first, last = diagnosed.campaign.starts_on, diagnosed.campaign.ends_on
    year = date(last.year, 1, 1), date(last.year, 12, 31)
    with open_records(reading) as records:
        people = {row.unit_id: row.value for row in records.measures.measure("diagnosis_people", first, last)}
        staff = {row.unit_id: row.value for row in records.measures.measure("headcount_authorised", *year)}
    return [taken_part(unit_id, people.get(unit_id) or ZERO, staff.get(unit_id)) for unit_id in sorted(reading.units)]


@precise
def taken_part(unit_id: str, people: Decimal, headcount: Decimal | None) -> Participation:
    """A number of people against a headcount."""
    share = rounded(people * HUNDRED / headcount, 2) if headcount else None
    return Participation(unit_id, people, headcount, share)

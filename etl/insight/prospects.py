"""What lies ahead of a department: what more would earn, what the next grade takes, where most is to be won.

Everything follows from published tables, with the values of all other departments as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Final, Literal

from etl.contracts.published import IndicatorRow, ScoreRow
from etl.insight.definitions import define
from etl.insight.figures import points_text
from etl.insight.next_step import Step, next_steps
from etl.insight.reading import Reading
from etl.insight.standing import ScorePart, difference, full_points, gained, group_of, median_beside, score_parts
from etl.scoring.aggregate import cut
from etl.scoring.decimals import ZERO, kept, precise, rounded
from etl.scoring.grades import by_quota
from etl.scoring.measure import measured_alone
from etl.scoring.ranking import Place
from etl.scoring.rulebook_grades import Grades
from etl.scoring.rulebook_parts import Indicator

_DIVISIBLE: Final = frozenset({"시간", "점"})
"""Units of which a part can be done: half an hour, but no half record or person."""

# More of an indicator ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the next better result of an indicator takes and gives.

    Attributes:
        step: the smallest that gives more points; it may be 0.9 of a record, where 1.1 are counted.
        done: what somebody comes to who does so much, in whole records and people.
        gain: what that adds to the score; None where scores are no sums of points.
    """

    indicator: Indicator
    step: Step
    done: Step
    gain: Decimal | None

    @property
    def counted(self) -> str:
        """The metric that more is needed of."""
        return self.indicator.numerator if isinstance(self.indicator.numerator, str) else ""

    @property
    def doable(self) -> Decimal:
        """How much more somebody can do towards it: whole records and people, though joint work may count in parts."""
        return self.done.more


@precise
def prospects(reading: Reading, unit_id: str) -> list[Prospect]:
    """The next better result of every indicator that has one, those that add most to the score first.

    What is written alike before and after, as 0.988 that becomes 0.988, is no advice and left out.
    None where the lowest score is the best: what adds to the score does not help there.

    Formula: the gain is (points then - points now) / full points x the most the indicator can add to the score, where
    then is once whole records and people were done; of that, what the floor and cap of the score leave.
    """
    if reading.rulebook.lower_leads:
        return []
    possible = {part.node: part.possible for part in score_parts(reading, unit_id)}
    found = []
    for indicator in reading.rulebook.indicators:
        row = reading.indicators[unit_id, indicator.id]
        full = full_points(reading, indicator, row)
        if row.points is None or row.state != "measured" or full == 0:
            continue
        for step in next_steps(indicator, row, full)[:1]:
            most = possible[indicator.id]
            done = as_done(indicator, row, full, step)
            gain = None if most is None else _gain(reading, unit_id, (done.points - row.points) / full * most)
            if _is_seen(reading, row.points, done.points, gain):
                found.append(Prospect(indicator, step, done, gain))
    return sorted(found, key=lambda one: (-(one.gain or Decimal(0)), one.step.more))


def _gain(reading: Reading, unit_id: str, added: Decimal) -> Decimal:
    """What points that are added bring the score: nothing of them counts above its cap, or up to its floor.

    Between scores as they are written, so that score and gain are the score that is published afterwards.
    """
    root, row = reading.rulebook.score, reading.scores[unit_id]
    if row.base is None:
        return kept(added)
    before = row.base + row.bonus - row.penalty
    now, then = (
        rounded(cut(root, total), root.rounding.places, root.rounding.mode) for total in (before, before + added)
    )
    return kept(then - now)


def _is_seen(reading: Reading, now: Decimal, then: Decimal, gain: Decimal | None) -> bool:
    """Whether a step changes what is written: the score where it gains points, and otherwise the indicator's points."""
    if gain is not None:
        return points_text(reading.rulebook, gain) != points_text(reading.rulebook, ZERO)
    return points_text(reading.rulebook, then) != points_text(reading.rulebook, now)


def as_done(indicator: Indicator, row: IndicatorRow, full: Decimal, step: Step) -> Step:
    """The step as somebody can do it: from 1.1 analyses it is not 0.9 more that is done, but one, which makes 2.1."""
    counted = indicator.numerator if isinstance(indicator.numerator, str) else ""
    whole = step.more.to_integral_value(ROUND_CEILING)
    if row.numerator is None or whole == step.more or define(counted).units["ko"] in _DIVISIBLE:
        return step
    then = measured_alone(indicator, row.numerator + whole, row.denominator, row.target, full)
    return step if then is None else Step(whole, *then)


# The next grade ------------------------------------------------------------------------------------------------------


Bound = Literal["from", "above", "up_to", "below", "last"]
"""How a score bounds a grade: it begins at the score or above it, ends at it or below it, or has it as its last one.

Grades end at a score where the lowest is the best. Under quotas it is the last score that bounds them.
"""


@dataclass(frozen=True, slots=True)
class NextGrade:
    """The next better grade of a department's peer group.

    Attributes:
        grade: its id.
        score: what the department would have to come to: where the grade begins, or where it ends if the lowest score
            is the best; under quotas the last score that has the grade now. Unrounded where grades look at that.
        gap: points that lie between; zero where only the tie-break decides, or where the bound itself is not enough.
        bound: whether the score itself has the grade.
    """

    grade: str
    score: Decimal
    gap: Decimal
    bound: Bound


def last_scores(reading: Reading) -> dict[tuple[str | None, str], Decimal]:
    """(peer group, grade) -> the last score that has the grade there; under None, by the place among all.

    The last is the lowest, or the highest where the lowest score is the best; unrounded where places look at that.
    Departments whose grade a veto limited are left out: they say nothing of what a grade takes.
    """
    found: dict[tuple[str | None, str], Decimal] = {}
    last = max if reading.rulebook.lower_leads else min
    among_all = _grades_among_all(reading)
    for row in reading.ranks.values():
        score = _looked_at(reading.scores[row.unit_id], reading.rulebook.ranking.basis)
        if score is None or row.grade is None or row.grade != row.grade_before_veto:
            continue
        for key in ((None, among_all[row.unit_id]), (row.peer_group, row.grade)):
            found[key] = last(found.get(key, score), score)
    return found


def _grades_among_all(reading: Reading) -> dict[str, str]:
    """The grade each department has by its place among all; by cut-offs and quotas over all, the one it was given."""
    grades = reading.rulebook.grades
    if grades is None or grades.method == "cutoff" or grades.over == "all":
        return {row.unit_id: row.grade for row in reading.ranks.values() if row.grade is not None}
    return by_quota(grades, {row.unit_id: Place(row.rank, row.tied_with, None) for row in reading.ranks.values()})


def _looked_at(row: ScoreRow, basis: Literal["rounded", "unrounded"]) -> Decimal | None:
    """The score that grades or places look at."""
    return row.score if basis == "rounded" else row.total


def next_grade(reading: Reading, unit_id: str, last: Mapping[tuple[str | None, str], Decimal]) -> NextGrade | None:
    """What the next better grade takes; None where there is none, or where scores do not decide it.

    A department whose grade was limited by a veto has none: no score lifts the limit.

    Args:
        reading: the release.
        unit_id: the department.
        last: of the release, as `last_scores` gives it.
    """
    grades, lower_leads = reading.rulebook.grades, reading.rulebook.lower_leads
    rank, score_row = reading.ranks.get(unit_id), reading.scores[unit_id]
    if grades is None or rank is None or rank.grade != rank.grade_before_veto or reading.rulebook.outranks:
        return None
    given_by = grades.given_by(rank.group_units, rank.ranked_units)
    own = _looked_at(score_row, grades.basis if given_by == "cutoffs" else reading.rulebook.ranking.basis)
    if own is None:
        return None
    if given_by == "cutoffs":
        bound = _bound_of_cutoffs(grades, lower_leads=lower_leads)
        ahead = _cutoffs_ahead(grades, rank.peer_group, own, bound)
    else:
        bound = "last"
        ahead = _last_ahead(grades, rank.grade, last, rank.peer_group if given_by == "peer_group" else None)
    if not ahead:
        return None
    score, grade = max(ahead) if lower_leads else min(ahead)
    gap = gained(own, score) if lower_leads else gained(score, own)
    return None if gap < 0 else NextGrade(grade, score, gap, bound)


def _last_ahead(
    grades: Grades, own: str | None, last: Mapping[tuple[str | None, str], Decimal], group: str | None
) -> list[tuple[Decimal, str]]:
    """The nearest better grade that somebody has, by its last score; none where nobody has a better one."""
    names = [grade.id for grade in grades.grades]
    better = reversed(names[: names.index(own)] if own in names else [])
    return [(score, grade) for grade in better if (score := last.get((group, grade))) is not None][:1]


def _bound_of_cutoffs(grades: Grades, *, lower_leads: bool) -> Bound:
    if lower_leads:
        return "up_to" if grades.includes == "upper" else "below"
    return "from" if grades.includes == "lower" else "above"


def _cutoffs_ahead(grades: Grades, peer_group: str, own: Decimal, bound: Bound) -> list[tuple[Decimal, str]]:
    """The better grades by where they begin above the score, or where the lowest is the best, where they end below.

    Who is at a bound that itself does not have the grade is not yet there.
    """
    not_there = own if bound in ("above", "below") else None
    limits = [(grade.limits_for(peer_group), grade.id) for grade in grades.grades]
    if bound in ("from", "above"):
        starts = [(start, grade) for (start, _), grade in limits if start is not None]
        return [(start, grade) for start, grade in starts if start > own or start == not_there]
    ends = [(end, grade) for (_, end), grade in limits if end is not None]
    return [(end, grade) for end, grade in ends if end < own or end == not_there]


# Departments to help -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One indicator of a department that earns worse than the middle of its peer group.

    Attributes:
        gap: points below the median; above it where the lowest score is the best.
    """

    part: ScorePart
    median: Decimal
    gap: Decimal


@dataclass(frozen=True, slots=True)
class ToHelp:
    """A department well behind its peers.

    Attributes:
        gap: points below the median of its peer group; above it where the lowest score is the best.
        shortfalls: the indicators behind that, the biggest first.
    """

    unit_id: str
    median: Decimal
    gap: Decimal
    shortfalls: tuple[Shortfall, ...]


def to_help(
    reading: Reading, group_medians: Mapping[str, Decimal], medians: Mapping[tuple[str, str], Decimal], count: int
) -> list[ToHelp]:
    """The ranked departments that lie furthest below the median score of their peer group, the furthest first.

    Furthest above it where the lowest score is the best; none where places do not follow from scores.

    Args:
        reading: the release.
        group_medians: peer group -> median score.
        medians: (peer group, node) -> median of what was earned there, as `part_medians` gives it.
        count: how many at most.
    """
    if reading.rulebook.outranks:
        return []
    found = []
    for unit_id, rank in reading.ranks.items():
        middle = group_medians.get(rank.peer_group)
        gap = behind(reading, reading.scores[unit_id].score, middle)
        if middle is not None and gap is not None and gap > 0:
            found.append((gap, unit_id, middle))
    ordered = sorted(found, key=lambda one: (-one[0], one[1]))[:count]
    return [
        ToHelp(unit_id, middle, gap, tuple(shortfalls(reading, unit_id, medians))) for gap, unit_id, middle in ordered
    ]


def behind(reading: Reading, value: Decimal | None, middle: Decimal | None) -> Decimal | None:
    """How many points worse than the middle a score or a part of it is, below zero better; None of unknown ones."""
    return difference(value, middle) if reading.rulebook.lower_leads else difference(middle, value)


def shortfalls(reading: Reading, unit_id: str, medians: Mapping[tuple[str, str], Decimal]) -> list[Shortfall]:
    """The indicators in which a department earns worse than the median of its peer group, the biggest gap first."""
    group = group_of(reading, unit_id)
    found = []
    for part in score_parts(reading, unit_id):
        middle = median_beside(part, medians, group)
        gap = behind(reading, part.earned, middle)
        if not part.is_area and middle is not None and gap is not None and gap > 0:
            found.append(Shortfall(part, middle, gap))
    return sorted(found, key=lambda one: (-one.gap, one.part.node))

"""What lies ahead of a department and behind it: the next grade, what more would earn, records, the years before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from dashboard.frames.ranking import place
from dashboard.frames.source import Source, groups_of
from dashboard.words import Words
from dashboard.workflow.windows import Window
from etl.insight.definitions import define
from etl.insight.figures import grade_text, score_text
from etl.insight.prospects import Bound, NextGrade, Prospect, last_scores, next_grade, prospects
from etl.insight.reasons import record_reason
from etl.insight.told_records import ToldMetric, not_counted
from etl.insight.years import UnitYear, unit_years
from etl.shown import NOTHING, SEOUL, number

# What can be done now ------------------------------------------------------------------------------------------------


def appeal_sentence(others: int, days: Window | None, now: datetime, words: Words) -> str:
    """That a department looks at its records and appeals, and until when.

    Args:
        others: how many of its records do not count.
        days: planned for appeals, now being one of them; None where none are planned.
        now: the moment.
        words: the reader's language.
    """
    what = "records" if others else "result"
    if days is None:
        return words(f"ahead.todo.{what}.any_day", others=number(others))
    left = -days.late_by(now)
    last = words("ahead.todo.left", left=number(left)) if left else words("ahead.todo.last_day")
    return words(f"ahead.todo.{what}", others=number(others), day=words.due(days.ends_on), left=last)


def is_over(source: Source, now: datetime) -> bool:
    """Whether the days whose records count have ended, in Seoul: what is done now counts for the next evaluation."""
    return now.astimezone(SEOUL).date() > source.reading.rulebook.evaluation.period.end


# What the next grade takes -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProspectRow:
    """What the next better result of one indicator takes and gives, as text.

    Attributes:
        metric: of which more is needed.
        more: how much, as somebody can do it: with what there is now it makes `then`.
    """

    indicator: str
    name: str
    now: str
    metric: str
    more: str
    more_exact: Decimal
    then: str
    gain: str
    gain_exact: Decimal | None


def prospect_rows(source: Source, unit_id: str) -> list[ProspectRow]:
    """The next better result of every indicator that has one, those that give most first."""
    return [_prospect(source, unit_id, one) for one in prospects(source.reading, unit_id)]


def _prospect(source: Source, unit_id: str, one: Prospect) -> ProspectRow:
    words, indicator = source.words, one.indicator
    amount = words.amount(number(one.doable), define(one.counted).units[words.language])
    return ProspectRow(
        indicator=indicator.id,
        name=source.nodes[indicator.id],
        now=source.value(indicator, source.reading.indicators[unit_id, indicator.id].value),
        metric=words.metric(one.counted),
        more=amount,
        more_exact=one.done.more,
        then=source.value(indicator, one.done.value),
        gain=NOTHING if one.gain is None else f"+{source.points(one.gain)}",
        gain_exact=one.gain,
    )


def grade_sentences(source: Source, unit_id: str) -> list[str]:
    """What the next better grade takes, where the reader may know.

    Under quotas it is another department's score that bounds a grade: nobody's who sees departments without names.
    """
    grades, rank = source.reading.rulebook.grades, source.reading.ranks.get(unit_id)
    if grades is None or rank is None:
        return []
    if rank.grade != rank.grade_before_veto:
        return [source.words("ahead.grade.limited")]
    is_quota = grades.given_by(rank.group_units, rank.ranked_units) != "cutoffs"
    if grades.method == "quota" and rank.grade == grades.grades[0].id:  # quotas name the best grade first
        return [source.words("ahead.grade.top", grade=source.grade_name(rank.grade))]
    if is_quota and not source.compares_units:
        return [source.words("ahead.grade.later")]
    if is_quota and source.reading.rulebook.outranks:
        return [source.words("ahead.grade.outranked")]
    found = next_grade(source.reading, unit_id, last_scores(source.reading))
    if found is None:
        return [source.words("ahead.grade.none")]
    facts = {
        "grade": source.grade_name(found.grade),
        "score": source.bound(found.score),
        "gap": source.gap(found.gap),
    }
    return [source.words(_grade_key(found, lower_leads=source.reading.rulebook.lower_leads), **facts)]


_GRADE_KEYS: Final[Mapping[Bound, str]] = {
    "from": "ahead.grade.cutoff",
    "above": "ahead.grade.cutoff.above",
    "up_to": "ahead.grade.cutoff.lowest.upper",
    "below": "ahead.grade.cutoff.lowest.lower",
}


def _grade_key(found: NextGrade, *, lower_leads: bool) -> str:
    """What is said of the next grade: how it is bounded, and whether the score is exactly at a bound without it."""
    if found.bound == "last":
        return "ahead.grade.quota.lowest" if lower_leads else "ahead.grade.quota"
    at_bound = found.bound in ("above", "below") and not found.gap
    return f"ahead.grade.cutoff.at.{found.bound}" if at_bound else _GRADE_KEYS[found.bound]


# Records counted and not ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToldRow:
    """The records behind one metric, as text."""

    indicator: str
    name: str
    counted: str
    not_counted: str
    reasons: str


def told_rows(source: Source, told: Sequence[ToldMetric]) -> list[ToldRow]:
    """The metrics in words."""
    return [
        ToldRow(
            indicator=one.indicator,
            name=source.words.metric(one.row.metric),
            counted=number(one.row.records_counted),
            not_counted=number(one.row.records_not_counted + one.row.records_undecided),
            reasons=", ".join(_reasons(source, one)) or NOTHING,
        )
        for one in told
    ]


def _reasons(source: Source, told: ToldMetric) -> Iterator[str]:
    for reason, count in told.reasons:
        said = record_reason(reason, source.words.language)
        yield source.words("indicator.records.why_count", reason=said, count=number(count))


def told_sentence(source: Source, told: Sequence[ToldMetric]) -> str:
    """How many records count and how many do not, over all metrics."""
    counted = sum(one.row.records_counted for one in told)
    if not told:
        return source.words("ahead.records.none")
    return source.words("ahead.records.summary", counted=number(counted), others=number(not_counted(told)))


# The years before ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of a department, as text."""

    year: int
    score: str
    score_exact: Decimal | None
    place: str
    grade: str


def year_rows(source: Source, unit_id: str) -> list[YearRow]:
    """The published years and this one, the latest first."""
    return [_year(source, one) for one in reversed(unit_years(source.reading, source.earlier, unit_id))]


def _year(source: Source, one: UnitYear) -> YearRow:
    words, where = source.words, NOTHING
    if one.group_rank is not None and one.peer_group is not None:
        group, rank = groups_of(one.rules, words)[one.peer_group], place(source, one.group_rank, shared=one.shared)
        where = words("ahead.year.place", group=group, place=rank, units=one.group_units)
    grade = grade_text(one.rules, one.grade, words.language) or NOTHING
    return YearRow(one.year, score_text(one.rules, one.score), one.score, where, grade)

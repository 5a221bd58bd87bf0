"""What lies ahead of a department and behind it: the next grade, what more would earn, records, the years before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.source import Source
from etl.insight.definitions import define
from etl.insight.prospects import Prospect, lowest_scores, next_grade, prospects
from etl.insight.reasons import record_reason
from etl.insight.told_records import ToldMetric
from etl.insight.years import UnitYear, unit_years
from etl.shown import NOTHING, number

# What the next grade takes -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProspectRow:
    """What the next better result of one indicator takes and gives, as text.

    Attributes:
        metric: of which more is needed.
        more: how much, as somebody can do it.
        more_exact: how much is missing.
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
        more_exact=one.step.more,
        then=source.value(indicator, one.step.value),
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
    if grades.method != "cutoff" and not source.compares_units:
        return [source.words("ahead.grade.later")]
    found = next_grade(source.reading, unit_id, lowest_scores(source.reading))
    if found is None:
        limited = rank.grade != rank.grade_before_veto
        return [source.words("ahead.grade.limited" if limited else "ahead.grade.none")]
    facts = {
        "grade": source.grade_name(found.grade),
        "score": source.score(found.score),
        "gap": source.score(found.gap),
    }
    key = "cutoff" if grades.method == "cutoff" else "quota"
    return [source.words(f"ahead.grade.{key}", **facts)]


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
    others = sum(one.row.records_not_counted + one.row.records_undecided for one in told)
    return source.words("ahead.records.summary", counted=number(counted), others=number(others))


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
    words, place = source.words, NOTHING
    if one.group_rank is not None and one.peer_group is not None:
        group = source.groups.get(one.peer_group, one.peer_group)
        place = words("ahead.year.place", group=group, rank=one.group_rank, units=one.group_units)
    return YearRow(one.year, source.score(one.score), one.score, place, source.grade_name(one.grade) or NOTHING)

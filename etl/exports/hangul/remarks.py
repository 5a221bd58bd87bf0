"""Remarks on every department (부서별 의견), written from the numbers of the release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from etl.contracts.published import UnitRow
from etl.exports.hangul.flow import Flow
from etl.exports.hangul.told import Told
from etl.insight.opinions import Compared, opinion
from etl.insight.prospects import Bound, Prospect, next_grade
from etl.insight.reasons import not_ranked_because
from etl.shown import number


def remarks(told: Told, flow: Flow) -> Iterator[str]:
    """A heading a department and below it what there is to say."""
    yield flow.paragraph("heading", told("opinion.heading"))
    yield flow.paragraph("note", told("opinion.lead"))
    group = None
    for unit in told.results.units:
        if group != (group := told.results.group(unit)):
            yield flow.paragraph("subheading", told.group_name(group))
        yield flow.paragraph("point", told.unit_name(unit.unit_id))
        for said in (*_result(told, unit), *_opinion(told, unit), *_next_grade(told, unit)):
            yield flow.paragraph("item", said)


def _result(told: Told, unit: UnitRow) -> Iterator[str]:
    score, rank = told.reading.scores[unit.unit_id], told.reading.ranks.get(unit.unit_id)
    if rank is None:
        why = not_ranked_because(score.not_ranked_because or "", told.reading.rulebook, told.language)
        key = "opinion.unscored" if score.score is None else "opinion.unranked"
        yield told(key, why=why, score=told.score(score.score))
        return
    key = "opinion.outranked" if score.score is None else "opinion.result"
    said = told(key, score=told.score(score.score), units=rank.group_units, rank=rank.group_rank)
    if rank.grade is not None:
        said = told("opinion.graded", result=said, grade=told.rank_grade(rank))
    change = told.changes.get(unit.unit_id)
    yield (
        said if change is None else told("opinion.changed", result=said, change=told.score_change(change.score_change))
    )


def _opinion(told: Told, unit: UnitRow) -> Iterator[str]:
    found = opinion(told.reading, unit.unit_id, told.medians)
    for key, parts in (("strong", found.strong), ("weak", found.weak)):
        if parts:
            yield told(f"opinion.{key}", parts=_parts(told, parts))
    if not found.strong and not found.weak:
        yield told("opinion.even")
    for key, nodes in (("missing", found.missing), ("not_applicable", found.not_applicable)):
        if nodes:
            yield told(f"opinion.{key}", indicators=told.names(nodes))
    if found.next:
        yield told("opinion.next", steps=_steps(told, found.next))


def _parts(told: Told, parts: Sequence[Compared]) -> str:
    return ", ".join(
        told(
            "opinion.part",
            indicator=told.node_name(one.part.node),
            earned=number(one.part.earned),
            median=number(one.median),
        )
        for one in parts
    )


def _steps(told: Told, steps: Sequence[Prospect]) -> str:
    return ", ".join(
        told(
            "opinion.step",
            indicator=told.node_name(one.indicator.id),
            more=told.metric_amount(str(one.indicator.numerator), one.doable),
            points=number(one.done.points),
        )
        for one in steps
    )


_OPEN_BOUNDS: Final[Mapping[Bound, tuple[str, str]]] = {
    "above": ("opinion.grade_above", "opinion.grade_above_here"),
    "below": ("opinion.grade_below", "opinion.grade_below_here"),
}
"""What is said of a grade that its bound does not have: from elsewhere, and from a score exactly at it."""


def _next_grade(told: Told, unit: UnitRow) -> Iterator[str]:
    found = next_grade(told.reading, unit.unit_id, told.last_scores)
    if found is not None:
        facts = {"grade": told.grade(found.grade), "gap": told.gap(found.gap), "score": told.bound(found.score)}
        from_afar, from_here = _OPEN_BOUNDS.get(found.bound, ("opinion.grade", "opinion.grade"))
        yield told(from_afar if found.gap else from_here, **facts)

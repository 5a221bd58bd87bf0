"""Remarks on every department (부서별 의견), written from the numbers of the release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.contracts.published import UnitRow
from etl.exports.hangul.flow import Flow
from etl.exports.hangul.told import Told
from etl.exports.pdf.scorecards import next_grade_sentences, step_facts
from etl.insight.opinions import Compared, opinion
from etl.insight.prospects import Prospect
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
        yield told("opinion.next", steps=", ".join(_step(told, unit.unit_id, one) for one in found.next))


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


def _step(told: Told, unit_id: str, one: Prospect) -> str:
    key = "opinion.step" if one.gain is not None else "opinion.step_points"
    return told(key, **step_facts(told, unit_id, one))


def _next_grade(told: Told, unit: UnitRow) -> Iterator[str]:
    """As a scorecard tells it; here every department's score stands anyway."""
    for said in next_grade_sentences(told, unit.unit_id, names_all=True):
        yield told("whole.item", said=said)

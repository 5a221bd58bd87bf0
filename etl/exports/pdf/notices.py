"""A notice a department (결과 통지서): its result as a certificate, with how to contest it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from etl.exports.carried import day_text
from etl.exports.pdf.told import Told
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import ScorePart, group_of
from etl.insight.standing import score_parts as parts_of
from etl.shown import NOTHING, number

_NAME_THAT_FITS = 40
_LINES_THAT_FIT = 6
"""So many areas and remarks surely leave room for the rest; where there are more, the page is measured."""


def notices_data(told: Told, unit_ids: Sequence[str]) -> dict[str, Any]:
    """What the template `notices` sets.

    Args:
        told: the release.
        unit_ids: whom it is for, in this order.
    """
    period = told.reading.rulebook.evaluation.period
    start, end = (day_text(day, told.language) for day in (period.start, period.end))
    labels = {name: told.say(f"notice.{name}") for name in ("to", "areas", "contest", "sender", "seal")}
    title = told.carried.title(told.language)
    issuer = told.reading.rulebook.evaluation.issuer
    taken = told.carried.taken
    return {
        **told.head("notices", told.control(unit_ids)),
        "labels": labels if issuer is None else {**labels, "sender": told.of(issuer)},
        "columns": [
            told.say("notice.area"),
            told.say("notice.earned"),
            told.of_weight("notice.possible", "notice.possible_full"),
        ],
        "opening": told.say("notice.opening", title=title),
        "period": told.say("notice.period", start=start, end=end),
        "contest": _how_to_contest(told),
        "day": day_text(taken.at.date(), told.language) if taken else "",
        "notices": [notice(told, unit_id) for unit_id in unit_ids],
    }


def notice(told: Told, unit_id: str) -> dict[str, Any]:
    """One department."""
    name = told.unit_name(unit_id)
    remarks = list(_remarks(told, unit_id))
    areas = [part for part in parts_of(told.reading, unit_id) if part.parent is None]
    marks = told.full_marks([part.full for part in areas])
    moved = told.say("notice.moved") if any(part.moved for part in areas) else ""
    lines = len(areas) + len(remarks) + bool(moved)
    return {
        "number": told.say("notice.number", year=told.year, code=unit_id),
        "name": name,
        "result": list(_result(told, unit_id)),
        "remarks": remarks,
        "areas": [
            [
                told.node_name(part.node),
                told.points(part.earned) if part.earned is not None else told.state(part.state),
                _weight(told, part, mark),
            ]
            for part, mark in zip(areas, marks, strict=True)
        ],
        "moved": moved,
        "crowded": lines > _LINES_THAT_FIT or len(name) > _NAME_THAT_FITS,
    }


def _weight(told: Told, part: ScorePart, mark: str) -> str:
    """What an area could have earned, and what it would have been had no weights moved there."""
    return f"{mark} {told.say('card.moved_from', weight=number(part.weight))}" if part.moved else mark or NOTHING


def _result(told: Told, unit_id: str) -> Iterator[list[str]]:
    """Label, figure, what stands below it: grade, score, place in the peer group."""
    score, rank = told.reading.scores[unit_id].score, told.reading.ranks.get(unit_id)
    if rank is not None and rank.grade is not None:
        yield [told.say("card.grade"), told.grade(rank.grade)]
    yield [told.say("card.score"), told.score(score)]
    if told.reading.body is not None:  # it has no place among others
        return
    if rank is None:
        yield [told.say("card.group_rank"), told.say("word.not_ranked")]
    else:
        group = told.group_name(group_of(told.reading, unit_id))
        beside = told.say("notice.of", group=group, units=f"{rank.group_units:,}")
        yield [told.say("card.group_rank"), told.group_place(rank), beside]


def _remarks(told: Told, unit_id: str) -> Iterator[str]:
    score, rank = told.reading.scores[unit_id], told.reading.ranks.get(unit_id)
    if score.not_ranked_because:
        why = not_ranked_because(score.not_ranked_because, told.reading.rulebook, told.language)
        yield told.say("card.not_ranked" if told.reading.body is None else "whole.not_graded", why=why)
    if rank is not None and rank.grade != rank.grade_before_veto:
        yield told.say("notice.limited", before=told.grade(rank.grade_before_veto) or NOTHING)
    if told.reading.rulebook.lower_leads:
        yield told.say("notice.lower_leads")
    if score.bonus or score.penalty:
        yield told.say("notice.ledger", bonus=number(score.bonus), penalty=number(score.penalty))


def _how_to_contest(told: Told) -> str:
    """Whether and when the result can be contested, and where its records are seen."""
    stages = told.reading.rulebook.evaluation.stages
    days = next(((stage.start, stage.end) for stage in stages if stage.id == "appeals"), (None, None))
    if told.carried.is_published:
        said = told.say("notice.contest_closed")
    elif days[0] is None or days[1] is None:
        said = told.say("notice.contest_later")
    else:
        start, end = (day_text(day, told.language) for day in days if day is not None)
        said = told.say("notice.contest_open", start=start, end=end)
    return f"{said} {told.say('notice.records')}"

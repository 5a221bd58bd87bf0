"""A notice a department (결과 통지서): its result as a certificate, with how to contest it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from etl.contracts.published import RankRow
from etl.exports.carried import day_text
from etl.exports.pdf.told import Told
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import group_of
from etl.insight.standing import score_parts as parts_of
from etl.shown import NOTHING, number

_NAME_THAT_FITS = 40


def notices_data(told: Told, unit_ids: Sequence[str]) -> dict[str, Any]:
    """What the template `notices` sets.

    Args:
        told: the release.
        unit_ids: whom it is for, in this order.
    """
    period = told.reading.rulebook.evaluation.period
    start, end = (day_text(day, told.language) for day in (period.start, period.end))
    labels = {name: told.say(f"notice.{name}") for name in ("to", "areas", "contest", "sender", "seal")}
    issuer = told.reading.rulebook.evaluation.issuer
    taken = told.carried.taken
    return {
        **told.head("notices", told.control(unit_ids)),
        "labels": labels if issuer is None else {**labels, "sender": told.of(issuer)},
        "columns": [told.say(f"notice.{column}") for column in ("area", "earned", "possible")],
        "opening": told.say("notice.opening", title=told.carried.title(told.language), start=start, end=end),
        "contest": _how_to_contest(told),
        "day": day_text(taken.at.date(), told.language) if taken else "",
        "notices": [notice(told, unit_id) for unit_id in unit_ids],
    }


def notice(told: Told, unit_id: str) -> dict[str, Any]:
    """One department."""
    name = told.unit_name(unit_id)
    areas = [part for part in parts_of(told.reading, unit_id) if part.parent is None]
    return {
        "number": told.say("notice.number", year=told.year, code=unit_id),
        "name": name,
        "result": list(_result(told, unit_id)),
        "remarks": list(_remarks(told, unit_id)),
        "areas": [
            [
                told.node_name(part.node),
                told.points(part.earned) if part.earned is not None else told.state(part.state),
                number(part.weight if part.possible is None else part.possible),
            ]
            for part in areas
        ],
        "crowded": len(areas) > 9 or len(name) > _NAME_THAT_FITS,
    }


def _result(told: Told, unit_id: str) -> Iterator[list[str]]:
    score, rank = told.reading.scores[unit_id].score, told.reading.ranks.get(unit_id)
    if rank is not None and rank.grade is not None:
        yield [told.say("card.grade"), told.grade(rank.grade)]
    yield [told.say("card.score"), told.score(score)]
    yield [told.say("card.group_rank"), _place(told, unit_id, rank)]


def _place(told: Told, unit_id: str, rank: RankRow | None) -> str:
    if rank is None:
        return told.say("word.not_ranked")
    group = told.group_name(group_of(told.reading, unit_id))
    return told.say("notice.place", place=told.group_place(rank), group=group, units=rank.group_units)


def _remarks(told: Told, unit_id: str) -> Iterator[str]:
    score, rank = told.reading.scores[unit_id], told.reading.ranks.get(unit_id)
    if score.not_ranked_because:
        why = not_ranked_because(score.not_ranked_because, told.reading.rulebook, told.language)
        yield told.say("card.not_ranked", why=why)
    if rank is not None and rank.grade != rank.grade_before_veto:
        yield told.say("notice.limited", before=told.grade(rank.grade_before_veto) or NOTHING)
    if score.bonus or score.penalty:
        yield told.say("notice.ledger", bonus=number(score.bonus), penalty=number(score.penalty))


def _how_to_contest(told: Told) -> str:
    """When the result can be contested, where the rules say it and it is not final yet."""
    stages = told.reading.rulebook.evaluation.stages
    appeals = next((stage for stage in stages if stage.id == "appeals"), None)
    if told.carried.is_published or appeals is None:
        return told.say("notice.contest_closed") if told.carried.is_published else ""
    end = day_text(appeals.end, told.language) if appeals.end else ""
    return told.say("notice.contest_open", start=day_text(appeals.start, told.language), end=end)

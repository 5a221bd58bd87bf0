"""Departments to help: who lies furthest behind their peers, why, and what would take them on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from etl.exports.pdf.blocks import Block, department, points
from etl.exports.pdf.scorecards import next_grade_sentences, next_steps_sentences
from etl.exports.pdf.told import Told
from etl.insight.prospects import ToHelp, to_help

_DEPARTMENTS: Final = 10
_REASONS: Final = 3
_STEPS: Final = 2


def help_list(told: Told) -> list[ToHelp]:
    """The departments furthest behind the median of their peer group; none where places do not follow from scores."""
    return to_help(told.reading, told.group_medians, told.medians, _DEPARTMENTS)


def support_blocks(told: Told) -> Iterator[Block]:
    """Each of them with what holds it back and the steps that add most."""
    found = help_list(told)
    if not found:
        yield points([nobody(told)])
        return
    yield points([_say(told, "support.summary", "support.summary_lowest", units=len(found)), told.say("support.about")])
    for one in found:
        rank = told.reading.ranks[one.unit_id]
        beside = _say(
            told,
            "support.beside",
            "support.beside_lowest",
            group=told.group_in_full(rank.peer_group),
            place=told.group_place(rank),
            score=told.score(told.reading.scores[one.unit_id].score),
            gap=told.score(one.gap),
        )
        grade = next_grade_sentences(told, one.unit_id, names_all=True)
        steps = [*grade, *next_steps_sentences(told, one.unit_id, _STEPS)]
        yield department(
            told.unit_name(one.unit_id),
            beside,
            list(_reasons(told, one, "support.reason", "support.reason_open")),
            steps,
        )


def nobody(told: Told) -> str:
    """Why there is no department to help in the list."""
    return (
        told.say("support.outranked")
        if told.reading.rulebook.outranks
        else _say(told, "support.nobody", "support.nobody_lowest")
    )


def _say(told: Told, key: str, lowest: str, **facts: object) -> str:
    """A text, or the other one where the lowest score is the best."""
    return told.say(lowest if told.reading.rulebook.lower_leads else key, **facts)


def short_reason(told: Told, one: ToHelp) -> str:
    """The one indicator that holds it back most."""
    reasons = _reasons(told, one, "support.reason_alone", "support.reason_alone_open")
    return next(reasons, _say(told, "support.no_reason", "support.no_reason_lowest"))


def _reasons(told: Told, one: ToHelp, key: str, without_mark: str) -> Iterator[str]:
    for found in one.shortfalls[:_REASONS]:
        full = found.part.full
        yield told.say(
            without_mark if full is None else key,
            indicator=told.node_name(found.part.node),
            earned=told.points(found.part.earned),
            possible=told.points(full),
            median=told.points(found.median),
        )

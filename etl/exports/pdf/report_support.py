"""Departments to help: who lies furthest below their peers, why, and what would take them on."""

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
    """The departments furthest below the median of their peer group."""
    return to_help(told.reading, told.group_medians, told.medians, _DEPARTMENTS)


def support_blocks(told: Told) -> Iterator[Block]:
    """Each of them with what holds it back and the steps that add most."""
    found = help_list(told)
    if not found:
        yield points([told.say("support.nobody")])
        return
    yield points([told.say("support.summary", units=len(found)), told.say("support.about")])
    for one in found:
        rank = told.reading.ranks[one.unit_id]
        beside = told.say(
            "support.beside",
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


def short_reason(told: Told, one: ToHelp) -> str:
    """The one indicator that holds it back most."""
    return next(_reasons(told, one, "support.reason_alone", "support.reason_alone_open"), told.say("support.no_reason"))


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

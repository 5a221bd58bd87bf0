"""What the report says of a body evaluated as one unit: its score with its parts, where points are lost, what next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from etl.exports.hangul.flow import Column, Flow
from etl.exports.hangul.score_parts import parts_note, parts_table
from etl.exports.hangul.told import Told
from etl.exports.pdf.report_body import about_body
from etl.exports.pdf.scorecards import card_text, next_steps_sentences
from etl.insight.losses import losses
from etl.shown import NOTHING, number

_PARTS: Final = {"part": 36, "value": 24, "earned": 13, "possible": 13, "lost": 14}
_LOSSES = 3
_STEPS = 5


def body_summary(told: Told, body: str) -> Iterator[str]:
    """Score, grade, the next grade, the change, and the indicators that lost most points."""
    for said in about_body(told, body):
        yield told("whole.item", said=said.removesuffix("."))
    lost = losses(told.reading, body)[:_LOSSES]
    if lost:
        named = (
            told("whole.lost_one", indicator=told.node_name(one.part.node), lost=number(one.points)) for one in lost
        )
        yield told("whole.lost", indicators=", ".join(named))


def result_title(told: Told) -> str:
    """What its result is called: that of rules without grades is its score."""
    return told("whole.result" if told.reading.rulebook.grades else "whole.only_score")


def body_results(told: Told, flow: Flow, body: str) -> Iterator[str]:
    """Its result in a row, then the parts of its score, each with the points it lost."""
    head, change = told.results.head, told.changes.get(body)
    score, rank = told.reading.scores[body], told.reading.ranks.get(body)
    yield flow.paragraph("subheading", result_title(told))
    columns = [
        Column(told("whole.body"), 32),
        Column(head("score"), 14, "number"),
        *([Column(head("grade"), 18, "middle")] if told.reading.rulebook.grades else []),
        Column(head("bonus"), 12, "number"),
        Column(head("penalty"), 12, "number"),
        Column(told("results.change"), 12, "number"),
    ]
    row = [
        told.unit_name(body),
        told.score(score.score),
        *([told.rank_grade(rank)] if told.reading.rulebook.grades else []),
        number(score.bonus),
        number(score.penalty),
        NOTHING if change is None else told.score_change(change.score_change),
    ]
    yield from flow.table(columns, [row])
    yield flow.paragraph("note", told("results.shown"))
    yield flow.paragraph("subheading", told("results.indicators"))
    yield from _parts(told, flow, body)


def _parts(told: Told, flow: Flow, body: str) -> Iterator[str]:
    card = card_text(told, body)
    yield from parts_table(told, flow, card["parts"], _PARTS)
    note = parts_note(told, card)
    if note:
        yield flow.paragraph("note", note)


def body_next(told: Told, flow: Flow, body: str) -> Iterator[str]:
    """The steps that add most; nothing where there is none."""
    steps = list(next_steps_sentences(told, body, _STEPS))
    if steps:
        yield flow.paragraph("heading", told("whole.next"))
        for said in steps:
            yield flow.paragraph("item", told("whole.item", said=said))

"""The report of a body evaluated as one unit: its first page, its score with its parts, and each indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from etl.exports.pdf.blocks import Block, Column, columns_of, figures, heading, note, points, table, together
from etl.exports.pdf.scorecards import card_text, next_grade_sentences, next_steps_sentences, year_columns
from etl.exports.pdf.told import Told
from etl.insight.losses import Loss, losses
from etl.insight.quality import RecordCounts, record_counts
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import same_rules
from etl.scoring.decimals import HUNDRED
from etl.scoring.rulebook_parts import Indicator
from etl.shown import number, percent

_LOSSES: Final = 3
_STEPS: Final = 5


# The first page ------------------------------------------------------------------------------------------------------


def about_body(told: Told, body: str) -> Iterator[str]:
    """Its score and grade, what the next grade takes, the change since the year before, and what was taken off."""
    yield from _result(told, body)
    for said in next_grade_sentences(told, body, names_all=True):
        yield f"{said}."
    yield from _change(told, body)
    penalty = told.reading.scores[body].penalty
    if penalty:
        yield told.say("whole.penalty", points=number(penalty))


def _result(told: Told, body: str) -> Iterator[str]:
    score, rank = told.reading.scores[body], told.reading.ranks.get(body)
    if score.score is not None and rank is not None and rank.grade is not None:
        yield told.say("whole.graded", score=told.score(score.score), grade=told.grade(rank.grade))
    elif score.score is not None:
        yield told.say("whole.scored", score=told.score(score.score))
    if score.not_ranked_because:
        why = not_ranked_because(score.not_ranked_because, told.reading.rulebook, told.language)
        yield told.say("whole.not_graded", why=why)


def _change(told: Told, body: str) -> Iterator[str]:
    change = told.changes.get(body)
    if told.before is None or change is None:
        yield told.say("movers.none")
        return
    facts = {"score": told.score(change.score_before), "change": told.score_change(change.score_change)}
    yield told.say("whole.changed", before=told.before.rulebook.evaluation.year, **facts)
    if not same_rules(told.reading, told.before):
        yield told.say("whole.other_rules")


def loss_rows(told: Told, body: str) -> list[list[str]]:
    """The indicators that lost most points: the name, and what was earned of what."""
    return [[told.node_name(one.part.node), _loss(told, one)] for one in losses(told.reading, body)[:_LOSSES]]


def _loss(told: Told, one: Loss) -> str:
    part = one.part
    earned, possible = number(part.earned), number(part.possible)
    return told.say("whole.loss", earned=earned, possible=possible, lost=number(one.points))


# Its score -----------------------------------------------------------------------------------------------------------


def result_blocks(told: Told) -> Iterator[Block]:
    """Score and grade, the parts of the score, what comes next, its years."""
    body = told.reading.body
    if body is None:
        return
    card = card_text(told, body)
    yield figures(card["figures"])
    if card["sentences"]:
        yield points(card["sentences"])
    yield _parts_table(told, card["parts"])
    if card["sum"]:
        yield note(card["sum"])
    steps = [*next_grade_sentences(told, body, names_all=True), *next_steps_sentences(told, body, _STEPS)]
    if steps:
        yield together([heading(told.say("report.steps")), points(steps)])
    if len(card["years"]) > 1:
        columns = [Column(told.say(f"card.{name}"), 40) for name in year_columns(told)]
        yield together([heading(told.say("card.years")), table(columns, card["years"])])


def _parts_table(told: Told, parts: list[Mapping[str, Any]]) -> Block:
    heads = [
        told.say("card.part"),
        told.say("card.value"),
        told.say("indicators.earned_bar"),
        told.say("notice.earned"),
        told.of_weight("card.possible", "card.possible_full"),
        told.say("whole.lost"),
    ]
    aligns = ("left", "right", "left", "right", "right", "right")
    return table(columns_of(heads, (0, 38, 34, 18, 16, 18), aligns, heads.index(heads[3])), map(_part_row, parts))


def _part_row(part: Mapping[str, Any]) -> list[Any]:
    indent = "    " if part["depth"] else ""
    bar = "" if part["bar"] is None else {"share": part["bar"]}
    return [indent + part["name"], part["value"], bar, part["earned"], part["possible"], part["lost"]]


# Each indicator ------------------------------------------------------------------------------------------------------


def body_indicator_blocks(told: Told) -> Iterator[Block]:
    """Each indicator: what the rules say it is, its value against its target, the records behind it."""
    body = told.reading.body
    counts = {one.metric: one for one in record_counts(told.reading)}
    for indicator in told.reading.rulebook.indicators if body is not None else ():
        described = [] if indicator.description is None else [note(told.of(indicator.description))]
        said = points(_indicator_points(told, str(body), indicator, counts.get(str(indicator.numerator))))
        yield together([heading(told.node_name(indicator.id)), *described, said])


def _indicator_points(told: Told, body: str, indicator: Indicator, counts: RecordCounts | None) -> Iterator[str]:
    row = told.reading.indicators[body, indicator.id]
    value = told.state(row.state) if row.value is None else told.value(indicator, row.value)
    if row.target is None:
        yield told.say("whole.value", value=value)
    else:
        yield told.say("whole.value_of", value=value, target=told.value(indicator, row.target))
    if counts is not None and told.reading.has_records:
        facts = {name: f"{getattr(counts, name):,}" for name in ("counted", "not_counted", "undecided")}
        yield told.say("indicators.records", **facts)


# What was measured ---------------------------------------------------------------------------------------------------


def measured_points(told: Told, body: str) -> Iterator[str]:
    """Whether all of its weight was measured, or which indicators have no value."""
    coverage = told.reading.scores[body].coverage
    if coverage == 1:
        yield told.say("whole.all_measured")
        return
    rows = ((one.id, told.reading.indicators[body, one.id]) for one in told.reading.rulebook.indicators)
    absent = [told.node_name(node) for node, row in rows if row.state != "measured"]
    yield told.say("whole.measured", coverage=percent(coverage * HUNDRED, 1), indicators=", ".join(absent))

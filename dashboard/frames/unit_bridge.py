"""The way from a peer group's median to a department's score, as rows of a picture and of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dashboard.frames.source import Source
from etl.insight.bridge import Bridge, bridge
from etl.insight.standing import group_of
from etl.scoring.decimals import total

STEPS_SHOWN: Final = 10
"""The steps of more indicators than these are told together, the smallest first."""


@dataclass(frozen=True, slots=True)
class BridgeRow:
    """One step.

    Attributes:
        before, after: where it begins and ends; both ends of the bridge begin and end at one place.
        amount: None at the ends of the bridge.
        text: the amount with its sign, at the ends the score.
        indicator: what moves the score here; None where it is no indicator.
    """

    name: str
    before: Decimal
    after: Decimal
    amount: Decimal | None
    text: str
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class BridgeFrame:
    """What the picture of the bridge shows; the summary names what lifted the score most and what cost most."""

    rows: tuple[BridgeRow, ...]
    axis: str
    summary: str


def bridge_frame(source: Source, unit_id: str) -> BridgeFrame | None:
    """The bridge of a department; None where there is none, or the group is too small to show its median."""
    group = group_of(source.reading, unit_id)
    found = bridge(source.reading, unit_id, source.standing(group).median, source.medians)
    if found is None:
        return None
    words, steps = source.words, [*_indicator_steps(source, found), *_other_steps(source, found)]
    rows, at = [_end(source, words("bridge.start", group=source.group_name(unit_id)), found.start)], found.start
    for step in steps:
        text = source.score_change(step.amount)
        rows.append(BridgeRow(step.name, at, at + step.amount, step.amount, text, step.indicator))
        at += step.amount
    rows.append(_end(source, source.units[unit_id], found.end))
    return BridgeFrame(tuple(rows), words("department.points_axis"), _summary(source, unit_id, found))


def _end(source: Source, name: str, score: Decimal) -> BridgeRow:
    return BridgeRow(name, score, score, None, source.score(score))


@dataclass(frozen=True, slots=True)
class _Step:
    """What moves the score by how much; an indicator, or something else by name."""

    name: str
    amount: Decimal
    indicator: str | None = None


def _indicator_steps(source: Source, found: Bridge) -> list[_Step]:
    """What the indicators move; what moves nothing is left out."""
    moving = [(node, gap) for node, gap in found.steps if gap]
    large = {node for node, _ in sorted(moving, key=lambda step: -abs(step[1]))[:STEPS_SHOWN]}
    steps = [_Step(source.nodes[node], gap, node) for node, gap in moving if node in large]
    others = total(gap for node, gap in moving if node not in large)
    return [*steps, _Step(source.words("bridge.others"), others)] if others else steps


def _other_steps(source: Source, found: Bridge) -> list[_Step]:
    """What moves the score besides."""
    beside = {"bonus": found.bonus, "penalty": -found.penalty, "rest": found.rest}
    return [_Step(source.words(f"bridge.{what}"), amount) for what, amount in beside.items() if amount]


def _summary(source: Source, unit_id: str, found: Bridge) -> str:
    facts = {
        "group": source.group_name(unit_id),
        "median": source.score(found.start),
        "unit": source.units[unit_id],
        "score": source.score(found.end),
    }
    return " ".join([source.words("bridge.summary", **facts), *_extremes(source, _indicator_steps(source, found))])


def _extremes(source: Source, steps: list[_Step]) -> Iterator[str]:
    most = max(steps, key=lambda step: step.amount, default=None)
    least = min(steps, key=lambda step: step.amount, default=None)
    lower_leads = source.reading.rulebook.lower_leads
    if most is not None and most.amount > 0:
        key = "bridge.worst" if lower_leads else "bridge.best"
        yield source.words(key, name=most.name, points=source.score_change(most.amount))
    if least is not None and least.amount < 0:
        key = "bridge.best" if lower_leads else "bridge.worst"
        yield source.words(key, name=least.name, points=source.score_change(least.amount))

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
    """

    name: str
    before: Decimal
    after: Decimal
    amount: Decimal | None
    text: str


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
    for name, amount in steps:
        rows.append(BridgeRow(name, at, at + amount, amount, source.score_change(amount)))
        at += amount
    rows.append(_end(source, source.units[unit_id], found.end))
    return BridgeFrame(tuple(rows), words("department.points_axis"), _summary(source, unit_id, found))


def _end(source: Source, name: str, score: Decimal) -> BridgeRow:
    return BridgeRow(name, score, score, None, source.score(score))


def _indicator_steps(source: Source, found: Bridge) -> list[tuple[str, Decimal]]:
    """What the indicators move, by name; what moves nothing is left out."""
    moving = [(node, gap) for node, gap in found.steps if gap]
    large = {node for node, _ in sorted(moving, key=lambda step: -abs(step[1]))[:STEPS_SHOWN]}
    steps = [(source.nodes[node], gap) for node, gap in moving if node in large]
    others = total(gap for node, gap in moving if node not in large)
    return [*steps, (source.words("bridge.others"), others)] if others else steps


def _other_steps(source: Source, found: Bridge) -> list[tuple[str, Decimal]]:
    """What moves the score besides."""
    beside = {"bonus": found.bonus, "penalty": -found.penalty, "rest": found.rest}
    return [(source.words(f"bridge.{what}"), amount) for what, amount in beside.items() if amount]


def _summary(source: Source, unit_id: str, found: Bridge) -> str:
    facts = {
        "group": source.group_name(unit_id),
        "median": source.score(found.start),
        "unit": source.units[unit_id],
        "score": source.score(found.end),
    }
    return " ".join([source.words("bridge.summary", **facts), *_extremes(source, _indicator_steps(source, found))])


def _extremes(source: Source, steps: list[tuple[str, Decimal]]) -> Iterator[str]:
    best = max(steps, key=lambda step: step[1], default=None)
    worst = min(steps, key=lambda step: step[1], default=None)
    if best is not None and best[1] > 0:
        yield source.words("bridge.best", name=best[0], points=source.score_change(best[1]))
    if worst is not None and worst[1] < 0:
        yield source.words("bridge.worst", name=worst[0], points=source.score_change(worst[1]))

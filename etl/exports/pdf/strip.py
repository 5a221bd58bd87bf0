"""The scores of a peer group as dots on a line: where each stands, for a template to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from etl.exports.pdf.told import Told
from etl.insight.spread import coarse
from etl.shown import number

_MARKS: Final = 60
"""Dots closer than a sixtieth of the line stand above each other."""


def group_strip(told: Told, group: str, unit_id: str | None = None) -> dict[str, Any] | None:
    """The scores of a peer group's ranked departments from the lowest to the highest; None of fewer than two scores.

    Args:
        told: the release.
        group: the peer group.
        unit_id: a department to mark. The others then stand at coarse steps: its scorecard is not about them.
    """
    scores = {
        row.unit_id: score
        for row in told.reading.ranks.values()
        if row.peer_group == group and (score := told.reading.scores[row.unit_id].score) is not None
    }
    own = None if unit_id is None else told.reading.scores[unit_id].score
    others = [score for one, score in scores.items() if one != unit_id]
    shown = others if unit_id is None else coarse(others)
    known = [*shown, *([] if own is None else [own])]
    if len(known) < 2:
        return None
    middle = told.group_medians.get(group)
    low, high = min(known), max(known)
    reach = (high - low) or Decimal(1)
    ends = {"low": _end(told, low, own, unit_id), "high": _end(told, high, own, unit_id)}

    def at(score: Decimal) -> float:
        return float((score - low) / reach)

    return {
        "columns": _columns(at(score) for score in shown),
        "own": None if own is None else at(own),
        "own_text": "" if own is None else told.score(own),
        "median": None if middle is None or not low <= middle <= high else at(middle),
        "median_text": told.say("strip.median", median=told.score(middle)),
        **ends,
        "alt": told.say("strip.alt", group=told.group_name(group), units=len(known), **ends)
        + ("" if middle is None else " " + told.say("strip.alt_median", median=told.score(middle)))
        + ("" if own is None else " " + told.say("strip.alt_own", score=told.score(own))),
    }


def _end(told: Told, score: Decimal, own: Decimal | None, unit_id: str | None) -> str:
    """The label of an end: a score somebody has, or about where it is."""
    if unit_id is None or score == own:
        return told.score(score)
    return told.say("strip.about", score=number(score))


def _columns(places: Iterable[float]) -> list[list[float]]:
    """(place, how many dots stand there) from the left."""
    dots = Counter(round(place * _MARKS) for place in places)
    return [[mark / _MARKS, count] for mark, count in sorted(dots.items())]

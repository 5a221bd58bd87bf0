"""Under which names departments arrive, and which of them are certain.

A name is certain in this order: it is a department's code; it is a name that one department alone bears or bore; one
department after the other bore it and the record's day says which; somebody decided it as an alias.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.units import UnitVersion

_UNSEEN: Final = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
"""Blanks, and signs that take no place on paper: soft hyphens, zero-width signs, Hangul fillers, directions."""

_PLAIN: Final = re.compile("[가-힣0-9a-z ]*")
"""What most names consist of: nothing in them needs a closer look."""

_SAME_SIGN: Final = str.maketrans(
    dict.fromkeys("\u318d\u119e\u2022\u2027\u2219\u22c5\u30fb\uff65", "·")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)
"""Middle dots and hyphens, of which keyboards and fonts have many and a reader sees one."""

RECORD_DAY: Final[Mapping[str, str]] = {
    "headcount": "as_of",
    "analyses": "completed_on",
    "policies": "used_on",
    "datasets": "opened_on",
    "course_rounds": "ends_on",
    "training_sessions": "ends_on",
    "attendance": "completed_on",
    "certificates": "issued_on",
    "diagnosis_answers": "answered_on",
    "pilots": "starts_on",
    "initiatives": "started_on",
    "practices": "registered_on",
    "practice_reuses": "reused_on",
    "awards": "awarded_on",
    "not_applicable": "requested_on",
    "ledger": "occurred_on",
    "panel_marks": "given_on",
    "figures": "as_of",
}
"""The day of a record, on which its department is looked up. Kinds about no single day have none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The days, both included, during which a department alone bore a name."""

    unit_id: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Resolved:
    """The names that are certain.

    Attributes:
        certain: name as received -> unit_id, on any day that no turn decides.
        turns: when which department bore a name as received, of names that several bore one after the other.
    """

    certain: Mapping[str, str]
    turns: Mapping[str, tuple[Turn, ...]]

    def bearer(self, name: str, day: str) -> str | None:
        """The department that bore a name on a day as YYYY-MM-DD; None where nobody did, or it is no day."""
        try:
            on = date.fromisoformat(day)
        except ValueError:
            return None
        return next((turn.unit_id for turn in self.turns[name] if turn.first <= on <= turn.last), None)


def normalised(name: str) -> str:
    """A name without what a reader cannot see or would not call a difference.

    Composed, one width, one case, one kind of middle dot and of hyphen, without blanks and signs of no width.
    """
    if _PLAIN.fullmatch(name):
        return name.replace(" ", "")
    shown = _UNSEEN.sub("", name).translate(_SAME_SIGN)
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shown).casefold())
    return unicodedata.normalize("NFC", _UNSEEN.sub("", composed).translate(_SAME_SIGN))


def resolve_names(
    names: Iterable[str], versions: Iterable[UnitVersion], aliases: Iterable[tuple[str, str]]
) -> Resolved:
    """The department of each name that is certain.

    Args:
        names: as received.
        versions: every department under every name it had.
        aliases: (name, unit_id) as somebody decided; two that contradict each other decide nothing.

    Returns:
        A name that is unknown, or that two departments bear on the same day, is in neither part: nothing is guessed.
    """
    known = list(versions)
    codes = {version.unit_id for version in known}
    bearers: defaultdict[str, list[UnitVersion]] = defaultdict(list)
    for version in known:
        bearers[normalised(version.name)].append(version)
    decided: defaultdict[str, set[str]] = defaultdict(set)
    for alias, unit_id in aliases:
        decided[normalised(alias)].add(unit_id)
    certain: dict[str, str] = {}
    turns: dict[str, tuple[Turn, ...]] = {}
    for name in names:
        key = normalised(name)
        borne = bearers.get(key, [])
        units = {name} if name in codes else {version.unit_id for version in borne}
        if len(units) > 1 and (in_turn := _turns(borne)):
            turns[name] = in_turn
        # An alias says what the departments' own names leave open.
        units = units if len(units) == 1 else decided.get(key, set())
        if len(units) == 1:
            certain[name] = next(iter(units))
    return Resolved(certain, turns)


def _turns(bearers: Sequence[UnitVersion]) -> tuple[Turn, ...]:
    """When each bearer had the name, by day; empty when two departments had it on the same day."""
    turns: list[Turn] = []
    for version in sorted(bearers, key=lambda version: (version.valid_from, version.unit_id)):
        turn = Turn(version.unit_id, version.valid_from, version.valid_to or date.max)
        before = turns[-1] if turns else None
        if before is None or before.last < turn.first:
            turns.append(turn)
        elif before.unit_id == turn.unit_id:
            turns[-1] = Turn(turn.unit_id, before.first, max(before.last, turn.last))
        else:
            return ()
    return tuple(turns)

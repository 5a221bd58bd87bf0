"""Departments through time: who is evaluated, and to which department a record is attributed after a reorganisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

Reorganisation = Literal["successor", "as_recorded"]

_STEP: Final = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class UnitVersion:
    """A department under one name: code, name, parent, peer group, and the days between which it is valid."""

    unit_id: str
    name: str
    parent: str | None
    peer_group: str
    valid_from: date
    valid_to: date | None

    def is_valid_within(self, first: date, last: date) -> bool:
        """Whether it is valid on any day from the first to the last."""
        return self.valid_from <= last and (self.valid_to is None or self.valid_to >= first)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which part of what is recorded for one department counts for which evaluated department."""

    recorded_unit: str
    unit_id: str
    share: Decimal


def evaluated_units(
    versions: Iterable[UnitVersion], first: date, last: date, reorganisation: Reorganisation
) -> dict[str, UnitVersion]:
    """The departments an evaluation is about, by code, each under its latest name in the period.

    Under `successor` those valid on the last day; under `as_recorded` those valid on any day of the period.
    """
    begin = last if reorganisation == "successor" else first
    chosen = [version for version in versions if version.is_valid_within(begin, last)]
    return {version.unit_id: version for version in sorted(chosen, key=lambda version: version.valid_from)}


def attributions(
    evaluated: Iterable[str], recorded: Iterable[str], successions: Iterable[tuple[str, str, Decimal]]
) -> list[Attribution]:
    """Where the records of every department go: to itself while it is evaluated, otherwise along its successions.

    Args:
        evaluated: codes of the evaluated departments.
        recorded: codes of all departments.
        successions: (from, to, share); the shares of one department add up to one.

    Returns:
        Sorted. A department that neither is evaluated nor leads to one that is has no row: its records count nowhere.
    """
    stays = set(evaluated)
    onward: defaultdict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for before, after, share in successions:
        onward[before].append((after, share))
    found = []
    for unit_id in sorted(set(recorded)):
        parts = _followed(unit_id, stays, onward)
        found += [Attribution(unit_id, heir, share) for heir, share in _in_whole_steps(parts)]
    return found


def whole_body(body: str, recorded: Iterable[str]) -> list[Attribution]:
    """Where the records of every department go when the body as a whole is evaluated: all of them to it, and its own.

    Args:
        body: what the body is called.
        recorded: codes of all departments there ever were.
    """
    return [Attribution(unit_id, body, Decimal(1)) for unit_id in sorted({body, *recorded})]


def _in_whole_steps(parts: Mapping[str, Decimal]) -> list[tuple[str, Decimal]]:
    """The parts, sorted, rounded to what DuckDB holds so that they add up to what they added up to before.

    Two reorganisations of shares with six decimals fit; after a third, the last heir takes what rounding leaves over.
    """
    rounded = {heir: share.quantize(_STEP) for heir, share in sorted(parts.items())}
    if parts:
        last = max(parts)
        whole = sum(parts.values(), Decimal(0)).quantize(_STEP)
        rounded[last] += whole - sum(rounded.values())
    return list(rounded.items())


def _followed(
    unit_id: str, stays: set[str], onward: Mapping[str, list[tuple[str, Decimal]]]
) -> defaultdict[str, Decimal]:
    """Evaluated department -> its part of what is recorded for a department. However long the chain, no recursion."""
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)
    # Each step knows the departments before it: a circle of successions leads nowhere and ends there.
    steps = [(unit_id, Decimal(1), frozenset({unit_id}))]
    while steps:
        at, share, before = steps.pop()
        if at in stays:
            parts[at] += share
            continue
        for heir, part in onward.get(at, []):
            if heir not in before:
                steps.append((heir, share * part, before | {heir}))
    return parts

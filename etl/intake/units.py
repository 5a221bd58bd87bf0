"""Departments through time: under which name they arrive, and to which evaluated department a record is attributed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

Reorganisation = Literal["successor", "as_recorded"]

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS: Final = re.compile(r"\s+")


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


def normalised(name: str) -> str:
    """A name without what a reader cannot see: composed, width-folded, case-folded, blanks single, no invisible signs."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name))
    return _BLANKS.sub(" ", composed).strip().casefold()


def resolve_names(
    names: Iterable[str], versions: Iterable[UnitVersion], aliases: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """The department of each name that is certain: its code, its name, or an alias somebody decided.

    Args:
        names: as received.
        versions: every department under every name it had.
        aliases: (name, unit_id).

    Returns:
        name -> unit_id. A name that is unknown, or that two departments share, is left out: nothing is guessed.
    """
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    codes = set()
    for version in versions:
        codes.add(version.unit_id)
        bearers[normalised(version.name)].add(version.unit_id)
    decided = {normalised(alias): unit_id for alias, unit_id in aliases}
    found = {name: _one_unit(name, codes, bearers, decided) for name in names}
    return {name: unit_id for name, unit_id in found.items() if unit_id is not None}


def _one_unit(
    name: str, codes: set[str], bearers: Mapping[str, set[str]], decided: Mapping[str, str]
) -> str | None:
    if name in codes:
        return name
    key = normalised(name)
    if key in decided:
        return decided[key]
    units = bearers.get(key, set())
    return next(iter(units)) if len(units) == 1 else None


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
        parts: defaultdict[str, Decimal] = defaultdict(Decimal)
        _follow(unit_id, Decimal(1), stays, onward, parts, frozenset())
        found += [Attribution(unit_id, heir, share) for heir, share in sorted(parts.items())]
    return found


def _follow(
    unit_id: str,
    share: Decimal,
    stays: set[str],
    onward: Mapping[str, list[tuple[str, Decimal]]],
    parts: defaultdict[str, Decimal],
    seen: frozenset[str],
) -> None:
    if unit_id in stays:
        parts[unit_id] += share
        return
    # A circle of successions leads nowhere; the guard ends it.
    for heir, part in onward.get(unit_id, []):
        if heir not in seen:
            _follow(heir, share * part, stays, onward, parts, seen | {unit_id})

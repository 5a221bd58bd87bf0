"""What is scored: the units, what was measured of each, and what people decided about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Unit:
    """A department (or country, dataset, agency) that gets a score.

    Args:
        unit_id: its code.
        name: what people call it.
        peer_group: id of the group it is compared in; not looked at where the rulebook has no groups.
    """

    unit_id: str
    name: str
    peer_group: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger: a bonus, a penalty (its points positive) or a veto, under a rule of the rulebook.

    `share` is the part of it that the unit takes over from a unit that was merged or split.
    """

    entry_id: str
    unit_id: str
    kind: Literal["bonus", "penalty", "veto"]
    rule: str
    points: Decimal
    share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a score depends on besides the rulebook. The order of anything in it changes nothing.

    Args:
        units: who is evaluated. Figures of anybody else count in the headlines only.
        values: (unit_id, metric) -> value; absent or None is missing, which is not zero.
        not_applicable: (unit_id, indicator), approved requests only.
        marks: (unit_id, indicator) -> the panel's marks.
        entries: the ledger.
    """

    units: tuple[Unit, ...]
    values: Mapping[tuple[str, str], Decimal | None]
    not_applicable: frozenset[tuple[str, str]]
    marks: Mapping[tuple[str, str], tuple[Decimal, ...]]
    entries: tuple[Entry, ...]

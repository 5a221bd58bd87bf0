"""Places: overall and in the peer group, equals decided by the rulebook's chain or sharing the place (1, 1, 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from etl.scoring.decimals import ZERO

Key = tuple[bool, Decimal]


@dataclass(frozen=True, slots=True)
class Contender:
    """A unit that is ranked.

    Args:
        worth: what it is ranked on, turned so that more is better.
        deciders: what each link of the chain compares, turned so that more is better; None, which is last, where the
            unit has nothing there.
    """

    unit_id: str
    peer_group: str
    worth: Decimal
    deciders: tuple[Decimal | None, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """What it is sorted by, the best first."""
        return tuple((value is None, -value if value is not None else ZERO) for value in (self.worth, *self.deciders))


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one unit among some.

    Args:
        rank: 1 is the best; equals share the lower number.
        tied_with: how many others have the same rank.
        decided_by: position in the chain of the last link that parted it from units of the same score; None where no
            link did.
    """

    rank: int
    tied_with: int
    decided_by: int | None


def rank_units(contenders: Sequence[Contender]) -> dict[str, Place]:
    """The place of every unit among those given.

    Ties: 0.1 + 0.2 and 0.3 are equal, numbers being exact decimals. Units of equal worth are parted by the first link
    of the chain on which they differ; those equal on every link share the place, and the next place counts them all.

    Returns:
        unit_id -> place; the order of the contenders changes nothing.
    """
    ordered = sorted(contenders, key=lambda contender: (contender.keys, contender.unit_id))
    places: dict[str, Place] = {}
    rank = 1
    for _, equals in groupby(ordered, key=lambda contender: contender.keys):
        tied = list(equals)
        for contender in tied:
            places[contender.unit_id] = Place(rank, len(tied) - 1, None)
        rank += len(tied)
    for unit_id, link in _decided_by(ordered).items():
        places[unit_id] = Place(places[unit_id].rank, places[unit_id].tied_with, link)
    return places


def _decided_by(ordered: Sequence[Contender]) -> dict[str, int]:
    """The last link of the chain that parted each unit from others of equal worth."""
    decided: dict[str, int] = {}
    links = len(ordered[0].deciders) if ordered else 0
    for link in range(links):
        for still_tied in _equal_up_to(ordered, link):
            if len({contender.keys[link + 1] for contender in still_tied}) > 1:
                decided |= {contender.unit_id: link for contender in still_tied}
    return decided


def _equal_up_to(ordered: Sequence[Contender], link: int) -> list[list[Contender]]:
    """The units in runs of equals, before that link of the chain is looked at."""
    return [list(equals) for _, equals in groupby(ordered, key=lambda contender: contender.keys[: link + 1])]


def by_peer_group(contenders: Sequence[Contender]) -> Mapping[str, list[Contender]]:
    """Peer group -> its contenders."""
    groups: dict[str, list[Contender]] = {}
    for contender in contenders:
        groups.setdefault(contender.peer_group, []).append(contender)
    return groups

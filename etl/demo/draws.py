"""Numbers drawn by chance that come out the same on every machine, and exact ways to share out a total.

`random.Random` promises the same stream only for `random()`; what `choice`, `sample` and `shuffle` make of it may
change between versions of Python. Here every draw is a digest of the seed, the stream's name and a counter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeVar

Item = TypeVar("Item")

_FIXED_HOLIDAYS: Final = frozenset({(1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25)})
_OTHER_HOLIDAYS: Final = frozenset(
    f"{year}-{day}"
    for year, days in {
        2017: "01-27 01-30 05-03 05-09 10-02 10-04 10-05 10-06",
        2018: "02-15 02-16 05-07 05-22 06-13 09-24 09-25 09-26",
        2019: "02-04 02-05 02-06 05-06 09-12 09-13",
        2020: "01-24 01-27 04-15 04-30 08-17 09-30 10-01 10-02",
        2021: "02-11 02-12 05-19 08-16 09-20 09-21 09-22 10-04 10-11",
        2022: "01-31 02-01 02-02 03-09",
    }.items()
    for day in days.split()
)
"""Holidays of the lunar calendar, substitutes and election days that fall on a weekday."""


@dataclass(slots=True)
class Draws:
    """A stream of draws with a name, so that a new draw in one table moves nothing in another.

    Args:
        seed: the seed of the whole city.
        stream: the stream's name.
    """

    seed: int
    stream: str
    _drawn: int = field(default=0, init=False)

    def below(self, bound: int) -> int:
        """A whole number from 0 to bound - 1. The bias is below bound / 2^64."""
        digest = hashlib.sha256(f"{self.seed}|{self.stream}|{self._drawn}".encode()).digest()
        self._drawn += 1
        return int.from_bytes(digest[:8], "big") % bound

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in so many cases of a hundred."""
        return self.below(100) < percent

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items, each as likely as the others."""
        return items[self.below(len(items))]

    def pick_weighted(self, items: Sequence[Item], weights: Sequence[int]) -> Item:
        """One of the items, each as likely as its weight says; at least one weight is above zero."""
        mark = self.below(sum(weights))
        for item, weight in zip(items, weights, strict=True):
            if mark < weight:
                return item
            mark -= weight
        raise AssertionError("the mark lies below the sum of the weights")

    def several_weighted(self, items: Sequence[Item], weights: Sequence[int], count: int) -> list[Item]:
        """So many different items, drawn one after another by weight; a weight of zero is never drawn."""
        left, left_weights = list(items), list(weights)
        drawn: list[Item] = []
        for _ in range(count):
            place = self.pick_weighted(range(len(left)), left_weights)
            drawn.append(left.pop(place))
            left_weights.pop(place)
        return drawn

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in a drawn order (Fisher and Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def working_day(self, first: date, last: date) -> date:
        """A weekday from first to last that is no public holiday; the range holds at least one."""
        span = (last - first).days + 1
        day = first + timedelta(days=self.below(span))
        while not is_working_day(day):
            day = first + timedelta(days=self.below(span))
        return day


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS and day.isoformat() not in _OTHER_HOLIDAYS


def working_day_from(day: date) -> date:
    """The day itself, or the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of a total in proportion to weights, by largest remainder; they add up to the total exactly."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def apportion_capped(total: int, weights: Sequence[int], caps: Sequence[int]) -> list[int]:
    """Like `apportion`, with no part above its cap: what does not fit goes to the others by the same weights.

    The caps of the parts with a weight add up to the total or more.
    """
    parts = [0] * len(weights)
    while (rest := total - sum(parts)) > 0:
        open_weights = [weight if part < cap else 0 for weight, part, cap in zip(weights, parts, caps, strict=True)]
        more = apportion(rest, open_weights)
        parts = [min(part + extra, cap) for part, extra, cap in zip(parts, more, caps, strict=True)]
    return parts

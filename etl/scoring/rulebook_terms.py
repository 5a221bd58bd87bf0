"""The words every part of a rulebook is written with: numbers, names, rounding, amounts by group, tables of bands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from etl.documents.flaws import Flaw, nearest
from etl.scoring.decimals import Mode, plain

Direction = Literal["higher", "lower"]
Over = Literal["all", "peer_group"]
Edge = Literal["lower", "upper"]

EVERYBODY: Final = "all"
"""The peer group of every unit where the rulebook names none."""


class Rule(BaseModel):
    """A part of a rulebook: unknown keys are refused, types are not guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong within this part, although every key has the right type."""
        return iter(())


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("not_a_number_here", "a number is needed")
    number = Decimal(value)
    if not number.is_finite():
        raise PydanticCustomError("not_a_number_here", "a number is needed")
    if abs(number) >= _LARGEST_NUMBER:
        raise PydanticCustomError("number_too_large_here", "the number is too large")
    return number


_LARGEST_NUMBER: Final = Decimal("1e30")


Number = Annotated[Decimal, BeforeValidator(_number)]
"""A number written in TOML, integer or with decimals, taken exactly; inf and nan are refused."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern="^[^\\x00-\\x20\\x7f,]+$")]
"""What other parts, records and tables call a part of the rulebook: no blank, no comma."""

Label = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern="^[^\\x00-\\x1f\\x7f]+$")]
"""What is published as it stands, such as a grade: one line, blanks allowed."""

MetricName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The name of a metric: a file in `etl/metrics`, or a name in the table of somebody who brings figures."""

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A TOML array."""


class Text(Rule):
    """Words in Korean and English. A plain string in the rulebook stands for both."""

    ko: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _one_string_is_both(cls, value: Any) -> Any:
        return {"ko": value, "en": value} if isinstance(value, str) else value


class Rounding(Rule):
    """To how many decimal places, and how: half_up (사사오입), floor (절사), half_even, ceiling or none."""

    places: Annotated[int, Field(ge=0, le=20)] = 0
    mode: Mode = "half_up"


def _shape_of_amount(value: object) -> str:
    return "by_group" if isinstance(value, dict) else "number"


Amount = Annotated[
    Annotated[Number, Tag("number")] | Annotated[dict[str, Number], Tag("by_group")],
    Discriminator(_shape_of_amount),
]
"""A number, or one for every peer group: `0.35` or `{ datastore = 0.35, filestore = 0.41 }`."""


def amount_for(amount: Decimal | Mapping[str, Decimal], peer_group: str) -> Decimal:
    """The amount that holds for a peer group."""
    return amount if isinstance(amount, Decimal) else amount[peer_group]


def flaws_of_amount(amount: Decimal | Mapping[str, Decimal], groups: Collection[str]) -> Iterator[Flaw]:
    """Peer groups the amount names that do not exist, and those it forgets."""
    if isinstance(amount, Decimal):
        return
    for name in amount:
        if name not in groups:
            yield Flaw((name,), "rulebook_unknown_peer_group", {"name": name, "nearest": nearest(name, groups)})
    forgotten = [name for name in groups if name not in amount]
    if forgotten:
        yield Flaw((), "rulebook_peer_group_forgotten", {"names": ", ".join(forgotten)})


class Band(Rule):
    """One stretch of a table of bands; without `from` it has no lower end, without `to` no upper one."""

    start: Number | None = Field(default=None, alias="from")
    end: Number | None = Field(default=None, alias="to")


def flaws_of_limits(limits: Sequence[tuple[Decimal | None, Decimal | None]]) -> Iterator[Flaw]:
    """Whether stretches cover every number exactly once: no hole, no overlap, in order (upwards or downwards).

    Args:
        limits: the lower and upper end of every stretch as written; None is open.
    """
    if not limits:
        yield Flaw((), "rulebook_bands_empty")
        return
    for position, (start, end) in enumerate(limits):
        if start is not None and end is not None and start >= end:
            yield Flaw((position,), "rulebook_band_empty", {"start": plain(start), "end": plain(end)})
    order = list(range(len(limits)))
    if _runs_down(limits):
        order.reverse()
    first, last = limits[order[0]], limits[order[-1]]
    if first[0] is not None:
        yield Flaw((order[0],), "rulebook_band_hole_below", {"edge": plain(first[0])})
    if last[1] is not None:
        yield Flaw((order[-1],), "rulebook_band_hole_above", {"edge": plain(last[1])})
    for lower, upper in pairwise(order):
        yield from _flaws_of_neighbours(limits[lower][1], limits[upper][0], upper)


def _runs_down(limits: Sequence[tuple[Decimal | None, Decimal | None]]) -> bool:
    """Whether stretches are written from the highest: by the ends of the first and last that are known."""
    first, last = limits[0], limits[-1]
    above = first[0] if first[0] is not None else first[1]
    below = last[1] if last[1] is not None else last[0]
    if above is None or below is None or len(limits) == 1:
        return False
    return above > below or (above == below and first[0] is not None)


def _flaws_of_neighbours(end: Decimal | None, start: Decimal | None, position: int) -> Iterator[Flaw]:
    if end is None or start is None:
        yield Flaw((position,), "rulebook_bands_out_of_order")
    elif start > end:
        yield Flaw((position,), "rulebook_band_hole", {"start": plain(end), "end": plain(start)})
    elif start < end:
        yield Flaw((position,), "rulebook_band_overlap", {"start": plain(start), "end": plain(end)})


def holds(start: Decimal | None, end: Decimal | None, includes: Edge, value: Decimal) -> bool:
    """Whether a stretch holds a value; of its two ends only the one named by `includes` belongs to it."""
    if includes == "lower":
        return (start is None or value >= start) and (end is None or value < end)
    return (start is None or value > start) and (end is None or value <= end)

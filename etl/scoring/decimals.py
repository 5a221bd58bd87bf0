"""The arithmetic of a published number: exact decimals, one working precision, one way to round.

Everything is computed with 50 significant digits. `ln`, `exp` and `sqrt` of Python's decimal are correctly rounded, so
they give the same digits on every machine; `power` is not, so roots and powers are written as `exp(y ln x)`.
What is published or compared is kept to 34 significant digits and 40 places: the 16 digits beyond are there so that
a third three times is one, and what is mathematically equal ties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    localcontext,
)
from functools import lru_cache, wraps
from typing import Final, Literal, ParamSpec, TypeVar

Mode = Literal["half_up", "half_even", "floor", "ceiling", "none"]

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)
HUNDRED: Final = Decimal(100)

WORKING_DIGITS: Final = 50
KEPT_DIGITS: Final = 34
KEPT_PLACES: Final = 40

_TRAPS: Final = [DivisionByZero, InvalidOperation, Overflow]
_WORKING: Final = Context(prec=WORKING_DIGITS, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=_TRAPS)
_KEEPING: Final = Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=_TRAPS)
_SMALLEST_KEPT: Final = Decimal(1).scaleb(-KEPT_PLACES)
_ROUNDINGS: Final[dict[str, str]] = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
}

P = ParamSpec("P")
T = TypeVar("T")


def precise(function: Callable[P, T]) -> Callable[P, T]:
    """The function, computed with the working precision whatever context its caller has."""

    @wraps(function)
    def computed(*args: P.args, **kwargs: P.kwargs) -> T:
        here = getcontext()
        if here.prec == WORKING_DIGITS and here.Emax == _WORKING.Emax and here.rounding == ROUND_HALF_EVEN:
            return function(*args, **kwargs)
        with localcontext(_WORKING):
            return function(*args, **kwargs)

    return computed


def rounded(value: Decimal, places: int, mode: Mode = "half_up") -> Decimal:
    """The value to so many decimal places.

    `half_up` (사사오입) takes a half away from zero, `floor` (절사) goes down, `none` changes nothing. The value is
    first kept to its published digits, so that what is mathematically a half, or a whole, is rounded as one.
    """
    if mode == "none":
        return value
    value = kept(value)
    digits = max(WORKING_DIGITS, value.adjusted() + places + 2)
    return value.quantize(ONE.scaleb(-places), rounding=_ROUNDINGS[mode], context=Context(prec=digits))


def kept(value: Decimal) -> Decimal:
    """The value as it is published and compared: at most 34 significant digits and 40 places, never a negative zero."""
    short = _KEEPING.plus(value)
    if short.adjusted() < KEPT_DIGITS - KEPT_PLACES:  # only then can its last digit stand beyond the last place
        short = short.quantize(_SMALLEST_KEPT, rounding=ROUND_HALF_EVEN, context=_WORKING)
    return short or ZERO


def plain(value: Decimal) -> str:
    """The number as plain text: no exponent, no trailing zeros, never `-0`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@precise
def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base ** exponent` for a base of zero or more, as exp(exponent x ln base); zero to a positive power is zero.

    Raises:
        decimal.InvalidOperation: the base is negative, or zero with an exponent below zero.
    """
    if exponent == 0 or base == 1:
        return ONE
    if base == 0 and exponent > 0:
        return ZERO
    return (exponent * base.ln()).exp()


@lru_cache(maxsize=1024)
@precise
def logarithm(value: Decimal) -> Decimal:
    """The natural logarithm of a number that comes up again and again, such as a goalpost; above zero."""
    return value.ln()


@precise
def total(values: Iterable[Decimal]) -> Decimal:
    """The sum of the values, in the order that loses least: by size, so that the order of arrival changes nothing."""
    return sum(sorted(values), ZERO)


@precise
def mean(values: Iterable[Decimal]) -> Decimal:
    """The arithmetic mean.

    Raises:
        decimal.InvalidOperation: there are no values.
    """
    column = list(values)
    return total(column) / len(column)

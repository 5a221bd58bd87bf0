"""One way to round, one working precision, one way to write a number."""

from __future__ import annotations

from decimal import Decimal, localcontext
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.scoring.decimals import Mode, kept, plain, power, precise, rounded, total

D = Decimal
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=D("-1e15"), max_value=D("1e15"))


@pytest.mark.parametrize(
    ("value", "places", "mode", "result"),
    [
        ("2.345", 2, "half_up", "2.35"),
        ("2.344", 2, "half_up", "2.34"),
        ("2.5", 0, "half_up", "3"),
        ("-2.5", 0, "half_up", "-3"),
        ("2.5", 0, "half_even", "2"),
        ("3.5", 0, "half_even", "4"),
        ("59.99", 0, "floor", "59"),
        ("-0.1", 0, "floor", "-1"),
        ("0.1", 0, "ceiling", "1"),
        ("2.345", 0, "none", "2.345"),
        ("1.005", 2, "half_up", "1.01"),
        ("0.99999999999999999999999999999999999999999999999999", 0, "floor", "1"),
        ("123456789012345678901234567890.5", 0, "half_up", "123456789012345678901234567891"),
    ],
)
def test_a_number_is_rounded_as_the_rulebook_says(value: str, places: int, mode: Mode, result: str) -> None:
    assert rounded(D(value), places, mode) == D(result)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.000", "0"),
        ("1E+3", "1000"),
        ("1.500", "1.5"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
        ("-12.30", "-12.3"),
    ],
)
def test_a_number_is_written_without_exponent_trailing_zeros_or_negative_zero(value: str, text: str) -> None:
    assert plain(D(value)) == text


@given(decimals)
def test_writing_a_number_loses_nothing(value: Decimal) -> None:
    assert D(plain(value)) == value


@given(decimals)
def test_what_is_kept_has_at_most_34_digits_and_40_places(value: Decimal) -> None:
    short = kept(value)
    _, digits, exponent = short.as_tuple()
    assert len(digits) <= 34
    assert isinstance(exponent, int)
    assert exponent >= -40
    assert abs(short - value) <= max(abs(value) * D("1e-33"), D("1e-40"))


def test_the_trace_of_a_difference_that_is_mathematically_nothing_is_nothing() -> None:
    assert kept(D("3E-49")) == 0
    assert plain(kept(D("-3E-49"))) == "0"


@given(st.lists(decimals), st.randoms())
def test_a_sum_does_not_depend_on_the_order(values: list[Decimal], shuffle: Random) -> None:
    shuffled = list(values)
    shuffle.shuffle(shuffled)
    assert total(shuffled) == total(values)


def test_precise_arithmetic_ignores_the_context_of_its_caller() -> None:
    @precise
    def third() -> Decimal:
        return D(1) / 3

    with localcontext() as context:
        context.prec = 3
        assert len(third().as_tuple().digits) == 50
        assert D(1) / 3 == D("0.333")


@pytest.mark.parametrize(
    ("base", "exponent", "result"), [("4", "0.5", "2"), ("0", "2", "0"), ("0", "0", "1"), ("27", "-1", "0.037037037")]
)
def test_a_power_is_computed_from_logarithms(base: str, exponent: str, result: str) -> None:
    assert abs(power(D(base), D(exponent)) - D(result)) < D("1e-9")

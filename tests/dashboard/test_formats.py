"""Numbers and dates as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.shown import day, due, exactly, number, percent, signed

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)


@pytest.mark.parametrize(
    ("value", "places", "fixed", "shown"),
    [
        (None, 2, False, "–"),
        (1515, 2, False, "1,515"),
        (Decimal("61.99"), 0, False, "62"),
        (Decimal("0.005"), 2, False, "0.01"),
        (Decimal("-1234.5"), 2, True, "−1,234.50"),
        (Decimal("-0.001"), 2, True, "0.00"),
        (Decimal("36.1"), 2, True, "36.10"),
        (Decimal("1E+3"), 2, False, "1,000"),
        (Decimal("2.5"), 0, False, "3"),
    ],
)
def test_a_number_is_rounded_half_up_and_grouped_by_thousands(
    value: Decimal | int | None, places: int, fixed: bool, shown: str
) -> None:
    assert number(value, places, fixed=fixed) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (Decimal(9), "+9"), (Decimal("-3.25"), "−3.25"), (Decimal(0), "±0")]
)
def test_a_difference_always_says_its_direction(value: Decimal | None, shown: str) -> None:
    assert signed(value) == shown


@given(decimals)
def test_a_shown_number_is_never_further_than_half_a_unit_from_the_published_one(value: Decimal) -> None:
    shown = Decimal(number(value).replace(",", "").replace("−", "-"))
    assert abs(shown - value) <= Decimal("0.005")


def test_percentages_and_exact_values() -> None:
    assert percent(Decimal("61.99")) == "62 %"
    assert percent(Decimal("61.99"), 2) == "61.99 %"
    assert percent(None) == "–"
    assert exactly(Decimal("16.42666666666666666666666666666667")) == "16.42666666666666666666666666666667"


def test_dates_are_written_as_each_language_does() -> None:
    assert day(date(2021, 12, 31), "ko") == "2021. 12. 31."
    assert day(date(2021, 12, 31), "en") == "31 December 2021"
    assert day(None, "ko") == "–"


def test_a_last_day_says_its_weekday() -> None:
    assert due(date(2026, 11, 27), "ko") == "2026. 11. 27.(금)"
    assert due(date(2026, 11, 29), "en") == "Sunday 29 November 2026"

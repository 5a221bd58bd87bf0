"""Days as people write them, read back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.shown import day, day_typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026. 11. 27.", date(2026, 11, 27)),
        (" 2026.1.2 ", date(2026, 1, 2)),
        ("2026-11-27", date(2026, 11, 27)),
        ("2026/11/27", date(2026, 11, 27)),
        ("27 November 2026", date(2026, 11, 27)),
        ("3 may 2026", date(2026, 5, 3)),
        ("3 Mai 2026", None),
        ("2026-02-30", None),
        ("0000-01-01", None),
        ("yesterday", None),
        ("27. 11. 2026", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, meant: date | None) -> None:
    assert day_typed(typed) == meant


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_back_as_korean_shows_it_and_as_files_have_it(written: date) -> None:
    assert day_typed(day(written, "ko")) == day_typed(day(written, "en")) == day_typed(written.isoformat()) == written

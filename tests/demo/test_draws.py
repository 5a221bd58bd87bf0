"""Drawing by chance that comes out the same everywhere, and sharing out a total exactly."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.courses import SESSIONS
from etl.demo.draws import Draws, apportion, apportion_capped, is_working_day, working_day_from

HOLIDAYS = [
    "2021-02-12",
    "2021-05-19",
    "2021-08-16",
    "2021-09-21",
    "2021-10-04",
    "2019-05-06",
    "2021-03-01",
    "2021-12-25",
]


def test_a_draw_is_the_digest_of_seed_stream_and_counter() -> None:
    draws = Draws(7, "stream")
    for count in range(3):
        digest = hashlib.sha256(f"7|stream|{count}".encode()).digest()
        assert draws.below(1000) == int.from_bytes(digest[:8], "big") % 1000


def test_streams_do_not_disturb_each_other() -> None:
    alone = Draws(1, "a")
    beside, other = Draws(1, "a"), Draws(1, "b")
    expected = [alone.below(1000) for _ in range(5)]
    found = []
    for _ in range(5):
        other.below(1000)
        found.append(beside.below(1000))
    assert found == expected


@given(st.integers(), st.lists(st.integers(), max_size=30))
def test_shuffling_keeps_every_item(seed: int, items: list[int]) -> None:
    assert sorted(Draws(seed, "s").shuffled(items)) == sorted(items)


@given(st.integers(), st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=20).filter(any))
def test_several_are_different_and_none_has_weight_zero(seed: int, weights: list[int]) -> None:
    places = range(len(weights))
    possible = sum(weight > 0 for weight in weights)
    drawn = Draws(seed, "s").several_weighted(places, weights, possible)
    assert sorted(drawn) == [place for place in places if weights[place] > 0]


@given(st.integers(min_value=0, max_value=5000), st.lists(st.integers(0, 1000), min_size=1, max_size=40).filter(any))
def test_parts_add_up_and_stay_within_one_of_the_exact_share(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 50)), min_size=1, max_size=30), st.data())
def test_capped_parts_add_up_and_no_part_is_above_its_cap(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    weights, caps = [weight for weight, _ in pairs], [cap for _, cap in pairs]
    total = data.draw(st.integers(0, sum(caps)))
    parts = apportion_capped(total, weights, caps)
    assert sum(parts) == total
    assert all(part <= cap for part, cap in zip(parts, caps, strict=True))


@given(st.integers(), st.dates(date(2017, 1, 1), date(2021, 11, 30)))
def test_a_working_day_lies_in_its_range(seed: int, first: date) -> None:
    last = first + timedelta(days=14)
    day = Draws(seed, "s").working_day(first, last)
    assert first <= day <= last
    assert is_working_day(day)


@pytest.mark.parametrize("holiday", HOLIDAYS)
def test_holidays_and_weekends_are_no_working_days(holiday: str) -> None:
    day = date.fromisoformat(holiday)
    assert not is_working_day(day)
    assert working_day_from(day) > day


def test_courses_begin_and_end_on_working_days() -> None:
    assert [session.title for session in SESSIONS if not is_working_day(session.starts_on)] == []
    assert [session.title for session in SESSIONS if not is_working_day(session.ends_on)] == []

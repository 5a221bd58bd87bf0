"""The URL says where a reader is, and every link says where it leads."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import PAGES, Address, PageName

words = st.none() | st.text(min_size=1, max_size=20)
addresses = st.builds(Address, year=words, release=words, unit=words, indicator=words, group=words, lang=words)


@given(addresses, st.sampled_from(PAGES))
def test_a_link_leads_to_the_address_it_was_made_of(address: Address, page: PageName) -> None:
    query = parse_qs(urlsplit(address.href(page)).query, keep_blank_values=True, errors="surrogatepass")
    assert Address.of({key: values[-1] for key, values in query.items()}) == address


def test_keys_that_mean_nothing_are_left_out() -> None:
    assert Address.of({"unit": "0010030", "utm_source": "mail", "year": ""}) == Address(unit="0010030")


@pytest.mark.parametrize(("lang", "language"), [(None, "ko"), ("ko", "ko"), ("en", "en"), ("fr", "ko"), ("EN", "ko")])
def test_korean_is_the_language_unless_english_is_asked_for(lang: str | None, language: str) -> None:
    assert Address(lang=lang).language == language


def test_a_link_is_relative_so_that_it_holds_under_any_path() -> None:
    address = Address(year="2020", unit="a&b")
    assert address.href("department") == "department?year=2020&unit=a%26b"
    assert address.href("overview") == "./?year=2020&unit=a%26b"
    assert Address().href("ranking") == "ranking"


def test_a_part_can_be_changed_and_taken_away() -> None:
    assert Address(year="2020", unit="1").to(unit=None, lang="en").query == {"year": "2020", "lang": "en"}

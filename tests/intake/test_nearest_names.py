"""A name nobody knows is answered with the nearest one, apart from the sentence around it."""

from __future__ import annotations

import re

import pytest

from etl.documents.flaws import nearest
from etl.messages_files import FILE_MESSAGES


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_nearest_name_stands_apart_from_the_words_before_it(language: str) -> None:
    glued = [code for code, said in FILE_MESSAGES.items() if re.search(r"[^\s(]\{nearest\}", said[language])]
    assert glued == []


def test_a_name_like_no_other_is_answered_with_what_there_is_and_how_many_more() -> None:
    assert nearest("xyz", ["b", "a"]) == "a, b"
    assert nearest("xyz", []) == ""
    assert nearest("xyz", [f"n{at:02}" for at in range(15)]).endswith("n10, n11 … (+3)")
    assert nearest("n01", [f"n{at:02}" for at in range(15)]) == "n01"

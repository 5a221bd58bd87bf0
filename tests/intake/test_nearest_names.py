"""A name nobody knows is answered with the nearest one, apart from the sentence around it."""

from __future__ import annotations

import re

import pytest

from etl.messages_files import FILE_MESSAGES


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_nearest_name_stands_apart_from_the_words_before_it(language: str) -> None:
    glued = [code for code, said in FILE_MESSAGES.items() if re.search(r"[^\s(]\{nearest\}", said[language])]
    assert glued == []

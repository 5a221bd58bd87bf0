"""What is said while a page is left is carried out before the next one begins, and nobody waits for long."""

from __future__ import annotations

import asyncio
import time

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.gate import leaving
from dashboard.gate.leaving import LastWords, Leaving
from tests.gate.runs import begins, ends

EARLY = ends(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
BROKEN = ends(ForwardMsg.FINISHED_WITH_COMPILE_ERROR)
PART = ends(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
TABLE = b"x" * 100_000


@pytest.mark.parametrize(
    ("told", "is_done"),
    [
        ([], False),
        ([begins()], False),
        ([begins(), ends()], True),
        ([begins(), PART], True),
        ([begins(), BROKEN], True),
        ([ends()], False),
        ([ends(), begins(), ends()], True),
        ([EARLY, begins(), ends()], True),
        ([begins(), EARLY], False),
        ([begins(), EARLY, begins(), ends()], True),
        ([begins(), b"\xff\xff", TABLE, ends()], True),
    ],
    ids=[
        "nothing", "begun", "begun and ended", "a part of a page", "an error", "an older run ends",
        "an older run ends first", "an older run is broken off", "broken off for another", "the other ends", "the rest",
    ],
)  # fmt: skip
def test_what_was_said_is_carried_out_once_a_run_that_began_after_it_ends(
    told: list[bytes], is_done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 0.05)
    words = LastWords()
    words.said()
    for message in told:
        words.told(message)
    assert waits(words) is not is_done


def test_nobody_waits_where_nothing_was_said_or_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 0.05)
    words = LastWords()
    assert not waits(words)
    words.said()
    monkeypatch.setattr(leaving, "ON_THE_WAY_OUT", 0)
    assert not waits(words), "an evaluation that takes minutes keeps nobody from the next page"


def test_the_next_page_of_the_same_session_waits_and_others_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 60)

    async def pages() -> None:
        pages_left, words = Leaving(), LastWords()
        words.said()
        left = asyncio.create_task(pages_left.leave("one", words))
        await asyncio.sleep(0)
        following = asyncio.create_task(pages_left.over("one"))
        await pages_left.over("another")
        assert not following.done()
        words.told(begins())
        words.told(ends())
        await asyncio.gather(left, following)
        await pages_left.over("one")

    asyncio.run(pages())


def waits(words: LastWords) -> bool:
    """Whether it takes all the patience there is."""
    begun = time.monotonic()
    asyncio.run(words.carried_out())
    return time.monotonic() - begun >= leaving.PATIENCE

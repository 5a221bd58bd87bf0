"""A scorecard that is not published tells no median behind which too few other departments stand."""

from __future__ import annotations

from pathlib import Path

from etl.exports.carried import carry
from etl.exports.pdf.scorecards import card_text
from etl.exports.pdf.told import Told
from etl.insight.reading import Reading, open_release
from etl.release.folder import publish
from etl.shown import NOTHING
from tests.exports.given import TAKEN
from tests.insight.few import SIX, few_earners


def medians(reading: Reading, unit_id: str) -> dict[str, tuple[str, bool]]:
    """Part -> its median on a department's card, and whether there is a mark for it."""
    parts = card_text(Told(carry(reading, TAKEN), "ko"), unit_id)["parts"]
    return {part["name"]: (part["median"], part["mark"] is not None) for part in parts}


def test_of_two_that_an_indicator_is_applicable_to_neither_is_told_the_median(tmp_path: Path) -> None:
    told = medians(few_earners(tmp_path), "U0")
    assert told["few 지표"] == (NOTHING, False)
    assert told["all 지표"][1], "everybody is behind it"


def test_among_five_others_with_points_the_median_is_told_and_to_one_of_five_it_is_not(tmp_path: Path) -> None:
    reading = few_earners(tmp_path, SIX)
    assert medians(reading, "U0")["few 지표"] == ("18.50", True)
    (tmp_path / "five").mkdir()
    five = few_earners(tmp_path / "five", dict(list(SIX.items())[:5]))
    assert medians(five, "U0")["few 지표"] == (NOTHING, False)
    assert medians(five, "U9")["few 지표"][0] == "18.00", "it has no points there: five others have"


def test_what_is_published_has_the_median_of_two(tmp_path: Path) -> None:
    reading = few_earners(tmp_path)
    publish(reading.folder)
    assert medians(open_release(reading.folder), "U0")["few 지표"] == ("13.50", True)

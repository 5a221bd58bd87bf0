"""How sure the places are that a reader may see: their ranges when weights change a little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.frames.source import Source
from etl.insight.reading import Reading
from etl.insight.robustness import Robustness, robustness


def sureness(reading: Reading) -> Robustness | None:
    """How sure the ranks of a release are; None where it ranks by outranking. To be worked out once for a release."""
    return None if reading.rulebook.outranks else robustness(reading)


@dataclass(frozen=True, slots=True)
class PlaceRange:
    """The places one department has in its peer group in nine of ten draws.

    Attributes:
        low: the best of them.
        high: the last of them.
        text: in words, such as 2~4위.
        sentence: the same as a sentence.
    """

    low: int
    high: int
    text: str
    sentence: str


def place_ranges(source: Source, found: Robustness | None, *, overall: bool = False) -> Mapping[str, PlaceRange]:
    """Department -> the range of its place, of the departments in scope that are ranked.

    Args:
        source: the release as the reader sees it.
        found: of `sureness`.
        overall: the place among all departments, not in the peer group.
    """
    if found is None:
        return {}
    return {unit_id: _range(source, found, unit_id, overall) for unit_id in source.units if unit_id in found.units}


def _range(source: Source, found: Robustness, unit_id: str, overall: bool) -> PlaceRange:
    words, one = source.words, found.units[unit_id]
    places = one.overall if overall else one.in_group
    text = words(
        "robustness.range.one" if places.low == places.high else "robustness.range", low=places.low, high=places.high
    )
    facts = {"range": text, "draws": f"{found.draws:,}", "spread": f"{100 * found.spread:.0f}"}
    sentence = words("robustness.sentence.all" if overall else "robustness.sentence", **facts)
    return PlaceRange(low=places.low, high=places.high, text=text, sentence=sentence)

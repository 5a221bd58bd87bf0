"""The ranges of places, worked out once for a release and told to each reader as far as they may see."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.frames.robustness import PlaceRange, place_ranges, sureness
from dashboard.view import View


def ranges_of(view: View) -> Mapping[str, PlaceRange]:
    """Department -> the places it has in its peer group in nine of ten draws, of the ranked departments in scope."""
    return view.remember("place ranges", lambda: place_ranges(view.source, view.read("sureness", sureness)))

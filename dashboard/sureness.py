"""The ranges of places, worked out once for a release and told to each reader as far as they may see."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.frames.robustness import PlaceRange, place_ranges
from dashboard.once import sureness_of
from dashboard.view import View


def ranges_of(view: View, *, overall: bool = False) -> Mapping[str, PlaceRange]:
    """Department -> the places it has in nine of ten draws, of the ranked departments in scope.

    Args:
        view: of the release.
        overall: the places among all departments, not in the peer group.
    """
    what = f"place ranges {'of all' if overall else 'in groups'}"
    return view.remember(what, lambda: place_ranges(view.source, sureness_of(view.reading), overall=overall))

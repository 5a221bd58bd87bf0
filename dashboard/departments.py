"""The departments there are, by the latest release: names to choose from, no figure of anybody."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.shelf import NoRelease, folder_of_releases, look
from etl.errors import JipyoError
from etl.insight.reading import open_release


def departments_now() -> dict[str, str]:
    """Code -> name of the departments of the latest release, by name; none where there is no release to read."""
    try:
        shelf = look(folder_of_releases())
    except NoRelease:
        return {}
    # Drafts are newer than what is published; of one, only the names of departments are taken.
    names = sorted([*shelf.published.values(), *shelf.drafts], key=lambda name: name[:4], reverse=True)
    return _names(str(shelf.folder / names[0])) if names else {}


@st.cache_data(show_spinner=False, max_entries=8)
def _names(release: str) -> dict[str, str]:
    try:
        units = open_release(Path(release)).units.values()
    except JipyoError:
        return {}
    return {unit.unit_id: unit.name for unit in sorted(units, key=lambda unit: unit.name)}

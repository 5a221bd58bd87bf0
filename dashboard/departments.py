"""The departments and indicators there are, by the latest release: names, no figure of anybody."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.shelf import NoRelease, folder_of_releases, look
from etl.errors import JipyoError
from etl.insight.reading import open_release
from etl.scoring.rulebook_terms import Text


def departments_now() -> dict[str, str]:
    """Code -> name of the departments of the latest release, by name; none where there is no release to read."""
    return _names(_latest())[0]


def indicators_now() -> dict[str, Text]:
    """Id -> name of the indicators of the latest release; none where there is no release to read."""
    return _names(_latest())[1]


def _latest() -> str:
    """The folder of the latest release; empty where there is none."""
    try:
        shelf = look(folder_of_releases())
    except NoRelease:
        return ""
    # Drafts are newer than what is published; of one, only names are taken.
    names = sorted([*shelf.published.values(), *shelf.drafts], key=lambda name: name[:4], reverse=True)
    return str(shelf.folder / names[0]) if names else ""


@st.cache_data(show_spinner=False, max_entries=8)
def _names(release: str) -> tuple[dict[str, str], dict[str, Text]]:
    if not release:
        return {}, {}
    try:
        reading = open_release(Path(release))
    except JipyoError:
        return {}, {}
    units = sorted(reading.units.values(), key=lambda unit: unit.name)
    return {unit.unit_id: unit.name for unit in units}, {one.id: one.name for one in reading.rulebook.indicators}

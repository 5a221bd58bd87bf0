"""What a proposal changes for whom, department by department."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.frames.steps import differences_table
from dashboard.markup import bullets, paragraph
from dashboard.shell import show
from dashboard.words import Words
from etl.errors import JipyoError
from etl.insight.reading import open_release
from etl.insight.two_releases import as_text, from_text, what_differs
from etl.shown import number


def kept(changes: str | None, words: Words) -> None:
    """Differences as they were written down; that there was nothing to compare, where none were."""
    if changes is None:
        show(paragraph(words("steps.changes.unknown"), "jp-note"))
        return
    differences = from_text(changes)
    if not differences:
        show(paragraph(words("steps.changes.none"), "jp-note"))
        return
    show(paragraph(words("steps.changes.some", units=number(len(differences))), "jp-note"))
    with st.expander(words("steps.changes")):
        show(differences_table(differences, words))


def between(releases: Path, before: str, after: str, words: Words) -> None:
    """What another release changes."""
    try:
        changes = _differences(str(releases), before, after)
    except JipyoError as error:
        show(bullets(fault.text(words.language) for fault in error.faults))
        return
    kept(changes, words)


@st.cache_data(max_entries=16, show_spinner=False)
def _differences(releases: str, before: str, after: str) -> str:
    """As text: both releases never change, so that it is the same for everybody who may ask."""
    folder = Path(releases)
    return as_text(what_differs(open_release(folder / before), open_release(folder / after)))

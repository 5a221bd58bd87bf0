"""A click on a department's dot leads to its page. The keyboard's way is the table beside the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.charts.drawing import CONFIG
from dashboard.shell import FILES
from dashboard.view import View


def clickable_chart(view: View, figure: Figure, key: str, alt: str) -> None:
    """A figure whose marks carry the code of a department each; clicking one opens that department.

    Args:
        view: whose departments may be opened; a mark of any other leads nowhere.
        figure: with the codes as `customdata` of its marks, empty where a mark is nobody's.
        key: of the widget.
        alt: what it shows, in words.
    """
    event = st.plotly_chart(figure, key=key, config=CONFIG, alt=alt, on_select="rerun", selection_mode="points")
    unit = clicked(event)
    if unit in view.source.units:
        st.switch_page(FILES["department"], query_params=view.address.to(unit=unit, page=None).query)


def clicked(event: Any) -> str | None:
    """The code of the mark that was clicked; None where none was, or the message is none a chart sends."""
    selection = event.get("selection") if isinstance(event, Mapping) else None
    points = selection.get("points") if isinstance(selection, Mapping) else None
    first = points[0] if isinstance(points, Sequence) and points else None
    said = first.get("customdata") if isinstance(first, Mapping) else None
    if isinstance(said, Sequence) and not isinstance(said, str):
        said = said[0] if said else None
    return said if isinstance(said, str) else None

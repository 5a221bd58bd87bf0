"""A click on a department's dot leads to its page. The keyboard's way is the table beside the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.charts.drawing import CONFIG
from dashboard.markup import Html, join, link, safe, tag
from dashboard.shell import FILES, show
from dashboard.view import View


def clickable_chart(view: View, figure: Figure, key: str, alt: str) -> None:
    """A figure whose marks carry codes of departments; clicking one opens its department, or names them if several.

    Args:
        view: whose departments may be opened; a mark of any other leads nowhere.
        figure: with the codes as `customdata` of its marks, empty where a mark is nobody's.
        key: of the widget.
        alt: what it shows, in words.
    """
    event = st.plotly_chart(figure, key=key, config=CONFIG, alt=alt, on_select="rerun", selection_mode="points")
    units = [unit for unit in clicked(event) if unit in view.source.units]
    address = view.address.to(page=None)
    if len(units) == 1:
        st.switch_page(FILES["department"], query_params=address.to(unit=units[0]).query)
    elif units:
        links = (link(view.source.units[unit], address.to(unit=unit).href("department")) for unit in units)
        show(tag("p", Html(safe(view.words("chart.several") + " ") + join(links, ", "))))


def clicked(event: Any) -> list[str]:
    """The codes of the mark that was clicked; none where none was, or the message is none a chart sends."""
    selection = event.get("selection") if isinstance(event, Mapping) else None
    points = selection.get("points") if isinstance(selection, Mapping) else None
    first = points[0] if isinstance(points, Sequence) and points else None
    said = first.get("customdata") if isinstance(first, Mapping) else None
    codes = said if isinstance(said, list | tuple) else [said]
    return [code for code in codes if isinstance(code, str) and code]

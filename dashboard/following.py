"""A click on a mark of a chart leads to what it stands for. The keyboard's way is the table beside the chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.address import Address, PageName
from dashboard.charts.drawing import CONFIG
from dashboard.markup import Html, join, link, safe, tag
from dashboard.shell import FILES, show
from dashboard.view import View


@dataclass(frozen=True, slots=True)
class Way:
    """Where a mark leads.

    Attributes:
        name: of what is there.
        page: of the dashboard.
        address: on it.
    """

    name: str
    page: PageName
    address: Address


WayOf = Callable[[str], Way | None]
"""From the code a mark carries to where it leads; None for a code that is none of the reader's."""


def to_departments(view: View) -> WayOf:
    """Marks carry codes of departments; one the reader may not open leads nowhere."""
    address, units = view.address.to(page=None), view.source.units
    return lambda code: Way(units[code], "department", address.to(unit=code)) if code in units else None


def to_indicators(view: View, unit: str | None = None) -> WayOf:
    """Marks carry ids of indicators; each leads to the records behind its figure.

    Args:
        view: whose indicators they are.
        unit: the department whose records are meant; None for the indicator of everybody.
    """
    address, known = view.address.to(page=None, unit=unit, beside=None), view.source.indicators
    names = view.source.nodes
    return lambda code: Way(names[code], "indicator", address.to(indicator=code)) if code in known else None


def clickable_chart(view: View, figure: Figure, key: str, alt: str, way_of: WayOf) -> None:
    """A figure whose marks carry codes; clicking one opens where it leads, or names the ways if there are several.

    Args:
        view: of the page.
        figure: with the codes as `customdata` of its marks, empty where a mark is nobody's.
        key: of the widget.
        alt: what it shows, in words.
        way_of: where each code leads.
    """
    event = st.plotly_chart(figure, key=key, config=CONFIG, alt=alt, on_select="rerun", selection_mode="points")
    ways = [way for code in clicked(event) if (way := way_of(code)) is not None]
    if len(ways) == 1:
        st.switch_page(FILES[ways[0].page], query_params=ways[0].address.query)
    elif ways:
        show(tag("p", Html(safe(view.words("chart.several") + " ") + join(map(linked, ways), ", "))))


def linked(way: Way) -> Html:
    """The way as a link."""
    return link(way.name, way.address.href(way.page))


def clicked(event: Any) -> list[str]:
    """The codes of the mark that was clicked; none where none was, or the message is none a chart sends."""
    selection = event.get("selection") if isinstance(event, Mapping) else None
    points = selection.get("points") if isinstance(selection, Mapping) else None
    first = points[0] if isinstance(points, Sequence) and points else None
    said = first.get("customdata") if isinstance(first, Mapping) else None
    codes = said if isinstance(said, list | tuple) else [said]
    return [code for code in codes if isinstance(code, str) and code]

"""The annex (붙임) of every Hangul document: records received, provenance, control totals, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.exports.hangul.flow import Column, Flow
from etl.exports.hangul.told import Told
from etl.exports.tables import Control
from etl.scoring.decimals import plain
from etl.shown import number

_COUNTS: Final = ("received", "staged", "rejected", "held", "set_aside")


def annex(told: Told, flow: Flow, controls: Mapping[str, Control]) -> Iterator[str]:
    """The annex, on a page of its own.

    Args:
        told: the release.
        flow: the document.
        controls: table of the document -> its rows and total.
    """
    yield flow.paragraph("heading", told("annex.heading"), on_new_page=True)
    if told.reading.has_records:
        yield flow.paragraph("subheading", told("annex.sources"))
        yield from _sources(told, flow)
    yield flow.paragraph("subheading", told("annex.provenance"))
    facts = list(told.carried.facts(told.language))
    yield from flow.sheet(facts, (22, 78), [("head", "cell")] * len(facts))
    yield flow.paragraph("subheading", told("annex.control"))
    yield from _controls(told, flow, controls)
    yield flow.paragraph("subheading", told("annex.notes"))
    for note in _notes(told, flow):
        yield flow.paragraph("item", f"○ {note}")


def _sources(told: Told, flow: Flow) -> Iterator[str]:
    head = told.results.head
    columns = [
        Column(head("file"), 27),
        Column(head("kind"), 23),
        *(Column(head(count), 10, "number") for count in _COUNTS),
    ]
    rows = [
        [
            one["file"],
            heading(one["kind"], "heading", told.language) if one["kind"] in RECORDS else one["kind"],
            *(number(one[count]) for count in _COUNTS),
        ]
        for one in told.reading.manifest.facts["sources"]
    ]
    yield from flow.table(columns, rows)


def _controls(told: Told, flow: Flow, controls: Mapping[str, Control]) -> Iterator[str]:
    keys = (("table", 34, "cell"), ("rows", 22, "number"), ("total", 44, "number"))
    columns = [Column(told(f"annex.{key}"), share, style) for key, share, style in keys]
    rows = [
        [table, f"{control.rows:,}", f"{control.column or ''} {plain(control.total or Decimal(0))}".strip()]
        for table, control in controls.items()
    ]
    yield from flow.table(columns, rows)


def _notes(told: Told, flow: Flow) -> Iterator[str]:
    yield told("results.shown")
    yield told("annex.edited")
    yield told("annex.verify")
    if not told.reading.has_records:
        yield told("annex.given")
    if flow.replaced:
        yield told("annex.replaced", count=f"{flow.replaced:,}")

"""The annex (붙임) of every Hangul document: records received, provenance, control totals, notes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.exports.hangul.flow import Column, Flow
from etl.exports.hangul.told import Told
from etl.exports.tables import Control
from etl.exports.words import column_word
from etl.shown import grouped, number

_COUNTS: Final = ("received", "staged", "rejected", "held", "set_aside")


def annex(told: Told, flow: Flow, table: str, control: Control) -> Iterator[str]:
    """The annex, on a page of its own.

    Args:
        told: the release.
        flow: the document.
        table: what the document's main table is called.
        control: its rows and total.
    """
    yield flow.paragraph("heading", told("annex.heading"), on_new_page=True)
    if told.reading.has_records:
        yield flow.paragraph("subheading", told("annex.sources"))
        yield from _sources(told, flow)
    yield flow.paragraph("subheading", told("annex.provenance"))
    column, added = column_word(control.column or "", told.language), grouped(control.total or Decimal(0))
    check = told("annex.check", table=table, rows=f"{control.rows:,}", column=column, total=added)
    facts = [*told.carried.facts(told.language), (told("annex.control"), check)]
    yield from flow.sheet(facts, (22, 78), [("head", "cell")] * len(facts))
    yield flow.paragraph("subheading", told("annex.notes"))
    for note in _notes(told, flow):
        yield flow.paragraph("item", f"○ {note}")


def _sources(told: Told, flow: Flow) -> Iterator[str]:
    head = told.results.head
    columns = [
        Column(head("file"), 20),
        Column(head("kind"), 20),
        *(Column(head(count), 12, "number") for count in _COUNTS),
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


def _notes(told: Told, flow: Flow) -> Iterator[str]:
    yield told("results.shown")
    yield told("annex.edited")
    yield told("annex.verify")
    if not told.reading.has_records:
        yield told("annex.given")
    if flow.replaced:
        yield told("annex.replaced", count=f"{flow.replaced:,}")

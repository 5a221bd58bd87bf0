"""The appendix: received files, records by metric, tables with totals to check by, and every fact of the export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from etl.contracts.records import RECORDS
from etl.contracts.words import heading as kind_word
from etl.engine import Engine
from etl.exports.pdf.blocks import Block, Column, facts, heading, note, points, table
from etl.exports.pdf.told import Told
from etl.exports.tables import Counting, rows_of, tables_of
from etl.exports.words import column_word
from etl.insight.definitions import define
from etl.insight.quality import received_files, record_counts
from etl.shown import NOTHING

_COUNTS: Final = ("received", "staged", "rejected", "held", "set_aside")


def source_blocks(told: Told) -> Iterator[Block]:
    """What the result was made from, and how to check it."""
    yield heading(told.say("sources.files"))
    files = received_files(told.reading)
    if files:
        columns = [
            Column(column_word("file", told.language)),
            Column(column_word("kind", told.language), 44),
            *(Column(column_word(count, told.language), 18, "right") for count in _COUNTS),
        ]
        rows = [[one.file, _kind(told, one.kind), *(f"{getattr(one, count):,}" for count in _COUNTS)] for one in files]
        yield table(columns, rows)
    else:
        yield points([told.say("soundness.table_scored")])
    yield from _records(told)
    yield heading(told.say("sources.tables"))
    yield _tables(told)
    yield note(told.say("sources.verify"))
    yield heading(told.say("page.facts"))
    yield facts(told.carried.facts(told.language))


def _kind(told: Told, kind: str) -> str:
    return kind_word(kind, "heading", told.language) if kind in RECORDS else kind


def _records(told: Told) -> Iterator[Block]:
    if not told.reading.has_records:
        return
    yield heading(told.say("sources.records"))
    columns = [
        Column(column_word("metric", told.language)),
        *(Column(told.say(f"sources.{how}"), 26, "right") for how in ("counted", "not_counted", "undecided")),
    ]
    rows = [
        [define(one.metric).names[told.language], f"{one.counted:,}", f"{one.not_counted:,}", f"{one.undecided:,}"]
        for one in record_counts(told.reading)
    ]
    yield table(columns, rows)


def _tables(told: Told) -> Block:
    columns = [
        Column(column_word("table", told.language), 46),
        Column(column_word("rows", told.language), 18, "right"),
        Column(column_word("control_column", told.language), 30),
        Column(column_word("control_total", told.language), 0, "right"),
    ]
    rows = []
    with Engine() as engine:
        for one in tables_of(told.reading):
            if one.is_published:
                counting = Counting(one)
                for _ in counting.through(rows_of(one, engine)):
                    pass
                control = counting.control
                column = NOTHING if control.column is None else one.column_word(control.column, told.language)
                added = NOTHING if control.total is None else told.exactly(control.total)
                rows.append([one.word(told.language), f"{control.rows:,}", column, added])
    return table(columns, rows)

"""What loading a file changes: its rows, and the records added, changed and removed."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from dashboard.desk.arriving import COUNTS, Change
from dashboard.frames.data import column_name, kind_name
from dashboard.markup import Column, Html, Line, bullets, paragraph, safe, table
from dashboard.shell import heading, show
from dashboard.words import Words
from etl.intake.differences import KindDifference
from etl.shown import NOTHING, number

SORTS = ("added", "changed", "removed")


def what_changes(change: Change, words: Words) -> None:
    """The rows and the records."""
    heading(words("data.upload.result"))
    if change.is_loaded:
        show(paragraph(words("data.upload.is_loaded"), "jp-note"))
        return
    totals = {sort: number(change.total(sort)) for sort in SORTS}
    show(paragraph(words("data.upload.summary", **totals), "jp-note"), rows_table(change, words))
    for file, rows in change.mended:
        show(paragraph(words("data.upload.set_aside", file=file, rows=number(rows)), "jp-note"))
    if change.notices:
        show(bullets(notice.text(words.language) for notice in change.notices))
    if change.rows["rejected"][1] or change.rows["held"][1]:
        show(paragraph(words("data.upload.waits"), "jp-caution"))
    if change.kinds:
        show(kinds_table(change, words))
    for kind in change.kinds:
        with st.expander(words("data.upload.changes", kind=kind_name(kind.kind, words)), key=f"changes-{kind.kind}"):
            show(records_table(kind, words))


def rows_table(change: Change, words: Words) -> Html:
    """Where the file's rows are now, and after loading."""
    columns = [Column(words("data.upload.rows_of_file"))]
    columns += [Column(words(f"data.{'rows' if count == 'received' else count}"), "number") for count in COUNTS]
    lines = [
        Line([safe(words(f"data.upload.{when}")), *(safe(number(change.rows[count][at])) for count in COUNTS)])
        for at, when in enumerate(("before", "after"))
        if when == "after" or not change.is_new
    ]
    return table(words("data.upload.rows_of_file"), columns, lines)


def kinds_table(change: Change, words: Words) -> Html:
    """How many records of each kind differ."""
    columns = [Column(words("data.kind"))]
    columns += [Column(words(f"data.upload.{sort}"), "number") for sort in SORTS]
    lines = [
        Line([safe(kind_name(one.kind, words)), *(safe(number(getattr(one, sort))) for sort in SORTS)])
        for one in change.kinds
    ]
    return table(words("data.upload.result"), columns, lines)


def records_table(kind: KindDifference, words: Words) -> Html:
    """The first records that differ; what is about a person is hidden."""
    columns = [
        Column(words("data.upload.what_happens"), "tight"),
        Column(words("data.upload.record"), "long"),
        Column(words("data.upload.contents"), "long"),
    ]
    return table(words("data.upload.record"), columns, _lines(kind, words), heads=1)


def _lines(kind: KindDifference, words: Words) -> Iterator[Line]:
    for sort in SORTS:
        for record in getattr(kind, f"{sort}_records"):
            contents = " · ".join(
                words(
                    "data.upload.cell",
                    column=column_name(kind.kind, column, words),
                    before=NOTHING if before is None else before,
                    after=NOTHING if after is None else after,
                )
                for column, (before, after) in record.cells.items()
            )
            yield Line([safe(words(f"data.upload.{sort}")), safe(" / ".join(record.key)), safe(contents or NOTHING)])

"""The records behind one metric of one department, counted and not, on whichever page shows the metric."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard.address import Address
from dashboard.choices import lasting
from dashboard.frames.indicator import Behind, MetricPart, RecordRow, RecordsFrame, records_frame
from dashboard.markup import Column, Html, Line, bullets, exact, join, link, no_markdown, paragraph, safe, small, table
from dashboard.once import names_in
from dashboard.reader import note_people_seen
from dashboard.shell import show
from dashboard.view import View
from etl.engine import EngineError
from etl.insight.evidence import lists_people, open_evidence
from etl.shown import number

RECORDS_A_PAGE: Final = 20


def show_records(view: View, part: MetricPart, unit: str, appealed: str | None = None) -> None:
    """What the records come to, and a list of them; that they cannot be read, where a release is damaged.

    They are shown to whoever may see the department's records; where they list people, the log keeps that they were.

    Args:
        view: of the page.
        part: the metric.
        unit: the department.
        appealed: id of the indicator that the reader may appeal about now: what does not count leads there.
    """
    if unit not in view.source.record_units:
        show(paragraph(view.words("indicator.records.hidden"), "jp-note"))
        return
    try:
        frame = view.remember(f"records {part.metric} {unit}", partial(_behind, view, part, unit))
    except (EngineError, OSError, ValueError, KeyError):
        said = view.words("indicator.records.unreadable", release=view.reading.folder.name)
        show(paragraph(said, "jp-caution"))
        return
    if lists_people(part.metric) and (frame.counted or frame.not_counted):
        note_people_seen(view.reading.folder.name, part.metric, unit)
    show(bullets(frame.sentences))
    _list_records(view, part, frame, unit, appealed)


def _behind(view: View, part: MetricPart, unit: str) -> RecordsFrame:
    """The records of one metric, read from the release."""
    names = names_in(view.reading)
    with open_evidence(view.reading) as book:
        evidence = book.of(part.metric, unit)
        corrected, decided = book.corrected(part.metric, evidence), book.decided(part.metric)
        read = Behind(evidence, book.files, names, corrected, decided, book.takers())
    return records_frame(view.source, part, read)


def _list_records(view: View, part: MetricPart, frame: RecordsFrame, unit: str, appealed: str | None) -> None:
    """Those that count, or those that do not, a page at a time."""
    words = view.words
    counts = {"counted": len(frame.counted), "not_counted": len(frame.not_counted)}
    if not any(counts.values()):
        return
    labels = {which: words(f"indicator.records.{which}", count=number(count)) for which, count in counts.items()}
    # The choice belongs to this figure, not to the address: it starts over with another department.
    key = f"records-{part.metric}-{unit}"
    which = st.segmented_control(
        no_markdown(f"{words('indicator.records.show')} · {part.name}"),
        list(labels),
        format_func=labels.__getitem__,
        key=lasting(key, labels, labels.__getitem__, "counted" if frame.counted else "not_counted"),
        required=True,
        label_visibility="collapsed",
    )
    rows = frame.counted if which == "counted" else frame.not_counted
    if not rows:
        show(paragraph(words(f"indicator.records.none_{which}"), "jp-note"))
        return
    pages = -(-len(rows) // RECORDS_A_PAGE)
    page_no = st.pagination(pages, key=f"{key}-{which}") if pages > 1 else 1
    first = (page_no - 1) * RECORDS_A_PAGE
    shown = rows[first : first + RECORDS_A_PAGE]
    if pages > 1:
        place = words("indicator.records.page", total=number(len(rows)), first=first + 1, last=first + len(shown))
        show(paragraph(place, "jp-note"))
    show(_records_table(view, frame, shown, labels[which or "counted"], appealed))


def _records_table(
    view: View, frame: RecordsFrame, rows: Sequence[RecordRow], caption: str, appealed: str | None
) -> Html:
    """Records with title, amount, reason and the received file and row; columns without anything are left out."""
    words = view.words
    columns = [Column(words("indicator.records.record"))]
    columns += [Column(words("indicator.records.title"), "long")] if frame.has_titles else []
    columns += [Column(words("indicator.records.day"), "tight")] if frame.has_days else []
    columns += [Column(words("indicator.records.amount"), "number")]
    whose = "indicator.records.share" if view.reading.body is None else "body.records.unit"
    columns += [Column(words(whose))] if frame.has_shares else []
    reasons = any(row.reason for row in rows)
    columns += [Column(words("indicator.records.reason"))] if reasons else []
    columns += [Column(words("indicator.records.origin"))]
    lines = []
    for row in rows:
        cells = [safe(row.record_id)]
        cells += [safe(row.title)] if frame.has_titles else []
        cells += [safe(row.day)] if frame.has_days else []
        cells += [exact(row.amount, row.amount_exact)]
        cells += [safe(row.share)] if frame.has_shares else []
        cells += [join([safe(row.reason), *_appeal(view, row, appealed)], " · ")] if reasons else []
        cells += [Html(safe(row.origin) + small(row.corrected))]
        lines.append(Line(cells))
    return table(caption, columns, lines)


def _appeal(view: View, row: RecordRow, appealed: str | None) -> list[Html]:
    """The way to an appeal about a record that does not count, where the reader may file one now."""
    if appealed is None or not row.kind or not row.reason:
        return []
    href = to_appeal(view, appealed, f"{row.kind}:{row.record_id}")
    about = view.words("indicator.records.appeal.about", record=row.title or row.record_id)
    return [link(view.words("indicator.records.appeal"), href, "", about)]


def to_appeal(view: View, indicator: str, record: str | None = None) -> str:
    """The form of an appeal about an indicator, and about one of its records (`kind:number`) where one is named."""
    address = Address(lang=view.address.lang, year=str(view.source.year), part="file")
    return address.to(indicator=indicator, record=record).href("requests")

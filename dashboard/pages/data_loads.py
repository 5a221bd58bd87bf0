"""Earlier loads: what arrived when, who loaded it, and what it changed."""

from __future__ import annotations

from datetime import datetime

from dashboard.frames.data import DIGEST_SHOWN
from dashboard.markup import Column, Html, Line, bullets, paragraph, safe, table, tag
from dashboard.pages.data_work import Desk
from dashboard.shell import show
from dashboard.words import Words
from etl.errors import JipyoError
from etl.intake.loads import Load, history
from etl.shown import NOTHING, number


def loads(desk: Desk) -> None:
    """The history, the latest load first."""
    folder, words = desk.folder, desk.words
    try:
        known = history(folder)[::-1]
    except JipyoError as error:
        show(bullets(fault.text(words.language) for fault in error.faults))
        return
    if not known:
        show(paragraph(words("data.loads.none"), "jp-note"))
        return
    show(paragraph(words("data.loads.note"), "jp-note"), loads_table(known, words))


def loads_table(known: list[Load], words: Words) -> Html:
    """One line a load."""
    columns = [
        Column(words("data.loads.at"), "tight"),
        Column(words("data.file"), "long"),
        Column(words("data.loads.by")),
        Column(words("data.rows"), "number"),
        Column(words("data.staged"), "number"),
        Column(words("data.rejected"), "number"),
        Column(words("data.held"), "number"),
        Column(words("data.loads.records"), "tight"),
        Column(words("data.digest"), "tight"),
        Column(words("data.loads.before"), "tight"),
    ]
    return table(words("data.part.loads"), columns, (Line(cells(one, words)) for one in known), heads=1)


def cells(one: Load, words: Words) -> list[Html]:
    """One load."""
    change = words(
        "data.loads.change", added=number(one.added), changed=number(one.changed), removed=number(one.removed)
    )
    return [
        safe(words.minute(datetime.fromisoformat(one.loaded_at))),
        safe(one.file),
        safe(one.by),
        *(safe(number(count)) for count in (one.received, one.staged, one.rejected, one.held)),
        safe(change),
        digest(one.sha256),
        digest(one.sha256_before),
    ]


def digest(whole: str | None) -> Html:
    """The beginning of a digest, the whole at hand."""
    return safe(NOTHING) if whole is None else tag("span", safe(whole[:DIGEST_SHOWN]), "jp-whole", title=whole)

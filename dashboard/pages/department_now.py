"""Of a department's page: what can be done about its result now, and what was asked for already."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.address import Address
from dashboard.frames.requests import progress_text, subject_text, window_sentence
from dashboard.frames.unit_ahead import appeal_sentence
from dashboard.markup import Html, join, link, safe, tag
from dashboard.once import reasons_in
from dashboard.reader import may_appeal, store
from dashboard.view import View
from dashboard.workflow.requests import is_under_way, reference, requests_for, step_of
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.windows import window
from etl.insight.told_records import not_counted, told_metrics
from etl.shown import number


def todo(view: View, unit: str) -> list[Html]:
    """What the reader can do now, else the step and its last day; then the department's requests under way."""
    is_open = may_appeal(view.person, view.source.year, unit)
    return [*(_appeal(view, unit) if is_open else _step(view)), *_requests(view, unit)]


def _step(view: View) -> list[Html]:
    """The step of the evaluation and its last day, where days are planned for it."""
    with store().read() as session:
        step = step_of(session, view.source.year)
        days = window(session, view.source.year, step)
    return [] if days is None else [safe(window_sentence(step, days, datetime.now(UTC), view.words))]


def _appeal(view: View, unit: str) -> list[Html]:
    """That the records that do not count are to be looked at, until when, and where an appeal is written."""
    with store().read() as session:
        days = window(session, view.source.year, step_of(session, view.source.year))
    others = 0
    if view.reading.has_records and unit in view.source.record_units:
        others = not_counted(told_metrics(view.reading, unit, reasons_in(view.reading)))
    said = tag("strong", safe(appeal_sentence(others, days, datetime.now(UTC), view.words)))
    file = link(view.words("ahead.appeal"), _requests_of(view, part="file"))
    where = safe(f"{view.words('ahead.todo.where')} ") if others else Html("")
    return [join([said, Html(where + file)], " ")]


def _requests(view: View, unit: str) -> list[Html]:
    """What the department has asked for and how far it has come, where the reader may see it."""
    words = view.words
    with store().read() as session:
        every = [one for one in requests_for(session, view.person, view.source.year) if one.unit_id == unit]
    open_ = [one for one in every if is_under_way(one)]
    if not every:
        return []
    more = link(words("ahead.requests.all"), _requests_of(view, unit=unit))
    head = join([safe(words("ahead.requests", count=number(len(open_)))), more], " · ")
    rows = join(tag("li", _request(view, one)) for one in open_)
    return [Html(head + tag("ul", rows, "jp-sentences"))] if open_ else [head]


def _request(view: View, request: Request) -> Html:
    words = view.words
    named = f"{words(f'requests.kind.{request.kind}')} {reference(request)}"
    about = subject_text(request, view.reading.rulebook, words)
    leads = link(named, _requests_of(view, request=request.id))
    return join([leads, safe(about), safe(progress_text(request, words))], " · ")


def _requests_of(view: View, **part: str) -> str:
    """The page of requests of the year shown."""
    return Address(lang=view.address.lang, year=str(view.source.year)).to(**part).href("requests")

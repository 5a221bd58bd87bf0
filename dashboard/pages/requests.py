"""이의신청·요청: appeals, 해당없음, recognition, bonus and penalty: filed, answered, decided, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dashboard.access import Action, Person, Thing, can, may_ever
from dashboard.address import Address
from dashboard.frames.requests import subject_text
from dashboard.markup import Column, Html, Line, link, paragraph, safe, table, tag
from dashboard.pages.data_work import page_of
from dashboard.pages.request_filing import filing, not_now
from dashboard.pages.request_one import one_request
from dashboard.pages.request_work import Hearing, hearing_of, notice, say_the_step
from dashboard.reader import store
from dashboard.shell import choose, desk_head, open_desk_page, pick, show
from dashboard.workflow.request_kinds import KINDS, RequestKind, RequestState
from dashboard.workflow.requests import reference, requests_for, why_not_file
from dashboard.workflow.tables.requests import Request
from etl.shown import number

EVERY = "every"


def may_see(person: Person) -> bool:
    """Whether somebody sees requests: all, or those of their department."""
    return can(person, Action.SEE_REQUEST, Thing(person.unit_id))


def may_file(hearing: Hearing) -> list[RequestKind]:
    """The kinds the reader may file now."""
    person = hearing.actor.person
    unit_id = person.unit_id if person else None
    with store().read() as session:
        return [
            kind
            for kind in KINDS
            if why_not_file(session, person, kind, hearing.year, unit_id, datetime.now(UTC)) is None
        ]


def listing(hearing: Hearing, kinds: Sequence[RequestKind]) -> None:
    """The requests the reader may see, by kind, state and department."""
    words, address = hearing.words, hearing.address
    with store().read() as session:
        every = requests_for(session, hearing.actor.person, hearing.year)
    if kinds:
        show(tag("p", link(words("requests.new"), address.to(part="file", request=None).href("requests"), "jp-button")))
    elif (
        hearing.closed is None
        and hearing.actor.person is not None
        and may_ever(hearing.actor.person, Action.FILE_REQUEST)
    ):
        not_now(hearing)
    if not every:
        show(paragraph(words("requests.none"), "jp-note"))
        return
    options: dict[str, str] = {
        EVERY: words("requests.every"),
        **{kind: words(f"requests.kind.{kind}") for kind in RequestKind},
    }
    choose(words("requests.kind"), "kind", options, address.kind if address.kind in options else EVERY)
    states: dict[str, str] = {
        EVERY: words("requests.every"),
        **{one: words(f"requests.state.{one}") for one in RequestState},
    }
    choose(words("requests.state"), "state", states, address.state if address.state in states else EVERY)
    units = {one.unit_id: hearing.unit_name(one.unit_id) for one in every}
    if len(units) > 1:
        pick(
            words("data.department"),
            "unit",
            units,
            address.unit if address.unit in units else None,
            words("requests.every"),
        )
    shown = [one for one in every if _fits(one, address)]
    show(paragraph(words("requests.count", shown=number(len(shown)), total=number(len(every))), "jp-note"))
    rows = page_of(shown, "requests-page", words)
    if rows:
        show(requests_table(hearing, rows))
    else:
        show(paragraph(words("requests.nothing_fits"), "jp-note"))


def _fits(request: Request, address: Address) -> bool:
    wanted = ((address.kind, request.kind), (address.state, request.state), (address.unit, request.unit_id))
    return all(said in (None, EVERY, value) for said, value in wanted)


def requests_table(hearing: Hearing, requests: Sequence[Request]) -> Html:
    """One line a request; what tells them apart comes first, for a phone shows no more."""
    words = hearing.words
    columns = [
        Column(words("requests.number"), "tight"),
        Column(words("requests.state"), "tight"),
        Column(words("requests.kind"), "tight"),
        Column(words("requests.about"), "long"),
        Column(words("data.department")),
        Column(words("requests.filed"), "tight"),
    ]
    lines = [
        Line(
            [
                link(reference(one), hearing.address.to(request=one.id, part=None).href("requests")),
                safe(words(f"requests.state.{one.state}")),
                safe(words(f"requests.kind.{one.kind}")),
                safe(subject_text(one, hearing.reading.rulebook, words)),
                safe(hearing.unit_name(one.unit_id)),
                safe(words.minute(one.filed_at)),
            ]
        )
        for one in requests
    ]
    return table(words("requests.title"), columns, lines)


def page() -> None:
    """The page from top to bottom."""
    address, words = open_desk_page("requests")
    desk_head(words("requests.title"), words("requests.question"), "")
    hearing = hearing_of("requests", address, words, may_see, "no_requests_for_you")
    say_the_step(hearing)
    notice(words)
    if address.request is not None:
        one_request(hearing, address.request)
        return
    kinds = may_file(hearing)
    if address.part == "file" and hearing.closed is None:
        filing(hearing, kinds)
        return
    listing(hearing, kinds)


page()

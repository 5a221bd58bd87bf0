"""감사: who did what, when and from where; whether the log holds; and taking it out, which is logged itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from dashboard.access import Action, can
from dashboard.choices import lasting
from dashboard.departments import departments_now, indicators_now
from dashboard.frames.audit import Names, Shown, shown
from dashboard.markup import Column, Fact, Html, Line, facts_row, paragraph, safe, small, table, tag
from dashboard.reader import signed_in, store
from dashboard.shell import desk_head, heading, open_desk_page, show
from dashboard.words import Words
from dashboard.workflow import audit, chain
from dashboard.workflow.agreement import disagreements
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.log import Wanted, how_many, newest
from dashboard.workflow.sealing import LARGEST_DOWNLOAD, Taken, take_as_bytes
from etl.errors import Fault
from etl.shown import day_typed, number

ROWS_A_PAGE: Final = 50
EVERY: Final = ""
_DEEDS: Final = (EVERY, *(did.value for did in Did))
EVERY_OUTCOME: Final = "both"
_OUTCOMES: Final = (EVERY, "done", "refused")
_READ, _CHECKED, _TAKEN = "audit-read", "audit-checked", "audit-taken"
"""What is remembered of this reader's visit: the question last logged, the check last made, the file last taken."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the chain and of the tables beside it, and when it was made."""

    checked: chain.Checked
    disagreements: tuple[Fault, ...]
    at: datetime


def page() -> None:
    """The page from top to bottom."""
    found = signed_in()
    actor = Actor(found.person, found.address) if found else None
    if actor is not None and not can(actor.person, Action.SEE_AUDIT):
        note_refusal(actor)
    _, words = open_desk_page("audit")
    if actor is None:
        return
    desk_head(words("audit.title"), words("audit.question"), "")
    how_it_stands(words)
    heading(words("audit.entries"))
    wanted = choices(words)
    if wanted is None:
        return
    remember_reading(actor, wanted)
    entries(wanted, words)
    taking_out(actor, wanted, words)


def note_refusal(actor: Actor) -> None:
    """Keep that somebody tried who may not, once a visit."""
    if not st.session_state.get(_READ):
        with store().write() as session:
            audit.append(
                session, actor, Event(Did.REFUSED, "audit log", {"wanted": Action.SEE_AUDIT.value}, refused=True)
            )
        st.session_state[_READ] = "refused"


def how_it_stands(words: Words) -> None:
    """Whether the chain holds, up to which head; checked when the page is first opened, and when asked for."""
    again = st.session_state.get(_CHECKED) is None
    if st.button(words("audit.check"), key="audit-check") or again:
        with st.spinner(words("audit.checking")), store().read() as session:
            checked = chain.verify(session)
            # A log that does not hold is no measure for the tables.
            found = () if checked.faults else tuple(disagreements(session))
            st.session_state[_CHECKED] = Check(checked, found, datetime.now(UTC))
    check: Check = st.session_state[_CHECKED]
    checked = check.checked
    facts = [
        Fact(words("audit.chain"), words("audit.chain.broken" if checked.faults else "audit.chain.holds"), ""),
        Fact(words("audit.checked"), number(checked.entries), words.moment(check.at)),
        Fact(words("audit.head"), number(checked.head.number), f"{checked.head.hash[:16]}…"),
    ]
    show(facts_row(facts))
    for fault in (*checked.faults, *check.disagreements):
        show(paragraph(fault.text(words.language), "jp-caution"))
    if checked.begins.number:
        show(paragraph(words("audit.sealed", number=number(checked.begins.number)), "jp-note"))
    with st.expander(words("audit.head.whole"), key="audit-head-whole"):
        show(tag("code", safe(checked.head.text)), paragraph(words("audit.head.why"), "jp-note"))


def choices(words: Words) -> Wanted | None:
    """The filters; None where what was typed as a day is none, which is said."""
    who, what, outcome = st.columns([2, 2, 1])
    name = who.text_input(words("audit.who"), key="audit-who", max_chars=100, bind="query-params")
    deeds = {did: words(f"audit.did.{did or 'every'}") for did in _DEEDS}
    outcomes = {one: words(f"audit.outcome.{one or EVERY_OUTCOME}") for one in _OUTCOMES}
    deed = what.selectbox(
        words("audit.what"),
        _DEEDS,
        format_func=deeds.__getitem__,
        key=lasting("audit-did", deeds, deeds.__getitem__),
        bind="query-params",
    )
    end = outcome.selectbox(
        words("audit.outcome"),
        _OUTCOMES,
        format_func=outcomes.__getitem__,
        key=lasting("audit-outcome", outcomes, outcomes.__getitem__),
        bind="query-params",
    )
    since, until, about = st.columns([1, 1, 2])
    # The platform's calendar speaks English only; a day is typed, as people write it.
    example = words("audit.day.example")
    first, last = (
        place.text_input(label, key=key, max_chars=20, placeholder=example, bind="query-params").strip()
        for place, label, key in (
            (since, words("audit.since"), "audit-since"),
            (until, words("audit.until"), "audit-until"),
        )
    )
    thing = about.text_input(words("audit.about"), key="audit-about", max_chars=100, bind="query-params")
    begins, ends = day_typed(first), day_typed(last)
    wrong = [text for text, day in ((first, begins), (last, ends)) if text and day is None]
    for text in wrong:
        show(paragraph(words("audit.no_day", text=text), "jp-caution"))
    return None if wrong else Wanted(name.strip(), deed, thing.strip(), end, begins, ends)


def remember_reading(actor: Actor, wanted: Wanted) -> None:
    """Tell the log that it is read, once for each question."""
    if st.session_state.get(_READ) != wanted:
        with store().write() as session:
            audit.append(session, actor, Event(Did.LOG_READ, "audit log", wanted.told))
        st.session_state[_READ] = wanted


def entries(wanted: Wanted, words: Words) -> None:
    """The entries, newest first, a page at a time."""
    with store().read() as session:
        total = how_many(session, wanted)
        pages = -(-total // ROWS_A_PAGE)
        chosen = st.pagination(pages, key=f"audit-page-{hash(wanted)}") if pages > 1 else 1
        rows = newest(session, wanted, ROWS_A_PAGE, (chosen - 1) * ROWS_A_PAGE)
    show(paragraph(words("audit.found", total=number(total)), "jp-note"))
    if rows:
        names = Names(departments_now(), indicators_now())
        show(entries_table([shown(entry, words, names) for entry in rows], words))


def entries_table(rows: list[Shown], words: Words) -> Html:
    """One line an entry."""
    columns = [
        Column(words("audit.number"), "number"),
        Column(words("audit.at"), "tight"),
        Column(words("audit.who")),
        Column(words("audit.what"), "tight"),
        Column(words("audit.about"), "wide"),
    ]
    lines = [
        Line(
            [
                safe(row.number),
                Html(safe(row.day) + small(row.time)),
                Html(safe(row.person) + small(row.address)),
                Html(
                    safe(f"{row.did} ")
                    + (tag("span", safe(row.refused), "jp-badge jp-badge-draft") if row.refused else "")
                ),
                Html(safe(row.about) + small(row.detail)),
            ]
        )
        for row in rows
    ]
    return table(words("audit.entries"), columns, lines, stacks=True)


def badge(text: str) -> Html:
    """A word that must be seen; nothing of nothing."""
    return tag("div", tag("span", safe(text), "jp-badge jp-badge-draft")) if text else Html("")


def taking_out(actor: Actor, wanted: Wanted, words: Words) -> None:
    """The chosen entries as a file; making it is logged, and large ones go through the terminal."""
    heading(words("audit.take"))
    show(paragraph(words("audit.take.what"), "jp-note"))
    if st.button(words("audit.take.make"), key="audit-take"):
        with st.spinner(words("audit.taking")):
            st.session_state[_TAKEN] = (wanted, take_as_bytes(store(), actor, wanted))
    asked, taken = st.session_state.get(_TAKEN, (None, None))
    if asked != wanted:
        return
    if not isinstance(taken, Taken):
        largest = number(LARGEST_DOWNLOAD // 1024)
        show(paragraph(words("audit.take.too_large", largest=largest), "jp-caution"))
        show(tag("code", safe("jipyo audit export --out audit.csv")))
        return
    show(paragraph(words("audit.take.head", head=taken.head.text), "jp-note"))
    st.download_button(
        words("audit.take.download", rows=number(taken.entries)),
        taken.content,
        file_name=f"audit-{taken.head.number}.csv",
        mime="text/csv",
        key="audit-download",
        on_click="ignore",
    )


page()

"""내보내기: what of a release can be taken out, in which form; making it, fetching it once, and what was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.choices import lasting
from dashboard.desk.outgoing import KEPT_SECONDS, OUTBOX, Outgoing, ask_for
from dashboard.frames.exports import KindRow, kind_rows, made_text, part_name, taken_rows
from dashboard.markup import Column, Line, bullets, paragraph, safe, table, tag
from dashboard.pages.drafted import Drafted
from dashboard.pages.long_work import EVERY_SECOND
from dashboard.reader import signed_in, store
from dashboard.shell import head, heading, open_page, show, state
from dashboard.view import View
from dashboard.workflow.audit import LONGEST_DETAIL, Actor, Did
from dashboard.workflow.log import Wanted as Looked
from dashboard.workflow.log import newest
from dashboard.workflow.settings import Settings
from dashboard.workflow.taking import Order, Share, share_of
from etl.errors import JipyoError, Language
from etl.exports.carried import kinds_about_people
from etl.exports.formats import Format, may_name_people, parts_with_a_file_each
from etl.exports.parts import parts_of
from etl.shown import number

_LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")
_SHOWN: Final = 20
"""How many earlier exports are listed."""


@dataclass(frozen=True)
class Desk:
    """What every part of the page begins with: the release, who reads, and what of it they may take."""

    view: View
    actor: Actor
    share: Share

    @property
    def account_id(self) -> str:
        """Whose files these are."""
        return self.actor.person.account_id if self.actor.person else ""


def page() -> None:
    """The page from top to bottom."""
    view = open_page("exports")
    words, signed = view.words, signed_in()
    head(view, words("exports.title"), words("exports.question"))
    share = share_of(view.person, view.standing)
    if signed is None or share is None or not set(share.units) <= view.reading.units.keys():
        state("nothing_to_take", "", words)
        return
    desk = Desk(view, Actor(signed.person, signed.address), share)
    introduction(desk)
    rows = kind_rows(view.source, share)
    kinds_table(desk, rows)
    waiting = OUTBOX.of(desk.account_id)
    if waiting is not None:
        heading(words("exports.waiting"))
        on_its_way(desk, waiting)
    if waiting is None or waiting.job.state != "running":
        heading(words("exports.make.heading"))
        asking(desk, rows)
    history(desk)


def introduction(desk: Desk) -> None:
    """Whose results these are, that they are provisional, and what every file says of itself."""
    view, words = desk.view, desk.view.words
    names = ", ".join(view.reading.units[unit_id].name for unit_id in desk.share.units)
    said = [
        words("exports.own", unit=names) if names else words("exports.whole", units=number(len(view.reading.units)))
    ]
    if not view.shelf.is_published(view.reading.folder.name):
        said.append(words("exports.provisional"))
    if not desk.share.as_received and not desk.share.units:
        said.append(words("exports.not_received"))
    show(bullets([*said, words("exports.carried")]))


def kinds_table(desk: Desk, rows: list[KindRow]) -> None:
    """Every kind of file, and what is in it."""
    words = desk.view.words
    columns = [Column(words("exports.kind")), Column(words("exports.what"), "wide"), Column(words("exports.ending"))]
    lines = [Line([safe(row.name), safe(row.what), safe(row.suffix)]) for row in rows]
    show(table(words("exports.kinds"), columns, lines))


# Asking for a file ---------------------------------------------------------------------------------------------------


def asking(desk: Desk, rows: list[KindRow]) -> None:
    """What is wanted, and why; begins when the button is pressed."""
    words, reading = desk.view.words, desk.view.reading
    draft = Drafted(desk.actor.person, "exports")
    first, second = st.columns([2, 1])
    names = {row.kind: row.name for row in rows}
    kind: Format = first.selectbox(
        words("exports.kind"),
        list(names),
        format_func=names.__getitem__,
        key=lasting(draft.field("exports-kind", next(iter(names)), names), names, names.__getitem__),
    )
    languages = {one: words(f"language.{one}") for one in _LANGUAGES}
    said: Language = second.selectbox(
        words("exports.language"),
        _LANGUAGES,
        format_func=languages.__getitem__,
        key=lasting(draft.field("exports-language", words.language, _LANGUAGES), _LANGUAGES, languages.__getitem__),
    )
    only = parts(desk, draft, kind)
    each = file_each(desk, draft, kind, only)
    reason = st.text_input(words("exports.reason"), key=draft.field("exports-reason"), max_chars=LONGEST_DETAIL).strip()
    draft.keep(words)
    needs_reason = may_name_people(kind, only) and bool(desk.view.read("kinds about people", kinds_about_people))
    if needs_reason:
        show(paragraph(words("exports.reason.needed"), "jp-note"))
    if not st.button(words("exports.make"), key="exports-make", type="primary"):
        return
    if needs_reason and not reason:
        show(tag("p", safe(words("exports.reason.missing")), "jp-caution", role="alert"))
        return
    make(desk, draft, Order(reading.folder.name, kind, said, only, desk.share.units, reason, each))


def parts(desk: Desk, draft: Drafted, kind: Format) -> tuple[str, ...]:
    """The parts that are wanted, of those the reader may take; none is all."""
    view, words = desk.view, desk.view.words
    units = desk.share.units
    there = view.read(f"parts {kind} {' '.join(units)}", lambda reading: parts_of(reading, kind, units))
    open_to = desk.share.parts(there)
    if not there:
        return ()
    names = {part: part_name(kind, part, words) for part in open_to}
    chosen = st.multiselect(
        words("exports.parts"),
        open_to,
        format_func=names.__getitem__,
        key=lasting(draft.choices(f"exports-parts-{kind}", open_to), open_to, names.__getitem__),
        placeholder=words("exports.parts.all"),
        select_all=False,
    )
    # No part named is every part there is: more than the reader may take, where some are closed.
    return tuple(chosen) or (() if open_to == there else open_to)


def file_each(desk: Desk, draft: Drafted, kind: Format, only: tuple[str, ...]) -> bool:
    """Whether a file a department is wanted, where the document is one of departments and there is more than one."""
    if desk.share.units or len(only) != 1 or only[0] not in parts_with_a_file_each(kind):
        return False
    return st.checkbox(desk.view.words("exports.each"), key=draft.field("exports-each", first=False))


def make(desk: Desk, draft: Drafted, order: Order) -> None:
    """Begin, with the table's leave; where it is refused, that is said."""
    words = desk.view.words
    try:
        ask_for(store(), desk.actor, order, desk.view.shelf, Settings.from_environment())
    except JipyoError as refused:
        faults = bullets(fault.text(words.language) for fault in refused.faults)
        show(tag("div", faults, "jp-caution", role="alert"))
    else:
        draft.drop()
        st.rerun()


# What was asked for --------------------------------------------------------------------------------------------------


def on_its_way(desk: Desk, waiting: Outgoing) -> None:
    """A file that is being made, is ready, or came to nothing."""
    words = desk.view.words
    match waiting.job.state:
        case "running":
            watch(desk, waiting)
        case "done":
            ready(desk, waiting)
        case "refused":
            show(paragraph(words("exports.refused"), "jp-caution"))
            show(bullets(fault.text(words.language) for fault in waiting.job.faults))
        case "cancelled" | "crashed" as ended:
            show(paragraph(words(f"exports.{ended}"), "jp-caution"))


@st.fragment(run_every=EVERY_SECOND)
def watch(desk: Desk, waiting: Outgoing) -> None:
    """The time it has taken, renewed by itself; the page runs again once it is ready."""
    if waiting.job.state != "running":
        st.rerun()
    words = desk.view.words
    said = words("exports.running", name=waiting.name, seconds=waiting.job.progress.seconds)
    show(tag("p", safe(said), "jp-working", role="status"))
    st.button(words("exports.cancel"), key=f"cancel-{waiting.key}", on_click=waiting.job.cancel)


@st.fragment(run_every=EVERY_SECOND)
def ready(desk: Desk, waiting: Outgoing) -> None:
    """The file with its digest and the form that fetches it; the page runs again once it was fetched."""
    words = desk.view.words
    if OUTBOX.find(desk.account_id, waiting.key) is None:
        st.rerun()
    query = "?lang=en" if words.language == "en" else ""
    button = tag("button", safe(words("exports.fetch")), "jp-button", type="submit")
    show(
        tag("p", safe(made_text(waiting.name, waiting.made, words)), "jp-subheading"),
        paragraph(f"SHA-256 {waiting.made.sha256}", "jp-note"),
        tag("form", button, action=f"exports/{waiting.key}{query}", method="post"),
        paragraph(words("exports.fetch.once", minutes=KEPT_SECONDS // 60), "jp-note"),
    )
    st.button(words("exports.discard"), key=f"discard-{waiting.key}", on_click=OUTBOX.forget, args=(waiting,))


def history(desk: Desk) -> None:
    """What the reader has taken out, newest first, as the log tells it."""
    words = desk.view.words
    heading(words("exports.history"))
    with store().read() as session:
        entries = newest(session, Looked(who=desk.account_id, action=Did.EXPORTED.value, outcome="done"), _SHOWN)
    rows = taken_rows(entries, words)
    if not rows:
        show(paragraph(words("exports.history.none"), "jp-note"))
        return
    columns = [Column(words("exports.history.at")), Column(words("exports.kind")), Column(words("badge.release"))]
    columns += [Column(words("exports.history.rows"), "number"), Column(words("exports.reason"), "wide")]
    lines = [Line([safe(row.at), safe(row.kind), safe(row.release), safe(row.rows), safe(row.reason)]) for row in rows]
    show(table(words("exports.history"), columns, lines))


page()

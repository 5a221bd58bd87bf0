"""What the parts of the page of requests share: who is there, the year's release, and acting with the table's leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn

import streamlit as st

from dashboard.access import Person, State
from dashboard.address import Address, PageName
from dashboard.frames.requests import window_sentence
from dashboard.markup import Html, bullets, paragraph, safe, tag
from dashboard.pages.drafted import Drafted
from dashboard.reader import signed_in, store
from dashboard.shelf import NoRelease, Shelf, folder_of_releases, look, year_said
from dashboard.shell import say_no_release, show, state
from dashboard.view import open_reading
from dashboard.words import Words
from dashboard.workflow.acting import Doing, do
from dashboard.workflow.audit import Actor
from dashboard.workflow.requests import (
    Seen,
    frozen_by,
    published_without_steps,
    reference,
    step_of,
    why_nothing_is_taken,
)
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.windows import window
from etl.errors import Fault, JipyoError
from etl.insight.reading import Reading

_NOTICE = "what was done to a request"


@dataclass(frozen=True)
class Hearing:
    """What every part of the page begins with.

    Attributes:
        address: where the reader is.
        words: their language.
        actor: who they are and where from.
        reading: the release the year's evaluation stands on.
        step: how far that evaluation has come.
        closed: why nothing is taken for the year, whatever its step; None where something may be.
    """

    address: Address
    words: Words
    actor: Actor
    reading: Reading
    step: State
    closed: Fault | None = None

    @property
    def year(self) -> int:
        """The year evaluated."""
        return self.reading.rulebook.evaluation.year

    def unit_name(self, unit_id: str) -> str:
        """A department by its name and code."""
        unit = self.reading.units.get(unit_id)
        return f"{unit.name} ({unit_id})" if unit else unit_id

    def indicator_name(self, indicator: str) -> str:
        """An indicator by its name."""
        named = {one.id: self.words.of(one.name) for one in self.reading.rulebook.indicators}
        return named.get(indicator, indicator)

    def rule_name(self, rule: str) -> str:
        """A rule of bonus or penalty by its name."""
        book = self.reading.rulebook
        return {one.id: self.words.of(one.name) for one in (*book.bonus, *book.penalty)}.get(rule, rule)


def hearing_of(
    page: PageName, address: Address, words: Words, may_see: Callable[[Person], bool], trouble: str
) -> Hearing:
    """Who asks, and the release the year's evaluation stands on; what is lacking is said instead.

    Args:
        page: that is open.
        address: where the reader is.
        words: their language.
        may_see: whether the page is for them.
        trouble: key of the words that say it is not.
    """
    signed = signed_in()
    if signed is None or not may_see(signed.person):
        state(trouble, "", words)
        st.stop()
    try:
        shelf = look(folder_of_releases())
        year = _year(address, shelf)
        with store().read() as session:
            name, step = shelf.in_force(year, frozen_by(session, year)), step_of(session, year)
            closed = why_nothing_is_taken(year) if published_without_steps(session, year) else None
        if name is None:
            raise NoRelease("no_such_year", str(year))
        return Hearing(address, words, Actor(signed.person, signed.address), open_reading(shelf, name), step, closed)
    except NoRelease as nothing:
        say_no_release(page, address, words, nothing)


def _year(address: Address, shelf: Shelf) -> int:
    if address.year is not None:
        return year_said(address.year)
    if not shelf.years_released:
        raise NoRelease("nothing_released", str(shelf.folder))
    return shelf.years_released[0]


def say_the_step(hearing: Hearing) -> None:
    """The year, its step and until when what belongs to it is taken; or why nothing is taken for it."""
    words, closed = hearing.words, hearing.closed
    year = words("requests.year", year=hearing.year)
    if closed is not None:
        caution(f"{year} {closed.text(words.language)}")
        return
    with store().read() as session:
        days = window(session, hearing.year, hearing.step)
    said = window_sentence(hearing.step, days, datetime.now(UTC), words)
    show(paragraph(f"{year} {said}", "jp-note"))


def seen_in_form(request: Request) -> Seen:
    """The request as it was when its forms were first shown: what was changed since is not overwritten unseen."""
    return Seen(request.id, st.session_state.setdefault(_seen_key(request.id), request.version))


def form_key(request: Request) -> str:
    """Tells the widgets of a request's forms from others; another once something was done, so that they are empty."""
    return f"{request.id}-{st.session_state.get(_turn_key(request.id), 0)}"


def act(hearing: Hearing, request: Request, what: Doing, done: str, draft: Drafted | None = None) -> None:
    """Do something to a request, and show the page anew; where it was refused, that is said in its place.

    Args:
        hearing: who does it.
        request: what to.
        what: does it.
        done: key of the words that say it is done.
        draft: of the form it was written in, of no more use then.
    """
    if attempt(hearing, reference(request), what, request.id):
        if draft is not None:
            draft.drop()
        anew(request, done)


def anew(request: Request, done: str) -> NoReturn:
    """Show the page of a request anew, its forms empty, and have it say that something is done."""
    turn = _turn_key(request.id)
    st.session_state[turn] = st.session_state.get(turn, 0) + 1
    st.session_state.pop(_seen_key(request.id), None)
    said(done)
    st.rerun()


def attempt(hearing: Hearing, about: str, what: Doing, request_id: str = "") -> bool:
    """Do something; whether it was done. Where it was refused, that is said.

    Args:
        hearing: who does it.
        about: what to, as the log names it.
        what: does it.
        request_id: of the request whose form it comes from; what was typed stays in it.
    """
    refusal = refusal_of(hearing, about, what, request_id)
    if refusal is not None:
        show(refusal)
    return refusal is None


def refusal_of(hearing: Hearing, about: str, what: Doing, request_id: str = "") -> Html | None:
    """Do something; why it was refused, or None where it was done. What is given is that of `attempt`."""
    try:
        do(store(), hearing.actor, about, what)
    except JipyoError as refused:
        faults = bullets(fault.text(hearing.words.language) for fault in refused.faults)
        return tag("div", faults, "jp-caution", role="alert")
    except Changed:
        # Told, they have seen it: the next time they mean the request as it is now.
        st.session_state.pop(_seen_key(request_id), None)
        return tag("p", safe(hearing.words("requests.changed")), "jp-caution", role="alert")
    return None


def _seen_key(request_id: str) -> str:
    return f"seen {request_id}"


def _turn_key(request_id: str) -> str:
    return f"turn {request_id}"


def said(done: str) -> None:
    """Have the page say, when it is shown anew, that something is done."""
    st.session_state[_NOTICE] = done


def notice(words: Words) -> None:
    """What was done before the page was shown anew, once."""
    done = st.session_state.pop(_NOTICE, None)
    if done is not None:
        show(tag("p", safe(words(done)), "jp-working", role="status"))


def caution(text: str) -> None:
    """Something to be careful of."""
    show(paragraph(text, "jp-caution"))

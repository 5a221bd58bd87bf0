"""What binds is asked once more: what will happen, a second click, then what has happened or why it has not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.markup import bullets, join, paragraph, safe, tag
from dashboard.reader import signed_in
from dashboard.shell import show
from dashboard.words import Words
from dashboard.workflow.audit import Actor
from dashboard.workflow.store import Changed
from etl.errors import Fault, JipyoError, NotPermitted

_ASKED: Final = "steps: asked"
_CONFIRMED: Final = "steps: confirmed"
_TOLD: Final = "steps: told"
_TYPED: Final = "steps: typed before asked"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done only after a second click.

    Attributes:
        what: what will happen, in words.
        do: does it, for whoever is signed in then; permission is asked in it.
        done: what to say afterwards.
        verifies: whether a release is computed again first.
    """

    what: str
    do: Callable[[Actor], object]
    done: str
    verifies: bool = False


def ask(make: Callable[[], Act]) -> None:
    """Ask for the second click. A callback: `make` knows what was seen when the button was drawn."""
    # A page that asks shows no forms, and Streamlit forgets the fields it does not show.
    typed_so_far = {key: value for key, value in st.session_state.items() if isinstance(value, str)}
    st.session_state[_ASKED], st.session_state[_TYPED] = make(), typed_so_far


def typed(key: str) -> str:
    """What stands in a field."""
    return str(st.session_state.get(key) or "")


def settle_acts(words: Words) -> None:
    """Do what was confirmed and tell of it; where something is asked, ask that and nothing else."""
    if (confirmed := st.session_state.pop(_CONFIRMED, None)) is not None:
        with st.spinner(words("steps.doing")):
            st.session_state[_TOLD] = _outcome(confirmed, words)
        st.rerun()
    is_done, told = st.session_state.pop(_TOLD, (True, []))
    if told:
        css, role = ("jp-working", "status") if is_done else ("jp-caution", "alert")
        show(tag("div", bullets(told), css, role=role))
    if (asked := st.session_state.get(_ASKED)) is not None:
        _confirm(asked, words)
        st.stop()


def _confirm(act: Act, words: Words) -> None:
    said = [tag("h2", safe(words("steps.confirm"))), paragraph(act.what), paragraph(words("steps.confirm.kept"))]
    if act.verifies:
        said.append(paragraph(words("steps.confirm.verified")))
    show(tag("div", join(said), "jp-state"))
    with st.container(horizontal=True):
        st.button(words("steps.confirm.yes"), key="act-confirm", type="primary", on_click=_go, args=(act,))
        st.button(words("steps.confirm.no"), key="act-cancel", on_click=_leave)


def _go(act: Act) -> None:
    for key in (_ASKED, _TYPED):
        st.session_state.pop(key, None)
    st.session_state[_CONFIRMED] = act


def _leave() -> None:
    """Back to the forms, with what was typed into them."""
    st.session_state.pop(_ASKED, None)
    for key, value in st.session_state.pop(_TYPED, {}).items():
        st.session_state[key] = value


def _outcome(act: Act, words: Words) -> tuple[bool, list[str]]:
    try:
        act.do(actor())
    except Changed:
        return False, [words("steps.changed")]
    except JipyoError as error:
        return False, [fault.text(words.language) for fault in error.faults]
    return True, [act.done]


def actor() -> Actor:
    """Whoever is signed in now.

    Raises:
        NotPermitted: nobody is any more.
    """
    signed = signed_in()
    if signed is None:
        raise NotPermitted(Fault("not_permitted", ""))
    return Actor(signed.person, signed.address)

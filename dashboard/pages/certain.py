"""What cannot be undone is asked once more where it stands: what will happen, then yes or no; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard.markup import bullets, join, paragraph, safe, tag
from dashboard.shell import show
from dashboard.words import Words

YES: Final = "-yes"
NO: Final = "-no"


def certain(
    key: str,
    label: str,
    what: str,
    words: Words,
    does: Callable[[], object] | None = None,
    is_harmless: Callable[[], bool] = lambda: False,
    lacks: Sequence[str] = (),
) -> bool:
    """A button that asks once more; whether the second one was just pressed.

    The page goes on below it, so that what stands in its other fields stays there whatever is answered.

    Args:
        key: of the button; `key-yes` and `key-no` are those of the question.
        label: of the button.
        what: what will happen.
        words: the reader's language.
        does: done by the click on yes itself, before the page asks whether its reader may still open it, so that the
            log has those who may not any more; None leaves it to the caller.
        is_harmless: whether there is nothing to ask about, by what the page's fields hold at the click: then `does` is
            done at once. A question whose fields were put back goes away.
        lacks: what would be refused of what the page's fields hold: told at the click instead of the question.
    """
    asked = f"certain {key}"
    if asked in st.session_state and lacks:
        _leave(asked)
        show(tag("div", bullets(lacks), "jp-caution", role="alert"))
    if asked not in st.session_state or is_harmless():
        _leave(asked)
        st.button(label, key=key, on_click=_ask, args=(asked, does, is_harmless))
        return False
    said = [tag("h3", safe(words("certain.title", act=label))), paragraph(what)]
    show(tag("div", join(said), "jp-state", role="alert"))
    with st.container(horizontal=True):
        is_certain = st.button(words("certain.yes"), key=key + YES, type="primary", on_click=_go, args=(asked, does))
        st.button(words("certain.no"), key=key + NO, on_click=_leave, args=(asked,))
    if is_certain:
        _leave(asked)
    return is_certain


def _ask(asked: str, does: Callable[[], object] | None, is_harmless: Callable[[], bool]) -> None:
    if does is not None and is_harmless():
        does()
    else:
        st.session_state[asked] = True


def _go(asked: str, does: Callable[[], object] | None) -> None:
    if does is not None:
        _leave(asked)
        does()


def _leave(asked: str) -> None:
    st.session_state.pop(asked, None)

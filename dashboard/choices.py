"""Choices that stay what they are while their options change their names, as they do with the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st


def lasting(key: str, options: Iterable[Any], name: Callable[[Any], str], first: Any = None) -> str:
    """The key of a choice whose options are called by names; what is chosen stays chosen under another name.

    A browser tells what is chosen by its name, and goes on telling the old one until it is told the new: that would
    be no option any more, and be lost, or be taken for the id itself.

    Args:
        key: of the widget, which is made without a value of its own.
        options: what may be chosen.
        name: what an option is called now.
        first: what is chosen at first; None is what the widget begins with by itself.
    """
    shown, names = f"names {key}", [name(one) for one in options]
    if first is not None:
        st.session_state.setdefault(key, first)
    if key in st.session_state and st.session_state.get(shown, names) != names:
        # Not yet read by the new names: it is still what the old ones meant. Set anew, the browser is told it.
        st.session_state[key] = st.session_state[key]
    st.session_state[shown] = names
    return key

"""Whoever reads a page: looked up anew at every run, so that what changed about them counts at once."""

from __future__ import annotations

import streamlit as st

from dashboard.access import Person
from dashboard.workflow.sessions import Signed, look_up
from dashboard.workflow.settings import Settings
from dashboard.workflow.steps import Standing, standing_of
from dashboard.workflow.store import Store, store_of


def store() -> Store:
    """The workflow's database of this installation."""
    return store_of(Settings.from_environment())


def signed_in() -> Signed | None:
    """Who is signed in, by the session the gate names; None where there is no gate or no session."""
    digest = st.user.to_dict().get("session")
    if not isinstance(digest, str):
        return None
    with store().read() as session:
        return look_up(session, digest, Settings.from_environment())


def person_of_reader() -> Person | None:
    """Who is signed in, to the permission table."""
    found = signed_in()
    return found.person if found else None


def standing_of_release(name: str, published: bool) -> Standing:
    """How far a release has come.

    Args:
        name: of the release.
        published: whether `CURRENT` points at it.
    """
    with store().read() as session:
        return standing_of(session, name, published)

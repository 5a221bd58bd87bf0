"""An open page runs again by itself once something else is to be seen: a release published, a step or an account."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.reader import frozen_for, signed_in, standing_of_release
from dashboard.shelf import folder_of_releases
from etl.release.folder import CURRENT

EVERY_SECONDS: Final = 5.0
"""An open page shows what was published within ten seconds."""


def keep_fresh(release: str | None) -> None:
    """Run the page again when its reader, its release or what is published has changed.

    Args:
        release: name of the one that is shown; None where there is none.
    """
    _watch(release, [])


@st.fragment(run_every=EVERY_SECONDS)
def _watch(release: str | None, known: list[str]) -> None:
    """Looks, and shows nothing; the browser asks again by itself, which keeps no session alive.

    Args:
        release: name of the one that is shown; None where there is none.
        known: how things stood when the page ran; empty until then.
    """
    now = state_of_things(release)
    if not known:
        known.append(now)
    elif known != [now]:
        st.rerun()


def state_of_things(release: str | None) -> str:
    """A text that changes when what the reader may see does; empty for a stranger, who learns nothing of it.

    Args:
        release: name of the one that is shown; None where there is none.
    """
    signed = signed_in()
    if signed is None:
        return ""
    person = signed.person
    try:
        told = (folder_of_releases() / CURRENT).stat()
        pointer = f"{told.st_ino} {told.st_size} {told.st_mtime_ns}"
    except OSError:
        pointer = "none"
    standing = standing_of_release(release, published=False) if release else None
    return f"{person} {pointer} {standing} {frozen_for(person)}"

"""Long work in a process of its own, on whichever page began it: its progress, or why it came to nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.desk.jobs import Job
from dashboard.markup import bullets, paragraph, safe, tag
from dashboard.reader import person_of_reader
from dashboard.shell import show
from dashboard.words import Words
from etl.shown import number

EVERY_SECOND: Final = 1.0


@dataclass(frozen=True, slots=True)
class Onlookers:
    """Who has to do with long work; asked at every look, for a fragment runs without its page.

    Attributes:
        may_watch: whether the reader may see how far it is.
        may_stop: whether the reader may cancel it.
    """

    may_watch: Callable[[], bool]
    may_stop: Callable[[], bool]


def _is_signed_in() -> bool:
    return person_of_reader() is not None


WHO_BEGAN_IT: Final = Onlookers(_is_signed_in, _is_signed_in)
"""Work kept in one reader's session of the page: nobody else comes upon it."""


def finished(job: Job, words: Words, onlookers: Onlookers = WHO_BEGAN_IT) -> bool:
    """Whether a job has its answer; otherwise its progress, or why it has none."""
    match job.state:
        case "done":
            return True
        case "running":
            _watch(job, words, onlookers)
        case "refused":
            show(paragraph(words("job.refused"), "jp-caution"))
            show(bullets(fault.text(words.language) for fault in job.faults))
        case "cancelled" | "crashed" as ended:
            show(paragraph(words(f"job.{ended}"), "jp-caution"))
    return False


def taken(key: str, words: Words, onlookers: Onlookers = WHO_BEGAN_IT) -> Job | None:
    """The job that is kept under a key of the reader's session, once it is done; let go of once its end was told.

    Args:
        key: of the session.
        words: the reader's language.
        onlookers: who has to do with it.
    """
    job: Job = st.session_state[key]
    # Asked before it is shown: it may end meanwhile, and then its answer has not been seen yet.
    has_ended = job.state != "running"
    is_done = finished(job, words, onlookers)
    if has_ended or is_done:
        del st.session_state[key]
    return job if is_done else None


@st.fragment(run_every=EVERY_SECOND)
def _watch(job: Job, words: Words, onlookers: Onlookers) -> None:
    """The progress of a job, renewed by itself; the page runs again once there is an answer."""
    if job.state != "running" or not onlookers.may_watch():
        st.rerun()
    progress = job.progress
    said = [words("job.running", seconds=progress.seconds)]
    if progress.files:
        said.append(words("job.files", files=number(progress.files), opened=number(progress.opened)))
    if progress.reading:
        said.append(words("job.reading", file=progress.reading))
    show(tag("p", safe(" ".join(said)), "jp-working", role="status"))
    if onlookers.may_stop():
        st.button(words("job.cancel"), key=f"cancel-{job.folder.name}", on_click=_stop, args=(job, onlookers))


def _stop(job: Job, onlookers: Onlookers) -> None:
    """The message of the button may come without the button."""
    if onlookers.may_stop():
        job.cancel()

"""What the parts of the data page share: long work with its progress, and a table a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import streamlit as st

from dashboard.access import Action, can
from dashboard.address import Address
from dashboard.desk.jobs import Job
from dashboard.desk.surveys import SURVEYS
from dashboard.formats import number
from dashboard.markup import bullets, paragraph, safe, tag
from dashboard.reader import person_of_reader
from dashboard.shell import show
from dashboard.words import Words
from etl.intake.survey import Survey

P = ParamSpec("P")
T = TypeVar("T")
ROWS_A_PAGE = 25
EVERY_SECOND = 1.0


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of the data page begins with: the folder of records, and where its reader is."""

    folder: Path
    address: Address
    words: Words


def manages_records() -> bool:
    """Whether the reader may load files and decide on names; the others only look."""
    return can(person_of_reader(), Action.MANAGE_RECORDS)


def by_managers(do: Callable[P, None]) -> Callable[P, None]:
    """What a button does, done for those who manage records alone: its message may come without the button."""

    @wraps(do)
    def checked(*args: P.args, **kwargs: P.kwargs) -> None:
        if manages_records():
            do(*args, **kwargs)

    return checked


def survey_of(folder: Path, words: Words) -> Survey | None:
    """How the folder stands; while that is worked out, or where it cannot be, that is said instead."""
    job = SURVEYS.job(folder)
    if not finished(job, words):
        if job.state in ("cancelled", "crashed") and manages_records():
            st.button(words("data.again"), key="check-again", on_click=by_managers(SURVEYS.again), args=(folder,))
        return None
    return SURVEYS.survey(folder)


def finished(job: Job, words: Words) -> bool:
    """Whether a job has an answer; otherwise its progress, or why it has none."""
    match job.state:
        case "done":
            return True
        case "running":
            watch(job, words)
        case "refused":
            show(paragraph(words("data.unreadable"), "jp-caution"))
            show(bullets(fault.text(words.language) for fault in job.faults))
        case "cancelled" | "crashed" as ended:
            show(paragraph(words(f"data.{ended}"), "jp-caution"))
    return False


@st.fragment(run_every=EVERY_SECOND)
def watch(job: Job, words: Words) -> None:
    """The progress of a job, renewed by itself; the page runs again once there is an answer."""
    if not can(person_of_reader(), Action.SEE_RECEIVED):
        st.rerun()
    if job.state != "running":
        st.rerun()
    progress = job.progress
    said = [words("data.working", seconds=progress.seconds)]
    if progress.files:
        said.append(words("data.working.files", files=number(progress.files), opened=number(progress.opened)))
    if progress.reading:
        said.append(words("data.working.reading", file=progress.reading))
    show(tag("p", safe(" ".join(said)), "jp-working", role="status"))
    if manages_records():
        st.button(words("data.cancel"), key=f"cancel-{job.folder.name}", on_click=by_managers(job.cancel))


def page_of(rows: Sequence[T], key: str, words: Words, size: int = ROWS_A_PAGE) -> Sequence[T]:
    """The rows of the page chosen, with what they are a part of."""
    pages = -(-len(rows) // size)
    if pages <= 1:
        return rows
    first = (st.pagination(pages, key=key) - 1) * size
    shown = rows[first : first + size]
    place = words(
        "data.rejects.page", total=number(len(rows)), first=number(first + 1), last=number(first + len(shown))
    )
    show(paragraph(place, "jp-note"))
    return shown

"""What the parts of the data page share: who may do what, how the folder stands, and a table a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import streamlit as st

from dashboard.access import Action, Person, can
from dashboard.address import Address
from dashboard.desk.place import records_folder
from dashboard.desk.surveys import SURVEYS
from dashboard.markup import paragraph
from dashboard.pages.long_work import Onlookers, finished
from dashboard.reader import act, person_of_reader, store
from dashboard.shell import show
from dashboard.words import Words
from dashboard.workflow.audit import Did
from dashboard.workflow.receiving import Belonging, belonging_of
from etl.intake.survey import Survey
from etl.shown import number

P = ParamSpec("P")
T = TypeVar("T")
ROWS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of the data page begins with: the folder of records, and where its reader is."""

    folder: Path
    address: Address
    words: Words


def belonging() -> Belonging:
    """Whose records the folder holds, as it is now."""
    with store().read() as session:
        return belonging_of(session, records_folder())


def manages_records() -> bool:
    """Whether the reader may load files and decide on names; the others only look."""
    return can(person_of_reader(), Action.MANAGE_RECORDS, state=belonging().state)


def keep_deed(did: Did, about: str, detail: Mapping[str, Any]) -> Person:
    """Let the reader do something to the records and keep it in the log; arguments and faults as of `act`."""
    return act(Action.MANAGE_RECORDS, did, about, detail, belonging().state)


def _sees_received() -> bool:
    return can(person_of_reader(), Action.SEE_RECEIVED)


RECORD_KEEPERS: Final = Onlookers(_sees_received, manages_records)
"""Whoever sees the received files sees them being read; those who manage them may stop that."""


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
    if not finished(job, words, RECORD_KEEPERS):
        if job.state in ("cancelled", "crashed") and manages_records():
            st.button(words("data.again"), key="check-again", on_click=by_managers(SURVEYS.again), args=(folder,))
        return None
    return SURVEYS.found(job)


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

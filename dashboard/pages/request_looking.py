"""What a request changes for everybody, worked out before it is decided; and carrying it out afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import streamlit as st
from pydantic import TypeAdapter

from dashboard.desk.consequences import Consequences
from dashboard.desk.jobs import Job
from dashboard.desk.place import RECORDS, records_folder
from dashboard.frames.requests import consequence_rows, consequence_sentences
from dashboard.markup import Column, Html, Line, bullets, paragraph, safe, table
from dashboard.pages.long_work import taken
from dashboard.pages.request_work import Hearing, act, attempt, caution
from dashboard.shell import heading, show
from dashboard.words import Words
from dashboard.workflow.acting import Doing
from dashboard.workflow.request_kinds import Change
from dashboard.workflow.request_rulings import begin_carrying_out, keep_consequences, note_carried_out
from dashboard.workflow.requests import Seen, change_of, reference, ruled
from dashboard.workflow.tables.requests import Request
from etl.shown import SEOUL

_FOUND: TypeAdapter[Consequences] = TypeAdapter(Consequences)


def looking(hearing: Hearing, request: Request, *, may_look: bool) -> None:
    """What is known of the consequences, and the work that finds them out."""
    words, seen = hearing.words, Seen(request.id, request.version)
    heading(words("requests.consequences"))
    if request.consequences is not None:
        found = _FOUND.validate_json(request.consequences)
        show(bullets(consequence_sentences(found, words)), consequences_table(found, words))
    else:
        show(paragraph(words("requests.consequences.unknown"), "jp-note"))
    change = change_of(request)
    if not may_look or change is None:
        return
    job = _job(hearing, "try", seen, request, change, datetime.now(UTC).astimezone(SEOUL).date())
    if job is not None:
        act(
            hearing,
            request,
            lambda session: keep_consequences(session, hearing.actor.person, seen, job.result),
            "requests.done.looked",
        )


def consequences_table(found: Consequences, words: Words) -> Html:
    """The departments that stand otherwise, before and after."""
    if not found.moved:
        return Html("")
    columns = [
        Column(words("data.department")),
        Column(words("requests.consequences.score"), "tight"),
        Column(words("ranking.rank"), "tight"),
        Column(words("ranking.group_rank"), "tight"),
        Column(words("requests.consequences.grade"), "tight"),
    ]
    lines = [Line([safe(cell) for cell in row]) for row in consequence_rows(found, words)]
    return table(words("requests.consequences"), columns, lines)


def carrying_out(hearing: Hearing, request: Request) -> None:
    """Writing an upheld request down and evaluating anew."""
    words, seen = hearing.words, Seen(request.id, request.version)
    heading(words("requests.carry_out"))
    show(paragraph(words("requests.carry_out.what"), "jp-note"))
    change = change_of(request)
    if change is None or request.met_on is None:
        return
    begin = partial(begin_carrying_out, actor=hearing.actor, seen=seen)
    job = _job(hearing, "carry_out", seen, request, change, request.met_on, begin)
    if job is not None:
        ruled_in, led_to = job.result
        act(
            hearing,
            request,
            lambda session: note_carried_out(session, hearing.actor, seen, ruled_in, led_to),
            "requests.done.carried_out",
        )


def _job(
    hearing: Hearing,
    task: Any,
    seen: Seen,
    request: Request,
    change: Change,
    met_on: date,
    begin: Doing | None = None,
) -> Job | None:
    """The work, once it is done; until then its button or its progress.

    Args:
        hearing: who asks.
        task: what the work is.
        seen: the request as it was shown.
        request: it.
        change: what it comes to.
        met_on: the day it was, or would be, decided.
        begin: asks for permission and keeps that the work begins, where it changes anything.
    """
    words, kept = hearing.words, f"{task} {seen}"
    folder = records_folder()
    if folder is None or not folder.is_dir():
        caution(words("requests.no_records", variable=RECORDS))
        return None
    if kept not in st.session_state:
        is_wanted = st.button(words(f"requests.{task}.begin"), key=f"begin-{task}")
        if is_wanted and (begin is None or attempt(hearing, reference(request), begin, request.id)):
            ruling = change.ruling(ruled(request, met_on))
            st.session_state[kept] = Job(
                task,
                {
                    "records": str(folder.absolute()),
                    "release": str(hearing.reading.folder.absolute()),
                    "kind": ruling.kind,
                    "cells": dict(ruling.cells),
                    "unit": request.unit_id,
                },
            )
            st.rerun()
        return None
    return taken(kept, words)

"""Department names that nobody has decided on: suggestions, and the decision with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboard.access import Action
from dashboard.choices import lasting
from dashboard.desk.jobs import Job
from dashboard.markup import Column, Html, Line, join, no_markdown, paragraph, safe, table, tag
from dashboard.pages.data_work import RECORD_KEEPERS, Desk, belonging, keep_deed, manages_records, survey_of
from dashboard.pages.long_work import taken
from dashboard.reader import demand
from dashboard.shell import show
from dashboard.words import Words
from dashboard.workflow.audit import LONGEST_DETAIL, Did
from etl.intake.suggestions import Suggestion, Undecided
from etl.intake.survey import Survey
from etl.shown import SEOUL, number

MOST_NAMES = 50
DECIDING = "deciding names"


def names(desk: Desk) -> None:
    """The names that wait, and a form to decide on them."""
    folder, words = desk.folder, desk.words
    if DECIDING in st.session_state:
        decided = taken(DECIDING, words, RECORD_KEEPERS)
        if decided is None:
            return
        show(tag("p", safe(words("data.names.decided", names=number(decided.result))), "jp-working", role="status"))
    survey = survey_of(folder, words)
    if survey is None:
        return
    if not survey.waiting:
        show(paragraph(words("data.names.none"), "jp-note"))
        return
    show(paragraph(words("data.names.note"), "jp-note"))
    waiting = survey.waiting[:MOST_NAMES]
    if len(waiting) < len(survey.waiting):
        said = words("data.names.more", shown=number(len(waiting)), names=number(len(survey.waiting)))
        show(paragraph(said, "jp-caution"))
    show(names_table(waiting, words))
    if manages_records():
        decisions(folder, survey, waiting, words)


def names_table(waiting: Sequence[Undecided], words: Words) -> Html:
    """The names with what they may mean."""
    columns = [
        Column(words("data.names.name"), "long"),
        Column(words("data.names.rows"), "number"),
        Column(words("data.names.where"), "long"),
        Column(words("data.names.suggested"), "wide"),
    ]
    lines = [
        Line([safe(one.name), safe(number(one.rows)), safe(", ".join(one.files)), suggestions(one, words)])
        for one in waiting
    ]
    return table(words("data.part.names"), columns, lines)


def suggestions(one: Undecided, words: Words) -> Html:
    """The departments a name may mean, the likeliest first."""
    if not one.suggestions:
        return safe(words("data.names.no_suggestion"))
    names = [found.name for found in one.suggestions]
    said = (
        words("data.names.suggestion", name=_told_apart(found, names), score=found.score, why=found.why(words.language))
        for found in one.suggestions
    )
    return join(tag("span", safe(text), "jp-small") for text in said)


def _told_apart(found: Suggestion, names: Sequence[str]) -> str:
    """A department's name, with its code where another one suggested is called the same."""
    return found.name if names.count(found.name) == 1 else f"{found.name} {found.unit_id}"


def decisions(folder: Path, survey: Survey, waiting: Sequence[Undecided], words: Words) -> None:
    """The choice of a department for each name, one reason for all that are chosen, and the confirmation."""
    departments = {one.unit_id: f"{one.name} ({one.unit_id})" for one in survey.departments}
    chosen: dict[str, str] = {}

    def name(unit: str) -> str:
        return departments.get(unit, unit)

    with st.container(border=True):
        for one in waiting:
            likely = [found.unit_id for found in one.suggestions]
            order = [*likely, *(unit for unit in departments if unit not in likely)]
            unit = st.selectbox(
                no_markdown(words("data.names.choose", name=one.name)),
                order,
                index=None,
                format_func=name,
                placeholder=words("data.names.undecided"),
                key=lasting(f"decide-{one.name}", order, name),
            )
            if unit is not None:
                chosen[one.name] = unit
        why = st.text_input(words("data.names.why"), key="decide-why", max_chars=300)
        decider = demand(Action.MANAGE_RECORDS, state=belonging().state)
        show(paragraph(words("data.names.by", name=decider.name), "jp-note"))
        label = words("data.names.confirm", names=number(len(chosen))) if chosen else words("data.names.confirm_none")
        pressed = st.button(label, key="confirm-names", type="primary")
        if not pressed:
            return
        if not chosen or not why.strip():
            show(tag("p", safe(words("data.names.needs")), "jp-caution", role="alert"))
            return
        # The names themselves stay in the folder: anything may have been written where a department belongs.
        units = ", ".join(sorted(set(chosen.values())))
        detail = {"names": len(chosen), "units": units[:LONGEST_DETAIL], "why": why.strip()}
        person = keep_deed(Did.NAME_DECIDED, folder.name, detail)
        request = {
            "records": str(folder.absolute()),
            "decisions": chosen,
            "why": why.strip(),
            "by": person.name,
            "on": datetime.now(SEOUL).date().isoformat(),
        }
        st.session_state[DECIDING] = Job("decide", request)
        st.rerun()

"""An answer to a request: the verdict, the reason, and what would be written down if it is upheld."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from dashboard.desk.place import records_folder
from dashboard.frames.data import column_name, kind_name
from dashboard.markup import no_markdown, paragraph, safe, tag
from dashboard.pages.request_work import Hearing, act, form_key, seen_in_form
from dashboard.shell import heading, show
from dashboard.workflow.request_kinds import CHANGES, KINDS, Becomes, Change, RequestKind, Verdict
from dashboard.workflow.request_rulings import Answer, answer_request
from dashboard.workflow.requests import LONGEST_TEXT
from dashboard.workflow.tables.requests import Request
from etl.contracts.records import RECORDS
from etl.errors import Fault, JipyoError
from etl.intake.proposals import sources_of
from etl.intake.recognitions import KINDS as RECORD_KINDS


def answering(hearing: Hearing, request: Request) -> None:
    """The form; an earlier answer that is not decided yet is replaced, and stays in the trace."""
    words, seen, key = hearing.words, seen_in_form(request), form_key(request)
    heading(words("requests.answer"))
    with st.container(border=True):
        verdict = st.selectbox(
            words("requests.verdict"),
            [one.value for one in Verdict],
            index=None,
            format_func=lambda one: words(f"requests.verdict.{one}"),
            placeholder=words("data.upload.choice"),
            key=f"answer-{key}",
        )
        text = st.text_area(words("requests.answer.text"), key=f"answer-text-{key}", max_chars=LONGEST_TEXT, height=120)
        cells = _change(hearing, request, key) if verdict in (Verdict.UPHELD, Verdict.PARTLY) else None
        if not st.button(words("requests.answer.save"), key="answer-save", type="primary"):
            return
        if verdict is None:
            show(tag("p", safe(words("requests.answer.needs")), "jp-caution", role="alert"))
            return
        change = None
        if cells is not None:
            change = read_change(cells, hearing)
            if change is None:
                return
    answer = Answer(Verdict(verdict), text or "", change)
    act(
        hearing,
        request,
        lambda session: answer_request(session, hearing.actor, seen, answer),
        "requests.done.answered",
    )


def read_change(cells: Mapping[str, Any], hearing: Hearing) -> Change | None:
    """What a form says as a change; None where it cannot be meant, which is then said."""
    try:
        return CHANGES.validate_python(cells)
    except ValidationError as error:
        keys = dict.fromkeys(str(flaw["loc"][1]) for flaw in error.errors() if len(flaw["loc"]) > 1)
        named = ", ".join(hearing.words(f"requests.cell.{key}") for key in keys)
        fault = Fault("ruling_refused", "", {"columns": named or "-"})
        show(tag("p", safe(fault.text(hearing.words.language)), "jp-caution", role="alert"))
        return None


def _change(hearing: Hearing, request: Request, form: str) -> dict[str, Any]:
    """What is to be written down."""
    words, kinds = hearing.words, KINDS[RequestKind(request.kind)].becomes
    becomes: Becomes = st.selectbox(
        words("requests.becomes"),
        list(kinds),
        format_func=lambda one: words(f"requests.becomes.{one}"),
        key=f"becomes-{form}",
    )
    key = f"{becomes}-{form}"
    cells = _CELLS[becomes](hearing, request, key)
    cells["reason"] = _text(hearing, "reason", key, 500)
    show(paragraph(words("requests.becomes.note"), "jp-note"))
    return {"becomes": becomes, **{name: value for name, value in cells.items() if value is not None}}


def _correction(hearing: Hearing, request: Request, key: str) -> dict[str, Any]:
    """A cell to read otherwise, or a record to leave out; before and after as the columns are mapped."""
    words = hearing.words
    kind = _option(hearing, "record_kind", {one: kind_name(one, words) for one in RECORDS}, request.record_kind, key)
    if kind is None:
        return {"key": {}}
    files = _files(kind)
    file = _option(hearing, "file", {one: one for one in files}, files[0] if len(files) == 1 else None, f"{key}-{kind}")
    place = _place(hearing, request, kind, f"{key}-{kind}")
    drops = st.checkbox(words("requests.cell.drop"), key=f"{key}-{kind}-drop")
    if drops and "key" in place:
        return {"record_kind": kind, "file": file, **place, "drop": True}
    columns = {one: column_name(kind, one, words) for one in RECORDS[kind].model_fields}
    column = _option(hearing, "column", columns, None, f"{key}-{kind}")
    before = st.text_input(words("requests.cell.before"), key=f"{key}-{kind}-before", max_chars=4000) or ""
    expected = {"record_kind": kind, "file": file, **place, "column": column, "before": before}
    if drops:
        # A row's number alone says nothing of what stands there in the next version of the file.
        return {**expected, "drop": True}
    after = st.text_input(words("requests.cell.after"), key=f"{key}-{kind}-after", max_chars=4000) or ""
    return {**expected, "after": after}


def _place(hearing: Hearing, request: Request, kind: str, key: str) -> dict[str, Any]:
    """Which record: by the columns of its key, or by its row in the received file where the key itself is wrong."""
    words = hearing.words
    by_row = st.radio(
        words("requests.cell.place"),
        (False, True),
        format_func=lambda one: words("requests.cell.place.row" if one else "requests.cell.place.key"),
        key=f"{key}-place",
        horizontal=True,
    )
    if by_row:
        return {"row": (st.text_input(words("requests.cell.row"), key=f"{key}-row", max_chars=10) or "").strip()}
    named: dict[str, str] = {}
    for column in RECORDS[kind].key:
        known = request.record_id if kind == request.record_kind and len(RECORDS[kind].key) == 1 else ""
        label = no_markdown(words("requests.cell.key_of", column=column_name(kind, column, words)))
        named[column] = st.text_input(label, known or "", key=f"{key}-key-{column}", max_chars=200) or ""
    return {"key": named}


def _files(kind: str) -> list[str]:
    """The received files that feed a kind of record; none where the folder cannot be read, which is said elsewhere."""
    folder = records_folder()
    try:
        sources = sources_of(folder) if folder is not None and folder.is_dir() else ()
    except JipyoError:
        return []
    return list(dict.fromkeys(source.file for source in sources if source.kind == kind))


def _not_applicable(hearing: Hearing, request: Request, key: str) -> dict[str, Any]:
    names = {one.id: hearing.words.of(one.name) for one in hearing.reading.rulebook.indicators}
    return {"indicator": _option(hearing, "indicator", names, request.indicator, key)}


def _recognition(hearing: Hearing, request: Request, key: str) -> dict[str, Any]:
    words = hearing.words
    decisions = {one: words(f"requests.recognition.{one}") for one in ("recognised", "refused", "to_complete")}
    kinds = {one: kind_name(one, words) for one in RECORD_KINDS}
    return {
        "record_kind": _option(hearing, "record_kind", kinds, request.record_kind, key),
        "record_id": _text(hearing, "record_id", key, 200, request.record_id),
        "decision": _option(hearing, "decision", decisions, "recognised", key),
    }


def _ledger(hearing: Hearing, request: Request, key: str) -> dict[str, Any]:
    words, book = hearing.words, hearing.reading.rulebook
    kinds = {one: words(f"requests.kind.{one}") for one in ("bonus", "penalty")}
    proposed = request.kind if request.kind in kinds else None
    entry_kind = _option(hearing, "entry_kind", kinds, proposed, key)
    rules = book.penalty if entry_kind == "penalty" else book.bonus
    return {
        "entry_kind": entry_kind,
        "rule": _option(
            hearing, "rule", {one.id: words.of(one.name) for one in rules}, request.rule, f"{key}-{entry_kind}"
        ),
        "points": _text(hearing, "points", key, 20),
        "occurred_on": _text(hearing, "occurred_on", key, 10),
    }


_CELLS: Final[Mapping[Becomes, Callable[[Hearing, Request, str], dict[str, Any]]]] = {
    "correction": _correction,
    "recognition": _recognition,
    "not_applicable": _not_applicable,
    "ledger": _ledger,
}
"""The form of each kind of change."""


def _option(hearing: Hearing, cell: str, options: Mapping[str, str], first: str | None, key: str) -> str | None:
    """One of several values, called as people call them."""
    values = list(options)
    return st.selectbox(
        hearing.words(f"requests.cell.{cell}"),
        values,
        index=values.index(first) if first in values else None,
        format_func=lambda one: options.get(one, one),
        placeholder=hearing.words("data.upload.choice"),
        key=f"{key}-{cell}",
    )


def _text(hearing: Hearing, cell: str, key: str, longest: int, first: str | None = None) -> str:
    label = hearing.words(f"requests.cell.{cell}")
    return (st.text_input(label, first or "", key=f"{key}-{cell}", max_chars=longest) or "").strip()

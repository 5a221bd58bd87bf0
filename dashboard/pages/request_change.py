"""What an answer to a request would write down among the records: the form of each kind of change, and its reading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from dashboard.choices import lasting
from dashboard.desk.place import records_folder
from dashboard.frames.data import column_name, kind_name
from dashboard.markup import no_markdown, paragraph, safe, tag
from dashboard.pages.drafted import Drafted
from dashboard.pages.request_work import Hearing, form_key
from dashboard.shell import show
from dashboard.workflow.request_kinds import CHANGES, KINDS, Becomes, Change, RequestKind
from dashboard.workflow.tables.requests import Request
from etl.contracts.records import RECORDS
from etl.errors import Fault, JipyoError
from etl.intake.proposals import sources_of
from etl.intake.recognitions import KINDS as RECORD_KINDS
from etl.shown import day_typed

_LONGEST_CELL: Final = 4000


@dataclass(frozen=True)
class Form:
    """The fields of one change, kept with the rest of the answer.

    Attributes:
        hearing: who answers.
        request: what is answered.
        draft: keeps the fields.
        within: tells the fields of this form from those of another, as `correction-datasets`.
    """

    hearing: Hearing
    request: Request
    draft: Drafted
    within: str = "change"

    def of(self, part: str) -> Form:
        """The form whose fields are told apart by one thing more."""
        return Form(self.hearing, self.request, self.draft, f"{self.within}-{part}")

    def field(self, cell: str, first: str | bool | None = "", options: Collection[str] | None = None) -> str:
        """The key of the widget of a cell."""
        name = f"{self.within}-{cell}"
        return self.draft.field(f"{form_key(self.request)}-{name}", first, options, name=name)

    def text(self, cell: str, longest: int, first: str | None = None, label: str = "") -> str:
        """What stands in a cell, to the letter."""
        label = label or self.hearing.words(f"requests.cell.{cell}")
        return st.text_input(label, key=self.field(cell, first or ""), max_chars=longest) or ""

    def option(self, cell: str, options: Mapping[str, str], first: str | None = None) -> str | None:
        """One of several values, called as people call them."""

        def name(one: str) -> str:
            return options.get(one, one)

        return st.selectbox(
            self.hearing.words(f"requests.cell.{cell}"),
            list(options),
            index=None,
            format_func=name,
            placeholder=self.hearing.words("data.upload.choice"),
            key=lasting(self.field(cell, first, options), options, name),
        )


def change_form(hearing: Hearing, request: Request, draft: Drafted) -> dict[str, Any]:
    """The form of what is to be written down; what stands in it, by column."""
    words, form = hearing.words, Form(hearing, request, draft)
    kinds = KINDS[RequestKind(request.kind)].becomes
    names = {one: words(f"requests.becomes.{one}") for one in kinds}
    becomes: Becomes = st.selectbox(
        words("requests.becomes"),
        list(kinds),
        format_func=names.__getitem__,
        key=lasting(
            draft.field(f"becomes-{form_key(request)}", kinds[0], kinds, name="becomes"), kinds, names.__getitem__
        ),
    )
    form = form.of(becomes)
    cells = _CELLS[becomes](form)
    cells["reason"] = form.text("reason", 500).strip()
    show(paragraph(words("requests.becomes.note"), "jp-note"))
    return {"becomes": becomes, **{name: value for name, value in cells.items() if value is not None}}


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


def _correction(form: Form) -> dict[str, Any]:
    """A cell to read otherwise, or a record to leave out; before and after as the columns are mapped."""
    words = form.hearing.words
    kind = form.option("record_kind", {one: kind_name(one, words) for one in RECORDS}, form.request.record_kind)
    if kind is None:
        return {"key": {}}
    form = form.of(kind)
    files = _files(kind)
    file = form.option("file", {one: one for one in files}, files[0] if len(files) == 1 else None)
    place = _place(form, kind)
    drops = st.checkbox(words("requests.cell.drop"), key=form.field("drop", first=False))
    if drops and "key" in place:
        return {"record_kind": kind, "file": file, **place, "drop": True}
    column = form.option("column", {one: column_name(kind, one, words) for one in RECORDS[kind].model_fields})
    before = form.text("before", _LONGEST_CELL)
    expected = {"record_kind": kind, "file": file, **place, "column": column, "before": before}
    if drops:
        # A row's number alone says nothing of what stands there in the next version of the file.
        return {**expected, "drop": True}
    return {**expected, "after": form.text("after", _LONGEST_CELL)}


def _place(form: Form, kind: str) -> dict[str, Any]:
    """Which record: by the columns of its key, or by its row in the received file where the key itself is wrong."""
    words, request = form.hearing.words, form.request
    places = {False: words("requests.cell.place.key"), True: words("requests.cell.place.row")}
    by_row = st.radio(
        words("requests.cell.place"),
        list(places),
        format_func=places.__getitem__,
        key=lasting(form.field("place", first=False), places, places.__getitem__),
        horizontal=True,
    )
    if by_row:
        return {"row": form.text("row", 10).strip()}
    named: dict[str, str] = {}
    for column, known in _key_of(request, kind).items():
        label = no_markdown(words("requests.cell.key_of", column=column_name(kind, column, words)))
        named[column] = form.text(f"key-{column}", 200, known, label)
    return {"key": named}


def _key_of(request: Request, kind: str) -> Mapping[str, str]:
    """The key columns of a kind, as the record says them that the request is about; empty where it is about another."""
    columns = RECORDS[kind].key
    said = request.record_id or "" if kind == request.record_kind else ""
    parts = [said] if len(columns) == 1 else said.split("/")
    return dict(zip(columns, parts if len(parts) == len(columns) else [""] * len(columns), strict=True))


def _files(kind: str) -> list[str]:
    """The received files that feed a kind of record; none where the folder cannot be read, which is said elsewhere."""
    folder = records_folder()
    try:
        sources = sources_of(folder) if folder is not None and folder.is_dir() else ()
    except JipyoError:
        return []
    return list(dict.fromkeys(source.file for source in sources if source.kind == kind))


def _not_applicable(form: Form) -> dict[str, Any]:
    hearing = form.hearing
    names = {one.id: hearing.words.of(one.name) for one in hearing.reading.rulebook.indicators}
    return {"indicator": form.option("indicator", names, form.request.indicator)}


def _recognition(form: Form) -> dict[str, Any]:
    words, request = form.hearing.words, form.request
    decisions = {one: words(f"requests.recognition.{one}") for one in ("recognised", "refused", "to_complete")}
    kinds = {one: kind_name(one, words) for one in RECORD_KINDS}
    return {
        "record_kind": form.option("record_kind", kinds, request.record_kind),
        "record_id": form.text("record_id", 200, request.record_id).strip(),
        "decision": form.option("decision", decisions, "recognised"),
    }


def _ledger(form: Form) -> dict[str, Any]:
    words, book, request = form.hearing.words, form.hearing.reading.rulebook, form.request
    kinds = {one: words(f"requests.kind.{one}") for one in ("bonus", "penalty")}
    entry_kind = form.option("entry_kind", kinds, request.kind if request.kind in kinds else None)
    rules = book.penalty if entry_kind == "penalty" else book.bonus
    of_kind = form.of(str(entry_kind))
    return {
        "entry_kind": entry_kind,
        "rule": of_kind.option("rule", {one.id: words.of(one.name) for one in rules}, request.rule),
        "points": form.text("points", 20).strip(),
        "occurred_on": _day(form.text("occurred_on", 14)),
    }


def _day(text: str) -> str:
    """A day as the records have it; what is none as it was typed, for the answer to name."""
    day = day_typed(text)
    return text.strip() if day is None else day.isoformat()


_CELLS: Final[Mapping[Becomes, Callable[[Form], dict[str, Any]]]] = {
    "correction": _correction,
    "recognition": _recognition,
    "not_applicable": _not_applicable,
    "ledger": _ledger,
}
"""The form of each kind of change."""

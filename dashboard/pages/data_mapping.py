"""The mapping of a received file as a form: what each column of a kind of record is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.choices import lasting
from dashboard.desk.arriving import Column as Received
from dashboard.desk.arriving import Looked, Proposed
from dashboard.desk.mapping import (
    DATE_FORMS,
    FROM,
    PERSON,
    PROPOSED,
    WRITTEN,
    Origin,
    asks_for_days,
    asks_for_name,
    chosen_at_first,
    entry,
    is_required,
    lacking,
    origins,
    read_like,
    unknown_values,
)
from dashboard.frames.data import column_name, kind_name
from dashboard.markup import Column, Line, bullets, no_markdown, paragraph, safe, table, tag
from dashboard.shell import heading, show
from dashboard.words import Words
from etl.contracts.records import RECORDS
from etl.contracts.words import choice_in_korean
from etl.errors import UnreadableInput
from etl.intake.proposing.entries import toml_value
from etl.intake.proposing.values import choices

ISO = "iso"


def as_received(looked: Looked, words: Words) -> None:
    """The first rows as they came, without what tells who people are."""
    heading(words("data.upload.as_received"))
    rows = max((len(one.cells) for one in looked.columns), default=0)
    columns = [Column(one.heading, "long") for one in looked.columns]
    hidden = words("data.upload.hidden")
    lines = [
        Line([safe(hidden if one.is_about_people else _at(one.cells, at)) for one in looked.columns])
        for at in range(rows)
    ]
    if columns:
        show(table(words("data.upload.as_received"), columns, lines))
    withheld = ", ".join(one.heading for one in looked.columns if one.is_about_people)
    if withheld:
        show(paragraph(words("data.upload.withheld", columns=withheld), "jp-note"))


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def as_read(looked: Looked, words: Words) -> None:
    """The first rows as they would be read."""
    for one in looked.previews:
        if one.columns and one.rows:
            title = words("data.upload.as_read", kind=kind_name(one.kind, words))
            columns = [Column(column_name(one.kind, column, words), "long") for column in one.columns]
            lines = [
                Line(
                    [safe(_shown(one.kind, column, cell, words)) for column, cell in zip(one.columns, row, strict=True)]
                )
                for row in one.rows
            ]
            show(tag("h3", safe(title), "jp-subheading"), table(title, columns, lines))


def _shown(kind: str, column: str, cell: str, words: Words) -> str:
    """A cell as it would be read; one of the values a column is limited to, by its meaning."""
    return _value(cell, words) if cell in choices(kind, column) else cell


def choose_mapping(looked: Looked, key: str, words: Words) -> str | None:
    """The choices for every kind; the entries they come to, None where something is still to be chosen."""
    if not looked.proposed:
        return None
    heading(words("data.upload.mapping"))
    entries = [_choose(one, looked.columns, key, words) for one in looked.proposed]
    return None if None in entries else "\n".join(one for one in entries if one)


def _choose(proposed: Proposed, columns: Sequence[Received], key: str, words: Words) -> str | None:
    kind = proposed.kind
    show(tag("h3", safe(kind_name(kind, words)), "jp-subheading"))
    if proposed.columns is None:
        show(paragraph(words("data.upload.own_headings", kind=kind_name(kind, words)), "jp-note"))
        return entry(proposed, None)
    chosen: dict[str, Origin] = {}
    with st.container(border=True):
        for column in RECORDS[kind].model_fields:
            origin = _choose_column(proposed, column, columns, f"{key}-{kind}-{column}", words)
            if origin is not None:
                chosen[column] = origin
    missing = lacking(kind, chosen)
    if missing:
        named = ", ".join(column_name(kind, column, words) for column in missing)
        show(paragraph(words("data.upload.lacking", columns=named), "jp-caution"))
        return None
    try:
        return entry(proposed, chosen)
    except UnreadableInput as error:
        show(bullets(fault.text(words.language) for fault in error.faults))
        return None


def _choose_column(
    proposed: Proposed, column: str, columns: Sequence[Received], key: str, words: Words
) -> Origin | None:
    """The choice for one column of the contract, and what it asks for besides."""
    kind = proposed.kind
    suggested = proposed.open.get(column) or (proposed.columns or {}).get(column)
    options = origins(kind, column, columns, suggested)
    first = chosen_at_first(kind, column, suggested, column in proposed.open)
    name = column_name(kind, column, words)
    label = words("data.upload.required" if is_required(kind, column) else "data.upload.optional", column=name)
    names = {one: _called(one, suggested, words) for one in options}
    left, right = st.columns([1, 1])
    with left:
        choice = st.selectbox(
            label,
            list(options),
            index=None,
            format_func=names.__getitem__,
            placeholder=words("data.upload.choice"),
            key=lasting(key, names, names.__getitem__, first if first in options else None),
        )
    with right:
        if choice == WRITTEN:
            return _written(kind, column, key, words)
        origin = options.get(choice) if choice is not None else None
        if origin is None or "column" not in origin or choice == PROPOSED:
            return origin
        return _with_details(kind, column, origin, _kept_from(suggested, origin), columns, key, words)


def _kept_from(suggested: Origin | None, origin: Origin) -> Origin:
    """What is proposed for the very column that was chosen."""
    return suggested if suggested is not None and suggested.get("column") == origin["column"] else {}


def _called(choice: str, suggested: Origin | None, words: Words) -> str:
    """What a choice is called in the list."""
    if choice.startswith(FROM):
        return words("data.upload.from", heading=choice.removeprefix(FROM))
    if choice.startswith(PERSON):
        return words("data.upload.person", heading=choice.removeprefix(PERSON))
    if choice == PROPOSED:
        return words("data.upload.proposed", origin=_described(suggested or {}, words))
    return words(f"data.upload.{choice}")


def _described(origin: Origin, words: Words) -> str:
    """A proposed origin in words."""
    if "pseudonym_of" in origin:
        return words("data.upload.person", heading=" + ".join(origin["pseudonym_of"]))
    if "digest_of" in origin:
        return words("data.upload.digest", headings=", ".join(origin["digest_of"]))
    if "columns" in origin:
        return words("data.upload.joined", headings=" + ".join(origin["columns"]))
    if "constant" in origin:
        return words("data.upload.constant", value=origin["constant"])
    return toml_value(dict(origin))


def _written(kind: str, column: str, key: str, words: Words) -> Origin | None:
    """A value that stands in every row."""
    label = words("data.upload.value", column=column_name(kind, column, words))
    among = choices(kind, column)
    if among:
        names = {one: _value(one, words) for one in among}
        said = st.selectbox(
            label,
            among,
            index=None,
            format_func=names.__getitem__,
            placeholder=words("data.upload.choice"),
            key=lasting(f"{key}-value", among, names.__getitem__),
        )
    else:
        said = st.text_input(label, key=f"{key}-value", max_chars=500).strip()
    return {"constant": said} if said else None


def _value(choice: str, words: Words) -> str:
    return f"{choice_in_korean(choice)} ({choice})" if words.language == "ko" else choice


def _with_details(
    kind: str, column: str, origin: Origin, kept: Origin, columns: Sequence[Received], key: str, words: Words
) -> Origin | None:
    """A column of the file with what must be known to read it: how days are written, whether names stand in it."""
    name = column_name(kind, column, words)
    cells = next((one.cells for one in columns if one.heading == origin["column"]), ())
    kept = kept or read_like(kind, column, cells)
    said: dict[str, Any] = {**kept, **origin}
    if asks_for_days(kind, column):
        said |= _days(name, kept, key, words)
    if asks_for_name(kind, column):
        by_name = st.checkbox(
            words("data.upload.by_name", column=name),
            value="unit_by" in kept,
            key=f"{key}-name",
        )
        said.pop("unit_by", None)
        said |= {"unit_by": "name"} if by_name else {}
    meanings = unknown_values(kind, column, cells, kept)
    if meanings:
        told = {text: _meaning(kind, column, text, value, f"{key}-{text}", words) for text, value in meanings.items()}
        if None in told.values():
            return None
        said["values"] = told
    return said


def _days(name: str, kept: Origin, key: str, words: Words) -> Mapping[str, Any]:
    proposed = tuple(kept.get("dates", ()))
    forms = list(dict.fromkeys([*proposed, ISO, *DATE_FORMS]))

    def form_name(form: str) -> str:
        return words(f"data.upload.days.{form}") if form in (ISO, "korean", "serial") else form

    chosen = st.selectbox(
        words("data.upload.days", column=name),
        forms,
        format_func=form_name,
        key=lasting(f"{key}-days", forms, form_name),
    )
    if proposed and chosen == proposed[0]:
        return {"dates": list(proposed)}
    return {"dates": [chosen]}


def _meaning(kind: str, column: str, text: str, value: str | None, key: str, words: Words) -> str | None:
    """What a text means among the values a column is limited to."""
    options = {one: _value(one, words) for one in choices(kind, column)} | {"": words("data.upload.empty_cell")}
    label = words("data.upload.meaning", column=column_name(kind, column, words), text=text)
    return st.selectbox(
        no_markdown(label),
        list(options),
        index=None,
        format_func=options.__getitem__,
        placeholder=words("data.upload.choice"),
        key=lasting(key, options, options.__getitem__, value if value in options else None),
    )

"""The mapping of a received file as choices a person makes column by column, and the entry they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.desk.arriving import Column, Proposed
from etl.contracts.records import RECORDS
from etl.contracts.rows import needed_columns
from etl.intake.mapping import Source, parse_sources
from etl.intake.proposing.entries import Entry, as_toml
from etl.intake.proposing.values import (
    are_plain_numbers,
    choices,
    days_in,
    field_type,
    is_one_line,
    look_like_codes,
)

Origin = Mapping[str, Any]

NOTHING, WRITTEN, PROPOSED, WHOLE_ROW = "nothing", "written", "proposed", "whole_row"
FROM, PERSON = "from:", "person:"
"""What a choice of a column of the file begins with, and of its pseudonym; its heading follows."""

DATE_FORMS: Final = ("korean", "serial", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d")
"""Forms of a date to choose from, besides YYYY-MM-DD."""


def origins(kind: str, column: str, columns: Sequence[Column], proposed: Origin | None) -> dict[str, Origin | None]:
    """What a contract column may be made of: choice -> origin; None where something is still to be said.

    Args:
        kind: of record.
        column: of the contract.
        columns: of the received file.
        proposed: what is proposed for it.
    """
    person = field_type(kind, column) == "person"
    found: dict[str, Origin | None] = {}
    if proposed is not None and not _is_plain(proposed) and _pseudonym_choice(proposed) is None:
        found[PROPOSED] = proposed
    for one in columns:
        if person:
            found[PERSON + one.heading] = {"pseudonym_of": [one.heading]}
        if not one.is_about_people:
            found[FROM + one.heading] = {"column": one.heading}
    if column == RECORDS[kind].key[0] and field_type(kind, column) == "code":
        found[WHOLE_ROW] = {"digest_of": ["*"]}
    found[WRITTEN] = None
    if not is_required(kind, column):
        found[NOTHING] = None
    return found


def chosen_at_first(kind: str, column: str, proposed: Origin | None, is_open: bool) -> str | None:
    """The choice a form begins with: what is proposed; None where a person has to decide."""
    if proposed is None:
        return None if is_required(kind, column) else NOTHING
    if is_open and "constant" in proposed:
        return None
    if is_open and not _is_plain(proposed) and "values" not in proposed and "dates" not in proposed:
        return None
    if "constant" in proposed:
        return PROPOSED
    if (person := _pseudonym_choice(proposed)) is not None:
        return person
    return FROM + proposed["column"] if _is_plain(proposed) else PROPOSED


def _pseudonym_choice(origin: Origin) -> str | None:
    """The choice that a pseudonym of one column is; None for anything else."""
    columns = origin.get("pseudonym_of", ())
    return PERSON + columns[0] if len(columns) == 1 else None


def _is_plain(origin: Origin) -> bool:
    """Whether an origin is one column, with at most what a form asks for by itself."""
    return "column" in origin and origin.keys() <= {"column", "unit_by", "dates", "values", "numbers", "one_line"}


def read_like(kind: str, column: str, cells: Sequence[str]) -> Origin:
    """How a column that a person chose is to be read, by its first cells: forms of days, numbers, names or codes."""
    said: dict[str, Any] = {}
    match field_type(kind, column):
        case "day":
            said = {"dates": list(days_in(cells).forms)}
        case "number" if not are_plain_numbers(cells):
            said = {"numbers": "written"}
        case "reference" if asks_for_name(kind, column) and not look_like_codes(cells):
            said = {"unit_by": "name"}
        case "words" if is_one_line(kind, column) and any(set(cell) & set("\r\n\t") for cell in cells):
            said = {"one_line": True}
    return {key: value for key, value in said.items() if value}


def is_required(kind: str, column: str) -> bool:
    """Whether a contract cannot do without a column."""
    return RECORDS[kind].model_fields[column].is_required()


def asks_for_days(kind: str, column: str) -> bool:
    """Whether the form of a date is to be said."""
    return field_type(kind, column) == "day"


def asks_for_name(kind: str, column: str) -> bool:
    """Whether it is to be said if names or codes of departments stand in a column."""
    return column in ("unit_id", "from_unit", "to_unit") and field_type(kind, column) == "reference"


def unknown_values(kind: str, column: str, cells: Sequence[str], proposed: Origin | None) -> dict[str, str | None]:
    """Texts of a column that takes only certain values -> the value each means; None where nobody has said so."""
    among = choices(kind, column)
    if not among:
        return {}
    said: Mapping[str, str] = (proposed or {}).get("values", {})
    told = {text: value if value in ("", *among) else None for text, value in said.items()}
    others = {cell: None for cell in cells if cell and cell not in among and cell not in told}
    return {**told, **others}


def entry(proposed: Proposed, chosen: Mapping[str, Origin] | None) -> str:
    """The entry for `sources.toml` that a person's choices come to.

    Args:
        proposed: what was proposed, for where the table stands in the file.
        chosen: contract column -> origin; None where the headings are the contract's own.

    Raises:
        UnreadableInput: the choices contradict each other; with every fault.
    """
    said = dict(proposed.source) | ({} if chosen is None else {"columns": {k: dict(v) for k, v in chosen.items()}})
    text = as_toml(Entry(Source.model_validate(said)))
    parse_sources(f"version = 1\n{text}".encode(), proposed.kind)
    return text


def lacking(kind: str, chosen: Mapping[str, Origin]) -> list[str]:
    """The columns the contract needs that nothing has been chosen for."""
    return [column for column in needed_columns(RECORDS[kind], chosen) if column not in chosen]

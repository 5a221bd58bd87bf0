"""A table read as a kind of record becomes an entry of `sources.toml`, with what is left to be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from etl.contracts.records import RECORDS
from etl.intake.mapping import FromColumn, Source, Where
from etl.intake.proposing.claims import Claim, Reading
from etl.intake.proposing.layout import Found
from etl.intake.proposing.meanings import Meanings
from etl.intake.proposing.sampling import Sample
from etl.intake.proposing.telling import LANGUAGES, Finding
from etl.intake.proposing.values import (
    DAY_FIRST,
    are_plain_numbers,
    are_serials,
    choices,
    days_in,
    field_type,
    filled,
    is_one_line,
    look_like_codes,
)

_DASH: Final = "-"
_SHOWN: Final = 6
_UNPRINTED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_IDENTITY: Final = ("title", "name", "institution", "starts_on", "completed_on", "used_on", "opened_on", "occurred_on")
"""What tells a record from others where it has no number, most telling first."""


@dataclass(frozen=True, slots=True)
class Open:
    """A column that somebody has to decide on.

    Attributes:
        column: of the contract.
        suggestion: an origin that could be meant, as it would stand in the file.
        question: what is to be decided, and why it cannot be told.
    """

    column: str
    suggestion: Mapping[str, Any]
    question: Finding


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[source]]`: what is certain, what it rests on, and what is open."""

    source: Source
    open: tuple[Open, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Building:
    """An entry while its columns are looked at one by one."""

    columns: dict[str, FromColumn] = field(default_factory=dict)
    open: list[Open] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def entry_from(reading: Reading, found: Found, sample: Sample, meanings: Meanings) -> Entry:
    """The entry for a table read as one kind of record."""
    building = _Building()
    for column in RECORDS[reading.kind].model_fields:
        if column in reading.fed:
            _feed(building, column, reading, found, meanings)
        elif column in reading.undecided:
            _leave_undecided(building, column, reading.undecided[column])
        elif field_type(reading.kind, column) == "person" and reading.people:
            _conceal(building, column, reading, meanings)
        elif column in reading.lacking:
            building.open.append(_lacking(column, reading))
    columns = building.columns if _needs_saying(building) else None
    source = source_of(sample, found, reading.kind, columns)
    return Entry(source, tuple(building.open), tuple(building.findings))


def source_of(sample: Sample, found: Found, kind: str, columns: Mapping[str, FromColumn] | None) -> Source:
    """The source of a file with the layout that was found."""
    layout = found.layout
    return Source(
        file=sample.label,
        kind=kind,
        encoding=sample.encoding or None,
        delimiter=sample.delimiter if sample.form == "text" else None,
        sheet=layout.sheet if len(sample.sheets) > 1 else None,
        header_row=layout.header_row,
        header_rows=layout.header_rows,
        code_rows=layout.code_rows,
        fill_down=layout.fill_down,
        columns=dict(columns) if columns is not None else None,
        where=tuple(_condition(column, texts) for column, texts in found.conditions),
    )


def _condition(column: str, texts: tuple[str, ...]) -> Where:
    said = {"not_in": texts} if texts else {"blank": False}
    return Where.model_validate({"column": column, **said})


def _needs_saying(building: _Building) -> bool:
    """Whether the columns must be named: not where every one bears the contract's own name and needs nothing done."""
    plain = all(origin == FromColumn(column=column) for column, origin in building.columns.items())
    return bool(building.open) or not plain or not building.columns


def _feed(building: _Building, column: str, reading: Reading, found: Found, meanings: Meanings) -> None:
    claim = reading.fed[column]
    cells = found.cells(claim.heading)
    said: dict[str, Any] = {"column": claim.heading}
    match field_type(reading.kind, column):
        case "day":
            said |= _day(building, column, claim, cells)
        case "number":
            said |= {} if are_plain_numbers(cells) else {"numbers": "written"}
        case "choice":
            said |= _choice(building, column, reading.kind, claim, cells, meanings)
        case "reference":
            said |= {"unit_by": "name"} if _is_a_name(column, claim, cells) else {}
        case "words":
            broken = any(re.search(r"[\r\n\t]", cell) for cell in cells)
            said |= {"one_line": True} if broken and is_one_line(reading.kind, column) else {}
        case "code" if (column,) == RECORDS[reading.kind].key:
            said = _number(building, column, claim, found, meanings)
    if _DASH in cells and not RECORDS[reading.kind].model_fields[column].is_required() and "numbers" not in said:
        said["values"] = {_DASH: "", **said.get("values", {})}
    building.columns[column] = FromColumn.model_validate(said)
    facts: dict[str, object] = {
        "column": column,
        "heading": claim.heading,
        "percent": round(claim.fits * 100),
        "how": _how(said),
    }
    told = claim.confidence if filled(cells) else "unseen"
    building.findings.append(Finding(f"proposal_column_{told}", facts))


def _number(building: _Building, column: str, claim: Claim, found: Found, meanings: Meanings) -> dict[str, Any]:
    """A number that repeats is none: with its year beside it, or else somebody must say what tells records apart."""
    cells = filled(found.cells(claim.heading))
    if len(set(cells)) == len(cells):
        return {"column": claim.heading}
    for year in (one for one in found.headings if any(meant.column == "year" for meant in meanings.meanings(one))):
        joined = list(zip(found.cells(year), found.cells(claim.heading), strict=True))
        if len(set(joined)) == len(joined):
            return {"columns": (year, claim.heading)}
    facts = {"column": column, "heading": claim.heading, "repeats": len(cells) - len(set(cells))}
    building.open.append(Open(column, {"digest_of": ["*"]}, Finding("proposal_number_repeats", facts)))
    return {"column": claim.heading}


def _how(said: Mapping[str, Any]) -> str:
    """What is done to a column, in the words of sources.toml."""
    done = [f"{key} = {toml_value(value)}" for key, value in said.items() if key not in ("column", "values")]
    done += [f"values ({len(said['values'])})"] if "values" in said else []
    return f" [{', '.join(done)}]" if done else ""


def _is_a_name(column: str, claim: Claim, cells: Sequence[str]) -> bool:
    return column == "unit_id" and (claim.meaning.by_name or not look_like_codes(cells)) and bool(filled(cells))


def _day(building: _Building, column: str, claim: Claim, cells: Sequence[str]) -> dict[str, Any]:
    days = days_in(cells)
    if days.either_way is not None:
        facts = {"column": column, "heading": claim.heading, "text": days.either_way}
        question = Finding("proposal_day_or_month_first", facts)
        suggestion = {"column": claim.heading, "dates": [DAY_FIRST]}
        building.open.append(Open(column, suggestion, question))
    elif days.months is not None:
        form, month = days.months
        suggestion = {"column": claim.heading, "dates": [form], "month_means": "last_day"}
        question = Finding("proposal_months", {"column": column, "heading": claim.heading, "text": month})
        building.open.append(Open(column, suggestion, question))
    elif are_serials(cells):
        return {"dates": ("serial",)}
    elif days.fitting < days.filled:
        odd = days.filled - days.fitting
        unread: dict[str, object] = {"column": column, "heading": claim.heading, "cells": odd, "filled": days.filled}
        building.findings.append(Finding("proposal_days_unread", unread))
    return {"dates": days.forms} if days.forms else {}


def _choice(
    building: _Building, column: str, kind: str, claim: Claim, cells: Sequence[str], meanings: Meanings
) -> dict[str, Any]:
    among = choices(kind, column)
    values: dict[str, str] = {}
    unknown = []
    for text in dict.fromkeys(filled(cells)):
        meant = [text] if text in among else meanings.choices_for(text, among)
        if len(meant) == 1:
            values |= {text: meant[0]} if text != meant[0] else {}
        else:
            unknown.append(text)
    if unknown:
        facts = {"column": column, "heading": claim.heading, "texts": _some(unknown), "choices": ", ".join(among)}
        suggestion = {"column": claim.heading, "values": {**values, **dict.fromkeys(unknown[:_SHOWN], "…")}}
        building.open.append(Open(column, suggestion, Finding("proposal_values_unknown", facts)))
    return {"values": values} if values else {}


def _some(texts: Sequence[str]) -> str:
    shown = ", ".join(text[:40] for text in texts[:_SHOWN])
    return shown + (" …" if len(texts) > _SHOWN else "")


def _leave_undecided(building: _Building, column: str, headings: Sequence[str]) -> None:
    facts = {"column": column, "headings": ", ".join(headings)}
    building.open.append(Open(column, {"column": headings[0]}, Finding("proposal_which_heading", facts)))


def _conceal(building: _Building, column: str, reading: Reading, meanings: Meanings) -> None:
    """A person's number or name becomes a pseudonym; a name only together with the department it stands in."""
    (heading,) = reading.people
    is_name = meanings.person(heading) == "name"
    unit = reading.fed.get("unit_id")
    within = (unit.heading,) if is_name and unit else ()
    building.columns[column] = FromColumn(pseudonym_of=(heading,), within=within)
    code = "proposal_pseudonym_of_name" if is_name else "proposal_pseudonym_of_number"
    building.findings.append(Finding(code, {"column": column, "headings": ", ".join((heading, *within))}))


def _lacking(column: str, reading: Reading) -> Open:
    kind = field_type(reading.kind, column)
    if kind in ("code", "reference") and (kind == "code" or column.endswith("_id")) and column != "unit_id":
        telling = [reading.fed[name].heading for name in _IDENTITY if name in reading.fed][:3] or ["*"]
        if column == RECORDS[reading.kind].key[0]:
            facts = {"column": column, "headings": ", ".join(telling)}
            return Open(column, {"digest_of": telling}, Finding("proposal_no_number", facts))
    facts = {"column": column, "example": example(reading.kind, column)}
    return Open(column, {"constant": example(reading.kind, column)}, Finding("proposal_lacking", facts))


def example(kind: str, column: str) -> str:
    """A text that the column could hold."""
    match field_type(kind, column):
        case "day":
            return "2025-12-31"
        case "number":
            return "2025" if column == "year" else "1"
        case "choice":
            return choices(kind, column)[0]
        case "person":
            return "p" + 32 * "0"
        case "words":
            return "전체" if column == "part" else "예시"
        case _:
            return "0010010" if column == "unit_id" else "A-001"


# As text ------------------------------------------------------------------------------------------------------------


def as_toml(entry: Entry) -> str:
    """The entry as it stands in `sources.toml`, each open point as comment lines that say what to fill in."""
    return "\n".join(_lines(entry)) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    said = entry.source.model_dump(exclude_defaults=True, by_alias=True)
    columns: Mapping[str, Mapping[str, Any]] = said.pop("columns", None) or {}
    conditions = said.pop("where", ())
    yield "[[source]]"
    for key, value in said.items():
        yield f"{key} = {toml_value(value)}"
    if columns or entry.open:
        yield "[source.columns]"
    left_open = {one.column for one in entry.open}
    for column, origin in columns.items():
        if column not in left_open:
            yield f"{column} = {_origin(origin)}"
    for one in entry.open:
        yield from remark(one.question)
        yield f"# {one.column} = {_origin(one.suggestion)}"
    for condition in conditions:
        yield "[[source.where]]"
        for key, value in condition.items():
            yield f"{key} = {toml_value(value)}"


def remark(question: Finding) -> Iterator[str]:
    """A question as comment lines; whatever a heading or a cell holds, it cannot end its line."""
    for language in LANGUAGES:
        yield f"# {_UNPRINTED.sub(' ', question.text(language))}"


def _origin(origin: Mapping[str, Any]) -> str:
    """A heading alone where nothing else is said."""
    return toml_value(origin["column"]) if origin.keys() == {"column"} else toml_value(origin)


def toml_value(value: Any) -> str:
    """A value as TOML writes it, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + re.sub(r'[\\"\x00-\x1f\x7f]', _escaped, value) + '"'
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {toml_value(one)}" for key, one in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(toml_value(one) for one in value) + "]"
        case _:
            return str(value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[a-z][a-z0-9_]*", key) else toml_value(key)


def _escaped(sign: re.Match[str]) -> str:
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return short.get(sign[0], f"\\u{ord(sign[0]):04x}")

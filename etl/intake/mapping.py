"""`sources.toml`: which file feeds which contract, and how each of the contract's columns is got from it.

Without a `sources.toml`, every `<kind>.csv` of the folder feeds the contract of that name, heading by heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from etl.contracts.records import RECORDS
from etl.documents.flaws import Flaw, flaws_of, nearest
from etl.documents.lines import KeyPath
from etl.documents.reading import placed, read_toml
from etl.engine import name, text
from etl.errors import Fault, UnreadableInput
from etl.intake.tables import Layout, TextTable

SOURCES: Final = "sources.toml"
_STEP: Final = "chr(31)"
_DATE_PARTS: Final = re.compile("%%|%-?[YymdjHIMS]|%[bBp]|[^%]")
_DATE_FORM: Final = re.compile(f"(?:{_DATE_PARTS.pattern})*")


def _tells_the_day(form: str) -> bool:
    """Whether a form has a year, and in it a day."""
    return bool(re.search("%-?[Yy]", form) and (re.search("%-?j", form) or re.search("%-?d", form)))


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FromColumn(_Part):
    """A contract column taken from the received file.

    Exactly one of `column`, `columns`, `constant`, `digest_of`, `pseudonym_of` says where the text comes from; the
    others say what is done to it, in this order: `one_line` turns line breaks within a cell into blanks, `values`
    replaces a whole text by another, `numbers` reads numbers as people write them, `dates` reads other forms than
    YYYY-MM-DD, `unit_by = "name"` looks the text up among the names and aliases of departments.
    """

    column: str | None = None
    columns: Annotated[tuple[str, ...], Field(strict=False)] = ()
    join: str = "-"
    constant: str | None = None
    digest_of: Annotated[tuple[str, ...], Field(strict=False)] = ()
    pseudonym_of: Annotated[tuple[str, ...], Field(strict=False)] = ()
    one_line: bool = False
    numbers: Literal["plain", "written"] = "plain"
    values: dict[str, str] = Field(default_factory=dict)
    dates: Annotated[tuple[str, ...], Field(strict=False)] = ()
    unit_by: Literal["code", "name"] = "code"

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong although every key has the right type."""
        said = [
            self.column is not None,
            bool(self.columns),
            self.constant is not None,
            bool(self.digest_of),
            bool(self.pseudonym_of),
        ]
        if sum(said) != 1:
            yield Flaw((), "source_needs_one_origin")
        for position, form in enumerate(self.dates):
            if _DATE_FORM.fullmatch(form) is None or not _tells_the_day(form):
                yield Flaw(("dates", position), "source_unknown_date_form", {"form": form})

    def uses(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """The received columns it reads; `digest_of = ["*"]` reads all."""
        if self.digest_of == ("*",):
            return header
        if self.pseudonym_of:
            return (pseudonym_heading(self.pseudonym_of),)
        return (self.column,) if self.column is not None else (*self.columns, *self.digest_of)


def pseudonym_heading(columns: tuple[str, ...]) -> str:
    """Heading of the column of pseudonyms that takes the place of these columns before anything is written."""
    return f"pseudonym of {', '.join(columns)}"


def _as_table(origin: Any) -> Any:
    """A heading alone is short for a table that names it."""
    return {"column": origin} if isinstance(origin, str) else origin


class Where(_Part):
    """A condition on rows; rows that do not meet all conditions of a source are set aside and counted."""

    column: str
    is_in: Annotated[tuple[str, ...] | None, Field(alias="in", strict=False)] = None
    not_in: Annotated[tuple[str, ...] | None, Field(strict=False)] = None
    blank: bool | None = None

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong although every key has the right type."""
        if sum(said is not None for said in (self.is_in, self.not_in, self.blank)) != 1:
            yield Flaw((), "source_needs_one_condition")

    def sql(self, table: TextTable) -> str:
        """True for a row that is kept."""
        cell = f"COALESCE({trimmed(name(table.cell(self.column)))}, '')"
        if self.blank is not None:
            return f"{cell} {'=' if self.blank else '<>'} ''"
        listed = self.is_in if self.is_in is not None else self.not_in or ()
        return f"{cell} {'IN' if self.is_in is not None else 'NOT IN'} ({', '.join(text(value) for value in listed)})"


class Source(_Part):
    """One file feeding one contract.

    `sheet` names the sheet of a spreadsheet (the first that is not empty); `header_row` is the first row of headings,
    `header_rows` how many rows they span (joined from above to below), `code_rows` how many rows of field codes under
    them are passed over; in the columns of `fill_down` an empty cell means the one above, as merged cells leave it.
    """

    file: Annotated[str, Field(min_length=1)]
    kind: str
    encoding: str | None = None
    delimiter: Annotated[str | None, Field(min_length=1, max_length=1)] = None
    sheet: str | None = None
    header_row: Annotated[int, Field(ge=1, le=100)] = 1
    header_rows: Annotated[int, Field(ge=1, le=10)] = 1
    code_rows: Annotated[int, Field(ge=0, le=10)] = 0
    fill_down: Annotated[tuple[str, ...], Field(strict=False)] = ()
    columns: dict[str, Annotated[FromColumn, BeforeValidator(_as_table)]] | None = None
    where: Annotated[tuple[Where, ...], Field(strict=False)] = ()

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong although every key has the right type."""
        if self.kind not in RECORDS:
            yield Flaw(("kind",), "source_unknown_kind", {"kind": self.kind, "nearest": nearest(self.kind, RECORDS)})
            return
        if Path(self.file).is_absolute() or ".." in Path(self.file).parts:
            yield Flaw(("file",), "source_outside_folder", {"file": self.file})
        if self.delimiter is not None and self.delimiter in '"\r\n\x00':
            yield Flaw(("delimiter",), "source_bad_delimiter")
        fields = RECORDS[self.kind].model_fields
        for column, origin in (self.columns or {}).items():
            if column not in fields:
                facts = {"column": column, "kind": self.kind, "nearest": nearest(column, fields)}
                yield Flaw(("columns", column), "source_unknown_column", facts)
            else:
                yield from (flaw.under("columns", column) for flaw in origin.flaws())
        for position, condition in enumerate(self.where):
            yield from (flaw.under("where", position) for flaw in condition.flaws())

    @property
    def layout(self) -> Layout:
        """Where the table stands in the file."""
        return Layout(self.sheet, self.header_row, self.header_rows, self.code_rows, self.fill_down)

    @property
    def pseudonyms(self) -> tuple[tuple[str, ...], ...]:
        """The groups of received columns that become one pseudonym each."""
        origins = (self.columns or {}).values()
        return tuple(dict.fromkeys(origin.pseudonym_of for origin in origins if origin.pseudonym_of))

    def origins(self, header: tuple[str, ...]) -> Mapping[str, FromColumn]:
        """How each contract column is got; headings that are the contract's own names need no saying."""
        if self.columns is None:
            return {column: FromColumn(column=column) for column in RECORDS[self.kind].model_fields if column in header}
        return self.columns


class Sources(_Part):
    """The whole of a `sources.toml`."""

    version: Literal[1]
    source: Annotated[tuple[Source, ...], Field(min_length=1, strict=False)]


@dataclass(frozen=True, slots=True)
class Projection:
    """The SQL that turns rows of a received file into text cells of a contract.

    Attributes:
        cells: contract column -> SQL of its text.
        named_units: contract column -> SQL of the department name to be looked up.
        kept: SQL, true for the rows the source takes.
    """

    cells: Mapping[str, str]
    named_units: Mapping[str, str]
    kept: str


def read_sources(folder: Path) -> tuple[Source, ...]:
    """The sources of a folder of records.

    Raises:
        UnreadableInput: the folder has no usable `sources.toml` and no `<kind>.csv`; with every fault found.
    """
    if not folder.is_dir():
        raise UnreadableInput(Fault("folder_not_found", str(folder)))
    described = folder / SOURCES
    if not described.is_file():
        found = tuple(Source(file=f"{kind}.csv", kind=kind) for kind in RECORDS if (folder / f"{kind}.csv").is_file())
        if not found:
            raise UnreadableInput(Fault("nothing_to_read", str(folder)))
        return found
    return parse_sources(described.read_bytes(), SOURCES)


def parse_sources(document: bytes, label: str) -> tuple[Source, ...]:
    """The sources of a TOML document.

    Raises:
        UnreadableInput: with every fault found, each with its line.
    """
    raw = read_toml(document, label, UnreadableInput)
    try:
        sources = Sources.model_validate(raw.tables)
    except ValidationError as error:
        raise UnreadableInput(placed(_deepest(flaws_of(error, Sources, raw.tables)), raw)) from None
    flaws = [
        flaw.under("source", position) for position, source in enumerate(sources.source) for flaw in source.flaws()
    ]
    if flaws:
        raise UnreadableInput(placed(flaws, raw))
    return sources.source


def _deepest(flaws: Iterable[Flaw]) -> list[Flaw]:
    """The flaws without those of a list that only lacks the entries already told."""
    found = list(flaws)
    lists = [flaw for flaw in found if flaw.code == "document_value_refused"]
    empty = [flaw for flaw in lists if any(_is_inside(other.path, flaw.path) for other in found)]
    return [flaw for flaw in found if flaw not in empty]


def _is_inside(path: KeyPath, other: KeyPath) -> bool:
    return len(path) > len(other) and path[: len(other)] == other


def project(source: Source, table: TextTable) -> Projection:
    """How the source's rows become cells of its contract.

    Raises:
        UnreadableInput: the file lacks a column that is named, or that the contract cannot do without.
    """
    origins = source.origins(table.header)
    _check_columns(source, table, origins)
    return Projection(
        cells={column: _text_of(origin, table) for column, origin in origins.items()},
        named_units={column: _text_of(origin, table) for column, origin in origins.items() if origin.unit_by == "name"},
        kept=" AND ".join(["TRUE", *(condition.sql(table) for condition in source.where)]),
    )


def _check_columns(source: Source, table: TextTable, origins: Mapping[str, FromColumn]) -> None:
    wanted = [used for origin in origins.values() for used in origin.uses(table.header)]
    wanted += [condition.column for condition in source.where]
    faults = [
        Fault("column_not_in_file", table.label, {"column": column, "nearest": nearest(column, table.header)})
        for column in dict.fromkeys(wanted)
        if column not in table.header
    ]
    needed = [column for column, field in RECORDS[source.kind].model_fields.items() if field.is_required()]
    facts: dict[str, Any] = {"kind": source.kind, "header": ", ".join(table.header)[:300]}
    faults += [
        Fault("column_without_origin", table.label, {"column": column, **facts})
        for column in needed
        if column not in origins
    ]
    if faults:
        raise UnreadableInput(faults)


def _text_of(origin: FromColumn, table: TextTable) -> str:
    cell = _received_text(origin, table)
    if origin.values:
        cases = " ".join(f"WHEN {text(old)} THEN {text(new)}" for old, new in origin.values.items())
        cell = f"CASE COALESCE({cell}, '') {cases} ELSE {cell} END"
    if origin.dates:
        # A text in none of the forms stays as it is, so that the reject shows what was received.
        cell = f"COALESCE({', '.join(_day_in(cell, form) for form in origin.dates)}, {cell})"
    return cell


def _day_in(cell: str, form: str) -> str:
    """SQL of the cell's day as YYYY-MM-DD, NULL where the cell is not in this form.

    DuckDB alone would read `epoch` as a day, and 21 as the year 21.
    """
    pattern = "".join(_digits(part) for part in _DATE_PARTS.findall(form))
    day = f"strftime(try_strptime({cell}, {text(form)}), '%Y-%m-%d')"
    return f"CASE WHEN regexp_full_match({cell}, {text(pattern)}) THEN {day} END"


def _digits(part: str) -> str:
    """The pattern of one part of a form: a field's digits, or the sign itself."""
    if not part.startswith("%") or part == "%%":
        return re.escape(part[-1])
    most = {"Y": "4", "y": "2", "j": "1,3"}.get(part[-1], "1,2")
    return "[A-Za-z]+" if part[-1] in "bBp" else f"[0-9]{{{most}}}"


def _received_text(origin: FromColumn, table: TextTable) -> str:
    if origin.constant is not None:
        return text(origin.constant)
    if origin.column is not None:
        return trimmed(name(table.cell(origin.column)))
    if origin.pseudonym_of:
        return name(table.cell(pseudonym_heading(origin.pseudonym_of)))
    cells = [f"COALESCE({trimmed(name(table.cell(column)))}, '')" for column in origin.uses(table.header)]
    joined = f" || {text(origin.join)} || ".join(cells)
    if origin.digest_of:
        # Sixteen hexadecimal digits: a repeat among a million records has a chance of 3 in 100 million.
        joined = f"left(sha256({f' || {_STEP} || '.join(cells)}), 16)"
    # Nothing but blanks joins to nothing, not to a lone separator that would pass for a code.
    return f"CASE WHEN concat({', '.join(cells)}) <> '' THEN {joined} END"


def trimmed(cell: str) -> str:
    """SQL: a cell without outer blanks. DuckDB's trim copies every text, and few need it."""
    return f"CASE WHEN starts_with({cell}, ' ') OR suffix({cell}, ' ') THEN trim({cell}) ELSE {cell} END"

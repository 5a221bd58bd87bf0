"""`sources.toml`: which file feeds which contract, and how each of the contract's columns is got from it.

Without a `sources.toml`, every `<kind>.csv` and `<kind>.xlsx` of the folder feeds the contract of that name, heading by
heading.
"""

from __future__ import annotations

from collections import defaultdict
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
from etl.errors import Fault, UnreadableInput, UsageError
from etl.intake.tables import Layout, TextTable
from etl.intake.values import MonthMeans, day, is_date_form, is_month_form, on_one_line, written_number

SOURCES: Final = "sources.toml"
_ENDINGS: Final = ("csv", "xlsx")
"""What files named after a kind of record end in."""
_STEP: Final = "chr(31)"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FromColumn(_Part):
    """A contract column taken from the received file.

    Exactly one of `column`, `columns`, `constant`, `digest_of`, `pseudonym_of` says where the text comes from; the
    others say what is done to it, in this order: `one_line` turns line breaks within a cell into blanks, `values`
    replaces a whole text by another, `numbers` reads numbers as people write them, `dates` reads other forms than
    YYYY-MM-DD (`month_means` says which day a month without one is), `unit_by = "name"` looks the text up among the
    names and aliases of departments.
    """

    column: str | None = None
    columns: Annotated[tuple[str, ...], Field(strict=False)] = ()
    join: str = "-"
    constant: str | None = None
    digest_of: Annotated[tuple[str, ...], Field(strict=False)] = ()
    pseudonym_of: Annotated[tuple[str, ...], Field(strict=False)] = ()
    within: Annotated[tuple[str, ...], Field(strict=False)] = ()
    one_line: bool = False
    numbers: Literal["plain", "written"] = "plain"
    values: dict[str, str] = Field(default_factory=dict)
    dates: Annotated[tuple[str, ...], Field(strict=False)] = ()
    month_means: MonthMeans | None = None
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
        treated = (self.one_line, self.numbers != "plain", self.values, self.dates, self.unit_by != "code")
        if self.pseudonym_of and any(treated):
            yield Flaw(("pseudonym_of",), "source_pseudonym_treated")
        if self.within and not self.pseudonym_of:
            yield Flaw(("within",), "source_within_nothing")
        for position, form in enumerate(self.dates):
            if not is_date_form(form, self.month_means):
                yield Flaw(("dates", position), "source_unknown_date_form", {"form": form})
        if self.month_means is not None and not any(map(is_month_form, self.dates)):
            yield Flaw(("month_means",), "source_no_form_of_months")

    @property
    def person(self) -> tuple[str, ...]:
        """The received columns that together are one person: those to be concealed, and those that tell them apart."""
        return (*self.pseudonym_of, *self.within)

    def uses(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """The received columns it reads; `digest_of = ["*"]` reads all."""
        if self.digest_of == ("*",):
            return header
        if self.pseudonym_of:
            return (pseudonym_heading(self.person),)
        return (self.column,) if self.column is not None else (*self.columns, *self.digest_of)


def pseudonym_heading(columns: tuple[str, ...]) -> str:
    """Heading of the column of pseudonyms that takes the place of these columns before anything is written."""
    return f"pseudonym of {', '.join(columns)}"


def _as_table(origin: Any) -> Any:
    """A heading alone is short for a table that names it."""
    return {"column": origin} if isinstance(origin, str) else origin


class Where(_Part):
    """A condition on rows; rows that do not meet all conditions of a source are set aside and counted.

    `first_per` looks at the rows that meet all the others: of those with one text in the column, and in the columns of
    `with` beside it, the first stays.
    """

    column: str
    is_in: Annotated[tuple[str, ...] | None, Field(alias="in", strict=False)] = None
    not_in: Annotated[tuple[str, ...] | None, Field(strict=False)] = None
    blank: bool | None = None
    same_as: str | None = None
    first_per: Literal[True] | None = None
    beside: Annotated[tuple[str, ...], Field(alias="with", strict=False)] = ()

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong although every key has the right type."""
        conditions = (self.is_in, self.not_in, self.blank, self.same_as, self.first_per)
        if sum(said is not None for said in conditions) != 1:
            yield Flaw((), "source_needs_one_condition")
        if self.beside and not self.first_per:
            yield Flaw(("with",), "source_with_without_first_per")

    @property
    def uses(self) -> tuple[str, ...]:
        """The received columns it looks at."""
        return (self.column, *self.beside, *([] if self.same_as is None else [self.same_as]))

    def cell(self, table: TextTable) -> str:
        """SQL of the text it looks at; of several columns, their texts with a sign between that no cell holds."""
        if not self.beside:
            return _cell_or_empty(table, self.column)
        cells = [_cell_or_empty(table, column) for column in (self.column, *self.beside)]
        return f"CASE WHEN concat({', '.join(cells)}) = '' THEN '' ELSE {f' || {_STEP} || '.join(cells)} END"

    def sql(self, table: TextTable) -> str:
        """SQL: true for a row that is kept, as far as one row alone can tell."""
        cell = self.cell(table)
        if self.first_per:
            return "TRUE"
        if self.same_as is not None:
            return f"{cell} = {_cell_or_empty(table, self.same_as)}"
        if self.blank is not None:
            return f"{cell} {'=' if self.blank else '<>'} ''"
        listed = self.is_in if self.is_in is not None else self.not_in or ()
        return f"{cell} {'IN' if self.is_in is not None else 'NOT IN'} ({', '.join(text(value) for value in listed)})"


class Mends(_Part):
    """The rows of another received file that the rows of a mended file take the place of.

    Attributes:
        file: as `sources.toml` names it.
        sha256: digest of the version of it that the rows were handed out from; in another version the numbers would
            mean other rows.
        rows: their numbers in that file.
    """

    file: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    rows: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, strict=False)]


class Source(_Part):
    """One file feeding one contract.

    `sheet` names the sheet of a spreadsheet (the first that is not empty); `header_row` is the first row of headings,
    `header_rows` how many rows they span (joined from above to below), `code_rows` how many rows of field codes under
    them are passed over; in the columns of `fill_down` an empty cell means the one above, as merged cells leave it;
    `mends` says which rows of another file it takes the place of.
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
    mends: Mends | None = None

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
        return tuple(dict.fromkeys(origin.person for origin in origins if origin.pseudonym_of))

    @property
    def concealed(self) -> frozenset[str]:
        """The received columns that nobody may read as they are."""
        return frozenset(column for origin in (self.columns or {}).values() for column in origin.pseudonym_of)

    def clear_readings(self) -> Iterator[tuple[KeyPath, str]]:
        """Every received column it reads as it is, and the key that says so; `*` where a digest reads all."""
        if self.columns is None and self.kind in RECORDS:
            yield from (((), column) for column in RECORDS[self.kind].model_fields)
        for column, origin in (self.columns or {}).items():
            if not origin.pseudonym_of:
                yield from ((("columns", column), used) for used in origin.digest_of or origin.uses(()))
        for position, condition in enumerate(self.where):
            yield ("where", position, "column"), condition.column
            if condition.same_as is not None:
                yield ("where", position, "same_as"), condition.same_as
            yield from ((("where", position, "with"), column) for column in condition.beside)

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
        first_per: SQL of texts; of the kept rows with the same one, the first is taken.
    """

    cells: Mapping[str, str]
    named_units: Mapping[str, str]
    kept: str
    first_per: tuple[str, ...] = ()


def expect_folder(path: Path) -> None:
    """Go on only where a path that somebody named is a folder.

    Raises:
        UsageError: there is nothing, or a file.
    """
    if not path.is_dir():
        raise UsageError(Fault("folder_is_a_file" if path.exists() else "folder_not_found", str(path)))


def read_sources(folder: Path) -> tuple[Source, ...]:
    """The sources of a folder of records.

    Raises:
        UsageError: there is no such folder.
        UnreadableInput: the folder has no usable `sources.toml` and no file named after a kind of record; with every
            fault found.
    """
    expect_folder(folder)
    described = folder / SOURCES
    if not described.is_file():
        found = named_sources(folder)
        if not found:
            raise UnreadableInput(Fault("nothing_to_read", str(folder)))
        return found
    return parse_sources(described.read_bytes(), SOURCES)


def named_sources(folder: Path) -> tuple[Source, ...]:
    """The sources of a folder without a `sources.toml`: its files that are named after a kind of record."""
    named = ((kind, f"{kind}.{ending}") for kind in RECORDS for ending in _ENDINGS)
    return tuple(Source(file=file, kind=kind) for kind, file in named if (folder / file).is_file())


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
    flaws += _people_in_clear(sources.source)
    flaws += _mends_in_a_circle(sources.source)
    if flaws:
        raise UnreadableInput(placed(flaws, raw))
    return sources.source


def _people_in_clear(sources: tuple[Source, ...]) -> Iterator[Flaw]:
    """Columns of which one source makes pseudonyms, and which it or another source of the file reads as they are."""
    concealed: defaultdict[Path, set[str]] = defaultdict(set)
    for source in sources:
        concealed[Path(source.file)].update(source.concealed)
    for position, source in enumerate(sources):
        for path, column in source.clear_readings():
            if column in concealed[Path(source.file)] or (column == "*" and concealed[Path(source.file)]):
                yield Flaw(("source", position, *path), "source_reads_people_in_clear", {"column": column})


def _mends_in_a_circle(sources: tuple[Source, ...]) -> Iterator[Flaw]:
    """Files that take each other's place, or their own: no row of theirs would be left."""
    mended = {one.file: one.mends.file for one in sources if one.mends is not None}
    for position, source in enumerate(sources):
        file, seen = source.file, set[str]()
        while file in mended and file not in seen:
            seen.add(file)
            file = mended[file]
        if source.mends is not None and file == source.file:
            yield Flaw(("source", position, "mends"), "source_mends_itself", {"file": source.mends.file})


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
        first_per=tuple(condition.cell(table) for condition in source.where if condition.first_per),
    )


def _check_columns(source: Source, table: TextTable, origins: Mapping[str, FromColumn]) -> None:
    wanted = [used for origin in origins.values() for used in origin.uses(table.header)]
    wanted += [column for condition in source.where for column in condition.uses]
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
    if origin.one_line:
        cell = on_one_line(cell)
    if origin.values:
        cases = " ".join(f"WHEN {text(old)} THEN {text(new)}" for old, new in origin.values.items())
        cell = f"CASE COALESCE({cell}, '') {cases} ELSE {cell} END"
    if origin.numbers == "written":
        cell = written_number(cell)
    if origin.dates:
        cell = day(cell, origin.dates, origin.month_means)
    return cell


def _received_text(origin: FromColumn, table: TextTable) -> str:
    if origin.constant is not None:
        return text(origin.constant)
    if origin.column is not None:
        return _trimmed(table, origin.column)
    if origin.pseudonym_of:
        return _only_pseudonyms(name(table.cell(pseudonym_heading(origin.person))))
    cells = [_cell_or_empty(table, column) for column in origin.uses(table.header)]
    joined = f" || {text(origin.join)} || ".join(cells)
    if origin.digest_of:
        # Sixteen hexadecimal digits: a repeat among a million records has a chance of 3 in 100 million.
        joined = f"left(sha256({f' || {_STEP} || '.join(cells)}), 16)"
    # Nothing but blanks joins to nothing, not to a lone separator that would pass for a code.
    return f"CASE WHEN concat({', '.join(cells)}) <> '' THEN {joined} END"


def _cell_or_empty(table: TextTable, column: str) -> str:
    return f"COALESCE({_trimmed(table, column)}, '')"


def _only_pseudonyms(cell: str) -> str:
    """SQL: the cell, and where it is no pseudonym a sign that no contract takes, so that it is rejected unseen."""
    is_one = f"COALESCE({cell}, '') = '' OR regexp_full_match({cell}, 'p[0-9a-f]{{32}}')"
    return f"CASE WHEN {is_one} THEN {cell} ELSE chr(127) END"


def _trimmed(table: TextTable, column: str) -> str:
    """SQL: a cell without outer blanks. DuckDB's trim copies every text, and of many few need it."""
    cell = name(table.cell(column))
    if table.has_few_rows:
        return f"trim({cell})"
    return f"CASE WHEN starts_with({cell}, ' ') OR suffix({cell}, ' ') THEN trim({cell}) ELSE {cell} END"

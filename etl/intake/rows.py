"""One received file against its contract: the SQL that reads, maps and checks every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from etl.contracts.records import RECORDS
from etl.engine import Engine, EngineError, name, one_file, text
from etl.errors import Fault, UnreadableInput
from etl.intake.amending import Amending
from etl.intake.beside import Beside
from etl.intake.checks import CHECKS, ColumnCheck, ContractCheck, unknown
from etl.intake.formats import rewrite
from etl.intake.mapping import Projection, Source, project
from etl.intake.names import RECORD_DAY, Resolved, resolve_names
from etl.intake.passing import Passing
from etl.intake.people import open_concealed
from etl.intake.received import Received, look_at, path_in
from etl.intake.tables import Misfit, TextTable
from etl.units import UnitVersion

_NOTHING: Final = "CAST(NULL AS VARCHAR)"
_COPY_ROW: Final = "row of the received file"
_POSITION: Final = "position under the header"

TEMPLATE_HEADER_ROW: Final = 2
"""Where templates have the contract's own column names, under headings in the body's language."""

_UNTOLD: Final = "'?'"
_SMALL: Final = 100_000
"""Rows of a file that is rather read twice than once with all that could be wrong with it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A source with its file understood.

    Attributes:
        number: its place in `sources.toml`, from 0.
        seen: the received file as it was before it was opened.
        folder: where copies of the file go.
        amending: the corrections of the source, where there are any.
        fingerprint: of the key its pseudonyms are made with, where it has any.
        mended: numbers of its rows that a mended file takes the place of.
    """

    number: int
    source: Source
    seen: Received
    table: TextTable
    projection: Projection
    folder: Path
    amending: Amending | None = None
    fingerprint: str | None = None
    mended: frozenset[int] = frozenset()

    @property
    def kind(self) -> str:
        """The contract it feeds."""
        return self.source.kind

    @property
    def passing(self) -> Passing:
        """Its checked rows, until they are staged."""
        return Passing.of(f"checked_{self.number}", self.folder, self.table.rows or 0)

    @property
    def checked(self) -> str:
        """SQL: its checked rows: the staged values, `_row` and `_faults`.

        `_faults` is NULL for a row that is fine, and an empty list for a row
        without any text; a list as JSON, because a nested column would slow every row for the sake of few. No contract
        has a column that begins with an underscore.
        """
        return self.passing.rows

    @property
    def numbered(self) -> str:
        """SQL: the checked rows, each with its number in the received file (`_row`) and that of its source.

        Those that a mended file takes the place of are not among them.
        """
        left = f" WHERE {self.stays('_row')}" if self.mended else ""
        return f"(SELECT * EXCLUDE (file_row_number), {self.number} AS _source FROM {self.checked}{left})"

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """Its rows that do not fit the header, without those that a mended file takes the place of."""
        return tuple(misfit for misfit in self.table.misfits if misfit.row not in self.mended)

    def stays(self, row: str) -> str:
        """SQL: whether the row of this number is read; a mended file takes the place of the others."""
        return f"{row} NOT IN ({', '.join(map(str, sorted(self.mended)))})" if self.mended else "TRUE"

    @property
    def received(self) -> Passing:
        """Its rows as they came, in the order of the file, while they are checked.

        Several threads keep that order only where nothing is joined, as departments and records named by a row are;
        and to number the rows of a large file while it is read would let one thread alone read it.
        """
        return Passing.of(f"received_{self.number}", self.folder, self.table.rows or 0)


@dataclass(frozen=True, slots=True)
class Checked:
    """A source whose rows are checked.

    Attributes:
        opened: the source as it was read in the end.
        unknown_names: rows of every department name that nobody has decided on.
        rows: how many rows the source asks for.
        blank: how many of them have no text at all.
        faulty: how many of them have a fault.
        mended: those of them with text that a mended file takes the place of: number -> whether nothing is wrong with
            it; none of them is among the faulty.
    """

    opened: Opened
    unknown_names: Mapping[str, int]
    rows: int
    blank: int
    faulty: int
    mended: Mapping[int, bool] = field(default_factory=dict)

    @property
    def fine(self) -> int:
        """How many rows have no fault of their own."""
        return self.rows - self.blank - len(self.mended) - self.faulty


def open_source(number: int, source: Source, received_files: Path, job: Path, beside: Beside) -> Opened:
    """Understand the file of a source and how its columns become the contract's.

    Args:
        number: the source's place in `sources.toml`.
        source: what is said about it.
        received_files: the folder it is in.
        job: where a folder for copies is made.
        beside: what the received files are read with.

    Raises:
        UnreadableInput: with every fault found.
    """
    folder = job / f"source-{number}"
    folder.mkdir()
    received = beside.newer.get(source.file) or path_in(received_files, source.file)
    seen = look_at(received, source.file)
    table, fingerprint = open_concealed(received, [source], folder, beside)
    if fingerprint is None and _may_be_a_template(source, table):
        source, table = _as_template(received, source, table, folder, beside)
    corrections = beside.corrections.of(number)
    amending = Amending(source, corrections) if corrections else None
    return Opened(number, source, seen, table, project(source, table), folder, amending, fingerprint)


def _may_be_a_template(source: Source, table: TextTable) -> bool:
    """Whether nothing is said about a file whose first row holds none of the names it would need."""
    return source.columns is None and "header_row" not in source.model_fields_set and not _is_named(source, table)


def _as_template(
    received: Path, source: Source, table: TextTable, folder: Path, beside: Beside
) -> tuple[Source, TextTable]:
    """The file read from its second row on, if that holds the contract's own names, as templates do."""
    below = source.model_copy(update={"header_row": TEMPLATE_HEADER_ROW})
    copies = folder / "template"
    copies.mkdir()
    try:
        lower, _ = open_concealed(received, [below], copies, beside)
    except UnreadableInput:
        return source, table
    return (below, lower) if _is_named(source, lower) else (source, table)


def _is_named(source: Source, table: TextTable) -> bool:
    fields = RECORDS[source.kind].model_fields
    return all(column in table.header for column, field in fields.items() if field.is_required())


def load(
    opened: Opened, engine: Engine, versions: Iterable[UnitVersion], aliases: Iterable[tuple[str, str]]
) -> Checked:
    """Check every row of a source.

    Args:
        opened: the source.
        engine: the job's engine; the kinds the contract refers to are staged in it.
        versions: the departments, for names.
        aliases: (name, unit_id) decided on.

    Raises:
        UnreadableInput: the file cannot be read row by row.
    """
    known = (list(versions), list(aliases))
    if opened.table.rows is not None:
        try:
            checked = _load(opened, engine, *known)
            if _rows_read(checked, engine) == opened.table.rows:
                return checked
        except EngineError:
            pass  # not one line a row after all
    try:
        if not opened.table.numbered:
            opened = replace(opened, table=rewrite(opened.table, opened.source.layout, opened.folder))
        return _load(opened, engine, *known)
    except FileNotFoundError:
        raise UnreadableInput(Fault("file_changed_while_read", opened.table.label)) from None
    except EngineError as error:
        raise UnreadableInput(Fault("file_not_readable", opened.table.label, {"why": str(error)[:200]})) from None


def _load(opened: Opened, engine: Engine, versions: list[UnitVersion], aliases: list[tuple[str, str]]) -> Checked:
    if _passes_through(opened.table):
        opened.received.make(f"SELECT * FROM {reader(opened)}", engine)
    unknown_names = _look_up_names(opened, engine, versions, aliases)
    if opened.amending is not None:
        opened.amending.find(_text_rows(opened), engine)
    checked = _check(opened, engine, unknown_names)
    if _passes_through(opened.table):
        opened.received.forget(engine)
    return checked


def _passes_through(table: TextTable) -> bool:
    """Whether its rows are kept as they came before they are checked: those of a large file without their numbers."""
    return not table.numbered and not table.has_few_rows


def _check(opened: Opened, engine: Engine, unknown_names: Mapping[str, int]) -> Checked:
    """Make the checked rows.

    The reasons of every column are a long expression: preparing it takes longer than reading a small file, in which
    most often nothing is wrong. A large file is read once.
    """
    if (opened.table.rows or 0) < _SMALL:
        opened.passing.make(_checked_rows(opened, _UNTOLD), engine)
        checked = _counted(opened, engine, unknown_names)
        if not checked.faulty:
            return checked
    opened.passing.make(_checked_rows(opened), engine)
    return _counted(opened, engine, unknown_names)


def _counted(opened: Opened, engine: Engine, unknown_names: Mapping[str, int]) -> Checked:
    faulty = f"COUNT(*) FILTER (_faults <> '[]' AND {opened.stays('_row')})"
    counts = f"SELECT COUNT(*), COUNT(*) FILTER (_faults = '[]'), {faulty} FROM {opened.checked}"
    ((rows, blank, with_faults),) = engine.rows(counts)
    return Checked(opened, unknown_names, rows, blank, with_faults, _mended(opened, engine))


def _mended(opened: Opened, engine: Engine) -> Mapping[int, bool]:
    """The rows with text that a mended file takes the place of, and whether nothing is wrong with them."""
    if not opened.mended:
        return {}
    filled = "_faults IS DISTINCT FROM '[]'"
    found = f"SELECT _row, _faults IS NULL FROM {opened.checked} WHERE NOT ({opened.stays('_row')}) AND {filled}"
    return {int(row): is_fine for row, is_fine in engine.rows(found)}


def _rows_read(checked: Checked, engine: Engine) -> int:
    if not checked.opened.source.where:
        return checked.rows
    return int(engine.value(f"SELECT COUNT(*) FROM {reader(checked.opened)}"))


def _look_up_names(
    opened: Opened, engine: Engine, versions: list[UnitVersion], aliases: list[tuple[str, str]]
) -> Mapping[str, int]:
    """Fill the tables of the department names in the file that are certain, and count the rows of those that are not.

    `names` holds (label, unit_id), and `names_by_day` (label, day, unit_id) where the record's day decides.
    """
    if not opened.projection.named_units:
        return {}
    counted: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for label in opened.projection.named_units.values():
        query = f"SELECT {label}, COUNT(*), {_staying(opened)} FROM {kept_rows(opened)} GROUP BY ALL"
        for found, rows, staying in engine.rows(query):
            if found:
                counted[found] += rows
                waiting[found] += staying
    resolved = resolve_names(counted, versions, aliases)
    by_day, decided = _decide_by_day(opened, engine, resolved)
    engine.run("CREATE OR REPLACE TABLE names (label VARCHAR, unit_id VARCHAR)")
    engine.fill("names", list(resolved.certain.items()))
    # Joined by equality alone: a join on a range of days would not keep the rows in the order of the file.
    engine.run("CREATE OR REPLACE TABLE names_by_day (label VARCHAR, day VARCHAR, unit_id VARCHAR)")
    engine.fill("names_by_day", by_day)
    undecided = {label: rows - decided[label] for label, rows in waiting.items() if label not in resolved.certain}
    return {label: rows for label, rows in undecided.items() if rows}


def _staying(opened: Opened) -> str:
    """SQL: how many rows there are that no mended file takes the place of."""
    return f"COUNT(*) FILTER ({opened.stays(_row_number(opened))})" if opened.mended else "COUNT(*)"


def _decide_by_day(
    opened: Opened, engine: Engine, resolved: Resolved
) -> tuple[list[tuple[str, str, str]], Counter[str]]:
    """(label, day, unit_id) of the names that departments bore one after the other, and how many rows that decides.

    Rows that a mended file takes the place of are not counted.
    """
    found: set[tuple[str, str, str]] = set()
    decided: Counter[str] = Counter()
    day = _record_day(opened)
    if day is None or not resolved.turns:
        return [], decided
    for label in opened.projection.named_units.values():
        query = f"SELECT {label} AS label, {day} AS day, {_staying(opened)} FROM {kept_rows(opened)}"
        for borne, written, rows in engine.rows(f"{query} GROUP BY ALL HAVING label IN ({_listed(resolved.turns)})"):
            unit_id = resolved.bearer(borne, written or "")
            if unit_id is not None:
                found.add((borne, written, unit_id))
                decided[borne] += rows
    return sorted(found), decided


def _listed(names: Iterable[str]) -> str:
    return ", ".join(text(one) for one in names)


def _record_day(opened: Opened) -> str | None:
    """SQL: the day of a record of this source as text; None where it has none."""
    return opened.projection.cells.get(RECORD_DAY.get(opened.kind, ""))


def _join_names(opened: Opened, column: str) -> str:
    """SQL: joins with the department that the name in a column means, on any day and on the record's day."""
    label, day = opened.projection.named_units[column], _record_day(opened)
    join = f"LEFT JOIN names AS {_names(column)} ON {_names(column)}.label = {label}"
    if day is None:
        return join
    by_day = _names_by_day(column)
    return f"{join} LEFT JOIN names_by_day AS {by_day} ON {by_day}.label = {label} AND {by_day}.day = {day}"


def _checked_rows(opened: Opened, reasons: str | None = None) -> str:
    """SQL: staged values, key, row number and faults of every row the source asks for.

    Args:
        opened: the source.
        reasons: SQL of the faults of a row in which something is wrong; the contract's own unless said.
    """
    check = CHECKS[opened.kind].with_references(opened.projection.named_units)
    flags = "".join(f", {_is_unknown(column)} AS {name(unknown(column.column))}" for column in _references(check))
    texts = _text_rows(opened) if opened.amending is None else opened.amending.amended(_text_rows(opened))
    told = reasons or f"CAST(to_json({check.reasons}) AS VARCHAR)"
    return (
        f"SELECT {check.staged}, _row,"
        f" CASE WHEN {check.fine} THEN NULL WHEN _is_blank THEN '[]' ELSE {told} END AS _faults"
        f" FROM (SELECT *{flags} FROM {check.read(f'({texts})')})"
    )


def _text_rows(opened: Opened) -> str:
    """SQL: the contract's columns as text, `_row` and `_is_blank` of every row the source asks for."""
    cells, named = opened.projection.cells, opened.projection.named_units
    texts = ", ".join(
        f"{_looked_up(opened, column) or cells.get(column, _NOTHING)} AS {name(column)}"
        for column in RECORDS[opened.kind].model_fields
    )
    joins = " ".join(_join_names(opened, column) for column in named)
    return (
        f"SELECT {texts}, {_is_blank(opened.table.cells)} AS _is_blank, {_row_number(opened)} AS _row"
        f" FROM {kept_rows(opened)} {joins}"
    )


def _is_blank(columns: Iterable[str]) -> str:
    """SQL: true for a row without any text. Nearly every row is decided by its first cell; CASE stops there."""
    first, *_ = columns
    together = ", ".join(name(column) for column in columns)
    return f"CASE WHEN {name(first)} > ' ' THEN FALSE ELSE trim(concat({together})) = '' END"


def _row_number(opened: Opened) -> str:
    if opened.table.numbered:
        return f"CAST({name(_COPY_ROW)} AS BIGINT)"
    return f"{opened.table.header_row} + {name(_POSITION)}"


def kept_rows(opened: Opened) -> str:
    """SQL: the rows the source asks for."""
    projection = opened.projection
    kept = f"(SELECT * FROM {_counted_rows(opened)} WHERE {projection.kept})"
    row = name(_COPY_ROW if opened.table.numbered else _POSITION)
    for cell in projection.first_per:
        turn = f"row_number() OVER (PARTITION BY {cell} ORDER BY CAST({row} AS BIGINT))"
        # A row without any text there repeats none.
        kept = f"(SELECT * FROM {kept} QUALIFY {cell} = '' OR {turn} = 1)"
    return kept


def _counted_rows(opened: Opened) -> str:
    """SQL: the file's rows, each with its place in the file, before a filter takes any out or a join mixes them up."""
    if opened.table.numbered:
        return reader(opened)
    if _passes_through(opened.table):
        place = f"file_row_number + 1 AS {name(_POSITION)}"
        return f"(SELECT * EXCLUDE (file_row_number), {place} FROM {opened.received.rows})"
    return f"(SELECT *, row_number() OVER () AS {name(_POSITION)} FROM {reader(opened)})"


def reader(opened: Opened) -> str:
    """SQL that reads the opened file as text, column for column, and raises rather than skip a row."""
    table = opened.table
    columns = [_COPY_ROW, *table.cells] if table.numbered else table.cells
    declared = ", ".join(f"{text(column)}: 'VARCHAR'" for column in columns)
    return (
        f"read_csv({one_file(table.path)}, auto_detect = false, hive_partitioning = false, header = false,"
        f" skip = {table.header_row},"
        f" delim = {text(table.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, null_padding = false,"
        f" columns = {{{declared}}})"
    )


def _references(check: ContractCheck) -> list[ColumnCheck]:
    return [column for column in check.columns if column.refers is not None]


def _is_unknown(column: ColumnCheck) -> str:
    """SQL: true where the record that the cell names is not staged."""
    kind = str(column.refers)
    return f"{name(column.column)} NOT IN (SELECT {name(RECORDS[kind].key[0])} FROM staged_{kind})"


def _names(column: str) -> str:
    return name(f"names of {column}")


def _names_by_day(column: str) -> str:
    return name(f"names by day of {column}")


def _looked_up(opened: Opened, column: str) -> str | None:
    """SQL: the department's code where the name is certain, otherwise the name as it came."""
    label = opened.projection.named_units.get(column)
    if label is None:
        return None
    by_day = "" if _record_day(opened) is None else f"{_names_by_day(column)}.unit_id, "
    return f"COALESCE({by_day}{_names(column)}.unit_id, {label})"

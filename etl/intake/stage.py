"""The door of the intake: a folder of received files becomes staged records and rejects.

Every received row ends in exactly one place: staged, rejected with all its reasons, or set aside because the source
asked for other rows or the row is blank. `Loaded.balance` holds that sum, and staging stops if it does not come out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.contracts.records import RECORDS
from etl.contracts.rows import AddsUpToOne
from etl.engine import Engine, EngineError, name, text
from etl.errors import Fault, UnreadableInput
from etl.intake.checks import CHECKS, ColumnCheck, ContractCheck, unknown
from etl.intake.formats import TextTable, open_text_table, rewrite
from etl.intake.mapping import Projection, Source, project
from etl.intake.names import resolve_names
from etl.units import UnitVersion

WRONG_CELLS: Final = "wrong_number_of_cells"
SENT_TWICE: Final = "sent_twice"
CONTRADICTS: Final = "contradicts_another_row"
WHOLE_ROW: Final = "*"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one received file under one contract; counts are rows.

    Attributes:
        received: rows under the header that are not blank lines.
        staged: rows that became records.
        rejected: rows with at least one reason.
        set_aside: rows the source did not ask for, or without any text.
    """

    file: str
    kind: str
    encoding: str
    sha256: str
    received: int
    staged: int
    rejected: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Staged:
    """The outcome of staging a folder.

    Attributes:
        records: folder with one sorted `<kind>.parquet` for every kind, empty ones included.
        origins: folder with one `<kind>.parquet` of (file, row), line by line beside the records.
        rejects: CSV of every reject, as the published table of that name.
        loaded: one entry for each source, in the order of `sources.toml`.
        unknown_names: (file, name as received, rows) of department names nobody has decided on.
    """

    records: Path
    origins: Path
    rejects: Path
    loaded: tuple[Loaded, ...]
    unknown_names: tuple[tuple[str, str, int], ...]


def stage(folder: Path, sources: Sequence[Source], job: Path, engine: Engine) -> Staged:
    """Read, check and stage every source of a folder.

    Args:
        folder: the received files; only read.
        sources: from `read_sources`.
        job: a new folder for what is made.
        engine: an engine of this job alone.

    Raises:
        UnreadableInput: with the faults of every file that cannot be understood.
    """
    stager = _Stager(folder, job, engine)
    stager.open_all(sources)
    for kind in RECORDS:
        stager.stage_kind(kind)
    return stager.finish()


@dataclass(slots=True)
class _Open:
    """A source with its file opened: number in `sources.toml`, and the job's folder for its copies."""

    number: int
    source: Source
    table: TextTable
    projection: Projection
    folder: Path

    @property
    def received(self) -> str:
        """Name of the table that holds its checked rows."""
        return f"received_{self.number}"


class _Stager:
    def __init__(self, folder: Path, job: Path, engine: Engine) -> None:
        self.folder, self.job, self.engine = folder, job, engine
        self.records, self.origins = job / "records", job / "origins"
        self.records.mkdir()
        self.origins.mkdir()
        self.open: list[_Open] = []
        self.loaded: dict[int, Loaded] = {}
        self.versions: list[UnitVersion] = []
        self.aliases: list[tuple[str, str]] = []
        engine.run(
            "CREATE TABLE rejects (source INTEGER, file VARCHAR, row_no BIGINT, kind VARCHAR, column_name VARCHAR,"
            " reason VARCHAR, cell VARCHAR)"
        )
        engine.run("CREATE TABLE unknown_names (source INTEGER, file VARCHAR, label VARCHAR, row_count BIGINT)")

    def open_all(self, sources: Sequence[Source]) -> None:
        faults: list[Fault] = []
        for number, source in enumerate(sources):
            folder = self.job / f"source-{number}"
            folder.mkdir()
            try:
                received = _inside(self.folder, source.file)
                table = open_text_table(
                    received, source.file, folder, source.encoding, source.delimiter, source.header_row
                )
                self.open.append(_Open(number, source, table, project(source, table), folder))
            except UnreadableInput as error:
                faults += error.faults
        if faults:
            raise UnreadableInput(fault for position, fault in enumerate(faults) if fault not in faults[:position])

    def stage_kind(self, kind: str) -> None:
        feeding = [opened for opened in self.open if opened.source.kind == kind]
        for opened in feeding:
            self._load(opened)
        self._take_out_repeats(kind, feeding)
        for rule in RECORDS[kind].sums:
            self._take_out_wrong_sums(kind, feeding, rule)
        self._write(kind, feeding)
        for opened in feeding:
            self._balance(opened)
        self._remember_units(kind)

    def finish(self) -> Staged:
        rejects = self.job / "rejects.csv"
        self.engine.run(
            'COPY (SELECT file, row_no AS "row", kind, column_name AS "column", reason, cell AS "text" FROM rejects'
            " ORDER BY file, row_no, kind, column_name, reason, cell)"
            f" TO {text(str(rejects))} (FORMAT csv, HEADER true)"
        )
        unknown = self.engine.rows(
            "SELECT file, label, CAST(SUM(row_count) AS BIGINT) FROM unknown_names GROUP BY file, label ORDER BY ALL"
        )
        loaded = tuple(self.loaded[number] for number in sorted(self.loaded))
        return Staged(self.records, self.origins, rejects, loaded, tuple(unknown))

    # One source -----------------------------------------------------------------------------------------------------

    def _load(self, opened: _Open) -> None:
        """Check every row into a table of staged values and faults; a row that is fine has no faults."""
        if opened.table.rows is None or not self._loads_plainly(opened):
            opened.table = rewrite(opened.table, opened.folder)
            self._load_rows(opened)
        self._note_rejects(opened)

    def _loads_plainly(self, opened: _Open) -> bool:
        try:
            self._load_rows(opened)
        except EngineError:
            return False
        return self._rows_read(opened) == opened.table.rows

    def _load_rows(self, opened: _Open) -> None:
        self._look_up_names(opened)
        self.engine.run(f"CREATE OR REPLACE TABLE {opened.received} AS {self._checked_rows(opened)}")

    def _checked_rows(self, opened: _Open) -> str:
        """SQL: staged values, row_no and faults of every row the source asks for. Faults are NULL for a fine row, and
        empty for a row without any text, which is set aside.
        """
        cells, named = opened.projection.cells, opened.projection.named_units
        check = CHECKS[opened.source.kind].with_references(named)
        texts = ", ".join(
            f"{_looked_up(column, named) or cells.get(column, _NOTHING)} AS {name(column)}"
            for column in RECORDS[opened.source.kind].model_fields
        )
        joins = " ".join(
            f"LEFT JOIN names AS {_names(column)} ON {_names(column)}.label = {label}"
            for column, label in named.items()
        )
        flags = "".join(f", {_is_unknown(column)} AS {name(unknown(column.column))}" for column in _references(check))
        blank = " AND ".join(f"COALESCE(trim({name(column)}), '') = ''" for column in opened.table.cells)
        return (
            f"SELECT {check.staged}, row_no, CASE WHEN {check.fine} THEN NULL WHEN is_blank THEN [] ELSE {check.reasons}"
            f" END AS faults FROM (SELECT *{flags} FROM (SELECT {texts}, {blank} AS is_blank,"
            f" {self._row_number(opened)} AS row_no FROM {_reader(opened)} {joins} WHERE {opened.projection.kept}))"
        )

    def _row_number(self, opened: _Open) -> str:
        """SQL of the row's number in the received file, or NULL where the table's own order tells it (see `_numbered`)."""
        if opened.table.numbered:
            return f"CAST({name(_COPY_ROW)} AS BIGINT)"
        if opened.source.where:
            return f"{opened.table.header_row} + row_number() OVER ()"
        # Numbering while reading halves the speed; the rows arrive in order, so that rowid numbers them for nothing.
        return "CAST(NULL AS BIGINT)"

    def _numbered(self, opened: _Open) -> str:
        """The checked rows, each with its number in the received file."""
        own_order = not opened.table.numbered and not opened.source.where
        row = f"rowid + {opened.table.header_row + 1}" if own_order else "row_no"
        return f"(SELECT * EXCLUDE (row_no), {row} AS row_no, {opened.number} AS source FROM {opened.received})"

    def _look_up_names(self, opened: _Open) -> None:
        """The table `names` (label, unit_id) of every department name in the file that is certain."""
        counted: Counter[str] = Counter()
        for label in opened.projection.named_units.values():
            query = f"SELECT {label}, COUNT(*) FROM {_reader(opened)} WHERE {opened.projection.kept} GROUP BY ALL"
            counted.update({found: rows for found, rows in self.engine.rows(query) if found})
        resolved = resolve_names(counted, self.versions, self.aliases)
        self.engine.run("CREATE OR REPLACE TABLE names (label VARCHAR, unit_id VARCHAR)")
        for found, unit_id in resolved.items():
            self.engine.run("INSERT INTO names VALUES (?, ?)", [found, unit_id])
        self.engine.run("DELETE FROM unknown_names WHERE source = ?", [opened.number])
        for found in sorted(counted.keys() - resolved.keys()):
            facts = [opened.number, opened.table.label, found, counted[found]]
            self.engine.run("INSERT INTO unknown_names VALUES (?, ?, ?, ?)", facts)

    def _rows_read(self, opened: _Open) -> int:
        if opened.source.where:
            return int(self.engine.value(f"SELECT COUNT(*) FROM {_reader(opened)}"))
        return int(self.engine.value(f"SELECT COUNT(*) FROM {opened.received}"))

    def _note_rejects(self, opened: _Open) -> None:
        label, kind = text(opened.table.label), text(opened.source.kind)
        self.engine.run(
            f"INSERT INTO rejects SELECT source, {label}, row_no, {kind}, fault.column, fault.reason, fault.text"
            f" FROM (SELECT source, row_no, unnest(faults) AS fault FROM {self._numbered(opened)})"
        )
        for misfit in opened.table.misfits:
            shown = None if _has_personal_column(opened.source.kind) else misfit.text
            self.engine.run(
                f"INSERT INTO rejects VALUES (?, {label}, ?, {kind}, ?, ?, ?)",
                [opened.number, misfit.row, WHOLE_ROW, WRONG_CELLS, shown],
            )

    # All sources of one kind ----------------------------------------------------------------------------------------

    def _all_rows(self, feeding: Iterable[_Open]) -> str:
        """Every row without a fault so far, of all sources of a kind."""
        found = " UNION ALL ".join(f"SELECT * FROM {self._numbered(opened)} WHERE faults IS NULL" for opened in feeding)
        return f"({found})"

    def _take_out_repeats(self, kind: str, feeding: Sequence[_Open]) -> None:
        """Equal rows are one record sent twice: the first stays. Different rows under one key: none stays."""
        if not feeding:
            return
        contract = RECORDS[kind]
        key = ", ".join(name(column) for column in contract.key)
        rows = self._all_rows(feeding)
        hashed = f"SELECT hash({key}) AS key_hash FROM {rows}"
        suspects = self.engine.rows(f"SELECT key_hash FROM ({hashed}) GROUP BY key_hash HAVING COUNT(*) > 1")
        if not suspects:
            return
        self.engine.run("CREATE OR REPLACE TABLE suspects (key_hash UBIGINT)")
        self.engine.run(f"INSERT INTO suspects SELECT key_hash FROM ({hashed}) GROUP BY key_hash HAVING COUNT(*) > 1")
        columns = ", ".join(name(column) for column in contract.model_fields)
        self.engine.run(
            f"CREATE OR REPLACE TABLE repeats AS SELECT source, row_no, {key},"
            f" COUNT(*) OVER (PARTITION BY {key}) AS same_key,"
            f" COUNT(*) OVER (PARTITION BY {columns}) AS same_row,"
            f" row_number() OVER (PARTITION BY {columns} ORDER BY source, row_no) AS turn"
            f" FROM {rows} WHERE hash({key}) IN (SELECT key_hash FROM suspects)"
        )
        shown = f"concat_ws(' / ', {', '.join(self._shown(kind, column) for column in contract.key)})"
        self._reject(
            kind,
            f"SELECT source, row_no, {text(contract.key[0])},"
            f" CASE WHEN same_key = same_row THEN {text(SENT_TWICE)} ELSE {text(CONTRADICTS)} END, {shown}"
            " FROM repeats WHERE same_key > 1 AND (same_key <> same_row OR turn > 1)",
        )

    def _take_out_wrong_sums(self, kind: str, feeding: Sequence[_Open], rule: AddsUpToOne) -> None:
        if not feeding:
            return
        whole, part = name(rule.whole), name(rule.part)
        rows = f"(SELECT * FROM {self._all_rows(feeding)} WHERE {self._not_rejected(kind)})"
        self._reject(
            kind,
            f"SELECT source, row_no, {text(rule.part)}, {text(rule.fault)}, CAST({part} AS VARCHAR) FROM {rows}"
            f" WHERE {whole} IN (SELECT {whole} FROM {rows} GROUP BY {whole} HAVING SUM({part}) <> 1)",
        )

    def _reject(self, kind: str, found: str) -> None:
        """Note rejects found among several rows; `found` yields source, row_no, column, reason, text."""
        labels = " ".join(f"WHEN {opened.number} THEN {text(opened.table.label)}" for opened in self.open)
        self.engine.run(
            f"INSERT INTO rejects SELECT source, CASE source {labels} END, row_no, {text(kind)}, column_name, reason, cell"
            f" FROM ({found}) AS late (source, row_no, column_name, reason, cell)"
        )

    def _not_rejected(self, kind: str) -> str:
        return f"(source, row_no) NOT IN (SELECT (source, row_no) FROM rejects WHERE kind = {text(kind)})"

    def _shown(self, kind: str, column: str) -> str:
        personal = CHECKS[kind].column(column).personal
        return "'…'" if personal else f"CAST({name(column)} AS VARCHAR)"

    def _write(self, kind: str, feeding: Sequence[_Open]) -> None:
        """One sorted file of records and one of their origins; a view `staged_<kind>` over the records."""
        contract = RECORDS[kind]
        columns = ", ".join(name(column) for column in contract.model_fields)
        key = ", ".join(name(column) for column in contract.key)
        path, origins = self.records / f"{kind}.parquet", self.origins / f"{kind}.parquet"
        if feeding:
            late = self.engine.value(f"SELECT COUNT(*) FROM rejects WHERE kind = {text(kind)} AND reason IN {_LATE}")
            rows = self._all_rows(feeding) + (f" WHERE {self._not_rejected(kind)}" if late else "")
            self.engine.run(f"CREATE TABLE sorted AS SELECT {columns}, source, row_no FROM {rows} ORDER BY {key}")
        else:
            empty = ", ".join(f"CAST(NULL AS {check.kind}) AS {name(check.column)}" for check in CHECKS[kind].columns)
            self.engine.run(f"CREATE TABLE sorted AS SELECT {empty}, 0 AS source, 0 AS row_no WHERE FALSE")
        self.engine.run(f"COPY (SELECT {columns} FROM sorted) TO {text(str(path))} {PARQUET}")
        self.engine.run(f"COPY (SELECT source, row_no FROM sorted) TO {text(str(origins))} {PARQUET}")
        self.engine.run("DROP TABLE sorted")
        self.engine.run(f"CREATE VIEW staged_{kind} AS SELECT * FROM read_parquet({text(str(path))})")

    def _balance(self, opened: _Open) -> None:
        """Count where every row went, and let go of the checked rows."""
        number, label = opened.number, opened.table.label
        kind = opened.source.kind
        origins = text(str(self.origins / f"{kind}.parquet"))
        staged = self.engine.value(f"SELECT COUNT(*) FROM read_parquet({origins}) WHERE source = {number}")
        rejected = self.engine.value(f"SELECT COUNT(DISTINCT row_no) FROM rejects WHERE source = {number}")
        misfits = len(opened.table.misfits)
        received = (opened.table.rows or 0) + misfits
        asked_for = f"SELECT COUNT(*) FROM {opened.received} WHERE faults IS NULL OR len(faults) > 0"
        taken = self.engine.value(asked_for) + misfits
        if taken != staged + rejected:
            raise UnreadableInput(Fault("rows_do_not_balance", label, {"received": taken, "placed": staged + rejected}))
        self.loaded[number] = Loaded(
            label, kind, opened.table.encoding, opened.table.sha256, received, staged, rejected, received - taken
        )
        self.engine.run(f"DROP TABLE {opened.received}")

    def _remember_units(self, kind: str) -> None:
        if kind == "departments":
            query = (
                "SELECT unit_id, name, parent, peer_group, valid_from, valid_to FROM staged_departments ORDER BY ALL"
            )
            self.versions = [UnitVersion(*row) for row in self.engine.rows(query)]
        if kind == "aliases":
            self.aliases = [
                (alias, unit) for alias, unit in self.engine.rows("SELECT alias, unit_id FROM staged_aliases")
            ]


PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
_LATE: Final = f"({text(SENT_TWICE)}, {text(CONTRADICTS)}, {text(AddsUpToOne.fault)})"
_NOTHING: Final = "CAST(NULL AS VARCHAR)"
_COPY_ROW: Final = "row of the received file"


def _reader(opened: _Open) -> str:
    """SQL that reads the opened file as text, column for column, and raises rather than skip a row."""
    table = opened.table
    columns = [_COPY_ROW, *table.cells] if table.numbered else table.cells
    declared = ", ".join(f"{text(column)}: 'VARCHAR'" for column in columns)
    return (
        f"read_csv({text(str(table.path))}, auto_detect = false, header = false, skip = {table.header_row},"
        f" delim = {text(table.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, null_padding = false,"
        f" max_line_size = 8388608, columns = {{{declared}}})"
    )


def _references(check: ContractCheck) -> list[ColumnCheck]:
    return [column for column in check.columns if column.refers is not None]


def _is_unknown(column: ColumnCheck) -> str:
    """SQL: true where the record that the cell names is not staged."""
    kind = str(column.refers)
    return f"{name(column.column)} NOT IN (SELECT {name(RECORDS[kind].key[0])} FROM staged_{kind})"


def _names(column: str) -> str:
    return name(f"names of {column}")


def _looked_up(column: str, named: Mapping[str, str]) -> str | None:
    """SQL: the department's code where the name is certain, otherwise the name as it came."""
    return f"COALESCE({_names(column)}.unit_id, {named[column]})" if column in named else None


def _has_personal_column(kind: str) -> bool:
    return any(column.personal for column in CHECKS[kind].columns)


def _inside(folder: Path, file: str) -> Path:
    """The path of a received file, which must be a file of the folder and no link out of it.

    Raises:
        UnreadableInput: it leads elsewhere.
    """
    try:
        path = (folder / file).resolve()
    except (OSError, RuntimeError, ValueError):
        # A circle of links, a name too long for the disk, or one with a NUL.
        raise UnreadableInput(Fault("file_not_found", file)) from None
    if not path.is_relative_to(folder.resolve()):
        raise UnreadableInput(Fault("source_outside_folder", file, {"file": file}))
    return path

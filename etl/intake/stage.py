"""The door of the intake: a folder of received files becomes staged records and rejects.

Every received row ends in exactly one place: staged, rejected with all its reasons, held until somebody decides which
department its name means, or set aside because the source asked for other rows, the row is blank, or a mended file
takes its place. Staging stops if that sum does not come out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from etl.contracts.records import RECORDS
from etl.contracts.rows import AddsUpToOne
from etl.engine import Engine, name, text
from etl.errors import Fault, UnreadableInput
from etl.intake.amending import Made
from etl.intake.balance import Placed, placed_by_source
from etl.intake.beside import Beside, read_beside
from etl.intake.checks import CHECKS, UNKNOWN_NAME
from etl.intake.mapping import Source
from etl.intake.mending import MendedRows, Mending, mended_from
from etl.intake.ordering import in_key_order
from etl.intake.passing import Passing
from etl.intake.rows import Checked, Opened, load, open_source
from etl.units import UnitVersion

WRONG_CELLS: Final = "wrong_number_of_cells"
SENT_TWICE: Final = "sent_twice"
CONTRADICTS: Final = "contradicts_another_row"
WHOLE_ROW: Final = "*"
_FAULTS: Final = text('[{"column": "VARCHAR", "reason": "VARCHAR", "text": "VARCHAR"}]')
PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one received file under one contract; counts are rows.

    Attributes:
        received: rows under the header that are not blank lines, rows of codes among them.
        staged: rows that became records.
        rejected: rows with at least one fault.
        held: rows in which nothing is wrong but a department's name that nobody has decided on.
        set_aside: rows the source did not ask for, of codes, without any text, or mended.
        mended: rows set aside because a mended file takes their place.
    """

    file: str
    kind: str
    encoding: str
    sha256: str
    received: int
    staged: int
    rejected: int
    held: int
    set_aside: int
    mended: int = 0


@dataclass(frozen=True, slots=True)
class Staged:
    """The outcome of staging a folder.

    Attributes:
        records: folder with one sorted `<kind>.parquet` for every kind, empty ones included.
        origins: folder with one `<kind>.parquet` of (source, row_no), line by line beside the records.
        rejects: CSV of every reason why a row is rejected or held, as the published table of that name.
        loaded: one entry for each source, in the order of `sources.toml`.
        unknown_names: (file, name as received, rows) of department names nobody has decided on.
        versions: the departments under every name they had.
        made: the corrections made, in the order of `corrections.toml`.
        fingerprint: of the key the pseudonyms are made with, where a file has any.
        mended: the rows that mended files take the place of.
        notices: what somebody has to know of mended files; nothing is wrong with a row for it.
    """

    records: Path
    origins: Path
    rejects: Path
    loaded: tuple[Loaded, ...]
    unknown_names: tuple[tuple[str, str, int], ...]
    versions: tuple[UnitVersion, ...]
    made: tuple[Made, ...] = ()
    fingerprint: str | None = None
    mended: tuple[MendedRows, ...] = ()
    notices: tuple[Fault, ...] = ()


def stage(folder: Path, sources: Sequence[Source], job: Path, engine: Engine, beside: Beside | None = None) -> Staged:
    """Read, check and stage every source of a folder.

    Args:
        folder: the received files; only read.
        sources: from `read_sources`.
        job: a new folder for what is made.
        engine: an engine of this job alone.
        beside: what the files are read with; read from the folder unless given.

    Raises:
        UnreadableInput: with the faults of every file that cannot be understood.
    """
    mending = Mending(_open_all(sources, folder, job, beside or read_beside(folder, sources, ())))
    opened = mending.opened
    engine.expect(sum(one.seen.size for one in opened))
    stager = _Stager(job, engine)
    for kind in RECORDS:
        stager.stage_kind(kind, [one for one in opened if one.kind == kind])
    staged = stager.finish()
    mended, notices = mending.outcome(stager.checked, stager.at_odds_as_received)
    return replace(staged, fingerprint=_one_key(opened), mended=mended, notices=notices)


def _open_all(sources: Sequence[Source], folder: Path, job: Path, beside: Beside) -> list[Opened]:
    opened, faults = [], []
    for number, source in enumerate(sources):
        try:
            opened.append(open_source(number, source, folder, job, beside))
        except UnreadableInput as error:
            faults += [fault for fault in error.faults if fault not in faults]
    if faults:
        raise UnreadableInput(faults)
    return opened


def _one_key(opened: Sequence[Opened]) -> str | None:
    """The fingerprint of the key of all pseudonyms.

    Raises:
        UnreadableInput: files were concealed under several keys; the same people would be others in each.
    """
    keys = {one.fingerprint: one.table.label for one in opened if one.fingerprint is not None}
    if len(keys) > 1:
        listed = ", ".join(f"{file} ({key})" for key, file in sorted(keys.items()))
        raise UnreadableInput(Fault("pseudonyms_of_several_keys", listed))
    return next(iter(keys), None)


class _Stager:
    """Stages kind after kind, each after the kinds it refers to."""

    def __init__(self, job: Path, engine: Engine) -> None:
        self.engine, self.job = engine, job
        self.rejects = job / "rejects.csv"
        self.records, self.origins = job / "records", job / "origins"
        self.records.mkdir()
        self.origins.mkdir()
        self.checked: list[Checked] = []
        self.unknown_names: Counter[tuple[str, str]] = Counter()
        self.versions: list[UnitVersion] = []
        self.aliases: list[tuple[str, str]] = []
        self.made: list[Made] = []
        self.at_odds_as_received: set[tuple[int, int]] = set()
        self.unmade: list[Fault] = []
        engine.run(
            "CREATE TABLE rejects (source INTEGER, file VARCHAR, row_no BIGINT, kind VARCHAR, column_name VARCHAR,"
            " reason VARCHAR, cell VARCHAR)"
        )

    def stage_kind(self, kind: str, sources: Sequence[Opened]) -> None:
        """Stage what all sources of a kind hold together."""
        checked = [self._load(opened) for opened in sources]
        feeding = [one.opened for one in checked]
        for file in dict.fromkeys(one.opened.source.file for one in checked if any(one.mended.values())):
            self._look_for_rows_at_odds_as_received(kind, file, feeding)
        fine = sum(one.fine for one in checked)
        in_order = Passing.of("in_order", self.job, fine)
        rows = _fine_rows(feeding) if feeding else _no_rows(kind)
        in_order.make(in_key_order(kind, rows, fine, self.engine), self.engine)
        late = bool(feeding) and self._reject_rows_at_odds(kind, feeding, in_order.rows)
        self._write(kind, in_order.rows, late)
        for passed in (in_order, *(opened.passing for opened in feeding)):
            passed.forget(self.engine)
        self._remember_units(kind)
        self.checked += checked

    def finish(self) -> Staged:
        """Write the rejects and sum up.

        Raises:
            UnreadableInput: with every correction that did not find what it expects.
        """
        if self.unmade:
            raise UnreadableInput(self.unmade)
        self.engine.run(
            'COPY (SELECT file, row_no AS "row", kind, column_name AS "column", reason, cell AS "text" FROM rejects'
            " ORDER BY file, row_no, kind, column_name, reason, cell)"
            f" TO {text(str(self.rejects))} (FORMAT csv, HEADER true)"
        )
        unknown = tuple((file, label, rows) for (file, label), rows in sorted(self.unknown_names.items()))
        made = tuple(sorted(self.made, key=lambda one: one.placed.number))
        return Staged(self.records, self.origins, self.rejects, self._balanced(), unknown, tuple(self.versions), made)

    def _load(self, opened: Opened) -> Checked:
        """Check one source's rows and note what each is rejected for."""
        checked = load(opened, self.engine, self.versions, self.aliases)
        opened = checked.opened
        opened.seen.check_unchanged()
        if opened.amending is not None:
            self.made += opened.amending.made
            self.unmade += opened.amending.faults
        for label, rows in checked.unknown_names.items():
            self.unknown_names[opened.table.label, label] += rows
        if checked.faulty:
            self._reject_faulty(opened)
        if opened.misfits:
            self._reject_misfits(opened)
        return checked

    def _reject_faulty(self, opened: Opened) -> None:
        """Note every fault of every row."""
        file, kind = text(opened.table.label), text(opened.kind)
        self.engine.run(
            f"INSERT INTO rejects SELECT _source, {file}, _row, {kind}, fault.column, fault.reason, fault.text"
            f" FROM (SELECT _source, _row, unnest(from_json(_faults, {_FAULTS})) AS fault FROM {opened.numbered}"
            " WHERE _faults IS NOT NULL)"
        )

    def _reject_misfits(self, opened: Opened) -> None:
        """Note the rows that have another number of cells than the header."""
        file, kind = text(opened.table.label), text(opened.kind)
        is_personal = any(column.personal for column in CHECKS[opened.kind].columns)
        misfits = opened.misfits
        self.engine.run(
            f"INSERT INTO rejects SELECT ?, {file}, unnest(CAST(? AS BIGINT[])), {kind}, ?, ?,"
            " unnest(CAST(? AS VARCHAR[]))",
            [
                opened.number,
                [misfit.row for misfit in misfits],
                WHOLE_ROW,
                WRONG_CELLS,
                [None if is_personal else misfit.text for misfit in misfits],
            ],
        )

    def _look_for_rows_at_odds_as_received(self, kind: str, file: str, feeding: Sequence[Opened]) -> None:
        """Note which rows of a file were at odds with others before it was mended; nothing is rejected for it.

        Without this, a row that was only rejected beside another would be told as one that nothing is wrong with.
        """
        later = mended_from(file, [one.source for one in feeding])
        before = [one for one in feeding if one.source.file not in later]
        received = [replace(one, mended=frozenset()) if one.source.file == file else one for one in before]
        rows = Passing.of("as_received", self.job, sum(one.table.rows or 0 for one in received))
        rows.make(in_key_order(kind, _fine_rows(received), 0, self.engine), self.engine)
        self.engine.run("CREATE OR REPLACE TABLE rejects_so_far AS SELECT * FROM rejects")
        self._reject_rows_at_odds(kind, received, rows.rows)
        found = self.engine.rows("SELECT source, row_no FROM rejects EXCEPT SELECT source, row_no FROM rejects_so_far")
        self.at_odds_as_received.update((int(source), int(row)) for source, row in found)
        self.engine.run("DELETE FROM rejects")
        self.engine.run("INSERT INTO rejects SELECT * FROM rejects_so_far")
        rows.forget(self.engine)

    def _reject_rows_at_odds(self, kind: str, feeding: Sequence[Opened], in_order: str) -> bool:
        """Reject rows that are fine alone and not beside the others; whether there may be any."""
        repeated = self._reject_repeats(kind, feeding, in_order)
        for rule in RECORDS[kind].sums:
            self._reject_wrong_sums(kind, feeding, in_order, rule)
        return repeated or bool(RECORDS[kind].sums)

    def _reject_repeats(self, kind: str, feeding: Sequence[Opened], in_order: str) -> bool:
        """Equal rows are one record sent twice: the first stays. Different rows under one key: none stays.

        Returns:
            Whether any key may stand twice.
        """
        # Equal keys stand side by side, so a look at the neighbour finds them without grouping a large file.
        hashed = f"hash({_key_columns(kind)})"
        neighbours = f"SELECT {hashed} AS _key, lag({hashed}) OVER () AS _key_before FROM {in_order}"
        suspects = f"SELECT DISTINCT _key FROM ({neighbours}) WHERE _key = _key_before"
        if not self.engine.value(f"SELECT COUNT(*) FROM ({suspects})"):
            return False
        self.engine.run(f"CREATE OR REPLACE TABLE suspects AS {suspects}")
        contract, key = RECORDS[kind], _key_columns(kind)
        columns = ", ".join(name(column) for column in contract.model_fields)
        repeats = (
            f"SELECT _source, _row, {key}, COUNT(*) OVER (PARTITION BY {key}) AS same_key,"
            f" COUNT(*) OVER (PARTITION BY {columns}) AS same_row,"
            f" row_number() OVER (PARTITION BY {columns} ORDER BY _source, _row) AS turn"
            f" FROM {in_order} WHERE {hashed} IN (SELECT _key FROM suspects)"
        )
        shown = ", ".join(_shown(kind, column) for column in contract.key)
        self._reject(
            kind,
            feeding,
            f"SELECT _source, _row, {text(contract.key[0])},"
            f" CASE WHEN same_key = same_row THEN {text(SENT_TWICE)} ELSE {text(CONTRADICTS)} END,"
            f" concat_ws(' / ', {shown}) FROM ({repeats})"
            " WHERE same_key > 1 AND (same_key <> same_row OR turn > 1)",
        )
        return True

    def _reject_wrong_sums(self, kind: str, feeding: Sequence[Opened], in_order: str, rule: AddsUpToOne) -> None:
        whole, part = name(rule.whole), name(rule.part)
        rows = f"(SELECT * FROM {in_order} WHERE {_is_not_rejected(kind)})"
        # A part that waits for a decision is there all the same: the others are not wrong for its sake.
        parts = f"(SELECT {whole}, {part} FROM {rows}{_held_parts(kind, feeding, rule)})"
        self._reject(
            kind,
            feeding,
            f"SELECT _source, _row, {text(rule.part)}, {text(rule.fault)}, CAST({part} AS VARCHAR) FROM {rows}"
            f" WHERE {whole} IN (SELECT {whole} FROM {parts} GROUP BY {whole} HAVING SUM({part}) <> 1)",
        )

    def _reject(self, kind: str, feeding: Sequence[Opened], found: str) -> None:
        """Note rejects; `found` is SQL for source, row_no, column, reason and text."""
        files = " ".join(f"WHEN {opened.number} THEN {text(opened.table.label)}" for opened in feeding)
        self.engine.run(
            f"INSERT INTO rejects SELECT source, CASE source {files} END, row_no, {text(kind)}, column_name, reason,"
            f" cell FROM ({found}) AS odd (source, row_no, column_name, reason, cell)"
        )

    def _write(self, kind: str, in_order: str, late: bool) -> None:
        """One sorted file of records and one of their origins; a view `staged_<kind>` over the records."""
        columns = ", ".join(name(column) for column in RECORDS[kind].model_fields)
        kept = f"{in_order} WHERE {_is_not_rejected(kind)} ORDER BY {_key_columns(kind)}" if late else in_order
        records, origins = (text(str(folder / f"{kind}.parquet")) for folder in (self.records, self.origins))
        self.engine.run(f"COPY (SELECT {columns} FROM {kept}) TO {records} {PARQUET}")
        self.engine.run(f"COPY (SELECT _source AS source, _row AS row_no FROM {kept}) TO {origins} {PARQUET}")
        self.engine.run(f"CREATE VIEW staged_{kind} AS SELECT * FROM read_parquet({records})")

    def _balanced(self) -> tuple[Loaded, ...]:
        """What became of every source, in the order of `sources.toml`."""
        placed = placed_by_source(self.engine, [self.origins / f"{kind}.parquet" for kind in RECORDS])
        in_turn = sorted(self.checked, key=lambda checked: checked.opened.number)
        return tuple(_loaded(checked, placed.get(checked.opened.number, Placed())) for checked in in_turn)

    def _remember_units(self, kind: str) -> None:
        """Keep the departments and their aliases, for the names in files still to come."""
        if kind == "departments":
            columns = "unit_id, name, parent, peer_group, valid_from, valid_to"
            rows = self.engine.rows(f"SELECT {columns} FROM staged_departments ORDER BY ALL")
            self.versions = [UnitVersion(*row) for row in rows]
        if kind == "aliases":
            rows = self.engine.rows("SELECT alias, unit_id FROM staged_aliases")
            self.aliases = [(alias, unit_id) for alias, unit_id in rows]


def _loaded(checked: Checked, placed: Placed) -> Loaded:
    """What became of a source.

    Raises:
        UnreadableInput: a row of it went nowhere, or twice.
    """
    table = checked.opened.table
    received = (table.rows or 0) + len(table.misfits) + table.passed_over
    misfits = checked.opened.misfits
    asked_for = checked.rows - checked.blank - len(checked.mended) + len(misfits)
    if asked_for != sum(placed):
        facts = {"received": asked_for, "placed": sum(placed)}
        raise UnreadableInput(Fault("rows_do_not_balance", table.label, facts))
    return Loaded(
        file=table.label,
        kind=checked.opened.kind,
        encoding=table.encoding,
        sha256=table.sha256,
        received=received,
        staged=placed.staged,
        rejected=placed.rejected,
        held=placed.held,
        set_aside=received - asked_for,
        mended=len(checked.mended) + len(table.misfits) - len(misfits),
    )


def _fine_rows(feeding: Sequence[Opened]) -> str:
    """SQL: every row without a fault of its own, of all sources of a kind."""
    return f"({' UNION ALL '.join(f'SELECT * FROM {opened.numbered} WHERE _faults IS NULL' for opened in feeding)})"


def _no_rows(kind: str) -> str:
    empty = ", ".join(f"CAST(NULL AS {check.kind}) AS {name(check.column)}" for check in CHECKS[kind].columns)
    return f"(SELECT {empty}, 0 AS _source, 0 AS _row WHERE FALSE)"


def _key_columns(kind: str) -> str:
    return ", ".join(name(column) for column in RECORDS[kind].key)


def _is_not_rejected(kind: str) -> str:
    return f"(_source, _row) NOT IN (SELECT (source, row_no) FROM rejects WHERE kind = {text(kind)})"


def _held_parts(kind: str, feeding: Sequence[Opened], rule: AddsUpToOne) -> str:
    """SQL: further rows, the parts of held rows, of all sources of a kind."""
    held = (
        f"SELECT (source, row_no) FROM rejects WHERE kind = {text(kind)} GROUP BY source, row_no"
        f" HAVING bool_and(reason = {text(UNKNOWN_NAME)})"
    )
    columns = f"{name(rule.whole)}, {name(rule.part)}"
    return "".join(
        f" UNION ALL SELECT {columns} FROM {opened.numbered} WHERE _faults IS NOT NULL AND (_source, _row) IN ({held})"
        for opened in feeding
    )


def _shown(kind: str, column: str) -> str:
    """SQL: a key column for a message; what is personal stays hidden."""
    return "'…'" if CHECKS[kind].column(column).personal else f"CAST({name(column)} AS VARCHAR)"

"""The one place that talks to DuckDB: an embedded database per job, with the settings that make it exact and safe."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb

from etl.errors import Fault, JipyoError

Parameters = Sequence[object] | Mapping[str, object]

DEFAULT_MEMORY: Final = "750MB"
"""What DuckDB may hold before it spills to the job's folder; `JIPYO_MEMORY` overrides it."""

_ROWS_A_STATEMENT: Final = 1000

_LITTLE: Final = 1 << 22
"""Bytes of received files that one thread has read before several have shared them out: 4 MiB."""

_QUIRKS: Final = (
    # A TRY_CAST that is a CSV column's only use becomes a hard cast inside the reader, which raises or drops the row.
    "SET disabled_optimizers = 'type_pushdown,join_order,build_side_probe_side'",
    # The two join optimisers believe every CSV file has 42 rows and would hash the whole file: joins stay as written.
    "SET enable_progress_bar = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
)


class EngineError(JipyoError):
    """DuckDB refused a statement: a full disk, too little memory, or a fault of ours."""

    def __init__(self, why: str) -> None:
        super().__init__(Fault("engine_refused", "", {"why": why.splitlines()[0]}))


class Engine:
    """An embedded database for one job.

    Args:
        folder: where whatever does not fit into memory goes; None keeps all in memory.
        threads: None takes `JIPYO_THREADS` or every core. Results do not depend on it.
    """

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        self._told_threads = threads or int(os.environ.get("JIPYO_THREADS", "0"))
        # A database on the disk would keep a log of every statement for a restart that never comes.
        self._connection = duckdb.connect(":memory:", config={"threads": self._told_threads or os.cpu_count() or 1})
        for statement in _QUIRKS:
            self.run(statement)
        self.run(f"SET memory_limit = {text(os.environ.get('JIPYO_MEMORY', DEFAULT_MEMORY))}")
        if folder is not None:
            self.run(f"SET temp_directory = {text(str(folder / 'spill'))}")

    def expect(self, size: int) -> None:
        """Take one thread where the received files have few bytes, unless the number of threads was told."""
        if not self._told_threads and size < _LITTLE:
            self.run("SET threads = 1")

    def run(self, sql: str, parameters: Parameters | None = None) -> None:
        """Run a statement for its effect.

        Raises:
            EngineError: DuckDB refused it.
        """
        self._execute(sql, parameters)

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """Every row of a query.

        Raises:
            EngineError: DuckDB refused it.
        """
        return self._execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Parameters | None = None) -> Iterator[tuple[Any, ...]]:
        """Every row of a query, without holding them all; nothing else may be asked before the last one.

        Raises:
            EngineError: DuckDB refused it, perhaps after some rows.
        """
        cursor = self._connection.cursor()
        try:
            found = cursor.execute(sql, parameters) if parameters else cursor.execute(sql)
            while rows := found.fetchmany(_ROWS_A_STATEMENT):
                yield from rows
        except duckdb.Error as error:
            raise EngineError(str(error)) from error
        finally:
            cursor.close()

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert rows into a table, a thousand a statement."""
        for start in range(0, len(rows), _ROWS_A_STATEMENT):
            part = rows[start : start + _ROWS_A_STATEMENT]
            places = ", ".join(f"({', '.join('?' for _ in row)})" for row in part)
            self.run(f"INSERT INTO {name(table)} VALUES {places}", [value for row in part for value in row])

    def value(self, sql: str, parameters: Parameters | None = None) -> Any:
        """The first column of a query's only row."""
        return self.rows(sql, parameters)[0][0]

    def columns(self, sql: str) -> dict[str, str]:
        """Name and type of each column of a query, without running it."""
        return {name: kind for name, kind, *_ in self.rows(f"DESCRIBE {sql}")}

    def lock(self) -> None:
        """From here on: no file is read or written, no setting changed. For SQL that somebody else may have written."""
        self.run("SET enable_external_access = false")
        self.run("SET lock_configuration = true")

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _execute(self, sql: str, parameters: Parameters | None) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(sql, parameters) if parameters else self._connection.execute(sql)
        except duckdb.Error as error:
            raise EngineError(str(error)) from error


def text(value: str) -> str:
    """A string as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def one_file(path: Path) -> str:
    """One file as an SQL literal; DuckDB would read every file that a name with *, ? or [ in it fits."""
    return text("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))


def name(identifier: str) -> str:
    """A name as an SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'

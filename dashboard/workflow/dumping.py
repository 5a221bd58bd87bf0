"""The database as one file: SQLite's online copy, or PostgreSQL's own dump; never a copy of files in use."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Final

from sqlalchemy import URL, inspect

from dashboard.workflow.store import Store
from etl.errors import Fault, UsageError

_PATIENCE: Final = 3600
"""Seconds for a dump: longer than any of ours takes, so that a server that hangs is noticed."""


def dump(store: Store, target: Path) -> None:
    """Write the database as it is at one moment, while others go on using it.

    Args:
        store: the database.
        target: SQLite: a database file; PostgreSQL: an archive of `pg_dump`.

    Raises:
        UsageError: PostgreSQL's programs are missing, or refuse.
    """
    if store.is_sqlite:
        _copy_sqlite(Path(str(store.engine.url.database)), target)
    else:
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
        _run("pg_dump", arguments, store.engine.url)


def load(store: Store, source: Path, *, replace: bool) -> None:
    """Read a dump into PostgreSQL, wholly or not at all.

    Args:
        store: the database; not brought up to date before.
        source: the archive.
        replace: whether tables that are there are replaced.

    Raises:
        UsageError: there are tables, PostgreSQL's programs are missing, or refuse.
    """
    if inspect(store.engine).get_table_names() and not replace:
        raise UsageError(Fault("restore_is_there", store.named))
    arguments = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _run("pg_restore", [*arguments, *(("--clean", "--if-exists") if replace else ()), str(source)], store.engine.url)


def _copy_sqlite(source: Path, target: Path) -> None:
    # Copying the file alone would miss what is still in the log ahead of it.
    with closing(sqlite3.connect(source)) as running, closing(sqlite3.connect(target)) as copy:
        running.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _run(program: str, arguments: Sequence[str], url: URL) -> None:
    """Run one of PostgreSQL's programs on a database; the password goes through the environment, not the arguments."""
    path = shutil.which(program)
    if path is None:
        raise UsageError(Fault("postgres_program_missing", program))
    socket = url.query.get("unix_sock")
    host = str(PurePosixPath(str(socket)).parent) if socket else url.host
    connection = {
        "PGHOST": host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
    }
    environment = {**os.environ, **{name: value for name, value in connection.items() if value}}
    whole = [path, "--no-password", f"--dbname={url.database}", *arguments]
    done = subprocess.run(whole, env=environment, capture_output=True, check=False, timeout=_PATIENCE)
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().splitlines()
        raise UsageError(Fault("postgres_program_refused", program, {"why": why[0] if why else done.returncode}))

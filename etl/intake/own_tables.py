"""Tables of people's decisions that Jipyo itself writes beside the received files: one writer, whole files, no loss."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from etl.errors import Fault, UnreadableInput
from etl.intake.mapping import SOURCES, expect_folder, parse_sources, read_sources


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else decides about the folder in the meantime.

    Raises:
        UsageError: there is no such folder, or it is a file.
    """
    expect_folder(folder)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def stored_lines(
    path: Path, columns: Sequence[str], needed: Collection[str], must_exist: bool = False
) -> list[dict[str, str]]:
    """The lines of a table of decisions, every column of the contract filled or empty.

    Args:
        path: the table.
        columns: of its contract.
        needed: those it must have.
        must_exist: whether a table that is not there is a fault; otherwise it has no lines.

    Raises:
        UnreadableInput: it is no such table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, strict=True)
            lines = list(rows)
            header = set(rows.fieldnames or ())
    except FileNotFoundError:
        if must_exist:
            raise UnreadableInput(Fault("file_not_readable", path.name, {"why": "?"})) from None
        return []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableInput(Fault("file_not_readable", path.name, {"why": str(error)[:200]})) from None
    if not set(needed) <= header <= set(columns) or any(None in line.values() for line in lines):
        raise UnreadableInput(Fault("alias_file_has_other_columns", path.name, {"columns": ", ".join(columns)}))
    return [{column: line.get(column) or "" for column in columns} for line in lines]


def described(folder: Path, file: str, kind: str) -> str | None:
    """`sources.toml` with a table of decisions added; None where nothing is to be added.

    Raises:
        UnreadableInput: it is written so that nothing can be added at its end.
    """
    path = folder / SOURCES
    if not path.is_file() or any(one.file == file and one.kind == kind for one in read_sources(folder)):
        return None
    document = path.read_text(encoding="utf-8")
    longer = document if document.endswith("\n") else f"{document}\n"
    longer += f'\n[[source]]\nfile = "{file}"\nkind = "{kind}"\n'
    try:
        parse_sources(longer.encode(), SOURCES)
    except UnreadableInput:
        raise UnreadableInput(Fault("alias_source_not_added", SOURCES, {"file": file})) from None
    return longer


def table_of(columns: Sequence[str], lines: Sequence[dict[str, str]]) -> str:
    """The lines as CSV."""
    written = io.StringIO()
    table = csv.DictWriter(written, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(lines)
    return written.getvalue()


def write_whole(path: Path, content: str) -> None:
    """Put a whole file in the place of another: a reader sees the old one or the new one."""
    handle, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(unfinished).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise

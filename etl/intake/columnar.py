"""Parquet to rows of text: each value as a person would write it into a CSV, exact."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from etl.engine import Engine, EngineError, name, one_file
from etl.errors import Fault, UnreadableInput
from etl.intake.copies import Concealer, write_copy
from etl.intake.layouts import records
from etl.intake.tables import Layout, TextTable, check_header

_AS_IT_IS: Final = re.compile("VARCHAR|JSON|UUID|DATE|TIME|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\\(.*\\)")
_FLOAT: Final = frozenset({"FLOAT", "DOUBLE"})
_MOST_DIGITS: Final = "1e38"
_NO_MEMORY: Final = "Out of Memory"


def open_parquet(received: Path, label: str, layout: Layout, job: Path, conceal: Concealer | None = None) -> TextTable:
    """Understand a Parquet file and copy it; a row's number is its position, counted from 1.

    Args:
        received: the file; it is only read.
        label: its name in messages.
        layout: only its `fill_down` means something here.
        job: an empty folder of this file alone.
        conceal: what is done to the headings and every row before any of it is written.

    Raises:
        UnreadableInput: it is damaged, has nested columns, or headings that cannot be used.
        MemoryError: it needs more memory than there is.
    """
    with received.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    try:
        with Engine(job) as engine:
            engine.run("SET TimeZone = 'UTC'")
            header, texts = _columns(received, label, engine)
            table = TextTable(label, received, ",", header, 0, "parquet", sha256, None)
            check_header(header, label, 0)
            rows = records(
                _rows(received, label, texts, engine), header, Layout(header_row=0, fill_down=layout.fill_down), label
            )
            return write_copy(rows, table, job, conceal)
    except EngineError as error:
        if _NO_MEMORY in str(error):
            raise MemoryError from None
        # What DuckDB says of it may hold a cell.
        raise UnreadableInput(Fault("file_damaged", label, {"form": "Parquet"})) from None


def _columns(received: Path, label: str, engine: Engine) -> tuple[tuple[str, ...], list[str]]:
    """Heading and SQL text of every column; DuckDB gives columns of equal names others, the file's schema does not."""
    kinds = engine.columns(f"SELECT * FROM {_reader(received)}")
    nested = [column for column, kind in kinds.items() if _text(column, kind) is None]
    if nested:
        raise UnreadableInput(Fault("columns_nested", label, {"columns": ", ".join(nested)[:300]}))
    leaves = engine.rows(f"SELECT name FROM parquet_schema({one_file(received)}) WHERE num_children IS NULL")
    header = tuple(" ".join(heading.split()) for (heading,) in leaves)
    return header, [_text(column, kind) or "" for column, kind in kinds.items()]


def _reader(received: Path) -> str:
    return f"read_parquet({one_file(received)}, hive_partitioning = false)"


def _text(column: str, kind: str) -> str | None:
    """SQL of a column's values as text; None for a kind that is no single value."""
    cell = name(column)
    if _AS_IT_IS.fullmatch(kind):
        return f"CAST({cell} AS VARCHAR)"
    if kind in _FLOAT:
        # Counts travel as 5.0 wherever a value is missing; digits beyond DuckDB's shortest are written out.
        is_whole = f"abs({cell}) < {_MOST_DIGITS} AND {cell} = trunc({cell})"
        return f"CASE WHEN {is_whole} THEN CAST(CAST({cell} AS HUGEINT) AS VARCHAR) ELSE CAST({cell} AS VARCHAR) END"
    if kind == "BOOLEAN":
        return f"upper(CAST({cell} AS VARCHAR))"
    if kind.startswith("TIMESTAMP"):
        return f"regexp_replace(CAST({cell} AS VARCHAR), ' 00:00:00(\\+00)?$', '')"
    return None


def _rows(received: Path, label: str, texts: list[str], engine: Engine) -> Iterator[tuple[int, list[str]]]:
    """Every row with its position, checked against what the file says of itself."""
    said = engine.value(f"SELECT num_rows FROM parquet_file_metadata({one_file(received)})")
    row = 0
    for row, cells in enumerate(engine.stream(f"SELECT {', '.join(texts)} FROM {_reader(received)}"), start=1):
        yield row, ["" if cell is None else cell for cell in cells]
    chunks = f"SELECT COUNT(*) FROM parquet_metadata({one_file(received)}) WHERE num_values <> row_group_num_rows"
    if row != said or engine.value(chunks):
        raise UnreadableInput(Fault("file_damaged", label, {"form": "Parquet"}))

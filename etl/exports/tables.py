"""Every table of a release, as what leaves the system needs it: its columns, its rows, its control total."""

from __future__ import annotations

import csv
import types
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from etl.contracts.published import PUBLISHED
from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.engine import Engine
from etl.errors import Fault, Language, UsageError
from etl.exports.words import column_word, table_word
from etl.insight.reading import Reading
from etl.release.seal import GIVEN
from etl.release.seal import RECORDS as RECORDS_FOLDER
from etl.release.tables import cell_text
from etl.scoring.decimals import total

_CONTROLLED: Final = {
    "metrics": "value",
    "indicators": "points",
    "contributions": "contribution",
    "scores": "score",
    "ranks": "group_rank",
    "headlines": "value",
    "history": "value",
    "outranking": "votes",
    "orders": "votes",
}
"""The column of a published table whose sum travels with it."""
_GIVEN_COLUMNS: Final = ("unit_id", "metric", "value", "state")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of a release.

    Attributes:
        name: of its file in the export, without ending; records stand in a folder of theirs.
        path: where it lies in the release.
        columns: name -> type (str, int, Decimal, date, bool).
        controlled: the column whose sum travels with it; None where nothing adds up.
    """

    name: str
    path: Path
    columns: dict[str, type]
    controlled: str | None

    @property
    def is_published(self) -> bool:
        """Whether it is a table of results, not of records."""
        return "/" not in self.name

    def word(self, language: Language) -> str:
        """What it is called."""
        kind = self.name.rpartition("/")[2]
        if self.is_published:
            return table_word(kind, language)
        return heading(kind, "heading", language) if kind in RECORDS else table_word("metrics", language)

    def column_word(self, column: str, language: Language) -> str:
        """What one of its columns is called."""
        kind = self.name.rpartition("/")[2]
        if self.is_published or kind not in RECORDS:
            return column_word(column, language)
        return heading(kind, column, language)


@dataclass(frozen=True, slots=True)
class Control:
    """What a receiver can count again."""

    rows: int
    column: str | None
    total: Decimal | None


def tables_of(reading: Reading, only: Sequence[str] = ()) -> list[Table]:
    """Every table of a release: those it publishes, then its records, each by name.

    Args:
        reading: the release.
        only: names of the tables wanted; none is all.

    Raises:
        UsageError: the release has no table of such a name.
    """
    return chosen((*_published(reading), *_records(reading)), only)


def chosen(tables: Iterable[Table], only: Sequence[str]) -> list[Table]:
    """Those of some tables that are wanted.

    Args:
        tables: which there are.
        only: names of the tables wanted; none is all.

    Raises:
        UsageError: there is no table of such a name.
    """
    found = {table.name: table for table in tables}
    refuse_unknown_parts(only, found)
    return [table for name, table in found.items() if not only or name in only]


def refuse_unknown_parts(only: Sequence[str], known: Collection[str]) -> None:
    """Nothing, unless a part is wanted that an export does not have.

    Raises:
        UsageError: one is, with those there are.
    """
    named = ", ".join(known)
    unknown = [Fault("export_unknown_part", "--only", {"part": part, "known": named}) for part in only]
    faults = [fault for fault in unknown if fault.facts["part"] not in known]
    if faults:
        raise UsageError(faults)


def _published(reading: Reading) -> Iterator[Table]:
    for name, contract in PUBLISHED.items():
        path = reading.folder / f"{name}.csv"
        if path.is_file():
            yield Table(name, path, _types(contract), _CONTROLLED.get(name))


def _records(reading: Reading) -> Iterator[Table]:
    folder = reading.folder / RECORDS_FOLDER
    for path in sorted(folder.glob("*.parquet")):
        columns = _types(RECORDS[path.stem])
        summed = next((column for column, kind in columns.items() if kind is Decimal), None)
        yield Table(f"{RECORDS_FOLDER}/{path.stem}", path, columns, summed)
    if (folder / GIVEN).is_file():
        columns = {column: Decimal if column == "value" else str for column in _GIVEN_COLUMNS}
        yield Table(f"{RECORDS_FOLDER}/{Path(GIVEN).stem}", folder / GIVEN, columns, "value")


def rows_of(table: Table, engine: Engine) -> Iterator[list[str]]:
    """Every row of a table as canonical text, an absent value as an empty text; one after the other."""
    if table.path.suffix == ".csv":
        with table.path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows)
            yield from rows
        return
    for row in engine.stream("SELECT * FROM read_parquet($path)", {"path": str(table.path)}):
        yield [cell_text(value) for value in row]


class Counting:
    """Rows on their way through, counted and added up."""

    def __init__(self, table: Table) -> None:
        self._column = table.controlled
        self._at = list(table.columns).index(table.controlled) if table.controlled else None
        self._rows, self._amounts = 0, list[Decimal]()

    def through(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """The same rows."""
        for row in rows:
            self._rows += 1
            if self._at is not None and row[self._at]:
                self._amounts.append(Decimal(row[self._at]))
            yield row

    @property
    def control(self) -> Control:
        """What came through so far."""
        return Control(self._rows, self._column, None if self._at is None else total(self._amounts))


def _types(contract: type[BaseModel]) -> dict[str, type]:
    hints = get_type_hints(contract)
    return {column: _bare(hints[column]) for column in contract.model_fields}


def _bare(hint: Any) -> type:
    """The plain type of a column: text, whole number, number, day or yes/no."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(option for option in get_args(hint) if option is not type(None))
    return hint if hint in (int, Decimal, date, bool) else str

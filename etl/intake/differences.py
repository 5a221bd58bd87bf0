"""What differs between two stagings of a folder: records added, changed and removed, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from etl.contracts.records import RECORDS
from etl.engine import Engine, name, text
from etl.intake.corrections import HIDDEN, people_columns
from etl.intake.mapping import Source

SHOWN_RECORDS: Final = 20
"""How many records of each sort are shown of a kind."""


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """One record that differs; what a column about a person holds is hidden.

    Attributes:
        key: its key, column by column.
        cells: column -> text before and text after, of the columns that changed; None for an absent value.
    """

    key: tuple[str, ...]
    cells: Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class KindDifference:
    """How many records of a kind were added, changed and removed, and the first of each in the order of their keys."""

    kind: str
    added: int
    changed: int
    removed: int
    added_records: tuple[RecordDifference, ...]
    changed_records: tuple[RecordDifference, ...]
    removed_records: tuple[RecordDifference, ...]


def compare_records(before: Path | None, after: Path, sources: Iterable[Source]) -> tuple[KindDifference, ...]:
    """The kinds of record that differ.

    Args:
        before: a folder of staged records; None before the first.
        after: another one.
        sources: what the folder is read with, for what is to be hidden.
    """
    hidden = {kind: set(people_columns(kind)) for kind in RECORDS}
    for source in sources:
        hidden[source.kind] |= people_columns(source.kind, source)
    with Engine() as engine:
        compared = [_Comparison(kind, before, after, hidden[kind], engine).difference() for kind in RECORDS]
    return tuple(one for one in compared if one.added or one.changed or one.removed)


class _Comparison:
    """The records of one kind before and after."""

    def __init__(self, kind: str, before: Path | None, after: Path, hidden: set[str], engine: Engine) -> None:
        self._kind, self._hidden, self._engine = kind, hidden, engine
        self._after = _table(after, kind)
        self._before = _table(before, kind) if before is not None else f"(SELECT * FROM {self._after} WHERE FALSE)"
        self._key = RECORDS[kind].key
        self._others = [column for column in RECORDS[kind].model_fields if column not in self._key]

    def difference(self) -> KindDifference:
        using = ", ".join(name(column) for column in self._key)
        added = f"{self._after} AS a ANTI JOIN {self._before} AS b USING ({using})"
        removed = f"{self._before} AS a ANTI JOIN {self._after} AS b USING ({using})"
        changes = [f"a.{name(column)} IS DISTINCT FROM b.{name(column)}" for column in self._others]
        changed = (
            f"{self._after} AS a JOIN {self._before} AS b USING ({using}) WHERE {' OR '.join([*changes, 'FALSE'])}"
        )
        return KindDifference(
            kind=self._kind,
            added=self._count(added),
            changed=self._count(changed),
            removed=self._count(removed),
            added_records=self._first(added, ()),
            changed_records=self._first(changed, self._others),
            removed_records=self._first(removed, ()),
        )

    def _count(self, rows: str) -> int:
        return int(self._engine.value(f"SELECT COUNT(*) FROM {rows}"))

    def _first(self, rows: str, compared: Sequence[str]) -> tuple[RecordDifference, ...]:
        keys = [f"a.{name(column)}" for column in self._key]
        cells = [f"{side}.{name(column)}" for column in compared for side in ("b", "a")]
        shown = ", ".join(f"CAST({cell} AS VARCHAR)" for cell in (*keys, *cells))
        found = self._engine.rows(f"SELECT {shown} FROM {rows} ORDER BY {', '.join(keys)} LIMIT {SHOWN_RECORDS}")
        return tuple(self._record(row, compared) for row in found)

    def _record(self, row: tuple[Any, ...], compared: Sequence[str]) -> RecordDifference:
        width = len(self._key)
        key = tuple(
            HIDDEN if column in self._hidden else cell for column, cell in zip(self._key, row[:width], strict=True)
        )
        pairs = zip(row[width::2], row[width + 1 :: 2], strict=True)
        changed = {column: pair for column, pair in zip(compared, pairs, strict=True) if pair[0] != pair[1]}
        return RecordDifference(
            key, {column: (HIDDEN, HIDDEN) if column in self._hidden else pair for column, pair in changed.items()}
        )


def _table(records: Path, kind: str) -> str:
    return f"read_parquet({text(str(records / f'{kind}.parquet'))})"

"""Corrections made in SQL: found among the rows of a source, held against what they expect, and put in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from etl.contracts.records import RECORDS
from etl.engine import Engine, name, text
from etl.errors import Fault
from etl.intake.corrections import HIDDEN, Placed, people_columns
from etl.intake.mapping import Source

_WANTED: Final = "wanted_corrections"
_MADE: Final = "made_corrections"
_MOST_ROWS_TOLD: Final = 10
_LONGEST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A correction that found what it expects, and the row of the received file where."""

    placed: Placed
    row: int


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows a correction fits (the first eleven), and the text in the first one's cell; None may not be told."""

    rows: Sequence[int]
    cell: str
    shown: str | None


class Amending:
    """The corrections of one source, made while its rows are checked.

    Args:
        source: what is said about the file.
        corrections: those of this source; at least one.
    """

    def __init__(self, source: Source, corrections: Sequence[Placed]) -> None:
        self._kind = source.kind
        self._people = sorted(people_columns(source.kind, source))
        self._corrections = corrections
        self._columns = sorted({str(one.correction.column) for one in corrections if not one.correction.drop})
        self.made: list[Made] = []
        self.faults: list[Fault] = []

    def find(self, texts: str, engine: Engine) -> None:
        """Hold every correction against the rows and note what can be made, and what is at fault.

        Args:
            texts: SQL of the contract's columns as text, with `_row`.
            engine: the job's engine.
        """
        found = {**self._found_by_row(texts, engine), **self._found_by_key(texts, engine)}
        self.made.clear()
        self.faults = list(self._faults(found))
        self._remember(engine)

    def amended(self, texts: str) -> str:
        """SQL: the same rows as corrected, without those that are left out."""
        changed = [f"COALESCE(c.{name(column)}, t.{name(column)}) AS {name(column)}" for column in self._columns]
        changed.append("t._is_blank AND c._row IS NULL AS _is_blank")
        return (
            f"SELECT t.* REPLACE ({', '.join(changed)}) FROM ({texts}) AS t LEFT JOIN {_MADE} AS c ON c._row = t._row"
            " WHERE c._drop IS DISTINCT FROM TRUE"
        )

    def _found_by_row(self, texts: str, engine: Engine) -> dict[int, _Found]:
        wanted = [(one.number, one.correction.column, one.correction.row) for one in self._corrections]
        rows = [one for one in wanted if one[2] is not None]
        return self._found(texts, engine, "place BIGINT", rows, "c.place = t._row")

    def _found_by_key(self, texts: str, engine: Engine) -> dict[int, _Found]:
        key = RECORDS[self._kind].key
        wanted = [
            (one.number, one.correction.column, *(one.correction.key[column] for column in key))
            for one in self._corrections
            if one.correction.key is not None
        ]
        columns = ", ".join(f"{name(column)} VARCHAR" for column in key)
        equal = " AND ".join(f"c.{name(column)} = COALESCE(t.{name(column)}, '')" for column in key)
        return self._found(texts, engine, columns, wanted, equal)

    def _found(
        self, texts: str, engine: Engine, place: str, wanted: Sequence[tuple[object, ...]], equal: str
    ) -> dict[int, _Found]:
        if not wanted:
            return {}
        engine.run(f"CREATE OR REPLACE TABLE {_WANTED} (_number INTEGER, _column VARCHAR, {place})")
        engine.fill(_WANTED, wanted)
        cells = " ".join(f"WHEN {text(column)} THEN t.{name(column)}" for column in RECORDS[self._kind].model_fields)
        cell = f"COALESCE(CASE c._column {cells} END, '')"
        rows = engine.rows(
            f"SELECT c._number, min(t._row, {_MOST_ROWS_TOLD + 1}), arg_min({cell}, t._row),"
            f" arg_min({self._may_be_told}, t._row)"
            f" FROM ({texts}) AS t JOIN {_WANTED} AS c ON {equal} GROUP BY c._number"
        )
        return {number: _Found(places, found, found if told else None) for number, places, found, told in rows}

    @property
    def _may_be_told(self) -> str:
        """SQL: whether the cell is no person's; where one of those is bad, the columns may have been swapped."""
        pseudonyms = [
            f"regexp_full_match(COALESCE(t.{name(column)}, ''), 'p[0-9a-f]{{32}}')" for column in self._people
        ]
        listed = ", ".join(["''", *(text(column) for column in self._people)])
        return " AND ".join([f"COALESCE(c._column, '') NOT IN ({listed})", *pseudonyms])

    def _faults(self, found: dict[int, _Found]) -> Iterator[Fault]:
        """What does not find, once, the text it expects; the others are noted as made."""
        taken: set[tuple[int, str | None]] = set()
        dropped = {
            found[one.number].rows[0] for one in self._corrections if one.correction.drop and one.number in found
        }
        for one in self._corrections:
            rows = found[one.number].rows if one.number in found else ()
            if not rows:
                yield Fault("correction_not_found", one.line)
            elif len(rows) > 1:
                listed = ", ".join(str(row) for row in rows[:_MOST_ROWS_TOLD])
                yield Fault("correction_found_often", one.line, {"rows": listed})
            elif one.correction.before not in (None, found[one.number].cell):
                shown = found[one.number].shown
                told = HIDDEN if shown is None else shown[:_LONGEST_SHOWN]
                yield Fault("correction_found_other", one.line, {"column": one.correction.column, "found": told})
            elif _is_taken(one, rows[0], taken, dropped):
                yield Fault("correction_repeated", one.line)
            else:
                self.made.append(Made(one, rows[0]))

    def _remember(self, engine: Engine) -> None:
        """The table of what is made: a row of the file, whether it is left out, and the new text of its cells."""
        columns = "".join(f", {name(column)} VARCHAR" for column in self._columns)
        engine.run(f"CREATE OR REPLACE TABLE {_MADE} (_row BIGINT, _drop BOOLEAN{columns})")
        rows: defaultdict[int, dict[str | None, str | None]] = defaultdict(dict)
        for made in self.made:
            rows[made.row][made.placed.correction.column] = made.placed.correction.after
        dropped = {made.row for made in self.made if made.placed.correction.drop}
        filled = [
            (row, row in dropped, *(cells.get(column) for column in self._columns)) for row, cells in rows.items()
        ]
        engine.fill(_MADE, filled)


def _is_taken(one: Placed, row: int, taken: set[tuple[int, str | None]], dropped: set[int]) -> bool:
    """Whether another correction has the same cell, once by its key and once by its row, or leaves its record out."""
    cell = (row, None if one.correction.drop else one.correction.column)
    repeated = cell in taken or (row in dropped and not one.correction.drop)
    taken.add(cell)
    return repeated

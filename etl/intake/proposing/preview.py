"""The first rows of a file as an entry would read them, by the same SQL that reads whole files."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from etl.contracts.records import RECORDS
from etl.engine import Engine, name
from etl.intake.beside import Beside
from etl.intake.mapping import FromColumn, Source, Where
from etl.intake.proposing.layout import Found
from etl.intake.proposing.meanings import Meanings
from etl.intake.proposing.values import field_type
from etl.intake.rows import kept_rows, open_source

ROWS: Final = 5
_FILE: Final = "preview.csv"
_LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows as they would be read, before they are checked.

    Attributes:
        kind: of record.
        columns: of the contract; those about persons are left out.
        rows: texts, empty where a cell is.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def preview(source: Source, found: Found, meanings: Meanings, work: Path) -> Preview:
    """Read the first rows of a sample.

    Nothing about a person is written on the way: headings that tell who somebody is are left out, and with them the
    columns that would be made of them.

    Args:
        source: the entry.
        found: the table in the sample.
        meanings: which headings tell who a person is.
        work: a folder of this job.
    """
    shown = {heading for heading in found.headings if heading and meanings.person(heading) is None}
    columns = {
        column: origin
        for column, origin in source.origins(found.headings).items()
        if _uses_only(origin, shown) and field_type(source.kind, column) != "person"
    }
    if not columns:
        return Preview(source.kind, (), ())
    folder = Path(mkdtemp(dir=work))
    needed = [heading for heading in found.headings if heading in _used(columns.values(), source.where) & shown]
    _write(folder / _FILE, found, source, needed)
    where = tuple(condition for condition in source.where if set(condition.uses) <= set(needed))
    plain = Source(file=_FILE, kind=source.kind, encoding="utf-8", delimiter=",", columns=columns, where=where)
    opened = open_source(
        0, plain.model_copy(update={"columns": {**_stand_ins(source, columns), **columns}}), folder, folder, Beside()
    )
    cells = ", ".join(f"COALESCE({opened.projection.cells[column]}, '') AS {name(column)}" for column in columns)
    with Engine(threads=1) as engine:
        rows = engine.rows(f"SELECT {cells} FROM {kept_rows(opened)} LIMIT {ROWS}")
    return Preview(source.kind, tuple(columns), tuple(tuple(str(cell) for cell in row) for row in rows))


def _uses_only(origin: FromColumn, shown: set[str]) -> bool:
    """Whether an origin reads none but these headings; one that reads all is not among them."""
    named = {*origin.columns, *origin.digest_of, *origin.pseudonym_of}
    return not origin.pseudonym_of and "*" not in named and named | ({origin.column} - {None}) <= shown


def _used(origins: Iterable[FromColumn], where: Iterable[Where]) -> set[str]:
    named = {
        heading for origin in origins for heading in (*origin.columns, *origin.digest_of, origin.column) if heading
    }
    return named | {heading for condition in where for heading in condition.uses}


def _stand_ins(source: Source, columns: dict[str, FromColumn]) -> dict[str, FromColumn]:
    """Constants for required columns that are still open or not shown, so that the rest can be read."""
    fields = RECORDS[source.kind].model_fields
    return {
        column: FromColumn(constant="")
        for column, field in fields.items()
        if field.is_required() and column not in columns
    }


def _write(path: Path, found: Found, source: Source, needed: list[str]) -> None:
    at = [found.headings.index(heading) for heading in needed]
    above = dict.fromkeys(source.fill_down, "")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(needed or ["-"])
        for _, cells in found.rows[:_LOOKED_AT]:
            row = dict(zip(found.headings, cells, strict=False))
            above = {heading: row.get(heading) or before for heading, before in above.items()}
            writer.writerow(
                [above.get(heading) or cells[position] for heading, position in zip(needed, at, strict=True)] or ["-"]
            )

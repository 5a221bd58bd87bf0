"""Every table of a release as Parquet with its types, in one ZIP: exact decimals, days, counts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from etl.engine import Engine, name, one_file, text
from etl.errors import Language
from etl.exports.about import ABOUT, COLUMNS, about_page, columns_page
from etl.exports.carried import Carried
from etl.exports.narrowed import tables_for
from etl.exports.tables import Control, Counting, Table, rows_of
from etl.exports.writing import Archive

_MOST_DIGITS: Final = 38
_PLAIN_TYPES: Final = {str: "VARCHAR", int: "BIGINT", date: "DATE", bool: "BOOLEAN"}
_NOTES: Final[dict[Language, tuple[str, ...]]] = {
    "ko": (
        "수는 십진수(DECIMAL)이며 한 자리도 깎지 않았습니다. DECIMAL에 들어가지 않는 열은 글(VARCHAR)입니다: {texts}.",
        "기록(records)은 공개본에 봉인된 파일 그대로이며 바이트까지 같습니다.",
        "결과 표마다 파일 머리에 공개본의 이름과 상태가 들어 있습니다.",
    ),
    "en": (
        "Numbers are DECIMAL, no digit cut. Columns that fit into none are text (VARCHAR): {texts}.",
        "Records are the files sealed in the release, byte for byte.",
        "Every table of results says in its file's metadata which release it is of, and in which state.",
    ),
}


def write_parquet(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write the tables of a release as Parquet files in a ZIP.

    Args:
        carried: the release and what the export says of itself.
        begun: the ZIP to write.
        language: the one that stands first on the page beside the tables.
        only: names of the tables wanted; none is all.
        units: codes of the departments whose rows are wanted; none is everything.

    Returns:
        table -> rows and control total.

    Raises:
        UsageError: the release has no such table.
    """
    controls: dict[Table, Control] = {}
    as_text: list[str] = []
    with (
        tables_for(carried.reading, only, units) as tables,
        tempfile.TemporaryDirectory(prefix="jipyo-") as work,
        Engine() as engine,
        Archive(begun) as archive,
    ):
        for table in tables:
            counting = Counting(table)
            types = _types(table, counting.through(rows_of(table, engine)))
            controls[table] = counting.control
            as_text += [f"{table.name}.{column}" for column in _told_as_text(table, types)]
            if table.path.suffix == ".parquet":
                archive.add_file(f"{table.name}.parquet", table.path)
                continue
            made = Path(work) / "table.parquet"
            _convert(engine, table, types, made, carried)
            archive.add_file(f"{table.name}.parquet", made)
        told = ", ".join(as_text) or "–"
        notes = {language: [note.format(texts=told) for note in lines] for language, lines in _NOTES.items()}
        archive.add(COLUMNS, columns_page(tables))
        archive.add(ABOUT, about_page(carried, controls, ".parquet", notes, language))
    return {table.name: control for table, control in controls.items()}


def _types(table: Table, rows: Iterator[list[str]]) -> dict[str, str]:
    """Column -> its type in DuckDB: a decimal as wide as its widest number."""
    columns = list(table.columns)
    numbers = [at for at, column in enumerate(columns) if table.columns[column] is Decimal]
    whole, places = dict.fromkeys(numbers, 1), dict.fromkeys(numbers, 0)
    for row in rows:
        for at in numbers:
            before, _, after = row[at].lstrip("-").partition(".")
            whole[at], places[at] = max(whole[at], len(before)), max(places[at], len(after))
    return {
        column: _decimal(whole[at], places[at]) if at in whole else _PLAIN_TYPES[table.columns[column]]
        for at, column in enumerate(columns)
    }


def _decimal(whole: int, places: int) -> str:
    return f"DECIMAL({_MOST_DIGITS}, {places})" if whole + places <= _MOST_DIGITS else "VARCHAR"


def _told_as_text(table: Table, types: Mapping[str, str]) -> Iterable[str]:
    """Columns of numbers that stand as text."""
    return [column for column, kind in types.items() if table.columns[column] is Decimal and kind == "VARCHAR"]


def _convert(engine: Engine, table: Table, types: Mapping[str, str], made: Path, carried: Carried) -> None:
    said = ", ".join(f"{text(column)}: 'VARCHAR'" for column in types)
    cells = ", ".join(f"CAST({name(column)} AS {kind}) AS {name(column)}" for column, kind in types.items())
    facts = {
        "release": carried.reading.manifest.release_id,
        "state": "published" if carried.is_published else "provisional",
        "example": str(carried.is_example).lower(),
    }
    metadata = ", ".join(f"{key}: {text(value)}" for key, value in facts.items())
    engine.run(
        f"COPY (SELECT {cells} FROM read_csv({one_file(table.path)}, columns = {{{said}}}, header = true,"
        " auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', parallel = false))"
        f" TO {text(str(made))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}})"
    )

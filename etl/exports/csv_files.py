"""Every table of a release as CSV that spreadsheets open without harm: UTF-8 with a byte-order mark, in one ZIP."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from etl.engine import Engine
from etl.errors import Language
from etl.exports.about import ABOUT, BOM, COLUMNS, about_page, columns_page
from etl.exports.carried import Carried
from etl.exports.harmless import harmless
from etl.exports.narrowed import tables_for
from etl.exports.tables import Control, Counting, Table, rows_of
from etl.exports.writing import Archive

_NOTES: Final[dict[Language, tuple[str, ...]]] = {
    "ko": (
        "글자 부호는 UTF-8(BOM), 구분 기호는 쉼표입니다. 없는 값은 빈칸입니다.",
        "수는 공개본에 적힌 글자 그대로입니다. 스프레드시트는 15자리까지만 보이고 셈합니다.",
        "부서코드의 앞자리 0을 지키려면 열 때 글(텍스트)로 읽으세요.",
        "=, +, -, @, 탭, 줄바꿈으로 시작하는 글 앞에는 작은따옴표(')를 붙였습니다(수식 방지). 그런 칸: {cells}개",
        "열 이름의 뜻은 columns.csv에 있습니다.",
    ),
    "en": (
        "UTF-8 with a byte-order mark, separated by commas. An absent value is an empty cell.",
        "Numbers are the text of the release, every digit. Spreadsheets show and compute with 15 digits.",
        "Read codes as text when opening, so that their leading zeros stay.",
        "Text that begins with =, +, -, @, a tab or a line break has an apostrophe (') before it. Such cells: {cells}",
        "What the columns mean is in columns.csv.",
    ),
}


def write_csv(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write the tables of a release as CSV files in a ZIP.

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
    prefixed = 0
    with tables_for(carried.reading, only, units) as tables, Engine() as engine, Archive(begun) as archive:
        for table in tables:
            controls[table], cells = _write_table(archive, table, engine)
            prefixed += cells
        notes = {language: [note.format(cells=prefixed) for note in told] for language, told in _NOTES.items()}
        archive.add(COLUMNS, columns_page(tables))
        archive.add(ABOUT, about_page(carried, controls, ".csv", notes, language))
    return {table.name: control for table, control in controls.items()}


def _write_table(archive: Archive, table: Table, engine: Engine) -> tuple[Control, int]:
    """The table's control total, and how many of its cells got an apostrophe."""
    counting, prefixed = Counting(table), 0
    texts = [at for at, kind in enumerate(table.columns.values()) if kind is str]
    with archive.open(f"{table.name}.csv") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as stream:
        stream.write(BOM)
        writer = csv.writer(stream)
        writer.writerow(table.columns)
        for row in counting.through(rows_of(table, engine)):
            for at in texts:
                if (safe := harmless(row[at])) != row[at]:
                    row[at], prefixed = safe, prefixed + 1
            writer.writerow(row)
    return counting.control, prefixed

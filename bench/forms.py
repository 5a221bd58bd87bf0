"""The same attendance as other files than plain UTF-8: in CP949, and as a workbook."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Final

import xlsxwriter

from bench.data import records_of
from etl.contracts.records import RECORDS

_BLOCK: Final = 1 << 22
_SOURCES: Final = "".join(
    f'[[source]]\nfile = "{kind}.{"xlsx" if kind == "attendance" else "csv"}"\nkind = "{kind}"\n'
    for kind in ("departments", "headcount", "training_sessions", "attendance")
)
_NUMBERS: Final = frozenset({"hours"})


def in_cp949(rows: int, cache: Path) -> Path:
    """A folder of the same records, attendance in CP949; made once."""
    plain, folder = records_of(rows, cache), cache / f"{rows}-cp949"
    if _begin(plain, folder):
        with (
            (plain / "attendance.csv").open(encoding="utf-8", newline="") as source,
            (folder / "attendance.csv").open("w", encoding="cp949", newline="") as target,
        ):
            shutil.copyfileobj(source, target, _BLOCK)
        (folder / "complete").touch()
    return folder


def as_workbook(rows: int, cache: Path) -> Path:
    """A folder of the same records, attendance as a sheet of an XLSX with hours as numbers; made once."""
    plain, folder = records_of(rows, cache), cache / f"{rows}-xlsx"
    if _begin(plain, folder):
        workbook = xlsxwriter.Workbook(folder / "attendance.xlsx", {"constant_memory": True})
        sheet = workbook.add_worksheet("attendance")
        with (plain / "attendance.csv").open(encoding="utf-8", newline="") as source:
            for row, cells in enumerate(csv.reader(source)):
                for column, (heading, cell) in enumerate(zip(RECORDS["attendance"].model_fields, cells, strict=True)):
                    if heading in _NUMBERS and cell.replace(".", "").isdigit():
                        sheet.write_number(row, column, float(cell))
                    else:
                        sheet.write_string(row, column, cell)
        workbook.close()
        (folder / "sources.toml").write_text(f"version = 1\n{_SOURCES}", encoding="utf-8")
        (folder / "complete").touch()
    return folder


def _begin(plain: Path, folder: Path) -> bool:
    """Whether the folder is still to be made; then what attendance refers to is put there."""
    if (folder / "complete").exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("departments", "headcount", "training_sessions"):
        shutil.copyfile(plain / f"{kind}.csv", folder / f"{kind}.csv")
    return True

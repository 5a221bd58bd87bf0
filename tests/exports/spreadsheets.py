"""Workbooks read back: cells by calamine, formulas and styles from the XML, and recomputed by LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from etl.exports.workbook import HEAD_ROW

OFFICE: Final = shutil.which("soffice")
_SPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets, in order."""
    return CalamineWorkbook.from_path(path).sheet_names


def records(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet below its headings, by heading."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    head = [str(cell).strip() for cell in rows[HEAD_ROW]]
    return [dict(zip(head, row, strict=False)) for row in rows[HEAD_ROW + 1 :]]


def written_numbers(path: Path) -> Iterator[str]:
    """The text of every number in every sheet, as it stands in the XML."""
    for tree in _sheets(path):
        for cell in tree.iter(f"{_SPACE}c"):
            value = cell.find(f"{_SPACE}v")
            if value is not None and cell.get("t") is None and cell.find(f"{_SPACE}f") is None:
                yield str(value.text)


def formulas(path: Path) -> Iterator[str]:
    """Every formula of every sheet."""
    for tree in _sheets(path):
        yield from (str(formula.text) for formula in tree.iter(f"{_SPACE}f"))


def _sheets(path: Path) -> Iterator[ET.Element]:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield ET.fromstring(book.read(name))


def without_results(path: Path, target: Path) -> None:
    """A copy in which no formula has a result yet: whoever opens it must compute."""
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(target, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            copy.writestr(name, content)


def recomputed(paths: Iterable[Path], folder: Path) -> dict[str, Path]:
    """Name -> the workbook as LibreOffice computes it, from copies without results."""
    bare, done = folder / "bare", folder / "done"
    bare.mkdir()
    for path in paths:
        without_results(path, bare / path.name)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(done)]
    subprocess.run([*command, *map(str, sorted(bare.iterdir()))], check=True, capture_output=True, timeout=300)
    return {path.name: path for path in done.iterdir()}

"""What a workbook's package claims and holds, before anything takes it apart.

A workbook is a ZIP package of XML parts or a compound (OLE) file. Both may be something else under that name, hold a
thousand times what they weigh, or ask their reader to fetch other files; each is refused by its name.
"""

from __future__ import annotations

import mmap
import zipfile
from pathlib import Path
from typing import Final

from etl.archives import DAMAGED
from etl.errors import Fault, UnreadableInput
from etl.intake.copies import Concealer
from etl.intake.spreadsheets import open_sheet
from etl.intake.tables import Layout, TextTable

MOST_INFLATED: Final = 1 << 29
"""What the parts of a package may come to: 512 MiB."""
MOST_PARTS: Final = 10_000
_SUSPECT_FROM: Final = 1 << 26
MOST_TIMES: Final = 100
"""How many times its own size a package of more than 64 MiB may come to; sheets come to 5 to 20 times."""
_BLOCK: Final = 1 << 20
_ENCRYPTED: Final = 1
_ZIP: Final = b"PK"

_ZIPPED: Final = (
    ("xl/", None),
    ("word/", ("file_is_a_document", "DOCX")),
    ("ppt/", ("file_is_a_document", "PPTX")),
    ("Contents/content.hpf", ("file_is_a_document", "HWPX")),
    ("content.xml", None),
)
"""The part that tells what a package is, and what to say of one that is no workbook."""

_COMPOUND: Final = (
    ("EncryptedPackage", ("workbook_has_a_password", "")),
    ("WordDocument", ("file_is_a_document", "DOC")),
    ("PowerPoint Document", ("file_is_a_document", "PPT")),
    ("HwpSummaryInformation", ("file_is_a_document", "HWP")),
    ("Workbook", None),
    ("Book", None),
)
"""The stream that tells what a compound file is, likewise; the first found counts."""


def open_workbook(received: Path, label: str, layout: Layout, job: Path, conceal: Concealer | None = None) -> TextTable:
    """Look a workbook over, then copy one sheet of it as `open_sheet` does.

    Raises:
        UnreadableInput: it is no workbook, not safe to take apart, or as `open_sheet` raises.
    """
    check_workbook(received, label)
    return open_sheet(received, label, layout, job, conceal)


def check_workbook(received: Path, label: str) -> None:
    """Look a workbook over before anything takes it apart.

    Raises:
        UnreadableInput: it is no workbook, or not safe to take apart.
    """
    with received.open("rb") as stream:
        is_zip = stream.read(2) == _ZIP
    if is_zip:
        _check_package(received, label)
    else:
        _check_compound(received, label)


def _check_package(received: Path, label: str) -> None:
    try:
        with zipfile.ZipFile(received) as package:
            parts = package.infolist()
            _check_sizes(parts, received.stat().st_size, label)
            _check_kind([part.filename for part in parts], label)
            for part in parts:
                _check_part(package, part, label)
    except (*DAMAGED, OSError):
        raise UnreadableInput(Fault("file_damaged", label, {"form": "XLSX"})) from None


def _check_sizes(parts: list[zipfile.ZipInfo], weighs: int, label: str) -> None:
    inflated = sum(part.file_size for part in parts)
    swells = inflated > _SUSPECT_FROM and inflated > MOST_TIMES * weighs
    if inflated > MOST_INFLATED or len(parts) > MOST_PARTS or swells:
        facts = {"megabytes": (inflated >> 20) + 1, "kilobytes": (weighs >> 10) + 1}
        raise UnreadableInput(Fault("package_inflates", label, facts))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableInput(Fault("workbook_has_a_password", label))


def _check_kind(names: list[str], label: str) -> None:
    """Refuse a package that is no workbook; the first part of `_ZIPPED` that it has tells."""
    for sign, refusal in _ZIPPED:
        if any(name.startswith(sign) for name in names):
            if refusal is not None:
                raise UnreadableInput(Fault(refusal[0], label, {"form": refusal[1]}))
            return
    raise UnreadableInput(Fault("file_is_compressed", label, {"form": "ZIP"}))


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, label: str) -> None:
    """Inflate a part once: it must be as long as it claims, with its checksum, and declare no document type."""
    before = b""
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            if b"<!DOCTYPE" in before + block:
                raise UnreadableInput(Fault("workbook_declares_entities", label))
            before = block[-8:]


def _check_compound(received: Path, label: str) -> None:
    with received.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as seen:
        for name, refusal in _COMPOUND:
            if seen.find(name.encode("utf-16-le")) >= 0:
                if refusal is not None:
                    code, form = refusal
                    raise UnreadableInput(Fault(code, label, {"form": form} if form else {}))
                return
    raise UnreadableInput(Fault("file_damaged", label, {"form": "XLS"}))

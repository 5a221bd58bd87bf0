"""What a received file is, by its content: its name says what somebody hoped."""

from __future__ import annotations

import codecs
import re
from typing import Final, Literal

from etl.errors import Fault, UnreadableInput

Form = Literal["text", "workbook", "parquet", "json"]

_WORKBOOKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_PARQUET: Final = (b"PAR1", b"PARE")
_REFUSED: Final[tuple[tuple[bytes, int, str, str], ...]] = (
    (b"%PDF-", 0, "file_is_a_document", "PDF"),
    (b"{\\rtf", 0, "file_is_a_document", "RTF"),
    (b"HWP Document File", 0, "file_is_a_document", "HWP"),
    (b"\x89PNG\r\n", 0, "file_is_an_image", "PNG"),
    (b"\xff\xd8\xff", 0, "file_is_an_image", "JPEG"),
    (b"GIF87a", 0, "file_is_an_image", "GIF"),
    (b"GIF89a", 0, "file_is_an_image", "GIF"),
    (b"II*\x00", 0, "file_is_an_image", "TIFF"),
    (b"MM\x00*", 0, "file_is_an_image", "TIFF"),
    (b"WEBP", 8, "file_is_an_image", "WebP"),
    (b"\x1f\x8b\x08", 0, "file_is_compressed", "GZIP"),
    (b"BZh", 0, "file_is_compressed", "BZIP2"),
    (b"\xfd7zXZ\x00", 0, "file_is_compressed", "XZ"),
    (b"\x28\xb5\x2f\xfd", 0, "file_is_compressed", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", 0, "file_is_compressed", "7z"),
    (b"Rar!\x1a\x07", 0, "file_is_compressed", "RAR"),
    (b"\x7fELF", 0, "file_is_a_program", "ELF"),
    (b"\xcf\xfa\xed\xfe", 0, "file_is_a_program", "Mach-O"),
    (b"\xca\xfe\xba\xbe", 0, "file_is_a_program", "Java"),
    (b"SQLite format 3\x00", 0, "file_is_a_database", "SQLite"),
    (b"DUCK", 8, "file_is_a_database", "DuckDB"),
    (b"Standard Jet DB", 4, "file_is_a_database", "Access"),
    (b"Standard ACE DB", 4, "file_is_a_database", "Access"),
    (b"ARROW1", 0, "file_is_a_database", "Arrow"),
    (b"FEA1", 0, "file_is_a_database", "Feather"),
    (b"\x89HDF\r\n", 0, "file_is_a_database", "HDF5"),
)
"""Bytes, where they stand, and what to say of a file that has them."""

_JSON: Final = re.compile(r'\s*(\{\s*["}]|\[\s*[\[{"\]])')
"""The beginning of a JSON document; a heading such as "[붙임1] 교육 현황" is none."""
_MARKUP: Final = re.compile(r"\s*<(\?xml|!doctype|!--|html|head|meta|style|table|body)\b", re.IGNORECASE)
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def form_of(beginning: bytes, label: str) -> Form:
    """How a file is to be read.

    Args:
        beginning: its first bytes.
        label: its name in messages.

    Raises:
        UnreadableInput: it is something that holds no table, said by its name.
    """
    for sign, at, code, form in _REFUSED:
        if beginning.startswith(sign, at):
            raise UnreadableInput(Fault(code, label, {"form": form}))
    if beginning.startswith(b"MZ") and b"\x00" in beginning:
        raise UnreadableInput(Fault("file_is_a_program", label, {"form": "EXE"}))
    if beginning.startswith(_WORKBOOKS):
        return "workbook"
    if beginning.startswith(_PARQUET):
        return "parquet"
    text = _text(beginning)
    if _MARKUP.match(text):
        raise UnreadableInput(Fault("file_is_a_web_page", label))
    return "json" if _JSON.match(text) else "text"


def _text(beginning: bytes) -> str:
    """The first signs of a text; of one in an encoding of several bytes only those that are in all of them."""
    mark, encoding = next(((bom, code) for bom, code in _BOMS if beginning.startswith(bom)), (b"", "utf-8"))
    return beginning[len(mark) :].decode(encoding, "replace")

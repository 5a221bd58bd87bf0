"""The package of a Hangul document: a ZIP in which the same document gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from etl.exports.hangul.looks import SECTION, Looks
from etl.exports.writing import Archive

_KIND: Final = "mimetype"
_PREVIEW: Final = "Preview/"
_PREVIEW_TEXT: Final = "Preview/PrvText.txt"


def write_package(target: Path, looks: Looks, section: Iterable[str], preview: str) -> None:
    """Write a document, its section a piece at a time.

    Args:
        target: the file.
        looks: the parts that hold its styles.
        section: the pieces of its text, which join to one well-formed XML.
        preview: what file managers show of it.
    """
    with Archive(target) as archive:
        archive.add_stored(_KIND, looks.parts[_KIND])
        for name, content in looks.parts.items():
            if name != _KIND and not name.startswith(_PREVIEW):
                with archive.open(name, may_be_huge=False) as stream:
                    stream.write(content)
        with archive.open(_PREVIEW_TEXT, may_be_huge=False) as stream:
            stream.write(preview.encode("utf-8", errors="replace"))
        with archive.open(SECTION, may_be_huge=False) as stream:
            for piece in section:
                stream.write(piece.encode("utf-8"))

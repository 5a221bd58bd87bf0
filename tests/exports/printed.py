"""PDF documents read back: the text of their pages without blanks, as a search for a row of a table needs it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from etl.errors import Language
from etl.exports.carried import Taken, carry
from etl.exports.pdf.documents import write_pdf
from etl.exports.pdf.glyphs import composed
from etl.exports.pdf.press import _press
from etl.insight.reading import Reading
from tests.exports.given import TAKEN


class Printed:
    """One document."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = PdfReader(io.BytesIO(data))
        self.pages = [flat(page.extract_text()) for page in self.reader.pages]

    @property
    def catalogue(self) -> DictionaryObject:
        return self.reader.root_object

    @property
    def bookmarks(self) -> list[str]:
        return [item.title for item in self.reader.outline if not isinstance(item, list)]

    def pages_with(self, *texts: str) -> list[int]:
        """The pages on which the texts stand right behind each other."""
        wanted = flat("".join(texts))
        return [at for at, page in enumerate(self.pages) if wanted in page]


def flat(text: str) -> str:
    return re.sub(r"\s|\u200b", "", text)


def shown(name: str) -> str:
    """A name as it is printed."""
    return flat(composed(_press()[1].printable(name)))


def printed(
    reading: Reading, folder: Path, document: str, language: Language = "ko", taken: Taken | None = TAKEN, **more: Any
) -> Printed:
    """A document of a release, written and read back."""
    path = folder / f"{document}-{language}.pdf"
    write_pdf(carry(reading, taken), path, language, (document,), **more)
    return Printed(path.read_bytes())

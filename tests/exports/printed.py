"""PDF documents read back: the text of their pages without blanks, as a search for a row of a table needs it."""

from __future__ import annotations

import io
import re
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from pypdf import PdfReader

from etl.errors import Language
from etl.exports.carried import Taken, carry
from etl.exports.pdf.documents import write_pdf
from etl.exports.pdf.glyphs import composed
from etl.exports.pdf.press import _press
from etl.insight.reading import Reading
from tests.exports.given import TAKEN


class Stroke(NamedTuple):
    """The ends of a drawn path, in points from the lower left corner of its page."""

    left: float
    top: float
    right: float
    bottom: float


_PATH: Final = re.compile(r"1 0 0 -1 (\S+) (\S+) cm/c0 CS[^\n]* M (0 0 m [^\n]+ l)$", re.MULTILINE)


class Printed:
    """One document."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = PdfReader(io.BytesIO(data))
        self._texts: dict[int, str] = {}  # reading a page takes a while: only those asked for, and once

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.reader.pages)

    @cached_property
    def pages(self) -> list[str]:
        """The text of every page, without blanks."""
        return [flat(self._text(at)) for at in range(self.count)]

    @property
    def catalogue(self) -> Any:
        return self.reader.root_object

    @property
    def bookmarks(self) -> list[str]:
        return [str(item.title) for item in self.reader.outline if not isinstance(item, list)]

    def lines(self, at: int) -> list[str]:
        """The lines of a page as they are set, their words apart."""
        return [line.replace("\u200b", "") for line in self._text(at).splitlines()]

    def baselines(self, at: int) -> dict[float, str]:
        """Height above the foot of the page -> the text that stands there."""
        found: dict[float, str] = {}

        def see(text: str, outer: list[float], inner: list[float], *_: Any) -> None:
            if text.strip():
                height = inner[5] * outer[3] + outer[5]
                found[height] = found.get(height, "") + text

        self.reader.pages[at].extract_text(visitor_text=see)
        return found

    def strokes(self, at: int) -> list[Stroke]:
        """Lines and frames drawn on a page."""
        page = self.reader.pages[at].get_contents()
        assert page is not None
        return [_stroke(*found) for found in _PATH.findall(page.get_data().decode("latin-1"))]

    def _text(self, at: int) -> str:
        if at not in self._texts:
            self._texts[at] = self.reader.pages[at].extract_text()
        return self._texts[at]

    def pages_with(self, *texts: str) -> list[int]:
        """The pages on which the texts stand right behind each other."""
        wanted = flat("".join(texts))
        return [at for at, page in enumerate(self.pages) if wanted in page]


def _stroke(x: str, y: str, path: str) -> Stroke:
    numbers = [float(part) for part in path.split() if part not in "ml"]
    across, down = numbers[::2], numbers[1::2]
    return Stroke(float(x) + min(across), float(y) - min(down), float(x) + max(across), float(y) - max(down))


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

"""The press: data and a template become a PDF, with our own fonts and nothing else of the machine.

What is printed reaches typst as data and never as source: a name such as `#let x = 1` is text like any other. The
templates' folder is all typst can read; they import no package.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import typst

from etl.errors import Fault, UsageError
from etl.exports.carried import Carried
from etl.exports.pdf.glyphs import Glyphs, printable_data

Template = Literal["report", "scorecards", "notices"]

FAMILY: Final = "Pretendard GOV"
FONTS: Final = Path(__file__).parent.parent / "fonts"
TEMPLATES: Final = Path(__file__).with_name("typst")
_FILES: Final = ("PretendardGOV-Regular.otf", "PretendardGOV-Bold.otf")
_STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]
"""PDF/A-2a is PDF/A-2b with tags; PDF/UA-1 asks for a title, a language, alternative texts and headings in order."""
_PAGES: Final = ("cards", "notices")
"""What is listed here is a page each."""
_ONE_AT_A_TIME: Final = threading.Lock()


def print_pages(template: Template, data: Mapping[str, Any], carried: Carried) -> bytes:
    """Set a document. The same template, data and time give the same bytes.

    Args:
        template: which one.
        data: texts, numbers and lists, as JSON can write them.
        carried: tells the time the document says of itself.

    Raises:
        UsageError: a font is missing or damaged.
    """
    compiler, glyphs = _press()
    inputs = {"data": json.dumps(_noted(data, glyphs), ensure_ascii=False)}
    with _ONE_AT_A_TIME:
        made = compiler.compile(
            TEMPLATES / f"{template}.typ",
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=_STANDARDS,
            timestamp=_seconds(carried),
        )
    if not isinstance(made, bytes):
        raise TypeError(template)
    return made


def _noted(data: Mapping[str, Any], glyphs: Glyphs) -> dict[str, Any]:
    """The data, printable, and for each page of a department whether it has a number instead of a character."""
    alone = {name: data[name] for name in _PAGES if name in data}
    shared, everywhere = printable_data({name: part for name, part in data.items() if name not in alone}, glyphs)
    pages = {
        name: [
            {**page, "has_numbers": everywhere or here}
            for page, here in (printable_data(one, glyphs) for one in listed)
        ]
        for name, listed in alone.items()
    }
    return {**shared, **pages, "has_numbers": everywhere}


def _seconds(carried: Carried) -> int:
    """When it was taken out; where that is not told, the end of the period, so that nothing depends on the clock."""
    if carried.taken is not None:
        return int(carried.taken.at.timestamp())
    day = carried.reading.rulebook.evaluation.period.end
    return int(datetime.combine(day, time(), UTC).timestamp())


@cache
def _press() -> tuple[typst.Compiler, Glyphs]:
    """The compiler, which reads its fonts once, and what they can draw.

    Raises:
        UsageError: a font is missing or damaged.
    """
    try:
        glyphs = Glyphs(*(FONTS / file for file in _FILES))
    except (OSError, ValueError):
        raise UsageError(Fault("export_no_font", str(FONTS))) from None
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    if FAMILY not in fonts.families():
        raise UsageError(Fault("export_no_font", str(FONTS)))
    return typst.Compiler(root=TEMPLATES, font_paths=fonts), glyphs

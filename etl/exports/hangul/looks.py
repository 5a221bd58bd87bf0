"""How a Hangul document looks: its named styles, its borders, its page, made by python-hwpx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from hwpx import HwpxDocument

from etl.errors import Language

GOTHIC: Final = "맑은 고딕"
SERIF: Final = "함초롬바탕"
BLUE: Final = "#0B50D0"
GREY: Final = "#5B6470"
RED: Final = "#B3261E"
PER_POINT: Final = 100
"""Units of a Hangul document in a point."""

PAGE_WIDTH: Final = 59528
PAGE_HEIGHT: Final = 84188
MARGIN: Final = 5669
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
"""A4 upright, 20 mm left and right."""

SECTION: Final = "Contents/section0.xml"

Align = Literal["LEFT", "CENTER", "RIGHT"]


@dataclass(frozen=True, slots=True)
class Style:
    """A named style of paragraphs, which whoever edits the document can change for all of them at once.

    Attributes:
        name: in Hangul's list of styles.
        english: the same in English.
        size: of the letters, in points.
        before, after: room above and below, in points.
        hanging: how far lines after the first stand in, in points.
        inset: how far all lines stand in, in points.
        outline: 1 to 3 where it is a heading that the outline shows and numbers.
        is_close: the lines of a table stand closer than those of text.
        stays: whether it stays with the paragraph that follows.
    """

    name: str
    english: str
    size: float
    font: str = SERIF
    bold: bool = False
    color: str = "#000000"
    align: Align = "LEFT"
    before: float = 0
    after: float = 0
    hanging: float = 0
    inset: float = 0
    outline: int = 0
    is_close: bool = False
    stays: bool = False


STYLES: Final[Mapping[str, Style]] = {
    "mark": Style("공표 상태", "State", 30, GOTHIC, True, RED, "CENTER", after=4, stays=True),
    "card_mark": Style("성적표 상태", "State of a Scorecard", 20, GOTHIC, True, RED, stays=True),
    "title": Style("문서 제목", "Document Title", 22, GOTHIC, True, align="CENTER", before=6, after=4, stays=True),
    "subtitle": Style("문서 정보", "Document Facts", 10.5, GOTHIC, color=GREY, align="CENTER", after=10),
    "heading": Style("개요 1", "Outline 1", 16, GOTHIC, True, BLUE, before=16, after=5, outline=1, stays=True),
    "subheading": Style("개요 2", "Outline 2", 13, GOTHIC, True, before=11, after=4, outline=2, stays=True),
    "point": Style("개요 3", "Outline 3", 11.5, GOTHIC, True, before=9, after=2, outline=3, stays=True),
    "item": Style("본문 항목", "Item", 11.5, after=2, hanging=13),
    "card_item": Style("성적표 항목", "Item of a Scorecard", 10, after=1, hanging=11),
    "detail": Style("세부 항목", "Detail", 11, after=2, hanging=8, inset=13),
    "note": Style("작은 글", "Note", 9, GOTHIC, color=GREY, before=4, after=4),
    "caption": Style("표 이름", "Table Title", 10.5, GOTHIC, True, before=7, after=2, stays=True),
    "head": Style("표 머리", "Table Head", 9, GOTHIC, True, align="CENTER", is_close=True),
    "cell": Style("표 글", "Table Text", 9, GOTHIC, is_close=True),
    "middle": Style("표 가운데", "Table Middle", 9, GOTHIC, align="CENTER", is_close=True),
    "number": Style("표 수", "Table Number", 9, GOTHIC, align="RIGHT", is_close=True),
    "area": Style("표 영역", "Table Area", 9, GOTHIC, True, is_close=True),
    "figure": Style("큰 수", "Figure", 14, GOTHIC, True, BLUE, "CENTER", is_close=True),
    "running": Style("머리말 글", "Running Head", 8.5, GOTHIC, color=GREY, align="RIGHT", is_close=True),
    "page": Style("꼬리말 글", "Running Foot", 8.5, GOTHIC, color=GREY, is_close=True),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph of a style refers to in the document's header."""

    style: str
    paragraph: str
    letters: str


@dataclass(frozen=True, slots=True)
class Looks:
    """The parts of an empty document with all its styles.

    Attributes:
        parts: file of the package -> its bytes, without the section.
        opening: the section's root element as it begins.
        page: the page set-up of the section, as XML.
        shapes: style -> what its paragraphs refer to.
        plain, shaded, boxed: borders of a table's cells, of those of its head, and of a box.
    """

    parts: Mapping[str, bytes]
    opening: str
    page: str
    shapes: Mapping[str, Shape]
    plain: str
    shaded: str
    boxed: str


def looks(language: Language, title: str, made: str) -> Looks:
    """An empty document with all its styles.

    Args:
        language: of the headings' numbers: 가. in Korean, 1.1 in English.
        title: of the document, for its properties.
        made: when, as `2026-03-02T09:30:00Z`; empty where it must not be said.
    """
    document = HwpxDocument.new()
    document.page.setup(
        paper_size="A4",
        margin_left_mm=20,
        margin_right_mm=20,
        margin_top_mm=13,
        margin_bottom_mm=11,
        header_margin_mm=9,
        footer_margin_mm=9,
    )
    shapes = _shapes(document)
    plain, shaded, boxed = (
        document.styles.ensure_border_fill(border_color=color, fill_color=fill)
        for color, fill in (("#B8C0CC", None), ("#8C98A8", "#E8EEF8"), (BLUE, "#F6F8FC"))
    )
    if language == "en":
        _number_in_figures(document.oxml.headers[0].element)
    document.package.clear_document_metadata(timestamp=made)
    document.parts.set_document_metadata(title=title, creator="Jipyo", created_date=made, modified_date=made)
    parts = _parts_of(document)
    section = parts.pop(SECTION).decode()
    end = "</hp:secPr>"
    page = section[section.index("<hp:secPr") : section.index(end) + len(end)]
    return Looks(parts, section[: section.index("<hp:p ")], page, shapes, plain, shaded, boxed)


def _shapes(document: HwpxDocument) -> dict[str, Shape]:
    """Every style made known to the document: its letters, its paragraph, its name."""
    document.styles.ensure_font(GOTHIC, subst_face="함초롬돋움", subst_type="TTF")
    return {key: _shape(document, style) for key, style in STYLES.items()}


def _shape(document: HwpxDocument, style: Style) -> Shape:
    header = document.oxml.headers[0]
    letters = document.styles.ensure_run(bold=style.bold, font=style.font, size=style.size, color=style.color)
    paragraph = header.ensure_paragraph_format(
        base_para_pr_id="0",
        alignment=style.align,
        line_spacing_percent=130 if style.is_close else 160,
        margins={
            "left": round(style.inset * PER_POINT),
            "right": 0,
            "intent": -round(style.hanging * PER_POINT),
            "prev": round(style.before * PER_POINT),
            "next": round(style.after * PER_POINT),
        },
        heading={"type": "OUTLINE", "idRef": "0", "level": str(style.outline - 1)} if style.outline else None,
        break_setting={"keep_with_next": style.stays},
    )
    named = header.ensure_style(
        style.name,
        eng_name=style.english,
        para_pr_id_ref=paragraph,
        char_pr_id_ref=letters,
        lang_id=1042,
        lock_form=False,
    )
    header.ensure_style(style.name, next_style_id_ref=named)
    return Shape(named, paragraph, letters)


def _number_in_figures(header: Any) -> None:
    """Have headings of the second level say 1.1 rather than 가."""
    second = next(head for head in header.iter() if head.tag.endswith("}paraHead") and head.get("level") == "2")
    second.set("numFormat", "DIGIT")
    second.text = "^1.^2"


def _parts_of(document: HwpxDocument) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document.to_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}

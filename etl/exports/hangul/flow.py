"""Paragraphs and tables of a Hangul document as its XML, one after the other, so that a long one is never held whole.

python-hwpx fills a table in time that grows with the square of its cells (600 cells took ten seconds) and numbers what
it makes at random. What is written here is numbered in order: the same document gives the same bytes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from etl.exports.hangul.looks import PAGE_HEIGHT, STYLES, TEXT_WIDTH, Looks
from etl.exports.hangul.measure import height_of

_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""What XML may not hold, and what turns the text around it over: 1.5 could be read as 5.1."""
REPLACED: Final = "\ufffd"
_BREAK: Final = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_SIDES: Final = '<hp:{} left="510" right="510" top="170" bottom="170"/>'
_SHORT: Final = PAGE_HEIGHT // 3
"""A table no higher stands like a letter of the text and stays whole; a higher one breaks between rows."""
_BESIDE: Final = 2 * 510
_ABOVE_AND_BELOW: Final = 2 * 170
"""What a cell keeps free of text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        head: its heading.
        share: its width, in parts of the shares of all.
        style: of its cells.
    """

    head: str
    share: int
    style: str = "cell"


class Flow:
    """Writes a section's paragraphs and tables.

    Attributes:
        replaced: characters that no document may hold, or that turn text over, and that were replaced so far.
    """

    def __init__(self, looks: Looks) -> None:
        self._looks, self._numbers, self.replaced = looks, itertools.count(1), 0

    def opening(self, running: str, foot: str, style: str, text: str) -> str:
        """How the section begins: its page, what runs along the head and foot of each, and its first paragraph.

        Args:
            running: at the head of every page.
            foot: at the foot of every page, beside its number.
            style: of the first paragraph.
            text: the first paragraph.
        """
        columns = '<hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1" sameGap="0"/>'
        number = '<hp:pageNum pos="BOTTOM_CENTER" formatType="DIGIT" sideChar="-"/>'
        controls = "".join(
            f"<hp:ctrl>{control}</hp:ctrl>"
            for control in (
                columns,
                self._running("header", "TOP", self._paragraph("running", self._letters(running))),
                self._running("footer", "BOTTOM", self._paragraph("page", self._letters(foot))),
                number,
            )
        )
        shape = self._looks.shapes[style]
        page = f'<hp:run charPrIDRef="{shape.letters}">{self._looks.page}{controls}</hp:run>'
        return f"{self._looks.opening}{self._paragraph(style, self._letters(text), before=page)}"

    @property
    def ending(self) -> str:
        """How the section ends."""
        return "</hs:sec>"

    def paragraph(self, style: str, text: str, *, on_new_page: bool = False) -> str:
        """A paragraph; a line break within the text stays one."""
        return self._paragraph(style, self._letters(text), on_new_page=on_new_page)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        styles: Sequence[Sequence[str]] = (),
    ) -> Iterator[str]:
        """A table as wide as the text, which breaks between rows and repeats its heads on every page.

        Args:
            columns: at least one.
            rows: a text for each column.
            styles: of each row's cells, where they are not those of the columns.
        """
        heads = [column.head for column in columns]
        own = styles or [[column.style for column in columns]] * len(rows)
        widths = _widths([column.share for column in columns])
        yield from self._grid([heads, *rows], widths, [["head"] * len(columns), *own], has_head=True)

    def sheet(
        self, rows: Sequence[Sequence[str]], shares: Sequence[int], styles: Sequence[Sequence[str]]
    ) -> Iterator[str]:
        """A table without a head, such as of labels and values.

        Args:
            rows: a text for each column.
            shares: the widths of the columns, in parts of their sum.
            styles: of each row's cells; those of the style `head` are shaded.
        """
        yield from self._grid(rows, _widths(shares), styles, has_head=False)

    def box(self, paragraphs: Iterable[tuple[str, str]]) -> str:
        """Paragraphs in a frame of their own: the style and text of each."""
        texts = list(paragraphs)
        inside = "".join(self._paragraph(style, self._letters(text)) for style, text in texts)
        inner = TEXT_WIDTH - _BESIDE
        height = sum(height_of(text, STYLES[style], inner) for style, text in texts) + _ABOVE_AND_BELOW
        cell = self._cell(inside, (0, 0), (TEXT_WIDTH, height), self._looks.boxed, is_head=False)
        return f"{self._table_start(1, 1, height, has_head=False)}<hp:tr>{cell}</hp:tr>{self._table_end()}"

    def _grid(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        styles: Sequence[Sequence[str]],
        *,
        has_head: bool,
    ) -> Iterator[str]:
        heights = [_row_height(row, own, widths) for row, own in zip(rows, styles, strict=True)]
        yield self._table_start(len(rows), len(widths), sum(heights), has_head=has_head)
        for at, (row, own, height) in enumerate(zip(rows, styles, heights, strict=True)):
            cells = (
                self._cell(
                    self._paragraph(style, self._letters(text)),
                    (column, at),
                    (width, height),
                    self._looks.shaded if style == "head" else self._looks.plain,
                    is_head=has_head and at == 0,
                )
                for column, (text, width, style) in enumerate(zip(row, widths, own, strict=True))
            )
            yield f"<hp:tr>{''.join(cells)}</hp:tr>"
        yield self._table_end()

    def _table_start(self, rows: int, columns: int, height: int, *, has_head: bool) -> str:
        number = next(self._numbers)
        shape = self._looks.shapes["cell"]
        return (
            f'<hp:p id="0" paraPrIDRef="{shape.paragraph}" styleIDRef="{shape.style}" pageBreak="0" columnBreak="0"'
            f' merged="0"><hp:run charPrIDRef="{shape.letters}"><hp:tbl id="{number}" zOrder="{number - 1}"'
            ' numberingType="TABLE" textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0" dropcapstyle="None"'
            f' pageBreak="TABLE" repeatHeader="{int(has_head)}" rowCnt="{rows}" colCnt="{columns}" cellSpacing="0"'
            f' borderFillIDRef="{self._looks.plain}" noAdjust="0">'
            f'<hp:sz width="{TEXT_WIDTH}" widthRelTo="ABSOLUTE" height="{height}" heightRelTo="ABSOLUTE" protect="0"/>'
            f'<hp:pos treatAsChar="{int(height <= _SHORT)}" affectLSpacing="0" flowWithText="1" allowOverlap="0"'
            ' holdAnchorAndSO="0" vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0"'
            ' horzOffset="0"/>'
            f'<hp:outMargin left="0" right="0" top="0" bottom="283"/>{_SIDES.format("inMargin")}'
        )

    def _table_end(self) -> str:
        return "</hp:tbl></hp:run></hp:p>"

    def _cell(self, inside: str, place: tuple[int, int], size: tuple[int, int], border: str, *, is_head: bool) -> str:
        return (
            f'<hp:tc name="" header="{int(is_head)}" hasMargin="0" protect="0" editable="0" dirty="0"'
            f' borderFillIDRef="{border}"><hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK"'
            ' vertAlign="CENTER" linkListIDRef="0" linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0"'
            f' hasNumRef="0">{inside}</hp:subList><hp:cellAddr colAddr="{place[0]}" rowAddr="{place[1]}"/>'
            f'<hp:cellSpan colSpan="1" rowSpan="1"/><hp:cellSz width="{size[0]}" height="{size[1]}"/>'
            f"{_SIDES.format('cellMargin')}</hp:tc>"
        )

    def _running(self, place: str, edge: str, inside: str) -> str:
        return (
            f'<hp:{place} id="{next(self._numbers)}" applyPageType="BOTH"><hp:subList id="" textDirection="HORIZONTAL"'
            f' lineWrap="BREAK" vertAlign="{edge}" linkListIDRef="0" linkListNextIDRef="0" textWidth="{TEXT_WIDTH}"'
            f' textHeight="2835" hasTextRef="0" hasNumRef="0">{inside}</hp:subList></hp:{place}>'
        )

    def _paragraph(self, style: str, letters: str, *, before: str = "", on_new_page: bool = False) -> str:
        shape = self._looks.shapes[style]
        run = f'<hp:run charPrIDRef="{shape.letters}">{letters}</hp:run>'
        return (
            f'<hp:p id="0" paraPrIDRef="{shape.paragraph}" styleIDRef="{shape.style}" pageBreak="{int(on_new_page)}"'
            f' columnBreak="0" merged="0">{before}{run}</hp:p>'
        )

    def _letters(self, text: str) -> str:
        """Text as XML: nothing in it is markup, nothing in it that XML may not hold."""
        safe, replaced = _HARMFUL.subn(REPLACED, _BREAK.sub("\n", text).replace("\t", " "))
        self.replaced += replaced
        return f"<hp:t>{escape(safe).replace(chr(10), '<hp:lineBreak/>')}</hp:t>"


def _row_height(row: Sequence[str], styles: Sequence[str], widths: Sequence[int]) -> int:
    cells = zip(row, styles, widths, strict=True)
    return _ABOVE_AND_BELOW + max(height_of(text, STYLES[style], width - _BESIDE) for text, style, width in cells)


def _widths(shares: Sequence[int]) -> list[int]:
    """The columns' widths, which add up to that of the text to the last unit."""
    ends = [TEXT_WIDTH * added // sum(shares) for added in itertools.accumulate(shares)]
    return [end - start for start, end in itertools.pairwise([0, *ends])]

"""Hangul documents read back from their XML, by their own styles."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET

from hwpx.oxml.namespaces import HH, HP


@dataclass(frozen=True)
class Document:
    """A document that was written."""

    path: Path

    @cached_property
    def names(self) -> list[str]:
        """The files of the package, in their order."""
        with zipfile.ZipFile(self.path) as package:
            return package.namelist()

    def part(self, name: str) -> bytes:
        """A file of the package."""
        with zipfile.ZipFile(self.path) as package:
            return package.read(name)

    @cached_property
    def head(self) -> ET.Element:
        """Where the styles are."""
        return ET.fromstring(self.part("Contents/header.xml"))

    @cached_property
    def section(self) -> ET.Element:
        """Where the text is."""
        return ET.fromstring(self.part("Contents/section0.xml"))

    @cached_property
    def styles(self) -> dict[str, str]:
        """Number of a style -> its name."""
        return {style.attrib["id"]: style.attrib["name"] for style in self.head.iter(f"{HH}style")}

    @cached_property
    def paragraphs(self) -> list[tuple[str, str]]:
        """Style and text of every paragraph that stands in no table, nor at the edge of a page."""
        return [
            (self.styles[paragraph.attrib["styleIDRef"]], text_of(paragraph))
            for paragraph in self.section.findall(f"{HP}p")
            if paragraph.find(f"{HP}run/{HP}tbl") is None
        ]

    def texts(self, style: str) -> list[str]:
        """The texts of the paragraphs of a style."""
        return [text for named, text in self.paragraphs if named == style]

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        """Rows of cells."""
        return [rows_of(table) for table in self.section.iter(f"{HP}tbl")]

    def records(self, *heads: str) -> list[dict[str, str]]:
        """The rows of every table that has these columns."""
        found = [rows for rows in self.tables if set(heads) <= set(rows[0])]
        return [dict(zip(rows[0], row, strict=True)) for rows in found for row in rows[1:]]

    @cached_property
    def text(self) -> str:
        """Everything that is said."""
        return (
            "\n".join(text for _, text in self.paragraphs)
            + "\n"
            + "\n".join(cell for rows in self.tables for row in rows for cell in row)
        )


def rows_of(table: ET.Element) -> list[list[str]]:
    """The texts of a table's cells."""
    return [
        ["\n".join(text_of(one) for one in cell.iter(f"{HP}p")) for cell in row.iter(f"{HP}tc")]
        for row in table.iter(f"{HP}tr")
    ]


def text_of(paragraph: ET.Element) -> str:
    """The letters of a paragraph's own runs, a line break as one."""
    return "".join(letter for run in paragraph.findall(f"{HP}run/{HP}t") for letter in _letters(run))


def _letters(run: ET.Element) -> Iterator[str]:
    yield run.text or ""
    for child in run:
        yield "\n" if child.tag == f"{HP}lineBreak" else ""
        yield child.tail or ""

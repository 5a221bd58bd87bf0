"""The press: PDF/A with tags and our own fonts, the same bytes again, names as text and never as source."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from etl.errors import UsageError
from etl.exports.carried import carry
from etl.exports.export import export
from etl.exports.formats import Wanted
from etl.exports.pdf import press
from etl.exports.pdf.blocks import chapter, trend
from etl.exports.pdf.glyphs import breakable, composed, covered_by
from etl.exports.pdf.press import print_pages
from etl.exports.pdf.report import first_page
from etl.exports.pdf.room import has_even_rows
from etl.exports.pdf.scorecards import scorecards_data
from etl.exports.pdf.strip import group_strip
from etl.exports.pdf.told import Told
from etl.exports.pdf.words import say
from etl.insight.reading import Reading
from tests.exports.given import HOSTILE, TAKEN, scored
from tests.exports.printed import Printed, flat, printed, shown

DOCUMENTS = ["report", "scorecards", "notices"]
SOURCE = (
    "#let x = 1",
    "$ integral $ #panic()",
    '#read("/etc/passwd")',
    '\\#include "house.typ"',
    "*굵게* _기울임_ `코드` == 제목",
    "[x](http://x) https://example.org",
    "<img src=x onerror=alert(1)>",
    "가" * 300,
    "\u202eبيانات 데이터",
    "\u1112\u1161\u11ab글과",
)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Departments whose names are typst's own language, or none a font knows."""
    names = [*HOSTILE, *SOURCE]
    return scored(tmp_path_factory.mktemp("named"), {f"U{at}": name for at, name in enumerate(names)}, name=SOURCE[0])


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request: pytest.FixtureRequest, named: Reading, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(named, tmp_path_factory.mktemp(request.param), request.param)


# Names ---------------------------------------------------------------------------------------------------------------


def test_names_stand_there_as_they_were_given(named: Reading, document: Printed) -> None:
    everything = "".join(document.pages)
    assert [unit.name for unit in named.units.values() if shown(unit.name) not in everything] == []
    assert shown("#let x = 1") == "#letx=1"
    assert shown("地方自治團體") == "地方自治團體"


def test_a_number_instead_of_a_character_is_explained_on_the_pages_that_have_one_alone(document: Printed) -> None:
    notice = flat(say("page.numbers", "ko"))
    pages = [(notice in page, "[U+" in page.replace(notice, "")) for page in document.pages]
    assert {said for said, _ in pages} == {True, False}
    assert [number for number, (said, needed) in enumerate(pages, start=1) if said != needed] == []


def test_each_department_has_one_page_whatever_it_is_called(named: Reading, tmp_path: Path) -> None:
    for kind in ("scorecards", "notices"):
        assert len(printed(named, tmp_path, kind).pages) == len(named.units)


def test_rows_whose_height_is_given_hold_the_widest_letters_in_one_line(named: Reading) -> None:
    told = Told(carry(named, TAKEN), "ko")
    data = scorecards_data(told, told.codes()[:1])
    card, part = data["cards"][0], data["cards"][0]["parts"][0]
    full = [{**part, "name": sign * 14, "value": sign * 11, "depth": 0, "is_area": True} for sign in "W%@가漢—"]
    deep = {**part, "name": "W" * 13, "value": "0" * 19, "depth": 2, "earned": "100.00", "possible": "100"}
    card["parts"] = [*full, deep]
    assert has_even_rows(card)
    assert not has_even_rows({"parts": [{**part, "name": "가" * 15}]})
    card["is_even"] = True
    lines = PdfReader(io.BytesIO(print_pages("scorecards", data, told.carried))).pages[0].extract_text()
    assert [row["name"] for row in card["parts"] if row["name"] not in lines] == []
    assert [row["value"] for row in card["parts"] if row["value"] not in lines] == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_nothing_runs_off_the_page(kind: str, tmp_path: Path) -> None:
    reading = scored(tmp_path, {"U0": "W" * 100, "U1": "가" * 100, "U2": "W" * 300}, name="M" * 100)
    for page in printed(reading, tmp_path, kind).reader.pages:
        assert [text for text in page.extract_text().split() if set(text) <= set("WM") and len(text) > 75] == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("A" * 25, 3), ("a" * 8 + "0" * 56, 1), ("데이터" * 20, 1), ("짧은 words only here", 1), ("x/" * 12, 3)],
)
def test_only_long_latin_words_get_places_to_break(text: str, pieces: int) -> None:
    assert len(breakable(text).split("\u200b")) == pieces
    assert breakable(text).replace("\u200b", "") == text


def test_every_other_department_of_the_group_is_a_dot(named: Reading) -> None:
    told = Told(carry(named, TAKEN), "ko")
    unit_id = next(iter(named.ranks))
    drawn = group_strip(told, named.ranks[unit_id].peer_group, unit_id)
    assert drawn is not None
    assert sum(dots for _, dots in drawn["columns"]) == named.ranks[unit_id].group_units - 1


AMBER: Final = [0.780, 0.522, 0]
"""The colour of targets, as a PDF writes it."""


def test_no_line_of_a_target_runs_through_a_figure_of_its_year(hostile: Reading) -> None:
    told = Told(carry(hostile, TAKEN), "ko")
    years = [{"year": str(at), "text": "88", "share": 0.4, "target": at / 50} for at in range(51)]
    drawn = [trend("연도별", years[at : at + 5], "그림") for at in range(0, len(years), 5)]
    pages = PdfReader(
        io.BytesIO(print_pages("report", {**first_page(told), "chapters": [chapter("성과", drawn)]}, told.carried))
    ).pages[1:]
    labels, lines = [], []
    for number, page in enumerate(pages):
        stroke: list[float] = []

        def draw(operator: bytes, given: list[Any], at: list[float], _: Any, number: int = number) -> None:
            nonlocal stroke
            if operator == b"SCN":
                stroke = [round(float(part), 3) for part in given]
            elif operator == b"l" and stroke == AMBER:
                lines.append((number, at[4], at[4] + float(given[0]), at[5]))

        def write(text: str, at: list[float], *_: Any, number: int = number) -> None:
            if text.strip() == "88":
                labels.append((number, at[4], at[5]))

        page.extract_text(visitor_operand_before=draw, visitor_text=write)
    assert len(labels) == len(years)
    assert len(lines) >= len(years)
    struck = [
        (label, line)
        for label in labels
        for line in lines
        if label[0] == line[0] and line[1] < label[1] < line[2] and label[2] - 1 < line[3] < label[2] + 6.5
    ]
    assert struck == []


def test_nothing_in_a_document_can_be_run_or_followed_outside(document: Printed) -> None:
    found = {
        key for one in dictionaries(document) for key in ("/JS", "/JavaScript", "/URI", "/Launch", "/AA") if key in one
    }
    assert found == set()
    assert "/OpenAction" not in document.catalogue


def test_what_the_font_lacks_is_told_by_its_number() -> None:
    glyphs = press._press()[1]
    assert glyphs.printable("👩과\u202e") == "[U+1F469]과[U+202E]"
    assert glyphs.printable("첫째\n둘째\t셋째") == "첫째 둘째 셋째"
    assert glyphs.printable("\u1112\u1161\u11ab") == "한"


@given(st.text())
def test_whatever_is_printed_the_font_draws(text: str) -> None:
    glyphs = press._press()[1]
    drawn = glyphs.printable(text)
    assert glyphs.printable(drawn) == composed(drawn) == drawn
    covered = coverage()
    assert all(ord(sign) in covered for sign in drawn)


def coverage() -> set[int]:
    if not _COVERED:
        fonts = [set(of_font(press.FONTS / file)) for file in press._FILES]
        _COVERED.update(set.intersection(*fonts))
    return _COVERED


_COVERED: set[int] = set()


def of_font(font: Path) -> Iterator[int]:
    for first, last in covered_by(font):
        yield from range(first, last + 1)


# The file ------------------------------------------------------------------------------------------------------------


def test_documents_are_pdf_a_and_accessible(document: Printed) -> None:
    metadata = document.catalogue["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert document.catalogue["/MarkInfo"]["/Marked"]
    assert document.catalogue["/Lang"] == "ko"
    assert document.catalogue["/StructTreeRoot"].get_object()["/K"]
    assert document.bookmarks
    assert document.reader.metadata is not None
    assert "수치표 평가" in (document.reader.metadata.title or "")


def test_tables_are_tagged_with_their_heads_and_drawings_with_words(document: Printed) -> None:
    elements = [one for one in dictionaries(document) if one.get("/Type") == "/StructElem"]
    kinds = {str(one["/S"]) for one in elements}
    assert {"/Table", "/TR", "/TH", "/TD", "/H1"} <= kinds
    drawings = [one for one in elements if one["/S"] == "/Figure"]
    assert all(one.get("/Alt") for one in drawings)


def test_every_font_is_ours_and_embedded(document: Printed) -> None:
    fonts = [one for one in dictionaries(document) if one.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all("PretendardGOV" in font["/FontName"] and "/FontFile3" in font for font in fonts)


def dictionaries(document: Printed) -> Iterator[Any]:
    reader = document.reader
    for number in range(1, len(reader.xref[0]) + 1):
        found = IndirectObject(number, 0, reader).get_object()
        if isinstance(found, DictionaryObject):
            yield found


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_same_release_taken_alike_gives_the_same_bytes(kind: str, hostile: Reading, tmp_path: Path) -> None:
    first = printed(hostile, tmp_path, kind).data
    press._press.cache_clear()
    assert printed(hostile, tmp_path, kind).data == first
    later = replace(TAKEN, at=TAKEN.at + timedelta(minutes=1))
    assert printed(hostile, tmp_path, kind, taken=later).data != first


def test_without_a_taker_nothing_depends_on_the_clock(hostile: Reading, tmp_path: Path) -> None:
    done = printed(hostile, tmp_path, "notices", taken=None)
    assert done.reader.metadata is not None
    assert done.reader.metadata.creation_date is not None
    assert done.reader.metadata.creation_date.date() == hostile.rulebook.evaluation.period.end


# Fonts and walls -----------------------------------------------------------------------------------------------------


def no_fonts(folder: Path) -> None:
    folder.mkdir()


def damaged_fonts(folder: Path) -> None:
    folder.mkdir()
    for file in press._FILES:
        (folder / file).write_bytes((press.FONTS / file).read_bytes()[:500])


@pytest.mark.parametrize("leave", [no_fonts, damaged_fonts])
def test_fonts_that_are_missing_or_damaged_are_told_and_no_file_is_left(
    leave: Any, hostile: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(tmp_path / "fonts")
    monkeypatch.setattr(press, "FONTS", tmp_path / "fonts")
    press._press.cache_clear()
    target = tmp_path / "out" / "report.pdf"
    target.parent.mkdir()
    with pytest.raises(UsageError, match="missing or damaged"):
        export(hostile, "pdf", target, TAKEN)
    monkeypatch.undo()
    press._press.cache_clear()
    assert not list(target.parent.iterdir())


@pytest.mark.parametrize("source", [b'#read("/etc/passwd")', b'#read("../words.toml")', b'#read("/../press.py")'])
def test_typst_reads_nothing_outside_the_templates(source: bytes) -> None:
    with pytest.raises(typst.TypstError):
        press._press()[0].compile(source, format="pdf")


def test_templates_import_no_package_and_make_no_source_of_data() -> None:
    templates = sorted(press.TEMPLATES.glob("*.typ"))
    assert {path.stem for path in templates} == {"house", *DOCUMENTS}
    forbidden = re.compile(r'\beval\(|\bplugin\(|\bread\(|"@|\binclude\b|\bimage\(')
    for path in templates:
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name


# A file a department -------------------------------------------------------------------------------------------------


def test_a_file_a_department_has_a_safe_name_and_one_page(named: Reading, tmp_path: Path) -> None:
    target = tmp_path / "cards.zip"
    done = export(named, "pdf", target, TAKEN, Wanted("ko", ("notices",), [], True))
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names) == len(named.units) == done.controls["notices"].rows
        for name in names:
            assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
            assert len(name.encode()) <= 255
            assert name.endswith(".pdf")
        one = Printed(archive.read(next(name for name in names if "U14 " in name)))
    assert len(one.pages) == 1
    assert flat("#let x = 1") in one.pages[0]


@pytest.mark.parametrize(
    ("kind", "only", "said"), [("csv", (), "PDF scorecards"), ("pdf", ("report",), "every depart")]
)
def test_a_file_a_department_there_is_of_scorecards_and_notices_only(
    kind: Any, only: tuple[str, ...], said: str, hostile: Reading, target: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        export(hostile, kind, target, TAKEN, Wanted("ko", only, (), True))
    assert not target.exists()

"""The press: PDF/A with tags and our own fonts, the same bytes again, names as text and never as source."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import DictionaryObject, IndirectObject

from etl.errors import UsageError
from etl.exports.export import export
from etl.exports.formats import Wanted
from etl.exports.pdf import press
from etl.exports.pdf.glyphs import composed, covered_by
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
    assert "글꼴에없거나" in document.pages[0]


def test_each_department_has_one_page_whatever_it_is_called(named: Reading, tmp_path: Path) -> None:
    for kind in ("scorecards", "notices"):
        assert len(printed(named, tmp_path, kind).pages) == len(named.units)


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


def dictionaries(document: Printed) -> Iterator[DictionaryObject]:
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

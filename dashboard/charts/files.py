"""The charts of the screen as files: SVG and PNG in one ZIP, with title, source and release, without a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import plotly.graph_objects as go
import typst

from dashboard.access import Scope
from dashboard.charts.catalogue import PARTS, Chart, charts_of
from dashboard.charts.svg import as_svg, marks_in
from dashboard.frames.source import Source
from dashboard.shelf import NoRelease, look, open_sealed
from dashboard.theme import PALETTES, Palette
from dashboard.words import Words
from etl.engine import Engine
from etl.errors import Fault, Language, UsageError
from etl.exports.about import ABOUT, control_text, page_text
from etl.exports.carried import Carried, Taken
from etl.exports.export import Exported, take_out
from etl.exports.formats import Wanted, safe_name
from etl.exports.narrowed import tables_for
from etl.exports.pdf.glyphs import Glyphs
from etl.exports.tables import Control, Counting, Table, refuse_unknown_parts, rows_of
from etl.exports.writing import Archive
from etl.insight.reading import Reading

_FONTS: Final = Path(__file__).parents[2] / "etl" / "exports" / "fonts"
_FOLDERS: Final[Mapping[str, str]] = {
    "overview": "page.overview",
    "indicators": "page.indicator",
    "departments": "page.department",
    "training": "page.training",
    "diagnosis": "diagnosis.title",
    "chain": "page.chain",
    "pilots": "page.pilots",
    "initiatives": "page.initiatives",
}
"""What the folder of the charts of a part is called."""
_PIXELS_PER_INCH: Final = 288.0
"""2,880 pixels or so: sharp across the page of a report."""
_PAGE: Final = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
"""What typst turns into a picture; the drawing is handed to it as data, so that no name in it can be a command."""


def export_charts(reading: Reading, target: Path, taken: Taken, wanted: Wanted, *, replace: bool = False) -> Exported:
    """Write the charts of a release as a file that leaves the system.

    Args:
        reading: the release.
        target: the ZIP to write.
        taken: who takes it out, when and why.
        wanted: language, parts of the screen, departments.
        replace: whether a file of this name may be replaced.

    Raises:
        UsageError: no such part or department, no font, or the file cannot be written.
        NoRoom: a disk is full.
        VerificationError: the release is not as it was sealed.
    """
    units = [reading.unit(said).unit_id for said in wanted.units]
    write = partial(write_charts, language=wanted.language, only=wanted.only, units=units)
    return take_out(reading, target, taken, write, replace=replace)


def write_charts(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write every chart as SVG and PNG. The same release, `Taken` and language give the same bytes.

    Args:
        carried: the release and what the export says of itself.
        begun: the ZIP to write.
        language: of titles, axes and labels.
        only: parts of the screen wanted; none is all.
        units: codes of the departments that are named; the others are marks without a name, as on their screen.

    Returns:
        file without ending, in its folder -> marks drawn.

    Raises:
        UsageError: there is no such part, nothing of those wanted can be drawn, or the font is missing.
    """
    refuse_unknown_parts(only, PARTS)
    glyphs = _glyphs()
    scope = Scope.only(units) if units else Scope.everything()
    source = Source(carried.reading, _earlier(carried.reading), scope, Words(language))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
    compiler = typst.Compiler(font_paths=fonts, root=begun.parent)
    palette, below, contents = PALETTES["light"], list(_below(carried, language)), dict[str, Control]()
    with Archive(begun) as archive:
        for number, chart in enumerate(charts_of(source, only, units), start=1):
            name = _name(carried, chart, number, source.words)
            figure = chart.draw(palette)
            svg = _drawn(chart, figure, (palette, glyphs), carried.marks(language), below)
            archive.add(f"{name}.svg", svg.encode("utf-8"))
            archive.add(f"{name}.png", _as_png(compiler, svg))
            contents[name] = Control(marks_in(figure), None, None)
        if not contents:
            raise UsageError(Fault("export_no_charts", "", {"parts": _named(only or PARTS)}))
        archive.add(ABOUT, _about(carried, contents, source.words, units))
    return contents


def _named(parts: Sequence[str]) -> dict[Language, str]:
    """Parts as the screen calls them, in each language."""
    both: tuple[Language, ...] = ("ko", "en")
    return {language: ", ".join(Words(language)(_FOLDERS[part]) for part in parts) for language in both}


def _name(carried: Carried, chart: Chart, number: int, words: Words) -> str:
    """Folder and name of a chart, without ending: the release is in it, and a long name never hides what it shows."""
    part = f"{PARTS.index(chart.part) + 1:02d} {safe_name(words(_FOLDERS[chart.part]))}"
    shows = " ".join(filter(None, (safe_name(chart.shows), safe_name(chart.subject))))
    return f"{part}/{carried.reading.manifest.name} {number:03d} {shows}"


def _about(carried: Carried, contents: Mapping[str, Control], words: Words, units: Sequence[str]) -> bytes:
    """The page beside the charts: how many marks each has, and the totals of the scores they rest on."""
    charts = [
        words("exports.charts.marks", name=f"{name}.svg, .png", marks=f"{control.rows:,}")
        for name, control in contents.items()
    ]
    with tables_for(carried.reading, ("scores", "indicators"), units) as tables, Engine() as engine:
        totals = [f"{one.word(words.language)}: {_total_of(one, engine, words.language)}" for one in tables]
    many = words("exports.charts.many", charts=f"{len(contents):,}")
    notes = [words("exports.charts.note")]
    return page_text(carried, totals, notes, words.language, (many, charts))


def _total_of(table: Table, engine: Engine, language: Language) -> str:
    counting = Counting(table)
    for _ in counting.through(rows_of(table, engine)):
        pass
    return control_text(table, counting.control, language)


def _glyphs() -> Glyphs:
    fonts = sorted(_FONTS.glob("*.otf"))
    try:
        if fonts:
            return Glyphs(*fonts)
    except (OSError, ValueError):
        pass
    raise UsageError(Fault("export_no_font", str(_FONTS)))


def _drawn(
    chart: Chart, figure: go.Figure, looks: tuple[Palette, Glyphs], marks: Sequence[str], below: Sequence[str]
) -> str:
    """The chart as SVG; what our font lacks, and what would change the direction of reading, stands there by number."""
    palette, glyphs = looks
    title, summary = glyphs.printable(chart.title), glyphs.printable(chart.summary)
    lines = [summary, *map(glyphs.printable, filter(None, (chart.key, *below)))]
    svg = as_svg(figure, palette, title, lines, summary, marks)
    return "\n".join(map(glyphs.printable, svg.split("\n")))


def _earlier(reading: Reading) -> tuple[Reading, ...]:
    """The published releases of earlier years beside this one, the latest first, whole as they were sealed."""
    try:
        shelf, year = look(reading.folder.resolve().parent), reading.rulebook.evaluation.year
        return tuple(
            open_sealed(shelf.folder / name, shelf.seals[name]) for of, name in shelf.published.items() if of < year
        )
    except NoRelease:
        return ()


def _as_png(compiler: typst.Compiler, svg: str) -> bytes:
    made = compiler.compile(_PAGE, format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"svg": svg})
    return made if isinstance(made, bytes) else b"".join(made or ())


def _below(carried: Carried, language: Language) -> Iterator[str]:
    """What stands under every chart: state, source, release."""
    words, seal = Words(language), carried.seal[:12]
    yield " · ".join((*carried.marks(language), words("exports.charts.source", title=carried.title(language))))
    yield words("exports.charts.release", release=carried.reading.manifest.name, seal=seal)

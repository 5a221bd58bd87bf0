"""The charts of the screen as files: SVG and PNG in one ZIP, with title, source and release, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import plotly.graph_objects as go
import typst

from dashboard.access import Role, Scope
from dashboard.charts.chain import flow_figure
from dashboard.charts.scores import groups_figure, movers_figure, parts_figure, spread_figure, trend_figure
from dashboard.charts.svg import as_svg
from dashboard.frames.chain import flow_frame
from dashboard.frames.department import parts_frame
from dashboard.frames.indicator import spread_frame
from dashboard.frames.overview import group_rows, groups_summary, headline_cards, movers_frame
from dashboard.frames.source import Source
from dashboard.shelf import NoRelease, look, open_sealed
from dashboard.theme import PALETTES, Palette
from dashboard.words import Words
from etl.errors import Fault, Language, UsageError
from etl.exports.about import ABOUT, page_text
from etl.exports.carried import Carried, Taken
from etl.exports.export import Exported, take_out
from etl.exports.formats import Wanted, safe_name
from etl.exports.tables import Control, refuse_unknown_parts
from etl.exports.writing import Archive
from etl.insight.chain import read_graph
from etl.insight.reading import Reading

PARTS: Final = ("overview", "indicators", "departments", "chain")
_FONTS: Final = Path(__file__).parents[2] / "etl" / "exports" / "fonts"
_PIXELS_PER_INCH: Final = 144.0
_PAGE: Final = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
"""What typst turns into a picture; the drawing is handed to it as data, so that no name in it can be a command."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart to be drawn.

    Attributes:
        part: of the screen it stands in.
        title: above it.
        summary: what it shows, in a sentence.
        draw: in the colours of a palette.
    """

    part: str
    title: str
    summary: str
    draw: Callable[[Palette], go.Figure]


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
        file without ending -> nothing counted.

    Raises:
        UsageError: there is no such part, or the font is missing.
    """
    refuse_unknown_parts(only, PARTS)
    if not any(_FONTS.glob("*.otf")):
        raise UsageError(Fault("export_no_font", str(_FONTS)))
    scope = Scope(Role.DEPARTMENT, frozenset(units), frozenset(units)) if units else Scope.everything()
    source = Source(carried.reading, _earlier(carried.reading), scope, Words(language))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
    compiler = typst.Compiler(font_paths=fonts, root=begun.parent)
    palette, below, contents = PALETTES["light"], list(_below(carried, language)), dict[str, Control]()
    with Archive(begun) as archive:
        for number, chart in enumerate(charts_of(source, only, units), start=1):
            name = f"{number:03d} {safe_name(chart.title)}"
            svg = as_svg(chart.draw(palette), palette, chart.title, [chart.summary, *below], chart.summary)
            archive.add(f"{name}.svg", svg.encode("utf-8"))
            archive.add(f"{name}.png", _as_png(compiler, svg))
            contents[name] = Control(1, None, None)
        notes = [source.words("exports.charts.note")]
        archive.add(ABOUT, page_text(carried, [f"{name}.svg, .png" for name in contents], notes, language))
    return contents


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


def charts_of(source: Source, only: Sequence[str] = (), units: Sequence[str] = ()) -> Iterator[Chart]:
    """The charts of a release, in the order of the screen.

    Args:
        source: the release as its reader may see it.
        only: parts of the screen wanted; none is all.
        units: the departments that have charts of their own; none is all the reader may see.
    """
    makers: Mapping[str, Callable[[], Iterator[Chart]]] = {
        "overview": partial(_overview, source),
        "indicators": partial(_indicators, source, units),
        "departments": partial(_departments, source),
        "chain": partial(_chain, source, units),
    }
    for part, make in makers.items():
        if not only or part in only:
            yield from make()


def _overview(source: Source) -> Iterator[Chart]:
    words = source.words
    for card in headline_cards(source):
        trend = card.trend
        if len(trend.points) > 1:
            yield Chart("overview", f"{trend.name} ({trend.unit})", trend.summary, partial(trend_figure, trend))
    rows, axis = group_rows(source), words("overview.score_axis")
    if rows:
        title = words("overview.groups" if len(source.groups) > 1 else "overview.scores")
        yield Chart("overview", title, groups_summary(source, rows), partial(groups_figure, rows, axis))
    movers = movers_frame(source)
    if movers is not None and movers.rows:
        yield Chart("overview", words("overview.movers"), movers.summary, partial(movers_figure, movers, axis))


def _indicators(source: Source, units: Sequence[str]) -> Iterator[Chart]:
    """One an indicator; where it is for one department alone, that one is marked."""
    marked = units[0] if len(units) == 1 else None
    for indicator in source.indicators.values():
        frame = spread_frame(source, indicator, marked)
        yield Chart("indicators", source.nodes[indicator.id], frame.summary, partial(spread_figure, frame))


def _departments(source: Source) -> Iterator[Chart]:
    for unit_id, name in source.units.items():
        frame = parts_frame(source, unit_id)
        title = f"{name} · {source.words('department.parts')}"
        yield Chart("departments", title, frame.summary, partial(parts_figure, frame))


def _chain(source: Source, units: Sequence[str]) -> Iterator[Chart]:
    """How data became policy in the year; nothing where there are no records."""
    reading = source.reading
    if not reading.has_records:
        return
    period = reading.rulebook.evaluation.period
    chain = read_graph(reading).within(period.start, period.end)
    for shown in [chain.of_unit(unit_id) for unit_id in units] or [chain]:
        frame = flow_frame(source, shown)
        if frame.links:
            yield Chart("chain", source.words("chain.flow"), frame.summary, partial(flow_figure, frame))

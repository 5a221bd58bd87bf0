"""Every chart of the screen that is the release's own, in the order of the screen.

Those that a person puts together (departments compared) are none of it: they are of the choice, not of the release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import plotly.graph_objects as go

from dashboard.charts.bridge import bridge_figure
from dashboard.charts.chain import flow_figure
from dashboard.charts.learning import levels_figure, plan_figure
from dashboard.charts.scores import groups_figure, movers_figure, parts_figure, spread_figure, trend_figure
from dashboard.charts.survey import survey_figure
from dashboard.frames.chain import flow_frame
from dashboard.frames.department import parts_frame
from dashboard.frames.diagnosis import LevelsFrame, body_frame, is_shown, own_frame
from dashboard.frames.indicator import spread_frame
from dashboard.frames.initiatives import in_scope, initiative_rows
from dashboard.frames.overview import GroupRow, TrendFrame, group_rows, groups_summary, headline_cards, movers_frame
from dashboard.frames.pilots import pilots_in_scope, survey_frame
from dashboard.frames.source import Source
from dashboard.frames.training import BYS_SHOWN, plan_frame
from dashboard.frames.unit_bridge import bridge_frame
from dashboard.theme import Palette
from etl.insight.chain import read_graph
from etl.insight.decisions import department_names
from etl.insight.diagnosis import diagnoses
from etl.insight.initiatives import initiatives
from etl.insight.pilots import pilots
from etl.insight.training import programme_years, training_programme

PARTS: Final = ("overview", "indicators", "departments", "training", "diagnosis", "chain", "pilots", "initiatives")


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart to be drawn.

    Attributes:
        part: of the screen it stands in.
        title: above it.
        summary: what it shows, in a sentence.
        draw: in the colours of a palette.
        subject: the department or project it is about, where there is a chart of each.
        kind: what it shows of that.
        key: what its marks mean, where nothing in the drawing says so: on the screen the page does.
    """

    part: str
    title: str
    summary: str
    draw: Callable[[Palette], go.Figure]
    subject: str = ""
    kind: str = ""
    key: str = ""

    @property
    def shows(self) -> str:
        """What it shows, without what it is about."""
        return self.kind or self.title


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
        "training": partial(_training, source),
        "diagnosis": partial(_diagnosis, source),
        "chain": partial(_chain, source, units),
        "pilots": partial(_pilots, source),
        "initiatives": partial(_initiatives, source),
    }
    for part, make in makers.items():
        if not only or part in only:
            yield from make()


def _overview(source: Source) -> Iterator[Chart]:
    words = source.words
    for card in headline_cards(source):
        trend = card.trend
        if len(trend.points) > 1:
            draw = partial(trend_figure, trend)
            yield Chart("overview", f"{trend.name} ({trend.unit})", trend.summary, draw, key=_target_key(source, trend))
    if source.reading.body is not None:  # one score is no distribution
        return
    rows, axis = group_rows(source), words("overview.score_axis")
    if rows:
        title = words("overview.groups" if len(source.groups) > 1 else "overview.scores")
        yield Chart(
            "overview",
            title,
            groups_summary(source, rows),
            partial(groups_figure, rows, axis),
            key=" ".join(filter(None, (_first_key(source, rows), _coarse_key(source)))),
        )
    movers = movers_frame(source)
    if movers is not None and movers.rows:
        yield Chart(
            "overview",
            words("overview.movers", before=movers.before_year),
            movers.summary,
            partial(movers_figure, movers, axis),
        )


def _target_key(source: Source, trend: TrendFrame) -> str:
    has_target = any(point.target is not None for point in trend.points)
    return source.words("exports.charts.key.target") if has_target else ""


def _first_key(source: Source, rows: Sequence[GroupRow]) -> str:
    """Whose names stand over the scores; nothing where there are none, or others than those of the first."""
    named = [row for row in rows if row.dots and row.dots[0].name]
    are_first = bool(named) and all(row.dots[0].unit_id in row.leader_ids for row in named)
    return source.words("exports.charts.key.first") if are_first else ""


def _coarse_key(source: Source) -> str:
    """That departments without a name stand at rounded values; nothing where all have one."""
    return "" if source.compares_units else source.words("exports.charts.key.coarse")


def _indicators(source: Source, units: Sequence[str]) -> Iterator[Chart]:
    """One an indicator; where it is for one department alone, that one is marked."""
    if source.reading.body is not None:  # one value is no distribution
        return
    marked = units[0] if len(units) == 1 else None
    for indicator in source.indicators.values():
        frame = spread_frame(source, indicator, marked)
        own_targets = source.words("exports.charts.key.group_target") if frame.group_targets else ""
        key = " ".join(filter(None, (own_targets, _coarse_key(source))))
        yield Chart("indicators", source.nodes[indicator.id], frame.summary, partial(spread_figure, frame), key=key)


def _departments(source: Source) -> Iterator[Chart]:
    for unit_id, name in source.units.items():
        frame = parts_frame(source, unit_id)
        kind = source.words("department.parts")
        yield Chart("departments", f"{name} · {kind}", frame.summary, partial(parts_figure, frame), name, kind)
        way = bridge_frame(source, unit_id)
        if way is not None:
            kind = source.words("bridge.title")
            yield Chart("departments", f"{name} · {kind}", way.summary, partial(bridge_figure, way), name, kind)


def _training(source: Source) -> Iterator[Chart]:
    """The programme of the year evaluated, told in each way the screen tells it; nothing where there is none."""
    if not source.reading.has_records or source.records_year not in programme_years(source.reading):
        return
    programme = training_programme(source.reading, source.records_year)
    for by in BYS_SHOWN:
        frame = plan_frame(source, programme, by)
        if frame.rows:
            spoken = frame.by if source.words.language == "ko" else frame.by.lower()
            title = source.words("exports.charts.plan", year=source.records_year, by=spoken)
            yield Chart("training", title, frame.summary, partial(plan_figure, frame))


def _diagnosis(source: Source) -> Iterator[Chart]:
    """The latest diagnosis: the body, then every department of which enough people answered."""
    known = diagnoses(source.reading) if source.reading.has_records else []
    if not known:
        return
    words, diagnosed, before = source.words, known[-1], known[-2] if len(known) > 1 else None
    frame = body_frame(source, diagnosed, before)
    draw = partial(levels_figure, frame)
    yield Chart("diagnosis", words("diagnosis.title"), frame.summary, draw, key=_no_mark_key(source, frame))
    for unit_id, name in source.units.items():
        if is_shown(diagnosed, unit_id):
            frame = own_frame(source, diagnosed, unit_id)
            title = words("diagnosis.own", unit=name)
            kind, key = words("diagnosis.title"), _no_mark_key(source, frame)
            yield Chart("diagnosis", title, frame.summary, partial(levels_figure, frame), name, kind, key)


def _no_mark_key(source: Source, frame: LevelsFrame) -> str:
    """Why a competency lacks the mark of somebody; nothing where none does."""
    columns = zip(frame.competencies, *(marks.levels for marks in frame.marks), strict=True)
    names = [competency for competency, *levels in columns if None in levels]
    return source.words("exports.charts.key.no_mark", names=", ".join(names)) if names else ""


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


def _pilots(source: Source) -> Iterator[Chart]:
    """What people said of each pilot; nothing of those that asked nobody, or too few."""
    known = pilots(source.reading) if source.reading.has_records else ()
    for pilot in pilots_in_scope(source, known):
        frame = survey_frame(source, pilot)
        if frame.shown:
            kind = source.words("pilots.survey")
            title = f"{pilot.title} · {kind}"
            yield Chart("pilots", title, frame.summary, partial(survey_figure, frame), pilot.title, kind)


def _initiatives(source: Source) -> Iterator[Chart]:
    """Sites and users of each service year by year; nothing of what nobody reported."""
    reading, words = source.reading, source.words
    if not reading.has_records:
        return
    for row in initiative_rows(source, in_scope(source, initiatives(reading), None), department_names(reading)):
        for what, frame in ((words("initiatives.sites"), row.sites), (words("initiatives.users"), row.users)):
            if any(point.value is not None for point in frame.points):
                title, key = f"{row.title} · {what}", _target_key(source, frame)
                yield Chart("initiatives", title, frame.summary, partial(trend_figure, frame), row.title, what, key)

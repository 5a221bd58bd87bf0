"""교육·역량: the training programme against its plan, whom it missed, and the diagnosis of competency in aggregate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import streamlit as st

from dashboard.charts.learning import levels_figure, plan_figure
from dashboard.frames.diagnosis import (
    ChangeRow,
    LevelCell,
    LevelRow,
    LevelsFrame,
    body_frame,
    change_rows,
    diagnosis_sentences,
    is_shown,
    level_rows,
    own_frame,
    own_level_rows,
    own_sentence,
    participation_rows,
    suggested_frames,
    unit_level_rows,
)
from dashboard.frames.glossary import TERMS
from dashboard.frames.training import (
    BYS_SHOWN,
    PlanFrame,
    own_sentences,
    plan_frame,
    plan_legend,
    programme_facts,
    programme_sentences,
    reach_rows,
    reach_sentences,
    round_rows,
)
from dashboard.markup import (
    Column,
    Html,
    Line,
    bullets,
    exact,
    facts_row,
    join,
    paragraph,
    safe,
    shortened,
    small,
    table,
    tag,
)
from dashboard.nothing import WIDEST
from dashboard.once import diagnoses_in, names_in, participation_in, programme_of, years_of_programmes
from dashboard.shell import beside, chart, choose, head, heading, open_page, pick, show, unit_asked_for
from dashboard.view import View
from etl.insight.diagnosis import BODY, Diagnosed, Participation, Whose
from etl.insight.suggested_courses import courses_after
from etl.insight.training import By, Programme

# The programme -------------------------------------------------------------------------------------------------------


def programme_of_year(view: View) -> Programme | None:
    """The programme of the year asked for, or of the one evaluated; None where nothing is recorded."""
    words = view.words
    years = years_of_programmes(view.reading)
    if not years:
        return None
    said = view.known("about", map(str, years))
    year = int(said) if said else (view.source.records_year if view.source.records_year in years else years[-1])
    heading(words("training.programme", year=year))
    if view.address.about and not said:
        about = shortened(view.address.about, WIDEST)
        show(paragraph(words("training.no_year", about=about, year=year), "jp-caution"))
    choose(words("training.year"), "about", {str(known): str(known) for known in years}, str(year))
    return programme_of(view.reading, year)


def programme_section(view: View, programme: Programme) -> None:
    """Plan and result: figures, sentences, and a chart told by what the reader chooses."""
    words, source = view.words, view.source
    show(view.keep("programme", lambda: programme_told(view, programme)))
    by = cast("By", view.known("by", BYS_SHOWN) or BYS_SHOWN[0])
    choose(words("training.by"), "by", {known: words(f"training.by.{known}") for known in BYS_SHOWN}, by)
    frame = view.remember(f"plan {programme.year} {by}", lambda: plan_frame(source, programme, by))
    show(paragraph(f"{frame.summary} {plan_legend(source, frame)}".rstrip(), "jp-note"))
    key = f"plan {programme.year} {by}"
    chart(view.draw(key, lambda palette: plan_figure(frame, palette)), "plan", frame.summary)
    beside(words, "plan-table", view.keep("plan", lambda: plan_table(view, programme, frame)))
    with st.expander(words("training.rounds.show"), key="rounds"):
        show(view.keep("rounds", lambda: rounds_table(view, programme)))


PLAN_COLUMNS = (
    "training.seats_planned",
    "training.seats_offered",
    "training.filled",
    "training.target",
    "training.completed",
    "training.target_pct",
    "training.people",
    "training.hours",
)
REACH_COLUMNS = (
    "training.headcount",
    "training.people",
    "training.not_reached",
    "training.filled",
    "training.completed",
    "training.hours",
)


def programme_told(view: View, programme: Programme) -> Html:
    """The programme's figures and what they come to in sentences."""
    figures = facts_row(programme_facts(view.source, programme), view.means)
    return Html(figures + bullets(programme_sentences(view.source, programme)))


def plan_table(view: View, programme: Programme, frame: PlanFrame) -> Html:
    """The chart's numbers and more of them."""
    columns = [Column(frame.by), *_numbers(view, PLAN_COLUMNS)]
    lines = [Line([safe(row.name), *map(safe, row.cells)]) for row in frame.rows]
    return table(view.words("training.programme", year=programme.year), columns, lines)


def _numbers(view: View, keys: Iterable[str]) -> list[Column]:
    return [Column(view.words(key), "number", _means(view, key)) for key in keys]


def _means(view: View, key: str) -> Html:
    """What a column's figures mean, where the glossary has it."""
    _, _, term = key.rpartition(".")
    return view.means(term) if term in TERMS else Html("")


def rounds_table(view: View, programme: Programme) -> Html:
    """Every round and session with its days, plan and result."""
    words = view.words
    names = names_in(view.reading)
    columns = [
        Column(words("training.course"), "long"),
        Column(words("training.by.round"), "tight"),
        Column(words("training.days")),
        Column(words("training.organiser")),
        Column(words("training.by.mode"), "tight"),
        *_numbers(view, PLAN_COLUMNS[:5]),
    ]
    lines = [
        Line(
            [
                Html(safe(row.title) + small(row.state)),
                *map(safe, (row.round, row.days, row.organiser, row.mode)),
                *map(safe, row.cells),
            ]
        )
        for row in round_rows(view.source, programme, names)
    ]
    return table(words("training.rounds"), columns, lines)


def reach_section(view: View, programme: Programme, unit: str | None) -> None:
    """Whom the programme did not reach."""
    words = view.words
    heading(words("training.reach"))
    told = view.remember(f"reach told {programme.year}", lambda: reach_sentences(view.source, programme))
    show(bullets(told))
    with st.expander(words("training.reach.show"), key="reach"):
        show(view.keep("reach", lambda: reach_table(view, programme, unit)))


def reach_table(view: View, programme: Programme, unit: str | None) -> Html:
    """How far every department was reached; the chosen one is marked."""
    words = view.words
    columns = [Column(words("training.unit")), Column(words("training.group")), *_numbers(view, REACH_COLUMNS)]
    lines = [
        Line([safe(row.name), safe(row.group), *map(safe, row.cells)], "jp-chosen" if row.unit_id == unit else "")
        for row in reach_rows(view.source, programme)
    ]
    return table(words("training.reach"), columns, lines)


# The diagnosis -------------------------------------------------------------------------------------------------------


def chosen_diagnosis(view: View) -> tuple[Diagnosed | None, Diagnosed | None]:
    """The diagnosis asked for, or the latest, and the one before it."""
    known = diagnoses_in(view.reading)
    if not known:
        return None, None
    titles = {one.campaign.campaign_id: one.campaign.title for one in known}
    said = view.known("campaign", titles) or known[-1].campaign.campaign_id
    if len(known) > 1:
        choose(view.words("diagnosis.choose"), "campaign", titles, said)
    at = list(titles).index(said)
    return known[at], known[at - 1] if at else None


def diagnosis_section(
    view: View, diagnosed: Diagnosed, before: Diagnosed | None, parts: Sequence[Participation]
) -> None:
    """The body and its peer groups; departments in the order of their names."""
    words, source = view.words, view.source
    campaign, caption = diagnosed.campaign.campaign_id, words("diagnosis.levels.table")
    show(view.remember(f"told {campaign}", lambda: bullets(diagnosis_sentences(source, diagnosed, parts))))
    frame = view.remember(f"body {campaign}", lambda: body_frame(source, diagnosed, before))
    said = frame.summary if before is None else f"{frame.summary} {words('diagnosis.body.legend')}"
    levels(view, "body levels", diagnosed, frame, said)
    suggested(view, diagnosed, BODY)
    show(tag("h3", safe(caption), "jp-subheading"))
    show(view.keep("levels", lambda: levels_table(view, diagnosed, level_rows(source, diagnosed), caption)))
    if before is not None:
        changes_section(view, before, diagnosed, BODY)
    with st.expander(words("diagnosis.units.show"), key="diagnosis-units"):
        show(view.keep("levels of units", lambda: unit_levels_table(view, diagnosed)))
    with st.expander(words("diagnosis.participation.show"), key="diagnosis-participation"):
        show(view.keep("participants", lambda: participation_table(view, parts)))


def unit_levels_table(view: View, diagnosed: Diagnosed) -> Html:
    """Levels of every department that may be shown."""
    return levels_table(view, diagnosed, unit_level_rows(view.source, diagnosed), view.words("diagnosis.units"))


def levels(view: View, key: str, diagnosed: Diagnosed, frame: LevelsFrame, said: str) -> None:
    """A chart of levels with what it says; the table stands below it."""
    show(paragraph(said, "jp-note"))
    name = f"{key} {diagnosed.campaign.campaign_id}"
    chart(view.draw(name, lambda palette: levels_figure(frame, palette)), key.replace(" ", "-"), said)


def levels_table(view: View, diagnosed: Diagnosed, rows: Sequence[LevelRow], caption: str) -> Html:
    """Levels by competency; what may not be shown is said."""
    columns = [Column(view.words("diagnosis.whose"), means=view.means("level"))]
    columns += [Column(competency, "number") for competency in diagnosed.competencies]
    lines = [Line([safe(row.name), *map(level, row.cells)], "jp-deep" if row.is_part else "") for row in rows]
    return table(caption, columns, lines)


def level(cell: LevelCell) -> Html:
    """One level with the number of people under it."""
    return Html(exact(cell.text, cell.exact) + small(cell.beside))


def changes_section(view: View, before: Diagnosed, diagnosed: Diagnosed, whose: Whose) -> None:
    """A group's levels in two diagnoses."""
    words = view.words
    caption = words("diagnosis.changes")
    summary = words("diagnosis.changes.summary", before=before.campaign.title)
    show(tag("h3", safe(caption), "jp-subheading"), paragraph(summary, "jp-note"))
    told = f"changes {diagnosed.campaign.campaign_id} {whose.id}"
    rows = view.remember(told, lambda: change_rows(view.source, before, diagnosed, whose))
    show(view.keep(f"changes of {whose.place}", lambda: changes_table(view, rows, caption)))


def changes_table(view: View, rows: Sequence[ChangeRow], caption: str) -> Html:
    """Before, now and the difference, by competency."""
    words = view.words
    columns = [Column(words("diagnosis.competency"))]
    columns += _numbers(view, ("diagnosis.before", "diagnosis.now", "diagnosis.change"))
    lines = [Line([safe(row.competency), level(row.before), level(row.now), safe(row.change)]) for row in rows]
    return table(caption, columns, lines)


def participation_table(view: View, parts: Sequence[Participation]) -> Html:
    """Who took part, by department."""
    words = view.words
    columns = [Column(words("training.unit")), Column(words("training.group"))]
    columns += _numbers(view, ("diagnosis.authorised", "diagnosis.answered", "diagnosis.share"))
    lines = [Line([*map(safe, row)]) for row in participation_rows(view.source, parts)]
    return table(words("diagnosis.participation"), columns, lines)


# One department ------------------------------------------------------------------------------------------------------


def own_diagnosis(
    view: View, diagnosed: Diagnosed, before: Diagnosed | None, parts: Sequence[Participation], unit: str
) -> None:
    """A department's levels beside its group and the body, and the courses for its weakest competencies."""
    words, source = view.words, view.source
    heading(words("diagnosis.own", unit=source.units[unit]))
    show(paragraph(own_sentence(source, parts, unit), "jp-note"))
    whose = Whose("unit", unit)
    if not any((competency, whose) in diagnosed.levels for competency in diagnosed.competencies):
        return
    if not is_shown(diagnosed, unit):
        show(paragraph(words("diagnosis.own.hidden"), "jp-caution"))
        return
    frame = view.keep("own levels", lambda: own_frame(source, diagnosed, unit))
    levels(view, f"own levels {unit}", diagnosed, frame, frame.summary)
    beside(words, "own-levels-table", view.keep("own levels table", lambda: own_levels_table(view, diagnosed, unit)))
    if before is not None:
        changes_section(view, before, diagnosed, whose)
    suggested(view, diagnosed, whose)


def own_levels_table(view: View, diagnosed: Diagnosed, unit: str) -> Html:
    """A department's levels beside its group's and the body's."""
    return levels_table(view, diagnosed, own_level_rows(view.source, diagnosed, unit), view.words("diagnosis.levels"))


def suggested(view: View, diagnosed: Diagnosed, whose: Whose) -> None:
    """Courses for the weakest competencies of the body or a department, with the reason."""
    key = f"suggested {diagnosed.campaign.campaign_id} {whose.id}"
    show(view.remember(key, lambda: suggested_told(view, diagnosed, whose)))


def suggested_told(view: View, diagnosed: Diagnosed, whose: Whose) -> Html:
    """What to learn: each weak competency and the next rounds of the courses that teach it."""
    words, day = view.words, diagnosed.campaign.ends_on
    title = words(f"diagnosis.suggested.{whose.place}")
    said = [tag("h3", safe(title), "jp-subheading")]
    courses = view.read(f"courses after {day}", lambda reading: courses_after(reading, day))
    frames = suggested_frames(view.source, diagnosed, courses, whose)
    if not frames:
        said.append(paragraph(words("diagnosis.suggested.none"), "jp-note"))
    titles = ("diagnosis.course", "diagnosis.course.level", "diagnosis.course.audience", "diagnosis.course.mode")
    columns = [Column(words(key)) for key in (*titles, "diagnosis.course.round")]
    columns.append(Column(words("diagnosis.course.seats"), "number"))
    for frame in frames:
        said.append(paragraph(f"{frame.why} {frame.more}".rstrip(), "jp-note"))
        if frame.rows:
            caption = f"{title}: {frame.competency}"
            said.append(table(caption, columns, [Line([*map(safe, row)]) for row in frame.rows]))
    return join(said)


def page() -> None:
    """The page from top to bottom."""
    view = open_page("training")
    words = view.words
    head(view, words("training.title"), words("training.question"))
    if not view.reading.has_records:
        show(paragraph(words("training.no_records"), "jp-note"))
        return
    unit = unit_asked_for(view)
    pick(words("training.own.choose"), "unit", view.source.units, unit, words("indicator.no_unit"))
    programme = programme_of_year(view)
    if programme is None:
        show(paragraph(words("training.none"), "jp-note"))
    else:
        programme_section(view, programme)
        reach_section(view, programme, unit)
        if unit is not None:
            heading(words("training.own", unit=view.source.units[unit]))
            show(bullets(own_sentences(view.source, programme, unit)))
    heading(words("diagnosis.title"))
    diagnosed, before = chosen_diagnosis(view)
    if diagnosed is None:
        show(paragraph(words("diagnosis.none"), "jp-note"))
        return
    parts = participation_in(view.reading, diagnosed)
    diagnosis_section(view, diagnosed, before, parts)
    if unit is not None:
        own_diagnosis(view, diagnosed, before, parts, unit)


page()

"""The diagnosis of competency as text and rows. What may not be shown is said; nothing is in order of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.source import Source
from etl.insight.diagnosis import (
    BODY,
    KINDS_OF_STAFF,
    Diagnosed,
    Level,
    Participation,
    Whose,
    asked_of_all,
    changes,
    taken_part,
    weakest,
)
from etl.insight.standing import group_of
from etl.insight.suggested_courses import Suggestion, TaughtCourse, suggestions
from etl.shown import NOTHING, number, percent, signed

COURSES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class LevelCell:
    """One level as text: what it is, and of how many people; where it is hidden, that it is and why."""

    text: str
    beside: str
    exact: Decimal | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The levels of one group of people, by competency."""

    name: str
    is_part: bool
    cells: tuple[LevelCell, ...]


@dataclass(frozen=True, slots=True)
class LevelMarks:
    """One set of marks of the chart: its name, how it is drawn, and a level for each competency."""

    name: str
    look: str
    levels: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class LevelsFrame:
    """What the chart of levels shows."""

    axis: str
    competencies: tuple[str, ...]
    marks: tuple[LevelMarks, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One competency in two diagnoses, as text."""

    competency: str
    before: LevelCell
    now: LevelCell
    change: str


@dataclass(frozen=True, slots=True)
class SuggestedFrame:
    """A weak competency of the body or a department, why it is told, and the courses for it as text."""

    competency: str
    why: str
    more: str
    rows: tuple[tuple[str, ...], ...]


def diagnosis_sentences(source: Source, diagnosed: Diagnosed, taking_part: Sequence[Participation]) -> list[str]:
    """What was diagnosed, who answered, and what is not shown."""
    words, campaign = source.words, diagnosed.campaign
    days = words(
        "diagnosis.days", title=campaign.title, first=words.day(campaign.starts_on), last=words.day(campaign.ends_on)
    )
    said = [days, _took_part(source, diagnosed, taking_part)]
    if diagnosed.out_of_range:
        said.append(words("diagnosis.says.out_of_range", count=number(diagnosed.out_of_range)))
    return [*said, words("diagnosis.says.never_ranked"), words("diagnosis.says.hidden")]


def _took_part(source: Source, diagnosed: Diagnosed, taking_part: Sequence[Participation]) -> str:
    people = number(diagnosed.people)
    known = [one.headcount for one in taking_part if one.headcount is not None]
    if len(known) < len(taking_part) or not known:
        return source.words("diagnosis.says.people_only", people=people)
    whole = taken_part("", Decimal(diagnosed.people), sum(known, Decimal(0)))
    return source.words(
        "diagnosis.says.people", people=people, headcount=number(whole.headcount), share=percent(whole.share_pct, 1)
    )


# Levels --------------------------------------------------------------------------------------------------------------


def level_cell(source: Source, level: Level | None) -> LevelCell:
    """One level; a group in which nobody answered has none."""
    words = source.words
    if level is None:
        return LevelCell(words("diagnosis.no_answer"), "", None)
    if level.level is None:
        return LevelCell(words("diagnosis.hidden"), words("diagnosis.hidden.why"), None)
    people = words("diagnosis.people", count=number(level.people))
    return LevelCell(number(level.level, 1, fixed=True), people, level.level)


def level_rows(source: Source, diagnosed: Diagnosed) -> list[LevelRow]:
    """The body and its peer groups, each also by kind of staff, in the rulebook's order."""
    body = source.words("diagnosis.whose.body")
    rows = _with_kinds(source, diagnosed, BODY, body)
    for group, name in source.groups.items():
        if group in diagnosed.units.values():
            rows += _with_kinds(source, diagnosed, Whose("group", group), name)
    return rows


def _with_kinds(source: Source, diagnosed: Diagnosed, whose: Whose, name: str) -> list[LevelRow]:
    words = source.words
    rows = [LevelRow(name, False, _cells(source, diagnosed, whose))]
    for staff in KINDS_OF_STAFF:
        part = words("diagnosis.whose.staff", whose=name, staff=words(f"diagnosis.staff.{staff}"))
        rows.append(LevelRow(part, True, _cells(source, diagnosed, Whose(whose.place, whose.id, staff))))
    return rows


def unit_level_rows(source: Source, diagnosed: Diagnosed) -> list[LevelRow]:
    """The departments in scope, by peer group and name, never by result."""
    return [
        LevelRow(name, False, _cells(source, diagnosed, Whose("unit", unit_id)))
        for unit_id, name in source.units.items()
    ]


def own_level_rows(source: Source, diagnosed: Diagnosed, unit_id: str) -> list[LevelRow]:
    """A department in scope, its peer group and the body."""
    group = Whose("group", group_of(source.reading, unit_id))
    return [
        LevelRow(source.units[unit_id], False, _cells(source, diagnosed, Whose("unit", unit_id))),
        LevelRow(source.group_name(unit_id), False, _cells(source, diagnosed, group)),
        LevelRow(source.words("diagnosis.whose.body"), False, _cells(source, diagnosed, BODY)),
    ]


def _cells(source: Source, diagnosed: Diagnosed, whose: Whose) -> tuple[LevelCell, ...]:
    return tuple(level_cell(source, diagnosed.levels.get((competency, whose))) for competency in diagnosed.competencies)


def body_frame(source: Source, diagnosed: Diagnosed, before: Diagnosed | None) -> LevelsFrame:
    """The whole body by competency, this diagnosis and the one before."""
    words = source.words
    marks = [LevelMarks(words("diagnosis.now"), "primary", _levels(diagnosed, diagnosed, BODY))]
    if before is not None:
        marks.insert(0, LevelMarks(words("diagnosis.before"), "grey", _levels(before, diagnosed, BODY)))
    return LevelsFrame(words("diagnosis.level"), diagnosed.competencies, tuple(marks), _body_summary(source, diagnosed))


def _body_summary(source: Source, diagnosed: Diagnosed) -> str:
    """The strongest and the weakest competency, of those that everybody who took part was asked about."""
    known = [(one.level, one.competency) for one in asked_of_all(diagnosed) if one.level is not None]
    if not known:
        return source.words("diagnosis.levels.none")
    highest, lowest = max(known), min(known)
    return source.words(
        "diagnosis.levels.summary",
        highest=highest[1],
        highest_level=number(highest[0], 1),
        lowest=lowest[1],
        lowest_level=number(lowest[0], 1),
    )


def _levels(diagnosed: Diagnosed, rows: Diagnosed, whose: Whose) -> tuple[Decimal | None, ...]:
    found = (diagnosed.levels.get((competency, whose)) for competency in rows.competencies)
    return tuple(None if level is None else level.level for level in found)


def change_rows(source: Source, before: Diagnosed, diagnosed: Diagnosed, whose: Whose) -> list[ChangeRow]:
    """One group's levels in two diagnoses."""
    return [
        ChangeRow(
            competency=change.competency,
            before=level_cell(source, change.before),
            now=level_cell(source, change.after),
            change=NOTHING if change.change is None else signed(change.change, 1, fixed=True),
        )
        for change in changes(before, diagnosed, whose)
    ]


# What to learn -------------------------------------------------------------------------------------------------------


def suggested_frames(
    source: Source, diagnosed: Diagnosed, courses: Sequence[TaughtCourse], whose: Whose
) -> list[SuggestedFrame]:
    """Courses for the weakest competencies of the body or of a department in scope, with the reason."""
    return [_suggested(source, one, whose) for one in suggestions(weakest(diagnosed, whose), courses)]


def _suggested(source: Source, suggestion: Suggestion, whose: Whose) -> SuggestedFrame:
    words, weak, count = source.words, suggestion.weak, len(suggestion.courses)
    facts = {"competency": weak.competency, "level": number(weak.level, 1)}
    low = words(f"diagnosis.suggested.low.{whose.place}", **facts)
    if not suggestion.courses:
        return SuggestedFrame(weak.competency, f"{low} {words('diagnosis.suggested.no_course')}", "", ())
    more = words("diagnosis.suggested.more", shown=COURSES_SHOWN, count=count) if count > COURSES_SHOWN else ""
    rows = tuple(_course(source, course) for course in suggestion.courses[:COURSES_SHOWN])
    return SuggestedFrame(weak.competency, f"{low} {words('diagnosis.suggested.why')}", more, rows)


def _course(source: Source, course: TaughtCourse) -> tuple[str, ...]:
    words = source.words
    return (
        course.title,
        words(f"training.level.{course.level}"),
        words(f"training.audience.{course.audience}"),
        words(f"training.mode.{course.mode}"),
        f"{words('training.round', round=course.round)} {words.day(course.starts_on)}",
        number(course.seats),
    )


# One department ------------------------------------------------------------------------------------------------------


def is_shown(diagnosed: Diagnosed, unit_id: str) -> bool:
    """Whether any level of a department may be shown."""
    return any(level is not None for level in _levels(diagnosed, diagnosed, Whose("unit", unit_id)))


def own_sentence(source: Source, taking_part: Sequence[Participation], unit_id: str) -> str:
    """Who of a department in scope took part."""
    words = source.words
    own = next(one for one in taking_part if one.unit_id == unit_id)
    if not own.people:
        return words("diagnosis.own.nobody")
    if own.share_pct is None:
        return words("diagnosis.says.people_only", people=number(own.people))
    facts = {"headcount": number(own.headcount), "share": percent(own.share_pct, 1)}
    return words("diagnosis.own.took_part", people=number(own.people), **facts)


def own_frame(source: Source, diagnosed: Diagnosed, unit_id: str) -> LevelsFrame:
    """A department in scope beside its peer group and the body."""
    words, group = source.words, group_of(source.reading, unit_id)
    name = source.units[unit_id]
    return LevelsFrame(
        axis=words("diagnosis.level"),
        competencies=diagnosed.competencies,
        marks=(
            LevelMarks(words("diagnosis.whose.body"), "grey", _levels(diagnosed, diagnosed, BODY)),
            LevelMarks(source.group_name(unit_id), "accent", _levels(diagnosed, diagnosed, Whose("group", group))),
            LevelMarks(name, "primary", _levels(diagnosed, diagnosed, Whose("unit", unit_id))),
        ),
        summary=words("diagnosis.own.summary", unit=name, group=source.group_name(unit_id)),
    )


# Participation -------------------------------------------------------------------------------------------------------


def participation_rows(source: Source, taking_part: Sequence[Participation]) -> list[tuple[str, ...]]:
    """Name, peer group, headcount, people and share of the departments in scope, by peer group and name."""
    known: Mapping[str, Participation] = {one.unit_id: one for one in taking_part}
    return [
        (
            name,
            source.group_name(unit_id),
            number(known[unit_id].headcount, 1),
            number(known[unit_id].people, 1),
            percent(known[unit_id].share_pct, 1),
        )
        for unit_id, name in source.units.items()
    ]

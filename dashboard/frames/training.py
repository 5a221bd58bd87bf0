"""The training programme as text and rows: plan and result, rounds, and whom it did not reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.frames.source import Source
from dashboard.markup import Fact
from etl.insight.training import By, Programme, RoundLine, Tally, UnitReach
from etl.shown import NOTHING, number, percent

BYS_SHOWN: tuple[By, ...] = ("field", "mode", "round", "programme", "course_id")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One part of the programme: what was planned and what came of it."""

    name: str
    seats_planned: int | None
    seats_offered: int | None
    target: int | None
    filled: int
    completed: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanFrame:
    """What the chart of the programme shows; the names of its marks are in the reader's language."""

    by: str
    axis: str
    seats_word: str
    target_word: str
    filled_word: str
    completed_word: str
    rows: tuple[PlanRow, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round of the plan or session outside it, as text."""

    title: str
    round: str
    days: str
    organiser: str
    mode: str
    state: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReachRow:
    """What the programme was to one department's people, as text."""

    unit_id: str
    name: str
    group: str
    cells: tuple[str, ...]


def programme_facts(source: Source, programme: Programme) -> list[Fact]:
    """The figures at the head."""
    words, total = source.words, programme.total
    held = words("training.rounds.beside", rounds=total.rounds, held=total.rounds_held) if total.rounds else ""
    against = (
        words("training.completed.no_target")
        if total.target is None
        else words("training.completed.beside", target=number(total.target), share=percent(total.target_pct, 1))
    )
    filled = words("training.filled.beside", share=percent(total.filled_pct, 1)) if total.seats_offered else ""
    return [
        Fact(words("training.seats_planned"), _places(source, total.seats_planned), held, "seats_planned"),
        Fact(
            words("training.seats_offered"),
            _places(source, total.seats_offered),
            words("training.sessions.beside", sessions=number(total.sessions)),
            "seats_offered",
        ),
        Fact(words("training.filled"), _people(source, total.filled), filled, "filled"),
        Fact(words("training.completed"), _people(source, total.completed), against, "completed"),
        Fact(words("training.people"), _people(source, total.people), words("training.people.beside"), "people"),
        Fact(
            words("training.hours"),
            number(total.hours, 1),
            words("training.hours.beside"),
            "hours",
        ),
    ]


def _places(source: Source, count: int | None) -> str:
    return NOTHING if count is None else source.words("training.places", count=number(count))


def _people(source: Source, count: int) -> str:
    return source.words("training.count", count=number(count))


def programme_sentences(source: Source, programme: Programme) -> list[str]:
    """Plan against result in words."""
    return [*_about_the_plan(source, programme), *_about_the_result(source, programme)]


def _about_the_plan(source: Source, programme: Programme) -> Iterator[str]:
    words, total = source.words, programme.total
    if not total.rounds:
        yield words("training.says.no_plan")
    elif total.target is not None:
        # Plan, result and share stand on the card above.
        if total.completed >= total.target:
            yield words("training.says.reached", more=number(total.completed - total.target))
        else:
            yield words("training.says.not_reached", left=number(total.target - total.completed))
    open_rounds = [line for line in programme.rounds if not line.held]
    if open_rounds:
        seats = sum(line.tally.seats_planned or 0 for line in open_rounds)
        yield words("training.says.not_held", rounds=number(len(open_rounds)), seats=number(seats))


def _about_the_result(source: Source, programme: Programme) -> Iterator[str]:
    words, total = source.words, programme.total
    outside = sum(line.tally.sessions for line in programme.rounds if total.rounds and not line.tally.rounds)
    if outside:
        yield words("training.says.outside_plan", sessions=number(outside))
    if total.completed:
        yield words("training.says.distinct", completed=number(total.completed), people=number(total.people))
    if programme.earlier is not None:
        before = programme.earlier
        yield words(
            "training.says.earlier",
            first=before.first_year,
            last=before.last_year,
            sessions=number(before.sessions),
            completed=number(before.completed),
        )
    period = source.reading.rulebook.evaluation.period
    if not period.start.year <= programme.year <= period.end.year:
        span = words("training.days.span", first=words.day(period.start), last=words.day(period.end))
        yield words("training.outside_period", period=span)


# Plan and result, told by something ----------------------------------------------------------------------------------


def plan_frame(source: Source, programme: Programme, by: By) -> PlanFrame:
    """The programme told by field, mode, round, programme or course."""
    words = source.words
    rows = tuple(_plan_row(source, programme, by, tally) for tally in programme.by[by])
    aims = [tally for tally in programme.by[by] if tally.target is not None]
    reached = sum(tally.completed >= (tally.target or 0) for tally in aims)
    named = words(f"training.by.{by}")
    spoken = named if words.language == "ko" else named.lower()
    summary = (
        words("training.plan.summary", by=spoken, count=number(len(aims)), reached=number(reached))
        if aims
        else words("training.plan.summary.no_target", by=spoken)
    )
    return PlanFrame(
        by=named,
        axis=words("training.plan.axis"),
        seats_word=words("training.seats_planned"),
        target_word=words("training.target"),
        filled_word=words("training.filled"),
        completed_word=words("training.completed"),
        rows=rows,
        summary=summary,
    )


def plan_legend(source: Source, frame: PlanFrame) -> str:
    """What the marks of the chart are, of those that are drawn; empty where none is."""
    rows = frame.rows
    drawn = {
        "seats": any(row.seats_planned for row in rows),
        "target": any(row.target is not None for row in rows),
        "filled": any(row.filled for row in rows),
        "completed": any(row.completed for row in rows),
    }
    marks = [source.words(f"training.plan.legend.{mark}") for mark, is_drawn in drawn.items() if is_drawn]
    return source.words("training.plan.legend", marks=", ".join(marks)) if marks else ""


def _plan_row(source: Source, programme: Programme, by: By, tally: Tally) -> PlanRow:
    return PlanRow(
        name=part_name(source, programme, by, tally.part),
        seats_planned=tally.seats_planned,
        seats_offered=tally.seats_offered,
        target=tally.target,
        filled=tally.filled,
        completed=tally.completed,
        cells=(
            number(tally.seats_planned),
            number(tally.seats_offered),
            number(tally.filled),
            number(tally.target),
            number(tally.completed),
            percent(tally.target_pct, 1),
            number(tally.people),
            number(tally.hours, 1),
        ),
    )


def part_name(source: Source, programme: Programme, by: By, part: str | None) -> str:
    """What a part of the programme is called."""
    if part is None:
        return source.words("training.part.none")
    if by == "mode":
        return mode_name(source, part)
    if by == "round":
        return source.words("training.round", round=part)
    if by == "course_id":
        return next((line.title for line in programme.rounds if line.course_id == part), part)
    return part


def mode_name(source: Source, mode: str | None) -> str:
    """How something is taught."""
    return NOTHING if mode is None else source.words(f"training.mode.{mode}")


# Rounds --------------------------------------------------------------------------------------------------------------


def round_rows(source: Source, programme: Programme, names: Mapping[str, str]) -> list[RoundRow]:
    """Every round and session by day.

    Args:
        source: what the reader sees.
        programme: of a year.
        names: department -> name, of former departments too.
    """
    return [_round_row(source, line, names) for line in programme.rounds]


def _round_row(source: Source, line: RoundLine, names: Mapping[str, str]) -> RoundRow:
    words, tally = source.words, line.tally
    first, last = words.day(line.starts_on), words.day(line.ends_on)
    state = "" if line.held else words("training.not_held")
    return RoundRow(
        title=line.title,
        round=words("training.outside") if not tally.rounds else words("training.round", round=line.round),
        days=first if line.starts_on == line.ends_on else words("training.days.span", first=first, last=last),
        organiser=source.named(line.unit_id, names),
        mode=mode_name(source, line.mode),
        state=state,
        cells=(
            number(tally.seats_planned),
            number(tally.seats_offered),
            number(tally.filled) if line.held else NOTHING,
            number(tally.target),
            number(tally.completed) if line.held else NOTHING,
        ),
    )


# Reach ---------------------------------------------------------------------------------------------------------------


def reach_sentences(source: Source, programme: Programme) -> list[str]:
    """Whom the programme did not reach, and what cannot be known."""
    words = source.words
    if programme.headcount is None:
        said = [
            words("training.reach.unknown_headcount", year=programme.year, people=number(programme.total.people)),
        ]
    else:
        said = [
            words(
                "training.reach.summary",
                year=programme.year,
                headcount=number(programme.headcount),
                people=number(programme.total.people),
                left=number(programme.not_reached),
            ),
        ]
    if programme.year > source.records_year:
        said.append(words("training.reach.old_headcount", year=programme.year))
    return [*said, words("training.reach.cannot")]


def reach_rows(source: Source, programme: Programme) -> list[ReachRow]:
    """The departments in scope, by peer group and name."""
    return [
        ReachRow(unit_id, name, source.group_name(unit_id), _reach_cells(programme.reach[unit_id]))
        for unit_id, name in source.units.items()
    ]


def _reach_cells(reach: UnitReach) -> tuple[str, ...]:
    figures = (reach.headcount, reach.people, reach.not_reached, reach.filled, reach.completed, reach.hours)
    return tuple(number(figure, 1) for figure in figures)


def own_sentences(source: Source, programme: Programme, unit_id: str) -> list[str]:
    """What the programme was to one department in scope."""
    words, reach = source.words, programme.reach[unit_id]
    said = [
        words(
            "training.own.says",
            year=programme.year,
            filled=number(reach.filled, 1),
            completed=number(reach.completed, 1),
            people=number(reach.people, 1),
            hours=number(reach.hours, 1),
        )
    ]
    if reach.headcount is not None and reach.not_reached is not None:
        said.append(words("training.own.left", headcount=number(reach.headcount, 1), left=number(reach.not_reached, 1)))
    return said

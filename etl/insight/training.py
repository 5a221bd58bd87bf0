"""The training programme of a year: what was planned, what took place, who came, and whom it never reached.

A year is a calendar year; a round belongs to the year it ends in, as a session does. Sessions that were refused,
briefings and conferences are no part of it. Places are counted twice over: as planned (rounds) and as offered
(sessions), and what came of them as filled (somebody came), completed, and distinct people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from etl.insight.reading import Reading
from etl.insight.records import SealedRecords, open_records
from etl.insight.training_queries import CAME, HELD, LINES, PLAN, TALLY, YEARS
from etl.scoring.decimals import HUNDRED, ZERO, precise, rounded

By = Literal["programme", "field", "round", "mode", "course_id"]
"""What the programme may be told by; sessions outside the plan have no programme, round or course."""
BYS: Final[tuple[By, ...]] = ("programme", "field", "round", "mode", "course_id")


@dataclass(frozen=True, slots=True)
class Tally:
    """A part of the programme, plan against what came of it.

    Attributes:
        part: of what it is told by; None where a session says nothing of it.
        rounds: planned; `rounds_held` of them took place.
        seats_planned: None where no round is planned; likewise `target`, which is None too where no round has one.
        sessions: that took place, those outside the plan included.
        seats_offered: None where no session says its places; `seats_unknown` sessions do not.
        filled: places somebody came to; `completed` of them to the end.
        people: who completed at least one, each once.
        hours: of those who completed.
    """

    part: str | None
    rounds: int
    rounds_held: int
    seats_planned: int | None
    target: int | None
    sessions: int
    seats_offered: int | None
    seats_unknown: int
    filled: int
    completed: int
    people: int
    hours: Decimal

    @property
    def target_pct(self) -> Decimal | None:
        """Completed in percent of the target, one decimal."""
        return _percent(self.completed, self.target)

    @property
    def filled_pct(self) -> Decimal | None:
        """Places filled in percent of those offered, one decimal; None where some session does not say its places."""
        return None if self.seats_unknown else _percent(self.filled, self.seats_offered)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round of the plan, or one session outside it, with what came of it.

    Attributes:
        course_id: None outside the plan; likewise `round`, `seats_planned` and `target`.
        unit_id: who organises it.
    """

    tally: Tally
    course_id: str | None
    round: int | None
    title: str
    field: str | None
    mode: str | None
    unit_id: str
    starts_on: date
    ends_on: date

    @property
    def held(self) -> bool:
        """Whether a session took place."""
        return self.tally.sessions > 0


@dataclass(frozen=True, slots=True)
class UnitReach:
    """What the programme was to one department's people.

    Attributes:
        people: who completed at least one course in the year, counted where they first did.
        headcount: actual staff at the end of the year; None where nobody reported it.
        not_reached: headcount - people, zero where more people were reached than are there; None without one.
    """

    unit_id: str
    filled: Decimal
    completed: Decimal
    hours: Decimal
    people: Decimal
    headcount: Decimal | None
    not_reached: Decimal | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Sessions and completions from one year to another, both included."""

    first_year: int
    last_year: int
    sessions: Decimal
    completed: Decimal


@dataclass(frozen=True, slots=True)
class Programme:
    """The training programme of one year.

    Attributes:
        total: all of it.
        by: what it is told by -> its parts, by name.
        rounds: by day.
        reach: evaluated department -> its people.
            earlier: the years before, at most four.
    """

    year: int
    total: Tally
    by: Mapping[By, tuple[Tally, ...]]
    rounds: tuple[RoundLine, ...]
    reach: Mapping[str, UnitReach]
    earlier: Earlier | None

    @property
    def headcount(self) -> Decimal | None:
        """Actual staff of all departments; None where one of them is unknown."""
        known = [reach.headcount for reach in self.reach.values()]
        return None if not known or None in known else sum((count for count in known if count), ZERO)

    @property
    def not_reached(self) -> Decimal | None:
        """Staff of the body less the distinct people reached, never below zero."""
        return None if self.headcount is None else max(self.headcount - self.total.people, ZERO)


def programme_years(reading: Reading) -> list[int]:
    """The years that have a planned round or a course that took place.

    Args:
        reading: a release that has records.
    """
    with open_records(reading) as records:
        return [year for (year,) in records.rows(YEARS)]


def training_programme(reading: Reading, year: int) -> Programme:
    """The programme of a year.

    Args:
        reading: a release that has records.
        year: the calendar year.
    """
    with open_records(reading) as records:
        records.prepare(PLAN, {"year": year})
        records.prepare(HELD, {"year": year})
        records.prepare(CAME)
        everything = _tallies(records, "'all'")
        return Programme(
            year=year,
            total=everything[0] if everything else _NOTHING,
            by={by: tuple(_tallies(records, by)) for by in BYS},
            rounds=tuple(_lines(records)),
            reach=_reach(reading, records, year),
            earlier=_earlier(records, year),
        )


_NOTHING: Final = Tally("all", 0, 0, None, None, 0, None, 0, 0, 0, 0, ZERO)


def _tallies(records: SealedRecords, part: str) -> list[Tally]:
    named = f"CAST({part} AS VARCHAR)"
    return [Tally(*row) for row in records.rows(TALLY.format(part=named))]


def _lines(records: SealedRecords) -> list[RoundLine]:
    tallies = {tally.part: tally for tally in _tallies(records, "line")}
    return [RoundLine(tallies[line], *row) for line, *row in records.rows(LINES)]


def _reach(reading: Reading, records: SealedRecords, year: int) -> dict[str, UnitReach]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    measured = {
        metric: {row.unit_id: row.value for row in records.measures.measure(metric, first, last)}
        for metric in (
            "training_places_filled",
            "training_attendances",
            "training_hours",
            "training_people",
            "headcount_actual",
        )
    }
    return {
        unit_id: _unit_reach(unit_id, *(own.get(unit_id) for own in measured.values())) for unit_id in reading.units
    }


def _unit_reach(
    unit_id: str,
    filled: Decimal | None,
    completed: Decimal | None,
    hours: Decimal | None,
    people: Decimal | None,
    headcount: Decimal | None,
) -> UnitReach:
    reached = people or ZERO
    left = None if headcount is None else max(headcount - reached, ZERO)
    return UnitReach(unit_id, filled or ZERO, completed or ZERO, hours or ZERO, reached, headcount, left)


def _earlier(records: SealedRecords, year: int) -> Earlier | None:
    known = [before for (before,) in records.rows(YEARS) if year - 4 <= before < year]
    if not known:
        return None
    days = date(known[0], 1, 1), date(year - 1, 12, 31)
    sessions, _ = records.measures.total("training_sessions", *days)
    completed, _ = records.measures.total("training_attendances", *days)
    return Earlier(known[0], year - 1, sessions or ZERO, completed or ZERO)


@precise
def _percent(part: int, whole: int | None) -> Decimal | None:
    return rounded(Decimal(part) * HUNDRED / whole, 1) if whole else None

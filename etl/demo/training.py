"""Who attended which training, and in which department they then worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from etl.demo.catalogue import ROUND_OF_SESSION
from etl.demo.courses import (
    COURSE,
    E_LEARNING,
    FOR_TOWNS,
    PEOPLE_BY_COURSES,
    SESSIONS,
    TWICE_OFFERED,
    Session,
    sessions_of,
)
from etl.demo.departments import BY_CODE, Department
from etl.demo.draws import Draws, apportion_capped
from etl.demo.programme import ATTENDANCE_HEADINGS, SESSION_HEADINGS
from etl.demo.staff import MOVED_ON, MOVERS, Person, staff_by_department
from etl.demo.tables import Table, plain

COMPLETED: Final = "수료"
UNFINISHED: Final = "미수료"
CANCELLED: Final = "취소"


@dataclass(frozen=True, slots=True)
class Place:
    """One person at one session, as the list of participants has it."""

    session: Session
    person: Person
    outcome: str


def training_tables(seed: int) -> tuple[Table, ...]:
    """교육과정 and 교육이수."""
    staff = staff_by_department(seed)
    places = [place for year in PEOPLE_BY_COURSES for place in _places_of(year, staff, Draws(seed, f"training {year}"))]
    return (_sessions(), _attendance(seed, places))


def _places_of(year: int, staff: dict[str, list[Person]], draws: Draws) -> list[Place]:
    sessions = sessions_of(year)
    there = {code: people for code, people in staff.items() if _is_there(people[0], date(year, 1, 2))}
    attendees = _attendees(year, there, draws)
    places = _completions(year, [session for session in sessions if session.kind == COURSE], attendees, draws)
    everybody = [person for people in there.values() for person in people]
    for session in sessions:
        seated = {place.person for place in places if place.session == session}
        others = [person for person in draws.shuffled(everybody) if person not in seated]
        places += _further_places(session, others)
    return places


def _is_there(person: Person, day: date) -> bool:
    return BY_CODE[person.unit_on(day)].start <= day


def _attendees(year: int, there: dict[str, list[Person]], draws: Draws) -> list[Person]:
    """The people who complete a course in the year; those who attend most stand first, movers among them."""
    people = sum(PEOPLE_BY_COURSES[year].values())
    weights = [_willingness(BY_CODE[code], year, draws) for code in there]
    numbers = apportion_capped(people, weights, [len(staff) for staff in there.values()])
    drawn = [
        person
        for staff, number in zip(there.values(), numbers, strict=True)
        for person in draws.shuffled(staff)[:number]
    ]
    return sorted(draws.shuffled(drawn), key=lambda person: not _moves_in(person, year))


def _moves_in(person: Person, year: int) -> bool:
    return person.moved_from is not None and year == MOVED_ON.year


def _willingness(department: Department, year: int, draws: Draws) -> int:
    """Grows with size and level; the fewer the people, the more chance has a say.

    Until 2020 courses were for those who asked, so that a few departments sent most of the people.
    """
    eagerness = 6 + 16 * department.level + draws.below(34 + 240 // department.staff)
    return department.staff * (eagerness if year > 2020 else eagerness**3)


def _completions(year: int, courses: list[Session], attendees: list[Person], draws: Draws) -> list[Place]:
    """Fill every course with exactly as many people as complete it, nobody twice in one."""
    left = {session: session.completions for session in courses}
    counts = [count for count, people in sorted(PEOPLE_BY_COURSES[year].items(), reverse=True) for _ in range(people)]
    places: list[Place] = []
    for position, (person, count) in enumerate(zip(attendees, counts, strict=True)):
        certain = _certain(position, _moves_in(person, year), left, draws) if count > 1 else []
        others = [session for session, seats in left.items() if seats > 0 and session not in certain]
        for session in certain + _by_interest(person, others, left, count - len(certain), draws):
            left[session] -= 1
            places.append(Place(session, person, COMPLETED))
    return places


def _certain(position: int, moves: bool, left: dict[Session, int], draws: Draws) -> list[Session]:
    """What is not left to chance: movers attend before and after their move, and one person hears a course twice."""
    if moves:
        before = [session for session in left if session.ends_on < MOVED_ON]
        after = [session for session in left if session.starts_on > MOVED_ON]
        return _by_seats(before, left, 1, draws) + _by_seats(after, left, 1, draws)
    return [session for session in left if session.title in TWICE_OFFERED] if position == MOVERS else []


def _by_seats(courses: list[Session], left: dict[Session, int], count: int, draws: Draws) -> list[Session]:
    return draws.several_weighted(courses, [left[session] for session in courses], count)


def _by_interest(
    person: Person, courses: list[Session], left: dict[Session, int], count: int, draws: Draws
) -> list[Session]:
    """Like `_by_seats`, but the course for towns is mostly heard by people of the towns."""
    from_a_town = BY_CODE[person.home].peer_group == "town"
    weights = [left[s] * (4 if s.field != FOR_TOWNS else 40 if from_a_town else 1) for s in courses]
    return draws.several_weighted(courses, weights, count)


def _further_places(session: Session, others: list[Person]) -> list[Place]:
    """Those who came to a briefing; for a course those who did not finish and those who cancelled."""
    if session.kind != COURSE:
        return [Place(session, person, COMPLETED) for person in others[: session.completions]]
    unfinished, cancelled = session.completions // 20, session.completions // 40
    outcomes = [UNFINISHED] * unfinished + [CANCELLED] * cancelled
    return [Place(session, person, outcome) for person, outcome in zip(others, outcomes, strict=False)]


def _sessions() -> Table:
    return Table("교육과정.csv", SESSION_HEADINGS, tuple(_session_row(session) for session in SESSIONS))


def _session_row(session: Session) -> tuple[str, ...]:
    planned = ROUND_OF_SESSION.get(session.session_id)
    return (
        session.session_id,
        session.organiser,
        session.title,
        session.kind,
        session.field,
        session.mode,
        session.institution,
        plain(session.starts_on),
        plain(session.ends_on),
        session.hours,
        str(session.seats),
        planned.course_id if planned else "",
        str(planned.round) if planned else "",
    )


def _attendance(seed: int, places: list[Place]) -> Table:
    draws = Draws(seed, "attendance")
    rows = sorted(_attendance_row(place, seed, draws) for place in places)
    return Table("교육이수.csv", ATTENDANCE_HEADINGS, tuple(rows), encoding="cp949")


def _attendance_row(place: Place, seed: int, draws: Draws) -> tuple[str, ...]:
    session, person = place.session, place.person
    finished_on = _finished_on(session, draws)
    completed = place.outcome == COMPLETED
    return (
        session.session_id,
        person.pseudonym(seed),
        person.unit_on(finished_on),
        person.grade(seed),
        plain(session.starts_on),
        plain(finished_on) if completed else "",
        session.hours if completed else "1" if place.outcome == UNFINISHED else "0",
        place.outcome,
    )


def _finished_on(session: Session, draws: Draws) -> date:
    if session.mode != E_LEARNING:
        return session.ends_on
    return draws.working_day(session.starts_on + timedelta(days=3), session.ends_on)

"""The people of the invented city: a pseudonym, a rank group, and the department they work in on a day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.demo.departments import (
    ARTS,
    ARTS_AND_TOURISM,
    BY_CODE,
    CLIMATE,
    ENVIRONMENT,
    REORGANISED,
    TOURISM,
    WASTE,
    existing_on,
)
from etl.demo.draws import Draws

MOVED_ON: Final = date(2021, 7, 26)
MOVERS: Final = 14
_GRADES: Final = ("5급 이상", "6급", "7급 이하", "공무직")
_GRADE_WEIGHTS: Final = (6, 24, 58, 12)
_LAST_DAY: Final = date(2021, 12, 31)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the staff: the department at the end of 2021, a number in it, and where they worked before a move."""

    home: str
    number: int
    moved_from: str | None = None

    def pseudonym(self, seed: int) -> str:
        """The invented pseudonym: p and 32 hexadecimal digits."""
        return "p" + hashlib.sha256(f"{seed}|{self.home}|{self.number}".encode()).hexdigest()[:32]

    def grade(self, seed: int) -> str:
        """The rank group, the same at every course."""
        return Draws(seed, f"grade {self.home} {self.number}").pick_weighted(_GRADES, _GRADE_WEIGHTS)

    def unit_on(self, day: date) -> str:
        """The department the person worked in on this day."""
        if self.moved_from is not None and day < MOVED_ON:
            return self.moved_from
        if day >= REORGANISED:
            return self.home
        if self.home == ARTS_AND_TOURISM:
            return ARTS if self.number < BY_CODE[ARTS].staff else TOURISM
        return ENVIRONMENT if self.home in (CLIMATE, WASTE) else self.home


def staff_by_department(seed: int) -> dict[str, list[Person]]:
    """Everybody who may attend or answer, by department: some posts are vacant, some departments send nobody."""
    draws = Draws(seed, "movers")
    open_to = [department for department in existing_on(_LAST_DAY) if department.level > 0]
    staff = {
        department.code: [Person(department.code, number) for number in range(department.staff * 94 // 100)]
        for department in open_to
    }
    settled = [department for department in open_to if department.start < date(2018, 1, 1) and department.level > 1]
    drawn = draws.shuffled(settled)
    for home, came_from in zip(drawn[:MOVERS], drawn[MOVERS : 2 * MOVERS], strict=True):
        staff[home.code][0] = Person(home.code, 0, came_from.code)
    return staff

"""The files of the training programme: courses, rounds, competencies, and the job training held in spring 2022."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from etl.demo.catalogue import COURSE_BY_ID, COURSES, ROUNDS, PlannedRound
from etl.demo.draws import Draws
from etl.demo.staff import Person, staff_by_department
from etl.demo.tables import Table, plain

SOURCES: Final = r"""
[[source]]
file = "교육과정목록.csv"
kind = "courses"
[source.columns]
course_id = "과정번호"
programme = "프로그램"
field = "분야"
title = "과정명"
level = { column = "수준", values = { "기초" = "basic", "직무" = "job", "전문" = "specialist" } }
institution = "교육기관"
hours = "시간"
[source.columns.audience]
column = "대상"
values = { "전 직원" = "all_staff", "신규" = "recruits", "관리자" = "managers", "분석 담당" = "analysts" }
[source.columns.mode]
column = "방식"
values = { "집합" = "in_person", "실시간 비대면" = "live_online", "이러닝" = "e_learning", "외부위탁" = "external" }

[[source]]
file = "교육회차계획.csv"
kind = "course_rounds"
[source.columns]
course_id = "과정번호"
round = "회차"
unit_id = "주관부서코드"
starts_on = "시작일"
ends_on = "종료일"
seats = "정원"
target = "목표인원"

[[source]]
file = "과정역량.csv"
kind = "course_competencies"
[source.columns]
course_id = "과정번호"
competency = "역량"

# 2022년 직무교육 1회차의 실시와 이수는 교육 부서가 따로 보냈습니다. The first round of 2022, sent apart.
[[source]]
file = "직무교육.csv"
kind = "training_sessions"
[source.columns]
session_id = "교육번호"
unit_id = "주관부서코드"
title = "교육명"
field = "분야"
institution = "교육기관"
starts_on = "시작일"
ends_on = "종료일"
hours = "시간"
seats = "정원"
course_id = "과정번호"
round = "회차"
[source.columns.kind_of_session]
column = "구분"
values = { "교육" = "course" }
[source.columns.mode]
column = "방식"
values = { "집합" = "in_person", "실시간 비대면" = "live_online", "외부위탁" = "external" }

[[source]]
file = "직무교육_이수.csv"
kind = "attendance"
[source.columns]
session_id = "교육번호"
person = "가명번호"
unit_id = "부서코드"
staff_group = "직급구분"
started_on = "시작일"
completed_on = "수료일"
hours = "이수시간"
outcome = { column = "이수구분", values = { "수료" = "completed", "미수료" = "not_completed" } }
"""

SESSION_HEADINGS: Final = (
    "교육번호", "주관부서코드", "교육명", "구분", "분야", "방식", "교육기관", "시작일", "종료일", "시간", "정원",
    "과정번호", "회차",
)  # fmt: skip
ATTENDANCE_HEADINGS: Final = (
    "교육번호", "가명번호", "부서코드", "직급구분", "시작일", "수료일", "이수시간", "이수구분",
)  # fmt: skip

_FIRST_ROUND_OF_2022: Final = {
    "교육-2022-01": (29, 27),
    "교육-2022-02": (20, 18),
    "교육-2022-03": (30, 28),
    "교육-2022-04": (17, 15),
    "교육-2022-05": (18, 17),
    "교육-2022-06": (20, 19),
    "교육-2022-07": (16, 14),
    "교육-2022-08": (25, 24),
    "교육-2022-09": (12, 11),
}
"""Session -> how many people came and how many of them completed it: 187 and 173."""


def programme_tables(seed: int) -> tuple[Table, ...]:
    """교육과정목록, 교육회차계획, 과정역량, 직무교육 and 직무교육_이수."""
    held = [planned for planned in ROUNDS if planned.session_id in _FIRST_ROUND_OF_2022]
    return (_courses(), _rounds(), _competencies(), _sessions(held), _attendance(held, seed))


def _courses() -> Table:
    headings = ("과정번호", "프로그램", "분야", "과정명", "수준", "대상", "방식", "교육기관", "시간")
    rows = tuple(
        (c.course_id, c.programme, c.field, c.title, c.level, c.audience, c.mode, c.institution, c.hours)
        for c in COURSES
    )
    return Table("교육과정목록.csv", headings, rows)


def _rounds() -> Table:
    headings = ("과정번호", "회차", "주관부서코드", "시작일", "종료일", "정원", "목표인원")
    rows = tuple(
        (r.course_id, str(r.round), r.organiser, plain(r.starts_on), plain(r.ends_on), str(r.seats), str(r.target))
        for r in ROUNDS
    )
    return Table("교육회차계획.csv", headings, rows)


def _competencies() -> Table:
    rows = tuple((course.course_id, competency) for course in COURSES for competency in course.competencies)
    return Table("과정역량.csv", ("과정번호", "역량"), rows)


def _sessions(held: list[PlannedRound]) -> Table:
    rows = []
    for planned in held:
        course = COURSE_BY_ID[planned.course_id]
        rows.append(
            (
                planned.session_id,
                planned.organiser,
                f"{course.title}({planned.round}회차)",
                "교육",
                course.field,
                course.mode,
                course.institution,
                plain(planned.starts_on),
                plain(planned.ends_on),
                course.hours,
                str(planned.seats),
                course.course_id,
                str(planned.round),
            )
        )
    return Table("직무교육.csv", SESSION_HEADINGS, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Participant:
    """One person at one session of the job training."""

    planned: PlannedRound
    person: Person
    completed: bool

    def row(self, seed: int) -> tuple[str, ...]:
        planned, person = self.planned, self.person
        return (
            planned.session_id,
            person.pseudonym(seed),
            person.unit_on(planned.ends_on),
            person.grade(seed),
            plain(planned.starts_on),
            plain(planned.ends_on) if self.completed else "",
            COURSE_BY_ID[planned.course_id].hours if self.completed else "1",
            "수료" if self.completed else "미수료",
        )


def _attendance(held: list[PlannedRound], seed: int) -> Table:
    draws = Draws(seed, "job training")
    everybody = [person for people in staff_by_department(seed).values() for person in people]
    participants = []
    for planned in held:
        came, completed = _FIRST_ROUND_OF_2022[planned.session_id]
        there = draws.shuffled(everybody)[:came]
        participants += [_Participant(planned, person, at < completed) for at, person in enumerate(there)]
    return Table("직무교육_이수.csv", ATTENDANCE_HEADINGS, tuple(sorted(one.row(seed) for one in participants)))

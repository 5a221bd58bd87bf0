"""Places, targets and people of training and diagnosis: rows that count, and rows that do not, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from etl.engine import Engine
from etl.intake.mapping import read_sources
from etl.intake.stage import stage
from etl.measures import Evidence, Measures
from etl.units import Attribution
from tests.intake.received import DEPARTMENTS, write

ANNA, BOB, CYD = (f"p{letter * 32}" for letter in "abc")

COURSES = """course_id,programme,field,title,level,audience,mode,hours
C1,P,F,기초,basic,all_staff,in_person,3
"""
ROUNDS = """course_id,round,unit_id,starts_on,ends_on,seats,target
C1,1,A1,2021-03-01,2021-03-02,30,25
C1,2,A1,2021-12-30,2022-01-02,20,10
C1,3,A1,2021-05-03,2021-05-03,8,
"""
SESSIONS = """session_id,unit_id,title,kind_of_session,starts_on,ends_on,hours,seats,course_id,round
S1,A1,기초(1),course,2021-03-01,2021-03-02,3,40,C1,1
S2,A1,기초(3),course,2021-05-03,2021-05-03,3,,C1,3
S3,A1,특강,course,2021-06-01,2021-06-01,3,,,
S4,A1,설명회,briefing,2021-06-02,2021-06-02,3,50,,
S5,A1,연말,course,2021-12-30,2022-01-02,3,20,C1,2
S6,A1,반려,course,2021-07-01,2021-07-01,3,15,,
"""
RECOGNITION = """record_kind,record_id,decision,reason,decided_on,decided_by
training_sessions,S6,refused,교육이 아님,2021-08-01,위원회
"""
ATTENDANCE = f"""session_id,person,unit_id,completed_on,hours,outcome
S1,{ANNA},A1,2021-03-02,3,completed
S1,{BOB},B2,,1,not_completed
S4,{ANNA},A1,2021-06-02,3,completed
S5,{ANNA},A1,2022-01-02,3,completed
S6,{BOB},B2,2021-07-01,3,completed
"""
CAMPAIGNS = """campaign_id,title,starts_on,ends_on,highest_score
K1,진단,2021-08-01,2021-08-31,5
K0,지난 진단,2020-08-01,2020-08-31,5
"""
QUESTIONS = """question_id,campaign_id,competency,staff,text
Q1,K1,기획,everybody,하나
Q2,K1,분석,everybody,둘
Q0,K0,기획,everybody,영
"""
ANSWERS = f"""question_id,person,unit_id,staff,answered_on,score
Q1,{ANNA},A1,ordinary,2021-08-02,3
Q2,{ANNA},A1,ordinary,2021-08-02,4
Q1,{BOB},A1,ordinary,2021-08-02,3
Q2,{BOB},B2,ordinary,2021-08-30,4
Q0,{CYD},A1,analyst,2020-08-02,3
"""
FILES = {
    "departments.csv": DEPARTMENTS,
    "courses.csv": COURSES,
    "course_rounds.csv": ROUNDS,
    "training_sessions.csv": SESSIONS,
    "attendance.csv": ATTENDANCE,
    "recognition.csv": RECOGNITION,
    "diagnosis_campaigns.csv": CAMPAIGNS,
    "diagnosis_questions.csv": QUESTIONS,
    "diagnosis_answers.csv": ANSWERS,
}

Told = dict[str, tuple[int | None, str | None]]
"""Record -> what it counts and why not."""
Evidently = Callable[[str, str], Told]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Evidently:
    folder, job = tmp_path_factory.mktemp("received"), tmp_path_factory.mktemp("job")
    entries = "".join(f'[[source]]\nfile = "{file}"\nkind = "{file[:-4]}"\n' for file in FILES)
    write(folder, FILES, entries)

    def of(metric: str, unit_id: str) -> Told:
        with Engine(threads=1) as engine:
            ways = [Attribution(unit, unit, Decimal(1)) for unit in ("A1", "B2")]
            measures = Measures(engine, staged.records, ways)
            found = measures.evidence(metric, unit_id, date(2021, 1, 1), date(2021, 12, 31), staged.origins)
        return {one.record_id: (_whole(one), one.reason) for one in found}

    with Engine(threads=1) as engine:
        staged = stage(folder, read_sources(folder), job, engine)
    assert [loaded.rejected for loaded in staged.loaded] == [0] * len(FILES)
    return of


def _whole(one: Evidence) -> int | None:
    return None if one.amount is None else int(one.amount)


CASES = [
    ("training_seats", "A1", {
        "S1": (40, None),
        "S2": (8, None),
        "S3": (None, "seats_unknown"),
        "S4": (0, "not_a_course"),
        "S5": (0, "outside_period"),
        "S6": (0, "refused"),
    }),
    ("training_seats_planned", "A1", {"C1/1": (30, None), "C1/2": (0, "outside_period"), "C1/3": (8, None)}),
    ("training_target", "A1", {"C1/1": (25, None), "C1/2": (0, "outside_period"), "C1/3": (None, "target_unknown")}),
    ("training_places_filled", "A1", {
        f"S1/{ANNA}": (1, None),
        f"S4/{ANNA}": (0, "not_a_course"),
        f"S5/{ANNA}": (0, "outside_period"),
    }),
    ("training_places_filled", "B2", {f"S1/{BOB}": (1, None), f"S6/{BOB}": (0, "refused")}),
    ("diagnosis_people", "A1", {
        f"Q0/{CYD}": (0, "outside_period"),
        f"Q1/{ANNA}": (0, "same_person_counted_already"),
        f"Q1/{BOB}": (0, "same_person_counted_already"),
        f"Q2/{ANNA}": (1, None),
    }),
    ("diagnosis_people", "B2", {f"Q2/{BOB}": (1, None)}),
]  # fmt: skip


@pytest.mark.parametrize(("metric", "unit_id", "expected"), CASES)
def test_every_candidate_counts_or_says_why_not(told: Evidently, metric: str, unit_id: str, expected: Told) -> None:
    assert told(metric, unit_id) == expected

"""The records that are measured on: attendance of any length, one row in a hundred bad, and what it refers to."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from etl.engine import Engine, text

RULEBOOK: Final = """\
reorganisation = "as_recorded"

[evaluation]
id = "bench"
title = "bench"
year = 2021
period = { start = 2021-01-01, end = 2021-12-31 }

[score]
aggregation = "sum_of_points"
total = 100
rounding = { places = 2 }
missing = "zero"

[[indicators]]
id = "people"
name = "people trained of the headcount"
numerator = "training_people"
denominator = "headcount_authorised"
weight = 60
points = { method = "goalposts", worst = 0, best = 1 }

[[indicators]]
id = "attendances"
name = "attendances"
numerator = "training_attendances"
weight = 40
points = { method = "goalposts", worst = 0, best = 20000 }
"""

_UNITS: Final = """
    SELECT 'U' || lpad(i::VARCHAR, 4, '0') AS unit_id, '부서 ' || i AS name, 'g' || (i % 5) AS peer_group,
        '2015-01-01' AS valid_from
    FROM range(500) AS t(i)
"""
_HEADCOUNT: Final = """
    SELECT 'U' || lpad(i::VARCHAR, 4, '0') AS unit_id, '2021-12-31' AS as_of, '전체' AS part,
        400 + i % 100 AS authorised
    FROM range(500) AS t(i)
"""
_SESSIONS: Final = """
    SELECT 'S' || lpad(i::VARCHAR, 5, '0') AS session_id, 'U' || lpad((i % 500)::VARCHAR, 4, '0') AS unit_id,
        '과정 ' || i AS title, CASE WHEN i % 20 = 0 THEN 'briefing' ELSE 'course' END AS kind_of_session,
        '2021-01-01' AS starts_on, '2021-12-31' AS ends_on, 8 AS hours
    FROM range(5000) AS t(i)
"""
# Fifty attendances a person; of a thousand rows two have a bad person, four a bad day, two a bad number, one a bad
# outcome, and some of these fall together.
_ATTENDANCE: Final = """
    WITH drawn AS (SELECT i, hash(i * 7 + 1) AS h, hash(i * 13 + 5) AS g FROM range({rows}) AS t(i))
    SELECT 'S' || lpad((i % 5000)::VARCHAR, 5, '0') AS session_id,
        CASE WHEN h % 1000 < 2 THEN 'bad' ELSE 'p' || md5((i // 50)::VARCHAR) END AS person,
        'U' || lpad(((i // 50) % 500)::VARCHAR, 4, '0') AS unit_id,
        CASE WHEN g % 3 = 0 THEN '일반직' WHEN g % 3 = 1 THEN '전문직' ELSE '' END AS staff_group,
        strftime(DATE '2021-01-01' + ((h >> 8) % 300)::INTEGER, '%Y-%m-%d') AS started_on,
        CASE WHEN h % 1000 < 6 THEN '2021-02-31'
            ELSE strftime(DATE '2021-01-01' + ((h >> 8) % 300)::INTEGER + ((h >> 20) % 20)::INTEGER, '%Y-%m-%d')
        END AS completed_on,
        CASE WHEN h % 1000 BETWEEN 6 AND 7 THEN '1_0' ELSE ((g >> 10) % 40 * 0.5)::VARCHAR END AS "hours",
        CASE WHEN h % 1000 = 9 THEN 'done' WHEN (g >> 20) % 20 = 0 THEN 'not_completed' ELSE 'completed' END AS outcome
    FROM drawn
"""


def records_of(rows: int, cache: Path) -> Path:
    """A folder of records with so many rows of attendance, made once."""
    folder = cache / f"{rows}"
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        queries = {
            "departments": _UNITS,
            "headcount": _HEADCOUNT,
            "training_sessions": _SESSIONS,
            "attendance": _ATTENDANCE.format(rows=rows),
        }
        with Engine() as engine:
            for kind, query in queries.items():
                engine.run(f"COPY ({query}) TO {text(str(folder / kind) + '.csv')} (FORMAT csv, HEADER true)")
        (folder / "rulebook.toml").write_text(RULEBOOK, encoding="utf-8")
        (folder / "complete").touch()
    return folder

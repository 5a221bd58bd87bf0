"""How the training programme of a year is read from the records: its plan, what was held, and who came.

`PLAN`, `HELD` and `CAME` set up the tables of the year; `TALLY` counts them by a column they all have (`{part}`).
A line is one planned round, or one session outside the plan.
"""

from __future__ import annotations

from typing import Final

PLAN: Final = """
CREATE OR REPLACE TEMP TABLE plan AS
SELECT
    r.course_id || '/' || r.round AS line,
    r.course_id,
    r.round,
    c.programme,
    c.field,
    c.mode,
    c.title,
    r.unit_id,
    r.starts_on,
    r.ends_on,
    r.seats,
    r.target
FROM course_rounds AS r
INNER JOIN courses AS c ON r.course_id = c.course_id
WHERE YEAR(r.ends_on) = $year
"""

HELD: Final = """
CREATE OR REPLACE TEMP TABLE held AS
SELECT
    s.session_id,
    COALESCE(s.course_id || '/' || s.round, s.session_id) AS line,
    s.course_id,
    s.round,
    c.programme,
    COALESCE(c.field, s.field) AS field,
    COALESCE(c.mode, s.mode) AS mode,
    s.title,
    s.unit_id,
    s.starts_on,
    s.ends_on,
    COALESCE(s.seats, r.seats) AS seats
FROM training_sessions AS s
LEFT JOIN courses AS c ON s.course_id = c.course_id
LEFT JOIN course_rounds AS r ON s.course_id = r.course_id AND s.round = r.round
LEFT JOIN latest_decisions AS d ON d.record_kind = 'training_sessions' AND s.session_id = d.record_id
WHERE YEAR(s.ends_on) = $year AND s.kind_of_session = 'course' AND COALESCE(d.decision, '') <> 'refused'
"""

CAME: Final = """
CREATE OR REPLACE TEMP TABLE came AS
SELECT
    h.line,
    h.course_id,
    h.round,
    h.programme,
    h.field,
    h.mode,
    a.person,
    a.hours,
    a.outcome = 'completed' AS completed
FROM held AS h
INNER JOIN attendance AS a ON h.session_id = a.session_id
"""

TALLY: Final = """
WITH planned AS (
    SELECT
        {part} AS part,
        COUNT(*) AS rounds,
        COUNT(*) FILTER (line IN (SELECT line FROM held)) AS rounds_held,
        SUM(seats) AS seats,
        SUM(target) AS target
    FROM plan
    GROUP BY 1
),

offered AS (
    SELECT {part} AS part, COUNT(*) AS sessions, SUM(seats) AS seats, COUNT(*) FILTER (seats IS NULL) AS seats_unknown
    FROM held
    GROUP BY 1
),

filled AS (
    SELECT
        {part} AS part,
        COUNT(*) AS filled,
        COUNT(*) FILTER (completed) AS completed,
        COUNT(DISTINCT person) FILTER (completed) AS people,
        SUM(hours) FILTER (completed) AS hours
    FROM came
    GROUP BY 1
),

parts AS (
    SELECT part FROM planned
    UNION
    SELECT part FROM offered
)

SELECT
    x.part,
    COALESCE(p.rounds, 0),
    COALESCE(p.rounds_held, 0),
    CAST(p.seats AS BIGINT),
    CAST(p.target AS BIGINT),
    COALESCE(o.sessions, 0),
    CAST(o.seats AS BIGINT),
    COALESCE(o.seats_unknown, 0),
    COALESCE(f.filled, 0),
    COALESCE(f.completed, 0),
    COALESCE(f.people, 0),
    COALESCE(f.hours, 0)
FROM parts AS x
LEFT JOIN planned AS p ON x.part IS NOT DISTINCT FROM p.part
LEFT JOIN offered AS o ON x.part IS NOT DISTINCT FROM o.part
LEFT JOIN filled AS f ON x.part IS NOT DISTINCT FROM f.part
ORDER BY x.part NULLS LAST
"""

LINES: Final = """
SELECT line, course_id, round, title, field, mode, unit_id, starts_on, ends_on
FROM plan
UNION ALL
SELECT
    line,
    MIN(course_id),
    MIN(round),
    MIN(title),
    MIN(field),
    MIN(mode),
    MIN(unit_id),
    MIN(starts_on),
    MAX(ends_on)
FROM held
WHERE line NOT IN (SELECT line FROM plan)
GROUP BY line
ORDER BY starts_on, ends_on, line
"""

YEARS: Final = """
SELECT YEAR(ends_on) FROM course_rounds
UNION
SELECT YEAR(ends_on) FROM training_sessions WHERE kind_of_session = 'course'
ORDER BY 1
"""

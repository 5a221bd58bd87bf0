-- People trained (교육 이수 실인원).
-- Counts:  people who completed at least one course within the period, each once.
-- Unit:    people (명).
-- Records: attendance.
-- Source:  personnel or learning system; MOIS evaluation manual 2025, indicator 3-2-1 (one person counts once).
-- Awkward: a person who moved counts for the department of the first completion; on one day the lower session code.
WITH candidates AS NOT MATERIALIZED (
    SELECT
        a.unit_id,
        a.session_id,
        a.person,
        a.completed_on,
        CASE
            WHEN a.outcome <> 'completed' THEN 'not_completed'
            WHEN s.kind_of_session <> 'course' THEN 'not_a_course'
            WHEN a.completed_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
        END AS reason
    FROM attendance AS a
    CROSS JOIN period AS p
    INNER JOIN training_sessions AS s ON a.session_id = s.session_id
),

firsts AS (
    SELECT
        person,
        MIN(ROW(completed_on, session_id)) AS first_completion
    FROM candidates
    WHERE reason IS NULL
    GROUP BY person
),

told AS (
    SELECT
        c.unit_id,
        c.session_id,
        c.person,
        COALESCE(
            c.reason,
            CASE
                WHEN ROW(c.completed_on, c.session_id) <> f.first_completion THEN 'same_person_counted_already'
            END
        ) AS reason
    FROM candidates AS c
    LEFT JOIN firsts AS f ON c.person = f.person
)

SELECT
    unit_id,
    session_id || '/' || person AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM told

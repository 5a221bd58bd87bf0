-- People trained (교육 이수 실인원).
-- Counts:  people who completed at least one course within the period, each once.
-- Unit:    people (명).
-- Records: attendance.
-- Source:  personnel or learning system; MOIS evaluation manual 2025, indicator 3-2-1 (one person counts once).
-- Awkward: a person who moved counts for the department of the first completion; on one day the lower session code.
WITH candidates AS (
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

ordered AS (
    SELECT
        unit_id,
        session_id,
        person,
        COALESCE(
            reason,
            CASE
                WHEN ROW_NUMBER() OVER (PARTITION BY person, reason ORDER BY completed_on, session_id) > 1
                    THEN 'same_person_counted_already'
            END
        ) AS reason
    FROM candidates
)

SELECT
    unit_id,
    session_id || '/' || person AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM ordered

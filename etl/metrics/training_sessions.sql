-- Training sessions held (교육 실시 횟수).
-- Counts:  courses that ended within the period and were not refused.
-- Unit:    sessions (회), for the department that organised them.
-- Records: training_sessions.
-- Source:  training plan and reports of results.
-- Awkward: a session over the turn of the year counts in the year it ends.
WITH candidates AS (
    SELECT
        s.unit_id,
        s.session_id,
        CASE
            WHEN s.kind_of_session <> 'course' THEN 'not_a_course'
            WHEN s.ends_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN d.decision = 'refused' THEN 'refused'
        END AS reason
    FROM training_sessions AS s
    CROSS JOIN period AS p
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'training_sessions' AND s.session_id = d.record_id
)

SELECT
    unit_id,
    session_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

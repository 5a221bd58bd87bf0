-- Places filled at training (교육 참여 자리).
-- Counts:  people who came to courses that ended within the period and were not refused, finished or not.
-- Unit:    places (자리): one person at two sessions fills two. Completions are training_attendances.
-- Records: attendance.
-- Source:  personnel or learning system.
-- Awkward: somebody who came and did not finish filled a place; briefings and conferences are no training.
WITH candidates AS (
    SELECT
        a.unit_id,
        a.session_id,
        a.person,
        CASE
            WHEN s.kind_of_session <> 'course' THEN 'not_a_course'
            WHEN s.ends_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN d.decision = 'refused' THEN 'refused'
        END AS reason
    FROM attendance AS a
    CROSS JOIN period AS p
    INNER JOIN training_sessions AS s ON a.session_id = s.session_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'training_sessions' AND s.session_id = d.record_id
)

SELECT
    unit_id,
    session_id || '/' || person AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

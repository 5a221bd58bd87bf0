-- Attendances at training (교육 참여 연인원).
-- Counts:  attendances completed within the period at sessions that are courses.
-- Unit:    attendances (명, 연인원): one person at two sessions is two. Distinct people are training_people.
-- Records: attendance.
-- Source:  personnel or learning system.
-- Awkward: counts for the department of the day of completion; briefings and conferences are no training.
WITH candidates AS (
    SELECT
        a.unit_id,
        a.session_id,
        a.person,
        CASE
            WHEN a.outcome <> 'completed' THEN 'not_completed'
            WHEN s.kind_of_session <> 'course' THEN 'not_a_course'
            WHEN a.completed_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
        END AS reason
    FROM attendance AS a
    CROSS JOIN period AS p
    INNER JOIN training_sessions AS s ON a.session_id = s.session_id
)

SELECT
    unit_id,
    session_id || '/' || person AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

-- Places offered at training (교육 제공 정원).
-- Counts:  places of courses that ended within the period and were not refused.
-- Unit:    places (자리), for the department that organised the course.
-- Records: training_sessions.
-- Source:  training plan and reports of results.
-- Awkward: a session that does not say its places has those of the round it carried out, else they are unknown.
WITH candidates AS (
    SELECT
        s.unit_id,
        s.session_id,
        COALESCE(s.seats, r.seats) AS places,
        CASE
            WHEN s.kind_of_session <> 'course' THEN 'not_a_course'
            WHEN s.ends_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN d.decision = 'refused' THEN 'refused'
            WHEN s.seats IS NULL AND r.seats IS NULL THEN 'seats_unknown'
        END AS reason
    FROM training_sessions AS s
    CROSS JOIN period AS p
    LEFT JOIN course_rounds AS r ON s.course_id = r.course_id AND s.round = r.round
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'training_sessions' AND s.session_id = d.record_id
)

SELECT
    unit_id,
    session_id AS record_id,
    CASE
        WHEN reason IS NULL THEN places
        WHEN reason <> 'seats_unknown' THEN 0
    END AS amount,
    reason
FROM candidates

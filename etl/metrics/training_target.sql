-- Completions planned at training (교육 목표 인원).
-- Counts:  how many people the plan says complete the rounds that end within the period.
-- Unit:    completions (명), for the department that organises the round.
-- Records: course_rounds.
-- Source:  training plan.
-- Awkward: a round without a target is unknown, not zero.
WITH candidates AS (
    SELECT
        r.unit_id,
        r.course_id,
        r.round,
        r.target,
        CASE
            WHEN r.ends_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN r.target IS NULL THEN 'target_unknown'
        END AS reason
    FROM course_rounds AS r
    CROSS JOIN period AS p
)

SELECT
    unit_id,
    course_id || '/' || round AS record_id,
    CASE
        WHEN reason IS NULL THEN target
        WHEN reason <> 'target_unknown' THEN 0
    END AS amount,
    reason
FROM candidates

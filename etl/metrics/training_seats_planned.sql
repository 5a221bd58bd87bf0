-- Places planned at training (교육 계획 정원).
-- Counts:  places of the rounds of courses that the plan says end within the period.
-- Unit:    places (자리), for the department that organises the round.
-- Records: course_rounds.
-- Source:  training plan.
-- Awkward: a round counts as planned whether or not it took place; places offered are training_seats.
SELECT
    r.unit_id,
    r.course_id || '/' || r.round AS record_id,
    CASE WHEN r.ends_on BETWEEN p.starts_on AND p.ends_on THEN r.seats ELSE 0 END AS amount,
    CASE WHEN r.ends_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period' END AS reason
FROM course_rounds AS r
CROSS JOIN period AS p

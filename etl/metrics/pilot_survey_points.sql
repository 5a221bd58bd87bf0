-- Points given in surveys of pilots (시범사업 만족도 점수 합).
-- Counts:  score times respondents, over the answers about pilots whose term touches the period.
-- Unit:    points (점), for the lead department; divided by pilot_survey_answers it is the mean satisfaction.
-- Records: pilot_answers.
-- Source:  satisfaction surveys of pilots (questions on a 5-point scale).
-- Awkward: a question with fewer than five respondents shows neither scores nor their number, and counts nothing.
SELECT
    c.unit_id,
    c.record_id,
    COALESCE(c.amount * a.score, 0) AS amount,
    c.reason
FROM metric_pilot_survey_answers AS c
LEFT JOIN pilot_answers AS a ON c.record_id = a.pilot_id || '/' || a.question_no || '/' || a.score

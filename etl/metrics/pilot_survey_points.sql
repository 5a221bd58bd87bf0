-- Points given in surveys of pilots (시범사업 만족도 점수 합).
-- Counts:  score times respondents, over the answers about pilots whose term touches the period.
-- Unit:    points (점), for the lead department; divided by pilot_survey_answers it is the mean satisfaction.
-- Records: pilot_answers.
-- Source:  satisfaction surveys of pilots (questions on a 5-point scale).
-- Awkward: a question with fewer than five respondents shows neither scores nor their number, and counts nothing.
WITH asked AS (
    SELECT
        a.pilot_id,
        a.question_no,
        SUM(a.respondents) AS respondents
    FROM pilot_answers AS a
    GROUP BY a.pilot_id, a.question_no
),

answers AS (
    SELECT
        a.pilot_id,
        a.pilot_id || '/' || a.question_no || '/' || a.score AS record_id,
        a.score * a.respondents AS amount,
        FALSE AS is_hidden
    FROM pilot_answers AS a
    INNER JOIN asked AS q ON a.pilot_id = q.pilot_id AND a.question_no = q.question_no AND q.respondents >= 5
    UNION ALL
    SELECT
        q.pilot_id,
        q.pilot_id || '/' || q.question_no AS record_id,
        0 AS amount,
        TRUE AS is_hidden
    FROM asked AS q
    WHERE q.respondents < 5
),

candidates AS (
    SELECT
        t.unit_id,
        a.record_id,
        a.amount,
        CASE
            WHEN t.starts_on > p.ends_on THEN 'outside_period'
            WHEN COALESCE(t.ends_on, t.decided_on, p.ends_on) < p.starts_on THEN 'outside_period'
            WHEN a.is_hidden THEN 'fewer_than_five'
            WHEN d.decision IN ('to_complete', 'refused') THEN d.decision
        END AS reason
    FROM answers AS a
    INNER JOIN pilots AS t ON a.pilot_id = t.pilot_id
    CROSS JOIN period AS p
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'pilots' AND t.pilot_id = d.record_id
)

SELECT
    unit_id,
    record_id,
    CASE WHEN reason IS NULL THEN amount ELSE 0 END AS amount,
    reason
FROM candidates

-- People diagnosed (역량 진단 실인원).
-- Counts:  people who answered a diagnosis of competency within the period, each once.
-- Unit:    people (명).
-- Records: diagnosis_answers.
-- Source:  diagnosis system; MOIS evaluation manual 2025, indicator 3-3-1.
-- Awkward: a person who moved counts for the department of the last answer; on one day the higher question code.
WITH candidates AS NOT MATERIALIZED (
    SELECT
        a.unit_id,
        a.question_id,
        a.person,
        a.answered_on,
        CASE WHEN a.answered_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period' END AS reason
    FROM diagnosis_answers AS a
    CROSS JOIN period AS p
),

lasts AS (
    SELECT
        person,
        MAX(ROW(answered_on, question_id)) AS last_answer
    FROM candidates
    WHERE reason IS NULL
    GROUP BY person
),

told AS (
    SELECT
        c.unit_id,
        c.question_id,
        c.person,
        COALESCE(
            c.reason,
            CASE
                WHEN ROW(c.answered_on, c.question_id) <> l.last_answer THEN 'same_person_counted_already'
            END
        ) AS reason
    FROM candidates AS c
    LEFT JOIN lasts AS l ON c.person = l.person
)

SELECT
    unit_id,
    question_id || '/' || person AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM told

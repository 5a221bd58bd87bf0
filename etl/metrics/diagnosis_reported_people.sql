-- People diagnosed, with a report (결과보고서가 있는 역량 진단 인원).
-- Counts:  people who answered a diagnosis of competency within the period whose report has a document number, each
--          once.
-- Unit:    people (명), for the department of the person's last answer.
-- Records: diagnosis_answers.
-- Source:  MOIS evaluation manual 2025, indicator 3-3-1 (a report with method, scores, levels and weak competencies).
-- Awkward: whether the report says all that is looked at by a person; here it is enough that it has a number. What was
--          answered is not looked at.
WITH candidates AS (
    SELECT
        a.unit_id,
        a.person,
        a.question_id,
        a.answered_on,
        CASE
            WHEN a.answered_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN c.document_no IS NULL THEN 'no_report'
        END AS reason
    FROM diagnosis_answers AS a
    CROSS JOIN period AS p
    INNER JOIN diagnosis_questions AS q ON a.question_id = q.question_id
    INNER JOIN diagnosis_campaigns AS c ON q.campaign_id = c.campaign_id
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

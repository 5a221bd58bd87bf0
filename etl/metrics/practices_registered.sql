-- Cases of good practice registered (우수사례 등록).
-- Counts:  the department's own cases registered within the period, with a document, neither refused nor sent back.
-- Unit:    cases (건).
-- Records: practices.
-- Source:  register of good practice.
-- Awkward: a case that another body shared is kept for reuse and is nobody's achievement here.
WITH candidates AS (
    SELECT
        c.unit_id,
        c.practice_id,
        CASE
            WHEN c.registered_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN c.body IS NOT NULL THEN 'of_another_body'
            WHEN c.document_no IS NULL THEN 'no_document'
            WHEN d.decision IN ('to_complete', 'refused') THEN d.decision
        END AS reason
    FROM practices AS c
    CROSS JOIN period AS p
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'practices' AND c.practice_id = d.record_id
)

SELECT
    unit_id,
    practice_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

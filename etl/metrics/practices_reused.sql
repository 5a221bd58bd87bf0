-- Reuses of a department's good practice (우수사례 확산).
-- Counts:  others that took over one of the department's own cases within the period, each once for a case.
-- Unit:    reuses (건), for the department whose case it is.
-- Records: practice_reuses.
-- Source:  register of good practice.
-- Awkward: a case reused by its own department is no spread; one that another body shared is nobody's achievement here.
WITH candidates AS (
    SELECT
        c.unit_id,
        r.practice_id,
        r.reused_by,
        CASE
            WHEN r.reused_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN c.body IS NOT NULL THEN 'of_another_body'
            WHEN r.unit_id = c.unit_id THEN 'reused_by_itself'
            WHEN d.decision IN ('to_complete', 'refused') THEN d.decision
        END AS reason
    FROM practice_reuses AS r
    INNER JOIN practices AS c ON r.practice_id = c.practice_id
    CROSS JOIN period AS p
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'practices' AND r.practice_id = d.record_id
)

SELECT
    unit_id,
    practice_id || '/' || reused_by AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

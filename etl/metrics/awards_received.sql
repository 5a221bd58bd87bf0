-- Awards received (외부 수상).
-- Counts:  awards from outside given within the period, with a document, neither refused nor sent back.
-- Unit:    awards (건), for the department that received it.
-- Records: awards.
-- Source:  register of awards.
-- Awkward: one achievement earns once. An award for a record that counts as an analysis, a policy or a dataset of the
--          same period counts nothing, nor does one whose document, or that of the case of good practice it is for, a
--          bonus of the department's ledger names already.
WITH performance AS (
    SELECT
        'analyses' AS record_kind,
        m.record_id
    FROM metric_analyses_completed AS m
    WHERE m.reason IS NULL
    UNION ALL
    SELECT
        'policies' AS record_kind,
        m.record_id
    FROM metric_policies_using_data AS m
    WHERE m.reason IS NULL
    UNION ALL
    SELECT
        'datasets' AS record_kind,
        m.record_id
    FROM metric_datasets_opened AS m
    WHERE m.reason IS NULL
),

candidates AS (
    SELECT
        w.unit_id,
        w.award_id,
        CASE
            WHEN w.awarded_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN w.document_no IS NULL THEN 'no_document'
            WHEN d.decision IN ('to_complete', 'refused') THEN d.decision
            WHEN EXISTS (
                SELECT 1
                FROM performance AS m
                WHERE m.record_kind = w.record_kind AND m.record_id = w.record_id
            ) THEN 'counted_as_performance'
            WHEN EXISTS (
                SELECT 1
                FROM ledger AS l
                WHERE
                    l.entry_kind = 'bonus'
                    AND l.unit_id = w.unit_id
                    AND l.document_no IN (w.document_no, c.document_no)
                    AND l.occurred_on BETWEEN p.starts_on AND p.ends_on
            ) THEN 'credited_in_ledger'
        END AS reason
    FROM awards AS w
    CROSS JOIN period AS p
    LEFT JOIN practices AS c ON w.record_kind = 'practices' AND w.record_id = c.practice_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'awards' AND w.award_id = d.record_id
)

SELECT
    unit_id,
    award_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

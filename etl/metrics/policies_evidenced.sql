-- Policies with evidence of data used (증빙된 데이터 활용 정책).
-- Counts:  recognised policies used within the period that cite a recognised analysis (of any year) or a dataset not
--          refused, and that name the document that proves it. The first rung of the ladder of use: 보고 or beyond.
-- Unit:    policies (건), for the department of the policy.
-- Records: policies.
-- Source:  MOIS evaluation manual 2025, indicator 3-1-1 (a task needs data, result and policy use, with its document).
-- Awkward: a policy whose stage is blank is on no known rung: unknown, not zero.
WITH candidates AS (
    SELECT
        y.unit_id,
        y.policy_id,
        CASE
            WHEN y.used_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN y.lacks IS NOT NULL THEN y.lacks
            WHEN y.stage IS NULL THEN 'stage_unknown'
        END AS reason
    FROM policy_evidence AS y
    CROSS JOIN period AS p
)

SELECT
    unit_id,
    policy_id AS record_id,
    CASE
        WHEN reason IS NULL THEN 1
        WHEN reason <> 'stage_unknown' THEN 0
    END AS amount,
    reason
FROM candidates

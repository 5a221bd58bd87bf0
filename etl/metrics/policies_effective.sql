-- Policies that reached an effect (효과에 이른 정책).
-- Counts:  evidenced policies (policies_evidenced) used within the period whose effect was found (효과).
-- Unit:    policies (건), for the department of the policy.
-- Records: policies.
-- Source:  departments' register of policies; the stages of use 보고, 계획, 예산·제도, 효과.
-- Awkward: the rungs hold each other: a policy counts on every rung it has passed, once on each.
WITH candidates AS (
    SELECT
        y.unit_id,
        y.policy_id,
        CASE
            WHEN y.used_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN y.lacks IS NOT NULL THEN y.lacks
            WHEN y.stage IS NULL THEN 'stage_unknown'
            WHEN y.stage <> 'effect' THEN 'stage_not_reached'
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

-- Policies that used data (데이터 활용 정책).
-- Counts:  recognised policies used within the period that cite at least one recognised analysis (of any year) or one
--          dataset that was not refused.
-- Unit:    policies (건), for the department of the policy.
-- Records: policies.
-- Source:  departments' register of policies and of what they used.
-- Awkward: a policy citing only unrecognised work does not count; a blank stage is unknown, not "no use".
WITH candidates AS (
    SELECT
        y.unit_id,
        y.policy_id,
        CASE
            WHEN y.stage IS NULL THEN 'stage_unknown'
            WHEN y.used_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            ELSE y.lacks_foundation
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

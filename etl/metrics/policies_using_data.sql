-- Policies that used data (데이터 활용 정책).
-- Counts:  recognised policies used within the period that cite at least one recognised analysis (of any year) or one
--          dataset that was not refused.
-- Unit:    policies (건), for the department of the policy.
-- Records: policies.
-- Source:  departments' register of policies and of what they used.
-- Awkward: a policy citing only unrecognised work does not count; a blank stage is unknown, not "no use".
WITH usable_sources AS (
    SELECT
        'analysis' AS source_kind,
        d.record_id AS source_id
    FROM latest_decisions AS d
    WHERE d.record_kind = 'analyses' AND d.decision = 'recognised'
    UNION ALL
    SELECT
        'dataset' AS source_kind,
        s.dataset_id AS source_id
    FROM datasets AS s
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'datasets' AND s.dataset_id = d.record_id
    WHERE COALESCE(d.decision, 'submitted') <> 'refused'
),

founded AS (
    SELECT DISTINCT u.policy_id
    FROM policy_uses AS u
    INNER JOIN usable_sources AS s ON u.source_kind = s.source_kind AND u.source_id = s.source_id
),

candidates AS (
    SELECT
        y.unit_id,
        y.policy_id,
        CASE
            WHEN y.stage IS NULL THEN 'stage_unknown'
            WHEN y.used_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN f.policy_id IS NULL THEN 'no_recognised_source'
            WHEN d.decision IS NULL THEN 'not_yet_recognised'
            WHEN d.decision <> 'recognised' THEN d.decision
        END AS reason
    FROM policies AS y
    CROSS JOIN period AS p
    LEFT JOIN founded AS f ON y.policy_id = f.policy_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'policies' AND y.policy_id = d.record_id
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

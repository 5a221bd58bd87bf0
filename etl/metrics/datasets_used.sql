-- Datasets used (활용된 데이터셋).
-- Counts:  datasets, not refused, that led to something recognised within the period, each once: to a completed
--          analysis, or to a policy that cites the dataset itself or a recognised analysis that used it.
-- Unit:    datasets (건), for the department of the dataset, whoever used it.
-- Records: datasets.
-- Source:  registers of analyses and policies and of what they used.
-- Awkward: an analysis without a day of completion (in operation) is no use by itself; a policy that cites it is.
WITH recognised_analyses AS (
    SELECT
        u.dataset_id,
        u.analysis_id,
        a.completed_on
    FROM analysis_sources AS u
    INNER JOIN analyses AS a ON u.analysis_id = a.analysis_id
    INNER JOIN
        latest_decisions AS d
        ON d.record_kind = 'analyses' AND u.analysis_id = d.record_id AND d.decision = 'recognised'
),

recognised_policies AS (
    SELECT
        u.source_kind,
        u.source_id,
        y.used_on
    FROM policy_uses AS u
    INNER JOIN policies AS y ON u.policy_id = y.policy_id
    INNER JOIN
        latest_decisions AS d
        ON d.record_kind = 'policies' AND u.policy_id = d.record_id AND d.decision = 'recognised'
),

uses AS (
    SELECT
        dataset_id,
        completed_on AS used_on
    FROM recognised_analyses
    WHERE completed_on IS NOT NULL
    UNION ALL
    SELECT
        a.dataset_id,
        y.used_on
    FROM recognised_analyses AS a
    INNER JOIN recognised_policies AS y ON y.source_kind = 'analysis' AND a.analysis_id = y.source_id
    UNION ALL
    SELECT
        y.source_id AS dataset_id,
        y.used_on
    FROM recognised_policies AS y
    WHERE y.source_kind = 'dataset'
),

used AS (
    SELECT
        u.dataset_id,
        COUNT(*) FILTER (WHERE u.used_on BETWEEN p.starts_on AND p.ends_on) AS uses_within
    FROM uses AS u
    CROSS JOIN period AS p
    GROUP BY u.dataset_id
),

named AS (
    SELECT dataset_id
    FROM analysis_sources
    UNION
    SELECT source_id AS dataset_id
    FROM policy_uses
    WHERE source_kind = 'dataset'
),

candidates AS (
    SELECT
        s.unit_id,
        s.dataset_id,
        CASE
            WHEN d.decision = 'refused' THEN 'refused'
            WHEN n.dataset_id IS NULL THEN 'not_used'
            WHEN u.dataset_id IS NULL THEN 'use_not_recognised'
            WHEN u.uses_within = 0 THEN 'used_outside_period'
        END AS reason
    FROM datasets AS s
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'datasets' AND s.dataset_id = d.record_id
    LEFT JOIN named AS n ON s.dataset_id = n.dataset_id
    LEFT JOIN used AS u ON s.dataset_id = u.dataset_id
)

SELECT
    unit_id,
    dataset_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

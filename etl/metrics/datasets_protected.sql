-- Datasets pseudonymised or synthetic (가명·합성 데이터셋).
-- Counts:  datasets made of pseudonymised or synthetic data that were opened, or collected where they are not opened,
--          within the period and not refused.
-- Unit:    datasets (건).
-- Records: datasets.
-- Source:  MOIS evaluation manual 2025, bonus.
-- Awkward: the day of opening goes before that of collecting; only a dataset that says its protection counts.
WITH candidates AS (
    SELECT
        s.unit_id,
        s.dataset_id,
        CASE
            WHEN s.protection IS NULL THEN 'not_protected'
            WHEN COALESCE(s.opened_on, s.collected_on) NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN s.withdrawn_on <= p.ends_on THEN 'withdrawn'
            WHEN d.decision = 'refused' THEN 'refused'
        END AS reason
    FROM datasets AS s
    CROSS JOIN period AS p
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'datasets' AND s.dataset_id = d.record_id
)

SELECT
    unit_id,
    dataset_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

-- Public datasets held open at the end of the period (보유 개방 데이터셋).
-- Counts:  datasets opened on or before the last day, not withdrawn by then and not refused.
-- Unit:    datasets (건).
-- Records: datasets.
-- Source:  the public data portal's list of the body.
-- Awkward: the denominator of maintenance; a department without datasets has zero, and no maintenance rate.
WITH candidates AS (
    SELECT
        s.unit_id,
        s.dataset_id,
        CASE
            WHEN s.opened_on IS NULL THEN 'not_opened'
            WHEN s.opened_on > p.ends_on THEN 'outside_period'
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

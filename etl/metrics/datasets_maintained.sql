-- Public datasets held open and kept up to date (현행화한 데이터셋).
-- Counts:  datasets held at the end of the period that were opened or updated within it.
-- Unit:    datasets (건).
-- Records: datasets.
-- Source:  the public data portal's list of the body (등록일, 수정일).
-- Awkward: the list gives only the latest update, so an update after the period hides an earlier one; load the list of
--          the period's end.
WITH candidates AS (
    SELECT
        s.unit_id,
        s.dataset_id,
        CASE
            WHEN s.opened_on IS NULL THEN 'not_opened'
            WHEN s.opened_on > p.ends_on THEN 'outside_period'
            WHEN s.withdrawn_on <= p.ends_on THEN 'withdrawn'
            WHEN d.decision = 'refused' THEN 'refused'
            WHEN s.opened_on >= p.starts_on THEN NULL
            WHEN s.updated_on IS NULL OR s.updated_on < p.starts_on THEN 'not_updated'
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

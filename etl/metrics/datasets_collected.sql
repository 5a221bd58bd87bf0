-- Datasets collected (수집 데이터셋).
-- Counts:  datasets whose day of collection lies within the period and that were not refused, opened or not.
-- Unit:    datasets (건).
-- Records: datasets.
-- Source:  departments' register of collected data.
-- Awkward: the portal's list does not say when data were collected: what is only on that list does not count here.
WITH candidates AS (
    SELECT
        s.unit_id,
        s.dataset_id,
        CASE
            WHEN s.collected_on IS NULL THEN 'no_day_of_collection'
            WHEN s.collected_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
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

-- Downloads of public datasets (데이터셋 내려받기).
-- Counts:  for every dataset, the last cumulative number in the period less the last one before it.
-- Unit:    downloads (회), for the department of the dataset.
-- Records: datasets.
-- Source:  dated snapshots of the public data portal's list.
-- Awkward: without a snapshot in the period the use is unknown; a counter that fell was reset and counts from zero.
WITH last_in_period AS (
    SELECT
        u.dataset_id,
        ARG_MAX(u.downloads, u.as_of) AS downloads
    FROM dataset_usage AS u
    INNER JOIN period AS p ON u.as_of BETWEEN p.starts_on AND p.ends_on
    GROUP BY u.dataset_id
),

last_before AS (
    SELECT
        u.dataset_id,
        ARG_MAX(u.downloads, u.as_of) AS downloads
    FROM dataset_usage AS u
    INNER JOIN period AS p ON u.as_of < p.starts_on
    GROUP BY u.dataset_id
),

candidates AS (
    SELECT
        s.unit_id,
        s.dataset_id,
        l.downloads AS downloads_at_end,
        COALESCE(b.downloads, 0) AS downloads_before,
        CASE
            WHEN s.opened_on IS NULL THEN 'not_opened'
            WHEN s.opened_on > p.ends_on THEN 'outside_period'
            WHEN l.downloads IS NULL THEN 'no_snapshot'
        END AS reason
    FROM datasets AS s
    CROSS JOIN period AS p
    LEFT JOIN last_in_period AS l ON s.dataset_id = l.dataset_id
    LEFT JOIN last_before AS b ON s.dataset_id = b.dataset_id
)

SELECT
    unit_id,
    dataset_id AS record_id,
    CASE
        WHEN reason IN ('not_opened', 'outside_period') THEN 0
        WHEN reason IS NOT NULL THEN NULL
        WHEN downloads_at_end < downloads_before THEN downloads_at_end
        ELSE downloads_at_end - downloads_before
    END AS amount,
    reason
FROM candidates

-- Datasets on a portal, as a reported total (집계로 제출한 데이터셋).
-- Counts:  the figure `datasets` at its latest date on or before the last day of the period; parts add up.
-- Unit:    datasets (건).
-- Records: figures.
-- Source:  a total reported where the single datasets are not known.
-- Awkward: a department that reported nothing is unknown, not zero.
WITH latest_report AS (
    SELECT MAX(f.as_of) AS as_of
    FROM figures AS f
    INNER JOIN period AS p ON f.as_of <= p.ends_on
    WHERE f.measure = 'datasets'
),

reported AS (
    SELECT
        f.unit_id,
        f.as_of,
        f.part,
        f.value
    FROM figures AS f
    INNER JOIN latest_report AS l ON f.as_of = l.as_of
    WHERE f.measure = 'datasets'
),

units AS (
    SELECT DISTINCT d.unit_id
    FROM departments AS d
    INNER JOIN period AS p ON d.valid_from <= p.ends_on AND COALESCE(d.valid_to, p.ends_on) >= p.ends_on
)

SELECT
    u.unit_id,
    COALESCE(r.unit_id || '/datasets/' || r.as_of || '/' || r.part, u.unit_id) AS record_id,
    r.value AS amount,
    CASE WHEN r.value IS NULL THEN 'not_reported' END AS reason
FROM units AS u
LEFT JOIN reported AS r ON u.unit_id = r.unit_id

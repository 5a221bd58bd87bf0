-- Points stated by the body (기관이 적은 점수).
-- Counts:  the figure `national_points` at its latest date on or before the last day of the period; parts add up.
-- Unit:    points (점).
-- Records: figures.
-- Source:  the body's own estimate of the indicators that are not measured here.
-- Awkward: whoever stated nothing is unknown, not zero. The body is one that states, whichever of its departments the
--          row names: that the others did not is no gap.
WITH latest_report AS (
    SELECT MAX(f.as_of) AS as_of
    FROM figures AS f
    INNER JOIN period AS p ON f.as_of <= p.ends_on
    WHERE f.measure = 'national_points'
),

reported AS (
    SELECT
        f.unit_id,
        f.as_of,
        f.part,
        f.value
    FROM figures AS f
    INNER JOIN latest_report AS l ON f.as_of = l.as_of
    WHERE f.measure = 'national_points'
),

silent AS (
    SELECT a.unit_id
    FROM attribution AS a
    LEFT JOIN reported AS r ON a.recorded_unit = r.unit_id
    GROUP BY a.unit_id
    HAVING COUNT(r.unit_id) = 0
)

SELECT
    unit_id,
    unit_id || '/national_points/' || as_of || '/' || part AS record_id,
    value AS amount,
    NULL AS reason
FROM reported
UNION ALL
SELECT
    unit_id,
    unit_id AS record_id,
    NULL AS amount,
    'not_reported' AS reason
FROM silent

-- Specialists required (필요한 전문인력).
-- Counts:  the figure `specialists_required` at its latest date on or before the last day of the period; parts add up.
-- Unit:    people (명).
-- Records: figures.
-- Source:  MOIS evaluation manual 2025, indicator 3-2-2: the body states its own row of the table by headcount.
-- Awkward: whoever stated nothing is unknown, not zero. The body is one that states, whichever of its departments the
--          row names: that the others did not is no gap.
WITH latest_report AS (
    SELECT MAX(f.as_of) AS as_of
    FROM figures AS f
    INNER JOIN period AS p ON f.as_of <= p.ends_on
    WHERE f.measure = 'specialists_required'
),

reported AS (
    SELECT
        f.unit_id,
        f.as_of,
        f.part,
        f.value
    FROM figures AS f
    INNER JOIN latest_report AS l ON f.as_of = l.as_of
    WHERE f.measure = 'specialists_required'
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
    unit_id || '/specialists_required/' || as_of || '/' || part AS record_id,
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

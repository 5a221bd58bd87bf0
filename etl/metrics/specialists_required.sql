-- Specialists required (필요한 전문인력).
-- Counts:  the figure `specialists_required` at its latest date on or before the last day of the period; parts add up.
-- Unit:    people (명).
-- Records: figures.
-- Source:  MOIS evaluation manual 2025, indicator 3-2-2: the body states its own row of the table by headcount.
-- Awkward: whoever stated nothing is unknown, not zero.
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

units AS (
    SELECT DISTINCT d.unit_id
    FROM departments AS d
    INNER JOIN period AS p ON d.valid_from <= p.ends_on AND COALESCE(d.valid_to, p.ends_on) >= p.ends_on
)

SELECT
    u.unit_id,
    COALESCE(r.unit_id || '/specialists_required/' || r.as_of || '/' || r.part, u.unit_id) AS record_id,
    r.value AS amount,
    CASE WHEN r.value IS NULL THEN 'not_reported' END AS reason
FROM units AS u
LEFT JOIN reported AS r ON u.unit_id = r.unit_id

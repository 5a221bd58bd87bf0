-- Actual headcount (현원).
-- Counts:  staff at the body's latest snapshot on or before the last day of the period; a department's parts add up.
-- Unit:    people (명).
-- Records: headcount.
-- Source:  personnel department.
-- Awkward: a department that is not in that snapshot, or not with this figure, is unknown, not empty.
WITH latest_snapshot AS (
    SELECT MAX(h.as_of) AS as_of
    FROM headcount AS h
    INNER JOIN period AS p ON h.as_of <= p.ends_on
),

snapshot AS (
    SELECT
        h.unit_id,
        h.part,
        h.as_of,
        h.actual AS people
    FROM headcount AS h
    INNER JOIN latest_snapshot AS l ON h.as_of = l.as_of
),

units AS (
    SELECT DISTINCT d.unit_id
    FROM departments AS d
    INNER JOIN period AS p ON d.valid_from <= p.ends_on AND COALESCE(d.valid_to, p.ends_on) >= p.ends_on
)

SELECT
    u.unit_id,
    COALESCE(s.unit_id || '/' || s.as_of || '/' || s.part, u.unit_id) AS record_id,
    s.people AS amount,
    CASE WHEN s.people IS NULL THEN 'not_reported' END AS reason
FROM units AS u
LEFT JOIN snapshot AS s ON u.unit_id = s.unit_id

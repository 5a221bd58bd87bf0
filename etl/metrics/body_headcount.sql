-- Authorised headcount of the whole body (기관 정원).
-- Counts:  authorised staff of every department in the latest snapshot on or before the last day of the period, also of
--          departments merged or closed since.
-- Unit:    people (명).
-- Records: headcount.
-- Source:  personnel department.
-- Awkward: headcount_authorised is about the departments of the last day, which after a reorganisation are not those of
--          the snapshot; here the snapshot adds up as it stands. A department of its day without a figure is unknown.
WITH latest_snapshot AS (
    SELECT MAX(h.as_of) AS as_of
    FROM headcount AS h
    INNER JOIN period AS p ON h.as_of <= p.ends_on
),

snapshot AS (
    SELECT
        h.unit_id,
        h.unit_id || '/' || h.as_of || '/' || h.part AS record_id,
        h.authorised AS people
    FROM headcount AS h
    INNER JOIN latest_snapshot AS l ON h.as_of = l.as_of
),

units_of_the_day AS (
    SELECT DISTINCT d.unit_id
    FROM departments AS d
    CROSS JOIN period AS p
    CROSS JOIN latest_snapshot AS l
    WHERE
        d.valid_from <= COALESCE(l.as_of, p.ends_on)
        AND (d.valid_to IS NULL OR d.valid_to >= COALESCE(l.as_of, p.ends_on))
)

SELECT
    COALESCE(s.unit_id, u.unit_id) AS unit_id,
    COALESCE(s.record_id, u.unit_id) AS record_id,
    s.people AS amount,
    CASE WHEN s.people IS NULL THEN 'not_reported' END AS reason
FROM snapshot AS s
FULL OUTER JOIN units_of_the_day AS u ON s.unit_id = u.unit_id

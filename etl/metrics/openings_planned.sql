-- Openings planned (개방 계획 데이터셋).
-- Counts:  datasets that the plan of the year in which the period ends says will be opened.
-- Unit:    datasets (건).
-- Records: planned_openings.
-- Source:  MOIS evaluation manual 2025, indicator 1-1; the body's opening plan.
-- Awkward: a line of the plan counts whether or not it says yet which dataset it became.
SELECT
    n.unit_id,
    n.year || '/' || n.plan_id AS record_id,
    CASE WHEN n.year = YEAR(p.ends_on) THEN 1 ELSE 0 END AS amount,
    CASE WHEN n.year <> YEAR(p.ends_on) THEN 'outside_period' END AS reason
FROM planned_openings AS n
CROSS JOIN period AS p

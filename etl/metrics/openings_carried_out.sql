-- Planned openings carried out (이행한 개방 계획).
-- Counts:  lines of the plan of the year in which the period ends whose dataset was opened within the period, each
--          dataset once.
-- Unit:    datasets (건).
-- Records: planned_openings.
-- Source:  MOIS evaluation manual 2025, indicator 1-1 (opened on the portal by 31 October).
-- Awkward: the department of the plan has it, whoever runs the dataset; a dataset opened before the period was not
--          opened by the plan. Two lines with one dataset are one opening.
WITH candidates AS (
    SELECT
        n.unit_id,
        n.year,
        n.plan_id,
        n.dataset_id,
        CASE
            WHEN n.year <> YEAR(p.ends_on) THEN 'outside_period'
            WHEN s.opened_on IS NULL THEN 'not_opened'
            WHEN s.opened_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN s.withdrawn_on <= p.ends_on THEN 'withdrawn'
            WHEN d.decision = 'refused' THEN 'refused'
        END AS reason
    FROM planned_openings AS n
    CROSS JOIN period AS p
    LEFT JOIN datasets AS s ON n.dataset_id = s.dataset_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'datasets' AND s.dataset_id = d.record_id
),

firsts AS (
    SELECT
        dataset_id,
        MIN(plan_id) AS plan_id
    FROM candidates
    WHERE reason IS NULL
    GROUP BY dataset_id
),

told AS (
    SELECT
        c.unit_id,
        c.year,
        c.plan_id,
        COALESCE(c.reason, CASE WHEN c.plan_id <> f.plan_id THEN 'same_dataset_counted_already' END) AS reason
    FROM candidates AS c
    LEFT JOIN firsts AS f ON c.dataset_id = f.dataset_id
)

SELECT
    unit_id,
    year || '/' || plan_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM told

-- Sites of digital initiatives (디지털 사업 개소).
-- Counts:  sites of initiatives running at the period's end and not refused: the latest figure up to its last year.
-- Unit:    sites (개소), a stock: an initiative's sites count again in every year it has them.
-- Records: initiatives.
-- Source:  departments' register of initiatives; figures at each year's end.
-- Awkward: an initiative that runs and has no figure yet is unknown, not without sites.
WITH latest_figures AS (
    SELECT
        f.initiative_id,
        ARG_MAX(f.sites, f.year) AS sites
    FROM initiative_figures AS f
    INNER JOIN period AS p ON f.year <= YEAR(p.ends_on)
    GROUP BY f.initiative_id
),

candidates AS (
    SELECT
        i.unit_id,
        i.initiative_id,
        l.sites,
        CASE
            WHEN i.started_on > p.ends_on THEN 'outside_period'
            WHEN i.ended_on <= p.ends_on THEN 'ended'
            WHEN d.decision = 'refused' THEN 'refused'
            WHEN l.initiative_id IS NULL THEN 'not_reported'
        END AS reason
    FROM initiatives AS i
    CROSS JOIN period AS p
    LEFT JOIN latest_figures AS l ON i.initiative_id = l.initiative_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'initiatives' AND i.initiative_id = d.record_id
)

SELECT
    unit_id,
    initiative_id AS record_id,
    CASE
        WHEN reason IS NULL THEN sites
        WHEN reason <> 'not_reported' THEN 0
    END AS amount,
    reason
FROM candidates

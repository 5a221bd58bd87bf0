-- Pilots run (시범사업 추진).
-- Counts:  pilots whose term touches the period and that were neither refused nor sent back.
-- Unit:    pilots (건), for the lead department: a department that takes part sees the pilot and counts none of it.
-- Records: pilots.
-- Source:  register of pilots.
-- Awkward: a pilot without an end runs until it is decided on, and until today where it is not.
WITH parties AS (
    SELECT
        t.pilot_id,
        t.unit_id,
        TRUE AS leads
    FROM pilots AS t
    UNION ALL
    SELECT
        u.pilot_id,
        u.unit_id,
        FALSE AS leads
    FROM pilot_units AS u
    INNER JOIN pilots AS t ON u.pilot_id = t.pilot_id AND u.unit_id <> t.unit_id
),

candidates AS (
    SELECT
        a.unit_id,
        a.pilot_id,
        CASE
            WHEN t.starts_on > p.ends_on THEN 'outside_period'
            WHEN COALESCE(t.ends_on, t.decided_on, p.ends_on) < p.starts_on THEN 'outside_period'
            WHEN NOT a.leads THEN 'counts_for_the_lead'
            WHEN d.decision IN ('to_complete', 'refused') THEN d.decision
        END AS reason
    FROM parties AS a
    INNER JOIN pilots AS t ON a.pilot_id = t.pilot_id
    CROSS JOIN period AS p
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'pilots' AND a.pilot_id = d.record_id
)

SELECT
    unit_id,
    pilot_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

-- Users of digital initiatives (디지털 사업 이용자).
-- Counts:  users in the year the period ends in, of initiatives that ran within the period and were not refused.
-- Unit:    users (명), as each initiative counts them: one person may use several, or one of them twice.
-- Records: initiatives.
-- Source:  departments' register of initiatives; figures of each year.
-- Awkward: users nobody counted are unknown, not zero.
WITH candidates AS (
    SELECT
        i.unit_id,
        i.initiative_id,
        f.users,
        CASE
            WHEN i.started_on > p.ends_on THEN 'outside_period'
            WHEN i.ended_on < p.starts_on THEN 'ended'
            WHEN d.decision = 'refused' THEN 'refused'
            WHEN f.users IS NULL THEN 'not_reported'
        END AS reason
    FROM initiatives AS i
    CROSS JOIN period AS p
    LEFT JOIN initiative_figures AS f ON i.initiative_id = f.initiative_id AND f.year = YEAR(p.ends_on)
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'initiatives' AND i.initiative_id = d.record_id
)

SELECT
    unit_id,
    initiative_id AS record_id,
    CASE
        WHEN reason IS NULL THEN users
        WHEN reason <> 'not_reported' THEN 0
    END AS amount,
    reason
FROM candidates

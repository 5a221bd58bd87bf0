-- Pilots adopted or extended (시범사업 도입·연장).
-- Counts:  pilots for which adoption or extension was decided within the period, with the document of the decision.
-- Unit:    pilots (건), for the lead department: a department that takes part sees the pilot and counts none of it.
-- Records: pilots.
-- Source:  register of pilots; the document that decides.
-- Awkward: a pilot decided to stop was worth trying, and is counted by pilots_run only.
WITH candidates AS (
    SELECT
        r.unit_id,
        t.pilot_id,
        CASE
            WHEN t.decision IS NULL THEN 'not_decided_yet'
            WHEN t.decided_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN t.decision = 'stop' THEN 'decided_to_stop'
            WHEN r.unit_id <> t.unit_id THEN 'counts_for_the_lead'
            WHEN t.document_no IS NULL THEN 'no_document'
            WHEN d.decision IN ('to_complete', 'refused') THEN d.decision
        END AS reason
    FROM metric_pilots_run AS r
    INNER JOIN pilots AS t ON r.record_id = t.pilot_id
    CROSS JOIN period AS p
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'pilots' AND t.pilot_id = d.record_id
)

SELECT
    unit_id,
    pilot_id AS record_id,
    CASE WHEN reason IS NULL THEN 1 ELSE 0 END AS amount,
    reason
FROM candidates

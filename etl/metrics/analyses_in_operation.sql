-- Analyses and models in operation (운영 중인 분석).
-- Counts:  recognised analyses whose status is in_operation, whenever they were completed: a stock, not a year's work.
-- Unit:    analyses (건); a joint analysis counts with the agreed share of each department.
-- Records: analyses.
-- Source:  departments' register of analyses.
-- Awkward: a blank status is unknown, not "not in operation": it neither counts nor makes the figure zero.
WITH holders AS (
    SELECT
        a.analysis_id,
        a.status,
        COALESCE(s.unit_id, a.unit_id) AS unit_id,
        COALESCE(s.share, 1) AS share
    FROM analyses AS a
    LEFT JOIN analysis_shares AS s ON a.analysis_id = s.analysis_id
),

candidates AS (
    SELECT
        h.unit_id,
        h.analysis_id,
        h.share,
        CASE
            WHEN h.status IS NULL THEN 'status_unknown'
            WHEN h.status <> 'in_operation' THEN 'not_in_operation'
            WHEN d.decision IS NULL THEN 'not_yet_recognised'
            WHEN d.decision <> 'recognised' THEN d.decision
        END AS reason
    FROM holders AS h
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'analyses' AND h.analysis_id = d.record_id
)

SELECT
    unit_id,
    analysis_id AS record_id,
    CASE
        WHEN reason IS NULL THEN share
        WHEN reason <> 'status_unknown' THEN 0
    END AS amount,
    reason
FROM candidates

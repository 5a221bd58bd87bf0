-- Analyses completed (분석 완료).
-- Counts:  analyses with status completed, completed within the period and recognised.
-- Unit:    analyses (건); a joint analysis counts with the agreed share of each department.
-- Records: analyses.
-- Source:  departments' register of analyses; recognition decided by the evaluator.
-- Awkward: without shares the lead department has all of it; with shares the lead has only its own. Work said to be a
--          survey, research or a system does not count; work of no said kind is taken for an analysis.
WITH holders AS (
    SELECT
        a.analysis_id,
        a.status,
        a.work,
        a.completed_on,
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
            WHEN h.work <> 'analysis' THEN 'not_an_analysis'
            WHEN h.status IS NULL THEN 'status_unknown'
            WHEN h.status <> 'completed' THEN 'not_completed'
            WHEN h.completed_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN d.decision IS NULL THEN 'not_yet_recognised'
            WHEN d.decision <> 'recognised' THEN d.decision
        END AS reason
    FROM holders AS h
    CROSS JOIN period AS p
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

-- Analyses used in policy, for the national evaluation (정책 활용 데이터 분석 과제).
-- Counts:  recognised analyses approved within the period that say period, purpose, method and document, and that a
--          policy which was not refused has used. Of one topic the first approved counts, and none that was recognised
--          in an earlier period.
-- Unit:    tasks (건); a joint analysis counts with the agreed share of each department.
-- Records: analyses.
-- Source:  MOIS evaluation manual 2025, indicator 3-1-1.
-- Awkward: the topic is what the record says, or else its title without blanks and capitals. Which data were used is
--          looked at by whoever recognises the record. Surveys, research and the building of systems do not count.
WITH used AS (
    SELECT DISTINCT u.source_id AS analysis_id
    FROM policy_uses AS u
    INNER JOIN policies AS y ON u.policy_id = y.policy_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'policies' AND y.policy_id = d.record_id
    WHERE u.source_kind = 'analysis' AND COALESCE(d.decision, 'submitted') <> 'refused'
),

examined AS (
    SELECT
        a.analysis_id,
        a.unit_id,
        a.approved_on,
        LOWER(REPLACE(COALESCE(a.topic, a.title), ' ', '')) AS topic,
        COALESCE(d.decision = 'recognised' AND COALESCE(a.approved_on, a.completed_on) < p.starts_on, FALSE)
            AS counted_earlier,
        CASE
            WHEN a.work <> 'analysis' THEN 'not_an_analysis'
            WHEN a.status IS NULL THEN 'status_unknown'
            WHEN a.status NOT IN ('completed', 'in_operation') THEN 'not_completed'
            WHEN a.approved_on IS NULL THEN 'not_approved'
            WHEN a.approved_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN d.decision IS NULL THEN 'not_yet_recognised'
            WHEN d.decision <> 'recognised' THEN d.decision
            WHEN a.started_on IS NULL OR a.completed_on IS NULL THEN 'incomplete'
            WHEN a.purpose IS NULL OR a.method IS NULL OR a.document_no IS NULL THEN 'incomplete'
            WHEN u.analysis_id IS NULL THEN 'not_used_in_policy'
        END AS reason
    FROM analyses AS a
    CROSS JOIN period AS p
    LEFT JOIN used AS u ON a.analysis_id = u.analysis_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'analyses' AND a.analysis_id = d.record_id
),

earlier AS (
    SELECT DISTINCT topic
    FROM examined
    WHERE counted_earlier
),

firsts AS (
    SELECT
        topic,
        MIN(ROW(approved_on, analysis_id)) AS first_task
    FROM examined
    WHERE reason IS NULL
    GROUP BY topic
),

told AS (
    SELECT
        e.analysis_id,
        e.unit_id,
        COALESCE(
            e.reason,
            CASE
                WHEN b.topic IS NOT NULL THEN 'last_years_task'
                WHEN ROW(e.approved_on, e.analysis_id) <> f.first_task THEN 'same_topic'
            END
        ) AS reason
    FROM examined AS e
    LEFT JOIN earlier AS b ON e.topic = b.topic
    LEFT JOIN firsts AS f ON e.topic = f.topic
)

SELECT
    COALESCE(s.unit_id, t.unit_id) AS unit_id,
    t.analysis_id AS record_id,
    CASE
        WHEN t.reason IS NULL THEN COALESCE(s.share, 1)
        WHEN t.reason <> 'status_unknown' THEN 0
    END AS amount,
    t.reason
FROM told AS t
LEFT JOIN analysis_shares AS s ON t.analysis_id = s.analysis_id

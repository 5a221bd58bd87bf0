-- What each policy lacks before it is evidence of data used; NULL where nothing is lacking.
-- lacks_foundation: it cites no recognised analysis (of any year) and no dataset that was not refused, or is not
--                   recognised itself.
-- lacks:            the same, or no document proves it.
WITH usable_sources AS (
    SELECT
        'analysis' AS source_kind,
        d.record_id AS source_id
    FROM latest_decisions AS d
    WHERE d.record_kind = 'analyses' AND d.decision = 'recognised'
    UNION ALL
    SELECT
        'dataset' AS source_kind,
        s.dataset_id AS source_id
    FROM datasets AS s
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'datasets' AND s.dataset_id = d.record_id
    WHERE COALESCE(d.decision, 'submitted') <> 'refused'
),

founded AS (
    SELECT DISTINCT u.policy_id
    FROM policy_uses AS u
    INNER JOIN usable_sources AS s ON u.source_kind = s.source_kind AND u.source_id = s.source_id
),

judged AS (
    SELECT
        y.policy_id,
        y.unit_id,
        y.stage,
        y.used_on,
        y.document_no,
        CASE
            WHEN f.policy_id IS NULL THEN 'no_recognised_source'
            WHEN d.decision IS NULL THEN 'not_yet_recognised'
            WHEN d.decision <> 'recognised' THEN d.decision
        END AS lacks_foundation
    FROM policies AS y
    LEFT JOIN founded AS f ON y.policy_id = f.policy_id
    LEFT JOIN latest_decisions AS d ON d.record_kind = 'policies' AND y.policy_id = d.record_id
)

SELECT
    policy_id,
    unit_id,
    stage,
    used_on,
    lacks_foundation,
    COALESCE(lacks_foundation, CASE WHEN document_no IS NULL THEN 'no_document' END) AS lacks
FROM judged

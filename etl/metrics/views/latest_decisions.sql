-- The decision that stands for each record: the latest one.
SELECT
    record_kind,
    record_id,
    decision,
    reason,
    decided_on
FROM recognition
QUALIFY ROW_NUMBER() OVER (PARTITION BY record_kind, record_id ORDER BY decided_on DESC) = 1

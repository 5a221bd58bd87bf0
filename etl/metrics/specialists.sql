-- Data specialists (데이터 전문인력).
-- Counts:  people who on the last day of the period hold a certificate, or who completed within the period an in-person
--          course of two days or more with four hours or more a day; each once.
-- Unit:    people (명).
-- Records: certificates, attendance.
-- Source:  MOIS evaluation manual 2025, indicator 3-2-2.
-- Awkward: every certificate on record counts: load those the manual lists. Days are those from the first to the last
--          of the session, both included, so a course that pauses in between looks shorter a day than it was. Somebody
--          with both counts by the certificate; with several, by the earliest.
WITH held AS (
    SELECT
        c.unit_id,
        c.person,
        c.person || '/' || c.certificate AS record_id,
        1 AS preference,
        c.issued_on AS since,
        CASE
            WHEN c.issued_on > p.ends_on THEN 'outside_period'
            WHEN c.expires_on < p.ends_on THEN 'certificate_expired'
        END AS reason
    FROM certificates AS c
    CROSS JOIN period AS p
),

learned AS (
    SELECT
        a.unit_id,
        a.person,
        a.session_id || '/' || a.person AS record_id,
        2 AS preference,
        a.completed_on AS since,
        CASE
            WHEN a.outcome <> 'completed' THEN 'not_completed'
            WHEN s.kind_of_session <> 'course' THEN 'not_a_course'
            WHEN a.completed_on NOT BETWEEN p.starts_on AND p.ends_on THEN 'outside_period'
            WHEN s.ends_on = s.starts_on THEN 'course_too_short'
            WHEN s.hours < 4 * (s.ends_on - s.starts_on + 1) THEN 'course_too_short'
            WHEN s.mode IS NULL THEN 'mode_unknown'
            WHEN s.mode <> 'in_person' THEN 'not_in_person'
        END AS reason
    FROM attendance AS a
    CROSS JOIN period AS p
    INNER JOIN training_sessions AS s ON a.session_id = s.session_id
),

candidates AS (
    SELECT
        unit_id,
        person,
        record_id,
        preference,
        since,
        reason
    FROM held
    UNION ALL
    SELECT
        unit_id,
        person,
        record_id,
        preference,
        since,
        reason
    FROM learned
),

firsts AS (
    SELECT
        person,
        MIN(ROW(preference, since, record_id)) AS first_proof
    FROM candidates
    WHERE reason IS NULL
    GROUP BY person
),

told AS (
    SELECT
        c.unit_id,
        c.record_id,
        COALESCE(
            c.reason,
            CASE
                WHEN ROW(c.preference, c.since, c.record_id) <> f.first_proof THEN 'same_person_counted_already'
            END
        ) AS reason
    FROM candidates AS c
    LEFT JOIN firsts AS f ON c.person = f.person
)

SELECT
    unit_id,
    record_id,
    CASE
        WHEN reason IS NULL THEN 1
        WHEN reason <> 'mode_unknown' THEN 0
    END AS amount,
    reason
FROM told

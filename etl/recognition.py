"""What the machine can say of recognition: decisions with a reason outside the list, and what it would refuse itself.

It decides nothing. A proposal names the rule, the days and the other record it rests on, for a person to judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from etl.engine import Engine, one_file
from etl.measures import Measures, view_sql
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_refusals import Refusal


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A decision that stands, and whose reason is not in the rulebook's list."""

    record_kind: str
    record_id: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that waits for a decision, and why it would be refused.

    Attributes:
        refusal: the reason in the rulebook whose check found it.
        day: on which the work was approved, used, opened, held or given.
        document_no: its document, where that is what was found twice.
        other_kind: kind of the other record it rests on, if it rests on one; likewise its id, title and day.
    """

    refusal: Refusal
    record_kind: str
    record_id: str
    unit_id: str
    title: str
    day: date | None
    document_no: str | None
    other_kind: str | None
    other_id: str | None
    other_title: str | None
    other_day: date | None


_UNLISTED: Final = """
SELECT record_kind, record_id, decision, reason
FROM latest_decisions
WHERE decision IN ('refused', 'to_complete')
ORDER BY ALL
"""

_EVERY_RECORD: Final = """
CREATE OR REPLACE TABLE every_record AS
WITH told AS (
    SELECT 'analyses' AS record_kind, analysis_id AS record_id, unit_id, title, topic, work, document_no,
        COALESCE(approved_on, completed_on) AS day
    FROM analyses
    UNION ALL BY NAME
    SELECT 'policies' AS record_kind, policy_id AS record_id, unit_id, title, document_no, used_on AS day FROM policies
    UNION ALL BY NAME
    SELECT 'datasets' AS record_kind, dataset_id AS record_id, unit_id, title,
        COALESCE(opened_on, collected_on) AS day
    FROM datasets
    UNION ALL BY NAME
    SELECT 'training_sessions' AS record_kind, session_id AS record_id, unit_id, title, ends_on AS day
    FROM training_sessions
    UNION ALL BY NAME
    SELECT 'pilots' AS record_kind, pilot_id AS record_id, unit_id, title, document_no,
        COALESCE(decided_on, ends_on) AS day
    FROM pilots
    UNION ALL BY NAME
    SELECT 'practices' AS record_kind, practice_id AS record_id, unit_id, title, document_no, registered_on AS day
    FROM practices
    UNION ALL BY NAME
    SELECT 'awards' AS record_kind, award_id AS record_id, unit_id, title, document_no, awarded_on AS day FROM awards
)
SELECT t.*, LOWER(REPLACE(COALESCE(t.topic, t.title), ' ', '')) AS subject, d.decision,
    d.decision = 'submitted' OR (d.decision IS NULL AND t.record_kind IN ('analyses', 'policies')) AS waits
FROM told AS t
LEFT JOIN latest_decisions AS d ON t.record_kind = d.record_kind AND t.record_id = d.record_id
"""
"""Every record that can be decided on. Analyses and policies wait while nobody has decided; the others count without a
decision, and wait only where somebody submitted them."""

_PROPOSED: Final = """
WITH found AS (
    SELECT 'outside_period' AS rule, w.record_kind, w.record_id, NULL AS other_kind, NULL AS other_id
    FROM every_record AS w
    WHERE w.waits AND w.day NOT BETWEEN $starts_on AND $ends_on
    UNION ALL
    SELECT 'not_an_analysis', w.record_kind, w.record_id, NULL, NULL
    FROM every_record AS w
    WHERE w.waits AND w.work <> 'analysis'
    UNION ALL
    SELECT 'no_document', w.record_kind, w.record_id, NULL, NULL
    FROM every_record AS w
    WHERE w.waits AND w.document_no IS NULL AND w.day IS NOT NULL
        AND w.record_kind NOT IN ('datasets', 'training_sessions')
    UNION ALL
    SELECT 'last_years_task', w.record_kind, w.record_id, o.record_kind, ARG_MAX(o.record_id, ROW(o.day, o.record_id))
    FROM every_record AS w
    INNER JOIN every_record AS o ON w.record_kind = o.record_kind AND w.subject = o.subject
    WHERE w.waits AND o.decision = 'recognised' AND o.day < $starts_on AND w.record_id <> o.record_id
    GROUP BY ALL
    UNION ALL
    SELECT 'same_topic', w.record_kind, w.record_id, o.record_kind, ARG_MIN(o.record_id, ROW(o.day, o.record_id))
    FROM every_record AS w
    INNER JOIN every_record AS o ON w.record_kind = o.record_kind AND w.subject = o.subject
    WHERE w.waits AND w.record_id <> o.record_id AND o.day BETWEEN $starts_on AND $ends_on
        AND w.day BETWEEN $starts_on AND $ends_on AND COALESCE(o.decision, 'submitted') <> 'refused'
        AND (o.decision = 'recognised' OR ROW(o.day, o.record_id) < ROW(w.day, w.record_id))
    GROUP BY ALL
    UNION ALL
    SELECT 'same_achievement', w.record_kind, w.record_id, MIN(o.record_kind),
        ARG_MIN(o.record_id, ROW(o.record_kind, o.record_id))
    FROM every_record AS w
    INNER JOIN every_record AS o ON w.document_no = o.document_no AND w.record_kind <> o.record_kind
    WHERE w.waits
    GROUP BY ALL
)
SELECT f.rule, w.record_kind, w.record_id, w.unit_id, w.title, w.day, w.document_no,
    o.record_kind, o.record_id, o.title, o.day
FROM found AS f
INNER JOIN every_record AS w ON f.record_kind = w.record_kind AND f.record_id = w.record_id
LEFT JOIN every_record AS o ON f.other_kind = o.record_kind AND f.other_id = o.record_id
ORDER BY w.record_kind, w.record_id, f.rule
"""


def unlisted_reasons(rulebook: Rulebook, records: Path, engine: Engine) -> tuple[Unlisted, ...]:
    """The refusals and returns that stand whose reason the rulebook's list does not hold; none without a list.

    They stay as they are: a person decided, and a decision that fell out would bring the one before it back.

    Args:
        rulebook: the rules.
        records: folder with one `<kind>.parquet` for every kind of record.
        engine: any.
    """
    if not rulebook.refusals:
        return ()
    recognition = f"SELECT * FROM read_parquet({one_file(records / 'recognition.parquet')})"
    views = f"WITH recognition AS ({recognition}), latest_decisions AS ({view_sql('latest_decisions')})"
    decided = [Unlisted(*row) for row in engine.rows(f"{views} {_UNLISTED}")]
    return tuple(one for one in decided if rulebook.refusal_meant_by(one.reason) is None)


def proposed_refusals(rulebook: Rulebook, records: Path) -> list[Proposal]:
    """What the checks of the rulebook's list find in records that wait for a decision, by record and then by check.

    Args:
        rulebook: the rules; reasons without a check propose nothing.
        records: folder with one `<kind>.parquet` for every kind of record.
    """
    checks = {refusal.check: refusal for refusal in rulebook.refusals if refusal.check is not None}
    period = rulebook.evaluation.period
    with Engine() as engine:
        Measures(engine, records, ())
        engine.run(_EVERY_RECORD)
        rows = engine.rows(_PROPOSED, {"starts_on": period.start, "ends_on": period.end})
    return [Proposal(checks[rule], *facts) for rule, *facts in rows if rule in checks]

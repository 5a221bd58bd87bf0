"""Cases of good practice with who took them over, and awards with what they feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from etl.insight.evidence import open_evidence
from etl.insight.named_records import named_records
from etl.insight.reading import Reading
from etl.insight.records import Origin, open_records
from etl.measures import known_metrics, record_kinds
from etl.scoring.decimals import precise, total
from etl.scoring.rulebook_grades import LedgerRule


@dataclass(frozen=True, slots=True)
class Reuse:
    """Somebody who took a case over; `unit_id` is None where it is another body."""

    reused_by: str
    unit_id: str | None
    reused_on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """One case of good practice.

    Attributes:
        unit_id: the department that registered it.
        body: whose case it is, where it came from another body.
        reuses: who took it over, by day.
        awards: titles of the awards it received.
    """

    practice_id: str
    unit_id: str
    body: str | None
    title: str
    problem: str
    data_used: str
    method: str
    result: str
    registered_on: date
    document_no: str | None
    origin: Origin
    reuses: tuple[Reuse, ...] = ()
    awards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award.

    Attributes:
        record: (kind, id, title) of the record it is for; the title is None where no such record was received.
        rule: the bonus rule it feeds; None where the rulebook has none.
        reason: why it does not count there; None where it counts, or feeds nothing.
    """

    award_id: str
    unit_id: str
    title: str
    awarded_by: str
    awarded_on: date
    document_no: str | None
    record: tuple[str, str, str | None] | None
    rule: LedgerRule | None
    reason: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class PracticeTotals:
    """The whole body's cases and awards of the period, as the metrics count them.

    Attributes:
        registered: the body's own cases.
        reused: how often others took one of them over.
        awards: awards received, whether they count or not.
        awards_counted: those that count.
    """

    registered: Decimal
    reused: Decimal
    awards: int
    awards_counted: Decimal


_PRACTICES: Final = """
SELECT r.practice_id, r.unit_id, r.body, r.title, r.problem, r.data_used, r.method, r.result, r.registered_on,
    r.document_no, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.registered_on <= $ends_on
ORDER BY r.registered_on DESC, r.practice_id DESC
"""

_REUSES: Final = """
SELECT r.practice_id, r.reused_by, r.unit_id, r.reused_on, r.note, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.reused_on <= $ends_on
ORDER BY r.reused_on, r.reused_by
"""

_AWARDS: Final = """
SELECT r.award_id, r.unit_id, r.title, r.awarded_by, r.awarded_on, r.document_no, r.record_kind, r.record_id,
    o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.awarded_on <= $ends_on
ORDER BY r.awarded_on DESC, r.award_id DESC
"""


def practice_cases(reading: Reading) -> list[PracticeCase]:
    """The cases registered by the end of the period, the latest first.

    Args:
        reading: a release that has records.
    """
    until = reading.rulebook.evaluation.period.end
    reuses: defaultdict[str, tuple[Reuse, ...]] = defaultdict(tuple)
    awards: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    with open_records(reading) as records:
        rows = records.of("practices", _PRACTICES, ends_on=until)
        for practice_id, *told, _ in records.of("practice_reuses", _REUSES, ends_on=until):
            reuses[practice_id] += (Reuse(*told),)
        for _, _, title, _, _, _, kind, record_id, _ in records.of("awards", _AWARDS, ends_on=until):
            if kind == "practices":
                awards[record_id] += (title,)
    return [replace(PracticeCase(*row), reuses=reuses[row[0]], awards=awards[row[0]]) for row in rows]


def cases_with(cases: Iterable[PracticeCase], words: str) -> list[PracticeCase]:
    """The cases that hold every word, in whatever part of their text and in whatever case of letters."""
    asked = words.casefold().split()
    return [case for case in cases if all(word in _text_of(case) for word in asked)]


def _text_of(case: PracticeCase) -> str:
    takers = [reuse.reused_by for reuse in case.reuses]
    told = [case.practice_id, case.title, case.problem, case.data_used, case.method, case.result, case.body or ""]
    return "\n".join([*told, *takers, *case.awards]).casefold()


@precise
def practice_totals(reading: Reading) -> PracticeTotals:
    """The whole body's cases and awards of the period.

    Args:
        reading: a release that has records.
    """
    with open_evidence(reading) as book:
        registered, reused, awards = (
            book.everywhere(metric) for metric in ("practices_registered", "practices_reused", "awards_received")
        )
    return PracticeTotals(
        registered=_counted(registered),
        reused=_counted(reused),
        awards=sum(reason != "outside_period" for _, _, _, reason in awards),
        awards_counted=_counted(awards),
    )


def _counted(candidates: Iterable[tuple[str, str, Decimal | None, str | None]]) -> Decimal:
    return total(amount for _, _, amount, _ in candidates if amount is not None)


def award_lines(reading: Reading) -> list[AwardLine]:
    """The awards received by the end of the period, the latest first, and whether each counts.

    Args:
        reading: a release that has records.
    """
    with open_records(reading) as records:
        rows = records.of("awards", _AWARDS, ends_on=reading.rulebook.evaluation.period.end)
        named = {kind: named_records(records, kind) for kind in {row[6] for row in rows} - {None}}
    rule = award_rule(reading)
    reasons = _reasons(reading, rule)
    lines = []
    for award_id, unit_id, title, awarded_by, awarded_on, document_no, kind, record_id, origin in rows:
        record = named[kind].get(record_id) if kind is not None else None
        lines.append(
            AwardLine(
                award_id=award_id,
                unit_id=unit_id,
                title=title,
                awarded_by=awarded_by,
                awarded_on=awarded_on,
                document_no=document_no,
                record=None if kind is None else (kind, record_id, record.title if record else None),
                rule=rule,
                reason=reasons.get(award_id),
                origin=origin,
            )
        )
    return lines


def award_rule(reading: Reading) -> LedgerRule | None:
    """The bonus rule that a metric of awards feeds; None where the rulebook has none."""
    known = known_metrics()
    for rule in reading.rulebook.bonus:
        if rule.metric is not None and rule.metric in known and "awards" in record_kinds(known[rule.metric]):
            return rule
    return None


def _reasons(reading: Reading, rule: LedgerRule | None) -> dict[str, str | None]:
    """Award -> why it does not count under the rule; None where it does."""
    if rule is None or rule.metric is None:
        return {}
    with open_evidence(reading) as book:
        return {record_id: reason for _, record_id, _, reason in book.everywhere(rule.metric)}

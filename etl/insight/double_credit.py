"""Double credit: records of a release that stand for one achievement and would earn more than once.

An achievement may earn as performance (a record counts under an indicator), by an entry of the ledger, or by a rule
that a metric feeds (an award). Records are taken for one achievement where they share a department and a document
number, where an award names the record it is for, or where an award and an entry of one department have the same day
and the same words.
Nothing is decided here: a person does, and every finding names the records, where they were received, and what earns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal

from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.named_records import NamedRecord, named_records
from etl.insight.reading import Reading
from etl.insight.records import Origin, open_records
from etl.measures import known_metrics, record_kinds
from etl.scoring.rulebook import Rulebook

Way = Literal["performance", "bonus", "ledger", "nothing"]
Link = Literal["same_document", "award_for_record", "same_day_and_words"]

KINDS: Final = ("analyses", "policies", "datasets", "pilots", "practices", "awards")
"""The kinds an achievement may be recorded as, besides the ledger."""

HELD_BACK: Final = ("counted_as_performance", "credited_in_ledger")
"""Reasons for which a metric keeps a record from earning a second time."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One record of an achievement.

    Attributes:
        kind: of the record; `ledger` for an entry.
        earns: how it earns; nothing where it only ties others together.
        under: ids of the indicators, or of the bonus rule.
        held_back: why it does not earn although it would; None where it does.
    """

    kind: str
    record_id: str
    unit_id: str
    title: str
    document_no: str | None
    day: date | None
    earns: Way
    under: tuple[str, ...]
    held_back: str | None
    origin: Origin

    @property
    def earns_now(self) -> bool:
        """Whether points come of it in this release."""
        return self.earns != "nothing" and self.held_back is None


@dataclass(frozen=True, slots=True)
class DoubleCredit:
    """One achievement that would earn more than once.

    Attributes:
        claims: its records, those that earn first.
        links: why they are taken for one achievement.
    """

    claims: tuple[Claim, ...]
    links: tuple[Link, ...]

    @property
    def is_open(self) -> bool:
        """Whether more than one of them earns now, so that somebody has to decide."""
        return sum(claim.earns_now for claim in self.claims) > 1


_LEDGER: Final = """
SELECT r.entry_id, r.unit_id, r.reason, r.document_no, r.occurred_on, r.rule, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.entry_kind = 'bonus' AND r.occurred_on BETWEEN $starts_on AND $ends_on
ORDER BY r.entry_id
"""

_AWARDS: Final = """
SELECT r.award_id, r.awarded_on, r.record_kind, r.record_id, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
"""


def double_credits(reading: Reading) -> list[DoubleCredit]:
    """Every achievement that would earn more than once, those still open first.

    Args:
        reading: a release that has records.
    """
    period = reading.rulebook.evaluation.period
    with open_records(reading) as records:
        named = {kind: named_records(records, kind) for kind in KINDS}
        awards = {row[0]: row[1:4] for row in records.of("awards", _AWARDS)}
        entries = records.of("ledger", _LEDGER, starts_on=period.start, ends_on=period.end)
    with open_evidence(reading) as book:
        ways = _ways_to_earn(reading.rulebook, book)
    claims = [
        Claim("ledger", entry_id, unit_id, reason, document_no, day, "ledger", (rule,), None, origin)
        for entry_id, unit_id, reason, document_no, day, rule, origin in entries
    ]
    for kind, known in named.items():
        for record_id, record in known.items():
            earns, under, held_back = ways.get((kind, record_id), ("nothing", (), None))
            day = awards[record_id][0] if kind == "awards" else None
            claims.append(_claim(record, day, earns, under, held_back))
    return _findings(claims, {award: (kind, record_id) for award, (_, kind, record_id) in awards.items() if kind})


def doubles_of(reading: Reading, unit_id: str) -> list[DoubleCredit]:
    """Those with a record of one department, as it was recorded."""
    return [found for found in double_credits(reading) if any(claim.unit_id == unit_id for claim in found.claims)]


def _claim(record: NamedRecord, day: date | None, earns: Way, under: tuple[str, ...], held_back: str | None) -> Claim:
    told = (record.kind, record.record_id, record.unit_id, record.title, record.document_no)
    return Claim(*told, day, earns, under, held_back, record.origin)


def _ways_to_earn(
    rulebook: Rulebook, book: EvidenceBook
) -> dict[tuple[str, str], tuple[Way, tuple[str, ...], str | None]]:
    """(kind, record) -> how it earns, under what, and why it is held back."""
    known = known_metrics()
    ways: dict[tuple[str, str], tuple[Way, tuple[str, ...], str | None]] = {}
    looked_at: list[tuple[Way, str, str]] = [
        *(("performance", one.id, one.numerator) for one in rulebook.indicators if isinstance(one.numerator, str)),
        *(("bonus", rule.id, rule.metric) for rule in rulebook.bonus if rule.metric is not None),
    ]
    for way, under, metric in looked_at:
        kinds = record_kinds(known[metric]) if metric in known else ()
        if len(kinds) != 1 or kinds[0] not in KINDS:
            continue
        (kind,) = kinds
        for _, record_id, _, reason in book.everywhere(metric):
            if reason is None or reason in HELD_BACK:
                before = ways.get((kind, record_id), (way, (), None))[1]
                ways[kind, record_id] = (way, tuple(dict.fromkeys((*before, under))), reason)
    return ways


# Which records stand for one achievement -----------------------------------------------------------------------------


def _findings(claims: Sequence[Claim], award_for: Mapping[str, tuple[str, str]]) -> list[DoubleCredit]:
    links = list(_links(claims, award_for))
    groups: list[set[int]] = []
    for one, other, _ in links:
        touched = [group for group in groups if one in group or other in group]
        groups = [group for group in groups if group not in touched] + [{one, other}.union(*touched)]
    findings = [
        DoubleCredit(
            tuple(sorted((claims[at] for at in group), key=_order)),
            tuple(sorted({why for one, _, why in links if one in group})),
        )
        for group in groups
        if sum(claims[at].earns != "nothing" for at in group) > 1
    ]
    return sorted(findings, key=lambda found: (not found.is_open, _order(found.claims[0])))


def _order(claim: Claim) -> tuple[bool, str, str, str]:
    return (not claim.earns_now, claim.unit_id, claim.kind, claim.record_id)


def _links(claims: Sequence[Claim], award_for: Mapping[str, tuple[str, str]]) -> Iterator[tuple[int, int, Link]]:
    by_document: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    by_words: defaultdict[tuple[str, date, str], list[int]] = defaultdict(list)
    places = {(claim.kind, claim.record_id): at for at, claim in enumerate(claims)}
    for at, claim in enumerate(claims):
        if claim.document_no is not None:
            by_document[claim.unit_id, _words(claim.document_no)].append(at)
        if claim.day is not None:
            by_words[claim.unit_id, claim.day, _words(claim.title)].append(at)
        record = award_for.get(claim.record_id) if claim.kind == "awards" else None
        if record is not None and record in places:
            yield at, places[record], "award_for_record"
    for group in by_document.values():
        for one, other in combinations(group, 2):
            yield one, other, "same_document"
    for group in by_words.values():
        for one, other in combinations(group, 2):
            yield one, other, "same_day_and_words"


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()

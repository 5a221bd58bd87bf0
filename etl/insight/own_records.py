"""The records of one department that it may speak about: those behind an indicator, and those that are decided on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.reading import Reading
from etl.measures import Evidence, known_metrics, record_kinds
from etl.scoring.rulebook_parts import Indicator


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One record of a department.

    Attributes:
        title: what it is called, where it is called anything.
        day: the one by which people know it, where its kind has one.
        reason: code of why it does not count; None where it counts or nothing counts it.
    """

    kind: str
    record_id: str
    title: str | None = None
    day: date | None = None
    reason: str | None = None


def kinds_behind(indicator: Indicator) -> tuple[str, ...]:
    """The kinds of record that an indicator's metrics count, those of the numerator first."""
    known = known_metrics()
    kinds = (kind for _, metric in indicator.metrics() if metric in known for kind in record_kinds(known[metric]))
    return tuple(dict.fromkeys(kinds))


def records_behind(reading: Reading, indicator: Indicator, unit_id: str) -> tuple[OwnRecord, ...]:
    """The records behind an indicator of a department, those that do not count first; none without records.

    Args:
        reading: a release.
        indicator: which one.
        unit_id: the department.
    """
    if not reading.has_records:
        return ()
    with open_evidence(reading) as book:
        metrics = dict.fromkeys(metric for _, metric in indicator.metrics())
        return _each_once(_own(one) for metric in metrics for one in book.of(metric, unit_id))


def records_of(reading: Reading, kinds: Collection[str], unit_id: str) -> tuple[OwnRecord, ...]:
    """The records of some kinds that are a department's: recorded for it, come to it, or its part of joint work.

    Args:
        reading: a release.
        kinds: whose contracts have one key column, a department and a title.
        unit_id: the department.
    """
    if not reading.has_records:
        return ()
    with open_evidence(reading) as book:
        return _each_once([*_counted(reading, book, kinds, unit_id), *_recorded(book, kinds, unit_id)])


def _counted(reading: Reading, book: EvidenceBook, kinds: Collection[str], unit_id: str) -> Iterator[OwnRecord]:
    known = known_metrics()
    for metric in reading.rulebook.metrics:
        if set(kinds) & set(record_kinds(known[metric])):
            yield from (own for one in book.of(metric, unit_id) if (own := _own(one)) is not None and own.kind in kinds)


def _recorded(book: EvidenceBook, kinds: Collection[str], unit_id: str) -> Iterator[OwnRecord]:
    for kind in kinds:
        for record_id, title in book.recorded(kind, unit_id):
            yield OwnRecord(kind, record_id, title)


def _own(one: Evidence) -> OwnRecord | None:
    return None if one.kind is None else OwnRecord(one.kind, one.record_id, one.title, one.day, one.reason)


def _each_once(records: Iterable[OwnRecord | None]) -> tuple[OwnRecord, ...]:
    """Each record as it was first told of, those that do not count first, by kind and number."""
    found: dict[tuple[str, str], OwnRecord] = {}
    for one in records:
        if one is not None:
            found.setdefault((one.kind, one.record_id), one)
    return tuple(sorted(found.values(), key=lambda one: (one.reason is None, one.kind, one.record_id)))

"""What a request may be about: the departments, indicators and rules of a release, and the department's own records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dashboard.workflow.requests import Known
from etl.insight.own_records import OwnRecord
from etl.insight.reading import Reading


def known_of(reading: Reading, records: Iterable[OwnRecord] = ()) -> Known:
    """What a request may name of a release.

    Args:
        reading: the release.
        records: the department's own that the request may be about.
    """
    book = reading.rulebook
    rules = {"bonus": {one.id for one in book.bonus}, "penalty": {one.id for one in book.penalty}}
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for one in records:
        ids[one.kind].add(one.record_id)
    return Known(set(reading.units), {one.id for one in book.indicators}, rules, ids)

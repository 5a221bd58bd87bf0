"""What a request may be about: the departments, indicators, kinds of record and rules of a release."""

from __future__ import annotations

from dashboard.workflow.requests import Known
from etl.contracts.records import RECORDS
from etl.insight.reading import Reading


def known_of(reading: Reading) -> Known:
    """What a request may name of a release."""
    book = reading.rulebook
    rules = {"bonus": {one.id for one in book.bonus}, "penalty": {one.id for one in book.penalty}}
    return Known(set(reading.units), {one.id for one in book.indicators}, set(RECORDS), rules)

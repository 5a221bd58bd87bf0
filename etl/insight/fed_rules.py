"""Bonus and penalty rules that a metric feeds: what they give one department, and the metric behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from etl.contracts.published import MetricRow
from etl.insight.reading import Reading
from etl.scoring.ledger import fed_points
from etl.scoring.rulebook_grades import LedgerRule


@dataclass(frozen=True, slots=True)
class FedRule:
    """What a rule gives one department.

    Attributes:
        row: what the metric measured of the department.
        points: value x points, before any cap.
    """

    kind: Literal["bonus", "penalty"]
    rule: LedgerRule
    row: MetricRow
    points: Decimal


def fed_rules(reading: Reading, unit_id: str) -> list[FedRule]:
    """The rules that a metric feeds, bonus first, in the rulebook's order; those that measured nothing included.

    Args:
        reading: the release.
        unit_id: the department.
    """
    listed: list[tuple[Literal["bonus", "penalty"], LedgerRule]] = [
        *(("bonus", rule) for rule in reading.rulebook.bonus),
        *(("penalty", rule) for rule in reading.rulebook.penalty),
    ]
    return [
        FedRule(kind, rule, row, fed_points(rule, row.value))
        for kind, rule in listed
        if rule.metric is not None and (row := reading.metrics.get((unit_id, rule.metric))) is not None
    ]

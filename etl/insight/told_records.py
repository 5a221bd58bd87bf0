"""What a department's indicators count: how many records count, how many do not, and why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.contracts.published import MetricRow
from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading

Reasons = Mapping[tuple[str, str], tuple[tuple[str, int], ...]]
"""(Department, metric) -> (code of the reason, records), the commonest first."""


@dataclass(frozen=True, slots=True)
class ToldMetric:
    """The records behind one metric of one department.

    Attributes:
        indicator: the first that looks at the metric.
        reasons: (code of the reason, records), the commonest first.
    """

    indicator: str
    row: MetricRow
    reasons: tuple[tuple[str, int], ...]


def reasons_not_counted(reading: Reading) -> Reasons:
    """Why records do not count, of all departments at once: opening the records costs more than asking them.

    Args:
        reading: a release that has records.
    """
    found: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    with open_evidence(reading) as book:
        for metric in _first_indicators(reading):
            for unit_id, reason, records in book.reasons(metric):
                found[unit_id, metric].append((reason, records))
    return {key: tuple(reasons) for key, reasons in found.items()}


def told_metrics(reading: Reading, unit_id: str, reasons: Reasons) -> list[ToldMetric]:
    """The metrics a department's indicators count that have any record, each once, in the rulebook's order.

    What an indicator divides by (정원) is no achievement and is left out.

    Args:
        reading: a release that has records.
        unit_id: the department.
        reasons: why its records do not count.
    """
    return [
        ToldMetric(indicator, row, reasons.get((unit_id, metric), ()))
        for metric, indicator in _first_indicators(reading).items()
        if (row := reading.metrics.get((unit_id, metric))) is not None and _records(row)
    ]


def not_counted(told: Iterable[ToldMetric]) -> int:
    """How many records do not count, or not yet, over all metrics."""
    return sum(one.row.records_not_counted + one.row.records_undecided for one in told)


def _first_indicators(reading: Reading) -> dict[str, str]:
    """Metric -> the first indicator that counts it, in the rulebook's order."""
    found: dict[str, str] = {}
    for indicator in reading.rulebook.indicators:
        for path, metric in indicator.metrics():
            if path[0] == "numerator":
                found.setdefault(metric, indicator.id)
    return found


def _records(row: MetricRow) -> int:
    return row.records_counted + row.records_not_counted + row.records_undecided

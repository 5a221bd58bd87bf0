"""What a department's indicators count: how many records count, how many do not, and why not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from etl.contracts.published import MetricRow
from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading


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


def told_metrics(reading: Reading, unit_id: str) -> list[ToldMetric]:
    """The metrics a department's indicators count that have any record, each once, in the rulebook's order.

    What an indicator divides by (정원) is no achievement and is left out.

    Args:
        reading: a release that has records.
        unit_id: the department.
    """
    first = {
        metric: indicator.id
        for indicator in reversed(reading.rulebook.indicators)
        for path, metric in reversed(list(indicator.metrics()))
        if path[0] == "numerator"
    }
    rows = [
        row
        for metric in reversed(first)
        if (row := reading.metrics.get((unit_id, metric))) is not None and _records(row)
    ]
    with open_evidence(reading) as book:
        return [
            ToldMetric(
                first[row.metric],
                row,
                tuple(Counter(one.reason for one in book.of(row.metric, unit_id) if one.reason).most_common())
                if row.records_not_counted or row.records_undecided
                else (),
            )
            for row in rows
        ]


def _records(row: MetricRow) -> int:
    return row.records_counted + row.records_not_counted + row.records_undecided

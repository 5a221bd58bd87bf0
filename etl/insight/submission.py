"""What a body would submit: points by indicator, what the next better result takes, each department's part, sheets.

For a release of a rulebook that evaluates the body as a whole. The points are those of the release; the departments'
parts and the evidence sheets are the records the metrics count, so all three come from one SELECT.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from etl.contracts.published import IndicatorRow, RankRow, ScoreRow, UnitRow
from etl.errors import Fault, UsageError
from etl.insight.decisions import LedgerLine, department_names, ledger_lines
from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.evidence_sheets import Sheet, sheet_of
from etl.insight.fed_rules import FedRule, fed_rules
from etl.insight.next_step import Step, next_steps
from etl.insight.reading import Reading
from etl.measures import Evidence, known_metrics, record_kinds
from etl.scoring.decimals import ONE, ZERO
from etl.scoring.rulebook_parts import Indicator


@dataclass(frozen=True, slots=True)
class DepartmentPart:
    """What one department's records add to a figure of the body.

    Attributes:
        amount: what those that count come to.
        counted: how many count.
        not_counted: candidates that do not, the undecided among them.
    """

    unit_id: str
    name: str
    amount: Decimal
    counted: int
    not_counted: int


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One indicator as the body would submit it.

    Attributes:
        steps: what the next better result takes, and all there is.
        unknown: metrics of which nobody can tell what some records amount to, with how many (정원을 적지 않은 부서).
        parts: the departments behind the numerator, the largest amount first.
        sheet: the records that count.
    """

    indicator: Indicator
    row: IndicatorRow
    steps: tuple[Step, ...]
    unknown: tuple[tuple[str, int], ...]
    parts: tuple[DepartmentPart, ...]
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class BonusLine:
    """A bonus or penalty that a metric feeds, with the departments and records behind it."""

    fed: FedRule
    parts: tuple[DepartmentPart, ...]
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything the body would submit.

    Attributes:
        rank: holds the grade; None until every indicator the rulebook asks for is measured.
        ledger: bonus and penalty that were entered.
    """

    reading: Reading
    body: UnitRow
    score: ScoreRow
    rank: RankRow | None
    lines: tuple[SubmissionLine, ...]
    bonus: tuple[BonusLine, ...]
    ledger: tuple[LedgerLine, ...]


def submission(reading: Reading) -> Submission:
    """What the body would submit.

    Args:
        reading: a release of a rulebook that evaluates the body as a whole, from records.

    Raises:
        UsageError: the release is about departments, or has no records behind it.
    """
    body = reading.rulebook.evaluation.body
    if body is None or not reading.has_records:
        raise UsageError(Fault("submission_needs_a_body", str(reading.folder)))
    names = department_names(reading) | {body.id: reading.units[body.id].name}
    with open_evidence(reading) as book:
        return Submission(
            reading=reading,
            body=reading.units[body.id],
            score=reading.scores[body.id],
            rank=reading.ranks.get(body.id),
            lines=tuple(_line(reading, indicator, body.id, book, names) for indicator in reading.rulebook.indicators),
            bonus=tuple(_bonus(fed, body.id, book, names) for fed in fed_rules(reading, body.id)),
            ledger=tuple(ledger_lines(reading, body.id)),
        )


def _line(
    reading: Reading, indicator: Indicator, body: str, book: EvidenceBook, names: dict[str, str]
) -> SubmissionLine:
    row = reading.indicators[body, indicator.id]
    in_points = reading.rulebook.nodes[indicator.area].aggregation == "sum_of_points"
    full = row.weight if in_points else indicator.full or ONE
    parts, sheet = _behind(indicator.numerator, body, book, names)
    return SubmissionLine(
        indicator, row, next_steps(indicator, row, full), tuple(_unknown(reading, indicator, body)), parts, sheet
    )


def _unknown(reading: Reading, indicator: Indicator, body: str) -> Iterator[tuple[str, int]]:
    """Metrics with records of unknown amount. A figure is stated once for the body: that others did not is no gap."""
    for metric in dict.fromkeys(metric for _, metric in indicator.metrics()):
        undecided = reading.metrics[body, metric].records_undecided
        if undecided and record_kinds(known_metrics()[metric]) != ("figures",):
            yield metric, undecided


def _bonus(fed: FedRule, body: str, book: EvidenceBook, names: dict[str, str]) -> BonusLine:
    return BonusLine(fed, *_behind(fed.rule.metric, body, book, names))


def _behind(
    metric: object, body: str, book: EvidenceBook, names: dict[str, str]
) -> tuple[tuple[DepartmentPart, ...], Sheet | None]:
    if not isinstance(metric, str):
        return (), None
    evidence = book.of(metric, body)
    return tuple(_parts(evidence, names)), sheet_of(
        book, metric, [one for one in evidence if one.reason is None], names
    )


def _parts(evidence: Iterable[Evidence], names: dict[str, str]) -> list[DepartmentPart]:
    by_unit: defaultdict[str, list[Evidence]] = defaultdict(list)
    for one in evidence:
        by_unit[one.recorded_unit].append(one)
    parts = [
        DepartmentPart(
            unit_id=unit_id,
            name=names.get(unit_id, unit_id),
            amount=sum((one.amount for one in records if one.amount is not None), ZERO),
            counted=sum(one.reason is None for one in records),
            not_counted=sum(one.reason is not None for one in records),
        )
        for unit_id, records in by_unit.items()
    ]
    return sorted(parts, key=lambda part: (-part.amount, part.unit_id))

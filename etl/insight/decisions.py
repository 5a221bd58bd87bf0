"""What people decided about departments, from a release's records: bonus, penalty and veto, 해당없음, marks, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from etl.insight.reading import Reading
from etl.insight.records import Origin, open_records
from etl.scoring.rulebook_points import Panel


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One bonus, penalty or veto of a department.

    Attributes:
        points: what the entry is worth before the caps: what the rule states, else its own points x share.
        recorded_unit: in whose name it was entered; another one after a reorganisation.
    """

    entry_id: str
    kind: Literal["bonus", "penalty", "veto"]
    rule: str
    points: Decimal
    occurred_on: date
    reason: str
    document_no: str | None
    recorded_unit: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Waiver:
    """An approved request that an indicator does not apply (해당없음)."""

    indicator: str
    reason: str
    decided_on: date | None
    document_no: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class PanelMarkLine:
    """One assessor's mark. `trimmed`: it is one of the highest or lowest that the rule leaves out of the mean."""

    assessor: str
    mark: Decimal
    given_on: date
    origin: Origin
    trimmed: bool = False


_NAMES: Final = """
SELECT r.unit_id, r.name, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
ORDER BY r.valid_from, r.unit_id
"""

_LEDGER: Final = """
SELECT a.unit_id, a.share, r.entry_id, r.entry_kind, r.rule, r.points * a.share, r.occurred_on, r.reason, r.document_no,
    r.unit_id, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
INNER JOIN attribution AS a ON r.unit_id = a.recorded_unit
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.occurred_on BETWEEN $starts_on AND $ends_on
ORDER BY a.unit_id, r.occurred_on, r.entry_id
"""

_WAIVERS: Final = """
SELECT r.unit_id, r.indicator, r.reason, r.decided_on, r.document_no, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.year = $year AND r.decision = 'approved'
ORDER BY r.unit_id, r.indicator
"""

_MARKS: Final = """
SELECT r.assessor, r.mark, r.given_on, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.unit_id = $unit AND r.indicator = $indicator AND r.year = $year
ORDER BY r.assessor
"""


def ledger_lines(reading: Reading, unit_id: str) -> list[LedgerLine]:
    """The entries of the period that count for a department, its predecessors' included, by day.

    Args:
        reading: a release that has records.
        unit_id: the department.
    """
    return ledgers(reading).get(unit_id, [])


def ledgers(reading: Reading) -> Mapping[str, list[LedgerLine]]:
    """The same of every department that has any, read at once: opening the records costs more than asking them."""
    period = reading.rulebook.evaluation.period
    stated = {rule.id: rule.points for rule in (*reading.rulebook.bonus, *reading.rulebook.penalty)}
    with open_records(reading) as records:
        records.know_takeovers()
        rows = records.of("ledger", _LEDGER, starts_on=period.start, ends_on=period.end)
    found: defaultdict[str, list[LedgerLine]] = defaultdict(list)
    for unit_id, share, *rest in rows:
        line = LedgerLine(*rest)
        # Where the body is evaluated, entries of the departments' own evaluation stand among them.
        if reading.rulebook.has_ledger_rule(line.kind, line.rule):
            own = stated.get(line.rule)
            found[unit_id].append(line if own is None else replace(line, points=own * share))
    return dict(found)


def waivers(reading: Reading, unit_id: str) -> list[Waiver]:
    """The approved requests of a department for the release's year.

    Args:
        reading: a release that has records.
        unit_id: the department.
    """
    return all_waivers(reading).get(unit_id, [])


def all_waivers(reading: Reading) -> Mapping[str, list[Waiver]]:
    """The same of every department that has any, read at once."""
    with open_records(reading) as records:
        rows = records.of("not_applicable", _WAIVERS, year=reading.rulebook.evaluation.year)
    found: defaultdict[str, list[Waiver]] = defaultdict(list)
    for unit_id, *rest in rows:
        found[unit_id].append(Waiver(*rest))
    return dict(found)


def panel_marks(reading: Reading, indicator: str, unit_id: str) -> list[PanelMarkLine]:
    """The marks behind a panel's indicator, by assessor.

    Args:
        reading: a release that has records.
        indicator: one whose points come from a panel.
        unit_id: the department.
    """
    rule = next(known.points for known in reading.rulebook.indicators if known.id == indicator)
    year = reading.rulebook.evaluation.year
    with open_records(reading) as records:
        rows = records.of("panel_marks", _MARKS, unit=unit_id, indicator=indicator, year=year)
    lines = [PanelMarkLine(*row) for row in rows]
    return _trimmed(lines, rule) if isinstance(rule, Panel) else lines


def department_names(reading: Reading) -> dict[str, str]:
    """Code -> latest name of every department there ever was, those merged or closed included.

    Args:
        reading: a release that has records.
    """
    with open_records(reading) as records:
        return {unit_id: name for unit_id, name, _ in records.of("departments", _NAMES)}


def _trimmed(lines: list[PanelMarkLine], rule: Panel) -> list[PanelMarkLine]:
    """The same lines, those marked that the rule leaves out: as many at either end, of equal marks the first."""
    if rule.trim == 0 or len(lines) < rule.trims_from:
        return lines
    by_mark = sorted(range(len(lines)), key=lambda at: (lines[at].mark, at))
    out = {*by_mark[: rule.trim], *by_mark[-rule.trim :]}
    return [replace(line, trimmed=at in out) for at, line in enumerate(lines)]

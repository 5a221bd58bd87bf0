"""Staged records and a rulebook in, every published table out. Evaluation and verification both go through here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from etl.contracts.published import (
    ContributionRow,
    HeadlineRow,
    HistoryRow,
    IndicatorRow,
    MetricRow,
    OrderRow,
    OutrankingRow,
    Published,
    RankRow,
    ScoreRow,
    UnitRow,
)
from etl.engine import Engine, text
from etl.measures import Measures
from etl.release.tables import table_text
from etl.scoring.inputs import Entry, Inputs, Unit
from etl.scoring.outranking import Outranking
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Body, Span
from etl.scoring.rulebook_terms import EVERYBODY
from etl.scoring.score import Scored, score
from etl.units import Attribution, UnitVersion, attributions, evaluated_units, whole_body


@dataclass(frozen=True, slots=True)
class Given:
    """One value of a table of metrics that somebody already has."""

    unit_id: str
    metric: str
    value: Decimal | None
    state: Literal["measured", "missing", "not_applicable"]


def results_from_records(rulebook: Rulebook, records: Path, engine: Engine) -> dict[str, bytes]:
    """Every published table, as the bytes of its file, from a folder of staged records.

    Args:
        rulebook: the rules.
        records: one `<kind>.parquet` for every kind of record.
        engine: an engine of this job alone.
    """
    book = _Register(engine, records)
    units = book.units(rulebook)
    measures = Measures(engine, records, book.ways(rulebook))
    measured = [
        row
        for metric in rulebook.metrics
        for row in _complete(measures, metric, [unit.unit_id for unit in units], rulebook.period_of(metric))
    ]
    scored = score(rulebook, book.inputs(rulebook, units, measured))
    return _texts(units, measured, scored, _history(rulebook, measures))


def results_from_given(rulebook: Rulebook, units: Sequence[UnitRow], given: Iterable[Given]) -> dict[str, bytes]:
    """Every published table from a table of metrics; there are no records behind it and no history."""
    values = list(given)
    measured = [
        MetricRow(
            unit_id=row.unit_id,
            metric=row.metric,
            value=row.value,
            records_counted=0,
            records_not_counted=0,
            records_undecided=0,
        )
        for row in values
    ]
    away = {(row.unit_id, row.metric) for row in values if row.state == "not_applicable"}
    inputs = Inputs(
        units=tuple(Unit(unit.unit_id, unit.name, unit.peer_group) for unit in units),
        values={(row.unit_id, row.metric): row.value for row in values},
        not_applicable=frozenset(
            (unit.unit_id, indicator.id)
            for unit in units
            for indicator in rulebook.indicators
            if any((unit.unit_id, metric) in away for _, metric in indicator.metrics())
        ),
        marks={},
        entries=(),
    )
    return _texts(units, measured, score(rulebook, inputs), [])


def inputs_from_records(rulebook: Rulebook, records: Path, engine: Engine, measured: Iterable[MetricRow]) -> Inputs:
    """What a score was made of: the measured values, and what the records say people decided.

    Args:
        rulebook: the rules.
        records: one `<kind>.parquet` for every kind of record.
        engine: an engine of this job alone.
        measured: the values of the rulebook's metrics.
    """
    book = _Register(engine, records)
    return book.inputs(rulebook, book.units(rulebook), measured)


def open_measures(rulebook: Rulebook, records: Path, engine: Engine) -> Measures:
    """The staged records, ready to be measured for the departments the rulebook evaluates."""
    return Measures(engine, records, _Register(engine, records).ways(rulebook))


class _Register:
    """What the records say about departments and about decisions on them."""

    def __init__(self, engine: Engine, records: Path) -> None:
        self._engine, self._records = engine, records
        self.versions = [
            UnitVersion(*row)
            for row in self._rows("departments", "unit_id, name, parent, peer_group, valid_from, valid_to")
        ]
        self.successions: list[tuple[str, str, Decimal]] = [
            (before, after, share) for before, after, share in self._rows("successions", "from_unit, to_unit, share")
        ]

    def units(self, rulebook: Rulebook) -> list[UnitRow]:
        """Who is evaluated: the departments of the period, or the body as a whole."""
        body = rulebook.evaluation.body
        if body is not None:
            return [_body_row(body)]
        return [_unit_row(version) for version in self._evaluated(rulebook).values()]

    def ways(self, rulebook: Rulebook) -> list[Attribution]:
        """Where each department's records, bonuses, penalties and vetoes go."""
        recorded = [version.unit_id for version in self.versions]
        body = rulebook.evaluation.body
        if body is not None:
            return whole_body(body.id, recorded)
        return attributions(self._evaluated(rulebook), recorded, self.successions)

    def _evaluated(self, rulebook: Rulebook) -> dict[str, UnitVersion]:
        period = rulebook.evaluation.period
        return evaluated_units(self.versions, period.start, period.end, rulebook.units_attribution)

    def inputs(self, rulebook: Rulebook, units: Sequence[UnitRow], measured: Iterable[MetricRow]) -> Inputs:
        """Everything the score depends on."""
        of_departments = rulebook.evaluation.body is None
        return Inputs(
            units=tuple(Unit(unit.unit_id, unit.name, unit.peer_group) for unit in units),
            values={(row.unit_id, row.metric): row.value for row in measured},
            not_applicable=self._away(rulebook.evaluation.year) if of_departments else frozenset(),
            marks=self._marks(rulebook.evaluation.year) if of_departments else {},
            entries=tuple(self._entries(rulebook)),
        )

    def _away(self, year: int) -> frozenset[tuple[str, str]]:
        approved = self._rows("not_applicable", "unit_id, indicator", year=year, decision="approved")
        return frozenset((unit_id, indicator) for unit_id, indicator in approved)

    def _marks(self, year: int) -> dict[tuple[str, str], tuple[Decimal, ...]]:
        marks: defaultdict[tuple[str, str], tuple[Decimal, ...]] = defaultdict(tuple)
        for unit_id, indicator, mark in self._rows("panel_marks", "unit_id, indicator, mark", year=year):
            marks[unit_id, indicator] += (mark,)
        return dict(marks)

    def _entries(self, rulebook: Rulebook) -> Iterator[Entry]:
        """The entries of the period; for the body, those of the departments' own evaluation left out."""
        period, of_body = rulebook.evaluation.period, rulebook.evaluation.body is not None
        ways = self.ways(rulebook)
        entries = self._rows("ledger", "entry_id, unit_id, entry_kind, rule, points, occurred_on")
        for entry_id, unit_id, kind, rule, points, occurred_on in entries:
            if not period.start <= occurred_on <= period.end or (of_body and not rulebook.has_ledger_rule(kind, rule)):
                continue
            for way in ways:
                if way.recorded_unit == unit_id:
                    yield Entry(entry_id, way.unit_id, kind, rule, points, way.share)

    def _rows(self, kind: str, columns: str, **equal: object) -> list[tuple[Any, ...]]:
        path = text(str(self._records / f"{kind}.parquet"))
        conditions = " AND ".join(["TRUE", *(f"{column} = ?" for column in equal)])
        query = f"SELECT {columns} FROM read_parquet({path}) WHERE {conditions} ORDER BY ALL"
        return self._engine.rows(query, list(equal.values()))


def _complete(measures: Measures, metric: str, evaluated: Iterable[str], period: Span) -> list[MetricRow]:
    """One row for every evaluated department: without a candidate record, it measured zero."""
    found = {row.unit_id: row for row in measures.measure(metric, period.start, period.end)}
    nothing = MetricRow(
        unit_id="", metric=metric, value=Decimal(0), records_counted=0, records_not_counted=0, records_undecided=0
    )
    return [found.get(unit_id) or nothing.model_copy(update={"unit_id": unit_id}) for unit_id in sorted(evaluated)]


def _history(rulebook: Rulebook, measures: Measures) -> list[HistoryRow]:
    """The whole body's total of every metric for each year since the rulebook's `history_from`."""
    first, year = rulebook.history_from, rulebook.evaluation.year
    if first is None:
        return []
    rows = []
    for earlier in range(first, year + 1):
        for metric in rulebook.metrics:
            period = rulebook.period_of(metric)
            starts_on, ends_on = _shifted(period.start, year - earlier), _shifted(period.end, year - earlier)
            value, counted = measures.total(metric, starts_on, ends_on)
            rows.append(HistoryRow(metric=metric, year=earlier, value=value, records_counted=counted))
    return rows


def _shifted(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _body_row(body: Body) -> UnitRow:
    """The body as a unit: of every year, in no peer group."""
    return UnitRow(
        unit_id=body.id, name=body.name.ko, parent=None, peer_group=EVERYBODY, valid_from=None, valid_to=None
    )


def _unit_row(version: UnitVersion) -> UnitRow:
    return UnitRow(
        unit_id=version.unit_id,
        name=version.name,
        parent=version.parent,
        peer_group=version.peer_group,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
    )


def _texts(
    units: Sequence[UnitRow], measured: Sequence[MetricRow], scored: Scored, history: Sequence[HistoryRow]
) -> dict[str, bytes]:
    tables: list[tuple[type[Published], Sequence[Published]]] = [
        (UnitRow, units),
        (MetricRow, measured),
        (IndicatorRow, scored.indicators),
        (ContributionRow, scored.contributions),
        (ScoreRow, scored.scores),
        (RankRow, scored.ranks),
        (HeadlineRow, scored.headlines),
        (HistoryRow, history),
    ]
    if scored.outranking is not None:
        votes = scored.outranking.votes
        tables.append(
            (OutrankingRow, [OutrankingRow(unit_id=a, other=b, votes=share) for (a, b), share in votes.items()])
        )
        tables.append(
            (OrderRow, [_order_row(scored.outranking, at, order) for at, order in _best_orders(scored.outranking)])
        )
    return {contract.table: table_text(contract, rows) for contract, rows in tables}


def _best_orders(outranking: Outranking) -> Iterable[tuple[int, tuple[str, ...]]]:
    return enumerate(outranking.orders, start=1)


def _order_row(outranking: Outranking, number: int, order: Sequence[str]) -> OrderRow:
    return OrderRow(number=number, units=" > ".join(order), votes=outranking.best_score)

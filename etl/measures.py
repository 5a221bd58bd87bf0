"""From staged records to what each metric measures for each department, and to the records behind it.

A metric is one SELECT in `etl/metrics` that yields `unit_id, record_id, amount, reason`: a row for every candidate.
`amount` is what the record counts, NULL where nobody can tell; `reason` says why a candidate does not count. The value
is the sum of the amounts; the evidence is the same SELECT for one department. The two cannot drift apart.

A metric reads the staged tables by their contract's name, the one-row table `period` (starts_on, ends_on), the view
`latest_decisions`, the table `attribution` (recorded_unit, unit_id, share: for whom a department's records count), and
the candidates of another metric by `metric_<name>`: what counts there has one definition only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from etl.contracts.fields import Refers
from etl.contracts.published import MetricRow
from etl.contracts.records import RECORDS
from etl.contracts.rows import Record
from etl.engine import Engine, name, one_file, text
from etl.errors import Fault, UnreadableInput
from etl.units import Attribution

METRICS: Final = Path(__file__).parent / "metrics"
_COLUMNS: Final = ["unit_id", "record_id", "amount", "reason"]
_COUNTED: Final = re.compile("^-- Records: ([a-z_]+(?:, [a-z_]+)*)[.]$", re.MULTILINE)
_READ: Final = re.compile(r"\bmetric_([a-z_]+)\b")
_READ_ONCE: Final = 1_000_000
"""Bytes of a file of records up to which it is held in memory."""
_EXACT: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record behind a metric's value for one department.

    Attributes:
        recorded_unit: the department in whose name it was recorded; another one after a reorganisation.
        share: the part of it that this department takes over.
        amount: what it counts here; None where nobody can tell.
        reason: why it does not count in full, if it does not.
        title: what it is called, where its kind has a title or what it refers to has, as attendance a session's.
        source: number of the received file in the release's `provenance.json`.
        row: its row in that file.
        kind: of the record; None where it is not among those the metric says it counts.
        day: the one by which people know it, where its kind has one.
    """

    record_id: str
    recorded_unit: str
    share: Decimal
    amount: Decimal | None
    reason: str | None
    title: str | None
    source: int | None
    row: int | None
    kind: str | None = None
    day: date | None = None


def known_metrics() -> dict[str, str]:
    """Every metric's name and its SQL."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(METRICS.glob("*.sql"))}


def view_sql(view: str) -> str:
    """The SQL of a view that metrics read."""
    return (METRICS / "views" / f"{view}.sql").read_text(encoding="utf-8")


def record_kinds(sql: str) -> tuple[str, ...]:
    """The kinds of record a metric counts, as its header says them (`-- Records: analyses.`), most often one."""
    found = _COUNTED.search(sql)
    kinds = tuple(found[1].split(", ")) if found else ()
    if not kinds or not set(kinds) <= RECORDS.keys():
        raise UnreadableInput(Fault("metric_without_records", "etl/metrics", {"known": ", ".join(RECORDS)}))
    return kinds


def metric_digests(metrics: Iterable[str]) -> dict[str, str]:
    """SHA-256 of the SQL of these metrics, of the metrics and of the views they read."""
    known = known_metrics()
    read = {behind for metric in metrics for behind in (metric, *metrics_behind(metric, known))}
    paths = [METRICS / f"{metric}.sql" for metric in read] + list((METRICS / "views").glob("*.sql"))
    return {str(path.relative_to(METRICS)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)}


def metrics_behind(metric: str, known: Mapping[str, str], above: tuple[str, ...] = ()) -> list[str]:
    """The metrics whose candidates a metric reads, and those that these read, each after those it reads itself.

    Args:
        metric: its name.
        known: every metric's name and SQL; comments are not looked at.
        above: the metrics on the way here.

    Raises:
        UnreadableInput: it reads a metric that does not exist, or comes back to itself.
    """
    statements = "\n".join(line for line in known[metric].splitlines() if not line.lstrip().startswith("--"))
    behind: list[str] = []
    for other in sorted(set(_READ.findall(statements))):
        if other not in known or other in (*above, metric):
            raise UnreadableInput(Fault("metric_reads_no_metric", f"{metric}.sql", {"other": other}))
        behind += [*metrics_behind(other, known, (*above, metric)), other]
    return list(dict.fromkeys(behind))


def _titled(contract: type[Record]) -> tuple[str, tuple[str, str] | None]:
    """What a kind's records are called: the column, and the kind and its key where that column names another record.

    Attendance has no title of its own and goes by that of its session.
    """
    if "title" in contract.model_fields:
        return name("title"), None
    for column, field in contract.model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, Refers) and "title" in RECORDS[mark.kind].model_fields:
                return name(column), (mark.kind, RECORDS[mark.kind].key[0])
    return "NULL", None


class Measures:
    """Staged records, opened for measuring.

    Args:
        engine: an engine of this job alone.
        records: folder with one `<kind>.parquet` for every kind of record.
        attributions: where each department's records go.
    """

    def __init__(self, engine: Engine, records: Path, attributions: Iterable[Attribution]) -> None:
        self._engine = engine
        self._records = records
        self._metrics = known_metrics()
        self._checked: set[str] = set()
        self._period: tuple[date, date] | None = None
        files = {kind: records / f"{kind}.parquet" for kind in RECORDS}
        # Many short questions follow: what is small is read once, what is large as often as it is asked for.
        held = {kind: path.stat().st_size < _READ_ONCE for kind, path in files.items()}
        for kind, path in files.items():
            self._offer(kind, f"SELECT * FROM read_parquet({one_file(path)})", held[kind])
        for path in sorted((METRICS / "views").glob("*.sql")):
            self._offer(path.stem, view_sql(path.stem), all(held.values()))
        engine.run(
            "CREATE OR REPLACE TABLE attribution (recorded_unit VARCHAR, unit_id VARCHAR, share DECIMAL(18, 12))"
        )
        engine.fill("attribution", [(way.recorded_unit, way.unit_id, way.share) for way in attributions])

    def _offer(self, table: str, query: str, held: bool) -> None:
        """Make what a query finds a table of its own, or a view that looks again whenever it is asked."""
        self._engine.run(f"CREATE OR REPLACE {'TEMP TABLE' if held else 'VIEW'} {table} AS {query}")

    def measure(self, metric: str, starts_on: date, ends_on: date) -> list[MetricRow]:
        """What the metric measures for every department that has a candidate record, sorted by department.

        The value is None where every candidate's amount is unknown; a department without candidates is not listed.
        """
        self._set_period(starts_on, ends_on)
        rows = self._engine.rows(
            "SELECT unit_id, SUM(amount), COUNT(*) FILTER (reason IS NULL),"
            " COUNT(*) FILTER (reason IS NOT NULL AND amount IS NOT NULL), COUNT(*) FILTER (amount IS NULL)"
            f" FROM {self._attributed(metric)} GROUP BY unit_id ORDER BY unit_id"
        )
        return [
            MetricRow.model_construct(
                unit_id=unit_id,
                metric=metric,
                value=value,
                records_counted=counted,
                records_not_counted=not_counted,
                records_undecided=undecided,
            )
            for unit_id, value, counted, not_counted, undecided in rows
        ]

    def total(self, metric: str, starts_on: date, ends_on: date) -> tuple[Decimal | None, int]:
        """The whole body's total, departments of former years included, and the number of records counted."""
        self._set_period(starts_on, ends_on)
        ((value, counted),) = self._engine.rows(
            f"SELECT SUM(amount), COUNT(*) FILTER (reason IS NULL) FROM {self._candidates(metric)}"
        )
        return value, counted

    def records(self, metric: str, starts_on: date, ends_on: date) -> tuple[int, int, int]:
        """How many records of all departments count, do not, and are undecided; each once, however many share it.

        A record that counts for any department counts; one that nobody can tell for any other is undecided.
        """
        self._set_period(starts_on, ends_on)
        (found,) = self._engine.rows(
            "SELECT COUNT(*) FILTER (counts), COUNT(*) FILTER (NOT counts AND NOT unknown),"
            " COUNT(*) FILTER (NOT counts AND unknown) FROM (SELECT record_id, BOOL_OR(reason IS NULL) AS counts,"
            f" BOOL_OR(amount IS NULL) AS unknown FROM {self._attributed(metric)} GROUP BY record_id)"
        )
        return found

    def candidates(
        self, metric: str, starts_on: date, ends_on: date
    ) -> list[tuple[str, str, Decimal | None, str | None]]:
        """Every candidate of the whole body: the department it was recorded for, the record, its amount, the reason."""
        self._set_period(starts_on, ends_on)
        return self._engine.rows(
            f"SELECT unit_id, record_id, amount, reason FROM {self._candidates(metric)} ORDER BY ALL"
        )

    def evidence(self, metric: str, unit_id: str, starts_on: date, ends_on: date, origins: Path) -> list[Evidence]:
        """Every candidate record of one department: what it counts, or why it does not, and where it came from.

        Args:
            metric: its name.
            unit_id: the department.
            starts_on: first day of the period.
            ends_on: last day of the period.
            origins: folder that says, line by line beside the records, in which file and row each stood.

        Returns:
            Sorted by record.
        """
        self._set_period(starts_on, ends_on)
        rows = self._engine.rows(self._evidence(metric, origins, "unit_id = ?"), [unit_id])
        return [Evidence(*row[1:]) for row in rows]

    def reasons(self, metric: str, starts_on: date, ends_on: date) -> list[tuple[str, str, int]]:
        """Why records of each department do not count, as (department, reason, records), the commonest reason first."""
        self._set_period(starts_on, ends_on)
        return self._engine.rows(
            f"SELECT unit_id, reason, COUNT(*) FROM {self._attributed(metric)} WHERE reason IS NOT NULL"
            " GROUP BY unit_id, reason ORDER BY unit_id, COUNT(*) DESC, reason"
        )

    def evidence_of_all(self, metric: str, starts_on: date, ends_on: date, origins: Path) -> list[tuple[str, Evidence]]:
        """Every candidate record of every department, as (department, record), sorted by both; see `evidence`."""
        self._set_period(starts_on, ends_on)
        rows = self._engine.rows(self._evidence(metric, origins, "TRUE"))
        return [(row[0], Evidence(*row[1:])) for row in rows]

    def _evidence(self, metric: str, origins: Path, whose: str) -> str:
        """The query of the candidates and where each came from."""
        kinds = record_kinds(self._metrics[metric])
        return (
            f"WITH mine AS (SELECT * FROM {self._attributed(metric)} WHERE {whose}),"
            f" named AS ({' UNION ALL '.join(self._named(kind, origins) for kind in kinds)})"
            " SELECT m.unit_id, m.record_id, m.recorded_unit, m.share, m.amount, m.reason, n.title, n.source, n.row_no,"
            " n.kind, n.day"
            " FROM mine AS m LEFT JOIN named AS n ON m.record_id = n.counted"
            " ORDER BY m.unit_id, m.record_id, m.recorded_unit"
        )

    def _named(self, kind: str, origins: Path) -> str:
        """Kind, key, title, day and received row of the records of one kind that are in `mine`.

        The key is called `counted`: a record may have a column called record_id of its own, as an award does.
        """
        contract = RECORDS[kind]
        title, titled = _titled(contract)
        day = "NULL" if contract.known_by is None else name(contract.known_by)
        key = " || '/' || ".join(f"CAST({name(column)} AS VARCHAR)" for column in contract.key)
        return (
            f"SELECT {text(kind)} AS kind, r.counted, {'r' if titled is None else 't'}.title, r.day, o.source, o.row_no"
            f" FROM (SELECT counted, title, day, line FROM (SELECT {key} AS counted, {title} AS title,"
            f" CAST({day} AS DATE) AS day, file_row_number AS line"
            f" FROM read_parquet({text(str(self._records / kind) + '.parquet')}, file_row_number = true))"
            " WHERE counted IN (SELECT record_id FROM mine)) AS r"
            f"{'' if titled is None else f' LEFT JOIN {titled[0]} AS t ON r.title = t.{name(titled[1])}'}"
            " LEFT JOIN (SELECT source, row_no, file_row_number AS line"
            f" FROM read_parquet({text(str(origins / kind) + '.parquet')}, file_row_number = true)) AS o"
            " ON r.line = o.line"
        )

    def _set_period(self, starts_on: date, ends_on: date) -> None:
        if self._period == (starts_on, ends_on):
            return
        self._period = (starts_on, ends_on)
        self._engine.run(
            "CREATE OR REPLACE TABLE period AS SELECT CAST(? AS DATE) AS starts_on, CAST(? AS DATE) AS ends_on",
            [starts_on, ends_on],
        )

    def _attributed(self, metric: str) -> str:
        """The metric's candidates, each under the department it counts for, with its part."""
        return (
            "(SELECT a.unit_id, c.unit_id AS recorded_unit, c.record_id, a.share, c.amount * a.share AS amount,"
            f" c.reason FROM {self._candidates(metric)} AS c"
            " INNER JOIN attribution AS a ON c.unit_id = a.recorded_unit)"
        )

    def _candidates(self, metric: str) -> str:
        if metric not in self._checked:
            self._offer_metrics_behind(metric)
            self._check_shape(metric)
            self._checked.add(metric)
        sql = self._metrics[metric]
        return f"(SELECT unit_id, record_id, CAST(amount AS DECIMAL(18, 6)) AS amount, reason FROM ({sql}))"

    def _offer_metrics_behind(self, metric: str) -> None:
        for other in metrics_behind(metric, self._metrics):
            self._engine.run(f"CREATE OR REPLACE VIEW metric_{other} AS {self._metrics[other]}")

    def _check_shape(self, metric: str) -> None:
        """A metric must yield its four columns, and an exact amount of at most six decimals: floats are not exact."""
        columns = self._engine.columns(self._metrics[metric])
        kind = columns.get("amount", "")
        scale = int(kind.rstrip(")").rpartition(",")[2]) if kind.startswith("DECIMAL") else 0
        if list(columns) != _COLUMNS or not kind.startswith(_EXACT) or scale > 6:
            found = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            raise UnreadableInput(Fault("metric_has_another_shape", f"{metric}.sql", {"found": found}))

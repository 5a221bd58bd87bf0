"""The tables of a release that some departments may take: their own rows, figures of the whole body, their records.

What names another department is left out: rejected rows, comparisons, orders, and records as they were received.
Instead of those stands what the metrics made of them, record by record, as the dashboard shows it.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Final

from etl.errors import Language
from etl.exports.tables import Table, chosen, tables_of
from etl.insight.chain import read_graph
from etl.insight.decisions import department_names
from etl.insight.evidence import NOTHING_KEPT_BACK, KeptBack, Taker, open_evidence
from etl.insight.reading import Reading
from etl.release.tables import cell_text

RECORDS: Final = "records"
_THEIRS: Final = frozenset({"units", "metrics", "indicators", "contributions", "scores", "ranks"})
_OF_ALL: Final = frozenset({"headlines", "history"})
"""Figures of the whole body, in which no department stands."""
OTHER: Final[dict[Language, str]] = {"ko": "다른 부서", "en": "another department"}
"""What stands where a record of joint work names a department that the file is not for."""
_COLUMNS: Final[dict[str, type]] = {
    "metric": str,
    "unit_id": str,
    "recorded_unit": str,
    "record_id": str,
    "title": str,
    "share": Decimal,
    "amount": Decimal,
    "reason": str,
    "file": str,
    "row": int,
}


@contextmanager
def tables_for(reading: Reading, only: Sequence[str], units: Sequence[str]) -> Iterator[list[Table]]:
    """The tables to be taken out.

    Args:
        reading: the release.
        only: names of the tables wanted; none is all there are.
        units: the departments whose rows are taken; none is every row of every table.

    Raises:
        UsageError: there is no table of such a name to be taken.
    """
    if not units:
        yield tables_of(reading, only)
        return
    with tempfile.TemporaryDirectory(prefix="jipyo-") as folder:
        work = Path(folder)
        found = [one for table in tables_of(reading) if (one := _narrowed(table, units, work))]
        found += [_records(reading, units, work)] if reading.has_records else []
        yield chosen(found, only)


def _narrowed(table: Table, units: Sequence[str], work: Path) -> Table | None:
    """The rows of these departments; the whole table where it is about none; nothing where it names others."""
    if table.name in _OF_ALL:
        return table
    if table.name not in _THEIRS:
        return None
    made = work / f"{table.name}.csv"
    with table.path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    at = head.index("unit_id")
    _write(made, head, (row for row in rows if row[at] in units))
    return Table(table.name, made, table.columns, table.controlled)


def _records(reading: Reading, units: Sequence[str], work: Path) -> Table:
    """Every candidate record of every metric for these departments: what it counts, or why it does not."""
    made = work / f"{RECORDS}.csv"
    with open_evidence(reading) as book:
        takers = book.takers()
        rows = [
            (
                *(
                    metric,
                    unit_id,
                    recorded_for(reading, units, one.recorded_unit),
                    record_for(reading, units, one.record_id, takers),
                    one.title,
                    one.share,
                    one.amount,
                    one.reason,
                ),
                *place,
            )
            for metric in reading.rulebook.metrics
            for unit_id in units
            for one in book.of(metric, unit_id)
            for place in [(book.files.get(one.source or 0), one.row)]
        ]
    _write(made, _COLUMNS, ([cell_text(cell) for cell in row] for row in rows))
    return Table(RECORDS, made, _COLUMNS, "amount")


def recorded_for(reading: Reading, units: Sequence[str], unit_id: str) -> str:
    """The code of the department a record was made for; of joint work, another one is not named.

    Args:
        reading: the release.
        units: the departments whose rows are taken.
        unit_id: in the record; one that is no more is nobody's now, and is named.
    """
    return OTHER["en"] if unit_id in reading.units and unit_id not in units else unit_id


def record_for(
    reading: Reading, units: Sequence[str], record_id: str, takers: Mapping[str, Taker], language: Language = "en"
) -> str:
    """What a record is called: of a case taken over, without the name of another department that took it.

    Args:
        reading: the release.
        units: the departments whose rows are taken; none is every row.
        record_id: as the release has it.
        takers: as the evidence of the release tells them.
        language: of the words for another one.
    """
    taker = takers.get(record_id)
    if taker is None or not units or taker.unit_id in units or taker.unit_id not in reading.units:
        return record_id
    return taker.told(OTHER[language])


def names_for(reading: Reading, units: Sequence[str], language: Language) -> dict[str, str]:
    """Code -> name of every department there ever was, as those who take a file may read it.

    Args:
        reading: a release that has records.
        units: the departments whose rows are taken; none is every row, and then every one is named.
        language: of the words for another one.
    """
    hidden = {unit_id for unit_id in reading.units if units and unit_id not in units}
    return {
        unit_id: OTHER[language] if unit_id in hidden else name for unit_id, name in department_names(reading).items()
    }


def kept_back_from(reading: Reading, units: Sequence[str], language: Language) -> KeptBack:
    """The other departments, and the datasets, analyses and policies that are theirs alone.

    Args:
        reading: a release that has records.
        units: the departments whose rows are taken; none is every row, and then nothing is kept back.
        language: of the words for another one.
    """
    if not units:
        return NOTHING_KEPT_BACK
    others = {("unit", unit_id) for unit_id in reading.units if unit_id not in units}
    theirs = {key for key, record in read_graph(reading).records.items() if record.units.isdisjoint(units)}
    return KeptBack(frozenset(others | theirs), OTHER[language])


def _write(path: Path, head: Iterable[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)

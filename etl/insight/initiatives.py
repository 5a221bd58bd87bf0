"""The digital services and places departments run, with their sites and users year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.insight.reading import Reading
from etl.insight.records import Origin, open_records


@dataclass(frozen=True, slots=True)
class InitiativeYear:
    """Sites at the end of a year and users in it; None where nobody reported them."""

    year: int
    sites: int | None
    users: int | None


@dataclass(frozen=True, slots=True)
class Initiative:
    """One initiative.

    Attributes:
        unit_id: in whose name it was recorded.
        units: the department and whoever took it over after a reorganisation.
        lacks: why it does not count, as a code of `etl.insight.reasons`; None where it does.
        years: by year, up to the one evaluated; years without a figure are left out.
    """

    initiative_id: str
    title: str
    service: str
    unit_id: str
    units: frozenset[str]
    started_on: date
    ended_on: date | None
    document_no: str | None
    lacks: str | None
    years: tuple[InitiativeYear, ...]
    origin: Origin


_INITIATIVES: Final = """
SELECT r.initiative_id, r.title, r.service, r.unit_id, r.started_on, r.ended_on, r.document_no,
    CASE
        WHEN r.started_on > $ends_on THEN 'outside_period'
        WHEN r.ended_on <= $ends_on THEN 'ended'
        WHEN d.decision = 'refused' THEN 'refused'
    END,
    o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
LEFT JOIN latest_decisions AS d ON d.record_kind = 'initiatives' AND d.record_id = r.initiative_id
ORDER BY r.initiative_id
"""

_FIGURES: Final = "SELECT initiative_id, year, sites, users FROM initiative_figures ORDER BY initiative_id, year"


def initiatives(reading: Reading) -> list[Initiative]:
    """Every initiative of a release that has records, by number; figures of later years are not told."""
    evaluation = reading.rulebook.evaluation
    with open_records(reading) as sealed:
        heirs: defaultdict[str, set[str]] = defaultdict(set)
        for recorded, unit_id in sealed.rows("SELECT recorded_unit, unit_id FROM attribution"):
            heirs[recorded].add(unit_id)
        years: defaultdict[str, list[InitiativeYear]] = defaultdict(list)
        for initiative_id, year, sites, users in sealed.rows(_FIGURES):
            if year <= evaluation.records_year:
                years[initiative_id].append(InitiativeYear(year, sites, users))
        rows = sealed.of("initiatives", _INITIATIVES, ends_on=evaluation.period.end)
    return [
        Initiative(number, title, service, unit_id, frozenset({unit_id, *heirs[unit_id]}), started_on, ended_on,
                   document_no, lacks, tuple(years[number]), origin)
        for number, title, service, unit_id, started_on, ended_on, document_no, lacks, origin in rows
    ]  # fmt: skip


def totals_by_year(found: Iterable[Initiative]) -> list[InitiativeYear]:
    """Sites and users of several initiatives together, by year, of those that were not refused.

    Users are those that were reported; None where no initiative of the year reported any.
    """
    by_year: defaultdict[int, list[InitiativeYear]] = defaultdict(list)
    for initiative in found:
        for figure in initiative.years:
            if initiative.lacks != "refused":
                by_year[figure.year].append(figure)
    return [
        InitiativeYear(year, _sum(one.sites for one in figures), _sum(one.users for one in figures))
        for year, figures in sorted(by_year.items())
    ]


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None

"""The page of digital initiatives: each with its sites and users by year, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.department import origin_text
from dashboard.frames.overview import TrendFrame
from dashboard.frames.source import Source
from dashboard.markup import Fact
from etl.insight.headlines import TrendPoint
from etl.insight.initiatives import Initiative, InitiativeYear, totals_by_year
from etl.insight.reasons import record_reason
from etl.shown import NOTHING, number


@dataclass(frozen=True, slots=True)
class YearRow:
    """Sites and users of one year, as text."""

    year: str
    sites: str
    users: str


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """One initiative as text.

    Attributes:
        span: from when until when it runs.
        standing: that it runs, or why it does not count.
        latest: sites and users of the latest year known.
        sites: by year, to be drawn; users likewise.
    """

    initiative_id: str
    title: str
    service: str
    unit: str
    span: str
    document_no: str
    standing: str
    origin: str
    latest: YearRow
    years: tuple[YearRow, ...]
    sites: TrendFrame
    users: TrendFrame


def in_scope(source: Source, found: Sequence[Initiative], unit_id: str | None) -> list[Initiative]:
    """The initiatives the reader may see, of one department or of all."""
    return [
        one
        for one in found
        if any(map(source.scope.may_see_records, one.units)) and (unit_id is None or unit_id in one.units)
    ]


def initiative_rows(source: Source, found: Sequence[Initiative], names: Mapping[str, str]) -> list[InitiativeRow]:
    """Initiatives in words, in the given order.

    Args:
        source: the release.
        found: those the reader may see.
        names: code -> name of every department, former ones included.
    """
    return [_row(source, one, names) for one in found]


def _row(source: Source, one: Initiative, names: Mapping[str, str]) -> InitiativeRow:
    words = source.words
    years = tuple(_year_row(year) for year in one.years)
    ended = words.day(one.ended_on) if one.ended_on else ""
    # The papers of what a former department recorded belong to its successors.
    theirs = source.scope.may_see_records(one.unit_id) or one.unit_id not in source.reading.units
    return InitiativeRow(
        initiative_id=one.initiative_id,
        title=one.title,
        service=one.service,
        unit=source.named(one.unit_id, names),
        span=words("initiatives.span", start=words.day(one.started_on), end=ended).strip(),
        document_no=(one.document_no if theirs else None) or NOTHING,
        standing=words("initiatives.runs") if one.lacks is None else record_reason(one.lacks, words.language),
        origin=origin_text(source, one.origin.file if theirs else None, one.origin.row),
        latest=years[-1] if years else YearRow(NOTHING, NOTHING, NOTHING),
        years=years,
        sites=_trend(source, one, "sites", [(year.year, year.sites) for year in one.years]),
        users=_trend(source, one, "users", [(year.year, year.users) for year in one.years]),
    )


def _year_row(year: InitiativeYear) -> YearRow:
    return YearRow(str(year.year), number(year.sites), number(year.users))


def _trend(source: Source, one: Initiative, what: str, known: Sequence[tuple[int, int | None]]) -> TrendFrame:
    words = source.words
    name = words("initiatives.of", title=one.title, what=words(f"initiatives.{what}"))
    points = tuple(TrendPoint(year, None if value is None else Decimal(value), None) for year, value in known)
    said = [(year, value) for year, value in known if value is not None]
    if not said:
        return TrendFrame(name, "", points, words("initiatives.trend.none", name=name))
    (first_year, first), (last_year, last) = said[0], said[-1]
    if len(said) == 1:
        one_year = words("initiatives.trend.one", name=name, year=last_year, value=number(last))
        return TrendFrame(name, "", points, one_year)
    facts = {"first_year": first_year, "first": number(first), "last_year": last_year, "last": number(last)}
    return TrendFrame(name, "", points, words("initiatives.trend", name=name, **facts))


def initiative_facts(source: Source, found: Sequence[Initiative]) -> list[Fact]:
    """How many initiatives run, and what they come to in the year evaluated."""
    words, year = source.words, source.records_year
    running = [one for one in found if one.lacks is None]
    (this,) = [one for one in totals_by_year(running) if one.year == year] or [InitiativeYear(year, None, None)]
    uncounted = sum(one.lacks is None and _users_of(one, year) is None for one in found)
    return [
        Fact(
            words("initiatives.running"),
            number(len(running)),
            words("initiatives.of_all", all=number(len(found))),
            "initiatives_running",
        ),
        Fact(words("initiatives.sites"), number(this.sites), words("initiatives.sites.beside", year=year), "sites"),
        Fact(
            words("initiatives.users"),
            number(this.users),
            words("initiatives.users.uncounted", count=number(uncounted))
            if uncounted
            else words("initiatives.users.beside", year=year),
            "users",
        ),
    ]


def _users_of(one: Initiative, year: int) -> int | None:
    return next((figure.users for figure in one.years if figure.year == year), None)

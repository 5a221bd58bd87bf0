"""The figures of the overview: headlines with their trends, departments that need help, peer groups, movers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from dashboard.frames.source import Source
from etl.insight.headlines import HeadlineStanding, TrendPoint, headline_standings, headline_trend
from etl.insight.prospects import ToHelp, to_help
from etl.insight.standing import (
    SMALL_GROUP,
    GroupStanding,
    UnitChange,
    directions,
    group_ids,
    has_scores,
    movers,
    same_rules,
)
from etl.scoring.rulebook_parts import Headline
from etl.scoring.rulebook_terms import EVERYBODY
from etl.shown import NOTHING, number, percent, signed

MOVERS_SHOWN = 5
BEHIND_SHOWN = 5


@dataclass(frozen=True, slots=True)
class HeadlineCard:
    """One headline figure as text.

    Attributes:
        metric: that it counts.
        indicator: the first that counts the same metric; None where none does.
        ratio: the value in percent of a whole, rounded to whole percents; `ratio_exact` has the published digits.
        attainment: in percent of the target, likewise.
    """

    name: str
    metric: str
    indicator: str | None
    value: str
    unit: str
    exact: Decimal | None
    target: str
    reached: bool | None
    attainment: str
    attainment_exact: Decimal | None
    change: str
    ratio: str
    ratio_exact: Decimal | None
    trend: TrendFrame


@dataclass(frozen=True, slots=True)
class TrendFrame:
    """A headline year by year."""

    name: str
    unit: str
    points: tuple[TrendPoint, ...]
    summary: str


def headline_cards(source: Source) -> list[HeadlineCard]:
    """The figures of the whole body, in the rulebook's order."""
    return [_card(source, standing) for standing in headline_standings(source.reading, source.before)]


def _card(source: Source, standing: HeadlineStanding) -> HeadlineCard:
    words, headline, row = source.words, standing.headline, standing.row
    unit = words.unit(headline.unit, headline.metric)
    return HeadlineCard(
        name=words.of(headline.name),
        metric=headline.metric,
        indicator=next((one.id for one in source.indicators.values() if one.numerator == headline.metric), None),
        value=number(row.value),
        unit=unit,
        exact=row.value,
        target="" if row.target is None else words("overview.target", target=words.amount(number(row.target), unit)),
        reached=standing.reached,
        attainment=""
        if row.attainment_pct is None
        else words("overview.attainment", attainment=percent(row.attainment_pct)),
        attainment_exact=row.attainment_pct,
        change=words("overview.no_change")
        if standing.change is None
        else words(
            "overview.change", before=words.amount(number(standing.before), unit), change=signed(standing.change)
        ),
        ratio=""
        if row.ratio_pct is None or headline.ratio_to is None
        else words("overview.ratio", whole=words.metric_within(headline.ratio_to), ratio=percent(row.ratio_pct)),
        ratio_exact=row.ratio_pct,
        trend=_trend(source, headline, unit),
    )


def _trend(source: Source, headline: Headline, unit: str) -> TrendFrame:
    words = source.words
    points = tuple(headline_trend(source.reading, source.earlier, headline))
    known = [point for point in points if point.value is not None]
    name = words.of(headline.name)
    if not known:
        return TrendFrame(name, unit, points, words("overview.trend.none"))
    first, last = known[0], known[-1]
    summary = words(
        "overview.trend.alt",
        name=name,
        first_year=first.year,
        first=words.amount(number(first.value), unit),
        last_year=last.year,
        last=words.amount(number(last.value), unit),
    )
    return TrendFrame(name, unit, points, summary)


# Departments that need help ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BehindRow:
    """A department far behind its peer group's median, with the indicator at which it is furthest behind.

    Attributes:
        gap: of its score to the median: below zero, or above where the lowest score is the best.
    """

    unit_id: str
    name: str
    group: str
    score: Decimal | None
    gap: Decimal
    gap_text: str
    indicator: str | None
    indicator_name: str
    indicator_gap: Decimal | None
    indicator_gap_text: str


def behind_rows(source: Source) -> list[BehindRow]:
    """The departments furthest behind their group's median; none where they may not be named."""
    if not source.compares_units:
        return []
    medians = {group: source.standing(group).median for group in group_ids(source.reading)}
    middle = {group: median for group, median in medians.items() if median is not None}
    return [_behind(source, one) for one in to_help(source.reading, middle, source.medians, BEHIND_SHOWN)]


def _behind(source: Source, one: ToHelp) -> BehindRow:
    worst = one.shortfalls[0] if one.shortfalls else None
    # Worse by so much: above where the lowest score is the best, else below; every digit of it.
    told = Decimal.copy_abs if source.reading.rulebook.lower_leads else Decimal.copy_negate
    gap, missing = told(one.gap), told(worst.gap) if worst else None
    return BehindRow(
        unit_id=one.unit_id,
        name=source.units[one.unit_id],
        group=source.group_name(one.unit_id),
        score=source.reading.scores[one.unit_id].score,
        gap=gap,
        gap_text=source.score_change(gap),
        indicator=worst.part.node if worst else None,
        indicator_name=source.nodes[worst.part.node] if worst else NOTHING,
        indicator_gap=missing,
        indicator_gap_text="" if missing is None else source.points(missing),
    )


# Peer groups ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScoreDot:
    """One department's score; one that is not in scope has no name, no code and a rounded score."""

    score: Decimal
    name: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class DrawnDot:
    """A dot of the picture: a department, or in a large group all that lie too close to be told apart.

    Attributes:
        score: of the department, or the best of them.
        lowest: of them.
        dots: the departments, best first.
    """

    score: Decimal
    lowest: Decimal
    dots: tuple[ScoreDot, ...]


MANY: Final = 200
"""Departments of a group, from which on those of about the same score share a dot."""
_CLOSE: Final = Decimal("0.5")


def drawn_dots(dots: Sequence[ScoreDot]) -> list[DrawnDot]:
    """The dots of a peer group as they are drawn, best first."""
    if len(dots) < MANY:
        return [DrawnDot(dot.score, dot.score, (dot,)) for dot in dots]
    close = [tuple(own) for _, own in groupby(dots, key=lambda dot: dot.score // _CLOSE)]
    return [DrawnDot(own[0].score, min(dot.score for dot in own), own) for own in close]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One peer group.

    Attributes:
        label: its name with the number of its departments, and that they are few where they are.
        dots: best first; departments that are not in scope are left out where the group is too small to hide them.
    """

    name: str
    label: str
    units: int
    median: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None
    leaders: tuple[str, ...]
    leader_ids: tuple[str, ...]
    dots: tuple[ScoreDot, ...]


def group_rows(source: Source) -> list[GroupRow]:
    """Every peer group that has ranked departments, in the rulebook's order."""
    standings = (source.standing(group) for group in group_ids(source.reading))
    return [_group_row(source, standing) for standing in standings if standing.units]


def _group_row(source: Source, standing: GroupStanding) -> GroupRow:
    reading = source.reading
    scores = {
        row.unit_id: score
        for row in sorted(reading.ranks.values(), key=lambda row: (row.group_rank, row.unit_id))
        if row.peer_group == standing.peer_group and (score := reading.scores[row.unit_id].score) is not None
    }
    seen = ((unit_id, score) for unit_id, score in scores.items() if source.scope.may_see(unit_id))
    dots = [ScoreDot(score, reading.units[unit_id].name, unit_id) for unit_id, score in seen]
    dots += [ScoreDot(score, "", "") for score in source.unnamed(scores)]
    name = source.groups[standing.peer_group or EVERYBODY]
    return GroupRow(
        name=name,
        label=group_label(source, name, standing.units),
        units=standing.units,
        median=standing.median,
        highest=standing.highest,
        lowest=standing.lowest,
        leaders=tuple(reading.units[unit_id].name for unit_id in standing.leaders),
        leader_ids=standing.leaders,
        # Stable: departments of one score stay in the order of their places.
        dots=tuple(sorted(dots, key=lambda dot: dot.score if reading.rulebook.lower_leads else -dot.score)),
    )


def group_label(source: Source, name: str, units: int) -> str:
    """A peer group with the number of departments behind its figures."""
    return source.words("group.few" if units < SMALL_GROUP else "group.count", group=name, units=units)


def groups_summary(source: Source, rows: Sequence[GroupRow]) -> str:
    """A sentence or two beside the chart of peer groups."""
    words, known = source.words, [(row.median, row.name) for row in rows if row.median is not None]
    if rows and not has_scores(source.reading):
        return words("overview.groups.unscored")
    if not known:
        return words("overview.movers.later" if rows else "overview.groups.none")
    said = words("overview.groups.one", median=source.score(known[0][0]))
    if len(known) > 1 and len({median for median, _ in known}) == 1:
        said = words("overview.groups.equal", median=source.score(known[0][0]))
    elif len(known) > 1:
        highest, lowest = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
        said = words(
            "overview.groups.summary",
            highest=highest[1],
            highest_median=source.score(highest[0]),
            lowest=lowest[1],
            lowest_median=source.score(lowest[0]),
        )
    shared = any(len(row.dots) >= MANY for row in rows)
    return f"{said} {words('overview.groups.many', many=MANY)}" if shared else said


# Movers --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MoverRow:
    """One department that moved."""

    unit_id: str
    name: str
    group: str
    before: Decimal
    now: Decimal
    change: Decimal
    ranks: str


@dataclass(frozen=True, slots=True)
class Movers:
    """Those that gained most, then those that lost most, and what to know about the comparison."""

    rows: tuple[MoverRow, ...]
    before_year: int
    year: int
    summary: str
    caution: str


def movers_frame(source: Source) -> Movers | None:
    """The biggest movers against last year's release; None where there is none to compare with."""
    if source.before is None:
        return None
    if not source.compares_units:
        return Movers((), source.before_year, source.year, source.words("overview.movers.later"), "")
    risen, fallen = movers(source.changes.values(), MOVERS_SHOWN)
    rows = tuple(_mover(source, change) for change in [*risen, *reversed(fallen)])
    gained, lost = directions(source.changes.values())
    words, before_year = source.words, source.before_year
    summary = words(
        "overview.movers.summary",
        year=source.year,
        before=before_year,
        units=len(source.changes),
        risen=gained,
        fallen=lost,
    )
    caution = "" if same_rules(source.reading, source.before) else words("overview.movers.rules")
    summary = summary if rows else words("overview.movers.nobody")
    return Movers(rows, before_year, source.year, f"{summary} {source.skipped}".rstrip(), caution)


def _mover(source: Source, change: UnitChange) -> MoverRow:
    ranks = number(None)
    if change.places is not None:
        places = [source.words("ranking.place", rank=rank) for rank in (change.group_rank_before, change.group_rank)]
        ranks = " → ".join(places)
    return MoverRow(
        unit_id=change.unit_id,
        name=source.units[change.unit_id],
        group=source.group_name(change.unit_id),
        before=change.score_before,
        now=change.score,
        change=change.score_change,
        ranks=ranks,
    )

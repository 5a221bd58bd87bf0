"""The ranking: every department in its place, those without a rank at the end with the reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from dashboard.frames.source import Source
from etl.contracts.published import RankRow, ScoreRow
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import adds_up, group_of, score_parts, ties_are_of_scores
from etl.insight.years import unit_years
from etl.scoring.decimals import HUNDRED, ZERO

Order = Literal["rank", "change", "unit"]
ORDERS: Final[tuple[Order, ...]] = ("rank", "change", "unit")
"""What the table may be in the order of, the usual one first."""

# Which departments ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """Which ranked departments a reader asks for.

    Attributes:
        group: peer group; None is all of them.
        find: text that the name holds, whatever the case of its letters.
        order: by place, by points gained since last year, or by name.
    """

    group: str | None = None
    find: str = ""
    order: Order = "rank"


def listed_units(source: Source, listing: Listing) -> list[str]:
    """The codes of the ranked departments in scope that are asked for, in the order asked for."""
    sought = listing.find.casefold()
    ranked = [
        row
        for row in source.reading.ranks.values()
        if source.scope.may_see(row.unit_id)
        and listing.group in (None, row.peer_group)
        and sought in source.units[row.unit_id].casefold()
    ]
    ordered = sorted(ranked, key=lambda row: (row.rank, row.unit_id))
    if listing.order == "change":
        ordered.sort(key=lambda row: _gain_first(source, row.unit_id))
    elif listing.order == "unit":
        ordered.sort(key=lambda row: source.units[row.unit_id])
    return [row.unit_id for row in ordered]


def _gain_first(source: Source, unit_id: str) -> tuple[bool, Decimal]:
    """The most points gained first, those without a score of last year last."""
    change = source.changes.get(unit_id)
    return (True, ZERO) if change is None else (False, -change.score_change)


# The table ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AreaPoints:
    """What one area of the score gave a department.

    Attributes:
        earned: points; None where the area does not apply or has no value.
        share_pct: of the highest score there can be, for the length of its stretch of the bar.
    """

    earned: Decimal | None
    text: str
    share_pct: Decimal


@dataclass(frozen=True, slots=True)
class YearScore:
    """A department's score in one year, for a column of the height of its share of the highest score there can be."""

    year: int
    text: str
    share_pct: Decimal


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One ranked department.

    Attributes:
        rank: overall place in words (공동 3위).
        group_rank: place in the peer group in words.
        grade: with its name.
        grade_note: the grade before a veto; empty where there was none.
        note: how a tie was broken; empty where there was none.
        flags: what was not measured and what does not apply, in words.
        share_pct: the score in percent of the highest score there can be, for a bar; None where there is no such.
        areas: in the order of `area_names`; empty where a score is no sum of its areas.
        years: of the published years and this one, the earliest first; empty where there is this one alone.
    """

    unit_id: str
    name: str
    group: str
    rank: str
    group_rank: str
    score: Decimal | None
    score_text: str
    share_pct: Decimal | None
    grade: str
    grade_note: str
    change: Decimal | None
    is_new: bool
    bonus: Decimal
    penalty: Decimal
    note: str
    flags: tuple[str, ...]
    areas: tuple[AreaPoints, ...]
    years: tuple[YearScore, ...]


def area_names(source: Source) -> list[str]:
    """What the stretches of a score's bar are called; none where a score is no sum of points out of one hundred."""
    rulebook = source.reading.rulebook
    if not _out_of_a_hundred(source) or not adds_up(rulebook):
        return []
    return [source.nodes[part.id] for part in rulebook.parts[None]]


def ranking_rows(
    source: Source, unit_ids: Sequence[str], made: dict[str, RankingRow] | None = None
) -> list[RankingRow]:
    """The rows of some ranked departments, in the order they are named.

    Args:
        source: whose ranking it is.
        unit_ids: the departments.
        made: rows of the same source that were made before; new ones join them.
    """
    rows = {} if made is None else made
    new = [unit_id for unit_id in unit_ids if unit_id not in rows]
    if new:
        with_areas, said_above = bool(area_names(source)), missing_everywhere(source)
        rows.update((unit_id, _row(source, source.reading.ranks[unit_id], with_areas, said_above)) for unit_id in new)
    return [rows[unit_id] for unit_id in unit_ids]


def missing_everywhere(source: Source) -> frozenset[str]:
    """The indicators of which no ranked department in scope has a value; of a single one nothing is said of all."""
    units = [unit_id for unit_id in source.reading.ranks if unit_id in source.units]
    if len(units) < 2:
        return frozenset()
    states = source.reading.indicators
    return frozenset(name for name in source.indicators if all(states[unit, name].state == "missing" for unit in units))


def _row(source: Source, rank: RankRow, with_areas: bool, said_above: Collection[str]) -> RankingRow:
    words, score = source.words, source.reading.scores[rank.unit_id]
    change = source.changes.get(rank.unit_id)
    note = "" if rank.tie_broken_by is None else words("ranking.tie_broken", node=source.nodes[rank.tie_broken_by])
    return RankingRow(
        unit_id=rank.unit_id,
        name=source.units[rank.unit_id],
        group=source.group_name(rank.unit_id),
        rank=place(source, rank.rank, shared=rank.tied_with > 0),
        group_rank=place(source, rank.group_rank, shared=source.group_ties[rank.unit_id] > 0),
        score=score.score,
        score_text=source.score(score.score),
        share_pct=_share(source, score),
        grade=source.grade_name(rank.grade),
        grade_note=grade_note(source, rank),
        change=change.score_change if change else None,
        is_new=source.before is not None and change is None,
        bonus=score.bonus,
        penalty=score.penalty,
        note=note,
        flags=flags(source, rank.unit_id, said_above),
        areas=_areas(source, rank.unit_id) if with_areas else (),
        years=_years(source, rank.unit_id),
    )


def _areas(source: Source, unit_id: str) -> tuple[AreaPoints, ...]:
    return tuple(
        AreaPoints(part.earned, source.points(part.earned), part.earned or ZERO)
        for part in score_parts(source.reading, unit_id)
        if part.parent is None
    )


def _years(source: Source, unit_id: str) -> tuple[YearScore, ...]:
    if not source.earlier or not _out_of_a_hundred(source):
        return ()
    known = unit_years(source.reading, source.earlier, unit_id)
    return tuple(YearScore(one.year, source.score(one.score), one.score) for one in known if one.score is not None)


def areas_text(source: Source, row: RankingRow) -> str:
    """What a department's stacked bar says in words."""
    return ", ".join(f"{name} {area.text}" for name, area in zip(area_names(source), row.areas, strict=True))


def years_text(source: Source, row: RankingRow) -> str:
    """What a department's columns of years say in words."""
    return ", ".join(source.words("ranking.year", year=one.year, score=one.text) for one in row.years)


def flags(source: Source, unit_id: str, said_above: Collection[str]) -> tuple[str, ...]:
    """The indicators that have no value and those that do not apply, each kind in a few words."""
    apart = (name for name in source.indicators if name not in said_above)
    rows = [(name, source.reading.indicators[unit_id, name].state) for name in apart]
    found = {state: [source.nodes[name] for name, at in rows if at == state] for state in ("missing", "not_applicable")}
    return tuple(
        source.words(f"ranking.flag.{state}", indicators=source.list_of(names, most=2))
        for state, names in found.items()
        if names
    )


def place(source: Source, rank: int, *, shared: bool) -> str:
    """A place in words."""
    return source.words("ranking.place_shared" if shared else "ranking.place", rank=rank)


def grade_note(source: Source, rank: RankRow) -> str:
    """The grade before a veto; empty where there was none."""
    if rank.grade == rank.grade_before_veto:
        return ""
    return source.words("ranking.grade_limited", before=source.grade_name(rank.grade_before_veto))


def _share(source: Source, score: ScoreRow) -> Decimal | None:
    """A bar needs an end: the total of a sum of points that is out of one hundred is its own percentage."""
    return score.score if _out_of_a_hundred(source) else None


def _out_of_a_hundred(source: Source) -> bool:
    return source.reading.rulebook.score.total == HUNDRED


# Those without a rank -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnrankedRow:
    """One department without a rank, and why."""

    unit_id: str
    name: str
    group: str
    score_text: str
    why: str


def unranked_rows(source: Source, group: str | None) -> list[UnrankedRow]:
    """The departments in scope that are listed without a rank, by peer group and name."""
    reading = source.reading
    return [
        UnrankedRow(
            unit_id=unit_id,
            name=name,
            group=source.group_name(unit_id),
            score_text=source.score(row.score),
            why=not_ranked_because(row.not_ranked_because, reading.rulebook, source.words.language),
        )
        for unit_id, name in source.units.items()
        if (row := reading.scores[unit_id]).not_ranked_because and group in (None, group_of(reading, unit_id))
    ]


def ranking_sentences(source: Source, group: str | None) -> list[str]:
    """What there is to say above the table."""
    words, reading = source.words, source.reading
    standing = source.standing(group)
    name = words("group.everybody") if group is None else source.groups[group]
    if not standing.units:
        return [words("ranking.summary.none", group=name)]
    if standing.median is None:
        why = "small" if source.keeps_median(group) else "unscored"
        sentences = [words(f"ranking.summary.{why}", group=name, units=standing.units)]
    else:
        sentences = [words("ranking.summary", group=name, units=standing.units, median=source.score(standing.median))]
    if not source.compares_units:
        sentences.append(words("ranking.later"))
    if standing.shared:
        key = "ranking.summary.ties" if ties_are_of_scores(reading, group) else "ranking.summary.ties.unscored"
        sentences.append(words(key, units=standing.shared))
    if reading.rulebook.bonus or reading.rulebook.penalty:
        sentences.append(words("ranking.rules"))
    nowhere = missing_everywhere(source)
    if nowhere:
        names = [name for known, name in source.nodes.items() if known in nowhere]
        sentences.append(words("ranking.missing_everywhere", indicators=source.list_of(names, most=len(names))))
    if reading.rulebook.outranks:
        sentences.append(words("ranking.by_outranking"))
    if reading.rulebook.lower_leads:
        sentences.append(words("ranking.lowest"))
    return sentences

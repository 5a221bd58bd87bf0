"""The ranking: every department in its place, those without a rank at the end with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.source import Source
from etl.contracts.published import RankRow, ScoreRow
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import group_of


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One ranked department.

    Attributes:
        rank: overall place in words (공동 3위).
        group_rank: place in the peer group in words.
        grade: with its name.
        grade_note: the grade before a veto; empty where there was none.
        note: how a tie was broken; empty where there was none.
        share_pct: the score in percent of the highest score there can be, for a bar; None where there is no such.
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


@dataclass(frozen=True, slots=True)
class UnrankedRow:
    """One department without a rank, and why."""

    unit_id: str
    name: str
    group: str
    score_text: str
    why: str


def ranking_rows(source: Source, group: str | None) -> list[RankingRow]:
    """The ranked departments in scope, of one peer group or of all, the first place first."""
    ranked = [
        row
        for row in source.reading.ranks.values()
        if source.scope.may_see(row.unit_id) and group in (None, row.peer_group)
    ]
    ordered = sorted(ranked, key=lambda row: (row.rank, row.unit_id))
    return [_row(source, row, source.reading.scores[row.unit_id]) for row in ordered]


def _row(source: Source, rank: RankRow, score: ScoreRow) -> RankingRow:
    words = source.words
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
        share_pct=_share(source, score.score),
        grade=source.grade_name(rank.grade),
        grade_note=grade_note(source, rank),
        change=change.score_change if change else None,
        is_new=source.before is not None and change is None,
        bonus=score.bonus,
        penalty=score.penalty,
        note=note,
    )


def place(source: Source, rank: int, *, shared: bool) -> str:
    """A place in words."""
    return source.words("ranking.place_shared" if shared else "ranking.place", rank=rank)


def grade_note(source: Source, rank: RankRow) -> str:
    """The grade before a veto; empty where there was none."""
    if rank.grade == rank.grade_before_veto:
        return ""
    return source.words("ranking.grade_limited", before=source.grade_name(rank.grade_before_veto))


def _share(source: Source, score: Decimal | None) -> Decimal | None:
    """A bar needs an end: the total of a sum of points that is out of one hundred is its own percentage."""
    return score if score is not None and source.reading.rulebook.score.total == Decimal(100) else None


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
        sentences = [words("ranking.summary.small", group=name, units=standing.units)]
    else:
        sentences = [words("ranking.summary", group=name, units=standing.units, median=source.score(standing.median))]
    if not source.compares_units:
        sentences.append(words("ranking.later"))
    if standing.shared:
        sentences.append(words("ranking.summary.ties", units=standing.shared))
    if reading.rulebook.bonus or reading.rulebook.penalty:
        sentences.append(words("ranking.rules"))
    if reading.rulebook.outranks:
        sentences.append(words("ranking.by_outranking"))
    return sentences

"""The published ranks: every ranked unit's place, overall and in its peer group, and its grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.contracts.published import RankRow, ScoreRow
from etl.scoring.decimals import ZERO, kept
from etl.scoring.grades import after_veto, best_first, grade_units
from etl.scoring.inputs import Unit
from etl.scoring.ledger import Balance
from etl.scoring.measure import Measured
from etl.scoring.outranking import Outranking
from etl.scoring.ranking import Contender, Place, by_peer_group, rank_units
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_grades import TieBreaker
from etl.scoring.tree import Climb


def rank_rows(
    rulebook: Rulebook,
    units: Sequence[Unit],
    scores: Sequence[ScoreRow],
    climbs: Mapping[str, Climb],
    measured: Mapping[str, Mapping[str, Measured]],
    ledger: Mapping[str, Balance],
    outranking: Outranking | None,
) -> list[RankRow]:
    """One row for every ranked unit, sorted by unit."""
    by_unit = {row.unit_id: row for row in scores if row.ranked}
    contenders = [
        Contender(
            unit_id=unit.unit_id,
            peer_group=rulebook.group_of(unit.peer_group),
            worth=_worth(rulebook, by_unit[unit.unit_id], outranking),
            deciders=tuple(_decider(rulebook, link, unit.unit_id, climbs, measured) for link in rulebook.ranking.ties),
        )
        for unit in units
        if unit.unit_id in by_unit
    ]
    overall = rank_units(contenders)
    in_group: dict[str, Place] = {}
    group_size: dict[str, int] = {}
    for group, members in by_peer_group(contenders).items():
        in_group |= rank_units(members)
        group_size[group] = len(members)
    before_veto = _grades(rulebook, contenders, overall, by_unit)
    return [
        RankRow(
            unit_id=contender.unit_id,
            peer_group=contender.peer_group,
            rank=overall[contender.unit_id].rank,
            ranked_units=len(contenders),
            group_rank=in_group[contender.unit_id].rank,
            group_units=group_size[contender.peer_group],
            tied_with=overall[contender.unit_id].tied_with,
            tie_broken_by=_decided_by(rulebook, overall[contender.unit_id]),
            grade=_grade_after_veto(rulebook, before_veto.get(contender.unit_id), ledger.get(contender.unit_id)),
            grade_before_veto=before_veto.get(contender.unit_id),
        )
        for contender in sorted(contenders, key=lambda contender: contender.unit_id)
    ]


def _worth(rulebook: Rulebook, row: ScoreRow, outranking: Outranking | None) -> Decimal:
    if outranking is not None:
        return Decimal(-outranking.best_place[row.unit_id])
    basis = row.score if rulebook.ranking.basis == "rounded" else row.total
    worth = ZERO if basis is None else basis
    return worth if rulebook.ranking.best == "highest" else -worth


def _decider(
    rulebook: Rulebook,
    link: TieBreaker,
    unit_id: str,
    climbs: Mapping[str, Climb],
    measured: Mapping[str, Mapping[str, Measured]],
) -> Decimal | None:
    """What one link of the chain compares, turned so that more is better."""
    if link.by == "value":
        value = measured[link.node][unit_id].value
        better = next(indicator.better for indicator in rulebook.indicators if indicator.id == link.node)
        return -value if value is not None and better == "lower" else value
    points = climbs[unit_id].points[link.node]
    return -points if points is not None and rulebook.ranking.best == "lowest" else points


def _decided_by(rulebook: Rulebook, place: Place) -> str | None:
    return None if place.decided_by is None else rulebook.ranking.ties[place.decided_by].node


def _grades(
    rulebook: Rulebook, contenders: Sequence[Contender], overall: Mapping[str, Place], rows: Mapping[str, ScoreRow]
) -> dict[str, str]:
    if rulebook.grades is None:
        return {}
    rounded_basis = rulebook.grades.basis == "rounded"
    scores = {unit_id: row.score if rounded_basis else row.total for unit_id, row in rows.items()}
    known = {unit_id: kept(value) for unit_id, value in scores.items() if value is not None}
    return grade_units(rulebook.grades, contenders, overall, known)


def _grade_after_veto(rulebook: Rulebook, grade: str | None, balance: Balance | None) -> str | None:
    if rulebook.grades is None or grade is None or balance is None or not balance.highest_grades:
        return grade
    names = best_first(rulebook.grades, highest_is_best=rulebook.ranking.best == "highest")
    return after_veto(grade, balance.highest_grades, names)

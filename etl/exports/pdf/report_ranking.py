"""The ranking by peer group, and who moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from etl.contracts.published import UnitRow
from etl.exports.pdf.blocks import Block, Cell, Column, columns_of, heading, note, points, strip, table
from etl.exports.pdf.strip import group_strip
from etl.exports.pdf.told import Told
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import (
    GroupStanding,
    UnitChange,
    directions,
    group_of,
    movers,
    same_rules,
    score_parts,
    ties_are_of_scores,
)
from etl.shown import NOTHING

_AREAS_THAT_FIT: Final = 7
_AREA_WIDTH: Final = 12.0
"""Millimetres for an area's points; its heading may need more."""
_WIDEST_AREA: Final = 19.0
_LETTER: Final = 1.85
"""Millimetres a Latin letter of a heading takes, its part of the column's inset included."""
_MOVERS: Final = 8
_LIMITED: Final = "*"
"""Stands behind a grade that a rule limited."""


# Ranking -------------------------------------------------------------------------------------------------------------


def ranking_blocks(told: Told) -> Iterator[Block]:
    """The groups side by side, then each with its dots and its table, then the departments without a place."""
    yield points(_ranking_points(told))
    yield _groups_table(told)
    for group, standing in told.standings.items():
        ranked = [unit for unit in told.results.units if _is_ranked(told, unit, group)]
        if not ranked:
            continue
        yield heading(told.say("ranking.of_group", group=told.group_name(group), units=standing.units))
        yield strip(group_strip(told, group))
        yield _ranking_table(told, ranked)
        yield from _limited(told, ranked)
    yield from _unranked(told)


def _is_ranked(told: Told, unit: UnitRow, group: str) -> bool:
    return unit.unit_id in told.reading.ranks and group_of(told.reading, unit.unit_id) == group


def _ranking_points(told: Told) -> Iterator[str]:
    ranked, units = len(told.reading.ranks), len(told.reading.units)
    key = "ranking.all_ranked" if ranked == units else "ranking.ranked"
    yield told.say(key, ranked=ranked, units=units, groups=len(told.standings))
    shared = sum(standing.shared for standing in told.standings.values())
    if shared:
        of_scores = all(ties_are_of_scores(told.reading, group) for group in told.standings)
        yield told.say("ranking.shared" if of_scores else "ranking.shared_unscored", units=shared)
    if told.reading.rulebook.bonus or told.reading.rulebook.penalty:
        yield told.say("ranking.ledger")
    if told.reading.rulebook.lower_leads:
        yield told.say("ranking.lower_leads")


def _groups_table(told: Told) -> Block:
    heads = ("group", "units", "median", "highest", "lowest", "first")
    widths = (30, 21, 22, 22, 22, 0)
    columns = [
        Column(told.say(f"ranking.{head}"), width, "left" if head in ("group", "first") else "right")
        for head, width in zip(heads, widths, strict=True)
    ]
    return table(columns, [_group_row(told, group, one) for group, one in told.standings.items()])


def _group_row(told: Told, group: str, one: GroupStanding) -> list[str]:
    scores = [told.score(score) for score in (one.median, one.highest, one.lowest)]
    return [told.group_name(group), str(one.units), *scores, told.names_of(list(one.leaders))]


def _ranking_table(told: Told, ranked: list[UnitRow]) -> Block:
    top = told.reading.rulebook.parts[None]
    areas = [part.id for part in top] if len(top) <= _AREAS_THAT_FIT else []
    columns = [
        Column(told.say("ranking.place"), 16, "left", is_strong=True),
        Column(told.say("ranking.unit")),
        Column(told.say("ranking.score"), 14, "right", is_strong=True),
        *([Column(told.say("ranking.grade"), 10, "center")] if told.reading.rulebook.grades else []),
        Column(told.say("ranking.overall"), 11, "right"),
        *(Column(name, _area_width(name), "right") for name in map(told.node_name, areas)),
        Column(told.say("ranking.change"), 15, "right"),
    ]
    return table(columns, [_ranking_row(told, unit, areas) for unit in ranked])


def _area_width(name: str) -> float:
    """Wide enough for the longest word of a Latin name; Korean has short ones."""
    longest = max(map(len, name.split()), default=0) if name.isascii() else 0
    return min(max(_AREA_WIDTH, longest * _LETTER if longest > 8 else 0), _WIDEST_AREA)


def _ranking_row(told: Told, unit: UnitRow, areas: list[str]) -> list[Cell]:
    rank, score = told.reading.ranks[unit.unit_id], told.reading.scores[unit.unit_id]
    change = told.changes.get(unit.unit_id)
    earned = {part.node: part.earned for part in score_parts(told.reading, unit.unit_id)} if areas else {}
    grade = (rank.grade or NOTHING) + (_LIMITED if unit.unit_id in told.limits else "")
    return [
        told.group_place(rank),
        unit.name,
        told.score(score.score),
        *([grade] if told.reading.rulebook.grades else []),
        f"{rank.rank:,}",
        *(told.points(earned[area]) for area in areas),
        told.score_change(change.score_change) if change else NOTHING,
    ]


def _limited(told: Told, ranked: list[UnitRow]) -> Iterator[Block]:
    """Whose grade a rule limited, so that of two with one score the lower grade is understood."""
    said = [_limit(told, unit) for unit in ranked if unit.unit_id in told.limits]
    if said:
        yield note(told.say("ranking.limited", mark=_LIMITED, units="; ".join(said)))


def _limit(told: Told, unit: UnitRow) -> str:
    rank, rules = told.reading.ranks[unit.unit_id], told.limits[unit.unit_id]
    before = told.grade(rank.grade_before_veto) or NOTHING
    if not rules:
        return told.say("ranking.limit", unit=unit.name, before=before)
    return told.say("ranking.limit_why", unit=unit.name, before=before, why=", ".join(rules))


def _unranked(told: Told) -> Iterator[Block]:
    rows = []
    for unit in told.results.units:
        why = told.reading.scores[unit.unit_id].not_ranked_because
        if unit.unit_id not in told.reading.ranks:
            reason = not_ranked_because(why, told.reading.rulebook, told.language) if why else NOTHING
            rows.append([told.group_name(group_of(told.reading, unit.unit_id)), unit.name, reason])
    if rows:
        yield heading(told.say("ranking.unranked", units=len(rows)))
        columns = [
            Column(told.say("ranking.group"), 30),
            Column(told.say("ranking.unit"), 60),
            Column(told.say("ranking.why")),
        ]
        yield table(columns, rows)


# Movers --------------------------------------------------------------------------------------------------------------


def mover_blocks(told: Told) -> Iterator[Block]:
    """Who gained and who lost most against the year before."""
    if told.before is None:
        yield points([told.say("movers.none")])
        return
    gained, lost = directions(told.changes.values())
    before = told.before.rulebook.evaluation.year
    facts = {"year": told.year, "before": before, "units": len(told.changes), "gained": gained, "lost": lost}
    yield points([told.say("movers.summary", **facts)])
    if not same_rules(told.reading, told.before):
        yield note(told.say("movers.rules"))
    heads = ("unit", "group", "before", "now", "change", "bar", "places")
    widths = (0, 20, 18, 18, 18, 34, 30)
    aligns = ("left", "left", "right", "right", "right", "left", "right")
    columns = columns_of([told.say(f"movers.{head}") for head in heads], widths, aligns, heads.index("change"))
    risen, fallen = movers(told.changes.values(), _MOVERS)
    most = max((abs(change.score_change) for change in [*risen, *fallen]), default=None)
    for key, found in (("movers.risen", risen), ("movers.fallen", fallen)):
        if found and most:
            yield heading(told.say(key, units=len(found)))
            yield table(columns, [_mover_row(told, one, float(one.score_change / most)) for one in found])


def _mover_row(told: Told, change: UnitChange, delta: float) -> list[Cell]:
    row = _mover(told, change)
    return [*row[:5], {"delta": delta}, row[5]]


def _mover(told: Told, change: UnitChange) -> list[str]:
    places = NOTHING
    if change.group_rank_before is not None and change.group_rank is not None and change.places is not None:
        then, now = (told.say("word.place", rank=rank) for rank in (change.group_rank_before, change.group_rank))
        places = f"{then} → {now}"
    return [
        told.unit_name(change.unit_id),
        told.group_name(group_of(told.reading, change.unit_id)),
        told.score(change.score_before),
        told.score(change.score),
        told.score_change(change.score_change),
        places,
    ]


def mover_rows(told: Told, count: int) -> list[list[str]]:
    """Name, group, score before and now, change, places: those that gained most, then those that lost most."""
    risen, fallen = movers(told.changes.values(), count)
    return [_mover(told, change) for change in [*risen, *reversed(fallen)]]
